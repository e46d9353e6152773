package org.posthorn.api.mailman;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import org.posthorn.api.wire.Links;
import org.posthorn.api.wire.Refusal;
import org.posthorn.list.Address;
import org.posthorn.list.AddressRepository;
import org.posthorn.list.ListRepository;
import org.posthorn.list.MailingList;
import org.posthorn.list.Member;
import org.posthorn.list.MemberRepository;
import org.posthorn.list.Role;
import org.posthorn.list.Subscriber;
import org.posthorn.list.SubscriberRepository;

/** Finds what a path names, or refuses with 404. */
@ApplicationScoped
public class People {

    static final String ROLES = "member|owner|moderator|nonmember";

    private final ListRepository lists;
    private final MemberRepository members;
    private final SubscriberRepository subscribers;
    private final AddressRepository addresses;
    private final Links links;

    protected People() {
        this(null, null, null, null, null);
    }

    @Inject
    public People(
            ListRepository lists,
            MemberRepository members,
            SubscriberRepository subscribers,
            AddressRepository addresses,
            Links links) {
        this.lists = lists;
        this.members = members;
        this.subscribers = subscribers;
        this.addresses = addresses;
        this.links = links;
    }

    /** @param name a list-id or a posting address */
    public MailingList list(String name) {
        return lists.byAnyName(name).orElseThrow(Refusal::notFound);
    }

    public Member member(String id) {
        return links.version().parse(id).flatMap(members::byId).orElseThrow(Refusal::notFound);
    }

    public Member member(String list, String role, String email) {
        return members.of(list(list), role(role), email).orElseThrow(Refusal::notFound);
    }

    /** @param idOrEmail an identifier, or one of the user's addresses */
    public Subscriber user(String idOrEmail) {
        return (idOrEmail.indexOf('@') < 0
                        ? links.version().parse(idOrEmail).flatMap(subscribers::byId)
                        : subscribers.byAddress(idOrEmail))
                .orElseThrow(Refusal::notFound);
    }

    public Address address(String email) {
        return addresses.byEmail(email).orElseThrow(Refusal::notFound);
    }

    /** @param role one of {@link #ROLES} */
    public static Role role(String role) {
        return Role.valueOf(role.toUpperCase(Locale.ROOT));
    }
}
