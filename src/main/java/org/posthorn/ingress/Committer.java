package org.posthorn.ingress;

import java.time.Duration;

/** Stores what came in. */
interface Committer {

    /**
     * Blocks until the arrival is committed and on disk, or is not going to be.
     *
     * @return the reply for each of its recipients; positive only if all is stored for good
     */
    Reply commit(Arrival arrival);

    /** Finishes what is waiting, then takes nothing any more. */
    default void stop(Duration patience) {}
}
