package org.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;

class EnvelopeTest {

    private static String reversePath(String personalize, String bounces, String recipient) {
        Map<String, String> attributes = Map.of("personalize", personalize, "bounces", bounces);
        QueueEntry entry = new QueueEntry(
                1,
                QueueName.OUT,
                0,
                null,
                null,
                null,
                null,
                attributes,
                Instant.EPOCH,
                0,
                Instant.EPOCH,
                0,
                0,
                0,
                null,
                null);
        return Envelope.of(entry).reversePath(recipient).text();
    }

    @Test
    void everyRecipientOfABulkCopySharesTheBounceAddress() {
        assertThat(reversePath("none", "l-bounces@x.org", "ann@example.com")).isEqualTo("l-bounces@x.org");
    }

    @Test
    void aPersonalCopysBouncesTellTheRecipient() {
        assertThat(reversePath("individual", "l-bounces@x.org", "ann@example.com"))
                .isEqualTo("l-bounces+ann=example.com@x.org");
        assertThat(reversePath("full", "l-bounces@x.org", "ann@example.com"))
                .isEqualTo("l-bounces+ann=example.com@x.org");
    }

    @Test
    void aRecipientTooLongForAPathOfItsOwnHasTheBounceAddress() {
        String longest = "a".repeat(60) + "@example.com";
        assertThat(reversePath("individual", "l-bounces@x.org", longest)).isEqualTo("l-bounces@x.org");
    }

    @Test
    void withoutABounceAddressThePathIsNull() {
        assertThat(reversePath("individual", "", "ann@example.com")).isEmpty();
    }

    @Test
    void anEntryThatSaysNothingGoesInBulkUnderTheNullPath() {
        QueueEntry entry = new QueueEntry(
                1,
                QueueName.OUT,
                0,
                null,
                null,
                null,
                null,
                Map.of(),
                Instant.EPOCH,
                0,
                Instant.EPOCH,
                0,
                0,
                0,
                null,
                null);
        assertThat(Envelope.of(entry).personal()).isFalse();
        assertThat(Envelope.of(entry).reversePath("ann@example.com").text()).isEmpty();
    }
}
