package org.posthorn.ingress.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import org.posthorn.platform.DatabaseException;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.QueueOnDatabase;
import org.posthorn.queue.WaitingEntries;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class QueueWatchTest {

    private static final long LIMIT = 10;

    private long nanos;
    private long cost;
    private int counted;
    private boolean away;

    private QueueWatch watch(Room room, TestDatabase database) {
        WaitingEntries waiting = new WaitingEntries(database.sql(), database.dialect()) {
            @Override
            public long count(long most) {
                if (away) {
                    throw new DatabaseException(new SQLException("away", "08006"));
                }
                nanos += cost;
                counted++;
                return super.count(most);
            }
        };
        return new QueueWatch(room, waiting, database.sql(), LIMIT, () -> nanos);
    }

    private static void add(QueueOnDatabase queues, QueueName queue, int entries) {
        for (int i = 0; i < entries; i++) {
            queues.switchboard.enqueue(QueueOnDatabase.anEntry(queue));
        }
    }

    private static void remove(TestDatabase database, int entries) {
        database.sql()
                .update(
                        "delete from queue_entry where id in (select id from queue_entry where queue = 'OUT' order by id fetch first "
                                + entries + " rows only)");
    }

    @BothDatabases
    void queuesShouldCloseAboveTheLimitAndOpenWhenTheyHaveDrained(TestDatabase database) {
        QueueOnDatabase queues = new QueueOnDatabase(database);
        Room room = new Room();
        QueueWatch watch = watch(room, database);
        add(queues, QueueName.OUT, 8);
        add(queues, QueueName.IN, 1);
        add(queues, QueueName.BACKOFF, 1);

        watch.look();
        assertThat(room.shortage()).isEmpty();
        add(queues, QueueName.VIRGIN, 1);
        watch.look();
        assertThat(room.shortage()).contains(Shortage.QUEUE);
        remove(database, 2);
        watch.look();
        assertThat(room.shortage()).contains(Shortage.QUEUE);
        remove(database, 1);
        watch.look();
        assertThat(room.shortage()).isEmpty();
    }

    @BothDatabases
    void everyNodeShouldSayTheSameBetweenTheLimits(TestDatabase database) {
        QueueOnDatabase queues = new QueueOnDatabase(database);
        Room one = new Room();
        Room other = new Room();
        add(queues, QueueName.OUT, 11);
        watch(one, database).look();
        remove(database, 1);

        watch(other, database).look();
        assertThat(other.shortage()).contains(Shortage.QUEUE);
        remove(database, 2);
        watch(other, database).look();
        add(queues, QueueName.OUT, 2);
        watch(one, database).look();

        assertThat(one.shortage()).isEmpty();
        assertThat(other.shortage()).isEmpty();
    }

    @BothDatabases
    void whatWaitsForSomebodyToDecideShouldNotCount(TestDatabase database) {
        QueueOnDatabase queues = new QueueOnDatabase(database);
        add(queues, QueueName.SHUNT, 8);
        add(queues, QueueName.BAD, 8);
        add(queues, QueueName.OUT, 3);

        assertThat(new WaitingEntries(database.sql(), database.dialect()).count(100))
                .isEqualTo(3);
    }

    @BothDatabases
    void dearCountShouldBeFollowedByARest(TestDatabase database) {
        QueueWatch watch = watch(new Room(), database);
        cost = Duration.ofMillis(100).toNanos();

        watch.look();
        nanos += Duration.ofMillis(4900).toNanos();
        watch.look();
        assertThat(counted).isEqualTo(1);
        nanos += Duration.ofMillis(100).toNanos();
        watch.look();
        assertThat(counted).isEqualTo(2);

        cost = Duration.ofMinutes(5).toNanos();
        nanos += Duration.ofSeconds(5).toNanos();
        watch.look();
        nanos += Duration.ofSeconds(30).toNanos();
        watch.look();
        assertThat(counted).isEqualTo(4);
    }

    @BothDatabases
    void databaseThatIsAwayShouldLeaveTheStateAsItWas(TestDatabase database) {
        QueueOnDatabase queues = new QueueOnDatabase(database);
        add(queues, QueueName.OUT, 11);
        Room room = new Room();
        watch(room, database).look();

        away = true;
        watch(room, database).look();

        assertThat(room.shortage()).contains(Shortage.QUEUE);
        assertThat(room.isMeasured(Shortage.QUEUE)).isFalse();
        away = false;
        watch(room, database).look();
        assertThat(room.isMeasured(Shortage.QUEUE)).isTrue();
    }
}
