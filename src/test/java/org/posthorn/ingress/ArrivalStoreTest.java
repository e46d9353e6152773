package org.posthorn.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.posthorn.ingress.AnArrival.anArrival;
import static org.posthorn.ingress.AnArrival.to;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.posthorn.ingress.Route.Purpose;
import org.posthorn.list.ListsOnDatabase;
import org.posthorn.platform.AfterCommit;
import org.posthorn.platform.Ids;
import org.posthorn.platform.Sql;
import org.posthorn.platform.settings.SettingSource;
import org.posthorn.platform.settings.Settings;
import org.posthorn.queue.DatabaseSwitchboard;
import org.posthorn.queue.DatabaseTrace;
import org.posthorn.queue.MessageSource;
import org.posthorn.queue.MessageStore;
import org.posthorn.queue.Posting;
import org.posthorn.queue.Postings;
import org.posthorn.queue.QueueEntries;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.QueueSignals;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class ArrivalStoreTest {

    private static final Clock CLOCK = Clock.fixed(AnArrival.NOW, ZoneOffset.UTC);

    /** A store that commits each group, over a database with two lists. */
    private static final class Fixture implements GroupCommit.Store {

        private final TestDatabase database;
        private final Sql sql;
        private final MessageStore messages;
        private final ArrivalStore store;
        private final long first;
        private final long second;
        private Predicate<QueueName> hasStage = queue -> true;
        private Runnable afterLook = () -> {};

        Fixture(TestDatabase database) {
            this.database = database;
            this.sql = database.sql();
            Ids ids = database.ids();
            this.messages = new MessageStore(sql, ids, CLOCK);
            this.store = new ArrivalStore(
                    new Arrivals(sql, Duration.ofDays(7)) {
                        @Override
                        Map<ByteBuffer, Long> known(Collection<ByteBuffer> keys, Instant now) {
                            Map<ByteBuffer, Long> known = super.known(keys, now);
                            afterLook.run();
                            return known;
                        }
                    },
                    messages,
                    new Postings(sql, ids),
                    new DatabaseSwitchboard(sql, ids, messages, new QueueSignals(), new AfterCommit()),
                    new DatabaseTrace(sql, ids, CLOCK, Settings.read(SettingSource.ofProcess())),
                    queue -> hasStage.test(queue));
            try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
                first = lists.aList("first@example.org").getId();
                second = lists.aList("second@example.org").getId();
            }
        }

        void store(AnArrival... arrivals) {
            store(List.of(arrivals).stream().map(AnArrival::build).toList());
        }

        @Override
        public void store(List<Arrival> group) {
            database.inTransaction(() -> store.store(group));
        }

        List<QueueEntry> entries(QueueName queue) {
            return new QueueEntries(sql).page(queue, 0, 1000);
        }

        int count(String table) {
            return sql.first("select count(*) from " + table, row -> row.getInt(1))
                    .orElseThrow();
        }

        List<String> events() {
            return sql.list("select event from trace_event order by id", row -> row.getString(1));
        }

        byte[] octets(long messageId) {
            try (InputStream in = messages.open(messageId)) {
                return in.readAllBytes();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @BothDatabases
    void arrivalShouldBeStoredWithPostingEntryAndTrace(TestDatabase database) {
        Fixture fixture = new Fixture(database);
        AnArrival arrival = anArrival().routes(to(fixture.first, Purpose.POST));
        fixture.store(arrival);

        QueueEntry entry = fixture.entries(QueueName.IN).get(0);
        assertThat(entry.listId()).isEqualTo(fixture.first);
        assertThat(entry.received()).isEqualTo(AnArrival.NOW);
        assertThat(entry.attributes())
                .isEqualTo(Map.of(
                        "kind",
                        "post",
                        "sender",
                        "ann@example.com",
                        "recipient",
                        "list" + fixture.first + "@example.org"));
        assertThat(fixture.octets(entry.messageId())).isEqualTo(arrival.octets());
        Posting posting =
                new Postings(fixture.sql, null).find(entry.postingId()).orElseThrow();
        assertThat(posting.messageId()).isEqualTo("<1@example.com>");
        assertThat(posting.subject()).isEqualTo("Gr\u00fc\u00dfe");
        assertThat(posting.outcome()).isNull();
        assertThat(fixture.events()).containsExactly("received");
    }

    @BothDatabases
    void eachPurposeShouldHaveItsQueueAndAttributes(TestDatabase database) {
        Fixture fixture = new Fixture(database);
        fixture.store(anArrival()
                .routes(
                        to(fixture.first, Purpose.OWNER),
                        to(fixture.first, Purpose.BOUNCES, "bob=example.com"),
                        to(fixture.first, Purpose.CONFIRM, "abc"),
                        to(fixture.first, Purpose.LEAVE)));

        assertThat(fixture.entries(QueueName.IN))
                .extracting(entry -> entry.attributes().get("kind"))
                .containsExactly("owner");
        assertThat(fixture.entries(QueueName.BOUNCE))
                .extracting(entry -> entry.attributes().get("subaddress"))
                .containsExactly("bob=example.com");
        assertThat(fixture.entries(QueueName.COMMAND))
                .extracting(
                        entry -> entry.attributes().get("command"),
                        entry -> entry.attributes().get("subaddress"))
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("confirm", "abc"),
                        org.assertj.core.groups.Tuple.tuple("leave", null));
        assertThat(fixture.count("message")).as("stored once").isEqualTo(1);
    }

    @BothDatabases
    void mailForAQueueWithoutStageShouldBeDoneAndSaySo(TestDatabase database) {
        Fixture fixture = new Fixture(database);
        fixture.hasStage = queue -> queue == QueueName.IN;
        fixture.store(anArrival().routes(to(fixture.first, Purpose.BOUNCES)));

        assertThat(fixture.count("queue_entry")).isZero();
        assertThat(fixture.count("message")).isZero();
        assertThat(fixture.events()).containsExactly("received", "ignored");
        assertThat(fixture.sql.first("select outcome from posting", row -> row.getString(1)))
                .contains("DONE");
    }

    @BothDatabases
    void bounceToTheSiteShouldBeRecordedWithoutAListAndNotSentOn(TestDatabase database) {
        Fixture fixture = new Fixture(database);
        fixture.hasStage = queue -> queue == QueueName.IN;
        Route site = new Route(null, "site", "site-bounces@example.org", Purpose.SITE_BOUNCES, "");
        fixture.store(anArrival().routes(site), anArrival().routes(site));

        assertThat(fixture.count("queue_entry")).isZero();
        assertThat(fixture.events()).containsExactly("received", "ignored", "received", "ignored");
        assertThat(fixture.sql.list(
                        "select recipient from posting where list_id is null and outcome = 'DONE'",
                        row -> row.getString(1)))
                .containsExactly("site-bounces@example.org", "site-bounces@example.org");
    }

    @BothDatabases
    void secondArrivalShouldGoOutOnceAndLeaveATraceOnTheFirst(TestDatabase database) {
        Fixture fixture = new Fixture(database);
        Route route = to(fixture.first, Purpose.POST);
        fixture.store(anArrival().routes(route));
        fixture.store(anArrival()
                .routes(route)
                .trace("Received: by another path\r\n\tfolded\r\nDelivered-To: x\r\n")
                .at(AnArrival.NOW.plus(Duration.ofDays(6))));

        assertThat(fixture.entries(QueueName.IN)).hasSize(1);
        assertThat(fixture.count("posting")).isEqualTo(1);
        assertThat(fixture.events()).containsExactly("received", "duplicate");
    }

    @BothDatabases
    void secondArrivalInTheSameGroupOrUnderAnAliasShouldGoOutOnce(TestDatabase database) {
        Fixture fixture = new Fixture(database);
        Route route = to(fixture.first, Purpose.POST);
        Route alias = new Route(fixture.first, "list", "alias@example.org", Purpose.POST, "");
        fixture.store(
                anArrival().routes(route, alias, route),
                anArrival().routes(alias),
                anArrival().messageId("").routes(route, alias));

        assertThat(fixture.entries(QueueName.IN)).hasSize(2);
        assertThat(fixture.events()).containsExactlyInAnyOrder("received", "received", "duplicate");
    }

    @BothDatabases
    void whatDiffersShouldNotBeADuplicate(TestDatabase database) {
        Fixture fixture = new Fixture(database);
        Route route = to(fixture.first, Purpose.POST);
        fixture.store(anArrival().routes(route));
        fixture.store(anArrival().routes(route).body("another body"));
        fixture.store(anArrival().routes(route).messageId("<2@example.com>"));
        fixture.store(anArrival().routes(route).trace("X-Other: field\r\n"));
        fixture.store(anArrival().routes(to(fixture.second, Purpose.POST)));
        fixture.store(anArrival().routes(to(fixture.first, Purpose.BOUNCES, "a=b.example")));
        fixture.store(anArrival().routes(to(fixture.first, Purpose.BOUNCES, "c=b.example")));
        fixture.store(anArrival().routes(route).messageId(""));
        fixture.store(anArrival().routes(route).messageId(""));

        assertThat(fixture.count("queue_entry")).isEqualTo(9);
        assertThat(fixture.events()).containsOnly("received");
    }

    @BothDatabases
    void arrivalsShouldBeForgottenAfterSevenDays(TestDatabase database) {
        Fixture fixture = new Fixture(database);
        Route route = to(fixture.first, Purpose.POST);
        fixture.store(anArrival().routes(route));
        fixture.store(anArrival()
                .routes(route)
                .at(AnArrival.NOW.plus(Duration.ofDays(7)).plusSeconds(1)));

        assertThat(fixture.entries(QueueName.IN)).hasSize(2);
        assertThat(fixture.count("arrival")).isEqualTo(1);
        Arrivals arrivals = new Arrivals(fixture.sql, Duration.ofDays(7));
        assertThat(arrivals.forget(AnArrival.NOW.plus(Duration.ofDays(15)), 0)).isZero();
        assertThat(arrivals.forget(AnArrival.NOW.plus(Duration.ofDays(15)), 10)).isEqualTo(1);
        assertThat(fixture.count("arrival")).isZero();
    }

    @BothDatabases
    void manyArrivalsAtOnceShouldEachBeStored(TestDatabase database) {
        Fixture fixture = new Fixture(database);
        List<AnArrival> group = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            group.add(anArrival()
                    .messageId("<" + i + "@example.com>")
                    .routes(to(fixture.first, Purpose.POST), to(fixture.second, Purpose.POST)));
        }
        fixture.store(group.toArray(AnArrival[]::new));
        fixture.store(group.toArray(AnArrival[]::new));

        assertThat(fixture.count("queue_entry")).isEqualTo(128);
        assertThat(fixture.count("message")).isEqualTo(64);
    }

    @BothDatabases
    void hostileTextShouldBeStoredWithoutHarm(TestDatabase database) {
        Fixture fixture = new Fixture(database);
        fixture.store(anArrival()
                .messageId("<'; drop table posting; --\ud83d\ude00" + "x".repeat(900) + "\u00e9@y>")
                .routes(to(fixture.first, Purpose.POST)));

        assertThat(fixture.count("posting")).isEqualTo(1);
    }

    /** Two nodes take the same message at the same moment: the unique key lets one win, and the other sees it then. */
    @BothDatabases
    void raceBetweenNodesShouldEndInOneEntryAndTwoPositiveReplies(TestDatabase database) {
        Fixture fixture = new Fixture(database);
        Arrival arrival = anArrival().routes(to(fixture.first, Purpose.POST)).build();
        fixture.afterLook = () -> {
            fixture.afterLook = () -> {};
            inAnotherThread(() -> fixture.store(List.of(arrival)));
        };
        GroupCommit commit = new GroupCommit(fixture, () -> {}, Thread::new, Duration.ofSeconds(60));
        assertThat(commit.commit(arrival).isPositive()).isTrue();
        commit.stop(Duration.ofSeconds(60));

        assertThat(fixture.entries(QueueName.IN)).hasSize(1);
        assertThat(fixture.events()).containsExactly("received", "duplicate");
    }

    @BothDatabases
    void groupThatFailsShouldLeaveNothing(TestDatabase database) {
        Fixture fixture = new Fixture(database);
        Arrival good = anArrival().routes(to(fixture.first, Purpose.POST)).build();
        MessageSource broken = new MessageSource() {
            @Override
            public long sizeBytes() {
                return 1;
            }

            @Override
            public byte[] sha256() {
                return good.message().sha256();
            }

            @Override
            public InputStream open() throws IOException {
                throw new IOException("no such file");
            }
        };
        Arrival bad = new Arrival(
                "",
                false,
                "x",
                good.routes(),
                broken,
                anArrival().messageId("<2@x>").build().facts(),
                AnArrival.NOW);
        assertThatThrownBy(() -> fixture.store(List.of(good, bad))).isInstanceOf(RuntimeException.class);
        assertThat(fixture.count("posting")).isZero();

        GroupCommit commit = new GroupCommit(fixture, () -> {}, Thread::new, Duration.ofSeconds(60));
        assertThat(commit.commit(bad)).isEqualTo(Reply.NO_ROOM);
        assertThat(commit.commit(good).isPositive()).isTrue();
        commit.stop(Duration.ofSeconds(60));
        assertThat(fixture.count("posting")).isEqualTo(1);
    }

    private static void inAnotherThread(Runnable work) {
        Thread thread = new Thread(work);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
