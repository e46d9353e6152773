package org.posthorn.queue.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.queue.QueueName.IN;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.posthorn.testing.TestDatabase;
import org.posthorn.testing.TestDatabases;

/** Real processes over one PostgreSQL: one is stopped in the midst of its work for longer than its lease, and goes on. */
class PausedNodeE2E {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final TestDatabase database = TestDatabases.POSTGRESQL.fresh();
    private final LeaseStore store = new LeaseStore(database.source(), database.dialect(), LeaseNode.TIMES);
    private final List<Node> nodes = new ArrayList<>();

    @AfterEach
    void close() {
        nodes.forEach(node -> node.process.destroyForcibly());
        nodes.forEach(node -> node.process.onExit().join());
        store.close();
        database.close();
    }

    @Test
    void aRunnerPausedBeforeItsFencePastItsLeaseCommitsNothing() {
        Node anna = start("anna", LeaseNode.Pause.BEFORE_FENCE);
        anna.await("stopping");
        long epoch = lease().epoch();
        Node bert = start("bert", LeaseNode.Pause.NEVER);
        bert.await("joined");
        awaitThat("bert has taken over", () -> isHeldBy("bert"));
        assertThat(lease().epoch()).isGreaterThan(epoch);

        anna.signal("-CONT");
        anna.await("fenced");
        anna.await("lost");
        assertThat(done()).isZero();
        awaitThat(
                "anna has joined again and has a share",
                () -> store.site().leases().stream().anyMatch(row -> isHeld(row, "anna")));
    }

    @Test
    void aRunnerPausedInTheMidstOfItsCommitIsWaitedForButNotForEver() {
        Node anna = start("anna", LeaseNode.Pause.AFTER_FENCE);
        anna.await("stopping");
        start("bert", LeaseNode.Pause.NEVER).await("joined");
        // The server ends the session that idles with the fence in its hands, and with it what it had done.
        awaitThat("bert has taken over", () -> isHeldBy("bert"));

        anna.signal("-CONT");
        anna.await("failed");
        assertThat(done()).isZero();
    }

    @Test
    void whatAKilledNodeHeldIsTakenOverAndItComesBackAfterOneLeaseTime() {
        Node anna = start("anna", LeaseNode.Pause.NEVER);
        anna.await("joined");
        awaitThat("anna has all slices", () -> store.site().leases().stream().allMatch(row -> isHeld(row, "anna")));
        anna.process.destroyForcibly();
        start("bert", LeaseNode.Pause.NEVER).await("joined");
        start("anna", LeaseNode.Pause.NEVER).await("joined");
        awaitThat("all slices are held again, and both have a share", () -> {
            Site site = store.site();
            List<String> holders = site.leases().stream()
                    .map(row -> site.isFree(row) ? "nobody" : row.holder().node())
                    .distinct()
                    .sorted()
                    .toList();
            return holders.equals(List.of("anna", "bert"));
        });
    }

    @Test
    void aSecondLiveNodeOfTheSameNameRefusesToStart() {
        start("anna", LeaseNode.Pause.NEVER).await("joined");
        Node second = start("anna", LeaseNode.Pause.NEVER);
        assertThat(second.await("refused")).contains("another node named \"anna\" is alive");
        assertThat(second.process.onExit().join().exitValue()).isEqualTo(2);
        awaitThat("the first goes on", () -> isHeldBy("anna"));
    }

    @Test
    void aNodeThatLeavesGivesItsSlicesBackAtOnce() throws IOException {
        Node anna = start("anna", LeaseNode.Pause.NEVER);
        anna.await("joined");
        awaitThat("anna has it", () -> isHeldBy("anna"));
        anna.process.getOutputStream().close();
        anna.await("left");
        assertThat(store.site().leases()).allMatch(row -> row.holder() == null);
    }

    private LeaseRow lease() {
        return store.site().leases(IN).get(0);
    }

    private boolean isHeldBy(String node) {
        return isHeld(lease(), node);
    }

    private boolean isHeld(LeaseRow row, String node) {
        return row.holder() != null
                && row.holder().node().equals(node)
                && !store.site().isFree(row);
    }

    private int done() {
        return database.sql()
                .first("select count(*) from site_setting", row -> row.getInt(1))
                .orElseThrow();
    }

    private static void awaitThat(String what, BooleanSupplier condition) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(until);
            LockSupport.parkNanos(20_000_000);
        }
    }

    private Node start(String name, LeaseNode.Pause pause) {
        store.plan();
        try {
            Node node = new Node(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx96m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            LeaseNode.class.getName(),
                            database.url(),
                            name,
                            pause.name())
                    .redirectErrorStream(true)
                    .start());
            nodes.add(node);
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A node's process and what it says. */
    private static final class Node {

        private final Process process;
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        private final List<String> heard = new ArrayList<>();

        Node(Process process) {
            this.process = process;
            Thread reader = new Thread(this::read);
            reader.setDaemon(true);
            reader.start();
        }

        private void read() {
            try (BufferedReader in =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                in.lines().forEach(lines::add);
            } catch (IOException | UncheckedIOException e) {
                // It was killed.
            }
        }

        /** @return the line that begins so, however long ago it came */
        String await(String beginning) {
            for (String line : heard) {
                if (line.startsWith(beginning)) {
                    return line;
                }
            }
            long until = System.nanoTime() + PATIENCE.toNanos();
            try {
                while (true) {
                    String line = lines.poll(Math.max(1, until - System.nanoTime()), TimeUnit.NANOSECONDS);
                    assertThat(line)
                            .as("%s did not come after %s", beginning, heard)
                            .isNotNull();
                    heard.add(line);
                    if (line.startsWith(beginning)) {
                        return line;
                    }
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        void signal(String signal) {
            try {
                assertThat(new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                                .start()
                                .waitFor())
                        .isZero();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
