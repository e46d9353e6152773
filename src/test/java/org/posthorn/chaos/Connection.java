package org.posthorn.chaos;

/** From a node to a smarthost, with the number of copies that have come over it. */
final class Connection {

    private final String name;
    private final String node;
    private final String smarthost;
    private int copies;

    Connection(String name, String node, String smarthost) {
        this.name = name;
        this.node = node;
        this.smarthost = smarthost;
    }

    boolean isOf(String place) {
        return place.equals(node) || place.equals(smarthost);
    }

    /** A copy comes. */
    Arrival takes(long atMillis) {
        return new Arrival(this, ++copies, atMillis);
    }

    int copies() {
        return copies;
    }

    @Override
    public String toString() {
        return name + " of " + node;
    }
}
