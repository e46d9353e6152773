package org.posthorn.delivery.smtp.trial;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.posthorn.mail.EmailAddress;

/**
 * One run of test copies: how many, over how many connections, to whom.
 *
 * @param connections at once, 1 to {@value #MOST_CONNECTIONS}
 * @param copies in all, one for each recipient of each message, 1 to {@value #MOST_COPIES}
 * @param recipients of a message, 1 to {@value #MOST_RECIPIENTS}
 * @param sizeBytes of a message, {@value #LEAST_BYTES} to {@value #MOST_BYTES}
 * @param to whom the copies go; {@code %d} in it becomes a number, of which there are as many as a message has recipients
 * @param from the reverse-path: where errors go
 * @param most begins no message after this time; up to {@value #MOST_SECONDS} seconds
 */
public record Trial(
        int connections, int copies, int recipients, int sizeBytes, String to, EmailAddress from, Duration most) {

    public static final int MOST_CONNECTIONS = 64;
    public static final int MOST_COPIES = 20_000;
    public static final int MOST_RECIPIENTS = 100;
    public static final int LEAST_BYTES = 512;
    public static final int MOST_BYTES = 1_000_000;
    public static final int MOST_SECONDS = 60;

    private static final String NUMBER = "%d";

    /** @throws IllegalArgumentException with what is wrong and what is allowed */
    public Trial {
        check("connections", connections, 1, MOST_CONNECTIONS);
        check("copies", copies, 1, MOST_COPIES);
        check("recipients", recipients, 1, MOST_RECIPIENTS);
        check("size", sizeBytes, LEAST_BYTES, MOST_BYTES);
        check("seconds", most.toSeconds(), 1, MOST_SECONDS);
        if (EmailAddress.parse(to.replace(NUMBER, "1")).isEmpty()) {
            throw new IllegalArgumentException("to=" + to + " is not allowed: an address, which may hold %d");
        }
        if (recipients > 1 && !to.contains(NUMBER)) {
            throw new IllegalArgumentException("to=" + to
                    + " is not allowed with several recipients: an address with %d, which becomes a number, is needed");
        }
    }

    private static void check(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + "=" + value + " is not allowed: a number from " + least + " to " + most);
        }
    }

    /** @return whose copies one message is */
    List<String> addresses() {
        return IntStream.rangeClosed(1, Math.min(recipients, copies))
                .mapToObj(number -> to.replace(NUMBER, Integer.toString(number)))
                .toList();
    }

    /** @return so many that there are no more copies than were agreed to */
    int messages() {
        return Math.max(1, copies / recipients);
    }
}
