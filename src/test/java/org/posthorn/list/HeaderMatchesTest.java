package org.posthorn.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.list.HeaderMatches.Content;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class HeaderMatchesTest {

    private static Content spam(String pattern) {
        return new Content("X-Spam-Flag", pattern, Action.DISCARD, null);
    }

    private static HeaderMatch add(ListsOnDatabase posthorn, MailingList list, Content content) {
        return posthorn.inTransaction(() -> posthorn.headerMatches.add(list.getId(), content));
    }

    private static List<String> patterns(ListsOnDatabase posthorn, MailingList list) {
        return posthorn.inTransaction(() -> posthorn.headerMatches.of(list.getId())).stream()
                .map(HeaderMatch::getPattern)
                .toList();
    }

    @BothDatabases
    void addedOnesShouldStandInOrderWithAllTheySay(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            add(posthorn, list, new Content("X-Spam-Flag", "^yes$", Action.DISCARD, "spam"));
            add(posthorn, list, new Content("Subject", "lottery", null, ""));
            List<HeaderMatch> all = posthorn.headerMatches.of(list.getId());
            assertThat(all).extracting(HeaderMatch::getHeader).containsExactly("x-spam-flag", "subject");
            assertThat(all).extracting(HeaderMatch::getPattern).containsExactly("^yes$", "lottery");
            assertThat(all).extracting(HeaderMatch::getAction).containsExactly(Action.DISCARD, null);
            assertThat(all).extracting(HeaderMatch::getTag).containsExactly("spam", null);
        }
    }

    @BothDatabases
    void onesThatArePickedShouldBeRemovedOrPutFirstWhereverTheyStandNow(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            add(posthorn, list, spam("a"));
            HeaderMatch b = add(posthorn, list, spam("b"));
            add(posthorn, list, spam("c"));
            HeaderMatch d = add(posthorn, list, spam("d"));

            posthorn.run(() -> posthorn.headerMatches.putFirst(list.getId(), List.of(d.getId(), b.getId(), 999_999L)));
            assertThat(patterns(posthorn, list)).containsExactly("b", "d", "a", "c");

            assertThat(posthorn.inTransaction(() -> posthorn.headerMatches.remove(list.getId(), d.getId())))
                    .isTrue();
            assertThat(posthorn.inTransaction(() -> posthorn.headerMatches.remove(list.getId(), d.getId())))
                    .as("once more")
                    .isFalse();
            assertThat(patterns(posthorn, list)).containsExactly("b", "a", "c");
            assertThat(posthorn.headerMatches.at(list.getId(), 1).orElseThrow().getPattern())
                    .isEqualTo("a");
        }
    }

    @BothDatabases
    void aDeletionShouldMoveUpThoseAfterIt(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            List.of("a", "b", "c").forEach(pattern -> add(posthorn, list, spam(pattern)));
            posthorn.run(() -> posthorn.headerMatches.delete(list.getId(), 0));
            assertThat(patterns(posthorn, list)).containsExactly("b", "c");
            assertThat(posthorn.headerMatches.at(list.getId(), 1).orElseThrow().getPattern())
                    .isEqualTo("c");
            assertThat(posthorn.headerMatches.at(list.getId(), 2)).isEmpty();
            assertThat(posthorn.headerMatches.at(list.getId(), -1)).isEmpty();
            add(posthorn, list, spam("d"));
            assertThat(patterns(posthorn, list)).containsExactly("b", "c", "d");
        }
    }

    @BothDatabases
    void moveShouldPutOneElsewhereAndKeepTheOthersOrder(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            List.of("a", "b", "c", "d").forEach(pattern -> add(posthorn, list, spam(pattern)));
            posthorn.run(() -> posthorn.headerMatches.move(list.getId(), 3, 1));
            assertThat(patterns(posthorn, list)).containsExactly("a", "d", "b", "c");
            posthorn.run(() -> posthorn.headerMatches.move(list.getId(), 0, 99));
            assertThat(patterns(posthorn, list)).containsExactly("d", "b", "c", "a");
            assertThatThrownBy(() -> posthorn.run(() -> posthorn.headerMatches.move(list.getId(), 0, -1)))
                    .isInstanceOf(InvalidValueException.class);
            assertThatThrownBy(() -> posthorn.run(() -> posthorn.headerMatches.move(list.getId(), 4, 0)))
                    .isInstanceOf(UnknownException.class);
        }
    }

    @BothDatabases
    void changeShouldReplaceWhatOneSaysAndWhereItStands(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            List.of("a", "b").forEach(pattern -> add(posthorn, list, spam(pattern)));
            posthorn.run(() -> posthorn.headerMatches.change(
                    list.getId(), 1, new Content("To", "x", Action.ACCEPT, "friends"), 0));
            HeaderMatch first = posthorn.headerMatches.of(list.getId()).get(0);
            assertThat(first.getHeader()).isEqualTo("to");
            assertThat(first.getAction()).isEqualTo(Action.ACCEPT);
            assertThat(first.getTag()).isEqualTo("friends");
            assertThat(patterns(posthorn, list)).containsExactly("x", "a");
        }
    }

    @BothDatabases
    void theSameHeaderAndPatternTwiceShouldBeRefused(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            add(posthorn, list, spam("a"));
            add(posthorn, list, spam("b"));
            assertThatThrownBy(() -> add(posthorn, list, new Content("x-spam-flag", "a", null, null)))
                    .isInstanceOf(DuplicateException.class);
            assertThatThrownBy(() -> posthorn.run(() -> posthorn.headerMatches.change(list.getId(), 1, spam("a"), 1)))
                    .isInstanceOf(DuplicateException.class);
            assertThat(patterns(posthorn, list)).containsExactly("a", "b");
        }
    }

    @BothDatabases
    void findShouldTakeHeaderTagAndActionTogether(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            add(posthorn, list, new Content("Subject", "a", Action.HOLD, "one"));
            add(posthorn, list, new Content("Subject", "b", Action.DISCARD, "one"));
            add(posthorn, list, new Content("To", "c", null, "two"));
            long id = list.getId();
            assertThat(posthorn.headerMatches.find(id, "SUBJECT", null, null)).hasSize(2);
            assertThat(posthorn.headerMatches.find(id, null, "two", null)).hasSize(1);
            assertThat(posthorn.headerMatches.find(id, "subject", "one", Action.DISCARD))
                    .extracting(HeaderMatch::getPattern)
                    .containsExactly("b");
            assertThat(posthorn.headerMatches.find(id, null, null, null)).hasSize(3);
            assertThat(posthorn.headerMatches.find(id, "cc", null, null)).isEmpty();
        }
    }

    @BothDatabases
    void clearAndTheListsEndShouldLeaveNone(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            MailingList other = posthorn.aList("other@example.org");
            add(posthorn, list, spam("a"));
            add(posthorn, other, spam("a"));
            posthorn.run(() -> posthorn.headerMatches.clear(list.getId()));
            assertThat(patterns(posthorn, list)).isEmpty();
            assertThat(patterns(posthorn, other)).containsExactly("a");
            posthorn.run(() -> posthorn.listOperations.delete(other.getId()));
            assertThat(database.sql().list("select id from header_match", row -> row.getLong(1)))
                    .isEmpty();
        }
    }

    @BothDatabases
    void noAdditionShouldBeLostWhenManyAddAtOnce(TestDatabase database) throws Exception {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            ExecutorService threads = Executors.newFixedThreadPool(3);
            try {
                List<Future<?>> added = IntStream.range(0, 3)
                        .<Future<?>>mapToObj(thread -> threads.submit(() -> {
                            try (ListsOnDatabase own = new ListsOnDatabase(database)) {
                                IntStream.range(0, 4).forEach(i -> add(own, list, spam(thread + "-" + i)));
                            }
                        }))
                        .toList();
                for (Future<?> each : added) {
                    each.get(60, TimeUnit.SECONDS);
                }
            } finally {
                threads.shutdownNow();
            }
            assertThat(patterns(posthorn, list)).hasSize(12).doesNotHaveDuplicates();
            assertThat(database.sql()
                            .list(
                                    "select place from header_match where list_id = ? order by place",
                                    row -> row.getInt(1),
                                    list.getId()))
                    .isEqualTo(IntStream.range(0, 12).boxed().toList());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''          | x     | HOLD",
                "'Sub ject'  | x     | HOLD",
                "'Subject:'  | x     | HOLD",
                "Größe       | x     | HOLD",
                "Subject     | ''    | HOLD",
                "Subject     | '((('| HOLD",
                "Subject     | 'a(?=b)' | HOLD",
                "Subject     | x     | DEFER",
            })
    void whatCannotBeShouldBeRefused(String header, String pattern, Action action) {
        assertThatThrownBy(() -> new HeaderMatch(null, 0, new Content(header, pattern, action, null)))
                .isInstanceOf(InvalidValueException.class);
    }
}
