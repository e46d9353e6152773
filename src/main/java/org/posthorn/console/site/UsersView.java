package org.posthorn.console.site;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.annotation.ManagedProperty;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.posthorn.console.frame.Pager;
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
    @ManagedProperty("#{param.page}")
    private String number;

    private List<PersonRow> rows;
    private long total;

    @PostConstruct
    void read() {
        words = Text.line(words, 320).strip();
        total = people.count(words);
        rows = people.find(words, (long) ROWS * (Pager.number(number) - 1), ROWS).stream()
                .map(PersonRow::new)
                .toList();
    }

    public List<PersonRow> getRows() {
        return rows;
    }

    public long getTotal() {
        return total;
    }

    public String getWords() {
        return words;
    }

    public Pager getPager() {
        return Pager.of(Pager.number(number), ROWS, total, "q", words);
    }
}
