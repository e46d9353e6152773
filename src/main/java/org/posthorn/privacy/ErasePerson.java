package org.posthorn.privacy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import org.posthorn.list.RefusedException;
import org.posthorn.platform.Sql;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.actor.Rights;
import org.posthorn.privacy.PersonalText.Place;

/**
 * Erases a person, known by any of their addresses: memberships end, requests and (unless they are to stay) held posts go,
 * addresses and account are removed, and wherever else an address stands a pseudonym takes its place. Bans and what lists'
 * owners wrote into their settings stay unless asked for: a ban may be what the person wished, and without it the next
 * post would bring the address back.
 *
 * <p>Not in a transaction: each piece has its own, so a large site goes on meanwhile. One that breaks off is begun anew and
 * finds less to do; the account goes last, so that no address is forgotten before it is replaced. Many addresses are erased some at a time. Mail under way to or
 * from the person is not touched; the report counts it, and a second erasure takes it when it is through. What nothing
 * here reaches: bytes of mail that others wrote, members' mailboxes, logs and backups.
 */
@ApplicationScoped
public class ErasePerson {

    private static final int AT_ONCE = 200;
    private static final int WINDOW = 2000;

    private final PersonRows rows;
    private final Pseudonyms pseudonyms;
    private final PersonPieces pieces;
    private final Sweep sweep;
    private final Rights rights;
    private final Sql sql;

    protected ErasePerson() {
        this(null, null, null, null, null, null);
    }

    @Inject
    public ErasePerson(
            PersonRows rows, Pseudonyms pseudonyms, PersonPieces pieces, Sweep sweep, Rights rights, Sql sql) {
        this.rows = rows;
        this.pseudonyms = pseudonyms;
        this.pieces = pieces;
        this.sweep = sweep;
        this.rights = rights;
        this.sql = sql;
    }

    /** A server owner has to hand the role over first. */
    public static final class ServerOwnerException extends RefusedException {
        private static final long serialVersionUID = 1;

        ServerOwnerException() {
            super("A server owner cannot be erased: take that role away first");
        }
    }

    /** @param keepHeld whether their held posts stay for the moderators; @param alsoRules whether bans and lists' settings are swept too */
    public record Choice(boolean keepHeld, boolean alsoRules) {}

    /**
     * @param email any of the person's addresses; one that nobody has is erased wherever it stands
     * @param by who decided, for traces
     * @throws org.posthorn.list.InvalidValueException when it is no address
     * @throws org.posthorn.platform.actor.NotAllowedException also when held posts are to go, and who asks may not moderate
     *     all lists; and when rules are to go, or the person owns or moderates something, and who asks may not change all
     *     lists and domains
     * @throws ServerOwnerException when the person administers the site
     */
    @Needs(Right.CHANGE_USERS)
    public EraseReport erase(String email, Choice choice, String by) {
        Person person = rows.find(email);
        requireRights(person, choice);
        String pseudonym = pseudonyms.of(person.addresses().get(0));
        Tally tally = new Tally(pseudonym);
        while (!erasePart(person, choice, by, tally)) {
            person = rows.find(email);
        }
        return tally.report();
    }

    private void requireRights(Person person, Choice choice) {
        if (!choice.keepHeld()) {
            rights.require(Right.MODERATE);
        }
        if (person.serverOwner()) {
            throw new ServerOwnerException();
        }
        boolean mayChangeLists = rights.has(Right.CHANGE_LIST) && rights.has(Right.CHANGE_DOMAINS);
        if (!mayChangeLists && (choice.alsoRules() || rows.hasRole(person))) {
            rights.require(Right.CHANGE_LIST);
            rights.require(Right.CHANGE_DOMAINS);
        }
    }

