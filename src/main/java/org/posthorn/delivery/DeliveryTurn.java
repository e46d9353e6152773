package org.posthorn.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.posthorn.delivery.smtp.Fate;
import org.posthorn.delivery.smtp.HostDownException;
import org.posthorn.delivery.smtp.MessageCopy;
import org.posthorn.delivery.smtp.Transaction;
import org.posthorn.platform.metrics.Metric;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.lease.FencedException;
import org.posthorn.queue.runner.SendingStage;

/**
 * One turn of one entry: hands the chunk's unsettled recipients to their smarthosts until all are settled, or nothing more
 * is possible now, or others should have their turn.
 *
 * <p>At no time more recipients are handed over without a record than the repeat bound allows, so a crash repeats no more
 * than that for each connection. A recipient's 4xx waits in {@code backoff} for that recipient alone. When a smarthost
 * goes away its recipients move to the next; when none is left they wait. A refusal of the message as such is held against
 * the message only once no other smarthost takes it; one of us (authenticate first, no relaying) is held against nobody.
 *
 * <p>Longer than most, since all that may happen to a recipient within a turn is kept in one place.
 */
final class DeliveryTurn {

    private static final Duration GIVE_UP = Duration.ofDays(5);

    /** For recipients that no smarthost could be asked for: that may be because this node stood still for long. */
    private static final Duration GIVE_UP_UNASKED = Duration.ofDays(10);

    private static final Duration RECORD_AFTER = Duration.ofMillis(500);
    private static final Duration THROTTLED = Duration.ofMillis(200);
    private static final Duration CONNECTION_WAIT = Duration.ofSeconds(1);

    /** So often is a record tried again: for about a minute, where the lease lasts so long. */
    private static final int MOST_RECORD_TRIES = 60;

    /**
     * What a turn works with.
     *
     * @param repeatBound recipients handed over without a record at the most
     */
    record Tools(DeliveryLog log, SmarthostPool pool, Clock clock, int repeatBound, Pause pause) {}

    /** Waits. */
    interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    private final QueueEntry entry;
    private final Envelope envelope;
    private final Chunk chunk;
    private final BitSet settled;
    private final IntFunction<MessageCopy> copies;
    private final Tools tools;
    private final SendingStage.Turn turn;

    private final List<Result> unrecorded = new ArrayList<>();
    private final BitSet deferred = new BitSet();

    /** Who was answered "not now" in this turn, and by whom in which words. */
    private final Map<Integer, String> putOff = new HashMap<>();

    private final Set<String> gone = new HashSet<>();
    private final Map<Integer, Result> refusedByPost = new HashMap<>();
    private final Map<Integer, Set<String>> refusedBy = new HashMap<>();
    private final BitSet notServed = new BitSet();

    /** Of the hosts that were asked for more recipients at once than they take: how many they took. */
    private final Map<String, Integer> fewer = new HashMap<>();

    private String reason = "";
    private final Rest rest = new Rest();
    private final Map<String, Host> granted = new HashMap<>();
    private boolean noHost;
    private boolean sent;

    /** Whether the entry is noted as one that got further in this turn. */
    private boolean progressed;

    private boolean yielding;
    private boolean throttled;

    /** Those that take no more in this turn: no connection was free, or their rate is used up. */
    private final Set<String> busy = new HashSet<>();

    /** Whether somebody waits for one of these. */
    private boolean held;

    private long recordedNanos = System.nanoTime();

    /** @param copies each recipient's, by its place in the chunk; one transaction has that of its first */
    DeliveryTurn(
            QueueEntry entry,
            Envelope envelope,
            Chunk chunk,
            BitSet settled,
            IntFunction<MessageCopy> copies,
            Tools tools,
            SendingStage.Turn turn) {
        this.entry = HoursWait.resumed(entry, tools.clock().instant());
        this.envelope = envelope;
        this.chunk = chunk;
        this.settled = settled;
        this.copies = copies;
        this.tools = tools;
        this.turn = turn;
    }

