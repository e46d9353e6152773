package org.posthorn.console.front;

import java.time.Instant;
import org.posthorn.list.ListDirectory;

/** A list in a row of a page. */
public record ListLine(ListDirectory.Row row) {

    public String getListId() {
        return row.listId();
    }

    public String getAddress() {
        return row.address();
    }

    public String getDisplayName() {
        return row.displayName();
    }

    public String getDescription() {
        return row.description();
    }

    public boolean isAdvertised() {
        return row.advertised();
    }

    public Instant getLastPostAt() {
        return row.lastPostAt();
    }

    public long getMembers() {
        return row.members();
    }

    public long getHeld() {
        return row.held();
    }
}
