package org.posthorn.queue;

import java.util.List;

/** Puts entries into queues, in the caller's transaction; once it is committed, their runners are woken. */
public interface Switchboard {

    /** @return the entry's id */
    default long enqueue(NewEntry entry) {
        return enqueue(List.of(entry)).get(0);
    }

    /** @return the entries' ids, in order */
    List<Long> enqueue(List<NewEntry> entries);
}
