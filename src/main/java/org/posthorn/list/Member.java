package org.posthorn.list;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.posthorn.platform.actor.Actor;
import org.posthorn.platform.actor.Via;
import org.posthorn.platform.audit.AuditSubject;
import org.posthorn.platform.audit.Audited;

/**
 * An address's role on a list. It begins with a subscription and ends by being deleted; in between its delivery may be
 * disabled by its owner, by bounces or by a moderator, and enabled again.
 *
 * <p>{@link #address()} is always where mail goes. A membership {@link SubscriptionMode#AS_USER as user} follows its
 * subscriber's preferred address: who changes that one changes the address here, too, in the same transaction. So the
 * roster is read without asking the subscriber, and no address is on a roster twice.
 */
@Entity
@Table(name = "member")
public class Member implements Audited {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "posthorn_id")
    private Long id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "list_id")
    private MailingList list;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "address_id")
    private Address address;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "subscriber_id")
    private Subscriber subscriber;

    @Column(name = "subscription_mode", nullable = false)
    @Enumerated(EnumType.STRING)
    private SubscriptionMode subscriptionMode;

    @Column(name = "role", nullable = false)
    @Enumerated(EnumType.STRING)
    private Role role;

    @Column(name = "moderation_action")
    @Enumerated(EnumType.STRING)
    private Action moderationAction;

    @Column(name = "display_name")
    private String displayName;

    @Column(name = "attributes")
    @Convert(converter = AttributesConverter.class)
    private Map<String, String> attributes = Map.of();

    @Column(name = "joined_at", nullable = false)
    private Instant joinedAt;

    @Column(name = "topics", nullable = false)
    private String topics = "";

    @Column(name = "receive_untagged", nullable = false)
    private boolean receiveUntagged = false;

    @Embedded
    private Preferences preferences = new Preferences();

    @Embedded
    private BounceRecord bounces = new BounceRecord();

    @Version
    private long version;

    protected Member() {}

    private Member(MailingList list, Role role, Address address, Subscriber subscriber, Instant joinedAt) {
        this.list = list;
        this.role = role;
        this.address = address;
        this.subscriber = subscriber;
        this.subscriptionMode = subscriber == null ? SubscriptionMode.AS_ADDRESS : SubscriptionMode.AS_USER;
        this.joinedAt = joinedAt;
    }

    /** A membership that stays with this address. */
    public static Member ofAddress(MailingList list, Role role, Address address, Instant joinedAt) {
        return new Member(list, role, address, null, joinedAt);
    }

    /**
     * A membership that follows the subscriber's preferred address.
     *
     * @throws IllegalStateException when the subscriber prefers no address
     */
    public static Member ofSubscriber(MailingList list, Role role, Subscriber subscriber, Instant joinedAt) {
        Address preferred = subscriber
                .preferredAddress()
                .orElseThrow(() -> new IllegalStateException(
                        "a subscriber without a preferred address cannot be a member as user"));
        return new Member(list, role, preferred, subscriber, joinedAt);
    }

    /**
     * This membership in another role: the same address or person with all that was wished and noted, since the same day.
     * What bounced begins anew.
     */
    public Member inRole(Role other) {
        Member same = new Member(list, other, address, subscriber, joinedAt);
        same.subscriptionMode = subscriptionMode;
        same.displayName = displayName;
        same.attributes = attributes;
        same.moderationAction = moderationAction;
        same.topics = topics;
        same.receiveUntagged = receiveUntagged;
        same.preferences().absorb(preferences());
        return same;
    }

    public Long getId() {
        return id;
    }

    public MailingList list() {
        return list;
    }

    /** Where mail goes. */
    public Address address() {
        return address;
    }

    void moveTo(Address other) {
        this.address = other;
    }

    /** Follows the person's preferred address from now on, and goes there at once if there is one. */
    void follow(Subscriber person) {
        this.subscriber = person;
        this.subscriptionMode = SubscriptionMode.AS_USER;
        person.preferredAddress().ifPresent(this::moveTo);
    }

    /** Stays with this address from now on. */
    void stayWith(Address other) {
        this.address = other;
        this.subscriber = null;
        this.subscriptionMode = SubscriptionMode.AS_ADDRESS;
    }

    /** The person behind it, if known. */
    public Optional<Subscriber> subscriber() {
        return subscriber != null ? Optional.of(subscriber) : address.subscriber();
    }

    public SubscriptionMode getSubscriptionMode() {
        return subscriptionMode;
    }

    public Role getRole() {
        return role;
    }

    /** What is done with this address's posts; empty: what the list does by default. */
    public Optional<Action> moderationAction() {
        return Optional.ofNullable(moderationAction);
    }

    /** @param action null: what the list does by default */
    public void moderate(Action action) {
        this.moderationAction = action;
    }

    /** The member's name on this list, else the address's, else the subscriber's; may be empty. */
    public String getDisplayName() {
        if (displayName != null) {
            return displayName;
        }
        if (address.getDisplayName() != null) {
            return address.getDisplayName();
        }
        return subscriber().map(Subscriber::getDisplayName).orElse("");
    }

    public void rename(String displayName) {
        this.displayName = OneLine.orNull("display_name", displayName, 1000);
    }

    /** Which of the list's topics the member has chosen, in lower case; none: every post comes. */
    public List<String> topics() {
        return Topic.names(topics);
    }

    /**
     * @param names of topics that the list has, or that were chosen while it had them; none: every post
     * @throws InvalidValueException when the list has no such topic
     */
    public void choose(Collection<String> names) {
        List<String> keys = list.posting().getTopics().stream()
                .flatMap(line -> Topic.parse(line).stream())
                .map(Topic::key)
                .toList();
        for (String name : names) {
            if (!keys.contains(Topic.key(name)) && !topics.contains(Topic.key(name))) {
                throw new InvalidValueException("topics", name, "a topic of the list");
            }
        }
        this.topics = Topic.joined(names);
    }

    /** Whether one who has chosen topics gets posts, too, that no topic hits. */
    public boolean isReceiveUntagged() {
        return receiveUntagged;
    }

    public void setReceiveUntagged(boolean receiveUntagged) {
        this.receiveUntagged = receiveUntagged;
    }

    /** What else is known of this member, by name; not modifiable. */
    public Map<String, String> attributes() {
        return attributes;
    }

    public void describe(Map<String, String> attributes) {
        this.attributes = Map.copyOf(attributes);
    }

    public Instant getJoinedAt() {
        return joinedAt;
    }

    /** Stops delivery. */
    public void disable(DeliveryStatus reason) {
        if (reason == DeliveryStatus.ENABLED) {
            throw new IllegalArgumentException("a member cannot be disabled: ENABLED");
        }
        preferences().setDeliveryStatus(reason);
    }

    /** Delivers again. */
    public void enable() {
        preferences().setDeliveryStatus(DeliveryStatus.ENABLED);
    }

    /** This membership's own wishes. */
    public Preferences preferences() {
        if (preferences == null) {
            preferences = new Preferences();
        }
        return preferences;
    }

    /** What counts for this membership: its own wishes, else the address's, the subscriber's, the site's. */
    public Preferences effectivePreferences() {
        return Preferences.inherit(
                preferences,
                address.preferences(),
                subscriber().map(Subscriber::preferences).orElse(null));
    }

    public BounceRecord bounces() {
        return bounces;
    }

    public long getVersion() {
        return version;
    }

    @Override
    public AuditSubject auditSubject() {
        return new AuditSubject("member", address.getEmail(), list.getId(), list.getListId());
    }

    @Override
    public String auditDetails() {
        return "role=" + role.name().toLowerCase(Locale.ROOT);
    }

    /** They change with each bounce; that a member is disabled for them is recorded. */
    @Override
    public Set<String> unauditedColumns() {
        return Set.of("bounce_score", "last_bounce_received", "last_warning_sent", "total_warnings_sent");
    }

    /** A sender who is noted as a nonmember because a post came is nobody's decision. */
    @Override
    public boolean isAuditedFor(Actor actor) {
        return role != Role.NONMEMBER || actor.via() != Via.SYSTEM;
    }
}
