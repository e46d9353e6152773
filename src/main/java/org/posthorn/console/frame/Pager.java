package org.posthorn.console.frame;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Where one is in a long table, and the addresses of its other pages.
 *
 * @param number of the page, the first is 1
 * @param size how many rows a page has
 * @param total how many rows there are
 * @param query the address' query without the page, may be empty
 */
public record Pager(int number, int size, long total, String query) {

    /** @param asked the parameter {@code page} as it came, may be null or nonsense: then the first */
    public static int number(String asked) {
        return asked != null && asked.matches("[1-9][0-9]{0,6}") ? Integer.parseInt(asked) : 1;
    }

    /** @param namesAndValues of the query, alternating; what is null or empty is left out */
    public static Pager of(int number, int size, long total, String... namesAndValues) {
        StringBuilder query = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1] != null && !namesAndValues[i + 1].isEmpty()) {
                query.append(query.length() == 0 ? "" : "&")
                        .append(namesAndValues[i])
                        .append('=')
                        .append(URLEncoder.encode(namesAndValues[i + 1], StandardCharsets.UTF_8));
            }
        }
        return new Pager(number, size, total, query.toString());
    }

    public String href(long page) {
        return Arrays.asList(query, page == 1 ? "" : "page=" + page).stream()
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("&", "?", ""));
    }

    public int getNumber() {
        return number;
    }

    public int getSize() {
        return size;
    }

    public long getTotal() {
        return total;
    }

    /** The number of the first row shown, from 1. */
    public long getFrom() {
        return total == 0 ? 0 : (long) size * (number - 1) + 1;
    }

    public long getTo() {
        return Math.min(total, (long) size * number);
    }
}
