package org.posthorn.console.directory;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.posthorn.console.door.Here;
import org.posthorn.console.frame.Edit;
import org.posthorn.console.frame.Edits;
import org.posthorn.console.frame.LastSaved;
import org.posthorn.list.ConflictException;
import org.posthorn.list.Domain;
import org.posthorn.list.DomainRepository;
import org.posthorn.list.Domains;
import org.posthorn.list.DuplicateException;
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
    private DomainRepository repository;

    @Inject
    private Refusals refusals;

    @Inject
    private LastSaved lastSaved;

    @Inject
    private HttpServletRequest request;

    private ListDirectory.DomainRow row;
    private Domain stored;
    private String aliasesNow;
    private String aliases;
    private String seenAliases;
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
        stored =
                repository.byMailHost(row.mailHost()).orElseThrow(() -> new UnknownException("domain", row.mailHost()));
        aliasesNow = inOrder(stored.getAliases().stream());
        aliases = aliasesNow;
        seenAliases = aliasesNow;
    }

    /** One a line, in one way only, whatever the browser made of the lines. */
    private static String inOrder(Stream<String> names) {
        return names.map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    public void save() {
        Edit words = Edit.text(
                "description", seenDescription, description, Objects.requireNonNullElse(row.description(), ""));
        Edit url = Edit.text("base-url", seenBaseUrl, baseUrl, Objects.requireNonNullElse(row.baseUrl(), ""));
        Edit names = Edit.text("aliases", seenAliases, aliases, aliasesNow);
        Edits edits = Edits.of(request, words, url, names);
        if (edits.isConflict()) {
            conflict = edits.savedBy(lastSaved.by("domain", getMailHost()));
            seenDescription = words.getNow();
            seenBaseUrl = url.getNow();
            seenAliases = names.getNow();
            refusals.conflict();
            return;
        }
        try {
            domains.change(
                    getMailHost(),
                    row.version(),
                    edits.result("description"),
                    edits.result("base-url"),
                    edits.result("aliases").lines().toList());
            refusals.leave("/site/domains", "domains.saved", getMailHost());
        } catch (InvalidValueException e) {
            refusals.beside("domain", e.field().replace('_', '-'), "domains.wrong." + e.field(), e.value());
        } catch (DuplicateException e) {
            refusals.beside("domain", "aliases", "domains.wrong.taken", e.value());
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

    long getId() {
        return stored.getId();
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

    /** Its other names, one a line. */
    public String getAliases() {
        return aliases;
    }

    public void setAliases(String aliases) {
        this.aliases = inOrder(Objects.requireNonNullElse(aliases, "").lines());
    }

    public String getSeenAliases() {
        return seenAliases;
    }

    public void setSeenAliases(String seen) {
        this.seenAliases = inOrder(Objects.requireNonNullElse(seen, "").lines());
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
