package org.posthorn.console.site;

import java.time.Instant;
import org.posthorn.queue.ParkedEntry;

/** A parked entry as the pages show it. */
public final class ParkedRow {

    private final ParkedEntry entry;

    ParkedRow(ParkedEntry entry) {
        this.entry = entry;
    }

    public long getId() {
        return entry.id();
    }

    public String getQueue() {
        return entry.queue().label();
    }

    /** The queue that it came from; empty: it has no way back. */
    public String getOrigin() {
        return entry.origin() == null ? "" : entry.origin().label();
    }

    public String getList() {
        return entry.list();
    }

    public String getError() {
        return entry.error();
    }

    public Instant getSince() {
        return entry.parkedSince();
    }

    public int getTries() {
        return entry.tries();
    }

    public String getSender() {
        return entry.sender();
    }

    public String getSubject() {
        return entry.subject();
    }

    public String getMessageId() {
        return entry.messageId();
    }

    public int getRecipients() {
        return entry.recipients();
    }

    public long getBytes() {
        return entry.sizeBytes();
    }

    public boolean isWayBack() {
        return entry.hasWayBack();
    }
}
