package org.posthorn.ingress.room;

/** Closes when more is needed than there is, and opens again when a tenth is to spare: so it does not flap. */
enum Gate {
    OPEN,
    CLOSED;

    private static final double OPENS_BELOW = 0.9;

    /**
     * @param needed what counts against the limit: entries that wait, or the space that must be free
     * @param there the limit: entries that may wait, or the space that is free
     */
    Gate after(long needed, long there) {
        if (needed > there) {
            return CLOSED;
        }
        return needed < OPENS_BELOW * there || needed == 0 ? OPEN : this;
    }
}
