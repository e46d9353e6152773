package org.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.delivery.ScriptedHost.aHost;

import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.posthorn.delivery.smtp.Fate;
import org.posthorn.platform.Hours;

/** Turns of an entry while smarthosts are out of their hours. The fixture's clock begins at 08:00 UTC. */
class HoursTurnTest {

    private static final Hours NIGHT = Hours.parse("22:00-06:00 UTC");

    private final ScriptedHost night = new ScriptedHost(with(aHost("night"), NIGHT, null));
    private final ScriptedHost day = new ScriptedHost(aHost("day"));

    private static Host with(Host host, Hours hours, Instant deliverUntil) {
        return new Host(
                host.name(),
                host.address(),
                host.port(),
                host.tls(),
                null,
                null,
                host.weight(),
                host.connections(),
                0,
                host.recipientsPerMessage(),
                host.fallback(),
                host.domains(),
                null,
                0,
                0,
                host.transport(),
                hours,
                deliverUntil);
    }

    /** The next turn of the same entry, so much later. */
    private static void later(TurnFixture turn, Duration time) {
        turn.attributes = turn.deferral.attributes();
        turn.tries = turn.deferral.tries();
        turn.clock.forward(time);
        turn.pool.refreshSoon();
    }

    @Test
    void outOfItsHoursItIsNotAskedAndItsMailWaitsForThem() {
        TurnFixture turn = new TurnFixture(3, night);
        RecordingLog.End end = turn.run();
        assertThat(night.opened()).isZero();
        assertThat(end.how()).isEqualTo("defer");
        assertThat(end.waiting()).isEqualTo(3);
        assertThat(end.tries()).as("nothing was tried").isZero();
        assertThat(end.reason()).isEqualTo("night: waits for its hours, from 22:00");
        assertThat(end.delay())
                .isBetween(Duration.ofHours(14), Duration.ofHours(14).plusSeconds(10));
        assertThat(turn.deferral.waitsFor()).isEqualTo("night");
        assertThat(turn.pool.health("night").state()).isEqualTo(Health.State.UP);
    }

    @Test
    void whenItsHoursBeginItsMailGoes() {
        TurnFixture turn = new TurnFixture(3, night);
        turn.run();
        later(turn, Duration.ofHours(14));
        assertThat(turn.run().how()).isEqualTo("finish");
        assertThat(night.taken()).hasSize(3);
    }

    @Test
    void deliverNowOverridesItsHoursUntilItsTime() {
        Instant noon = Instant.parse("2026-06-01T12:00:00Z");
        TurnFixture turn = new TurnFixture(3, new ScriptedHost(with(aHost("night"), NIGHT, noon)));
        turn.clock.forward(Duration.ofHours(5));
        assertThat(turn.run().how()).as("at 13:00").isEqualTo("defer");
        TurnFixture before = new TurnFixture(3, new ScriptedHost(with(aHost("night"), NIGHT, noon)));
        assertThat(before.run().how()).isEqualTo("finish");
    }

    @Test
    void anotherOfItsRouteTakesItsShare() {
        TurnFixture turn = TurnFixture.personal(40, night, day);
        assertThat(turn.run().how()).isEqualTo("finish");
        assertThat(day.taken()).hasSize(40);
        assertThat(night.opened()).isZero();
    }

    @Test
    void theGeneralRouteAndFallbackDoNotTakeWhatWaitsForHours() {
        ScriptedHost own = new ScriptedHost(with(aHost("own", 1, 50, 0, false, "example.com"), NIGHT, null));
        ScriptedHost spare = new ScriptedHost(aHost("spare", 1, 50, 0, true, "*"));
        TurnFixture turn = new TurnFixture(2, own, day, spare);
        assertThat(turn.run().reason()).startsWith("own: waits for its hours");
        assertThat(turn.sends()).isZero();
        TurnFixture general = new TurnFixture(2, night, spare);
        assertThat(general.run().reason()).startsWith("night: waits for its hours");
    }