    void run() {
        try {
            work();
        } catch (RuntimeException e) {
            recordDespite(e);
            throw e;
        } finally {
            granted.values().forEach(tools.pool()::notTried);
        }
        if (throttled) {
            pause(THROTTLED.toMillis()); // with all recorded and no connection kept, lest it come back at once
        }
    }

    private void work() {
        while (!yielding) {
            List<Part> work = plan();
            if (work.isEmpty()) {
                break;
            }
            for (Part part : work) {
                if (!yielding) {
                    sendBy(part.host(), part.indexes());
                }
            }
        }
        yielding |= held;
        if (turn.mayGoOn()) {
            conclude();
        }
    }

    /** Only after all else was tried in this turn: however old an entry is, it is never given up without an attempt. */
    private void expireOld() {
        HoursWait hours = HoursWait.of(entry);
        for (int i = settled.nextClearBit(0); i < chunk.size(); i = settled.nextClearBit(i + 1)) {
            Duration most = putOff.containsKey(i) ? GIVE_UP : GIVE_UP_UNASKED;
            Duration age = hours.age(i, entry.received(), tools.clock().instant());
            if (age.compareTo(most) > 0 && !rest.has(i)) {
                String last = putOff.getOrDefault(i, reason);
                String why = "given up after " + most.toDays() + " days; last: " + last;
                settle(new Result(i, false, "", new Fate.Expired(why)));
            }
        }
    }

    /** A smarthost, and who goes by it in this round. */
    private record Part(Host host, List<Integer> indexes) {}

    /** Which of the waiting recipients go by which host now. Empty: nothing more can be done in this turn. */
    private List<Part> plan() {
        held = false;
        Map<String, Boolean> may = new HashMap<>();
        Map<String, Part> work = new LinkedHashMap<>();
        for (int i = settled.nextClearBit(0); i < chunk.size(); i = settled.nextClearBit(i + 1)) {
            if (!deferred.get(i)) {
                Host host = firstThatMay(i, may);
                if (host == null) {
                    nobodyTakes(i);
                } else if (busy.contains(host.name())) {
                    held = true;
                } else {
                    work.computeIfAbsent(host.name(), any -> new Part(host, new ArrayList<>()))
                            .indexes()
                            .add(i);
                }
            }
        }
        may.forEach((name, mayTry) -> {
            if (mayTry && !work.containsKey(name)) {
                giveBack(name);
            }
        });
        return List.copyOf(work.values());
    }

    /** @param may what was said of each host in this round */
    private Host firstThatMay(int index, Map<String, Boolean> may) {
        for (Host host : candidates(index)) {
            if (isOpenTo(index, host) && may.computeIfAbsent(host.name(), any -> grant(host))) {
                return host;
            }
        }
        return null;
    }

    /** Whether the host may be tried. What is granted is given back at the turn's end, however that comes about. */
    private boolean grant(Host host) {
        if (!granted.containsKey(host.name()) && tools.pool().mayTry(host)) {
            granted.put(host.name(), host);
        }
        return granted.containsKey(host.name());
    }

    private void giveBack(String name) {
        Host host = granted.remove(name);
        if (host != null) {
            tools.pool().notTried(host);
        }
    }

    private List<Host> candidates(int index) {
        String address = chunk.addresses().get(index);
        String domain = address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        return tools.pool().candidates(domain, spread(address));
    }

    /** Whether the host has neither gone nor refused this recipient in this turn. */
    private boolean isOpenTo(int index, Host host) {
        return !gone.contains(host.name())
                && !refusedBy.getOrDefault(index, Set.of()).contains(host.name());
    }

    private boolean isOpenToNobody(int index) {
        for (Host host : candidates(index)) {
            if (isOpenTo(index, host)) {
                return false;
            }
        }
        return true;
    }

