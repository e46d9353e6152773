package org.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.posthorn.delivery.WaitingLine.Claim;

class WaitingLineTest {

    private static final long MILLISECOND = 1_000_000;
    private static final long BIG = 1;
    private static final long SMALL = 2;
    private static final long OTHER = 3;

    private final WaitingLine<String> line = new WaitingLine<>();
    private long now = 5_000 * MILLISECOND;

    private WaitingLine.Waiter<String> join(long list, int recipients, String name) {
        return line.join(new Claim(list, recipients), name, now);
    }

    private String next() {
        WaitingLine.Waiter<String> next = line.next(now);
        return next == null ? null : next.who();
    }

    @Test
    void nobodyIsNextWhereNobodyWaits() {
        assertThat(next()).isNull();
    }

    @Test
    void theListWithFewestConnectionsGoesFirst() {
        line.lent(new Claim(BIG, 500), now);
        line.lent(new Claim(BIG, 500), now);
        line.lent(new Claim(OTHER, 500), now);
        join(BIG, 1, "big");
        join(OTHER, 900, "other");
        join(SMALL, 900, "small");
        assertThat(List.of(next(), next(), next())).containsExactly("small", "other", "big");
        assertThat(line.isEmpty()).isTrue();
    }

    @Test
    void amongEqualsTheOneWithFewerRecipientsGoesFirst() {
        join(BIG, 500, "big");
        join(SMALL, 3, "small");
        assertThat(next()).isEqualTo("small");
    }

    @Test
    void withinAListItIsFirstComeFirstServed() {
        join(BIG, 500, "first");
        join(BIG, 3, "second");
        join(OTHER, 100, "other");
        assertThat(List.of(next(), next(), next())).containsExactly("other", "first", "second");
    }

    @Test
    void whoHasWaitedLongGoesBeforeAll() {
        line.lent(new Claim(BIG, 500), now);
        join(BIG, 500, "big");
        now += 2_000 * MILLISECOND;
        join(SMALL, 3, "small");
        assertThat(next()).isEqualTo("big");
    }

    @Test
    void theWaitGoesOnWhereABorrowerGivesUpAndComesAgain() {
        line.lent(new Claim(BIG, 500), now);
        WaitingLine.Waiter<String> first = join(BIG, 500, "first");
        now += 1_000 * MILLISECOND;
        line.leave(first, now);
        now += 200 * MILLISECOND;
        join(BIG, 500, "again");
        now += 900 * MILLISECOND;
        join(SMALL, 3, "small");
        assertThat(next()).isEqualTo("again");
    }

    @Test
    void whoWasAwayForLongWaitsAnew() {
        line.lent(new Claim(BIG, 500), now);
        line.leave(join(BIG, 500, "first"), now);
        now += 60_000 * MILLISECOND;
        join(BIG, 500, "again");
        join(SMALL, 3, "small");
        assertThat(next()).isEqualTo("small");
    }

    @Test
    void smallPostsWithoutEndDoNotStarveABigOne() {
        line.lent(new Claim(BIG, 500), now);
        join(BIG, 500, "big");
        String served = "";
        int others = 0;
        while (!served.equals("big")) {
            join(1000 + others, 1, "small");
            now += 10 * MILLISECOND;
            served = next();
            line.returned(new Claim(1000 + others, 1), now);
            others++;
        }
        assertThat(others).isBetween(150, 250);
    }

    @Test
    void manyListsShareAlike() {
        Map<String, Integer> served = new HashMap<>();
        List<Long> lent = new ArrayList<>();
        for (long list = 0; list < 4; list++) {
            for (int i = 0; i < 10; i++) {
                join(list, (int) (100 - list), Long.toString(list));
            }
        }
        for (int i = 0; i < 12; i++) {
            String who = next();
            served.merge(who, 1, Integer::sum);
            lent.add(Long.valueOf(who));
        }
        assertThat(served.values()).containsOnly(3);
        assertThat(lent.subList(0, 4)).containsExactly(3L, 2L, 1L, 0L);
    }

    @Test
    void listsThatHaveGoneAreForgotten() {
        for (long list = 0; list < 10_000; list++) {
            Claim claim = new Claim(list, 1);
            line.lent(claim, now);
            line.returned(claim, now);
            now += 100 * MILLISECOND;
        }
        assertThat(line.known()).isLessThan(300);
    }
}