    @Test
    void whereTheOtherOfItsRouteIsDownItIsTriedAgainSoon() {
        day.goDown();
        TurnFixture turn = new TurnFixture(2, night, day);
        RecordingLog.End end = turn.run();
        assertThat(end.tries()).isEqualTo(1);
        assertThat(end.delay()).isLessThan(Duration.ofSeconds(10));
        assertThat(turn.deferral.waitsFor()).isEqualTo(Deferral.ANY);
    }

    @Test
    void theDaysInWhichItWaitsAreNotCountedAgainstIt() {
        ScriptedHost weekly = new ScriptedHost(
                with(aHost("weekly"), Hours.parse("sun 22:00-23:00 UTC"), null)); // the fixture's day is a Monday
        TurnFixture turn = new TurnFixture(1, weekly);
        for (int week = 0; week < 4; week++) {
            RecordingLog.End end = turn.run();
            while (turn.deferral.tries() == 0 && end.delay().compareTo(Duration.ofHours(23)) > 0) {
                assertThat(end.how()).isEqualTo("defer");
                later(turn, end.delay());
                end = turn.run();
            }
            later(turn, end.delay());
            weekly.answersOnce(ScriptedHost.all(new Fate.Deferred("450 4.2.0 greylisted")));
            assertThat(turn.run().how()).as("week " + week).isEqualTo("defer");
            assertThat(turn.recorded).isEmpty();
            later(turn, Duration.ofHours(2));
            turn.tries = 0;
        }
    }

    @Test
    void whatIsPutOffWithinItsHoursIsGivenUpAfterFiveDaysOfThem() {
        TurnFixture turn = new TurnFixture(1, night);
        turn.run();
        later(turn, Duration.ofHours(14));
        night.answers(ScriptedHost.all(new Fate.Deferred("450 4.2.0 greylisted")));
        turn.run();
        later(turn, Duration.ofDays(5).plusHours(1)); // as if it had been open all the time
        assertThat(turn.run().how()).isEqualTo("finish");
        assertThat(turn.recordedAs(false)).hasSize(1);
    }

    @Test
    void theOthersOfItsChunkHaveTheirOwnTime() {
        HoursWait wait = new HoursWait(BitSet.valueOf(new long[] {0b10}), Duration.ofDays(3));
        Instant received = TurnFixture.NOW;
        Instant now = received.plus(Duration.ofDays(4));
        assertThat(wait.age(0, received, now)).isEqualTo(Duration.ofDays(4));
        assertThat(wait.age(1, received, now)).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void aPostRefusedByTheOthersStillWaitsForTheOneThatMayTakeIt() {
        day.answers(ScriptedHost.all(new Fate.PostRefused("554 5.7.1 no")));
        TurnFixture turn = new TurnFixture(2, night, day);
        RecordingLog.End end = turn.run();
        assertThat(end.how()).isEqualTo("defer");
        assertThat(end.reason()).startsWith("night: waits for its hours");
        assertThat(turn.recorded).isEmpty();
    }

    @Test
    void whoIsPutOffElsewhereIsTriedAgainInTimeAndTheOthersGoOnWaiting() {
        ScriptedHost own = new ScriptedHost(with(aHost("own", 1, 50, 0, false, "example.com"), NIGHT, null));
        day.answers(ScriptedHost.all(new Fate.Deferred("450 4.2.0 greylisted")));
        TurnFixture turn = new TurnFixture(2, own, day).alsoTo("x@example.net");
        RecordingLog.End end = turn.run();
        assertThat(end.waiting()).isEqualTo(3);
        assertThat(end.tries()).isEqualTo(1);
        assertThat(end.delay()).isLessThan(Duration.ofMinutes(1));
        assertThat(end.reason()).contains("450 4.2.0 greylisted").contains("own: waits for its hours, from 22:00");
        assertThat(turn.deferral.waitsFor()).isEqualTo("own");
    }
}
