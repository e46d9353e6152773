package org.posthorn.list;

import java.util.ArrayList;
import java.util.List;

/**
 * One way to find people by a term: a range of one index. Together the scans of a term find all, up to a bound; what two
 * find is one person all the same.
 *
 * @param statement gives people's ids, in the order of the index, so that the planner takes it
 */
record PersonScan(String statement, List<Object> parameters) {

    /** So many candidates are looked at by each: a term that half the site's addresses begin with is no search. */
    static final int CANDIDATES = 4_000;

    private static final int KEY = 200;

    /** After every text of the same beginning. */
    private static final String LAST = "\uffff";

    /** @param term in lower case, not empty: how an address, its domain (after an @), a name or a later word of a name begins */
    static List<PersonScan> of(String term) {
        List<PersonScan> scans = new ArrayList<>();
        if (term.startsWith("@")) {
            if (term.length() > 1) {
                scans.add(byAddress("domain_key", term.substring(1)));
            }
            return scans;
        }
        scans.add(byAddress("email_key", term));
        if (term.indexOf('@') < 0) {
            scans.add(byName("name_key", term));
            scans.add(byName("later_name_key", term));
            scans.add(new PersonScan("select id from subscriber where login_name = ?", List.of(term)));
        }
        return scans;
    }

    private static PersonScan byAddress(String column, String term) {
        return new PersonScan(
                "select subscriber_id as id from (select subscriber_id from address where " + column + " >= ? and "
                        + column
                        + " < ? order by " + column + " fetch first " + CANDIDATES
                        + " rows only) a where subscriber_id is not null",
                List.of(term, term + LAST));
    }

    private static PersonScan byName(String column, String term) {
        String key = term.length() > KEY ? term.substring(0, KEY) : term;
        return new PersonScan(
                "select id from subscriber where " + column + " >= ? and " + column + " < ? order by " + column
                        + " fetch first " + CANDIDATES + " rows only",
                List.of(key, key + LAST));
    }
}
