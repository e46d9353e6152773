package org.posthorn.ingress.room;

/** What there can be too little of. */
public enum Shortage {
    /** Too much waits in the queues, on all nodes together. */
    QUEUE("queue", "Too much mail waits here: please try again later"),
    /** A disk under the home folder, the spool or the embedded database of this node is nearly full. */
    DISK("disk", "Short of disk space: please try again later");

    private final String label;
    private final String text;

    Shortage(String label, String text) {
        this.label = label;
        this.text = text;
    }

    /** Its name in metrics. */
    public String label() {
        return label;
    }

    /** What a client is told, in ASCII. */
    public String text() {
        return text;
    }
}
