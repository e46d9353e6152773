package org.posthorn.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.moderation.Posts.aPost;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.posthorn.list.Action;

class SenderStandingTest {

    @Test
    void sendersShouldBeFromThenSenderThenTheReversePathEachOnce() {
        IncomingPost post = aPost().field("Sender", "Secretary <sec@example.com>")
                .field("From", "Ann <Ann@Example.com>, bob@example.com")
                .reversePath("ANN@example.com")
                .build();
        assertThat(post.senders()).containsExactly("ann@example.com", "bob@example.com", "sec@example.com");
    }

    @Test
    void aPostWithoutAnySenderShouldBeAStrangers() {
        IncomingPost post = aPost().reversePath("").build();
        assertThat(post.senders()).isEmpty();
        assertThat(post.standing()).isEqualTo(new Standing("", false, Action.HOLD, Reason.of("nonmember")));
    }

    @Test
    void aMembersReversePathShouldMakeItAMembersPost() {
        Posts post = aPost().from("ann@home.example").reversePath("ann@example.com");
        post.people.member("ann@example.com", null);
        assertThat(post.build().standing())
                .isEqualTo(new Standing(
                        "ann@example.com",
                        true,
                        Action.DEFER,
                        Reason.of("moderated-member"),
                        Optional.of(Instant.EPOCH)));
    }

    @Test
    void aMembersOwnActionShouldCountMoreThanTheDefault() {
        Posts post = aPost().from("ann@example.com");
        post.list.posting().setDefaultMemberAction(Action.HOLD);
        post.people.member("ann@example.com", Action.ACCEPT);
        assertThat(post.build().standing().action()).isEqualTo(Action.ACCEPT);
    }

    @Test
    void aNonmembersOwnActionShouldCountMoreThanTheLists() {
        Posts post = aPost().from("guest@example.org");
        post.list.posting().setDiscardTheseNonmembers(List.of("guest@example.org"));
        post.people.nonmember("guest@example.org", Action.ACCEPT);
        assertThat(post.build().standing().action()).isEqualTo(Action.ACCEPT);
    }

    @Test
    void aKnownNonmemberWithoutAnActionShouldBeLookedUpInTheLists() {
        Posts post = aPost().from("guest@example.org");
        post.people.nonmember("guest@example.org", null);
        post.list.posting().setRejectTheseNonmembers(List.of("Guest@Example.org"));
        assertThat(post.build().standing().action()).isEqualTo(Action.REJECT);
    }

    @Test
    void theFriendliestListShouldDecide() {
        Posts post = aPost().from("guest@example.org");
        post.list.posting().setDiscardTheseNonmembers(List.of("^.*@example[.]org$"));
        assertThat(post.build().standing().action()).isEqualTo(Action.DISCARD);
        post.list.posting().setHoldTheseNonmembers(List.of("^GUEST@"));
        assertThat(post.build().standing().action()).isEqualTo(Action.HOLD);
        post.list.posting().setAcceptTheseNonmembers(List.of("guest@example.org"));
        assertThat(post.build().standing().action()).isEqualTo(Action.ACCEPT);
    }

    @Test
    void anotherListsNameShouldStandForItsMembersAmongTheAcceptedOnly() {
        Posts post = aPost().from("guest@example.org");
        post.people.memberOf("other@lists.example.org", "guest@example.org");
        post.list.posting().setDiscardTheseNonmembers(List.of("@other@lists.example.org"));
        assertThat(post.build().standing().action()).isEqualTo(Action.HOLD);
        post.list.posting().setAcceptTheseNonmembers(List.of("@Other@lists.example.org"));
        assertThat(post.build().standing().action()).isEqualTo(Action.ACCEPT);
    }
}
