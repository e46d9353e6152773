package org.posthorn.list.members;

import java.util.List;

/**
 * A page of members, the latest to join first.
 *
 * @param more whether there are others, who joined earlier
 */
public record MemberSlice(List<MemberRow> rows, boolean more) {

    public MemberSlice {
        rows = List.copyOf(rows);
    }
}
