package org.posthorn.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.ingress.AnArrival.anArrival;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.posthorn.platform.DatabaseException;

class GroupCommitTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final ExecutorService senders = Executors.newCachedThreadPool();
    private final List<List<Arrival>> groups = Collections.synchronizedList(new ArrayList<>());
    private final List<String> steps = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch firstIsIn = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @AfterEach
    void stopSenders() {
        goOn.countDown();
        senders.shutdownNow();
    }

    private GroupCommit commit(GroupCommit.Store store) {
        return commit(store, LONG);
    }

    private GroupCommit commit(GroupCommit.Store store, Duration patience) {
        return new GroupCommit(
                group -> {
                    groups.add(group);
                    store.store(group);
                    steps.add("commit");
                },
                () -> steps.add("sync"),
                Thread::new,
                patience);
    }

    /** Holds the first group until the others are waiting. */
    private void holdFirst() {
        if (groups.size() == 1) {
            firstIsIn.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** One sender goes ahead; the others gather behind it. @return the replies in order */
    private List<Reply> together(GroupCommit commit, int others) throws Exception {
        List<Future<Reply>> replies = new ArrayList<>();
        replies.add(senders.submit(() -> commit.commit(anArrival().build())));
        firstIsIn.await();
        for (int i = 0; i < others; i++) {
            String id = "<" + i + "@x>";
            replies.add(senders.submit(() -> {
                Arrival arrival = anArrival().messageId(id).build();
                return commit.commit(arrival);
            }));
        }
        while (commit.waiting() < others) {
            Thread.onSpinWait();
        }
        goOn.countDown();
        List<Reply> all = new ArrayList<>();
        for (Future<Reply> reply : replies) {
            all.add(reply.get());
        }
        return all;
    }

    @Test
    void parallelSendersShouldShareATransactionAndASync() throws Exception {
        GroupCommit commit = commit(group -> holdFirst());
        assertThat(together(commit, 30)).allMatch(Reply::isPositive);
        assertThat(groups).extracting(List::size).containsExactly(1, 30);
        assertThat(steps).containsExactly("commit", "sync", "commit", "sync");
    }

    @Test
    void groupShouldBeBounded() throws Exception {
        GroupCommit commit = commit(group -> holdFirst());
        assertThat(together(commit, 100)).allMatch(Reply::isPositive);
        assertThat(groups).extracting(List::size).containsExactly(1, 64, 36);
    }

    @Test
    void groupThatFailsShouldBeTriedOneByOneAndOnlyTheGuiltyOneRefused() throws Exception {
        GroupCommit commit = commit(group -> {
            holdFirst();
            if (group.stream().anyMatch(arrival -> arrival.facts().messageId().equals("<3@x>"))) {
                throw new IllegalStateException("bad member");
            }
        });
        List<Reply> replies = together(commit, 10);
        assertThat(replies.remove(4)).isEqualTo(Reply.TRY_LATER);
        assertThat(replies).allMatch(Reply::isPositive);
        assertThat(steps.get(steps.size() - 1)).isEqualTo("sync");
    }

    @Test
    void outageShouldRefuseTheWholeGroupAfterOneMoreTry() throws Exception {
        GroupCommit commit = commit(group -> {
            holdFirst();
            if (groups.size() > 1) {
                throw new IllegalStateException(new DatabaseException(new SQLException("gone", "08006")));
            }
        });
        List<Reply> replies = together(commit, 10);
        assertThat(replies.subList(1, 11)).containsOnly(Reply.TRY_LATER);
        assertThat(groups).extracting(List::size).containsExactly(1, 10, 1);
    }

    @Test
    void fullDiskShouldBeSaid() {
        GroupCommit commit = commit(group -> {
            throw new DatabaseException(new SQLException("disk full", "53100"));
        });
        assertThat(commit.commit(anArrival().build())).isEqualTo(Reply.NO_ROOM);
    }

    @Test
    void failedSyncShouldNotBeAnsweredWithSuccess() {
        GroupCommit commit = new GroupCommit(
                group -> {},
                () -> {
                    throw new DatabaseException(new SQLException("no", "90028"));
                },
                Thread::new,
                LONG);
        assertThat(commit.commit(anArrival().build())).isEqualTo(Reply.NO_ROOM);
    }

    @Test
    void senderWhoseTurnDoesNotComeShouldBeToldToComeAgainAndNothingBeStoredForIt() throws Exception {
        GroupCommit commit = commit(group -> holdFirst(), Duration.ofMillis(200));
        Future<?> first = senders.submit(() -> {
            // On a busy machine it may itself come too late, and comes again.
            while (firstIsIn.getCount() > 0) {
                commit.commit(anArrival().build());
            }
        });
        firstIsIn.await();
        assertThat(commit.commit(anArrival().messageId("<late@x>").build())).isEqualTo(Reply.TRY_LATER);
        goOn.countDown();
        first.get();
        commit.stop(LONG);
        assertThat(groups).hasSize(1);
    }

    @Test
    void stopShouldFinishWhatWaitsAndTakeNothingMore() throws Exception {
        GroupCommit commit = commit(group -> holdFirst());
        assertThat(together(commit, 5)).allMatch(Reply::isPositive);
        commit.stop(LONG);
        assertThat(commit.commit(anArrival().build()).isPositive()).isFalse();
    }
}
