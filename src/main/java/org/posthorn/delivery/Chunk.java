package org.posthorn.delivery;

import java.util.List;

/**
 * A bounded part of a posting's recipients, in the order of the fan-out.
 *
 * @param addresses as they are written to RCPT
 */
record Chunk(long id, List<String> addresses) {

    /** One line for each recipient: member id, tab, address. */
    static Chunk parse(long id, String recipients) {
        return new Chunk(
                id,
                recipients
                        .lines()
                        .map(line -> line.substring(line.indexOf('\t') + 1))
                        .toList());
    }

    int size() {
        return addresses.size();
    }
}
