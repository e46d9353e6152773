package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthorn.mail.EmailAddress;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.Right;

/** Which address is whose, and what is known of it. */
@ApplicationScoped
public class UserAddresses {

    private static final int AT_ONCE = 200;

    private SubscriberRepository subscribers;
    private AddressRepository addresses;
    private MemberRepository members;
    private DomainRepository domains;
    private Users users;
    private Clock clock;

    protected UserAddresses() {}

    @Inject
    public UserAddresses(
            SubscriberRepository subscribers,
            AddressRepository addresses,
            MemberRepository members,
            DomainRepository domains,
            Users users,
            Clock clock) {
        this.subscribers = subscribers;
        this.addresses = addresses;
        this.members = members;
        this.domains = domains;
        this.users = users;
        this.clock = clock;
    }

    /**
     * Gives a person an address, which is made if nobody knows it.
     *
     * @param displayName of a new address; may be null
     * @param absorb whether, when it is another person's, that one is merged into this: addresses, memberships, wishes and
     *     domains; what is set here stays
     * @throws InvalidValueException when it is no address
     * @throws DuplicateException when it is this person's already, or somebody else's who is not to be absorbed
     * @throws UnknownException when there is no such person
     */
    @Transactional
    @Needs(Right.CHANGE_USERS)
    public Address give(long subscriberId, String email, String displayName, boolean absorb) {
        Subscriber person = known(subscriberId);
        users.requireRightsOf(person);
        EmailAddress parsed = EmailAddress.parse(email)
                .orElseThrow(() -> new InvalidValueException("email", email == null ? "" : email, "an e-mail address"));
        Optional<Address> there = addresses.byEmail(parsed.key());
        Optional<Subscriber> other = there.flatMap(Address::subscriber);
        if (other.isPresent()) {
            if (!absorb || other.get().equals(person)) {
                throw new DuplicateException("address", parsed.key());
            }
            absorb(person, other.get());
            return there.get();
        }
        there.ifPresent(users::requireRightsOf);
        there.ifPresent(members::oweLastDigests);
        Address address = there.orElseGet(() -> addresses.add(new Address(parsed, displayName, clock.instant())));
        address.belongTo(person);
        return address;
    }

    private void absorb(Subscriber person, Subscriber other) {
        users.requireRightsOf(other);
        if (other.getLoginName() != null) {
            throw new LastOwnerException();
        }
        members.oweLastDigests(person);
        members.oweLastDigests(other);
        members.asUser(other, Integer.MAX_VALUE).forEach(members::oweLastDigest);
        other.prefer(null);
        for (List<Address> some = of(other); !some.isEmpty(); some = of(other)) {
            some.forEach(address -> address.belongTo(person));
            addresses.flush();
        }
        for (Member member : members.asUser(other, Integer.MAX_VALUE)) {
            boolean there = person.preferredAddress()
                    .filter(preferred -> members.of(member.list(), member.getRole(), preferred.getEmail())
                            .isPresent())
                    .isPresent();
            if (there) {
                member.stayWith(member.address());
            } else {
                member.follow(person);
            }
        }
        for (Domain domain : domains.ownedBy(other, Integer.MAX_VALUE)) {
            domain.removeOwner(other);
            domain.addOwner(person);
        }
        person.preferences().absorb(other.preferences());
        if (person.getDisplayName() == null || person.getDisplayName().isEmpty()) {
            person.rename(other.getDisplayName());
        }
        if (person.getPasswordHash() == null) {
            person.usePasswordHash(other.getPasswordHash());
        }
        person.setServerOwner(person.isServerOwner() || other.isServerOwner());
        addresses.flush();
        subscribers.remove(other);
    }

    private List<Address> of(Subscriber person) {
        return addresses.of(person, Paging.first(AT_ONCE)).entries();
    }

    /**
     * Makes an address the person's, also when it was another's, who then no longer has it.
     *
     * @throws UnknownException when there is no such address or person
     */
    @Transactional
    @Needs(Right.CHANGE_USERS)
    public void link(String email, long subscriberId) {
        Address address = known(email);
        Subscriber person = known(subscriberId);
        if (address.subscriber().filter(person::equals).isEmpty()) {
            users.requireRightsOf(person);
            part(address);
            members.oweLastDigests(address);
            address.belongTo(person);
        }
    }

