package org.posthorn.privacy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import org.posthorn.moderation.HeldMessages;
import org.posthorn.platform.Sql;
import org.posthorn.platform.audit.AuditLog;
import org.posthorn.platform.audit.AuditSubject;

/** The pieces of an erasure that remove a person's own rows, each a transaction. */
@ApplicationScoped
public class PersonPieces {

    private final Sql sql;
    private final HeldMessages held;
    private final AuditLog audit;

    protected PersonPieces() {
        this(null, null, null);
    }

    @Inject
    public PersonPieces(Sql sql, HeldMessages held, AuditLog audit) {
        this.sql = sql;
        this.held = held;
        this.audit = audit;
    }

    private record Membership(long id, AuditSubject subject, String role) {}

    /** @return how many memberships ended */
    @Transactional(Transactional.TxType.REQUIRES_NEW) // a piece stays done whatever becomes of the next
    public int endMemberships(Person person, String pseudonym, int most) {
        List<Object> parameters = new ArrayList<>(person.addresses());
        parameters.add(person.subscriberId());
        List<Membership> some = sql.list(
                "select m.id, m.role, l.id as list, l.list_id from member m join mailing_list l on l.id = m.list_id"
                        + " join address a on a.id = m.address_id where a.email in (" + PersonRows.marks(person)
                        + ") or m.subscriber_id = cast(? as bigint) order by m.id fetch first " + most + " rows only",
                row -> new Membership(
                        row.getLong("id"),
                        new AuditSubject("member", pseudonym, row.getLong("list"), row.getString("list_id")),
                        row.getString("role")),
                parameters.toArray());
        sql.batch(
                "delete from member where id = ?",
                some.stream().map(one -> new Object[] {one.id}).toList());
        some.forEach(one -> audit.record(
                AuditLog.DELETE, one.subject, "role=" + one.role.toLowerCase(java.util.Locale.ROOT) + " erased"));
        return some.size();
    }

    /** @return how many requests to join or leave were dropped */
    @Transactional(Transactional.TxType.REQUIRES_NEW) // a piece stays done whatever becomes of the next
    public int dropRequests(Person person) {
        List<Object> parameters = new ArrayList<>(person.addresses());
        parameters.add(person.subscriberId());
        return sql.update(
                "delete from subscription_request where email in (" + PersonRows.marks(person)
                        + ") or subscriber_id = cast(? as bigint)",
                parameters.toArray());
    }

    private record Held(long listId, long requestId) {}

    /** @return how many held posts of theirs were discarded */
    @Transactional(Transactional.TxType.REQUIRES_NEW) // a piece stays done whatever becomes of the next
    public int discardHeld(Person person, String by, int most) {
        List<Held> some = sql.list(
                "select list_id, request_id from held_message where lower(sender) in (" + PersonRows.marks(person)
                        + ") order by request_id fetch first " + most + " rows only",
                row -> new Held(row.getLong(1), row.getLong(2)),
                person.addresses().toArray());
        return (int) some.stream()
                .filter(post -> held.discard(post.listId, post.requestId, by))
                .count();
    }

    /** @return how many attachments of their posts, kept on the site, were removed */
    @Transactional(Transactional.TxType.REQUIRES_NEW) // a piece stays done whatever becomes of the next
    public int removeAttachments(Person person, int most) {
        List<Object[]> some = sql.list(
                "select id from attachment where sender in (" + PersonRows.marks(person) + ") order by id fetch first "
                        + most + " rows only",
                row -> new Object[] {row.getLong(1)},
                person.addresses().toArray());
        sql.batch("delete from attachment where id = ?", some);
        return some.size();
    }

    /** What the audit log says of this person's names and attributes, which are no addresses. */
    @Transactional(Transactional.TxType.REQUIRES_NEW) // a piece stays done whatever becomes of the next
    public int forgetValues(Person person, int most) {
        List<Object> names = new ArrayList<>(person.addresses());
        names.add("user " + person.subscriberId());
        List<Object[]> rows = sql.list(
                "select id from audit_entry where subject_kind in ('user', 'address', 'member') and subject_name in ("
                        + PersonRows.marks(person)
                        + ", ?) and (old_value is not null or new_value is not null) order by id fetch first " + most
                        + " rows only",
                row -> new Object[] {row.getLong(1)},
                names.toArray());
        sql.batch("update audit_entry set old_value = null, new_value = null where id = ?", rows);
        return rows.size();
    }

    /** Some of their addresses, of which nothing else is left. */
    @Transactional(Transactional.TxType.REQUIRES_NEW) // a piece stays done whatever becomes of the next
    public void removeAddresses(Person part) {
        sql.update("update subscriber set preferred_address_id = null where id = ?", part.subscriberId());
        sql.update(
                "delete from address where email in (" + PersonRows.marks(part) + ")",
                part.addresses().toArray());
    }

    /**
     * The last piece: the last addresses, the person, and the entry that says so.
     *
     * @return false when they got another address meanwhile, so that the person stays and is to be erased by that one too
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW) // all of it or nothing, after the pieces before
    public boolean remove(Person person, String pseudonym, String details) {
        if (gainedAddresses(person)) {
            return false;
        }
        sql.update("update audit_entry set actor_id = null where actor_id = ?", person.subscriberId());
        removeAddresses(person);
        sql.update("delete from subscriber where id = ?", person.subscriberId());
        audit.record("erase", AuditSubject.of("person", pseudonym), details);
        return true;
    }

    private boolean gainedAddresses(Person person) {
        List<Object> parameters = new ArrayList<>(person.addresses());
        parameters.add(0, person.subscriberId());
        return sql.first(
                        "select 1 from address where subscriber_id = cast(? as bigint) and email not in ("
                                + PersonRows.marks(person) + ") fetch first 1 rows only",
                        row -> true,
                        parameters.toArray())
                .isPresent();
    }
}
