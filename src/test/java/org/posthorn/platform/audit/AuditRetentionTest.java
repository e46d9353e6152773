package org.posthorn.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.SettableClock;
import org.posthorn.testing.TestDatabase;

class AuditRetentionTest {

    private final SettableClock clock = new SettableClock(Instant.parse("2026-06-01T08:00:00Z"));

    private void threeEntries(TestDatabase database) {
        AuditLog log = new AuditLog(database.sql(), database.ids(), clock);
        for (int day = 0; day < 3; day++) {
            log.record("test", AuditSubject.of("day", "day " + day), null);
            clock.forward(Duration.ofDays(1));
        }
    }

    @BothDatabases
    void entriesWhoseTimeIsOverShouldGoTheOldestFirstAPieceAtATime(TestDatabase database) {
        threeEntries(database);
        clock.forward(Duration.ofDays(398).plusSeconds(1));
        AuditRetention retention = new AuditRetention(database.sql(), clock, 400);

        assertThat(retention.remove(1)).isEqualTo(1);
        assertThat(database.audited())
                .extracting(entry -> entry.subject().name())
                .containsExactly("day 2", "day 1");
        assertThat(retention.remove(5)).isEqualTo(1);
        assertThat(retention.remove(5)).isZero();
        assertThat(database.audited())
                .extracting(entry -> entry.subject().name())
                .containsExactly("day 2");
    }

    @BothDatabases
    void withoutATimeEntriesShouldStay(TestDatabase database) {
        threeEntries(database);
        clock.forward(Duration.ofDays(100_000));

        assertThat(new AuditRetention(database.sql(), clock, 0).remove(5)).isZero();
        assertThat(database.audited()).hasSize(3);
    }
}
