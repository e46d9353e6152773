package org.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthorn.delivery.smtp.HostConnection;
import org.posthorn.delivery.smtp.HostDownException;
import org.posthorn.list.ListsOnDatabase;
import org.posthorn.platform.AfterCommit;
import org.posthorn.platform.Sql;
import org.posthorn.platform.audit.AuditLog;
import org.posthorn.queue.QueueEntries;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.QueueOnDatabase;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.SettableClock;
import org.posthorn.testing.TestDatabase;

/** That what an administrator changes takes effect at once, over rows of a real database. */
class SmarthostPoolTest {

    private static final WaitingLine.Claim CLAIM = new WaitingLine.Claim(1, 1);

    private final SettableClock clock = new SettableClock(Instant.parse("2026-06-01T12:00:00Z"));
    private final List<Host> opened = new ArrayList<>();
    private boolean refusing;
    private ListsOnDatabase posthorn;
    private SmarthostPool pool;
    private Smarthosts smarthosts;
    private SmarthostSelection selection;

    private final class Pool extends SmarthostPool {
        private Pool(Sql sql) {
            super(sql, null, clock);
        }

        @Override
        HostConnection open(Host host, Session base) throws HostDownException {
            if (refusing) {
                throw new HostDownException("connection refused", null);
            }
            opened.add(host);
            return new ScriptedHost(host).open();
        }
    }

    private void open(TestDatabase database) {
        posthorn = new ListsOnDatabase(database);
        pool = new Pool(database.sql());
        smarthosts = new Smarthosts(
                new SmarthostRepository(posthorn.em),
                pool,
                new WaitingWork(new QueueEntries(database.sql()), pool, clock),
                new AfterCommit(),
                clock);
        selection = new SmarthostSelection(
                database.sql(), new AuditLog(database.sql(), database.ids(), clock), pool, new AfterCommit());
        posthorn.run(() -> smarthosts.add("a", Map.of("host", "a.example.org", "port", 2525)));
        posthorn.run(() -> smarthosts.add("b", Map.of("host", "b.example.org")));
    }

    private void change(String name, Map<String, Object> fields) {
        posthorn.run(() -> smarthosts.change(name, fields));
    }

    private List<String> candidates() {
        return pool.candidates("example.com", 0).stream().map(Host::name).toList();
    }

    private Host host(String name) {
        return pool.candidates("example.com", 0).stream()
                .filter(host -> host.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Optional<HostLine.Lent> borrow(Host host) throws HostDownException {
        return pool.borrow(host, CLAIM, Duration.ZERO);
    }

    @BothDatabases
    void whatIsTakenOutOfUseIsNotAskedAnyMoreAndComesBack(TestDatabase database) throws Exception {
        open(database);
        Host a = host("a");
        HostLine.Lent lent = borrow(a).orElseThrow();
        change("a", Map.of("enabled", false));
        assertThat(candidates()).containsExactly("b");
        assertThat(lent.isWornOut(0)).isTrue();
        assertThatThrownBy(() -> borrow(a)).isInstanceOf(HostDownException.class);
        assertThat(pool.health("a").state()).as("nobody's fault").isEqualTo(Health.State.UP);
        lent.close();
        change("a", Map.of("enabled", true));
        assertThat(candidates()).containsExactly("a", "b");
        assertThat(borrow(host("a"))).isPresent();
        posthorn.close();
    }

    @BothDatabases
    void whatIsDeletedIsForgotten(TestDatabase database) throws Exception {
        open(database);
        refusing = true;
        Host a = host("a");
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> borrow(a)).isInstanceOf(HostDownException.class);
        }
        assertThat(pool.health("a").state()).isEqualTo(Health.State.DOWN);
        posthorn.run(() -> smarthosts.remove("a"));
        assertThat(candidates()).containsExactly("b");
        assertThat(pool.inUse()).containsOnlyKeys("b");
        posthorn.run(() -> smarthosts.add("a", Map.of("host", "c.example.org")));
        assertThat(candidates()).containsExactly("a", "b");
        assertThat(pool.health("a").state()).as("another of the same name").isEqualTo(Health.State.UP);
        posthorn.close();
    }

    @BothDatabases
    void anotherHostOrPortCountsForTheNextTransactionAndStartsHealthy(TestDatabase database) throws Exception {
        open(database);
        Host before = host("a");
        HostLine.Lent lent = borrow(before).orElseThrow();
        for (int i = 0; i < 3; i++) {
            pool.failed(before, new HostDownException("gone", null));
        }
        change("a", Map.of("port", 2526));
        Host after = host("a");
        assertThat(after.port()).isEqualTo(2526);
        assertThat(lent.isWornOut(0)).isTrue();
        lent.close();
        assertThat(pool.mayTry(after)).isTrue();
        pool.failed(before, new HostDownException("what the old one said last", null));
        assertThat(pool.health("a").state()).isEqualTo(Health.State.UP);
        borrow(after).orElseThrow();
        assertThat(opened).extracting(Host::port).containsExactly(2525, 2526);
        posthorn.close();
    }

