package org.posthorn.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.posthorn.list.MailingList;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.mail.ReversePath;
import org.posthorn.mail.ReversePath.Mailbox;
import org.posthorn.queue.MessageStore;

/** Puts together what the rules look at. */
@ApplicationScoped
public class IncomingPosts {

    /** More From or Sender addresses than that say nothing more about who wrote. */
    private static final int MOST_SENDERS = 10;

    private final MessageStore messages;
    private final People people;

    protected IncomingPosts() {
        this(null, null);
    }

    @Inject
    public IncomingPosts(MessageStore messages, People people) {
        this.messages = messages;
        this.people = people;
    }

    IncomingPost read(Submission post) {
        HeaderBlock header = StoredHeader.of(messages, post.messageId());
        return read(
                post.list(), header, post.posting().sizeBytes(), post.posting().sender(), people);
    }

    static IncomingPost read(MailingList list, HeaderBlock header, long sizeBytes, String reversePath, People people) {
        List<String> senders = senders(header, reversePath);
        Standing standing = new SenderStanding(list, people).of(senders);
        Optional<String> banned =
                senders.stream().filter(sender -> people.isBanned(list, sender)).findFirst();
        return new IncomingPost(list, header, sizeBytes, senders, standing, banned);
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
