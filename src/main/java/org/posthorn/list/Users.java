package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.OptimisticLockException;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthorn.mail.EmailAddress;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.NotAllowedException;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.actor.Rights;

/** Makes, changes and deletes people and their addresses, and knows their passwords. */
@ApplicationScoped
public class Users {

    private static final int AT_ONCE = 200;

    private SubscriberRepository subscribers;
    private AddressRepository addresses;
    private MemberRepository members;
    private PasswordHash passwords;
    private Rights rights;
    private Clock clock;

    protected Users() {}

    @Inject
    public Users(
            SubscriberRepository subscribers,
            AddressRepository addresses,
            MemberRepository members,
            PasswordHash passwords,
            Rights rights,
            Clock clock) {
        this.subscribers = subscribers;
        this.addresses = addresses;
        this.members = members;
        this.passwords = passwords;
        this.rights = rights;
        this.clock = clock;
    }

    /**
     * @param displayName may be null
     * @param password null: cannot sign in by password
     * @throws InvalidValueException when a value cannot be
     * @throws DuplicateException when the address is somebody's
     */
    @Transactional
    @Needs(Right.CHANGE_USERS)
    public Subscriber create(String email, String displayName, String password, boolean serverOwner) {
        if (serverOwner) {
            rights.requireEverything();
        }
        EmailAddress parsed = parse(email);
        Optional<Address> known = addresses.byEmail(parsed.key());
        if (known.flatMap(Address::subscriber).isPresent()) {
            throw new DuplicateException("user", parsed.key());
        }
        known.ifPresent(this::requireRightsOf);
        Subscriber subscriber = new Subscriber(displayName, clock.instant());
        subscriber.setServerOwner(serverOwner);
        if (password != null) {
            subscriber.usePasswordHash(passwords.of(password));
        }
        subscribers.add(subscriber);
        Address address = known.orElseGet(() -> addresses.add(new Address(parsed, displayName, clock.instant())));
        address.belongTo(subscriber);
        return subscriber;
    }

    /** The address's row and its subscriber, each made if it is missing. In the caller's transaction. */
    public Address addressOf(String email, String displayName) {
        EmailAddress parsed = parse(email);
        Address address = addresses
                .byEmail(parsed.key())
                .orElseGet(() -> addresses.add(new Address(parsed, displayName, clock.instant())));
        if (address.subscriber().isEmpty()) {
            address.belongTo(subscribers.add(new Subscriber(displayName, clock.instant())));
        }
        return address;
    }

    /**
     * @throws InvalidValueException when it is no address
     * @throws DuplicateException when it is somebody's
     */
    @Transactional
    public Address addAddress(Subscriber subscriber, String email, String displayName) {
        EmailAddress parsed = parse(email);
        Optional<Address> known = addresses.byEmail(parsed.key());
        if (known.flatMap(Address::subscriber).isPresent()) {
            throw new DuplicateException("address", parsed.key());
        }
        known.ifPresent(members::oweLastDigests);
        Address address = known.orElseGet(() -> addresses.add(new Address(parsed, displayName, clock.instant())));
        address.belongTo(subscriber);
        return address;
    }

    /**
     * Sets a password that an administrator's program gives.
     *
     * @param password empty: nobody signs in by a password any more
     * @throws InvalidValueException when it is too long
     */
    @Transactional
    @Needs(Right.CHANGE_USERS)
    public void givePassword(long subscriberId, String password) {
        Subscriber subscriber = changeable(subscriberId);
        if (password.isEmpty() && subscriber.isServerOwner() && !subscribers.anotherServerOwner(subscriber)) {
            throw new LastOwnerException();
        }
        subscriber.usePasswordHash(password.isEmpty() ? null : passwords.ofGiven(password));
    }

