package org.posthorn.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.posthorn.list.ListName;
import org.posthorn.list.MailingList;
import org.posthorn.mail.EmailAddress;
import org.posthorn.platform.Digests;
import org.posthorn.platform.Sql;
import org.posthorn.template.ListAddress;

/**
 * The addresses by which moderators decide about held posts: {@code list-confirm+TOKEN}, or {@code site-confirm+NUMBER-TOKEN} for lists with long names, where the token is 128 random bits of
 * which the database holds the SHA-256 only. There is one for each held post, in the one notice that all owners and moderators get.
 * That is safe since it stops working as soon as one who may know it is no owner or moderator any more; and the token alone
 * decides nothing: whoever writes must be an owner or moderator at that time. Past the decision it only tells what was decided.
 */
@ApplicationScoped
public class HeldReplies {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int TOKEN_LENGTH = 26;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Sql sql;
    private final Clock clock;

    protected HeldReplies() {
        this(null, null);
    }

    @Inject
    public HeldReplies(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** @return whether it looks like a token of a held post; in lower case */
    public static boolean isToken(String text) {
        return text.matches("[a-z2-7]{" + TOKEN_LENGTH + "}");
    }

    /**
     * Makes the held post's token, in the caller's transaction.
     *
     * @return where to answer; empty: the list's domain is so long that the address would be none (RFC 5321 section 4.5.3.1)
     */
    Optional<EmailAddress> open(MailingList list, long postingId) {
        String token = token();
        Optional<EmailAddress> address = address(list, token);
        address.ifPresent(there -> {
            // A post that was held before and put back has a new token; nobody needs the old one.
            sql.update("delete from held_reply where posting_id = ?", postingId);
            sql.update(
                    "insert into held_reply (posting_id, list_id, token_sha256, readers, issued_at) values (?, ?, ?, 0, ?)",
                    postingId,
                    list.getId(),
                    sha256(token),
                    clock.instant());
            int readers = sql.update("""
                    insert into held_reply_reader (posting_id, member_id)
                    select cast(? as bigint), id from member where list_id = ? and role = 'OWNER'
                    union all
                    select cast(? as bigint), id from member where list_id = ? and role = 'MODERATOR'""", postingId, list.getId(), postingId, list.getId());
            sql.update("update held_reply set readers = ? where posting_id = ?", readers, postingId);
        });
        return address;
    }

    /**
     * A local part has 64 octets at the most (RFC 5321 section 4.5.3.1.1): where the list's name leaves no room for the token, the
     * site's own name stands for it, which no list can have, and the list's number before the token says which list it is.
     *
     * @return the address to which a reply with that token goes; empty: the list's domain leaves no room either
     */
    public static Optional<EmailAddress> address(MailingList list, String token) {
        EmailAddress confirm = ListAddress.of(list, "confirm");
        return EmailAddress.parse(confirm.local() + "+" + token + "@" + confirm.domain())
                .or(() -> EmailAddress.parse(
                        ListName.SITE + "-confirm+" + list.getId() + "-" + token + "@" + confirm.domain()));
    }

    /** @return the posting that the token is for; empty: it is none of this list's, or nobody may use it any more */
    public Optional<Long> posting(long listId, String token) {
        return sql.first("""
                select posting_id from held_reply h where token_sha256 = ? and list_id = ?
                and readers = (select count(*) from held_reply_reader r where r.posting_id = h.posting_id)""", row -> row.getLong("posting_id"), sha256(token), listId);
    }

    private static byte[] sha256(String token) {
        return Digests.sha256().digest(token.getBytes(StandardCharsets.US_ASCII));
    }

    private static String token() {
        StringBuilder token = new StringBuilder(TOKEN_LENGTH);
        for (int i = 0; i < TOKEN_LENGTH; i++) {
            token.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return token.toString();
    }
}
