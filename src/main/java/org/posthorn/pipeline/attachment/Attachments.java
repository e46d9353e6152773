package org.posthorn.pipeline.attachment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.InputStream;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.posthorn.list.ArchivePolicy;
import org.posthorn.list.MailingList;
import org.posthorn.platform.Ids;
import org.posthorn.platform.Sql;
import org.posthorn.platform.Text;
import org.posthorn.queue.Posting;

/**
 * The attachments' rows. One is stored in the transaction that cooks its post, once, however often the post is cooked. Who
 * may fetch one is {@link FetchAttachment}'s matter.
 */
@ApplicationScoped
public class Attachments {

    /** A driver holds a whole part in memory, so a part is small. */
    static final int PART_BYTES = 256 * 1024;

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_SENDER = 320;
    private static final int TOKEN_BYTES = 20;

    private static final String SELECT = """
            select a.id, a.token, a.list_id, a.name, a.type, a.size_bytes, a.expires_at, l.archive_policy
            from attachment a join mailing_list l on l.id = a.list_id
            where (a.expires_at is null or a.expires_at > ?) and\s""";

    private final Sql sql;
    private final Ids ids;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    protected Attachments() {
        this(null, null, null);
    }

    @Inject
    public Attachments(Sql sql, Ids ids, Clock clock) {
        this.sql = sql;
        this.ids = ids;
        this.clock = clock;
    }

    /** @return empty: there is none (any more), or its list is gone */
    Optional<Attachment> find(String token) {
        return sql.first(SELECT + "a.token = ?", Attachments::read, clock.instant(), token);
    }

    Optional<Attachment> find(long postingId, int part) {
        return sql.first(
                SELECT + "a.posting_id = ? and a.part_no = ?", Attachments::read, clock.instant(), postingId, part);
    }

    /**
     * Begins one, of which nothing is there yet; one of the same post and part whose time is over goes.
     *
     * @param name of its sender's; @param type too
     */
    Attachment begin(MailingList list, Posting posting, int part, String name, String type) {
        sql.update("delete from attachment where posting_id = ? and part_no = ?", posting.id(), part);
        byte[] secret = new byte[TOKEN_BYTES];
        random.nextBytes(secret);
        Instant now = clock.instant();
        int days = list.appearance().getAttachmentLinkDays();
        Attachment attachment = new Attachment(
                ids.next(),
                HexFormat.of().formatHex(secret),
                list.getId(),
                Text.line(name, LONGEST_NAME),
                Text.line(type, LONGEST_NAME),
                0,
                days == 0 ? Optional.empty() : Optional.of(now.plus(days, ChronoUnit.DAYS)),
                isOpen(list.archiving().getArchivePolicy()));
        sql.update(
                """
                insert into attachment (id, token, list_id, posting_id, part_no, sender, name, type, size_bytes, stored_at, expires_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)
                """,
                attachment.id(),
                attachment.token(),
                list.getId(),
                posting.id(),
                part,
                Text.line(posting.sender(), LONGEST_SENDER).toLowerCase(Locale.ROOT),
                attachment.name(),
                attachment.type(),
                now,
                attachment.expires().orElse(null));
        return attachment;
    }

    /** @param octets at most {@link #PART_BYTES} */
    void put(long id, int part, byte[] octets) {
        sql.update("insert into attachment_part (attachment_id, part_no, octets) values (?, ?, ?)", id, part, octets);
    }

    void end(long id, long sizeBytes) {
        sql.update("update attachment set size_bytes = ? where id = ?", sizeBytes, id);
    }

    /** @return its octets, read part by part, each by a query of its own */
    InputStream open(Attachment attachment) {
        return new AttachmentStream(
                part -> sql.first(
                        "select octets from attachment_part where attachment_id = ? and part_no = ?",
                        row -> row.getBytes(1),
                        attachment.id(),
                        part),
                attachment.sizeBytes());
    }

    /**
     * Removes those whose time is over, or whose list is gone; a piece of the clean-up.
     *
     * @param most how many at the most
     * @return how many were removed
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW) // a piece is done whatever becomes of the next
    public int removeExpired(int most) {
        List<Object[]> over = sql.list(
                "select id from attachment where expires_at <= ? or list_id is null fetch first " + most + " rows only",
                row -> new Object[] {row.getLong(1)},
                clock.instant());
        sql.batch("delete from attachment where id = ?", over);
        return over.size();
    }

    private static boolean isOpen(ArchivePolicy policy) {
        return policy == ArchivePolicy.PUBLIC;
    }

    private static Attachment read(ResultSet row) throws SQLException {
        return new Attachment(
                row.getLong("id"),
                row.getString("token"),
                row.getLong("list_id"),
                row.getString("name"),
                row.getString("type"),
                row.getLong("size_bytes"),
                Optional.ofNullable(Sql.instant(row, "expires_at")),
                isOpen(ArchivePolicy.valueOf(row.getString("archive_policy"))));
    }
}
