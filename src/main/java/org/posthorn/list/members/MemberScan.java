package org.posthorn.list.members;

import java.util.ArrayList;
import java.util.List;
import org.posthorn.list.DeliveryMode;
import org.posthorn.list.DeliveryStatus;
import org.posthorn.platform.Dialect;

/**
 * One way to find some of the wanted members: rows that lead, by an index, to members, and what else must hold. Together
 * the scans of a filter find all of them; what two find is one member all the same.
 *
 * @param from begins with {@code from}; has the alias m for member, and a and s where a condition needs them
 * @param leading the parameters in {@code from}
 * @param order of the roster's index that leads, before the id; null: none leads, and none is let into the plan, where H2
 *     would take one all the same
 * @param conditions what must hold besides
 * @param parameters those in the conditions
 * @param candidates the rows that lead, as far as they are looked at; null: all there are
 */
record MemberScan(
        String from,
        List<Object> leading,
        String order,
        List<String> conditions,
        List<Object> parameters,
        Candidates candidates) {

    /** A roster of so many at most is gone through from its beginning to its end, with whatever is asked of each member. */
    static final int SMALL_ROSTER = 10_000;

    /** So many candidates of a search are looked at: a term that half the site's addresses begin with is no search. */
    static final int CANDIDATES = 4_000;

    /** So many addresses that have a preference of their own: people set theirs for a list as a rule. */
    private static final int WIDE = 100_000;

    /** So long are the keys of names (V20). */
    private static final int NAME_KEY = 200;

    private static final String SUBSCRIBER = " left join subscriber s on s.id = a.subscriber_id";

    private static final String WITH_PREFERENCES = " join address a on a.id = m.address_id" + SUBSCRIBER;

    private static final String ROSTER = "from member m";

    /** After every text of the same beginning. */
    private static final String LAST = "\uffff";

    record Statement(String text, List<Object> parameters) {}

    /**
     * The rows that lead to members.
     *
     * @param query ids, without a bound
     * @param most so many of them are looked at
     */
    record Candidates(String query, List<Object> parameters, int most) {

        /** One more than are looked at: whoever finds that many knows that there are more. */
        Statement statement() {
            return new Statement(query + " fetch first " + (most + 1) + " rows only", parameters);
        }

        private String bounded() {
            return "from (" + query + " fetch first " + most + " rows only) ";
        }
    }

    static List<MemberScan> of(long listId, MemberFilter filter, Dialect dialect) {
        if (!filter.term().isEmpty()) {
            return bySearch(listId, filter, dialect);
        }
        if (filter.status() != null && (filter.status() != DeliveryStatus.ENABLED || filter.mode() == null)) {
            return byPreference(listId, filter, dialect, "delivery_status", filter.status(), DeliveryStatus.ENABLED);
        }
        if (filter.mode() != null) {
            return byPreference(listId, filter, dialect, "delivery_mode", filter.mode(), DeliveryMode.REGULAR);
        }
        return List.of(ofRole(ROSTER, List.of(), listId, filter));
    }

    /** Set for the membership; or else, where it is what everybody has, found on the way; or set for address or person. */
    private static List<MemberScan> byPreference(
            long listId, MemberFilter filter, Dialect dialect, String column, Enum<?> wanted, Enum<?> site) {
        MemberFilter others = column.equals("delivery_status")
                ? new MemberFilter(filter.role(), "", null, filter.mode())
                : new MemberFilter(filter.role(), "", filter.status(), null);
        List<MemberScan> scans = new ArrayList<>();
        scans.add(ofRole(ROSTER, List.of(), listId, others)
                .and("m." + column + " = ?", wanted)
                .along(column));
        if (wanted == site) {
            scans.add(ofRole(ROSTER, List.of(), listId, others)
                    .withPreferences()
                    .and(
                            "m." + column + " is null and coalesce(a." + column + ", s." + column + ", ?) = ?",
                            site,
                            wanted)
                    .along(column));
            return scans;
        }
        for (String addresses : List.of(
                "select id from address where " + column + " = ?",
                "select a1.id from subscriber s1 join address a1 on a1.subscriber_id = s1.id + 0 where s1." + column
                        + " = ? and coalesce(a1." + column + ", '') = ''")) {
            scans.add(ledByAddresses(new Candidates(addresses, List.of(wanted), WIDE), listId, others, dialect)
                    .and("m." + column + " is null"));
        }
        return scans;
    }

    private static List<MemberScan> bySearch(long listId, MemberFilter filter, Dialect dialect) {
        String term = filter.term();
        List<MemberScan> scans = new ArrayList<>();
        if (term.startsWith("@")) {
            if (term.length() > 1) {
                scans.add(byAddress(listId, filter, dialect, "domain_key", term.substring(1)));
            }
            return scans;
        }
        scans.add(byAddress(listId, filter, dialect, "email_key", term));
        if (term.indexOf('@') < 0) {
            String key = nameKey(term);
            for (String column : List.of("name_key", "later_name_key")) {
                Candidates named = new Candidates(
                        "select id from member where list_id = ? and " + column + " >= ? and " + column + " < ?",
                        List.of(listId, key, key + LAST),
                        CANDIDATES);
                scans.add(ledBy(named, "m0" + dialect.leadsTo("member", "m", "id", "m0.id"), listId, filter));
            }
        }
        return scans;
    }

    private static MemberScan byAddress(long listId, MemberFilter filter, Dialect dialect, String column, String term) {
        Candidates alike = new Candidates(
                "select id from address where " + column + " >= ? and " + column + " < ?",
                List.of(term, term + LAST),
                CANDIDATES);
        return ledByAddresses(alike, listId, filter, dialect);
    }

    private static MemberScan ledByAddresses(Candidates addresses, long listId, MemberFilter filter, Dialect dialect) {
        return ledBy(addresses, "a0" + dialect.leadsTo("member", "m", "address_id", "a0.id"), listId, filter);
    }

    /** Candidates first: the bound within keeps H2, too, from turning it round. */
    private static MemberScan ledBy(Candidates candidates, String members, long listId, MemberFilter filter) {
        MemberScan scan = ofRole(candidates.bounded() + members, candidates.parameters(), listId, filter);
        return new MemberScan(scan.from, scan.leading, scan.order, scan.conditions, scan.parameters, candidates);
    }

    /** Member by member along the roster: whatever is asked for, nobody is left out. */
    static MemberScan ofSmallRoster(long listId, MemberFilter filter, Dialect dialect) {
        String term = filter.term();
        MemberFilter others = new MemberFilter(filter.role(), "", filter.status(), filter.mode());
        MemberScan scan = ofRole(
                ROSTER + dialect.leadsTo("address", "a", "id", "m.address_id") + SUBSCRIBER, List.of(), listId, others);
        if (term.isEmpty()) {
            return scan;
        }
        if (term.startsWith("@")) {
            return term.length() == 1
                    ? scan.and("1 = 0")
                    : scan.and(begins("a.domain_key"), term.substring(1), term.substring(1) + LAST);
        }
        if (term.indexOf('@') >= 0) {
            return scan.and(begins("a.email_key"), term, term + LAST);
        }
        String key = nameKey(term);
        return scan.and(
                "(" + begins("a.email_key") + " or " + begins("m.name_key") + " or " + begins("m.later_name_key") + ")",
                term,
                term + LAST,
                key,
                key + LAST,
                key,
                key + LAST);
    }

    private static String nameKey(String term) {
        return term.length() > NAME_KEY ? term.substring(0, NAME_KEY) : term;
    }

    /** Without an index, which H2 would turn the way round for. */
    private static String begins(String column) {
        return "(" + column + " || '' >= ? and " + column + " || '' < ?)";
    }

    private static MemberScan ofRole(String from, List<Object> leading, long listId, MemberFilter filter) {
        boolean byRoster = from.startsWith(ROSTER);
        MemberScan scan = new MemberScan(
                from,
                leading,
                byRoster ? "m.list_id, m.role" : null,
                byRoster ? List.of("m.list_id = ?", "m.role = ?") : List.of("m.list_id + 0 = ?", "m.role || '' = ?"),
                List.of(listId, filter.role()),
                null);
        if (filter.status() != null || filter.mode() != null) {
            scan = scan.withPreferences();
        }
        if (filter.status() != null) {
            scan = scan.and(
                    "coalesce(m.delivery_status, a.delivery_status, s.delivery_status, 'ENABLED') = ?",
                    filter.status());
        }
        if (filter.mode() != null) {
            scan = scan.and(
                    "coalesce(m.delivery_mode, a.delivery_mode, s.delivery_mode, 'REGULAR') = ?", filter.mode());
        }
        return scan;
    }

    private MemberScan withPreferences() {
        return from.endsWith(SUBSCRIBER)
                ? this
                : new MemberScan(from + WITH_PREFERENCES, leading, order, conditions, parameters, candidates);
    }

    /** In the order of the index that has this column, too. */
    private MemberScan along(String column) {
        return new MemberScan(from, leading, "m.list_id, m.role, m." + column, conditions, parameters, candidates);
    }

    private MemberScan and(String condition, Object... values) {
        List<String> more = new ArrayList<>(conditions);
        more.add(condition);
        List<Object> moreValues = new ArrayList<>(parameters);
        moreValues.addAll(List.of(values));
        return new MemberScan(from, leading, order, more, moreValues, candidates);
    }

    /** The largest ids of so many, all smaller than the given one. */
    Statement statement(long before, int count) {
        List<Object> all = new ArrayList<>(leading);
        all.addAll(parameters);
        all.add(before);
        all.add(count);
        return new Statement(
                "select m.id " + from + " where " + String.join(" and ", conditions)
                        + (order == null
                                ? " and m.id + 0 < ? order by m.id + 0 desc"
                                : " and m.id < ? order by " + order + ", m.id desc")
                        + " fetch first ? rows only",
                all);
    }
}
