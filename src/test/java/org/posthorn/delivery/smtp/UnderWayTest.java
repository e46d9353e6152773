package org.posthorn.delivery.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.posthorn.mail.ReversePath;

/** That a server which answers each command just in time cannot hold a transaction forever. */
class UnderWayTest {

    private static final Duration COMMAND = Duration.ofMinutes(5);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // it may overflow meanwhile

    private record OfSize(long sizeBytes) implements MessageCopy {

        @Override
        public boolean isEightBit() {
            return false;
        }

        @Override
        public Optional<MessageCopy> sevenBit() {
            return Optional.of(this);
        }

        @Override
        public void writeTo(OctetSink sink, boolean dotStuffed) {
            throw new UnsupportedOperationException("nobody is written to");
        }
    }

    private UnderWay underWay(int recipients, int octets) {
        List<String> to = Collections.nCopies(recipients, "ann@example.com");
        return new UnderWay(new Transaction(new ReversePath.NullPath(), to, new OfSize(octets)), nanos::get);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void eachReplyIsWaitedForAsLongAsItMay() {
        assertThat(underWay(1, 10).patience(COMMAND)).isEqualTo(COMMAND);
    }

    @Test
    void allWaitsTogetherHaveAnEnd() {
        UnderWay transaction = underWay(1, 10);
        pass(Duration.ofMinutes(14));
        assertThat(transaction.patience(COMMAND)).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(62));
        pass(Duration.ofMinutes(2));
        assertThat(transaction.patience(COMMAND)).isZero();
    }

    @Test
    void manyRecipientsAndAnotherLargeMessageHaveMoreTime() {
        UnderWay many = underWay(100, 10);
        UnderWay large = underWay(1, 2_000_000);
        pass(Duration.ofMinutes(16));
        assertThat(many.patience(COMMAND)).isBetween(Duration.ofSeconds(39), Duration.ofSeconds(41));
        assertThat(large.patience(COMMAND)).isBetween(Duration.ofSeconds(140), Duration.ofSeconds(142));
    }
}
