package org.posthorn.ingress;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.posthorn.queue.MessageStore;
import org.posthorn.queue.NewEntry;
import org.posthorn.queue.NewPosting;
import org.posthorn.queue.Posting;
import org.posthorn.queue.Postings;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.Switchboard;
import org.posthorn.queue.Trace;
import org.posthorn.queue.runner.Stage;

/**
 * Stores a group of arrivals in one transaction: each message once, and for each of its routes a posting, its first queue
 * entry and the trace event {@code received}. What has arrived before gets the event {@code duplicate} on its first
 * posting and nothing else; what is for a queue that no stage works on gets a posting that is done, with the event
 * {@code ignored}.
 */
@ApplicationScoped
public class ArrivalStore implements GroupCommit.Store {

    private final Arrivals arrivals;
    private final MessageStore messages;
    private final Postings postings;
    private final Switchboard switchboard;
    private final Trace trace;
    private final Predicate<QueueName> hasStage;

    protected ArrivalStore() {
        this(null, null, null, null, null, (Predicate<QueueName>) null);
    }

    @Inject
    public ArrivalStore(
            Arrivals arrivals,
            MessageStore messages,
            Postings postings,
            Switchboard switchboard,
            Trace trace,
            @Any Instance<Stage> stages) {
        this(arrivals, messages, postings, switchboard, trace, hasOne(stages));
    }

    private static Predicate<QueueName> hasOne(Instance<Stage> stages) {
        Set<QueueName> queues = EnumSet.noneOf(QueueName.class);
        stages.forEach(stage -> queues.add(stage.queue()));
        return queues::contains;
    }

    /** @param hasStage whether somebody works on a queue */
    public ArrivalStore(
            Arrivals arrivals,
            MessageStore messages,
            Postings postings,
            Switchboard switchboard,
            Trace trace,
            Predicate<QueueName> hasStage) {
        this.arrivals = arrivals;
        this.messages = messages;
        this.postings = postings;
        this.switchboard = switchboard;
        this.trace = trace;
        this.hasStage = hasStage;
    }

    /** One route of one arrival. @param key null: never a duplicate */
    private record Item(Arrival arrival, Route route, ByteBuffer key) {}

    @Override
    @Transactional(Transactional.TxType.REQUIRES_NEW) // the group commits or fails by itself
    public void store(List<Arrival> group) {
        List<Item> items = new ArrayList<>();
        for (Arrival arrival : group) {
            for (Route route : distinct(arrival.routes())) {
                items.add(new Item(arrival, route, Arrivals.key(arrival, route).orElse(null)));
            }
        }
        Map<ByteBuffer, Long> firstPostings = known(items);
        List<Item> fresh = new ArrayList<>();
        List<Item> duplicates = new ArrayList<>();
        Set<ByteBuffer> seen = new LinkedHashSet<>(firstPostings.keySet());
        for (Item item : items) {
            (item.key == null || seen.add(item.key) ? fresh : duplicates).add(item);
        }
        storeFresh(fresh, firstPostings);
        for (Item item : duplicates) {
            noteDuplicate(item, firstPostings.get(item.key));
        }
    }

    private Map<ByteBuffer, Long> known(List<Item> items) {
        Set<ByteBuffer> keys = new LinkedHashSet<>();
        items.stream().filter(item -> item.key != null).forEach(item -> keys.add(item.key));
        return keys.isEmpty()
                ? new HashMap<>()
                : arrivals.known(keys, items.get(0).arrival.receivedAt());
    }

