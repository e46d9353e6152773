package org.posthorn.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.pipeline.FlowOnDatabase.mail;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.list.DeliveryMode;
import org.posthorn.list.DeliveryStatus;
import org.posthorn.list.MailingList;
import org.posthorn.list.Member;
import org.posthorn.list.Role;
import org.posthorn.list.WhoGets;
import org.posthorn.list.WhoGets.Share;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.pipeline.AudienceTrial.Counted;
import org.posthorn.pipeline.AudienceTrial.Tried;
import org.posthorn.queue.QueueName;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class AudienceTrialTest {

    private static final String MAIL =
            mail("poster@example.com", "Cc: ann@example.com, cats@lists.example.org", "Keywords: star");

    @TempDir
    Path spool;

    /** One member of each kind; poster is a member of the excluded list, so that it counts. */
    private static MailingList aListOfAllKinds(FlowOnDatabase flow) {
        MailingList bees = flow.lists.aList("bees@lists.example.org");
        MailingList cats = flow.lists.aList("cats@lists.example.org");
        aMember(flow, flow.list, "poster", member -> member.preferences().setReceiveOwnPostings(false));
        aMember(flow, flow.list, "ann", member -> member.preferences().setReceiveListCopy(false));
        aMember(flow, flow.list, "away", member -> member.disable(DeliveryStatus.BY_USER));
        aMember(
                flow,
                flow.list,
                "plain",
                member -> member.preferences().setDeliveryMode(DeliveryMode.PLAINTEXT_DIGESTS));
        aMember(
                flow,
                flow.list,
                "summary",
                member -> member.preferences().setDeliveryMode(DeliveryMode.SUMMARY_DIGESTS));
        aMember(flow, flow.list, "digest", member -> member.preferences().setDeliveryMode(DeliveryMode.MIME_DIGESTS));
        aMember(flow, flow.list, "bob", member -> {});
        configure(
                flow,
                Map.of(
                        "topics_enabled", "true",
                        "topics", List.of("stars: star", "moons: moon"),
                        "regular_include_lists", List.of("bees@lists.example.org"),
                        "regular_exclude_lists", List.of("cats@lists.example.org")));
        aMember(flow, flow.list, "star", member -> member.choose(List.of("stars")));
        aMember(flow, flow.list, "moon", member -> member.choose(List.of("moons")));
        aMember(flow, flow.list, "cat", member -> {});
        aMember(flow, cats, "cat", member -> {});
        aMember(flow, cats, "poster", member -> {});
        aMember(flow, bees, "bea", member -> {});
        aMember(flow, bees, "bob", member -> {});
        return flow.lists.inTransaction(
                () -> flow.lists.lists.byId(flow.list.getId()).orElseThrow());
    }

    @BothDatabases
    void whoGetsIsWhomTheFanOutSendsItTo(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            Tried tried = tried(aListOfAllKinds(flow), false);

            Counted counted = flow.inTransaction(() -> trial(flow).count(tried));
            flow.accepted(MAIL);
            flow.runAll(flow.pipeline);

            assertThat(flow.recipients(flow.queued(QueueName.OUT)))
                    .containsExactlyInAnyOrder("bob@example.com", "star@example.com", "bea@example.com");
            assertThat(counted.shares()).containsEntry(Share.GETS, 2L);
            assertThat(counted.included()).isEqualTo(1);
        }
    }

    @BothDatabases
    void eachOtherMemberHasAReason(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            Tried tried = tried(aListOfAllKinds(flow), false);
            AudienceTrial trial = trial(flow);

            Set<Share> others = EnumSet.complementOf(EnumSet.of(Share.GETS));
            Counted counted = flow.inTransaction(() -> trial.count(tried));
            assertThat(counted.shares().keySet()).containsExactlyInAnyOrder(Share.values());
            others.forEach(share -> assertThat(counted.shares()).containsEntry(share, 1L));
            Map.of(
                            "poster", Share.AUTHOR,
                            "ann", Share.ADDRESSED,
                            "away", Share.STOPPED,
                            "digest", Share.MIME_DIGESTS,
                            "plain", Share.PLAINTEXT_DIGESTS,
                            "summary", Share.SUMMARY_DIGESTS,
                            "moon", Share.OTHER_TOPICS,
                            "cat", Share.ELSEWHERE,
                            "star", Share.GETS)
                    .forEach((name, share) -> assertThat(
                                    flow.inTransaction(() -> trial.of(tried, name + "@example.com")))
                            .as(name)
                            .contains(share));
            assertThat(flow.inTransaction(() -> trial.of(tried, "bea@example.com")))
                    .isEmpty();
        }
    }

    @BothDatabases
    void anUrgentOneComesToReadersOfDigestsWhateverTheirTopics(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            Tried tried = tried(aListOfAllKinds(flow), true);

            assertThat(flow.inTransaction(() -> trial(flow).count(tried)).shares())
                    .containsEntry(Share.MIME_DIGESTS, 0L)
                    .containsEntry(Share.OTHER_TOPICS, 0L)
                    .containsEntry(Share.GETS, 6L);
        }
    }

    private static AudienceTrial trial(FlowOnDatabase flow) {
        return new AudienceTrial(
                new Audience(flow.lists.roster, flow.lists.lists, flow.messages), new WhoGets(flow.sql));
    }

    private static Tried tried(MailingList list, boolean urgent) {
        HeaderBlock raw = HeaderBlock.parse(MAIL.getBytes(StandardCharsets.UTF_8));
        HeaderBlock cooked = raw.copy();
        cooked.set("X-Topics", "stars");
        return new Tried(list, raw, cooked, "poster@example.com", urgent);
    }

    private static void aMember(FlowOnDatabase flow, MailingList list, String name, Consumer<Member> wish) {
        Member member = flow.lists.aMember(list, name + "@example.com", Role.MEMBER);
        flow.lists.run(() -> wish.accept(flow.lists.members.byId(member.getId()).orElseThrow()));
    }

    private static void configure(FlowOnDatabase flow, Map<String, ?> changes) {
        flow.lists.run(() -> flow.lists.listOperations.configure(flow.list.getId(), null, changes));
    }
}
