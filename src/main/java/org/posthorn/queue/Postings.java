package org.posthorn.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.posthorn.platform.Digests;
import org.posthorn.platform.Ids;
import org.posthorn.platform.Sql;
import org.posthorn.platform.Text;

/** The postings, in the caller's transaction. Text from mail is cut to its column and freed of control characters here. */
@ApplicationScoped
public class Postings {

    private static final int ADDRESS_LENGTH = 320;
    private static final int LINE_LENGTH = 998;

    private static final String INSERT = """
            insert into posting (id, list_id, recipient, first_queue, message_id, message_id_hash, sender, subject, size_bytes, received_at, fanned_out, octets_id)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final Sql sql;
    private final Ids ids;

    protected Postings() {
        this(null, null);
    }

    @Inject
    public Postings(Sql sql, Ids ids) {
        this.sql = sql;
        this.ids = ids;
    }

    /** @return the new posting's id */
    public long open(NewPosting posting) {
        return open(List.of(posting)).get(0);
    }

    /** @return the new postings' ids, in order */
    public List<Long> open(List<NewPosting> postings) {
        List<Long> opened = new ArrayList<>();
        List<Object[]> rows = new ArrayList<>();
        for (NewPosting posting : postings) {
            long id = ids.next();
            opened.add(id);
            String messageId = Text.line(posting.messageId(), LINE_LENGTH);
            rows.add(new Object[] {
                id,
                posting.listId(),
                Text.line(posting.recipient(), ADDRESS_LENGTH),
                posting.firstQueue(),
                messageId,
                hash(messageId),
                Text.line(posting.sender(), ADDRESS_LENGTH),
                Text.line(posting.subject(), LINE_LENGTH),
                posting.sizeBytes(),
                posting.receivedAt(),
                false,
                posting.octetsId()
            });
        }
        sql.batch(INSERT, rows);
        return opened;
    }

    /** @param ids at most some hundreds; @return those of them that are not forgotten */
    public Set<Long> known(List<Long> ids) {
        if (ids.isEmpty()) {
            return Set.of();
        }
        String marks = String.join(", ", Collections.nCopies(ids.size(), "?"));
        return Set.copyOf(
                sql.list("select id from posting where id in (" + marks + ")", row -> row.getLong(1), ids.toArray()));
    }

    public Optional<Posting> find(long id) {
        return sql.first("select * from posting where id = ?", Postings::read, id);
    }

    /** Notes that all recipients of the posting are in chunks now. */
    public void fannedOut(long id) {
        sql.update("update posting set fanned_out = ? where id = ?", true, id);
    }

    /** @return what {@code posting.message_id_hash} holds: a key that a Message-ID of any length can be found by */
    public static long hash(String messageId) {
        byte[] digest = Digests.sha256().digest(messageId.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.wrap(digest).getLong() & Long.MAX_VALUE;
    }

    static Posting read(ResultSet row) throws SQLException {
        String outcome = row.getString("outcome");
        return new Posting(
                row.getLong("id"),
                Sql.longOrNull(row, "list_id"),
                row.getString("recipient"),
                QueueName.valueOf(row.getString("first_queue")),
                row.getString("message_id"),
                row.getString("sender"),
                row.getString("subject"),
                row.getLong("size_bytes"),
                Sql.instant(row, "received_at"),
                outcome == null ? null : Posting.Outcome.valueOf(outcome),
                row.getBoolean("fanned_out"));
    }
}