    private void storeFresh(List<Item> fresh, Map<ByteBuffer, Long> firstPostings) {
        Map<Arrival, Long> messageIds = storeMessages(fresh);
        List<Long> postingIds = postings.open(fresh.stream()
                .map(item -> posting(item, messageIds.get(item.arrival)))
                .toList());
        List<Arrivals.Memory> memories = new ArrayList<>();
        List<NewEntry> entries = new ArrayList<>();
        List<Trace.Event> events = new ArrayList<>();
        for (int i = 0; i < fresh.size(); i++) {
            Item item = fresh.get(i);
            long postingId = postingIds.get(i);
            if (item.key != null) {
                memories.add(new Arrivals.Memory(item.key, item.route.listId(), postingId, item.arrival.receivedAt()));
                firstPostings.put(item.key, postingId);
            }
            QueueName queue = item.route.purpose().queue();
            events.add(new Trace.Event(
                    postingId,
                    queue,
                    "received",
                    "for " + item.route.purpose().label() + ", from " + item.arrival.client()));
            if (hasStage.test(queue)) {
                entries.add(entry(item, postingId, messageIds.get(item.arrival)));
            } else {
                events.add(new Trace.Event(postingId, queue, "ignored", "nothing works on this queue"));
                trace.outcome(postingId, Posting.Outcome.DONE);
            }
        }
        arrivals.remember(memories);
        trace.events(events);
        switchboard.enqueue(entries);
    }

    /** Those that a stage will work on, once each. */
    private Map<Arrival, Long> storeMessages(List<Item> fresh) {
        Set<Arrival> wanted = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Arrival> inOrder = new ArrayList<>();
        for (Item item : fresh) {
            if (hasStage.test(item.route.purpose().queue()) && wanted.add(item.arrival)) {
                inOrder.add(item.arrival);
            }
        }
        List<Long> stored =
                messages.store(inOrder.stream().map(Arrival::message).toList());
        Map<Arrival, Long> ids = new IdentityHashMap<>();
        for (int i = 0; i < inOrder.size(); i++) {
            ids.put(inOrder.get(i), stored.get(i));
        }
        return ids;
    }

    private void noteDuplicate(Item item, Long firstPosting) {
        if (firstPosting != null && postings.find(firstPosting).isPresent()) {
            trace.event(
                    firstPosting,
                    item.route.purpose().queue(),
                    "duplicate",
                    "arrived again, from " + item.arrival.client());
        }
    }

    /** Postings are shown to administrators; a token that still decides something is not for them. */
    private static String withoutToken(Route route) {
        return route.purpose() == Route.Purpose.CONFIRM && !route.subaddress().isEmpty()
                ? route.recipient().replace("+" + route.subaddress(), "")
                : route.recipient();
    }

    /** @param messageId null: no stage will work on it */
    private static NewPosting posting(Item item, Long messageId) {
        Arrival arrival = item.arrival;
        return new NewPosting(
                item.route.listId(),
                withoutToken(item.route),
                item.route.purpose().queue(),
                arrival.facts().messageId(),
                arrival.sender(),
                arrival.facts().subject(),
                arrival.message().sizeBytes(),
                arrival.receivedAt(),
                item.route.purpose() == Route.Purpose.POST ? messageId : null);
    }

    private static NewEntry entry(Item item, long postingId, long messageId) {
        Route route = item.route;
        Map<String, String> attributes = new HashMap<>();
        attributes.put("kind", route.purpose().kind());
        attributes.put("sender", item.arrival.sender());
        attributes.put("recipient", route.recipient());
        if (route.purpose().queue() == QueueName.COMMAND) {
            attributes.put("command", route.purpose().label());
        }
        if (!route.subaddress().isEmpty()) {
            attributes.put("subaddress", route.subaddress());
        }
        if (item.arrival.smtpUtf8()) {
            attributes.put("smtputf8", "true");
        }
        return NewEntry.of(
                route.purpose().queue(),
                route.listId(),
                postingId,
                messageId,
                attributes,
                item.arrival.receivedAt(),
                item.arrival.receivedAt());
    }

    /** A message for a list under two of its names is one piece of work. */
    private static List<Route> distinct(List<Route> routes) {
        List<Route> distinct = new ArrayList<>();
        for (Route route : routes) {
            if (distinct.stream().noneMatch(route::leadsWhere)) {
                distinct.add(route);
            }
        }
        return distinct;
    }
}
