package org.posthorn.pipeline;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import org.posthorn.list.Recipient;
import org.posthorn.mail.EmailAddress;
import org.posthorn.platform.Ids;
import org.posthorn.platform.Sql;

/** Keeps chunks of recipients, in the caller's transaction. */
@ApplicationScoped
public class Chunks {

    /** Small enough to stay in memory in any number of senders at once, large enough that its row costs nothing. */
    public static final int MOST_RECIPIENTS = 1000;

    private final Sql sql;
    private final Ids ids;
    private final Clock clock;

    protected Chunks() {
        this(null, null, null);
    }

    @Inject
    public Chunks(Sql sql, Ids ids, Clock clock) {
        this.sql = sql;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * @param recipients 1 to {@link #MOST_RECIPIENTS}; member id 0 for one who is no member
     * @return the chunk's id
     */
    long add(long postingId, List<Recipient> recipients) {
        long id = ids.next();
        String lines = recipients.stream()
                .map(recipient -> recipient.memberId() + "\t" + wireForm(recipient.email()))
                .collect(Collectors.joining("\n"));
        sql.update(
                "insert into delivery_chunk (id, posting_id, recipient_count, recipients, made_at) values (?, ?, ?, ?, ?)",
                id,
                postingId,
                recipients.size(),
                lines,
                clock.instant());
        return id;
    }

    /** @return the address as it goes on the wire: a domain that its owner wrote in another script as A-labels */
    private static String wireForm(String email) {
        boolean ascii = email.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"');
        return ascii
                ? email
                : EmailAddress.parse(email).map(EmailAddress::address).orElse(email);
    }
}
