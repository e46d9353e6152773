package org.posthorn.list;

import com.google.re2j.Pattern;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;
import org.posthorn.mail.EmailAddress;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.OfList;
import org.posthorn.platform.actor.Right;

/**
 * Sets how the posts of one sender are treated from now on: a member's own action, else that of a known nonmember, who is entered
 * where there is none yet; or a ban. It takes no more than the right to moderate, as with Mailman: who may decide about each post
 * of somebody's may decide about all of them.
 */
@ApplicationScoped
public class TreatSender {

    private Roster roster;
    private MemberRepository members;
    private Subscriptions subscriptions;
    private ListRepository lists;
    private BanRepository bans;

    protected TreatSender() {}

    @Inject
    public TreatSender(
            Roster roster,
            MemberRepository members,
            Subscriptions subscriptions,
            ListRepository lists,
            BanRepository bans) {
        this.roster = roster;
        this.members = members;
        this.subscriptions = subscriptions;
        this.lists = lists;
        this.bans = bans;
    }

    /** What becomes of a sender's posts. */
    public enum Treatment {
        ACCEPT,
        HOLD,
        REJECT,
        DISCARD,
        /** The address is banned from the list: it can't join either, and its posts are discarded. */
        BAN
    }

    /** @return whether the list can treat it in a way of its own: it is an address, and not the list's */
    @Transactional
    @Needs(Right.MODERATE)
    public boolean canBeTreated(@OfList long listId, String sender) {
        return EmailAddress.parse(sender)
                .filter(address -> !known(listId).isPostingAddress(address.key()))
                .isPresent();
    }

    /**
     * @param sender an address for which {@link #canBeTreated} says so
     * @throws UnknownException when there is no such list
     */
    @Transactional
    @Needs(Right.MODERATE)
    public void treat(@OfList long listId, String sender, Treatment treatment) {
        String key = EmailAddress.parse(sender)
                .orElseThrow(() -> new InvalidValueException("sender", sender, "an e-mail address"))
                .key();
        if (treatment == Treatment.BAN) {
            Ban ban = new Ban(known(listId), literally(key));
            if (bans.find(known(listId), ban.getEmail()).isEmpty()) {
                bans.add(ban);
            }
            return;
        }
        Optional<RosterEntry> entry =
                roster.find(listId, Role.MEMBER, key).or(() -> roster.find(listId, Role.NONMEMBER, key));
        Member sending = entry.flatMap(found -> members.byId(found.memberId()))
                .orElseGet(() -> subscriptions.subscribe(
                        new NewSubscription(listId, sender, null, Role.NONMEMBER, null, null, false)));
        sending.moderate(
                switch (treatment) {
                    case ACCEPT -> Action.ACCEPT;
                    case HOLD -> Action.HOLD;
                    case REJECT -> Action.REJECT;
                    case DISCARD -> Action.DISCARD;
                    case BAN -> throw new IllegalStateException("a ban cannot be a member's action");
                });
    }

    /** A sender chooses their address, and one that begins with ^ would be a pattern of theirs that bans others. */
    private static String literally(String key) {
        return key.startsWith("^") ? "^" + Pattern.quote(key) + "$" : key;
    }

    private MailingList known(long listId) {
        return lists.byId(listId).orElseThrow(() -> new UnknownException("list", listId));
    }
}
