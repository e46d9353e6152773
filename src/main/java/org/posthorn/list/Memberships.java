package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.OfList;
import org.posthorn.platform.actor.Right;

/** What an owner changes about one who is on the list. */
@ApplicationScoped
public class Memberships {

    private MemberRepository members;
    private AddressRepository addresses;

    protected Memberships() {}

    @Inject
    public Memberships(MemberRepository members, AddressRepository addresses) {
        this.members = members;
        this.addresses = addresses;
    }

    /** @param mode null: left open */
    @Transactional
    @Needs(Right.CHANGE_MEMBERS)
    public void deliver(@OfList long listId, long memberId, DeliveryMode mode) {
        Member member = known(listId, memberId);
        members.oweLastDigest(member);
        member.preferences().setDeliveryMode(mode);
    }

    /** @param action what is done with the member's posts; null: what the list does by default */
    @Transactional
    @Needs(Right.CHANGE_MEMBERS)
    public void moderate(@OfList long listId, long memberId, Action action) {
        known(listId, memberId).moderate(action);
    }

    /**
     * Lets the member get posts on these topics alone.
     *
     * @param topics names of the list's; none: every post
     * @throws InvalidValueException when the list has no such topic
     */
    @Transactional
    @Needs(Right.CHANGE_MEMBERS)
    public void choose(@OfList long listId, long memberId, List<String> topics) {
        known(listId, memberId).choose(topics);
    }

    /** @param wishes whether posts that no topic hits come, too, to one who has chosen topics */
    @Transactional
    @Needs(Right.CHANGE_MEMBERS)
    public void receiveUntagged(@OfList long listId, long memberId, boolean wishes) {
        known(listId, memberId).setReceiveUntagged(wishes);
    }

    /** Changes this membership's own wishes, see {@link PreferenceFields#apply}. */
    @Transactional
    @Needs(Right.CHANGE_MEMBERS)
    public void changePreferences(@OfList long listId, long memberId, Map<String, ?> wishes) {
        Member member = known(listId, memberId);
        if (wishes.containsKey(PreferenceFields.DELIVERY_MODE)) {
            members.oweLastDigest(member);
        }
        PreferenceFields.apply(member.preferences(), wishes);
    }

    /**
     * Moves a membership to another address of the same person.
     *
     * @throws InvalidValueException when the address is not verified, not the person's or not known, or when the
     *     membership follows the person's preferred address
     * @throws DuplicateException when that address has this role on the list already
     */
    @Transactional
    @Needs(Right.CHANGE_MEMBERS)
    public void move(@OfList long listId, long memberId, String email) {
        Member member = known(listId, memberId);
        Address address = addresses
                .byEmail(email)
                .orElseThrow(() -> new InvalidValueException("address", email, "a registered address"));
        if (member.getSubscriptionMode() == SubscriptionMode.AS_USER) {
            throw new InvalidValueException("address", email, "none: the membership is via the preferred address");
        }
        if (address.verifiedAt().isEmpty()) {
            throw new InvalidValueException("address", email, "a verified address");
        }
        if (member.subscriber().isEmpty() || !address.subscriber().equals(member.subscriber())) {
            throw new InvalidValueException("address", email, "an address controlled by the same user");
        }
        if (address.equals(member.address())) {
            return;
        }
        if (members.of(member.list(), member.getRole(), address.getEmail()).isPresent()) {
            throw new DuplicateException("member", address.getEmail());
        }
        members.oweLastDigest(member);
        member.moveTo(address);
    }

    private Member known(long listId, long memberId) {
        return members.byId(memberId)
                .filter(member -> member.list().getId() == listId)
                .orElseThrow(() -> new UnknownException("member", memberId));
    }
}
