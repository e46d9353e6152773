package org.posthorn.list.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.posthorn.list.MailingList;
import org.posthorn.list.Member;
import org.posthorn.list.MemberRepository;
import org.posthorn.list.NewSubscription;
import org.posthorn.list.Role;
import org.posthorn.list.Subscriber;
import org.posthorn.list.SubscriberRepository;
import org.posthorn.list.SubscriptionPolicy;
import org.posthorn.list.Subscriptions;
import org.posthorn.list.UnknownException;

/**
 * Takes a request as far as it goes without anybody's word: to the next who is to be asked, or to its end. The list's
 * policy is read at each step, so that a change of it counts for those who wait, too. In the caller's transaction.
 */
@ApplicationScoped
public class Workflow {

    /** How long a subscriber may take to answer. */
    static final Duration SUBSCRIBERS_TIME = Duration.ofDays(3);
    /** How long moderators may. */
    static final Duration MODERATORS_TIME = Duration.ofDays(180);

    private PendingRequests requests;
    private MemberRepository members;
    private SubscriberRepository subscribers;
    private Subscriptions subscriptions;
    private Consumer<SubscriptionEvent> observers;
    private Clock clock;

    protected Workflow() {}

    @Inject
    public Workflow(
            PendingRequests requests,
            MemberRepository members,
            SubscriberRepository subscribers,
            Subscriptions subscriptions,
            Event<SubscriptionEvent> observers,
            Clock clock) {
        this(requests, members, subscribers, subscriptions, (Consumer<SubscriptionEvent>) observers::fire, clock);
    }

    public Workflow(
            PendingRequests requests,
            MemberRepository members,
            SubscriberRepository subscribers,
            Subscriptions subscriptions,
            Consumer<SubscriptionEvent> observers,
            Clock clock) {
        this.requests = requests;
        this.members = members;
        this.subscribers = subscribers;
        this.subscriptions = subscriptions;
        this.observers = observers;
        this.clock = clock;
    }

    void tell(SubscriptionEvent event) {
        observers.accept(event);
    }

    /** A request that is not stored yet. */
    Outcome begin(MailingList list, PendingRequest request) {
        TokenOwner next = request.next(policy(list, request));
        if (next == TokenOwner.NO_ONE) {
            return end(list, request);
        }
        Secret secret = secretFor(next);
        PendingRequest waiting = waiting(request, next);
        requests.add(waiting, secret);
        return ask(waiting, secret);
    }

    /**
     * A request that was stored, after somebody's word.
     *
     * @param before as it was read
     * @throws UnknownException when somebody else decided about it meanwhile
     */
    Outcome goOn(MailingList list, PendingRequest before, PendingRequest after) {
        TokenOwner next = after.next(policy(list, after));
        if (next == TokenOwner.NO_ONE) {
            remove(before);
            return end(list, after);
        }
        Secret secret = secretFor(next);
        PendingRequest waiting = waiting(after, next);
        if (!requests.change(before, waiting, secret)) {
            throw new UnknownException("request", before.token());
        }
        return ask(waiting, secret);
    }

    /** @throws UnknownException when somebody else decided about it meanwhile */
    void remove(PendingRequest request) {
        if (!requests.remove(request)) {
            throw new UnknownException("request", request.token());
        }
    }

    private static SubscriptionPolicy policy(MailingList list, PendingRequest request) {
        return switch (request.type()) {
            case SUBSCRIPTION -> list.joining().getSubscriptionPolicy();
            case UNSUBSCRIPTION -> list.joining().getUnsubscriptionPolicy();
        };
    }

    private static Secret secretFor(TokenOwner owner) {
        return owner == TokenOwner.SUBSCRIBER ? Secret.random() : null;
    }

    private PendingRequest waiting(PendingRequest request, TokenOwner owner) {
        Duration time = owner == TokenOwner.SUBSCRIBER ? SUBSCRIBERS_TIME : MODERATORS_TIME;
        return request.waitFor(owner, Secret.random().text(), clock.instant().plus(time));
    }

    private Outcome ask(PendingRequest request, Secret secret) {
        tell(
                secret == null
                        ? new SubscriptionEvent.ModeratorsAsked(
                                request.listId(), request.type(), request.originalEmail(), request.displayName())
                        : new SubscriptionEvent.SubscriberAsked(
                                request.listId(),
                                request.type(),
                                request.invitation(),
                                request.originalEmail(),
                                secret.text()));
        return new Outcome.Waits(request.token(), request.owner());
    }

    private Outcome end(MailingList list, PendingRequest request) {
        return switch (request.type()) {
            case SUBSCRIPTION -> joined(list, request);
            case UNSUBSCRIPTION -> left(list, request);
        };
    }

    private Outcome joined(MailingList list, PendingRequest request) {
        NewSubscription wanted = new NewSubscription(
                list.getId(),
                request.originalEmail(),
                request.displayName(),
                Role.MEMBER,
                request.deliveryMode(),
                request.deliveryStatus(),
                false);
        Optional<Subscriber> person =
                Optional.ofNullable(request.subscriberId()).flatMap(subscribers::byId);
        Member member =
                person.isPresent() ? subscriptions.subscribe(person.get(), wanted) : subscriptions.subscribe(wanted);
        boolean welcome = request.welcome() == null ? list.joining().isSendWelcomeMessage() : request.welcome();
        tell(new SubscriptionEvent.MemberJoined(
                list.getId(), member.address().getOriginalEmail(), member.getDisplayName(), welcome));
        return new Outcome.Done(member.getId());
    }

    private Outcome left(MailingList list, PendingRequest request) {
        Optional<Member> member = members.of(list, Role.MEMBER, request.email());
        if (member.isEmpty()) {
            return new Outcome.Done(null);
        }
        String email = member.get().address().getOriginalEmail();
        String displayName = member.get().getDisplayName();
        subscriptions.unsubscribe(member.get().getId());
        tell(new SubscriptionEvent.MemberLeft(list.getId(), email, displayName));
        return new Outcome.Done(member.get().getId());
    }
}
