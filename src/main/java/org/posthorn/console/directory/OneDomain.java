package org.posthorn.console.directory;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.posthorn.console.door.Here;
import org.posthorn.console.frame.Edit;
import org.posthorn.console.frame.Edits;
import org.posthorn.console.frame.LastSaved;
import org.posthorn.list.ConflictException;
import org.posthorn.list.Domains;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.ListDirectory;
import org.posthorn.list.NotEmptyException;
import org.posthorn.list.UnknownException;

/** {@code /site/domains/{mail-host}}: one domain, to change or to delete. */
@Named
@RequestScoped
public class OneDomain {

    @Inject
    private Here here;

    @Inject
    private ListDirectory directory;

    @Inject
    private Domains domains;

    @Inject
    private Refusals refusals;

    @Inject
    private LastSaved lastSaved;

    @Inject
    private HttpServletRequest request;

    private ListDirectory.DomainRow row;
    private String description;
    private String baseUrl;
    private String seenDescription;
    private String seenBaseUrl;
    private Edits conflict;

    @PostConstruct
    void read() {
        row = directory
                .domain(here.part("mail-host"))
                .orElseThrow(() -> new UnknownException("domain", here.part("mail-host")));
        description = Objects.requireNonNullElse(row.description(), "");
        baseUrl = Objects.requireNonNullElse(row.baseUrl(), "");
        seenDescription = description;
        seenBaseUrl = baseUrl;
    }

    public void save() {
        Edit words = Edit.text(
                "description", seenDescription, description, Objects.requireNonNullElse(row.description(), ""));
        Edit url = Edit.text("base-url", seenBaseUrl, baseUrl, Objects.requireNonNullElse(row.baseUrl(), ""));
        Edits edits = Edits.of(request, words, url);
        if (edits.isConflict()) {
            conflict = edits.savedBy(lastSaved.by("domain", getMailHost()));
            seenDescription = words.getNow();
            seenBaseUrl = url.getNow();
            refusals.conflict();
            return;
        }
        try {
            domains.change(getMailHost(), row.version(), edits.result("description"), edits.result("base-url"));
            refusals.leave("/site/domains", "domains.saved", getMailHost());
        } catch (InvalidValueException e) {
            refusals.beside("domain", e.field().replace('_', '-'), "domains.wrong." + e.field(), e.value());
        } catch (ConflictException e) {
            refusals.again();
        }
    }

    public void delete() {
        try {
            domains.delete(getMailHost(), false);
            refusals.leave("/site/domains", "domains.deleted", getMailHost());
        } catch (NotEmptyException e) {
            refusals.leave(here.getPath(), "domains.delete.full", getLists());
        }
    }

    /** Both versions, when somebody else saved first; else null. */
    public Edits getConflict() {
        return conflict;
    }

    public String getMailHost() {
        return row.mailHost();
    }

    public long getLists() {
        return row.lists();
    }

    public String getDescription() {
        return description;
    }

    public void setDescription(String description) {
        this.description = Objects.requireNonNullElse(description, "");
    }

    public String getBaseUrl() {
        return baseUrl;
    }

    public void setBaseUrl(String baseUrl) {
        this.baseUrl = Objects.requireNonNullElse(baseUrl, "");
    }

    /** What stood there when the reader opened the page. */
    public String getSeenDescription() {
        return seenDescription;
    }

    public void setSeenDescription(String seen) {
        this.seenDescription = Objects.requireNonNullElse(seen, "");
    }

    public String getSeenBaseUrl() {
        return seenBaseUrl;
    }

    public void setSeenBaseUrl(String seen) {
        this.seenBaseUrl = Objects.requireNonNullElse(seen, "");
    }
}
