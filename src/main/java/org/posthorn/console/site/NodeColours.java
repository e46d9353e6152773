package org.posthorn.console.site;

import java.util.List;

/** Each node's colour, the same on all pages: its place among the live nodes' names. */
final class NodeColours {

    private static final int COLOURS = 6;

    private NodeColours() {}

    /** @return a style class */
    static String of(List<String> names, String node) {
        return "node-" + Math.floorMod(names.indexOf(node), COLOURS);
    }
}
