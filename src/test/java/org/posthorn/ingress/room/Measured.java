package org.posthorn.ingress.room;

/** Tells a {@link Room} what was measured. */
public final class Measured {

    private Measured() {}

    public static void closed(Room room, Shortage shortage) {
        room.set(shortage, Gate.CLOSED, "");
    }

    public static void open(Room room, Shortage shortage) {
        room.set(shortage, Gate.OPEN, "");
    }
}
