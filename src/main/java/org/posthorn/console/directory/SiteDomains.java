package org.posthorn.console.directory;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.posthorn.list.Domains;
import org.posthorn.list.DuplicateException;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.ListDirectory;

/** {@code /site/domains}: which domains are here; and the form that adds one. */
@Named
@RequestScoped
public class SiteDomains {

    @Inject
    private ListDirectory directory;

    @Inject
    private Domains domains;

    @Inject
    private Refusals refusals;

    private List<Line> rows;
    private String name = "";
    private String description = "";

    /** A domain in its row. */
    public record Line(ListDirectory.DomainRow row) {

        public String getMailHost() {
            return row.mailHost();
        }

        public String getDescription() {
            return row.description() == null ? "" : row.description();
        }

        public long getLists() {
            return row.lists();
        }
    }

    @PostConstruct
    void read() {
        rows = directory.domains().stream().map(Line::new).toList();
    }

    public void add() {
        try {
            String made = domains.create(name.strip(), description.isBlank() ? null : description.strip(), null)
                    .getMailHost();
            refusals.leave("/site/domains", "domains.added", made);
        } catch (InvalidValueException e) {
            boolean ofName = e.field().equals("mail_host");
            refusals.beside(
                    "new",
                    ofName ? "name" : "description",
                    "domains.wrong." + e.field(),
                    e.value().isEmpty() ? "–" : e.value());
        } catch (DuplicateException e) {
            refusals.beside("new", "name", "domains.wrong.taken", name.strip());
        }
    }

    public List<Line> getRows() {
        return rows;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name == null ? "" : name;
    }

    public String getDescription() {
        return description;
    }

    public void setDescription(String description) {
        this.description = description == null ? "" : description;
    }
}
