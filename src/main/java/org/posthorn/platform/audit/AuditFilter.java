package org.posthorn.platform.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Which entries are asked for; null: any.
 *
 * @param listId the list's row
 * @param listName a list-id, for lists that are gone as well
 * @param actor as they signed in
 * @param subject the exact name of what it is about
 * @param since at or after it
 * @param until before it
 */
public record AuditFilter(
        Long listId,
        String listName,
        String actor,
        String action,
        String kind,
        String subject,
        String field,
        Instant since,
        Instant until) {

    public static final AuditFilter ALL = new AuditFilter(null, null, null, null, null, null, null, null, null);

    public static AuditFilter ofList(long listId) {
        return new AuditFilter(listId, null, null, null, null, null, null, null, null);
    }

    /** The conditions, each with one parameter, in the order of {@link #parameters}. */
    List<String> conditions() {
        List<String> conditions = new ArrayList<>();
        add(conditions, "list_id = ?", listId);
        add(conditions, "list_name = ?", listName);
        add(conditions, "actor = ?", actor);
        add(conditions, "action = ?", action);
        add(conditions, "subject_kind = ?", kind);
        add(conditions, "subject_name = ?", subject);
        add(conditions, "field = ?", field);
        add(conditions, "at >= ?", since);
        add(conditions, "at < ?", until);
        return conditions;
    }

    List<Object> parameters() {
        List<Object> parameters = new ArrayList<>();
        for (Object value :
                new Object[] {listId, listName, text(actor), action, kind, text(subject), field, since, until}) {
            if (value != null) {
                parameters.add(value);
            }
        }
        return parameters;
    }

    private static String text(String value) {
        return value == null ? null : org.posthorn.platform.Text.line(value, 320);
    }

    private static void add(List<String> conditions, String condition, Object value) {
        if (value != null) {
            conditions.add(condition);
        }
    }
}
