package org.posthorn.pipeline;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.posthorn.list.Action;
import org.posthorn.list.CountElsewhere;
import org.posthorn.list.DeliveryMode;
import org.posthorn.list.ListRepository;
import org.posthorn.list.MailingList;
import org.posthorn.list.NoCopy;
import org.posthorn.list.PostTopics;
import org.posthorn.list.Role;
import org.posthorn.list.Roster;
import org.posthorn.list.Sibling;
import org.posthorn.list.Topic;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.mail.MailMessage;
import org.posthorn.mail.NamedAddress;
import org.posthorn.mail.ReversePath;
import org.posthorn.mail.ReversePath.Mailbox;
import org.posthorn.pipeline.FanOut.Recipients;
import org.posthorn.pipeline.handler.Tagger;
import org.posthorn.queue.MessageStore;

/** Who gets a message. Recipients are read as they are needed, never all at once. */
@ApplicationScoped
public class Audience {

    private final Roster roster;
    private final ListRepository lists;
    private final MessageStore messages;

    protected Audience() {
        this(null, null, null);
    }

    @Inject
    public Audience(Roster roster, ListRepository lists, MessageStore messages) {
        this.roster = roster;
        this.lists = lists;
        this.messages = messages;
    }

    /**
     * The members with regular delivery; without the sender, and those in To and Cc, who wish no copy.
     *
     * <p>Those who wish digests get each post, too, where the list sends none. With them, each address once, the members of lists that this one includes, by their own wishes; not those who get the
     * post by an excluded list that it is addressed to, too.
     *
     * @param raw the message as it came: an anonymous list's cooked one no longer says who wrote it
     * @param cooked the same as it goes out: says what it is about, where the list goes by topics
     * @param urgent at once to those with digests, too, whatever topics members have chosen; not to who has stopped delivery
     * @param reversePath counts as the sender when From doesn't say
     */
    Recipients members(MailingList list, long raw, long cooked, String reversePath, boolean urgent) {
        NoCopy noCopy = noCopy(header(raw), reversePath);
        return members(list, noCopy, urgent ? PostTopics.notAsked() : topics(list, cooked), urgent);
    }

    /** The same, of what is known of a post's headers. */
    Recipients members(MailingList list, NoCopy noCopy, PostTopics topics, boolean urgent) {
        return members(list, included(list, noCopy), noCopy, topics, urgent);
    }

    /** The same without members of lists that this one includes. */
    Recipients ownMembers(MailingList list, NoCopy noCopy, PostTopics topics, boolean urgent) {
        return members(list, List.of(), noCopy, topics, urgent);
    }

    private Recipients members(
            MailingList list, List<MailingList> included, NoCopy noCopy, PostTopics topics, boolean urgent) {
        boolean each = eachPost(list, urgent);
        List<Long> excluded = excluded(list, noCopy);
        if (included.isEmpty() && excluded.isEmpty()) {
            return (memberId, limit) -> roster.recipients(list.getId(), memberId, limit, noCopy, topics, each);
        }
        List<MergedRosters.Pages> rosters = new ArrayList<>();
        CountElsewhere readers = new CountElsewhere(List.of(), excluded);
        rosters.add((memberId, members) -> roster.page(list.getId(), memberId, members, noCopy, topics, each, readers));
        List<Long> before = new ArrayList<>(List.of(list.getId()));
        for (MailingList sibling : included) {
            CountElsewhere elsewhere = new CountElsewhere(List.copyOf(before), excluded);
            boolean eachOfTheirs = eachPost(sibling, urgent);
            rosters.add((memberId, members) -> roster.page(
                    sibling.getId(), memberId, members, noCopy, PostTopics.notAsked(), eachOfTheirs, elsewhere));
            before.add(sibling.getId());
        }
        return new MergedRosters(rosters);
    }

    /** Those that do not have the post already, so that their members get it from there. */
    List<MailingList> included(MailingList list, NoCopy noCopy) {
        return there(list.posting().included()).stream()
                .filter(sibling -> !hasIt(sibling, noCopy))
                .toList();
    }

