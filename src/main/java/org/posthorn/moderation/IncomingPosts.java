package org.posthorn.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.posthorn.list.MailingList;
import org.posthorn.list.PostingPolicy;
import org.posthorn.mail.ApprovedLine;
import org.posthorn.mail.BodyText;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.mail.MailMessage;
import org.posthorn.mail.Octets;
import org.posthorn.mail.ReversePath;
import org.posthorn.mail.ReversePath.Mailbox;
import org.posthorn.queue.MessageStore;
import org.posthorn.queue.Posting;

/** Puts together what the rules look at: the header and the beginning of the text, and what is known of the senders. */
@ApplicationScoped
public class IncomingPosts {

    /** So many lines of the text are looked at: under a reply of some lines a digest's beginning is found yet. */
    static final int LINES = 100;

    /** More From or Sender addresses than that say nothing more about who wrote. */
    private static final int MOST_SENDERS = 10;

    private final MessageStore messages;
    private final People people;
    private final Approval approval;
    private final AllHeaderChecks headerChecks;
    private final RecentPosts recentPosts;

    protected IncomingPosts() {
        this(null, null, null, null, null);
    }

    @Inject
    public IncomingPosts(
            MessageStore messages,
            People people,
            Approval approval,
            AllHeaderChecks headerChecks,
            RecentPosts recentPosts) {
        this.recentPosts = recentPosts;
        this.messages = messages;
        this.people = people;
        this.approval = approval;
        this.headerChecks = headerChecks;
    }

    IncomingPost read(Submission post) {
        try (InputStream octets = messages.open(post.messageId())) {
            MailMessage mail = MailMessage.open(octets);
            return read(post.list(), mail.header(), mail.body().readNBytes(ApprovedLine.LOOK_AHEAD), post.posting());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For a post that is nowhere stored. @param posting as it would be if it came in now; its id is none */
    IncomingPost readUnstored(MailingList list, Octets message, Posting posting) throws IOException {
        try (InputStream octets = message.open()) {
            MailMessage mail = MailMessage.open(octets);
            List<String> senders = senders(mail.header(), posting.sender());
            return read(
                    list,
                    mail.header(),
                    mail.body().readNBytes(ApprovedLine.LOOK_AHEAD),
                    posting,
                    recentPosts.ifItCame(list, senders, posting.sender(), posting.receivedAt()));
        }
    }

    private IncomingPost read(MailingList list, HeaderBlock header, byte[] bodyStart, Posting posting) {
        return read(list, header, bodyStart, posting, recentPosts.of(list, senders(header, posting.sender()), posting));
    }

    private IncomingPost read(
            MailingList list, HeaderBlock header, byte[] bodyStart, Posting posting, long recentPosts) {
        boolean approved = approval.isGiven(list, header, bodyStart, posting.sizeBytes());
        return read(
                list,
                header,
                bodyStart,
                posting.receivedAt(),
                posting.sizeBytes(),
                posting.sender(),
                people,
                approved,
                new Once<>(() -> approval.urgency(list, header, approved)),
                recentPosts,
                headerChecks.of(list));
    }

    static IncomingPost read(
            MailingList list,
            HeaderBlock header,
            byte[] bodyStart,
            Instant receivedAt,
            long sizeBytes,
            String reversePath,
            People people,
            boolean approved,
            Supplier<Urgency> urgency,
            long recentPosts,
            List<HeaderCheck> checks) {
        List<String> senders = senders(header, reversePath);
        Optional<String> banned =
                senders.stream().filter(sender -> people.isBanned(list, sender)).findFirst();
        return new IncomingPost(
                list,
                header,
                isTextAsked(list.posting()) ? BodyText.firstLines(header, bodyStart, LINES) : List.of(),
                receivedAt,
                sizeBytes,
                senders,
                new SenderStanding(list, people).of(senders),
                banned,
                approved,
                urgency,
                recentPosts,
                checks);
    }

    private static boolean isTextAsked(PostingPolicy policy) {
        return policy.isAdministrivia() || policy.isHoldDigest();
    }

    /** What is found out when somebody first asks. One thread asks. */
    private static final class Once<T> implements Supplier<T> {

        private final Supplier<T> found;
        private Optional<T> known = Optional.empty();

        Once(Supplier<T> found) {
            this.found = found;
        }

        @Override
        public T get() {
            if (known.isEmpty()) {
                known = Optional.of(found.get());
            }
            return known.get();
        }
    }

    static List<String> senders(HeaderBlock header, String reversePath) {
        Set<String> senders = new LinkedHashSet<>();
        for (String field : List.of("From", "Sender")) {
            header.addresses(field).stream()
                    .limit(MOST_SENDERS)
                    .map(named -> named.address().key())
                    .forEach(senders::add);
        }
        ReversePath.parse(reversePath).ifPresent(path -> {
            if (path instanceof Mailbox mailbox) {
                senders.add(mailbox.address().key());
            }
        });
        return List.copyOf(senders);
    }
}
