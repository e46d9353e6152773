package org.posthorn.queue.lease;

import java.util.UUID;

/**
 * One life of a node: from joining until it leaves or its lease time lapses. A node that lapsed comes back as another.
 *
 * @param node the node's name
 * @param id unlike any before
 */
public record Incarnation(String node, String id) {

    public static Incarnation fresh(String node) {
        return new Incarnation(node, UUID.randomUUID().toString());
    }

    @Override
    public String toString() {
        return node + "#" + id.substring(0, Math.min(8, id.length()));
    }
}