    /**
     * Changes what is asked for, or nothing.
     *
     * @param version that was read when the change was decided on
     * @throws ConflictException when someone else has changed the person since
     * @throws InvalidValueException when the name or the password cannot be
     * @throws LastOwnerException when nobody else could administer the site
     */
    @Transactional
    @Needs(Right.CHANGE_USERS)
    public void change(long subscriberId, long version, PersonChange wanted) {
        Subscriber person = known(subscriberId);
        if (person.getVersion() != version) {
            throw new ConflictException("the user " + subscriberId);
        }
        if (wanted.password() != null) {
            requireRightsOf(person);
            person.usePasswordHash(passwords.of(wanted.password()));
        }
        person.rename(wanted.name());
        if (wanted.serverOwner() != person.isServerOwner()) {
            rights.require(Right.OPERATE_SITE);
            makeServerOwner(subscriberId, wanted.serverOwner());
        }
        try {
            subscribers.flush();
        } catch (OptimisticLockException e) {
            throw new ConflictException("the user " + subscriberId);
        }
    }

    /** @param displayName may be null */
    @Transactional
    @Needs(Right.CHANGE_USERS)
    public void rename(long subscriberId, String displayName) {
        known(subscriberId).rename(displayName);
    }

    /**
     * @param serverOwner whether this person may do everything
     * @throws LastOwnerException when nobody else may
     */
    @Transactional
    @Needs(Right.OPERATE_SITE)
    public void makeServerOwner(long subscriberId, boolean serverOwner) {
        rights.requireEverything();
        Subscriber subscriber = known(subscriberId);
        if (!serverOwner && subscriber.isServerOwner() && !subscribers.anotherServerOwner(subscriber)) {
            throw new LastOwnerException();
        }
        subscriber.setServerOwner(serverOwner);
    }

    /** Changes the person's own wishes, see {@link PreferenceFields#apply}. */
    @Transactional
    @Needs(Right.CHANGE_USERS)
    public void changePreferences(long subscriberId, Map<String, ?> wishes) {
        Subscriber person = known(subscriberId);
        if (wishes.containsKey(PreferenceFields.DELIVERY_MODE)) {
            members.oweLastDigests(person);
        }
        PreferenceFields.apply(person.preferences(), wishes);
    }

    private Subscriber known(long subscriberId) {
        return subscribers.byId(subscriberId).orElseThrow(() -> new UnknownException("user", subscriberId));
    }

    private Subscriber changeable(long subscriberId) {
        Subscriber subscriber = known(subscriberId);
        requireRightsOf(subscriber);
        return subscriber;
    }

    /**
     * Who can sign in as somebody, or ends what somebody is, needs at least what that person may: everything of a server
     * owner, and of whoever owns or moderates a list or owns a domain, what they may there, on all lists.
     *
     * @throws NotAllowedException when something is lacking
     */
    void requireRightsOf(Subscriber person) {
        if (person.isServerOwner()) {
            rights.requireEverything();
        }
        if (rights.has(Right.CHANGE_LIST) && rights.has(Right.CHANGE_DOMAINS)) {
            return; // asks the database only of those to whom the answer matters
        }
        if (members.hasRole(person) || subscribers.ownsADomain(person)) {
            requireListRights();
        }
    }

    /** As {@link #requireRightsOf(Subscriber)}, of an address that may be nobody's. */
    void requireRightsOf(Address address) {
        address.subscriber().ifPresent(this::requireRightsOf);
        if (members.hasRole(address)) {
            requireListRights();
        }
    }

    private void requireListRights() {
        rights.require(Right.CHANGE_LIST);
        rights.require(Right.CHANGE_DOMAINS);
    }

    /** @throws InvalidValueException when the password is too short or too long */
    @Transactional
    @Needs(Right.CHANGE_USERS)
    public void changePassword(long subscriberId, String password) {
        changeable(subscriberId).usePasswordHash(passwords.of(password));
    }

