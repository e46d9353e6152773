package org.posthorn.queue.lease;

/** Another live node has this node's name. */
public class NodeNameTakenException extends RuntimeException {

    private final String node;

    public NodeNameTakenException(String node) {
        super(
                "another node named \"" + node
                        + "\" is alive on this database (it renews its leases): give this one another POSTHORN_NODE, or stop the other");
        this.node = node;
    }

    public String node() {
        return node;
    }
}
