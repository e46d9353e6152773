package org.posthorn.queue.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.lease.HashSlice;

class MarksTest {

    private final Marks marks = new Marks();

    private static List<String> drained(Marks marks) {
        List<String> taken = new ArrayList<>();
        marks.drain((queue, hash) -> taken.add(queue.label() + " " + hash));
        return taken;
    }

    @Test
    void markShouldBeHandedOverOnce() {
        marks.set(QueueName.OUT, 0);
        marks.set(QueueName.NEWS, Long.MAX_VALUE);

        assertThat(drained(marks)).containsExactly("out 0", "news " + Long.MAX_VALUE);
        assertThat(drained(marks)).isEmpty();
    }

    @Test
    void manyEntriesShouldBecomeOneMarkForEachPartOfEachQueue() {
        for (int i = 0; i < 100_000; i++) {
            marks.set(QueueName.IN, ThreadLocalRandom.current().nextLong() >>> 1);
        }

        assertThat(drained(marks)).hasSize(64);
    }

    @Test
    void eachOfSixtyFourSlicesShouldKeepItsMark() {
        for (int slice = 0; slice < 64; slice++) {
            marks.set(QueueName.OUT, new HashSlice(slice, 64).from());
            marks.set(QueueName.OUT, new HashSlice(slice, 64).to());
        }
        List<Integer> slices = new ArrayList<>();

        marks.drain((queue, hash) -> slices.add(HashSlice.of(hash, 64).slice()));

        assertThat(slices).hasSize(64).doesNotHaveDuplicates();
    }

    @Test
    void textShouldCarryTheMarks() {
        marks.set(QueueName.IN, 17);
        marks.set(QueueName.OUT, Long.MAX_VALUE);
        Marks elsewhere = new Marks();

        assertThat(elsewhere.setFromText(marks.drainToText())).isTrue();

        assertThat(drained(elsewhere)).containsExactly("in 17", "out " + Long.MAX_VALUE);
        assertThat(marks.drainToText()).isEmpty();
    }

    @Test
    void fullestTextShouldBeReadable() {
        for (QueueName queue : QueueName.values()) {
            for (int slice = 0; slice < 64; slice++) {
                marks.set(queue, new HashSlice(slice, 64).to());
            }
        }
        Marks elsewhere = new Marks();

        assertThat(elsewhere.setFromText(marks.drainToText())).isTrue();

        assertThat(drained(elsewhere)).hasSize(QueueName.values().length * 64);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                ":",
                "out",
                "out:",
                "out:-1",
                "out:9223372036854775808",
                "out:1e3",
                "OUT:1",
                "none:1",
                "out:1:2",
                "out: 1",
                "\u0000",
                "org.posthorn.queue.QueueName"
            })
    void textThatIsNoMarkShouldSetNothing(String text) {
        assertThat(marks.setFromText(text)).isFalse();
        assertThat(drained(marks)).isEmpty();
    }

    @Test
    void queueOfANewerReleaseShouldLeaveTheOthersReadable() {
        assertThat(marks.setFromText("later:1,out:2")).isFalse();

        assertThat(drained(marks)).containsExactly("out 2");
    }

    @Test
    void endlessTextShouldBeRefusedUnread() {
        assertThat(marks.setFromText("out:1,".repeat(1_000_000))).isFalse();
        assertThat(drained(marks)).isEmpty();
    }
}