    /**
     * Prefers an address; the memberships that follow the preferred address move to it. One that would then stand on the
     * roster twice stays where it is, with its present address.
     *
     * @throws InvalidValueException when the address is not the subscriber's
     */
    @Transactional
    public void prefer(long subscriberId, String email) {
        Subscriber subscriber =
                subscribers.byId(subscriberId).orElseThrow(() -> new UnknownException("user", subscriberId));
        Address address = addresses
                .byEmail(email)
                .filter(known -> known.subscriber()
                        .map(Subscriber::getId)
                        .filter(id -> id == subscriberId)
                        .isPresent())
                .orElseThrow(() -> new InvalidValueException("email", email, "one of the user's addresses"));
        subscriber.prefer(address);
        for (Member member : members.asUser(subscriber, Integer.MAX_VALUE)) {
            if (member.address().getId().equals(address.getId())) {
                continue;
            }
            members.oweLastDigest(member);
            if (members.of(member.list(), member.getRole(), address.getEmail()).isPresent()) {
                member.stayWith(member.address());
            } else {
                member.moveTo(address);
            }
        }
    }

    /**
     * Prefers no address any more. Memberships that followed the preferred one keep it until another is preferred.
     *
     * @throws UnknownException when there is no such person
     */
    @Transactional
    @Needs(Right.CHANGE_USERS)
    public void preferNone(long subscriberId) {
        known(subscriberId).prefer(null);
    }

    /**
     * Deletes a person with all addresses and memberships.
     *
     * @throws UnknownException when it is not there
     * @throws LastOwnerException when nobody could administer the site any more
     */
    @Transactional
    @Needs(Right.CHANGE_USERS)
    public void delete(long subscriberId) {
        Subscriber subscriber = changeable(subscriberId);
        if (subscriber.isServerOwner() && !subscribers.anotherServerOwner(subscriber)) {
            throw new LastOwnerException();
        }
        subscriber.prefer(null);
        MemberSearch all = new MemberSearch(null, null, subscriberId, null, null, null, null);
        for (List<Member> some = someOf(all); !some.isEmpty(); some = someOf(all)) {
            some.forEach(members::remove);
        }
        for (List<Address> some = addressesOf(subscriber); !some.isEmpty(); some = addressesOf(subscriber)) {
            some.forEach(addresses::remove);
        }
        subscribers.remove(subscriber);
    }

    private List<Member> someOf(MemberSearch search) {
        return members.find(search, Paging.first(AT_ONCE)).entries();
    }

    private List<Address> addressesOf(Subscriber subscriber) {
        return addresses.of(subscriber, Paging.first(AT_ONCE)).entries();
    }

    /**
     * @param login a login name or an address
     * @return who signs in by this password; empty: nobody. Slow on purpose, and as slow for an unknown login.
     */
    @Transactional
    public Optional<Subscriber> authenticate(String login, String password) {
        Optional<Subscriber> subscriber = subscribers.byLogin(login);
        String hash = subscriber.map(Subscriber::getPasswordHash).orElse(null);
        return passwords.matches(password, hash) ? subscriber : Optional.empty();
    }

    /**
     * Forgets an address, and its person, that nothing is known of but the address itself: not verified, on no list, no
     * password, no other address. Does nothing else. In the caller's transaction.
     */
    public void forgetStranger(String email) {
        Optional<Address> address = addresses.byEmail(email);
        if (address.isEmpty()
                || address.get().verifiedAt().isPresent()
                || !members.ofAddress(address.get(), 1).isEmpty()) {
            return;
        }
        Optional<Subscriber> person = address.get().subscriber();
        if (person.isPresent() && !isStranger(person.get())) {
            return;
        }
        addresses.remove(address.get());
        person.ifPresent(subscribers::remove);
    }

    private boolean isStranger(Subscriber person) {
        return person.getPasswordHash() == null
                && !person.isServerOwner()
                && person.getLoginName() == null
                && person.preferredAddress().isEmpty()
                && members.asUser(person, 1).isEmpty()
                && addresses.of(person, Paging.first(1)).total() == 1
                && !subscribers.ownsADomain(person);
    }

    private static EmailAddress parse(String email) {
        return EmailAddress.parse(email)
                .orElseThrow(() -> new InvalidValueException("email", email == null ? "" : email, "an e-mail address"));
    }
}
