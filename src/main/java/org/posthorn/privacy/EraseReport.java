package org.posthorn.privacy;

import java.util.List;
import java.util.Map;

/**
 * What an erasure did.
 *
 * @param pseudonym what stands for the person from now on
 * @param addresses that were erased
 * @param held their held posts that were discarded
 * @param rewritten rows in which an address was replaced, or that went with it, by table; like the next two it counts a row
 *     again for each twenty addresses of a person who has that many
 * @param kept rows that hold it still because it is a rule or a text of an administrator's, by table
 * @param waiting rows that hold it still because mail is under way: erase once more when it is through
 */
public record EraseReport(
        String pseudonym,
        List<String> addresses,
        int memberships,
        int requests,
        int held,
        Map<String, Integer> rewritten,
        Map<String, Integer> kept,
        int waiting) {

    public boolean isComplete() {
        return waiting == 0;
    }
}