    @BothDatabases
    void aSmarthostThatHasNotAnsweredForHalfAMinuteIsTakenForOneThatFails(TestDatabase database) throws Exception {
        open(database);
        HostLine.Lent waiting = borrow(host("a")).orElseThrow();
        borrow(host("b")).orElseThrow();
        waiting.waits(true);
        long now = System.nanoTime();
        pool.noteSilent(now + Duration.ofSeconds(29).toNanos());
        assertThat(pool.health("a").state()).isEqualTo(Health.State.UP);
        pool.noteSilent(now + Duration.ofSeconds(32).toNanos());
        assertThat(pool.health("a").state()).isEqualTo(Health.State.FAILING);
        pool.noteSilent(now + Duration.ofSeconds(42).toNanos());
        pool.noteSilent(now + Duration.ofSeconds(52).toNanos());
        assertThat(pool.health("a").state()).isEqualTo(Health.State.DOWN);
        assertThat(pool.health("b").state()).as("nobody waits for a word of it").isEqualTo(Health.State.UP);
        posthorn.close();
    }

    @BothDatabases
    void aSmarthostThatAnswersOnAnotherConnectionIsNotSilent(TestDatabase database) throws Exception {
        open(database);
        HostLine.Lent waiting = borrow(host("a")).orElseThrow();
        HostLine.Lent answered = borrow(host("a")).orElseThrow();
        waiting.waits(true);
        answered.worked(
                System.nanoTime(), System.nanoTime() + Duration.ofSeconds(20).toNanos(), false);
        pool.noteSilent(System.nanoTime() + Duration.ofSeconds(40).toNanos());
        assertThat(pool.health("a").state()).isEqualTo(Health.State.UP);
        waiting.waits(false);
        pool.noteSilent(System.nanoTime() + Duration.ofMinutes(5).toNanos());
        assertThat(pool.health("a").state()).isEqualTo(Health.State.UP);
        posthorn.close();
    }

    @BothDatabases
    void aNumberOfConnectionsCountsAtOnce(TestDatabase database) throws Exception {
        open(database);
        change("a", Map.of("connections", 1));
        assertThat(borrow(host("a"))).isPresent();
        assertThat(borrow(host("a"))).isEmpty();
        change("a", Map.of("connections", 2));
        assertThat(borrow(host("a"))).isPresent();
        assertThat(pool.inUse().get("a").connections().limit()).isEqualTo(2);
        assertThat(pool.inUse().get("b").connections().limit())
                .as("auto begins with few")
                .isEqualTo(2);
        posthorn.close();
    }

    @BothDatabases
    void theSelectionIsKeptAndCountsAtOnce(TestDatabase database) {
        open(database);
        assertThat(selection.present()).isEqualTo(Selection.HASH);
        assertThat(candidates()).containsExactly("a", "b");
        assertThat(candidates()).containsExactly("a", "b");
        posthorn.run(() -> selection.change("sequence"));
        assertThat(List.of(candidates().get(0), candidates().get(0))).containsExactlyInAnyOrder("a", "b");
        posthorn.run(() -> selection.change("random"));
        posthorn.run(() -> selection.change("hash"));
        assertThat(selection.present()).isEqualTo(Selection.HASH);
        assertThat(database.audited())
                .extracting(entry -> entry.field().orElse("") + " "
                        + entry.oldValue().orElse("") + " " + entry.newValue().orElse(""))
                .contains("select hash sequence", "select sequence random", "select random hash");
        assertThatThrownBy(() -> selection.change("best"))
                .isInstanceOf(InvalidSmarthostException.class)
                .hasMessageContaining("select=best");
        posthorn.close();
    }

    @BothDatabases
    void whatARowSaysIsWhatTheTransportSees(TestDatabase database) {
        open(database);
        Instant until = Instant.parse("2026-06-01T18:00:00Z");
        change("a", Map.of("transport", "angus", "hours", "22:00-06:00 UTC"));
        posthorn.run(() ->
                new SmarthostRepository(posthorn.em).byName("a").orElseThrow().setDeliverUntil(until));
        pool.refreshSoon();
        Host a = host("a");
        assertThat(a.transport()).isEqualTo(Smarthost.Transport.ANGUS);
        assertThat(a.hours().text()).isEqualTo("22:00-06:00 UTC");
        assertThat(a.deliverUntil()).isEqualTo(until);
        assertThat(host("b").transport()).isEqualTo(Smarthost.Transport.PIPELINING);
        assertThat(host("b").deliverUntil()).isNull();
        posthorn.close();
    }

    @BothDatabases
    void outOfItsHoursASmarthostTakesNothing(TestDatabase database) {
        open(database);
        change("a", Map.of("hours", "22:00-06:00 UTC"));
        assertThat(pool.mayTry(host("a"))).isFalse();
        assertThat(pool.mayTry(host("b"))).isTrue();
        clock.forward(Duration.ofHours(10));
        pool.refreshSoon();
        assertThat(pool.mayTry(host("a"))).isTrue();
        posthorn.close();
    }

