package org.posthorn.queue.runner;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * After a crash, what was being worked on is suspect, and suspects run alone: nothing else works in this process until the
 * suspect has recorded some progress. So a crash can be held against one entry, and never against its neighbours.
 *
 * <p>Waits for being alone are bounded: a suspect that cannot be alone in time runs with the others, and a crash is then
 * not held against it.
 */
final class Suspects {

    private static final Duration WAIT = Duration.ofSeconds(5);

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);
    private final Duration wait;

    Suspects() {
        this(WAIT);
    }

    /** @param wait how long a suspect waits for being alone */
    Suspects(Duration wait) {
        this.wait = wait;
    }

    /** One runner's right to work. Belongs to its thread. */
    final class Work implements AutoCloseable {

        private boolean alone;

        private Work(boolean alone) {
            this.alone = alone;
        }

        /** Whether nothing else works in this process. */
        boolean isAlone() {
            return alone;
        }

        /** Lets the others go on, too. */
        void share() {
            if (alone) {
                lock.readLock().lock();
                lock.writeLock().unlock();
                alone = false;
            }
        }

        @Override
        public void close() {
            if (alone) {
                lock.writeLock().unlock();
            } else {
                lock.readLock().unlock();
            }
        }
    }

    /** @param suspect whether the work was under way in a crash */
    Work begin(boolean suspect) {
        if (suspect) {
            try {
                if (lock.writeLock().tryLock(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                    return new Work(true);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        lock.readLock().lock();
        return new Work(false);
    }
}
