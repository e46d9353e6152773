package org.posthorn.privacy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.posthorn.platform.Sql;
import org.posthorn.platform.audit.AuditLog;
import org.posthorn.platform.audit.AuditSubject;
import org.posthorn.privacy.PersonalText.Place;

/** Replaces addresses in one window of a table, in a transaction of its own. */
@ApplicationScoped
public class Sweep {

    /** So that somebody who edits such a row at this moment learns of it. */
    private static final Set<String> VERSIONED =
            Set.of("ban", "header_match", "domain", "mailing_list", "address", "subscriber", "member", "held_message");

    private final Sql sql;
    private final AuditLog audit;

    protected Sweep() {
        this(null, null);
    }

    @Inject
    public Sweep(Sql sql, AuditLog audit) {
        this.sql = sql;
        this.audit = audit;
    }

    /**
     * @param next where the next window begins; empty: this was the last
     * @param rewritten rows in which something was replaced
     * @param left rows that hold the address still, as something works with them
     */
    record Window(Optional<Long> next, int rewritten, int left) {}

    /**
     * @param widths of the columns, in characters; 0: no limit
     * @param list null where it belongs to none, or nobody is told
     * @param name may be null
     */
    private record Row(Object[] keys, List<String> values, int[] widths, boolean left, Long list, String name) {}

    /**
     * @param after the window's rows have larger keys
     * @param most how many keys the window spans
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW) // a piece stays done whatever becomes of the next
    Window window(Place place, long after, int most, List<String> searched, Mask mask) {
        Optional<Long> last = sql.first(
                "select max(k) as last_key from (select " + place.key() + " as k from " + place.table() + " where "
                        + place.key() + " > ? order by " + place.key() + " fetch first " + most + " rows only) w",
                row -> Sql.longOrNull(row, "last_key"),
                after);
        if (last.isEmpty()) {
            return new Window(Optional.empty(), 0, 0);
        }
        int left = 0;
        List<Object[]> changes = new ArrayList<>();
        for (Row row : rows(place, after, last.get(), searched)) {
            List<String> masked = new ArrayList<>();
            for (int i = 0; i < row.values.size(); i++) {
                masked.add(mask.fitting(row.values.get(i), row.widths[i]));
            }
            if (masked.equals(row.values)) {
                continue;
            }
            if (row.left) {
                left++;
                continue;
            }
            List<Object> parameters = new ArrayList<>(place.removed() ? List.of() : masked);
            parameters.addAll(List.of(row.keys));
            changes.add(parameters.toArray());
            if (place.told() != null) {
                tell(place, row, masked, mask.pseudonym());
            }
        }
        sql.batch(statement(place), changes);
        return new Window(last, changes.size(), left);
    }

    private static String statement(Place place) {
        String keys = " where " + String.join(" = ? and ", place.keys()) + " = ?";
        if (place.removed()) {
            return "delete from " + place.table() + keys;
        }
        String version = VERSIONED.contains(place.table()) ? ", version = version + 1" : "";
        return "update " + place.table() + " set " + String.join(" = ?, ", place.columns()) + " = ?" + version + keys;
    }

    /** Which fields were changed; not from what, which is to be forgotten. */
    private void tell(Place place, Row row, List<String> masked, String pseudonym) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < masked.size(); i++) {
            if (!Objects.equals(masked.get(i), row.values.get(i))) {
                fields.add(place.columns().get(i));
            }
        }
        String name = row.name == null ? pseudonym : row.name;
        audit.record(
                AuditLog.CHANGE,
                new AuditSubject(place.told().noun(), name, row.list, row.list == null ? null : name),
                "fields=" + String.join(",", fields) + " erased=" + pseudonym);
    }

    private List<Row> rows(Place place, long after, long last, List<String> searched) {
        List<String> conditions = new ArrayList<>();
        List<Object> parameters = new ArrayList<>(List.of(after, last));
        for (String column : place.columns()) {
            conditions.addAll(Collections.nCopies(
                    searched.size(), "position(cast(? as varchar(400)) in lower(" + column + ")) > 0"));
            parameters.addAll(searched);
        }
        String left = place.left().isEmpty() ? "0" : "case when " + place.left() + " then 1 else 0 end";
        String told = place.told() == null
                ? "cast(null as bigint) as told_list, null as told_name"
                : place.told().list() + " as told_list, " + place.told().name() + " as told_name";
        return sql.list(
                "select " + String.join(", ", place.keys()) + ", " + String.join(", ", place.columns()) + ", " + left
                        + " as is_left, " + told + " from " + place.table() + " t where " + place.key() + " > ? and "
                        + place.key()
                        + " <= ? and (" + String.join(" or ", conditions) + ")",
                row -> {
                    Object[] keys = new Object[place.keys().size()];
                    for (int i = 0; i < keys.length; i++) {
                        keys[i] = row.getObject(i + 1);
                    }
                    List<String> values = new ArrayList<>();
                    int[] widths = new int[place.columns().size()];
                    for (int i = 0; i < widths.length; i++) {
                        widths[i] = row.getMetaData().getPrecision(keys.length + i + 1);
                        values.add(row.getString(keys.length + i + 1));
                    }
                    return new Row(
                            keys,
                            Collections.unmodifiableList(values),
                            widths,
                            row.getInt("is_left") == 1,
                            Sql.longOrNull(row, "told_list"),
                            row.getString("told_name"));
                },
                parameters.toArray());
    }
}
