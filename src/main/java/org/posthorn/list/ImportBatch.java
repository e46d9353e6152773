package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.posthorn.list.ImportTally.Stored;
import org.posthorn.platform.Ids;
import org.posthorn.platform.Sql;

/**
 * Stores a batch of an import's rows, all or none, with a handful of statements: which addresses are there, which are
 * members, then one batch of inserts or updates each. Plain SQL, since a million entities would be slow and many.
 */
@ApplicationScoped
public class ImportBatch {

    /** How many rows at the most. The look-ups always have so many parameters, so that they are prepared once. */
    static final int ROWS = 1000;

    private static final String MARKS = String.join(", ", Collections.nCopies(ROWS, "?"));
    /** Not by an index: H2 would read the whole list's, since it looks an IN up by an index's first column only. */
    private static final String OF_LIST = " and list_id + 0 = ? and role || '' = ";

    private static final AttributesConverter JSON = new AttributesConverter();
    private static final int LONGEST_JSON = 10_000;

    private Sql sql;
    private Ids ids;
    private Consumer<MembersImported> observers;
    private Clock clock;

    protected ImportBatch() {}

    @Inject
    public ImportBatch(Sql sql, Ids ids, Event<MembersImported> observers, Clock clock) {
        this(sql, ids, (Consumer<MembersImported>) observers::fire, clock);
    }

    ImportBatch(Sql sql, Ids ids, Consumer<MembersImported> observers, Clock clock) {
        this.sql = sql;
        this.ids = ids;
        this.observers = observers;
        this.clock = clock;
    }

    /** A member as it is stored. */
    private record Present(
            long id, String displayName, String mode, String language, Map<String, String> attributes, long version) {}

    /**
     * A transaction of its own: what earlier batches stored stays, whatever becomes of this one.
     *
     * @param rows at most {@link #ROWS}, each address once
     * @param welcome whether the observers of {@link MembersImported} are told of those who were added
     * @throws org.posthorn.platform.DatabaseException when another makes the same addresses or members at the same time
     * @throws ConflictException when another changes one of the members at the same time
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public Stored store(long listId, Collection<ImportRow> rows, boolean welcome) {
        List<RowError> errors = new ArrayList<>();
        List<ImportRow> allowed = allowed(listId, rows, errors);
        if (allowed.isEmpty()) {
            return new Stored(0, 0, 0, errors);
        }
        Map<String, Long> addresses = addresses(allowed);
        Map<Long, Present> members = members(listId, addresses.values());
        Instant now = clock.instant();
        List<Object[]> newAddresses = new ArrayList<>();
        List<Object[]> newMembers = new ArrayList<>();
        List<Object[]> changes = new ArrayList<>();
        List<Long> otherwise = new ArrayList<>(); // members whose wish of digests changes
        List<MembersImported.Added> added = new ArrayList<>();
        int skipped = 0;
        for (ImportRow row : allowed) {
            Long known = addresses.get(row.email().key());
            Present member = known == null ? null : members.get(known);
            if (member == null) {
                long address = known == null ? ids.next() : known;
                if (known == null) {
                    newAddresses.add(new Object[] {
                        address, row.email().key(), row.email().address(), row.displayName(), now, now
                    });
                }
                added.add(new MembersImported.Added(row.email().address(), row.displayName()));
                newMembers.add(new Object[] {
                    ids.next(),
                    listId,
                    address,
                    row.displayName(),
                    JSON.convertToDatabaseColumn(row.attributes()),
                    now,
                    row.mode(),
                    row.language()
                });
            } else {
                Object[] change = change(member, row);
                if (change == null) {
                    skipped++;
                } else if (change[3] instanceof String json && json.length() > LONGEST_JSON) {
                    errors.add(new RowError(
                            row.line(),
                            row.email().key(),
                            "the member's attributes would be longer than " + LONGEST_JSON + " characters"));
                } else {
                    changes.add(change);
                    if (!Objects.equals(change[1], member.mode)) {
                        otherwise.add(member.id);
                    }
                }
            }
        }
        // Two imports at once, of rows in another order: in one order none waits for what waits for it.
        newAddresses.sort(Comparator.comparing(values -> (String) values[1]));
        newMembers.sort(Comparator.comparing(values -> (Long) values[2]));
        changes.sort(Comparator.comparing(values -> (Long) values[4]));
        endAsNonmembers(listId, addresses.values());
        insert(newAddresses, newMembers);
        oweLastDigests(otherwise);
        update(changes);
        if (welcome && !added.isEmpty()) {
            observers.accept(new MembersImported(listId, added));
        }
        return new Stored(newMembers.size(), changes.size(), skipped, errors);
    }

    private List<ImportRow> allowed(long listId, Collection<ImportRow> rows, List<RowError> errors) {
        Set<String> banned = new HashSet<>();
        sql.forEach(
                "select email from ban where email in (" + MARKS + ") and (list_id = ? or list_id is null)",
                row -> banned.add(row.getString("email")),
                padded(rows.stream().map(row -> row.email().key()).toList(), listId));
        List<ImportRow> allowed = new ArrayList<>(rows.size());
        for (ImportRow row : rows) {
            if (banned.contains(row.email().key())) {
                errors.add(new RowError(row.line(), row.email().key(), "the address is banned"));
            } else {
                allowed.add(row);
            }
        }
        return allowed;
    }

    private Map<String, Long> addresses(List<ImportRow> rows) {
        Map<String, Long> found = new HashMap<>();
        sql.forEach(
                "select email, id from address where email in (" + MARKS + ")",
                row -> found.put(row.getString("email"), row.getLong("id")),
                padded(rows.stream().map(row -> row.email().key()).toList()));
        return found;
    }

    private Map<Long, Present> members(long listId, Collection<Long> addresses) {
        if (addresses.isEmpty()) {
            return Map.of();
        }
        Map<Long, Present> found = new HashMap<>();
        sql.forEach(
                "select id, address_id, display_name, delivery_mode, preferred_language, attributes, version from member"
                        + " where address_id in (" + MARKS + ")" + OF_LIST + "'MEMBER'",
                row -> found.put(
                        row.getLong("address_id"),
                        new Present(
                                row.getLong("id"),
                                row.getString("display_name"),
                                row.getString("delivery_mode"),
                                row.getString("preferred_language"),
                                JSON.convertToEntityAttribute(row.getString("attributes")),
                                row.getLong("version"))),
                padded(addresses, listId));
        return found;
    }

    /** @return the update's parameters, the attributes at 3; null: the row says nothing new */
    private static Object[] change(Present member, ImportRow row) {
        String displayName =
                Objects.requireNonNullElse(row.displayName(), Objects.requireNonNullElse(member.displayName, ""));
        String mode = row.mode() == null ? member.mode : row.mode().name();
        String language = row.language() == null ? member.language : row.language();
        Map<String, String> attributes = new TreeMap<>(member.attributes);
        attributes.putAll(row.attributes());
        if (displayName.equals(Objects.requireNonNullElse(member.displayName, ""))
                && Objects.equals(mode, member.mode)
                && Objects.equals(language, member.language)
                && attributes.equals(member.attributes)) {
            return null;
        }
        return new Object[] {
            displayName.isEmpty() ? null : displayName,
            mode,
            language,
            JSON.convertToDatabaseColumn(attributes),
            member.id,
            member.version
        };
    }

