package org.posthorn.console.door;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The pages that are there. */
@ApplicationScoped
public class Pages {

    /** Shown in place of a page; has no address of its own. */
    static final String ERROR = "/error.xhtml";

    private final ServletContext context;
    private volatile PageTree tree;

    protected Pages() {
        this(null);
    }

    @Inject
    public Pages(ServletContext context) {
        this.context = context;
    }

    /** @param path as the browser sent it, percent-encoded */
    public Optional<PageTree.Page> find(String path) {
        return tree().find(segments(path));
    }

    /** @return the same, decoded, without a slash in the end: none for the front page */
    static String[] segments(String path) {
        String trimmed = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (trimmed.length() < 2) {
            return new String[0];
        }
        return Arrays.stream(trimmed.substring(1).split("/", -1))
                .map(Pages::decoded)
                .toArray(String[]::new);
    }

    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return segment;
        }
    }

    /** @param folder with a slash on both sides */
    static boolean isForPages(String folder) {
        return !folder.endsWith("-INF/") && !folder.equals("/static/") && !folder.equals("/resources/");
    }

    private PageTree tree() {
        if (tree == null) {
            List<String> viewIds = new ArrayList<>();
            collect("/", viewIds);
            tree = new PageTree(viewIds);
        }
        return tree;
    }

    /** @param viewId the page's file; @return whether it is there: a room that is not built yet gets no link */
    public boolean exists(String viewId) {
        return tree().holds(viewId);
    }

    private void collect(String folder, List<String> viewIds) {
        Set<String> paths = context.getResourcePaths(folder);
        if (paths == null) {
            return;
        }
        for (String path : paths) {
            if (!path.endsWith("/")) {
                if (!path.equals(ERROR)) {
                    viewIds.add(path);
                }
            } else if (isForPages(path)) {
                collect(path, viewIds);
            }
        }
    }
}
