package org.posthorn.delivery;

import jakarta.mail.Session;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.posthorn.delivery.copy.CompiledMessage;
import org.posthorn.delivery.smtp.HostConnection;
import org.posthorn.delivery.smtp.HostDownException;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.runner.SendingStage;
import org.posthorn.testing.SettableClock;

/**
 * Several entries of {@code out} whose turns run side by side over real connections, and which come back until they are
 * done, as the queue lets them: a deferral moves the own clock of the entry on, and takes a moment.
 */
final class OutQueueFixture implements AutoCloseable {

    static final String MESSAGE_ID = "<one@lists.example.org>";
    private static final int THREADS = 6;
    private static final int TIMES_QUICKER = 10_000;
    private static final long LONGEST_PAUSE_MILLIS = 30;

    /** More than one turn an entry, so that connections change hands. */
    private static final int QUESTIONS_PER_TURN = 40;

    /** Opens a connection by the transport that is tested. */
    interface Transport {
        HostConnection open(Host host) throws HostDownException;
    }

    private final List<Entry> entries;
    private final Envelope envelope;
    private final SmarthostPool pool;
    private final AtomicInteger widest = new AtomicInteger(1);
    private final Map<String, Fate> recorded = Collections.synchronizedMap(new HashMap<>());
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final CountDownLatch open;
    private final ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(THREADS);

    /** What a recipient's record says. */
    record Fate(boolean delivered, String reply) {}

    OutQueueFixture(boolean personal, int entries, int recipients, List<Host> hosts, Transport transport) {
        Map<String, String> attributes =
                Map.of("bounces", "list-bounces@lists.example.org", "personalize", personal ? "individual" : "none");
        this.entries = IntStream.range(0, entries)
                .mapToObj(number -> new Entry(number, recipients, attributes))
                .toList();
        this.envelope = Envelope.of(this.entries.get(0).entry(Instant.EPOCH));
        this.pool = new Pool(hosts, transport);
        this.open = new CountDownLatch(entries);
    }

    /** @return whether every entry has left the queue within the time */
    boolean run(Duration most) throws InterruptedException {
        entries.forEach(threads::execute);
        boolean done = open.await(most.toMillis(), TimeUnit.MILLISECONDS);
        if (failure.get() != null) {
            throw new AssertionError("a turn failed", failure.get());
        }
        pool.closeIdle(true);
        return done;
    }

    List<String> recipients() {
        return entries.stream()
                .flatMap(entry -> entry.chunk.addresses().stream())
                .toList();
    }

    /** By recipient: what was recorded, which is done once at the most. */
    Map<String, Fate> recorded() {
        return recorded;
    }

    HostLine line(String host) {
        return pool.inUse().get(host);
    }

    String reversePath(String recipient) {
        return envelope.reversePath(recipient).text();
    }

    /** @return how many transactions were under way on one connection at the most, as far as the transport lets them */
    int widestWindow() {
        return widest.get();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        pool.closeIdle(true);
    }

    private final class Entry implements Runnable {

        private final int number;
        private final Chunk chunk;
        private final Map<String, String> attributes;
        private final SettableClock clock = new SettableClock(TurnFixture.NOW);
        private final BitSet settled = new BitSet();
        private int tries;

        Entry(int number, int recipients, Map<String, String> attributes) {
            this.number = number;
            this.attributes = attributes;
            this.chunk = new Chunk(
                    number,
                    IntStream.range(0, recipients)
                            .mapToObj(index -> "e" + number + "r" + index + "@example.com")
                            .toList(),
                    Collections.nCopies(recipients, 0L));
        }

        QueueEntry entry(Instant due) {
            return new QueueEntry(
                    number,
                    QueueName.OUT,
                    number * 0x1234567890ABCDL,
                    null,
                    1L,
                    1L,
                    (long) number,
                    attributes,
                    TurnFixture.NOW,
                    TurnFixture.NOW.toEpochMilli(),
                    due,
                    0,
                    0,
                    tries,
                    null,
                    null);
        }

        @Override
        public void run() {
            try {
                Log log = new Log(this);
                new DeliveryTurn(
                                entry(clock.instant()),
                                envelope,
                                chunk,
                                (BitSet) settled.clone(),
                                index -> new CompiledMessage(MESSAGE.getBytes(StandardCharsets.US_ASCII)).shared(),
                                new DeliveryTurn.Tools(log, pool, clock, 100, time -> {}),
                                new Turn())
                        .run();
                again(log);
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
                while (open.getCount() > 0) {
                    open.countDown();
                }
            }
        }

        private void again(Log log) {
            if (log.finished) {
                open.countDown();
                return;
            }
            if (log.deferral != null) {
                tries++;
                clock.forward(log.deferral);
            }
            long millis = log.deferral == null
                    ? 0
                    : Math.min(LONGEST_PAUSE_MILLIS, 1 + log.deferral.toMillis() / TIMES_QUICKER);
            threads.schedule(this, millis, TimeUnit.MILLISECONDS);
        }
    }

    private static final String MESSAGE = """
            From: poster@example.com
            Message-ID: %s
            Subject: a message with dots

            .
            ..two
            %s
            """.formatted(
                    MESSAGE_ID, "a line of text that makes the message longer\n".repeat(40))
            .replace("\n", "\r\n");

    private static final class Turn implements SendingStage.Turn {

        private int asked;

        @Override
        public boolean mayGoOn() {
            return true;
        }

        @Override
        public boolean isOver() {
            return ++asked > QUESTIONS_PER_TURN;
        }

        @Override
        public void fence() {
            // the log below asks for none
        }

        @Override
        public void progressed() {
            // nobody counts crashes here
        }
    }

    private final class Pool extends SmarthostPool {

        private final List<Host> hosts;
        private final Transport transport;

        Pool(List<Host> hosts, Transport transport) {
            this.hosts = hosts;
            this.transport = transport;
        }

        @Override
        Selection selection() {
            return Selection.HASH;
        }

        @Override
        List<Host> read() {
            return hosts;
        }

        @Override
        HostConnection open(Host host, Session base) throws HostDownException {
            HostConnection opened = transport.open(host);
            widest.accumulateAndGet(opened.window(), Math::max);
            return opened;
        }
    }

    private final class Log extends RecordingLog {

        private final Entry of;
        private boolean finished;
        private Duration deferral;

        Log(Entry of) {
            this.of = of;
        }

        @Override
        void record(List<Result> results) {
            for (Result result : results) {
                String recipient = of.chunk.addresses().get(result.index());
                Fate before = recorded.put(
                        recipient, new Fate(result.delivered(), result.fate().reply()));
                if (before != null) {
                    throw new IllegalStateException("recorded twice: " + recipient + " " + before + " " + result);
                }
                of.settled.set(result.index());
            }
        }

        @Override
        void ended(End end, Deferral how) {
            finished = end.how().equals("finish");
            deferral = how == null ? null : how.delay();
        }

        @Override
        int waiting(int settled) {
            return of.chunk.size() - settled;
        }
    }
}