    /** No smarthost is left for this recipient: refused as a message by all, or to be tried again later. */
    private void nobodyTakes(int index) {
        boolean refusedByAll = refusedBy.containsKey(index) && gone.isEmpty() && isOpenToNobody(index);
        if (refusedByAll && !notServed.get(index)) {
            settle(refusedByPost.get(index));
            return;
        }
        if (rests(index)) {
            deferred.set(index);
            return;
        }
        noHost |= !refusedByAll;
        if (reason.isEmpty()) {
            reason = "no smarthost is up for this recipient";
        }
        deferred.set(index);
        if (!putOff.containsKey(index)) {
            Metric.DELIVERIES.add(1, "none", "deferred");
        }
    }

    /** Whether all that may take it are out of their hours: then it waits, and nobody has failed. */
    private boolean rests(int index) {
        Set<String> refused = refusedBy.getOrDefault(index, Set.of());
        List<Host> left = candidates(index).stream()
                .filter(host -> !refused.contains(host.name()))
                .toList();
        boolean rests = !left.isEmpty() && left.stream().allMatch(tools.pool()::isClosed);
        if (rests) {
            rest.add(index, left);
        }
        return rests;
    }

    /** The entry's hash and the recipient's: each post cuts the recipients anew, and a retry cuts them as before. */
    private long spread(String address) {
        long mixed = (entry.hash() ^ address.hashCode() * 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
        return (mixed ^ mixed >>> 31) & Long.MAX_VALUE;
    }

    private void sendBy(Host host, List<Integer> indexes) {
        for (List<Integer> left = left(host, indexes);
                !left.isEmpty() && !yielding && !busy.contains(host.name());
                left = left(host, indexes)) {
            try {
                Optional<HostLine.Lent> lent = tools.pool().borrow(host, claim(), CONNECTION_WAIT);
                if (lent.isEmpty()) {
                    busy.add(host.name()); // every connection is: nobody's fault
                    return;
                }
                sendOver(lent.get(), host, left);
            } catch (HostDownException e) {
                gone.add(host.name());
                reason = host.name() + ": " + e.getMessage();
                return;
            }
        }
    }

    /** Lists share connections; mail of none is on its own. */
    private WaitingLine.Claim claim() {
        long list = entry.listId() == null ? -entry.id() : entry.listId();
        return new WaitingLine.Claim(list, chunk.size() - settled.cardinality());
    }

    private List<Integer> left(Host host, List<Integer> indexes) {
        List<Integer> left = new ArrayList<>(indexes.size());
        for (int index : indexes) {
            if (!settled.get(index) && !deferred.get(index) && isOpenTo(index, host)) {
                left.add(index);
            }
        }
        return left;
    }

    /**
     * Sends until all is sent, the connection is worn out, or the turn is over. A connection that worked and then ends is
     * no sign of a bad smarthost (many close one after so many messages): a fresh one is tried.
     */
    private void sendOver(HostLine.Lent lent, Host host, List<Integer> indexes) throws HostDownException {
        try (lent) {
            // What is under way is heard of within, since whoever comes next may have the connection at once.
            Handover handover = new Handover(lent, host);
            try {
                sendOver(handover, host, indexes);
            } catch (HostDownException e) {
                handover.rest().forEach(outcome -> take(host, outcome));
                if (!turn.mayGoOn()) {
                    yielding = true;
                } else if (!lent.hasWorked() || e.isSilence()) {
                    tools.pool().failed(host, e);
                    granted.remove(host.name());
                    throw e;
                }
            } catch (FencedException e) {
                handover.abandon(); // another sends it now, and no result of ours would be recorded
                throw e;
            } catch (RuntimeException e) {
                if (turn.mayGoOn()) {
                    handover.rest().forEach(outcome -> take(host, outcome));
                }
                handover.abandon();
                throw e;
            }
        }
    }

    /**
     * As much is under way as the connection and the repeat bound allow. Results are recorded by as many as the bound
     * allows, since a record costs more than the wait for it; but where the smarthost is far, half of them, so that it has
     * the other half to work on meanwhile.
     */
    private void sendOver(Handover handover, Host host, List<Integer> indexes) throws HostDownException {
        int next = 0;
        while (true) {
            tools.pool().lookForChanges();
            int most = mostAtOnce(host);
            boolean more = next < indexes.size() && !handover.isWornOut() && !busy.contains(host.name()) && mayBegin();
            int size = Math.min(indexes.size() - next, most);
            boolean fits = unrecorded.size() + handover.recipients() + size <= tools.repeatBound();
            if (more && fits && handover.hasRoom()) {
                next += begin(handover, host, indexes.subList(next, next + size));
            } else if (handover.isEmpty() && !more) {
                return; // the last results are recorded with what comes next, which may be the end
            } else if (handover.isEmpty()
                    || isRecordDue(handover.isFar() ? tools.repeatBound() / 2 : tools.repeatBound())) {
                record();
            } else {
                take(host, handover.next());
            }
        }
    }

    /** @return how many recipients one transaction has at the most */
    private int mostAtOnce(Host host) {
        if (envelope.personal()) {
            return 1;
        }
        int most = Math.min(host.recipientsPerMessage(), tools.repeatBound());
        return Math.min(most, fewer.getOrDefault(host.name(), most));
    }

    private boolean mayBegin() {
        if (!turn.mayGoOn() || turn.isOver() && sent) {
            yielding = true;
        }
        return !yielding;
    }

    /** @return with how many of them a transaction has begun: none when the smarthost's rate is used up */
    private int begin(Handover handover, Host host, List<Integer> indexes) throws HostDownException {
        int may = tools.pool().allowance(host, indexes.size());
        if (may == 0) {
            busy.add(host.name());
            throttled = true;
            return 0;
        }
        List<Integer> batch = indexes.subList(0, may);
        List<String> recipients = batch.stream().map(chunk.addresses()::get).toList();
        MessageCopy copy = copies.apply(batch.get(0));
        handover.begin(
                batch, new Transaction(envelope.reversePath(recipients.get(0)), recipients, copy, turn::mayGoOn));
        return may;
    }

    private void take(Host host, Handover.Outcome outcome) {
        boolean served = outcome.fates().stream().anyMatch(fate -> !(fate instanceof Fate.NotServed));
        if (served) {
            tools.pool().worked(host);
        } else {
            tools.pool()
                    .failed(host, new HostDownException(outcome.fates().get(0).reply(), null));
        }
        granted.remove(host.name());
        sent = true;
        int accepted = 0;
        for (Fate fate : outcome.fates()) {
            accepted += fate instanceof Fate.Delivered ? 1 : 0;
        }
        for (int i = 0; i < outcome.indexes().size(); i++) {
            Fate fate = outcome.fates().get(i);
            if (accepted > 0 && Fate.isOneTooMany(fate)) {
                fewer.merge(host.name(), accepted, Math::min); // its turn comes with the next transaction
            } else {
                take(host, outcome.indexes().get(i), fate);
            }
        }
    }

    private void take(Host host, int index, Fate fate) {
        if (fate instanceof Fate.Delivered) {
            settle(new Result(index, true, host.name(), fate));
        } else if (fate instanceof Fate.Refused) {
            settle(new Result(index, false, host.name(), fate));
        } else if (fate instanceof Fate.PostRefused) {
            refusedByPost.put(index, new Result(index, false, host.name(), fate));
            refusedBy.computeIfAbsent(index, any -> new HashSet<>()).add(host.name());
        } else if (fate instanceof Fate.NotServed || fate instanceof Fate.PostDeferred) {
            notServed.set(index);
            refusedBy.computeIfAbsent(index, any -> new HashSet<>()).add(host.name());
            putOff(host, index, fate);
        } else {
            deferred.set(index);
            putOff(host, index, fate);
        }
    }

    private void putOff(Host host, int index, Fate fate) {
        reason = host.name() + ": " + fate.reply();
        putOff.put(index, reason);
        Metric.DELIVERIES.add(1, host.name(), "deferred");
    }

    private void settle(Result result) {
        settled.set(result.index());
        unrecorded.add(result);
    }

    /** By number or by time, whichever comes first. */
    private boolean isRecordDue(int most) {
        boolean old = System.nanoTime() - recordedNanos > RECORD_AFTER.toNanos();
        return !unrecorded.isEmpty() && (unrecorded.size() >= most || old);
    }

    private void record() {
        if (progressed) {
            tools.log().group(entry, unrecorded, turn);
        } else {
            tools.log().firstGroup(entry, unrecorded, settled.cardinality(), turn);
        }
        progressed = true;
        recorded();
    }

    /**
     * What was handed over stays so, whatever else failed: it is not to be sent again. While the database is away this is
     * tried again, as long as the slice is ours.
     */
    private void recordDespite(RuntimeException failure) {
        for (int tries = 0; !unrecorded.isEmpty() && turn.mayGoOn() && tries < MOST_RECORD_TRIES; tries++) {
            try {
                record();
            } catch (FencedException e) {
                failure.addSuppressed(e);
                return;
            } catch (RuntimeException e) {
                if (tries == 0) {
                    failure.addSuppressed(e);
                }
                if (!pause(Math.min(1_000, 250L << Math.min(tries, 2)))) {
                    return;
                }
            }
        }
    }

    private boolean pause(long millis) {
        try {
            tools.pause().of(Duration.ofMillis(millis));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void recorded() {
        unrecorded.clear();
        recordedNanos = System.nanoTime();
        turn.progressed();
    }

    private void conclude() {
        if (!yielding) {
            expireOld();
        }
        int waiting = chunk.size() - settled.cardinality();
        if (waiting == 0 && unrecorded.size() == chunk.size()) {
            tools.log().finishAtOnce(entry, unrecorded, turn);
        } else if (waiting == 0) {
            tools.log().finish(entry, unrecorded, turn);
        } else if (yielding) {
            tools.log().yield(entry, unrecorded, settled.cardinality(), turn);
        } else {
            tools.log().defer(entry, unrecorded, deferral(waiting), turn);
        }
        recorded();
    }

    private Deferral deferral(int waiting) {
        Instant now = tools.clock().instant();
        Map<String, String> attributes = HoursWait.begun(entry, rest.recipients(), now);
        if (rest.isEmpty()) {
            String waitsFor = noHost ? Deferral.ANY : null;
            return new Deferral(waiting, delay(), entry.tries() + 1, reason, waitsFor, attributes);
        }
        if (rest.recipients().cardinality() == waiting) {
            return new Deferral(waiting, rest.delay(now), entry.tries(), rest.reason(now), rest.waitsFor(), attributes);
        }
        Duration first =
                Stream.of(delay(), rest.delay(now)).min(Duration::compareTo).orElseThrow();
        String why = reason + "; " + rest.reason(now);
        String waitsFor = noHost ? Deferral.SEVERAL : rest.waitsFor();
        return new Deferral(waiting, first, entry.tries() + 1, why, waitsFor, attributes);
    }

    /**
     * Without a smarthost: from 2 seconds, doubling, to a minute, since it may be back any time. After a recipient's 4xx:
     * from 30 seconds, doubling, to an hour, as greylisting wants. With jitter, so that not all come back at once.
     */
    private Duration delay() {
        long first = noHost ? 2_000 : 30_000;
        long most = noHost ? 60_000 : 3_600_000;
        long delay = Math.min(most, first << Math.min(entry.tries(), 12));
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(delay * 3 / 4, delay * 5 / 4));
    }
}
