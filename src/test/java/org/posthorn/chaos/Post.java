package org.posthorn.chaos;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.CRC32;
import org.posthorn.testing.PackagedNode;

/** A post in the ledger: what it says, whether it was accepted, and whom it has reached, when, and over which connection. */
final class Post {

    private static final String LINE = "x".repeat(70) + "\r\n";

    private final MailingList list;
    private final String messageId;
    private final int lines;
    private final Connection[] connections;
    private final int[] numbers;
    private final long[] millis;
    private Integer bulkCrc;
    private int reached;
    private boolean accepted;
    private long acceptedNanos;
    private long reachedNanos;

    /** @param lines of its text, beside the greeting */
    Post(MailingList list, String messageId, int lines) {
        this.list = list;
        this.messageId = messageId;
        this.lines = lines;
        this.connections = new Connection[list.size()];
        this.numbers = new int[list.size()];
        this.millis = new long[list.size()];
    }

    MailingList list() {
        return list;
    }

    String messageId() {
        return messageId;
    }

    /** Header and body, as the sender hands them over. */
    String message(String sender) {
        return PackagedNode.message(sender, list.address(), "Post to " + list.localPart(), messageId)
                + LINE.repeat(lines);
    }

    /** CRC-32 of the body as the member has to get it: the sender's text and the list's footer, octet by octet. */
    int bodyCrc(int member) {
        if (list.personal()) {
            return crc(member);
        }
        if (bulkCrc == null) {
            bulkCrc = crc(member);
        }
        return bulkCrc;
    }

    private int crc(int member) {
        String message = message("");
        CRC32 crc = new CRC32();
        String body = message.substring(message.indexOf("\r\n\r\n") + 4) + list.footerFor(member) + "\r\n";
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        return (int) crc.getValue();
    }

    void accept() {
        accepted = true;
        acceptedNanos = System.nanoTime();
    }

    /** From the 250 to the last member's first copy, as far as it has come; zero before it was accepted. */
    Duration way() {
        long nanos = reachedNanos - acceptedNanos;
        return accepted && reachedNanos != 0 && nanos > 0 ? Duration.ofNanos(nanos) : Duration.ZERO;
    }

    boolean isAccepted() {
        return accepted;
    }

    /** @return what was the member's latest copy until now; empty when this is the first */
    Optional<Arrival> reach(int member, Arrival arrival) {
        Optional<Arrival> latest = Optional.ofNullable(connections[member])
                .map(connection -> new Arrival(connection, numbers[member], millis[member]));
        if (latest.isEmpty()) {
            reached++;
            reachedNanos = System.nanoTime();
        }
        if (latest.isEmpty() || latest.get().atMillis() <= arrival.atMillis()) {
            connections[member] = arrival.connection();
            numbers[member] = arrival.number();
            millis[member] = arrival.atMillis();
        }
        return latest;
    }

    /** How many have no copy yet. */
    int missing() {
        return list.size() - reached;
    }

    /** @return the address of the first member without a copy; empty when there is none */
    String firstMissing() {
        for (int member = 0; member < connections.length; member++) {
            if (connections[member] == null) {
                return list.memberAddress(member);
            }
        }
        return "";
    }
}
