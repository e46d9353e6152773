package org.posthorn.console.site;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.annotation.ManagedProperty;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.posthorn.console.frame.Pager;
import org.posthorn.platform.Text;
import org.posthorn.platform.audit.AuditEntry;
import org.posthorn.platform.audit.AuditFilter;
import org.posthorn.platform.audit.AuditReader;

/** {@code /site/audit}: who changed what, the latest first. */
@Named
@RequestScoped
public class AuditView {

    private static final int ROWS = 50;

    @Inject
    private AuditReader audit;

    @Inject
    @ManagedProperty("#{param.actor}")
    private String actor;

    @Inject
    @ManagedProperty("#{param.list}")
    private String list;

    @Inject
    @ManagedProperty("#{param.subject}")
    private String subject;

    @Inject
    @ManagedProperty("#{param.kind}")
    private String kind;

    @Inject
    @ManagedProperty("#{param.since}")
    private String since;

    @Inject
    @ManagedProperty("#{param.until}")
    private String until;

    @Inject
    @ManagedProperty("#{param.before}")
    private String before;

    private List<AuditRow> rows;
    private boolean more;

    @PostConstruct
    void read() {
        actor = clean(actor);
        list = clean(list);
        subject = clean(subject);
        kind = clean(kind);
        Instant from = day(since, 0);
        Instant to = day(until, 1);
        AuditFilter filter =
                new AuditFilter(null, orNull(list), orNull(actor), null, orNull(kind), orNull(subject), null, from, to);
        Long last = before != null && before.matches("[0-9]{1,18}") ? Long.valueOf(before) : null;
        List<AuditEntry> found = audit.page(filter, last, ROWS + 1);
        more = found.size() > ROWS;
        rows = found.stream().limit(ROWS).map(AuditRow::new).toList();
    }

    private static String clean(String text) {
        return Text.line(text, 320).strip();
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** @return the day's beginning in UTC, so many days later; null for what is no day */
    private static Instant day(String text, int later) {
        try {
            return text == null || text.isBlank()
                    ? null
                    : LocalDate.parse(text.strip())
                            .plusDays(later)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    public List<AuditRow> getRows() {
        return rows;
    }

    /** Where the older ones are; empty: there are none. */
    public String getOlder() {
        if (!more) {
            return "";
        }
        String others = Pager.of(
                        1, 1, 1, "actor", actor, "list", list, "subject", subject, "kind", kind, "since", since,
                        "until", until)
                .query();
        return "?" + (others.isEmpty() ? "" : others + "&") + "before="
                + rows.get(rows.size() - 1).getId();
    }

    public boolean isFiltered() {
        return !(actor + list + subject + kind + getSince() + getUntil()).isEmpty();
    }

    /** Whether this is not the first page. */
    public boolean isLater() {
        return before != null && !before.isEmpty();
    }

    public String getActor() {
        return actor;
    }

    public String getList() {
        return list;
    }

    public String getSubject() {
        return subject;
    }

    public String getKind() {
        return kind;
    }

    public String getSince() {
        return day(since, 0) == null ? "" : since.strip();
    }

    public String getUntil() {
        return day(until, 0) == null ? "" : until.strip();
    }
}