    /** Whether members who wish digests get a post by itself, too: since it cannot wait, or since there are none. */
    static boolean eachPost(MailingList list, boolean urgent) {
        return urgent || !Pipelines.collects(list);
    }

    List<Long> excluded(MailingList list, NoCopy noCopy) {
        return there(list.posting().excluded()).stream()
                .filter(sibling -> hasIt(sibling, noCopy))
                .map(MailingList::getId)
                .toList();
    }

    /**
     * Whether a list is addressed, too, and takes what this author posts. Where the post may wait or end (a stranger's, a
     * moderated member's), rather twice than never.
     */
    private boolean hasIt(MailingList sibling, NoCopy noCopy) {
        return isAddressed(sibling, noCopy)
                && !noCopy.senderKey().isEmpty()
                && !sibling.posting().isEmergency()
                && roster.find(sibling.getId(), Role.MEMBER, noCopy.senderKey())
                        .map(member -> Optional.ofNullable(member.moderationAction())
                                .orElse(sibling.posting().getDefaultMemberAction()))
                        .filter(action -> action == Action.ACCEPT || action == Action.DEFER)
                        .isPresent();
    }

    private List<MailingList> there(List<Sibling> siblings) {
        return siblings.stream()
                .filter(sibling -> sibling.listId() != 0)
                .flatMap(sibling -> lists.byId(sibling.listId()).stream())
                .toList();
    }

    private static boolean isAddressed(MailingList list, NoCopy noCopy) {
        return noCopy.addressedKeys().stream().anyMatch(list::isPostingAddress);
    }

    private PostTopics topics(MailingList list, long cooked) {
        List<Topic> topics = Topic.of(list);
        return topics.isEmpty() ? PostTopics.notAsked() : hits(topics, header(cooked));
    }

    /** What a post is about, where the list goes by topics. @param cooked its header as it goes out */
    static PostTopics topics(MailingList list, HeaderBlock cooked) {
        List<Topic> topics = Topic.of(list);
        return topics.isEmpty() ? PostTopics.notAsked() : hits(topics, cooked);
    }

    private static PostTopics hits(List<Topic> topics, HeaderBlock cooked) {
        List<String> hits = List.of(String.join(",", cooked.all(Tagger.FIELD)).split("\\s*,\\s*"));
        return new PostTopics(
                true,
                topics.stream()
                        .filter(topic -> hits.contains(topic.name()))
                        .map(Topic::key)
                        .toList());
    }

    /** Who reads this kind of a digest. */
    Recipients digestReaders(MailingList list, DeliveryMode mode, long digestId) {
        return (memberId, limit) -> roster.digestReaders(list.getId(), mode, digestId, memberId, limit);
    }

    /** Whether somebody may read the list's digests. */
    boolean mayReadDigests(MailingList list) {
        return roster.mayReadDigests(list.getId());
    }

    /** The owners and moderators, each once. */
    Recipients owners(MailingList list) {
        return (memberId, limit) -> roster.ownersAndModerators(list.getId(), memberId, limit);
    }

    /** Who may wish no copy of a post: its author, and those whom it is addressed to. @param header as it came */
    static NoCopy noCopy(HeaderBlock header, String reversePath) {
        String sender =
                header.addresses("From").stream().findFirst().map(Audience::key).orElseGet(() -> key(reversePath));
        List<String> addressed = new ArrayList<>();
        for (String field : List.of("To", "Cc", "Resent-To", "Resent-Cc")) {
            header.addresses(field).stream().map(Audience::key).forEach(addressed::add);
        }
        return new NoCopy(sender, addressed);
    }

    private static String key(NamedAddress named) {
        return named.address().key();
    }

    private static String key(String reversePath) {
        return ReversePath.parse(reversePath)
                .map(path -> path instanceof Mailbox mailbox ? mailbox.address().key() : "")
                .orElse("");
    }

    private HeaderBlock header(long raw) {
        try (InputStream octets = messages.open(raw)) {
            return MailMessage.open(octets).header();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
