package org.posthorn.list.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import org.posthorn.list.Address;
import org.posthorn.list.AddressRepository;
import org.posthorn.list.BannedException;
import org.posthorn.list.Bans;
import org.posthorn.list.DuplicateException;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.ListRepository;
import org.posthorn.list.MailingList;
import org.posthorn.list.MemberRepository;
import org.posthorn.list.Role;
import org.posthorn.list.Subscriber;
import org.posthorn.list.SubscriberRepository;
import org.posthorn.list.SubscriptionPendingException;
import org.posthorn.list.UnknownException;
import org.posthorn.list.Users;
import org.posthorn.mail.EmailAddress;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.OfList;
import org.posthorn.platform.actor.Right;

/** Lets people become members, at once or after whoever is to be asked has said yes. */
@ApplicationScoped
public class Joining {

    private ListRepository lists;
    private MemberRepository members;
    private SubscriberRepository subscribers;
    private AddressRepository addresses;
    private Users users;
    private Bans bans;
    private PendingRequests requests;
    private Workflow workflow;
    private Clock clock;

    protected Joining() {}

    @Inject
    public Joining(
            ListRepository lists,
            MemberRepository members,
            SubscriberRepository subscribers,
            AddressRepository addresses,
            Users users,
            Bans bans,
            PendingRequests requests,
            Workflow workflow,
            Clock clock) {
        this.lists = lists;
        this.members = members;
        this.subscribers = subscribers;
        this.addresses = addresses;
        this.users = users;
        this.bans = bans;
        this.requests = requests;
        this.workflow = workflow;
        this.clock = clock;
    }

    /**
     * Subscribes a member, as far as what is known already and the list's policy allow. Address and user are made where
     * they are missing.
     *
     * @throws InvalidValueException when the address or the name cannot be, or the user prefers no address
     * @throws UnknownException when there is no such list or user
     * @throws DuplicateException when it is a member already
     * @throws SubscriptionPendingException when a request to join waits already
     * @throws BannedException when the address may not join
     */
    @Transactional
    @Needs(Right.CHANGE_MEMBERS)
    public Outcome join(@OfList long listId, Wish wish) {
        MailingList list = lists.byId(listId).orElseThrow(() -> new UnknownException("list", listId));
        Subscriber person = wish.subscriberId() == null ? null : person(wish.subscriberId());
        EmailAddress email = email(wish, person);
        if (email.key().equals(list.getFqdnListname())) {
            throw new InvalidValueException("subscriber", email, "an address other than the list's own");
        }
        if (members.of(list, Role.MEMBER, email.key()).isPresent()) {
            throw new DuplicateException("member", email.key());
        }
        if (bans.isBanned(listId, email.key())) {
            throw new BannedException(email.key());
        }
        if (requests.of(listId, RequestType.SUBSCRIPTION, email.key()).isPresent()) {
            throw new SubscriptionPendingException(email.key());
        }
        boolean made = addresses.byEmail(email.key()).isEmpty();
        Address address = users.addressOf(email.address(), wish.displayName());
        if (wish.verified() && !wish.invitation()) {
            address.verify(clock.instant());
        }
        return workflow.begin(list, request(list, wish, address, made));
    }

    private Subscriber person(long id) {
        return subscribers.byId(id).orElseThrow(() -> new UnknownException("user", id));
    }

    private static EmailAddress email(Wish wish, Subscriber person) {
        String text = person == null
                ? wish.email()
                : person.preferredAddress()
                        .map(Address::getOriginalEmail)
                        .orElseThrow(() -> new InvalidValueException(
                                "subscriber", person.getId(), "a user with a preferred address"));
        return EmailAddress.parse(text)
                .orElseThrow(
                        () -> new InvalidValueException("subscriber", text == null ? "" : text, "an e-mail address"));
    }

    /** Who is invited confirms by themselves, and no moderator is asked: somebody who may has invited. */
    private PendingRequest request(MailingList list, Wish wish, Address address, boolean made) {
        return new PendingRequest(
                requests.newId(),
                "",
                list.getId(),
                RequestType.SUBSCRIPTION,
                TokenOwner.NO_ONE,
                address.getEmail(),
                address.getOriginalEmail(),
                wish.subscriberId(),
                wish.displayName(),
                wish.deliveryMode(),
                wish.deliveryStatus(),
                address.verifiedAt().isPresent(),
                wish.confirmed() && !wish.invitation(),
                wish.approved() || wish.invitation(),
                wish.invitation(),
                wish.welcome(),
                made,
                clock.instant(),
                clock.instant());
    }
}
