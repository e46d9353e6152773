package org.posthorn.template;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.posthorn.list.ConflictException;
import org.posthorn.list.InvalidValueException;
import org.posthorn.platform.AfterCommit;
import org.posthorn.platform.DatabaseException;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.actor.Rights;
import org.posthorn.platform.audit.AuditLog;
import org.posthorn.platform.audit.AuditSubject;

/** Keeps where templates are. What is changed is fetched as soon as the change is committed. */
@ApplicationScoped
public class TemplateUris {

    private static final int LONGEST_URI = 2000;
    private static final int LONGEST_USERNAME = 320;
    private static final int LONGEST_PASSWORD = 1000;

    private final TemplateRows rows;
    private final Rights rights;
    private final AuditLog audit;
    private final AfterCommit afterCommit;
    private final TemplateSignal signal;

    protected TemplateUris() {
        this(null, null, null, null, null);
    }

    @Inject
    public TemplateUris(
            TemplateRows rows, Rights rights, AuditLog audit, AfterCommit afterCommit, TemplateSignal signal) {
        this.rows = rows;
        this.rights = rights;
        this.audit = audit;
        this.afterCommit = afterCommit;
        this.signal = signal;
    }

    /** @return those of this context alone, by name */
    @Transactional
    public List<TemplateUri> of(TemplateContext context) {
        ContextRights.requireSight(rights, context);
        return rows.of(context);
    }

    @Transactional
    public Optional<TemplateUri> find(TemplateContext context, TemplateName name) {
        ContextRights.requireSight(rights, context);
        return rows.find(context, name);
    }

    /**
     * One template's place.
     *
     * @param uri empty: the template goes
     * @param username null or empty: none, and then no password either
     */
    public record Place(String uri, String username, String password) {

        @Override
        public String toString() {
            return "Place[" + uri + "]";
        }
    }

    /**
     * Stores where templates are. What is stored replaces what there was, credentials and all: a password never goes to a
     * place that it was not given for.
     *
     * @throws InvalidValueException when a value cannot be
     */
    @Transactional
    public void put(TemplateContext context, Map<TemplateName, Place> places) {
        ContextRights.requireChange(rights, context);
        // In one order, so that no two wait for each other.
        new TreeMap<>(places).forEach((name, place) -> put(context, name, place));
        afterCommit.run(signal::wake);
    }

    /**
     * Changes what is given of one that is there; credentials that are not given stay if the address does.
     *
     * @param uri null: as it was; @param username null: as it was; @param password null: as it was
     * @return false: there is none
     */
    @Transactional
    public boolean change(TemplateContext context, TemplateName name, String uri, String username, String password) {
        rows.lock(context, name);
        Optional<TemplateUri> present = rows.find(context, name);
        present.ifPresent(row -> {
            boolean stays = uri == null || uri.strip().equals(row.uri());
            String secret =
                    password != null || !stays ? password : rows.password(row).orElse(null);
            put(
                    context,
                    Map.of(
                            name,
                            new Place(
                                    uri == null ? row.uri() : uri,
                                    username != null || !stays ? username : row.username(),
                                    secret)));
        });
        return present.isPresent();
    }

    /**
     * One that the present transaction looks at before it changes it: nobody else changes it meanwhile.
     *
     * @return empty: there is none
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public Optional<TemplateUri> findToChange(TemplateContext context, TemplateName name) {
        ContextRights.requireChange(rights, context);
        rows.lock(context, name);
        return rows.find(context, name);
    }

    /** @return of all contexts, at most 2000, with what became of fetching them */
    @Transactional
    @Needs(Right.SEE_SITE)
    public List<TemplateUri> all() {
        return rows.all();
    }

    private void put(TemplateContext context, TemplateName name, Place place) {
        rows.lock(context, name);
        Optional<TemplateUri> present = rows.find(context, name);
        if (place.uri().isBlank()) {
            present.ifPresent(row -> remove(context, row));
            return;
        }
        String uri = address(name, place.uri().strip());
        String username = shortEnough("username", place.username(), LONGEST_USERNAME);
        String password = username == null ? null : shortEnough("password", place.password(), LONGEST_PASSWORD);
        if (present.isPresent()) {
            rows.replace(present.get(), uri, username, password);
        } else {
            add(context, name, uri, username, password);
        }
        audit.change(
                subject(context), name.label(), present.map(TemplateUri::uri).orElse(null), uri);
    }

    /** Of two who write the first address at once the database takes one. */
    private void add(TemplateContext context, TemplateName name, String uri, String username, String password) {
        try {
            rows.add(context, name, uri, username, password);
        } catch (DatabaseException e) {
            throw e.isConstraintViolation() ? new ConflictException(name.label()) : e;
        }
    }

    /** @param names which go; those that are not there are gone already */
    @Transactional
    public void delete(TemplateContext context, Collection<TemplateName> names) {
        ContextRights.requireChange(rights, context);
        new TreeSet<>(names).forEach(name -> {
            rows.lock(context, name);
            rows.find(context, name).ifPresent(row -> remove(context, row));
        });
    }

    private void remove(TemplateContext context, TemplateUri row) {
        rows.remove(row);
        audit.change(subject(context), row.name().label(), row.uri(), null);
    }

    private static AuditSubject subject(TemplateContext context) {
        return new AuditSubject(
                "templates", context.name(), context.listId(), context.listId() == null ? null : context.name());
    }

    private static String address(TemplateName name, String text) {
        try {
            URI uri = new URI(text);
            if (uri.isAbsolute() && uri.getRawUserInfo() == null && text.length() <= LONGEST_URI) {
                return text;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw new InvalidValueException(
                name.label(),
                text,
                "an absolute address of at most " + LONGEST_URI
                        + " characters, without user and password: they have fields of their own");
    }

    private static String shortEnough(String field, String text, int longest) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (text.length() > longest || text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new InvalidValueException(
                    field, text.length() + " characters", "at most " + longest + " without control characters");
        }
        return text;
    }
}