    private void endAsNonmembers(long listId, Collection<Long> addresses) {
        if (!addresses.isEmpty()) {
            sql.update(
                    "delete from member where address_id in (" + MARKS + ")" + OF_LIST + "'NONMEMBER'",
                    padded(addresses, listId));
        }
    }

    private void insert(List<Object[]> addresses, List<Object[]> members) {
        sql.batch(
                "insert into address (id, email, original_email, display_name, registered_at, verified_at, version) values (?, ?, ?, ?, ?, ?, 1)",
                addresses);
        sql.batch("""
                insert into member (id, list_id, address_id, display_name, attributes, joined_at, delivery_mode, preferred_language,
                  subscription_mode, role, version)
                values (?, ?, ?, ?, ?, ?, ?, ?, 'AS_ADDRESS', 'MEMBER', 1)
                """, members);
    }

    private void oweLastDigests(List<Long> members) {
        if (!members.isEmpty()) {
            LastDigests.owe("m.id in (" + MARKS + ")").forEach(statement -> sql.update(statement, padded(members)));
        }
    }

    private void update(List<Object[]> changes) {
        int[] updated = sql.batch("""
                update member set display_name = ?, delivery_mode = ?, preferred_language = ?, attributes = ?, version = version + 1
                where id = ? and version = ?
                """, changes);
        for (int count : updated) {
            if (count == 0) {
                throw new ConflictException("a member");
            }
        }
    }

    /** The values, the last one repeated up to the number of marks, then the others. */
    private static Object[] padded(Collection<?> values, Object... others) {
        List<Object> parameters = new ArrayList<>(values);
        Object last = parameters.get(parameters.size() - 1);
        while (parameters.size() < ROWS) {
            parameters.add(last);
        }
        parameters.addAll(List.of(others));
        return parameters.toArray();
    }
}
