package org.posthorn.platform.actor;

/**
 * Who acts on this thread. Filters bind an actor before anything of a request is done, and unbind it in the end: a thread
 * without one belongs to the server itself.
 */
public final class Acting {

    private static final ThreadLocal<Actor> CURRENT = new ThreadLocal<>();

    private Acting() {}

    public static Actor current() {
        Actor actor = CURRENT.get();
        return actor == null ? Actor.SYSTEM : actor;
    }

    /** Ends what {@link #as} began. */
    public interface Bound extends AutoCloseable {
        @Override
        void close();
    }

    /** Binds the actor to this thread until it is closed; then the one before acts again. */
    public static Bound as(Actor actor) {
        Actor before = CURRENT.get();
        CURRENT.set(actor);
        return () -> {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        };
    }
}
