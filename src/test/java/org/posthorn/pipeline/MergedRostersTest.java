package org.posthorn.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.posthorn.list.Recipient;
import org.posthorn.list.RosterPage;
import org.posthorn.pipeline.MergedRosters.Pages;

class MergedRostersTest {

    /** A list's members, of whom those with an id that the divisor divides get the post. */
    private static Pages roster(AtomicInteger read, long divisor, LongStream members) {
        List<Long> all = members.boxed().toList();
        return (after, count) -> {
            read.incrementAndGet();
            List<Long> page = all.stream().filter(id -> id > after).limit(count).toList();
            return new RosterPage(
                    page.stream()
                            .filter(id -> id % divisor == 0)
                            .map(id -> new Recipient(id, id + "@example.com", id + "@example.com"))
                            .toList(),
                    page.isEmpty() ? after : page.get(page.size() - 1),
                    page.size() < count);
        };
    }

    private static List<Long> ids(List<Recipient> recipients) {
        return recipients.stream().map(Recipient::memberId).toList();
    }

    @Test
    void recipientsOfAllListsShouldComeOnceInOrderWhereverAFanOutBeginsAnew() {
        AtomicInteger read = new AtomicInteger();
        List<Pages> lists = List.of(
                roster(read, 1, LongStream.of(1, 4, 5, 9, 30, 31, 32)),
                roster(read, 2, LongStream.rangeClosed(10, 25)),
                roster(read, 1, LongStream.of(2, 3, 26)),
                roster(read, 1, LongStream.empty()));
        List<Long> wanted = List.of(1L, 2L, 3L, 4L, 5L, 9L, 10L, 12L, 14L, 16L, 18L, 20L, 22L, 24L, 26L, 30L, 31L, 32L);
        for (int limit = 1; limit <= 20; limit++) {
            List<Long> inOne = new ArrayList<>();
            List<Long> anew = new ArrayList<>();
            MergedRosters rosters = new MergedRosters(lists);
            long last = 0;
            List<Recipient> next;
            do {
                next = rosters.after(last, limit);
                inOne.addAll(ids(next));
                anew.addAll(ids(new MergedRosters(lists).after(last, limit)));
                last = next.isEmpty() ? last : next.get(next.size() - 1).memberId();
            } while (next.size() == limit);
            assertThat(inOne).as("limit %s", limit).isEqualTo(wanted);
            assertThat(anew).as("limit %s, begun anew each time", limit).isEqualTo(wanted);
        }
    }

    @Test
    void aListWhoseMembersGetNothingShouldBeReadNoFurtherThanTheOthersHaveCome() {
        AtomicInteger own = new AtomicInteger();
        AtomicInteger sibling = new AtomicInteger();
        MergedRosters rosters = new MergedRosters(List.of(
                roster(own, 1, LongStream.rangeClosed(1, 1_000)),
                roster(sibling, 10_000, LongStream.rangeClosed(2_000, 9_000))));
        List<Recipient> first = rosters.after(0, 10);
        assertThat(first).hasSize(10);
        assertThat(rosters.after(10, 10)).hasSize(10);
        assertThat(own.get()).isEqualTo(2);
        assertThat(sibling.get()).isEqualTo(1);
    }
}
