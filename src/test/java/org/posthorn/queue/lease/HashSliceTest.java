package org.posthorn.queue.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class HashSliceTest {

    private static final int[] COUNTS = {1, 2, 3, 4, 5, 7, 16, 100, 1000, 1023, 1024};

    @Test
    void slicesFollowEachOtherFromTheFirstHashToTheLast() {
        for (int of : COUNTS) {
            long next = 0;
            for (int slice = 0; slice < of; slice++) {
                HashSlice range = new HashSlice(slice, of);
                assertThat(range.from()).isEqualTo(next);
                assertThat(range.to()).isGreaterThan(range.from());
                next = range.to() + 1;
            }
            assertThat(next).as("past the last hash").isEqualTo(Long.MIN_VALUE);
        }
    }

    @Test
    void slicesAreOfTheSameSizeButForOne() {
        for (int of : COUNTS) {
            long least = new HashSlice(0, of).to();
            for (int slice = 0; slice < of; slice++) {
                HashSlice range = new HashSlice(slice, of);
                assertThat(Math.abs(range.to() - range.from() - least)).isLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void aHashIsFoundInTheSliceThatHasIt() {
        Random random = new Random(1);
        for (int of : COUNTS) {
            for (int slice = 0; slice < of; slice++) {
                HashSlice range = new HashSlice(slice, of);
                assertThat(HashSlice.of(range.from(), of)).isEqualTo(range);
                assertThat(HashSlice.of(range.to(), of)).isEqualTo(range);
            }
            for (int i = 0; i < 1000; i++) {
                long hash = random.nextLong() & Long.MAX_VALUE;
                assertThat(HashSlice.of(hash, of).contains(hash)).isTrue();
            }
        }
    }

    @Test
    void whatIsNoSliceIsRefused() {
        assertThatThrownBy(() -> new HashSlice(4, 4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HashSlice(0, 1025)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HashSlice.of(-1, 4)).isInstanceOf(IllegalArgumentException.class);
    }
}
