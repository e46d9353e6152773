package org.posthorn.delivery;

import java.util.ArrayList;
import java.util.List;

/**
 * A bounded part of a posting's recipients, in the order of the fan-out.
 *
 * @param addresses as they are written to RCPT
 * @param memberIds each one's, 0 for who is no member
 */
record Chunk(long id, List<String> addresses, List<Long> memberIds) {

    /** One line for each recipient: member id, tab, address. */
    static Chunk parse(long id, String recipients) {
        List<String> addresses = new ArrayList<>();
        List<Long> memberIds = new ArrayList<>();
        recipients.lines().forEach(line -> {
            int tab = line.indexOf('\t');
            addresses.add(line.substring(tab + 1));
            memberIds.add(tab > 0 ? Long.parseLong(line.substring(0, tab)) : 0);
        });
        return new Chunk(id, List.copyOf(addresses), List.copyOf(memberIds));
    }

    int size() {
        return addresses.size();
    }
}
