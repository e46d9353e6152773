package org.posthorn.list;

import java.util.List;

/**
 * An import has added members who are to be welcomed: told within the transaction that stores them, batch by batch.
 *
 * @param members at most a batch, never empty
 */
public record MembersImported(long listId, List<Added> members) {

    public MembersImported {
        members = List.copyOf(members);
    }

    /**
     * @param email as the file has it
     * @param displayName may be null
     */
    public record Added(String email, String displayName) {}
}
