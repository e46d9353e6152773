package org.posthorn.cli.rest;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** A resource's path and query, each part escaped. */
public record Target(String text) {

    /** @param segments e.g. {@code 3.1}, {@code lists}, {@code test@lists.example.org} */
    public static Target of(String... segments) {
        StringBuilder path = new StringBuilder();
        for (String segment : segments) {
            path.append('/').append(escaped(segment));
        }
        return new Target(path.toString());
    }

    public Target with(String name, Object value) {
        return new Target(
                text + (text.contains("?") ? "&" : "?") + escaped(name) + "=" + escaped(String.valueOf(value)));
    }

    private static String escaped(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return text;
    }
}
