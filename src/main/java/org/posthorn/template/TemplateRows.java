package org.posthorn.template;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.posthorn.platform.Ids;
import org.posthorn.platform.Sql;
import org.posthorn.platform.Text;

/** The statements on {@code template_uri}. */
@ApplicationScoped
public class TemplateRows {

    private static final String COLUMNS = """
            select t.id, t.version, context, coalesce(l.list_id, d.mail_host, 'site') as context_name, name, uri, username, content,
                   fetched_at, tried_at, problem
            from template_uri t left join mailing_list l on l.id = t.list_id left join domain d on d.id = t.domain_id
            """;
    private static final int MOST_SHOWN = 2000;

    private final Sql sql;
    private final Ids ids;

    protected TemplateRows() {
        this(null, null);
    }

    @Inject
    public TemplateRows(Sql sql, Ids ids) {
        this.sql = sql;
        this.ids = ids;
    }

    List<TemplateUri> of(TemplateContext context) {
        return sql.list(COLUMNS + " where context = ? order by name", TemplateRows::read, context.key());
    }

    /** @return of all contexts, without an order that says anything; the first {@value #MOST_SHOWN} */
    List<TemplateUri> all() {
        return sql.list(
                COLUMNS + " order by context, name fetch first " + MOST_SHOWN + " rows only", TemplateRows::read);
    }

    Optional<TemplateUri> find(TemplateContext context, TemplateName name) {
        return sql.first(COLUMNS + " where context = ? and name = ?", TemplateRows::read, context.key(), name.label());
    }

    /** @return those of any of the contexts, in the contexts' order */
    List<TemplateUri> find(List<TemplateContext> contexts, Collection<TemplateName> names) {
        List<String> keys = contexts.stream().map(TemplateContext::key).toList();
        List<Object> parameters = new ArrayList<>(keys);
        names.forEach(name -> parameters.add(name.label()));
        return sql
                .list(
                        COLUMNS + " where context in (" + String.join(", ", Collections.nCopies(keys.size(), "?"))
                                + ") and name in (" + String.join(", ", Collections.nCopies(names.size(), "?"))
                                + ")",
                        TemplateRows::read,
                        parameters.toArray())
                .stream()
                .sorted(Comparator.comparing(row -> keys.indexOf(row.context())))
                .toList();
    }

    /** Whoever else would change it waits until this transaction has ended. */
    void lock(TemplateContext context, TemplateName name) {
        sql.first(
                "select id from template_uri where context = ? and name = ? for update",
                row -> row.getLong(1),
                context.key(),
                name.label());
    }

    void add(TemplateContext context, TemplateName name, String uri, String username, String password) {
        sql.update(
                """
                insert into template_uri (id, context, domain_id, list_id, name, uri, username, password)
                values (?, ?, ?, ?, ?, ?, ?, ?)""",
                ids.next(),
                context.key(),
                context.domainId(),
                context.listId(),
                name.label(),
                uri,
                username,
                password);
    }

    /** The copy goes with its address: it was another text. */
    void replace(TemplateUri row, String uri, String username, String password) {
        sql.update("""
                update template_uri set version = version + 1, uri = ?, username = ?, password = ?, content = null, fetched_at = null,
                    tried_at = null, problem = null where id = ?""", uri, username, password, row.id());
    }

    void remove(TemplateUri row) {
        sql.update("delete from template_uri where id = ?", row.id());
    }

    /**
     * @param good those that went well and were last tried before this
     * @param bad those that failed, or were begun and not ended, and were last tried before this; and those never tried
     * @param after with a greater id
     */
    List<TemplateUri> due(Instant good, Instant bad, long after, int most) {
        return sql.list(
                COLUMNS
                        + " where (tried_at is null or tried_at < ? or tried_at < ? and (problem is not null"
                        + " or content is null and uri not like 'mailman:%')) and t.id > ?"
                        + " order by t.id fetch first " + most + " rows only",
                TemplateRows::read,
                good,
                bad,
                after);
    }

    /** @return whether it is the caller's to fetch: nobody else has begun since it was read */
    boolean claim(TemplateUri row, Instant now) {
        return row.triedAt() == null
                ? sql.update(
                                "update template_uri set tried_at = ? where id = ? and uri = ? and tried_at is null",
                                now,
                                row.id(),
                                row.uri())
                        == 1
                : sql.update(
                                "update template_uri set tried_at = ? where id = ? and uri = ? and tried_at = ?",
                                now,
                                row.id(),
                                row.uri(),
                                row.triedAt())
                        == 1;
    }

    /** Leaves one that was changed while it was fetched. */
    void fetched(TemplateUri row, String content, Instant now) {
        sql.update(
                "update template_uri set content = ?, fetched_at = ?, problem = null where id = ? and uri = ?",
                content,
                now,
                row.id(),
                row.uri());
    }

    /** What was fetched before stays. */
    void failed(TemplateUri row, String problem) {
        sql.update(
                "update template_uri set problem = ? where id = ? and uri = ?",
                Text.line(problem, 1000),
                row.id(),
                row.uri());
    }

    Optional<String> password(TemplateUri row) {
        return sql.first("select password from template_uri where id = ?", r -> r.getString(1), row.id());
    }

    private static TemplateUri read(ResultSet row) throws SQLException {
        String name = row.getString("name");
        return new TemplateUri(
                row.getLong("id"),
                row.getLong("version"),
                row.getString("context"),
                row.getString("context_name"),
                TemplateName.named(name)
                        .orElseThrow(() -> new IllegalStateException("a template cannot be called " + name)),
                row.getString("uri"),
                row.getString("username"),
                row.getString("content"),
                Sql.instant(row, "fetched_at"),
                Sql.instant(row, "tried_at"),
                row.getString("problem"));
    }
}
