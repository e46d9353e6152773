package org.posthorn.platform.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Locale;
import org.posthorn.platform.Ids;
import org.posthorn.platform.Sql;
import org.posthorn.platform.Text;
import org.posthorn.platform.actor.Acting;
import org.posthorn.platform.actor.Actor;

/**
 * Writes what is being done by {@link Acting#current()}, in the caller's transaction: if that rolls back, it was never
 * done and is never said. Values longer than {@value #LONGEST} characters are cut; never give it a secret.
 */
@ApplicationScoped
public class AuditLog {

    public static final String CREATE = "create";
    public static final String CHANGE = "change";
    public static final String DELETE = "delete";

    /** What stands for a secret's new value. */
    public static final String SECRET = "(changed)";

    static final int LONGEST = 2000;
    private static final int NAME = 320;

    private final Sql sql;
    private final Ids ids;
    private final Clock clock;

    protected AuditLog() {
        this(null, null, null);
    }

    @Inject
    public AuditLog(Sql sql, Ids ids, Clock clock) {
        this.sql = sql;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * @param action a verb in lower case, up to 40 characters: {@link #CREATE}, {@link #DELETE}, {@code accept}, {@code put-back} …
     * @param details as {@code key=value} where there is more than one; may be null
     */
    public void record(String action, AuditSubject subject, String details) {
        write(action, subject, null, null, null, details);
    }

    /**
     * The same for one of many of a kind, which is to be found by its number although it may be gone.
     *
     * @param number stands where a change has the setting's name
     */
    public void recordNumbered(String action, AuditSubject subject, long number, String details) {
        write(action, subject, Long.toString(number), null, null, details);
    }

    /**
     * @param field the setting's name
     * @param oldValue null: there was none
     * @param newValue null: there is none now
     */
    public void change(AuditSubject subject, String field, String oldValue, String newValue) {
        if (isSecret(field)) {
            write(CHANGE, subject, field, null, newValue == null ? null : SECRET, null);
        } else {
            write(CHANGE, subject, field, oldValue, newValue, null);
        }
    }

    /** By its name, so that a new secret is one from its first day. */
    static boolean isSecret(String field) {
        String name = field.toLowerCase(Locale.ROOT);
        return name.contains("password") || name.contains("token") || name.contains("secret");
    }

    private void write(
            String action, AuditSubject subject, String field, String oldValue, String newValue, String details) {
        Actor actor = Acting.current();
        sql.update(
                """
                insert into audit_entry (id, at, actor, actor_id, via, action, subject_kind, subject_name, list_id, list_name, field, old_value, new_value, details)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                ids.next(),
                clock.instant(),
                Text.line(actor.name(), NAME),
                actor.subscriber(),
                actor.via(),
                action,
                subject.kind(),
                Text.line(subject.name(), NAME),
                subject.listId(),
                subject.listName(),
                field,
                cut(oldValue),
                cut(newValue),
                cut(details));
    }

    private static String cut(String value) {
        if (value == null) {
            return null;
        }
        String fit = Text.lines(value, LONGEST);
        return value.length() > LONGEST ? fit + "… (" + value.length() + " characters)" : fit;
    }
}
