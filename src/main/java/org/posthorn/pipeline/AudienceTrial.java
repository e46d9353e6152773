package org.posthorn.pipeline;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthorn.list.CountElsewhere;
import org.posthorn.list.MailingList;
import org.posthorn.list.NoCopy;
import org.posthorn.list.PostTopics;
import org.posthorn.list.Recipient;
import org.posthorn.list.WhoGets;
import org.posthorn.list.WhoGets.Share;
import org.posthorn.mail.HeaderBlock;

/** Who would get a message, and why the others would not, without sending it: by the choice that {@link Audience} makes. */
@ApplicationScoped
public class AudienceTrial {

    private final Audience audience;
    private final WhoGets whoGets;

    protected AudienceTrial() {
        this(null, null);
    }

    @Inject
    public AudienceTrial(Audience audience, WhoGets whoGets) {
        this.audience = audience;
        this.whoGets = whoGets;
    }

    /**
     * A message to be tried.
     *
     * @param list may be a changed copy
     * @param raw the header as it came
     * @param cooked the header as it goes out
     * @param reversePath counts as the sender when From doesn't say
     */
    public record Tried(MailingList list, HeaderBlock raw, HeaderBlock cooked, String reversePath, boolean urgent) {}

    /**
     * @param shares how many of the list's members there are of each
     * @param included how many members of included lists get it besides
     */
    public record Counted(Map<Share, Long> shares, long included) {

        public Counted {
            shares = new EnumMap<>(shares);
        }
    }

    /** Reads all of the roster, in the database. */
    public Counted count(Tried tried) {
        NoCopy noCopy = Audience.noCopy(tried.raw(), tried.reversePath());
        List<Long> excluded = audience.excluded(tried.list(), noCopy);
        long listId = tried.list().getId();
        Map<Share, Long> shares = whoGets.count(
                listId,
                noCopy,
                topics(tried),
                Audience.eachPost(tried.list(), tried.urgent()),
                new CountElsewhere(List.of(), excluded));
        long included = 0;
        List<Long> before = new ArrayList<>(List.of(listId));
        for (MailingList sibling : audience.included(tried.list(), noCopy)) {
            included += whoGets.count(
                            sibling.getId(),
                            noCopy,
                            PostTopics.notAsked(),
                            Audience.eachPost(sibling, tried.urgent()),
                            new CountElsewhere(before, excluded))
                    .get(Share.GETS);
            before.add(sibling.getId());
        }
        return new Counted(shares, included);
    }

    /**
     * @param key an address in lower case
     * @return what the list's member of this very address gets; empty: it is no member's of this list
     */
    public Optional<Share> of(Tried tried, String key) {
        NoCopy noCopy = Audience.noCopy(tried.raw(), tried.reversePath());
        CountElsewhere elsewhere = new CountElsewhere(List.of(), audience.excluded(tried.list(), noCopy));
        boolean each = Audience.eachPost(tried.list(), tried.urgent());
        return whoGets.of(tried.list().getId(), key, noCopy, topics(tried), each, elsewhere);
    }

    /**
     * The list's own members who would get it by itself, a page of them. Of included lists there is only the number: who may
     * see this list's members may not see theirs.
     *
     * @param afterMemberId the last one of the page before, 0 at first
     * @param limit how many at the most
     */
    public List<Recipient> page(Tried tried, long afterMemberId, int limit) {
        NoCopy noCopy = Audience.noCopy(tried.raw(), tried.reversePath());
        return audience.ownMembers(tried.list(), noCopy, topics(tried), tried.urgent())
                .after(afterMemberId, limit);
    }

    private static PostTopics topics(Tried tried) {
        return tried.urgent() ? PostTopics.notAsked() : Audience.topics(tried.list(), tried.cooked());
    }
}
