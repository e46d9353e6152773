package org.posthorn.console.door;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which page an address means. The pages' folders mirror the addresses: {@code /site/nodes} is {@code
 * /site/nodes.xhtml}, a folder itself is its {@code index.xhtml}. A name that begins with an underscore stands for any
 * one segment, which becomes a parameter: {@code /manage/_list-id/held.xhtml} answers {@code
 * /manage/dev.example.org/held}. Where both fit, the name goes before the parameter.
 */
public final class PageTree {

    private static final String SUFFIX = ".xhtml";

    private final Node root = new Node();
    private final Set<String> all = new TreeSet<>();

    /**
     * @param viewId the page's file
     * @param parameters by their names, without the underscore
     */
    public record Page(String viewId, Map<String, String> parameters) {}

    private static final class Node {
        private final Map<String, Node> named = new TreeMap<>();
        private final Map<String, Node> parameters = new TreeMap<>();
        private String viewId;

        Node child(String name) {
            return name.startsWith("_")
                    ? parameters.computeIfAbsent(name.substring(1), any -> new Node())
                    : named.computeIfAbsent(name, any -> new Node());
        }
    }

    /** @param viewIds the pages' files, each with a slash before it; what is no page is left out */
    public PageTree(Collection<String> viewIds) {
        for (String viewId : viewIds) {
            if (viewId.endsWith(SUFFIX)) {
                Node node = root;
                String path = viewId.substring(1, viewId.length() - SUFFIX.length());
                for (String name : path.split("/")) {
                    node = name.equals("index") && path.endsWith("index") ? node : node.child(name);
                }
                node.viewId = viewId;
                all.add(viewId);
            }
        }
    }

    boolean holds(String viewId) {
        return all.contains(viewId);
    }

    /** @param segments of the address, decoded */
    public Optional<Page> find(String... segments) {
        return find(root, segments, 0, new LinkedHashMap<>());
    }

    private static Optional<Page> find(Node node, String[] segments, int from, Map<String, String> parameters) {
        if (from == segments.length) {
            return Optional.ofNullable(node.viewId).map(viewId -> new Page(viewId, Map.copyOf(parameters)));
        }
        Node named = node.named.get(segments[from]);
        if (named != null) {
            Optional<Page> page = find(named, segments, from + 1, parameters);
            if (page.isPresent()) {
                return page;
            }
        }
        if (segments[from].isEmpty()) {
            return Optional.empty();
        }
        for (Map.Entry<String, Node> parameter : node.parameters.entrySet()) {
            Map<String, String> more = new LinkedHashMap<>(parameters);
            more.put(parameter.getKey(), segments[from]);
            Optional<Page> page = find(parameter.getValue(), segments, from + 1, more);
            if (page.isPresent()) {
                return page;
            }
        }
        return Optional.empty();
    }
}
