package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;

/** Gives addresses roles on lists and takes them away, where nobody needs to be asked any more. */
@ApplicationScoped
public class Subscriptions {

    private ListRepository lists;
    private MemberRepository members;
    private Users users;
    private Bans bans;
    private Clock clock;

    protected Subscriptions() {}

    @Inject
    public Subscriptions(ListRepository lists, MemberRepository members, Users users, Bans bans, Clock clock) {
        this.lists = lists;
        this.members = members;
        this.users = users;
        this.bans = bans;
        this.clock = clock;
    }

    /**
     * Subscribes an address as such. Address and subscriber are made where they are missing.
     *
     * @throws InvalidValueException when the address or the name cannot be
     * @throws UnknownException when the list is gone
     * @throws DuplicateException when it has this role already
     * @throws BannedException when it may not join
     */
    @Transactional
    public Member subscribe(NewSubscription wanted) {
        MailingList list = lists.byId(wanted.listId()).orElseThrow(() -> new UnknownException("list", wanted.listId()));
        Address address = users.addressOf(wanted.email(), wanted.displayName());
        if (list.isPostingAddress(address.getEmail())) {
            throw new InvalidValueException("subscriber", wanted.email(), "an address other than the list's own");
        }
        if (wanted.role() == Role.MEMBER && bans.isBanned(wanted.listId(), address.getEmail())) {
            throw new BannedException(address.getEmail());
        }
        if (wanted.verified()) {
            address.verify(clock.instant());
        }
        return join(list, wanted, Member.ofAddress(list, wanted.role(), address, clock.instant()));
    }

    /**
     * Subscribes a person, whose preferred address is then followed.
     *
     * @param wanted its e-mail address is not looked at
     * @throws InvalidValueException when the person prefers no address
     */
    @Transactional
    public Member subscribe(Subscriber person, NewSubscription wanted) {
        MailingList list = lists.byId(wanted.listId()).orElseThrow(() -> new UnknownException("list", wanted.listId()));
        Address preferred = person.preferredAddress()
                .orElseThrow(() ->
                        new InvalidValueException("subscriber", person.getId(), "a user with a preferred address"));
        if (wanted.role() == Role.MEMBER && bans.isBanned(wanted.listId(), preferred.getEmail())) {
            throw new BannedException(preferred.getEmail());
        }
        return join(list, wanted, Member.ofSubscriber(list, wanted.role(), person, clock.instant()));
    }

    private Member join(MailingList list, NewSubscription wanted, Member member) {
        String email = member.address().getEmail();
        if (members.of(list, wanted.role(), email).isPresent()) {
            throw new DuplicateException(wanted.role().name().toLowerCase(java.util.Locale.ROOT), email);
        }
        if (wanted.role() == Role.MEMBER) {
            members.of(list, Role.NONMEMBER, email).ifPresent(members::remove);
        }
        member.rename(wanted.displayName());
        member.preferences().setDeliveryMode(wanted.deliveryMode());
        member.preferences().setDeliveryStatus(wanted.deliveryStatus());
        return members.add(member);
    }

    /**
     * Ends a membership of whatever role. The address stays.
     *
     * @throws UnknownException when it is not there
     */
    @Transactional
    public void unsubscribe(long memberId) {
        members.remove(members.byId(memberId).orElseThrow(() -> new UnknownException("member", memberId)));
    }
}
