package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.posthorn.mail.EmailAddress;

/** Makes, changes and deletes people and their addresses, and knows their passwords. */
@ApplicationScoped
public class Users {

    private static final int AT_ONCE = 200;

    private SubscriberRepository subscribers;
    private AddressRepository addresses;
    private MemberRepository members;
    private PasswordHash passwords;
    private Clock clock;

    protected Users() {}

    @Inject
    public Users(
            SubscriberRepository subscribers,
            AddressRepository addresses,
            MemberRepository members,
            PasswordHash passwords,
            Clock clock) {
        this.subscribers = subscribers;
        this.addresses = addresses;
        this.members = members;
        this.passwords = passwords;
        this.clock = clock;
    }

    /**
     * @param displayName may be null
     * @param password null: cannot sign in by password
     * @throws InvalidValueException when a value cannot be
     * @throws DuplicateException when the address is somebody's
     */
    @Transactional
    public Subscriber create(String email, String displayName, String password, boolean serverOwner) {
        EmailAddress parsed = parse(email);
        Optional<Address> known = addresses.byEmail(parsed.key());
        if (known.flatMap(Address::subscriber).isPresent()) {
            throw new DuplicateException("user", parsed.key());
        }
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

    /** The address's row and its subscriber, each made if it is missing. */
    Address addressOf(String email, String displayName) {
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
        Address address = known.orElseGet(() -> addresses.add(new Address(parsed, displayName, clock.instant())));
        address.belongTo(subscriber);
        return address;
    }

    /** @throws InvalidValueException when the password is too short or too long */
    @Transactional
    public void changePassword(long subscriberId, String password) {
        subscribers
                .byId(subscriberId)
                .orElseThrow(() -> new UnknownException("user", subscriberId))
                .usePasswordHash(passwords.of(password));
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
            if (members.of(member.list(), member.getRole(), address.getEmail()).isPresent()) {
                member.stayWith(member.address());
            } else {
                member.moveTo(address);
            }
        }
    }

    /**
     * Deletes a person with all addresses and memberships.
     *
     * @throws UnknownException when it is not there
     */
    @Transactional
    public void delete(long subscriberId) {
        Subscriber subscriber =
                subscribers.byId(subscriberId).orElseThrow(() -> new UnknownException("user", subscriberId));
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

    private static EmailAddress parse(String email) {
        return EmailAddress.parse(email)
                .orElseThrow(() -> new InvalidValueException("email", email == null ? "" : email, "an e-mail address"));
    }
}
