package org.posthorn.ingress;

import java.util.Locale;
import java.util.Objects;
import org.posthorn.queue.QueueName;

/**
 * Where mail to one recipient goes.
 *
 * @param listId the list's row; null for mail to the site itself
 * @param list RFC 2919 list id, for logs
 * @param recipient the address as the front MTA gave it
 * @param purpose what the address is for
 * @param subaddress what stood after the plus sign: a VERP'd address, a token; empty without one
 */
public record Route(Long listId, String list, String recipient, Purpose purpose, String subaddress) {

    /** The addresses of a list. */
    public enum Purpose {
        POST(QueueName.IN, "post"),
        /** Goes to owners and moderators through the owner chain, never into bounce processing. */
        OWNER(QueueName.IN, "owner"),
        BOUNCES(QueueName.BOUNCE, "bounce"),
        /** Bounces of mail to owners and moderators: recorded, and never sent on. */
        SITE_BOUNCES(QueueName.BOUNCE, "bounce"),
        REQUEST(QueueName.COMMAND, "command"),
        JOIN(QueueName.COMMAND, "command"),
        LEAVE(QueueName.COMMAND, "command"),
        CONFIRM(QueueName.COMMAND, "command");

        private final QueueName queue;
        private final String kind;

        Purpose(QueueName queue, String kind) {
            this.queue = queue;
            this.kind = kind;
        }

        /** Where the way of mail to this address begins. */
        public QueueName queue() {
            return queue;
        }

        /** The entry's attribute {@code kind}. */
        public String kind() {
            return kind;
        }

        /** The purpose in lower case: a command entry's attribute {@code command}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether mail to both would be one and the same piece of work, e.g. under a domain and its alias. */
    boolean leadsWhere(Route other) {
        return Objects.equals(listId, other.listId) && purpose == other.purpose && subaddress.equals(other.subaddress);
    }
}
