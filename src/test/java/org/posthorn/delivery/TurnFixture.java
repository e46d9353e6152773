package org.posthorn.delivery;

import jakarta.mail.Session;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.posthorn.delivery.copy.CompiledMessage;
import org.posthorn.delivery.smtp.HostConnection;
import org.posthorn.delivery.smtp.HostDownException;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.runner.SendingStage;
import org.posthorn.testing.SettableClock;

/** Turns of one entry with the real pool, over smarthosts in memory and a log that only remembers. */
final class TurnFixture {

    static final Instant NOW = Instant.parse("2026-06-01T08:00:00Z");

    final SettableClock clock = new SettableClock(NOW);
    final List<ScriptedHost> hosts;
    final SmarthostPool pool = new Pool();
    final List<Result> recorded = new ArrayList<>();
    final List<RecordingLog.End> ends = new ArrayList<>();
    Chunk chunk;
    Map<String, String> attributes = new HashMap<>(Map.of("bounces", "list-bounces@lists.example.org"));
    BooleanSupplier mayGoOn = () -> true;
    BooleanSupplier isOver = () -> false;
    int repeatBound = 100;
    int tries;
    String lastError;
    int progressed;
    int mostUnrecorded;
    final List<Duration> pauses = new ArrayList<>();
    int failingRecords;
    Runnable beforeRecord = () -> {};

    /** The last one. */
    Deferral deferral;

    /** Smarthosts whose rows are gone. */
    final Set<ScriptedHost> removed = new HashSet<>();

    private int readable = Integer.MAX_VALUE;

    TurnFixture(int recipients, ScriptedHost... hosts) {
        this.hosts = List.of(hosts);
        chunk = new Chunk(
                1,
                IntStream.range(0, recipients).mapToObj(TurnFixture::recipient).toList(),
                Collections.nCopies(recipients, 0L));
        this.hosts.forEach(host -> host.watch(this::watch));
    }

    static String recipient(int index) {
        return "r" + index + "@example.com";
    }

    /** One recipient more. */
    TurnFixture alsoTo(String address) {
        List<String> addresses = new ArrayList<>(chunk.addresses());
        addresses.add(address);
        List<Long> members = new ArrayList<>(chunk.memberIds());
        members.add(0L);
        chunk = new Chunk(chunk.id(), addresses, members);
        return this;
    }

    static TurnFixture personal(int recipients, ScriptedHost... hosts) {
        TurnFixture turn = new TurnFixture(recipients, hosts);
        turn.attributes.put("personalize", "individual");
        return turn;
    }

    /** One turn; what earlier ones recorded is settled. @return how it ended; null when nothing was concluded */
    RecordingLog.End run() {
        BitSet settled = new BitSet();
        recorded.forEach(result -> settled.set(result.index()));
        QueueEntry entry = new QueueEntry(
                7,
                QueueName.OUT,
                12345,
                null,
                1L,
                1L,
                1L,
                attributes,
                NOW,
                NOW.toEpochMilli(),
                NOW,
                0,
                0,
                tries,
                null,
                lastError);
        ends.clear();
        new DeliveryTurn(
                        entry,
                        Envelope.of(entry),
                        chunk,
                        settled,
                        index -> new CompiledMessage("x\r\n".getBytes(StandardCharsets.US_ASCII)).shared(),
                        new DeliveryTurn.Tools(new Log(), pool, clock, repeatBound, pauses::add),
                        new Turn())
                .run();
        return ends.isEmpty() ? null : ends.get(0);
    }

    /** Every recipient that any host took a copy for, once per copy, in the chunk's order. */
    List<String> taken() {
        return hosts.stream()
                .flatMap(host -> host.taken().stream())
                .sorted(Comparator.comparingInt(chunk.addresses()::indexOf))
                .toList();
    }

    List<String> recordedAs(boolean delivered) {
        return recorded.stream()
                .filter(result -> result.delivered() == delivered)
                .sorted(Comparator.comparingInt(Result::index))
                .map(result -> chunk.addresses().get(result.index()))
                .toList();
    }

    /** Transactions over all hosts. */
    int sends() {
        return hosts.stream().mapToInt(host -> host.transactions().size()).sum();
    }

    private void watch(List<String> recipients) {
        int handedOver =
                (int) hosts.stream().flatMap(host -> host.taken().stream()).count();
        mostUnrecorded = Math.max(mostUnrecorded, handedOver - recorded.size() + recipients.size());
    }

    private final class Turn implements SendingStage.Turn {
        @Override
        public boolean mayGoOn() {
            return mayGoOn.getAsBoolean();
        }

        @Override
        public boolean isOver() {
            return isOver.getAsBoolean();
        }

        @Override
        public void fence() {
            // the log below asks for none
        }

        @Override
        public void progressed() {
            progressed++;
        }
    }

    /** The smarthosts can be asked for so often, then no more. */
    void failReadingAfter(int times) {
        readable = times;
    }

    private final class Pool extends SmarthostPool {
        private Pool() {
            super(null, null, clock);
        }

        @Override
        List<Host> candidates(String domain, long hash) {
            if (readable-- == 0) {
                throw new IllegalStateException("the database is away");
            }
            return super.candidates(domain, hash);
        }

        @Override
        Selection selection() {
            return Selection.HASH;
        }

        @Override
        List<Host> read() {
            return hosts.stream()
                    .filter(host -> !removed.contains(host))
                    .map(ScriptedHost::host)
                    .toList();
        }

        @Override
        HostConnection open(Host wanted, Session base) throws HostDownException {
            return hosts.stream()
                    .filter(host -> host.host().equals(wanted))
                    .findFirst()
                    .orElseThrow()
                    .open();
        }
    }

    private final class Log extends RecordingLog {

        @Override
        void record(List<Result> results) {
            beforeRecord.run();
            if (failingRecords > 0) {
                failingRecords--;
                throw new IllegalStateException("the database is away");
            }
            for (Result result : results) {
                if (recorded.stream().anyMatch(before -> before.index() == result.index())) {
                    throw new IllegalStateException("recorded twice: " + result);
                }
                recorded.add(result);
            }
        }

        @Override
        void ended(End end, Deferral how) {
            ends.add(end);
            deferral = how == null ? deferral : how;
        }

        @Override
        int waiting(int settled) {
            return chunk.size() - settled;
        }

        @Override
        public void finishAtOnce(QueueEntry entry, List<Result> results, SendingStage.Turn turn) {
            if (!recorded.isEmpty()) {
                throw new IllegalStateException("some were recorded in an earlier turn");
            }
            super.finishAtOnce(entry, results, turn);
        }
    }
}