    private QueueEntry waiting(QueueOnDatabase queue, String waitsFor) {
        QueueEntry entry = queue.enqueued(QueueOnDatabase.anEntry(QueueName.BACKOFF));
        queue.entries.later(
                entry, QueueName.BACKOFF, clock.instant().plus(Duration.ofHours(10)), 0, "waits", Map.of(), waitsFor);
        return entry;
    }

    private boolean isDue(QueueOnDatabase queue, QueueEntry entry) {
        return !queue.reread(entry).due().isAfter(clock.instant());
    }

    @BothDatabases
    void deliverNowBringsForwardWhatWaitsForItAndEndsByItself(TestDatabase database) {
        open(database);
        QueueOnDatabase queue = new QueueOnDatabase(database);
        change("a", Map.of("hours", "22:00-06:00 UTC"));
        assertThat(smarthosts.find("a").orElseThrow().opens())
                .contains(clock.instant().plus(Duration.ofHours(10)));
        assertThat(smarthosts.find("a").orElseThrow().reason()).isEqualTo("waits for its hours, from 22:00");
        assertThat(smarthosts.find("a").orElseThrow().health()).isEqualTo(Health.State.UP);
        QueueEntry own = waiting(queue, "a");
        QueueEntry other = waiting(queue, "b");
        QueueEntry timed = waiting(queue, null);
        posthorn.run(() -> smarthosts.deliverNow("a", clock.instant().plus(Duration.ofHours(1))));
        assertThat(isDue(queue, own)).isTrue();
        assertThat(isDue(queue, other)).isFalse();
        assertThat(isDue(queue, timed)).isFalse();
        assertThat(pool.mayTry(host("a"))).isTrue();
        assertThat(smarthosts.find("a").orElseThrow().delivering()).isTrue();
        assertThat(smarthosts.find("a").orElseThrow().reason()).isEmpty();
        clock.forward(Duration.ofHours(1));
        pool.refreshSoon();
        assertThat(pool.mayTry(host("a"))).isFalse();
        posthorn.close();
    }

    @BothDatabases
    void deliverNowLastsUntilItIsSwitchedOff(TestDatabase database) {
        open(database);
        change("a", Map.of("hours", "22:00-06:00 UTC"));
        posthorn.run(() -> smarthosts.deliverNow("a", null));
        clock.forward(Duration.ofDays(400));
        pool.refreshSoon();
        assertThat(pool.mayTry(host("a"))).isTrue();
        posthorn.run(() -> smarthosts.deliverByHours("a"));
        assertThat(pool.mayTry(host("a"))).isFalse();
        posthorn.close();
    }

    @BothDatabases
    void deliverNowIsRefusedWhereItMeansNothing(TestDatabase database) {
        open(database);
        assertThatThrownBy(() -> posthorn.run(() -> smarthosts.deliverNow("a", null)))
                .isInstanceOf(InvalidSmarthostException.class)
                .hasMessageContaining("it has none");
        change("a", Map.of("hours", "22:00-06:00 UTC"));
        assertThatThrownBy(() -> posthorn.run(() -> smarthosts.deliverNow("a", clock.instant())))
                .isInstanceOf(InvalidSmarthostException.class)
                .hasMessageContaining("still to come");
        assertThat(smarthosts.deliverNow("nobody", null)).isEmpty();
        posthorn.close();
    }

    @BothDatabases
    void anyChangeOfThePoolBringsForwardWhatWaitsForIt(TestDatabase database) {
        open(database);
        QueueOnDatabase queue = new QueueOnDatabase(database);
        QueueEntry hours = waiting(queue, "a");
        QueueEntry any = waiting(queue, "-");
        QueueEntry timed = waiting(queue, null);
        change("b", Map.of("port", 2526));
        assertThat(List.of(isDue(queue, hours), isDue(queue, any), isDue(queue, timed)))
                .containsExactly(true, true, false);
        QueueEntry again = waiting(queue, "a");
        posthorn.run(() -> smarthosts.remove("a"));
        assertThat(isDue(queue, again)).isTrue();
        posthorn.close();
    }

    @BothDatabases
    void whatWaitsWithoutNeedIsFound(TestDatabase database) {
        open(database);
        change("a", Map.of("hours", "22:00-06:00 UTC"));
        change("b", Map.of("hours", "08:00-20:00 UTC"));
        QueueOnDatabase queue = new QueueOnDatabase(database);
        QueueEntry rightly = waiting(queue, "a");
        QueueEntry needless = waiting(queue, "b");
        QueueEntry gone = waiting(queue, "gone");
        new WaitingWork(queue.entries, pool, clock).overlooked();
        assertThat(List.of(isDue(queue, rightly), isDue(queue, needless), isDue(queue, gone)))
                .containsExactly(false, true, true);
        posthorn.close();
    }
}