    /**
     * Takes the address from its person; it stays, and its memberships too.
     *
     * @throws UnknownException when there is no such address, or it is nobody's
     */
    @Transactional
    @Needs(Right.CHANGE_USERS)
    public void unlink(String email) {
        Address address = known(email);
        address.subscriber().orElseThrow(() -> new UnknownException("user", email));
        part(address);
    }

    /** Memberships that followed it as the preferred address stay with it. */
    private void part(Address address) {
        users.requireRightsOf(address);
        address.subscriber().ifPresent(former -> {
            members.oweLastDigests(address);
            members.ofAddress(address, Integer.MAX_VALUE).forEach(member -> member.stayWith(address));
            if (former.preferredAddress().filter(address::equals).isPresent()) {
                former.prefer(null);
            }
            address.belongTo(null);
        });
    }

    /**
     * Makes a person for an address that is nobody's.
     *
     * @param displayName null: the address's
     * @param password null or empty: nobody signs in by a password
     * @throws DuplicateException when it is somebody's
     * @throws UnknownException when there is no such address
     */
    @Transactional
    @Needs(Right.CHANGE_USERS)
    public Subscriber makeUser(String email, String displayName, String password) {
        Address address = known(email);
        Subscriber person = users.create(
                address.getOriginalEmail(), displayName == null ? address.getDisplayName() : displayName, null, false);
        if (password != null && !password.isEmpty()) {
            users.givePassword(person.getId(), password);
        }
        return person;
    }

    /**
     * Prefers an address, which becomes the person's if it is nobody's.
     *
     * @throws InvalidValueException when it is not known to be read by its owner
     * @throws DuplicateException when it is somebody else's
     * @throws UnknownException when there is no such address or person
     */
    @Transactional
    @Needs(Right.CHANGE_USERS)
    public void prefer(long subscriberId, String email) {
        Address address = known(email);
        Subscriber person = known(subscriberId);
        if (address.subscriber().filter(owner -> !owner.equals(person)).isPresent()) {
            throw new DuplicateException("address", address.getEmail());
        }
        if (address.verifiedAt().isEmpty()) {
            throw new InvalidValueException("email", address.getEmail(), "a verified address");
        }
        if (address.subscriber().isEmpty()) {
            users.requireRightsOf(person);
            users.requireRightsOf(address);
            members.oweLastDigests(address);
            address.belongTo(person);
            addresses.flush();
        }
        users.prefer(subscriberId, address.getEmail());
    }

    /** @param verified whether its owner is known to read it */
    @Transactional
    @Needs(Right.CHANGE_USERS)
    public void verify(String email, boolean verified) {
        Address address = known(email);
        if (verified) {
            address.verify(clock.instant());
        } else {
            address.unverify();
        }
    }

    /** @param displayName may be null */
    @Transactional
    @Needs(Right.CHANGE_USERS)
    public void rename(String email, String displayName) {
        known(email).rename(displayName);
    }

    /** Changes the address's own wishes, see {@link PreferenceFields#apply}. */
    @Transactional
    @Needs(Right.CHANGE_USERS)
    public void changePreferences(String email, Map<String, ?> wishes) {
        Address address = known(email);
        if (wishes.containsKey(PreferenceFields.DELIVERY_MODE)) {
            members.oweLastDigests(address);
        }
        PreferenceFields.apply(address.preferences(), wishes);
    }

    /**
     * Deletes an address and its memberships.
     *
     * @throws UnknownException when there is no such address
     */
    @Transactional
    @Needs(Right.CHANGE_USERS)
    public void delete(String email) {
        Address address = known(email);
        part(address);
        members.ofAddress(address, Integer.MAX_VALUE).forEach(members::remove);
        addresses.remove(address);
    }

    private Address known(String email) {
        return addresses.byEmail(email).orElseThrow(() -> new UnknownException("address", email));
    }

    private Subscriber known(long subscriberId) {
        return subscribers.byId(subscriberId).orElseThrow(() -> new UnknownException("user", subscriberId));
    }
}
