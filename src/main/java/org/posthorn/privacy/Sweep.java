package org.posthorn.privacy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.posthorn.platform.Sql;
import org.posthorn.privacy.PersonalText.Place;

/** Replaces addresses in one window of a table, in a transaction of its own. */
@ApplicationScoped
public class Sweep {

    /** So that somebody who edits such a row at this moment learns of it. */
    private static final Set<String> VERSIONED =
            Set.of("ban", "header_match", "domain", "mailing_list", "address", "subscriber", "member", "held_message");

    private final Sql sql;

    protected Sweep() {
        this(null);
    }

    @Inject
    public Sweep(Sql sql) {
        this.sql = sql;
    }

    /**
     * @param next where the next window begins; empty: this was the last
     * @param rewritten rows in which something was replaced
     * @param left rows that hold the address still, as something works with them
     */
    record Window(Optional<Long> next, int rewritten, int left) {}

    /** @param widths of the columns, in characters; 0: no limit */
    private record Row(Object[] keys, List<String> values, int[] widths, boolean left) {}

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
        List<Object[]> updates = new ArrayList<>();
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
            List<Object> parameters = new ArrayList<>(masked);
            parameters.addAll(List.of(row.keys));
            updates.add(parameters.toArray());
        }
        String version = VERSIONED.contains(place.table()) ? ", version = version + 1" : "";
        sql.batch(
                "update " + place.table() + " set " + String.join(" = ?, ", place.columns()) + " = ?" + version
                        + " where " + String.join(" = ? and ", place.keys()) + " = ?",
                updates);
        return new Window(last, updates.size(), left);
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
        return sql.list(
                "select " + String.join(", ", place.keys()) + ", " + String.join(", ", place.columns()) + ", " + left
                        + " as is_left from " + place.table() + " t where " + place.key() + " > ? and " + place.key()
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
                    return new Row(keys, Collections.unmodifiableList(values), widths, row.getInt("is_left") == 1);
                },
                parameters.toArray());
    }
}
