package org.posthorn.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private static final String REVERSE_PATH = "list1-bounces@lists.chaos.example";

    private final MailingList list = new MailingList(1, 3, false);
    private final MailingList other = new MailingList(2, 3, false);
    private final Ledger ledger = new Ledger("test");

    private void taken(Post post, String... recipients) {
        for (String recipient : recipients) {
            taken(post, recipient, System.currentTimeMillis());
        }
    }

    private void taken(Post post, String recipient, long atMillis) {
        ledger.taken(copy(REVERSE_PATH, recipient, post.messageId(), atMillis, post.bodyCrc(0)));
    }

    private static Copy copy(String reversePath, String recipient, String messageId, long atMillis, int bodyCrc) {
        return new Copy("s1", "n1", "s1-1.7", atMillis, reversePath, recipient, messageId, bodyCrc);
    }

    private static Copy copy(String reversePath, String recipient, String messageId) {
        return copy(reversePath, recipient, messageId, System.currentTimeMillis(), 0);
    }

    private Post accepted() {
        Post post = ledger.offer(list, 3);
        ledger.accepted(post);
        return post;
    }

    @Test
    void postThatReachedAllShouldLeaveNothingUnderWay() {
        Post post = accepted();
        assertThat(ledger.underWay()).isEqualTo(3);

        list.addresses().forEach(address -> taken(post, address));

        assertThat(ledger.underWay()).isZero();
        assertThat(ledger.tally().deliveries()).isEqualTo(3);
        assertThat(ledger.tally().missing()).isZero();
        assertThat(ledger.tally().repeats()).isZero();
        assertThat(ledger.named()).isEmpty();
    }

    @Test
    void memberWithoutACopyShouldBeMissedAndNamed() {
        Post post = accepted();
        taken(post, list.memberAddress(0), list.memberAddress(2));

        assertThat(ledger.tally().missing()).isEqualTo(1);
        assertThat(ledger.tally().incomplete()).isEqualTo(1);
        assertThat(ledger.named().get(post.messageId())).contains(list.memberAddress(1));
    }

    @Test
    void secondCopyShouldBeARepeatBeforeAndAfterThePostReachedAll() {
        Post post = accepted();
        long before = System.currentTimeMillis() - 60_000;
        taken(post, list.memberAddress(0), before);
        taken(post, list.memberAddress(0), before + 1);
        taken(post, list.memberAddress(1), list.memberAddress(2));
        ledger.begins(new Event(Duration.ZERO, Kind.NODE_KILLED, 0, Duration.ZERO));
        taken(post, list.memberAddress(1));

        assertThat(ledger.tally().repeats()).isEqualTo(2);
        assertThat(ledger.tally().unexplained()).isEqualTo(1);
        assertThat(ledger.tally().repeatsAfter()).containsOnly(Map.entry("node killed", 1L));
        assertThat(ledger.named().get(post.messageId())).contains(list.memberAddress(0), "s1-1.7");
        assertThat(ledger.tally().missing()).isZero();
    }

    /** The record of the sink that was killed is read after the other one's, to which the rest went at once. */
    @Test
    void copyThatIsReadLateShouldBeTakenForTheEarlierOne() {
        Post post = accepted();
        long now = System.currentTimeMillis();
        ledger.begins(new Event(Duration.ZERO, Kind.SMARTHOST_KILLED, 1, Duration.ZERO));
        String member = list.memberAddress(0);
        taken(post, member, now + 100);
        ledger.taken(new Copy("s2", "n1", "s2-1.4", now + 20, REVERSE_PATH, member, post.messageId(), post.bodyCrc(0)));

        assertThat(ledger.tally().repeatsAfter()).containsOnly(Map.entry("smarthost killed", 1L));
        assertThat(ledger.tally().unexplained()).isZero();
    }

    @Test
    void copyThatComesBeforeThe250ShouldCountForIt() {
        Post post = ledger.offer(list, 3);
        list.addresses().subList(0, 2).forEach(address -> taken(post, address));
        ledger.accepted(post);

        assertThat(ledger.underWay()).isEqualTo(1);
        assertThat(ledger.tally().missing()).isEqualTo(1);
    }

    @Test
    void postThatWasNeverAnsweredMayArriveOnceOrNotAtAll() {
        Post post = ledger.offer(list, 3);
        taken(post, list.memberAddress(0));
        assertThat(ledger.tally().missing()).isZero();
        assertThat(ledger.tally().foreign()).isZero();
        assertThat(ledger.tally().unanswered()).isEqualTo(1);

        taken(post, list.memberAddress(0));
        assertThat(ledger.tally().repeats()).isEqualTo(1);
    }

    @Test
    void copyToSomebodyElseShouldBeForeign() {
        Post post = accepted();
        String notOnIt = other.memberAddress(2);
        assertThat(list.memberAt(notOnIt)).isNegative();

        taken(post, notOnIt, "m2@elsewhere.example", "mx@d1.chaos.example");
        ledger.taken(copy("list2-bounces@lists.chaos.example", list.memberAddress(0), post.messageId()));

        assertThat(ledger.tally().foreign()).isEqualTo(4);
    }

    @Test
    void copyThatDoesNotSayWhatWasPostedShouldBeGarbled() {
        Post post = accepted();
        ledger.taken(copy(
                REVERSE_PATH,
                list.memberAddress(0),
                post.messageId(),
                0,
                ledger.offer(list, 2).bodyCrc(0)));

        assertThat(ledger.tally().garbled()).isEqualTo(1);
        assertThat(ledger.named().get(post.messageId())).contains(list.memberAddress(0));
    }

    @Test
    void anothersPersonalCopyShouldBeSeen() {
        MailingList personal = new MailingList(4, 3, true);
        Post post = ledger.offer(personal, 3);
        String recipient = personal.memberAddress(1);
        assertThat(personal.reversePath(1))
                .isEqualTo("list4-bounces+" + recipient.replace('@', '=') + "@lists.chaos.example");

        ledger.taken(copy(personal.reversePath(1), recipient, post.messageId(), 0, post.bodyCrc(2)));
        assertThat(ledger.tally().garbled()).isEqualTo(1);
        ledger.taken(copy(personal.reversePath(2), recipient, post.messageId(), 0, post.bodyCrc(1)));
        assertThat(ledger.tally().foreign()).isEqualTo(1);
    }

    @Test
    void copyOfAPostThatNobodyOfferedShouldBeForeign() {
        accepted();
        for (String messageId : List.of("<post7.list1.test@chaos.example>", "<post0.list1.other@chaos.example>", "")) {
            ledger.taken(copy(REVERSE_PATH, list.memberAddress(0), messageId));
        }

        assertThat(ledger.tally().foreign()).isEqualTo(3);
    }
}