    /** @return whether it was the last part, and the person is gone */
    private boolean erasePart(Person person, Choice choice, String by, Tally tally) {
        Person part = person.part();
        tally.addresses.addAll(part.addresses());
        tally.memberships += all(most -> pieces.endMemberships(part, tally.pseudonym, most));
        tally.requests += pieces.dropRequests(part);
        if (!choice.keepHeld()) {
            tally.held += all(most -> pieces.discardHeld(part, "erasure by " + by, most));
        }
        int attachments = all(most -> pieces.removeAttachments(part, most));
        if (attachments > 0) {
            tally.rewritten.merge("attachment", attachments, Integer::sum);
        }
        all(most -> pieces.forgetValues(part, most));
        tally.waiting += queued(part) + keptPosts(part);
        Mask mask = new Mask(part.addresses(), tally.pseudonym);
        for (Place place : PersonalText.PLACES) {
            tally.waiting += sweep(place, part, mask, tally.rewritten);
        }
        for (Place place : PersonalText.RULES) {
            if (choice.alsoRules()) {
                sweep(place, part, mask, tally.rewritten);
            } else {
                count(place, part, tally.kept);
            }
        }
        if (person.more()) {
            pieces.removeAddresses(part);
            return false;
        }
        return pieces.remove(part, tally.pseudonym, tally.figures());
    }

    /** What was done so far. */
    private static final class Tally {
        private final String pseudonym;
        private final Set<String> addresses = new LinkedHashSet<>();
        private final Map<String, Integer> rewritten = new TreeMap<>();
        private final Map<String, Integer> kept = new TreeMap<>();
        private int memberships;
        private int requests;
        private int held;
        private int waiting;

        private Tally(String pseudonym) {
            this.pseudonym = pseudonym;
        }

        private String figures() {
            return "memberships=" + memberships + " requests=" + requests + " held=" + held + " rewritten=" + rewritten
                    + " kept=" + kept + " waiting=" + waiting;
        }

        private EraseReport report() {
            return new EraseReport(
                    pseudonym, List.copyOf(addresses), memberships, requests, held, rewritten, kept, waiting);
        }
    }

    private int sweep(Place place, Person person, Mask mask, Map<String, Integer> rewritten) {
        List<String> searched = Mask.searched(person.addresses());
        int left = 0;
        Sweep.Window window = sweep.window(place, Long.MIN_VALUE, WINDOW, searched, mask);
        while (true) {
            if (window.rewritten() > 0) {
                rewritten.merge(place.table(), window.rewritten(), Integer::sum);
            }
            left += window.left();
            if (window.next().isEmpty()) {
                return left;
            }
            window = sweep.window(place, window.next().get(), WINDOW, searched, mask);
        }
    }

    private void count(Place place, Person person, Map<String, Integer> kept) {
        // With a mask that changes nothing but tells what it would: all rows are to be left.
        Place untouched = place.leaving("1 = 1");
        Map<String, Integer> none = new TreeMap<>();
        int rows = sweep(untouched, person, new Mask(person.addresses(), "x@erased.invalid"), none);
        if (rows > 0) {
            kept.merge(place.table(), rows, Integer::sum);
        }
    }

    /** Entries whose attributes or errors name the person; that of chunks and postings counts with these. */
    private int queued(Person person) {
        List<String> searched = Mask.searched(person.addresses());
        String condition = String.join(
                " or ",
                searched.stream()
                        .map(
                                text ->
                                        "position(cast(? as varchar(400)) in lower(attributes || coalesce(last_error, ''))) > 0")
                        .toList());
        return sql.first(
                        "select count(*) from queue_entry where " + condition, row -> row.getInt(1), searched.toArray())
                .orElse(0);
    }

    private int keptPosts(Person person) {
        return sql.first(
                        "select count(*) from held_message where lower(sender) in (" + PersonRows.marks(person) + ")",
                        row -> row.getInt(1),
                        person.addresses().toArray())
                .orElse(0);
    }

    private static int all(IntUnaryOperator piece) {
        int all = 0;
        for (int done = piece.applyAsInt(AT_ONCE); done > 0; done = piece.applyAsInt(AT_ONCE)) {
            all += done;
        }
        return all;
    }
}
