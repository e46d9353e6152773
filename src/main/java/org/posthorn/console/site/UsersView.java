package org.posthorn.console.site;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.annotation.ManagedProperty;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.posthorn.list.People;
import org.posthorn.platform.Text;

/** {@code /site/users}: who is known here? */
@Named
@RequestScoped
public class UsersView {

    private static final int ROWS = 50;

    @Inject
    private People people;

    @Inject
    @ManagedProperty("#{param.q}")
    private String words;

    @Inject
    @ManagedProperty("#{param.after}")
    private String asked;

    private long after;
    private People.Found found;
    private List<PersonRow> rows;

    @PostConstruct
    void read() {
        words = Text.line(words, 320).strip();
        after = asked != null && asked.matches("[0-9]{1,18}") ? Long.parseLong(asked) : 0;
        found = people.find(words, after, ROWS);
        rows = found.rows().stream().map(PersonRow::new).toList();
    }

    public List<PersonRow> getRows() {
        return rows;
    }

    public long getTotal() {
        return found.number();
    }

    /** Whether {@link #getTotal()} is all of them, not only at least so many. */
    public boolean isCounted() {
        return found.exact();
    }

    public String getWords() {
        return words;
    }

    /** Where the first are; empty: they are here. */
    public String getFirst() {
        return after == 0 ? "" : "/site/users" + query("");
    }

    /** Where those after these are; empty: there are none. */
    public String getNext() {
        return found.more()
                ? "/site/users" + query("after=" + rows.get(rows.size() - 1).getId())
                : "";
    }

    private String query(String end) {
        String search = words.isEmpty() ? "" : "q=" + URLEncoder.encode(words, StandardCharsets.UTF_8);
        String query = search.isEmpty() || end.isEmpty() ? search + end : search + "&" + end;
        return query.isEmpty() ? "" : "?" + query;
    }
}
