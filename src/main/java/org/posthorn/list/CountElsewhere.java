package org.posthorn.list;

import java.util.List;

/**
 * Members of a list who get no post by it, since they are on other lists, too: by the same address. Memberships by another
 * address of the same person are others.
 *
 * @param members of these lists count there, whatever they wish there
 * @param readers of these lists have it from there: those with regular delivery that is not stopped
 */
public record CountElsewhere(List<Long> members, List<Long> readers) {

    public static final CountElsewhere NOBODY = new CountElsewhere(List.of(), List.of());

    public CountElsewhere {
        members = List.copyOf(members);
        readers = List.copyOf(readers);
    }
}
