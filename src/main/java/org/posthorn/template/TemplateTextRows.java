package org.posthorn.template;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.posthorn.platform.Ids;
import org.posthorn.platform.Sql;

/** The statements on {@code template_text}. */
@ApplicationScoped
public class TemplateTextRows {

    private static final String COLUMNS =
            "select id, context, name, language, content, version, changed_at from template_text";

    private final Sql sql;
    private final Ids ids;

    protected TemplateTextRows() {
        this(null, null);
    }

    @Inject
    public TemplateTextRows(Sql sql, Ids ids) {
        this.sql = sql;
        this.ids = ids;
    }

    /** @param most no more than these, by name and language */
    List<TemplateText> of(TemplateContext context, int most) {
        return sql.list(
                COLUMNS + " where context = ? order by name, language fetch first " + most + " rows only",
                TemplateTextRows::read,
                context.key());
    }

    int count(TemplateContext context) {
        return sql.first("select count(*) from template_text where context = ?", row -> row.getInt(1), context.key())
                .orElse(0);
    }

    Optional<TemplateText> find(TemplateContext context, TemplateName name, String language) {
        return sql.first(
                COLUMNS + " where context = ? and name = ? and language = ?",
                TemplateTextRows::read,
                context.key(),
                name.label(),
                language);
    }

    /** @return those of any of the contexts, names and languages, without an order that says anything */
    List<TemplateText> find(List<TemplateContext> contexts, Collection<TemplateName> names, List<String> languages) {
        List<Object> parameters = new ArrayList<>();
        contexts.forEach(context -> parameters.add(context.key()));
        names.forEach(name -> parameters.add(name.label()));
        parameters.addAll(languages);
        return sql.list(
                COLUMNS + " where context in (" + marks(contexts) + ") and name in (" + marks(names)
                        + ") and language in (" + marks(languages) + ")",
                TemplateTextRows::read,
                parameters.toArray());
    }

    void add(TemplateContext context, TemplateName name, String language, String content, Instant now) {
        sql.update(
                """
                insert into template_text (id, context, domain_id, list_id, name, language, content, version, changed_at)
                values (?, ?, ?, ?, ?, ?, ?, 1, ?)""",
                ids.next(),
                context.key(),
                context.domainId(),
                context.listId(),
                name.label(),
                language,
                content,
                now);
    }

    /** @return false: it has been changed or is gone since it was read, and is left as it is */
    boolean replace(TemplateText row, String content, Instant now) {
        return sql.update(
                        "update template_text set content = ?, version = version + 1, changed_at = ? where id = ? and version = ?",
                        content,
                        now,
                        row.id(),
                        row.version())
                == 1;
    }

    /** @return false: it has been changed or is gone since it was read, and is left as it is */
    boolean remove(TemplateText row) {
        return sql.update("delete from template_text where id = ? and version = ?", row.id(), row.version()) == 1;
    }

    private static String marks(Collection<?> values) {
        return String.join(", ", Collections.nCopies(values.size(), "?"));
    }

    private static TemplateText read(ResultSet row) throws SQLException {
        String name = row.getString("name");
        return new TemplateText(
                row.getLong("id"),
                row.getString("context"),
                TemplateName.named(name)
                        .orElseThrow(() -> new IllegalStateException("a template cannot be called " + name)),
                row.getString("language"),
                row.getString("content"),
                row.getInt("version"),
                Sql.instant(row, "changed_at"));
    }
}
