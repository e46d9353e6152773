package org.posthorn.console.frame;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The rows that were ticked in a table: the boxes are all called {@code pick}, each with its row's id. */
@Named
@RequestScoped
public class Picked {

    /** No table of ours has more rows on a page. */
    private static final int MOST = 500;

    @Inject
    private HttpServletRequest request;

    private Set<String> values;

    private Set<String> values() {
        if (values == null) {
            String[] sent = request.getParameterValues("pick");
            values = new LinkedHashSet<>(
                    sent == null ? List.of() : Arrays.asList(sent).subList(0, Math.min(sent.length, MOST)));
        }
        return values;
    }

    /** @return those that are ids */
    public List<Long> ids() {
        return values().stream()
                .filter(value -> value.matches("[0-9]{1,18}"))
                .map(Long::valueOf)
                .toList();
    }

    /** @return as they came, in order */
    public List<String> texts() {
        return List.copyOf(values());
    }

    /** Whether the row was ticked: so that it still is when the page says what is wrong. */
    public boolean has(Object row) {
        return values().contains(String.valueOf(row));
    }
}
