package org.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthorn.list.ListsOnDatabase;
import org.posthorn.platform.AfterCommit;
import org.posthorn.platform.actor.Acting;
import org.posthorn.platform.actor.Actor;
import org.posthorn.platform.actor.Via;
import org.posthorn.platform.audit.AuditEntry;
import org.posthorn.queue.QueueEntries;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

/** That changes of the pool record themselves, and its passwords never. */
class AuditedSmarthostsTest {

    private static final Actor ANN = Actor.person(Via.REST, "ann@example.com", 7, true);

    @BothDatabases
    void smarthostsWholeLifeShouldBeRecordedWithoutItsPassword(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            Clock clock = Clock.systemUTC();
            SmarthostPool pool = new SmarthostPool(database.sql(), null, clock);
            Smarthosts smarthosts = new Smarthosts(
                    new SmarthostRepository(posthorn.em),
                    pool,
                    new WaitingWork(new QueueEntries(database.sql()), pool, clock),
                    new AfterCommit(),
                    clock);
            by(
                    posthorn,
                    () -> smarthosts.add(
                            "relay",
                            Map.of(
                                    "host", "relay.example.org",
                                    "tls", "required",
                                    "username", "posthorn",
                                    "password", "first-secret")));
            by(posthorn, () -> smarthosts.change("relay", Map.of("password", "second-secret", "weight", 7)));
            by(posthorn, () -> smarthosts.remove("relay"));

            List<AuditEntry> entries = database.audited();
            assertThat(entries).allSatisfy(entry -> {
                assertThat(entry.actor()).isEqualTo("ann@example.com");
                assertThat(entry.subject().kind()).isEqualTo("smarthost");
                assertThat(entry.subject().name()).isEqualTo("relay");
            });
            assertThat(entries.stream().map(AuditEntry::action).distinct())
                    .containsExactlyInAnyOrder("create", "change", "delete");
            assertThat(field(entries, "weight")).contains("7");
            assertThat(field(entries, "password")).isPresent();
            assertThat(entries.toString()).doesNotContain("secret");
        }
    }

    private static Optional<String> field(List<AuditEntry> entries, String name) {
        return entries.stream()
                .filter(entry -> entry.action().equals("change")
                        && entry.field().filter(name::equals).isPresent())
                .findFirst()
                .flatMap(AuditEntry::newValue);
    }

    private static void by(ListsOnDatabase posthorn, Runnable change) {
        try (Acting.Bound bound = Acting.as(ANN)) {
            posthorn.run(change);
        }
    }
}
