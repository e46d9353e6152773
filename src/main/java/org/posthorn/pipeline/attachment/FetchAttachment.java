package org.posthorn.pipeline.attachment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.posthorn.list.ListRepository;
import org.posthorn.platform.Sql;
import org.posthorn.platform.actor.Acting;
import org.posthorn.platform.actor.Actor;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.actor.Rights;

/**
 * Hands attachments out: those of a list whose archive anybody may read to whoever knows their address, others to those who
 * have signed in and are members of the list or look after it. Not in a transaction: who reads slowly must not hold one open.
 */
@ApplicationScoped
public class FetchAttachment {

    /** Each takes a thread of the web server for as long as its reader takes. */
    static final int MOST_AT_ONCE = 16;

    /** So that a few who read slowly do not keep everybody else away. */
    static final int MOST_OF_ONE = 4;

    /** In seconds, for whatever is small. */
    private static final long SHORTEST = 60;

    /** Octets a second: who is slower does not get it to its end. */
    private static final long SLOWEST = 16 * 1024;

    private static final int CHUNK = 16 * 1024;

    private final Attachments attachments;
    private final Rights rights;
    private final Sql sql;
    private final ListRepository lists;
    private final LongSupplier nanos;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    /** How many each reader fetches at this moment; at most as many entries as there are places. */
    private final Map<String, Integer> readers = new ConcurrentHashMap<>();

    protected FetchAttachment() {
        this(null, null, null, null);
    }

    @Inject
    public FetchAttachment(Attachments attachments, Rights rights, Sql sql, ListRepository lists) {
        this(attachments, rights, sql, lists, System::nanoTime);
    }

    FetchAttachment(Attachments attachments, Rights rights, Sql sql, ListRepository lists, LongSupplier nanos) {
        this.nanos = nanos;
        this.lists = lists;
        this.attachments = attachments;
        this.rights = rights;
        this.sql = sql;
    }

    /** What comes of asking for one. */
    public enum Answer {
        YES,
        /** Who they are decides, and they have not said it. */
        SIGN_IN,
        NO
    }

    /** @param token as the address has it; @return empty: there is no such attachment (any more) */
    public Optional<Attachment> find(String token) {
        return token.matches("[0-9a-f]{40}") ? attachments.find(token) : Optional.empty();
    }

    /** Whether who acts now may fetch it. */
    public Answer may(Attachment attachment) {
        if (attachment.open()) {
            return Answer.YES;
        }
        Actor actor = Acting.current();
        if (rights.has(Right.SEE_MEMBERS, attachment.listId())
                || isOnList(actor, attachment.listId())
                || isOnIncluded(actor, attachment.listId())) {
            return Answer.YES;
        }
        return actor.subscriber() == null ? Answer.SIGN_IN : Answer.NO;
    }

    /** Members of a list that this one includes have its posts, too. */
    private boolean isOnIncluded(Actor actor, long listId) {
        return actor.subscriber() != null
                && lists.byId(listId).stream()
                        .flatMap(list -> list.posting().included().stream())
                        .anyMatch(sibling -> sibling.listId() != 0 && isOnList(actor, sibling.listId()));
    }

    private boolean isOnList(Actor actor, long listId) {
        return actor.subscriber() != null
                && sql.first("""
                                select 1 from member m join address a on a.id = m.address_id
                                where m.list_id = ? and m.role in ('MEMBER', 'OWNER', 'MODERATOR')
                                and (m.subscriber_id = ? or a.subscriber_id = ?) fetch first 1 rows only""", row -> true, listId, actor.subscriber(), actor.subscriber())
                        .isPresent();
    }

    /**
     * Writes the octets, which who acts now {@linkplain #may may} have.
     *
     * @param from whence they are asked for: an address of the network
     * @param out is asked for when it is their turn, not closed
     * @return false: too many fetch at this moment, from there or in all, and nothing was written
     * @throws IOException when whoever reads goes away, or has had {@value #SHORTEST} s and one for each {@value #SLOWEST} octets
     */
    public boolean write(Attachment attachment, String from, Target out) throws IOException {
        if (may(attachment) != Answer.YES) {
            throw new IllegalStateException("an attachment cannot be for them: " + attachment.id());
        }
        if (!places.tryAcquire()) {
            return false;
        }
        try {
            if (readers.merge(from, 1, Integer::sum) > MOST_OF_ONE) {
                return false;
            }
            try (InputStream octets = attachments.open(attachment)) {
                copy(octets, out.open(), attachment);
            }
            return true;
        } finally {
            readers.computeIfPresent(from, (each, count) -> count == 1 ? null : count - 1);
            places.release();
        }
    }

    /** The server's own time-out counts from one write to the next, which who reads an octet now and then always meets. */
    private void copy(InputStream octets, OutputStream out, Attachment attachment) throws IOException {
        long until = nanos.getAsLong() + TimeUnit.SECONDS.toNanos(SHORTEST + attachment.sizeBytes() / SLOWEST);
        byte[] chunk = new byte[CHUNK];
        for (int read = octets.read(chunk); read >= 0; read = octets.read(chunk)) {
            if (nanos.getAsLong() - until > 0) {
                throw new IOException("an attachment was read too slowly: " + attachment.id());
            }
            out.write(chunk, 0, read);
        }
    }

    /** Where octets go. */
    @FunctionalInterface
    public interface Target {
        OutputStream open() throws IOException;
    }
}
