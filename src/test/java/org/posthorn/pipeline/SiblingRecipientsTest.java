package org.posthorn.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.pipeline.FlowOnDatabase.mail;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.list.DeliveryMode;
import org.posthorn.list.DeliveryStatus;
import org.posthorn.list.MailingList;
import org.posthorn.list.Member;
import org.posthorn.list.Role;
import org.posthorn.queue.QueueName;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

/** Mailman 2.1's sibling lists: whose members get a post besides, and whose don't. */
class SiblingRecipientsTest {

    private static final String BEES = "bees@lists.example.org";
    private static final String CATS = "cats@lists.example.org";

    @TempDir
    Path spool;

    private static void aMember(FlowOnDatabase flow, MailingList list, String name, Consumer<Member> wish) {
        Member member = flow.lists.aMember(list, name + "@example.com", Role.MEMBER);
        flow.lists.run(() -> wish.accept(flow.lists.members.byId(member.getId()).orElseThrow()));
    }

    private static void aMember(FlowOnDatabase flow, MailingList list, String name) {
        aMember(flow, list, name, member -> {});
    }

    private static void digest(Member member) {
        member.preferences().setDeliveryMode(DeliveryMode.MIME_DIGESTS);
    }

    private static void configure(FlowOnDatabase flow, MailingList list, String attribute, String... lists) {
        flow.lists.run(
                () -> flow.lists.listOperations.configure(list.getId(), null, Map.of(attribute, List.of(lists))));
    }

    /** @return the recipients' names */
    private static List<String> posted(FlowOnDatabase flow, String... fields) {
        flow.arrives(mail("poster@example.com", fields), "poster@example.com", "post");
        flow.runAll(flow.moderation);
        flow.runAll(flow.pipeline);
        List<String> names = flow.recipients(flow.queued(QueueName.OUT)).stream()
                .map(address -> address.replace("@example.com", ""))
                .toList();
        flow.sql.update("delete from queue_entry");
        return names;
    }

    @BothDatabases
    void membersOfIncludedListsShouldGetThePostByTheirOwnWishesAndEachAddressOnce(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            MailingList bees = flow.lists.aList(BEES);
            MailingList cats = flow.lists.aList(CATS);
            aMember(flow, bees, "bea");
            aMember(flow, bees, "both");
            aMember(flow, flow.list, "poster");
            aMember(flow, bees, "poster", member -> member.preferences().setReceiveOwnPostings(true));
            aMember(flow, flow.list, "both");
            aMember(flow, flow.list, "off", member -> member.disable(DeliveryStatus.BY_USER));
            aMember(flow, bees, "off");
            aMember(flow, bees, "digests", SiblingRecipientsTest::digest);
            aMember(flow, bees, "away", member -> member.disable(DeliveryStatus.BY_USER));
            aMember(flow, bees, "addressed", member -> member.preferences().setReceiveListCopy(false));
            aMember(flow, bees, "bee-and-cat", member -> member.disable(DeliveryStatus.BY_USER));
            aMember(flow, cats, "bee-and-cat");
            aMember(flow, cats, "cat");
            flow.lists.aMember(cats, "owner@example.com", Role.OWNER);
            configure(flow, flow.list, "regular_include_lists", BEES, CATS);
            configure(flow, bees, "regular_include_lists", CATS);
            configure(flow, cats, "regular_include_lists", "test@lists.example.org");

            assertThat(posted(flow, "Cc: addressed@example.com"))
                    .as("the list itself decides, then the first that is included")
                    .containsExactlyInAnyOrder("poster", "both", "bea", "cat");
            aMember(flow, cats, "poster", SiblingRecipientsTest::digest);
            assertThat(posted(flow, "Cc: <" + CATS + ">"))
                    .as("from there the cats have it")
                    .containsExactlyInAnyOrder("poster", "both", "bea", "addressed");
        }
    }

    @BothDatabases
    void listsThatAnIncludedListIncludesShouldNotCount(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            MailingList bees = flow.lists.aList(BEES);
            MailingList cats = flow.lists.aList(CATS);
            aMember(flow, flow.list, "poster");
            aMember(flow, bees, "bea");
            aMember(flow, cats, "cat");
            configure(flow, flow.list, "regular_include_lists", BEES);
            configure(flow, bees, "regular_include_lists", CATS, "test@lists.example.org");

            assertThat(posted(flow)).containsExactlyInAnyOrder("poster", "bea");
        }
    }

    @BothDatabases
    void whoGetsThePostByAnExcludedListShouldGetNoSecondCopy(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            MailingList bees = flow.lists.aList(BEES);
            MailingList cats = flow.lists.aList(CATS);
            aMember(flow, flow.list, "poster");
            aMember(flow, flow.list, "ann");
            aMember(flow, flow.list, "both");
            aMember(flow, bees, "both");
            aMember(flow, flow.list, "digests-there");
            aMember(flow, bees, "digests-there", SiblingRecipientsTest::digest);
            aMember(flow, flow.list, "away-there");
            aMember(flow, bees, "away-there", member -> member.disable(DeliveryStatus.BY_USER));
            aMember(flow, bees, "bea");
            aMember(flow, cats, "cat");
            aMember(flow, cats, "both-cat-and-bee");
            aMember(flow, bees, "both-cat-and-bee");
            configure(flow, flow.list, "regular_exclude_lists", BEES);
            configure(flow, flow.list, "regular_include_lists", CATS);

            assertThat(posted(flow, "Cc: Bees <BEES@lists.example.org>"))
                    .as("the author is no member there, so the post may wait there")
                    .contains("both", "both-cat-and-bee");
            aMember(flow, bees, "poster", SiblingRecipientsTest::digest);
            assertThat(posted(flow, "Cc: Bees <BEES@lists.example.org>"))
                    .containsExactlyInAnyOrder("poster", "ann", "digests-there", "away-there", "cat");
            assertThat(posted(flow))
                    .as("not addressed to both")
                    .containsExactlyInAnyOrder(
                            "poster", "ann", "both", "digests-there", "away-there", "cat", "both-cat-and-bee");
        }
    }

    /** Rather twice than never. */
    @BothDatabases
    void whereAnotherListMayNotTakeThePostItsMembersShouldHaveItFromThisOne(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            MailingList bees = flow.lists.aList(BEES);
            MailingList cats = flow.lists.aList(CATS);
            for (MailingList list : List.of(flow.list, bees, cats)) {
                aMember(flow, list, "poster");
            }
            aMember(flow, flow.list, "both");
            aMember(flow, bees, "both");
            aMember(flow, flow.list, "chooser");
            configure(flow, bees, "topics", "Ships: vessel");
            aMember(flow, bees, "chooser", member -> member.choose(List.of("ships")));
            aMember(flow, cats, "cat");
            configure(flow, flow.list, "regular_exclude_lists", BEES);
            configure(flow, flow.list, "regular_include_lists", CATS);
            String[] cc = {"Cc: " + BEES + ", " + CATS};

            assertThat(posted(flow, cc))
                    .as("who chose topics there may not have it from there")
                    .containsExactlyInAnyOrder("chooser");
            for (MailingList list : List.of(bees, cats)) {
                flow.lists.run(() -> flow.lists.listOperations.configure(
                        list.getId(), null, Map.of("default_member_action", "hold")));
            }
            assertThat(posted(flow, cc)).contains("both", "chooser", "cat");
        }
    }

    @BothDatabases
    void anUrgentPostOrTopicsShouldCountForIncludedMembersByTheirOwnList(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            MailingList bees = flow.lists.aList(BEES);
            aMember(flow, flow.list, "poster");
            for (MailingList list : List.of(flow.list, bees)) {
                configure(flow, list, "topics", "Trains: light", "Ships: vessel");
            }
            aMember(flow, flow.list, "ships", member -> member.choose(List.of("ships")));
            aMember(flow, bees, "bee-of-ships", member -> member.choose(List.of("ships")));
            aMember(flow, bees, "digests", SiblingRecipientsTest::digest);
            configure(flow, flow.list, "regular_include_lists", BEES);
            flow.lists.run(() -> flow.lists.listOperations.configure(
                    flow.list.getId(), null, Map.of("topics_enabled", true, "moderator_password", "s3same-open")));

            assertThat(posted(flow))
                    .as("topics are the list's own")
                    .containsExactlyInAnyOrder("poster", "bee-of-ships");
            assertThat(posted(flow, "Urgent: s3same-open"))
                    .containsExactlyInAnyOrder("poster", "ships", "bee-of-ships", "digests");
        }
    }

    /** Members m(from) to m(to - 1), with the addresses that are not there yet. */
    private static void enter(TestDatabase database, MailingList list, int from, int to) {
        Map<String, Long> known = new HashMap<>();
        database.sql().forEach("select id, email from address", row -> known.put(row.getString(2), row.getLong(1)));
        List<Object[]> addresses = new ArrayList<>();
        List<Object[]> members = new ArrayList<>();
        for (int i = from; i < to; i++) {
            String email = "m" + i + "@example.com";
            Long id = known.get(email);
            if (id == null) {
                id = database.ids().next();
                addresses.add(new Object[] {id, email, email, FlowOnDatabase.NOW});
            }
            members.add(new Object[] {database.ids().next(), list.getId(), id, FlowOnDatabase.NOW});
        }
        database.inTransaction(() -> {
            database.sql()
                    .batch(
                            "insert into address (id, email, original_email, registered_at, version) values (?, ?, ?, ?, 1)",
                            addresses);
            database.sql()
                    .batch(
                            "insert into member (id, list_id, address_id, subscription_mode, role, joined_at, version) values (?, ?, ?, 'AS_ADDRESS', 'MEMBER', ?, 1)",
                            members);
        });
    }

    @BothDatabases
    void manyRecipientsOfSeveralListsShouldEachGetItOnceOverManyTurns(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            MailingList bees = flow.lists.aList(BEES);
            enter(database, flow.list, 0, 3_500);
            enter(database, bees, 3_000, 6_100);
            enter(database, flow.list, 6_000, 6_200);
            configure(flow, flow.list, "regular_include_lists", BEES);
            flow.lists.run(() -> flow.lists.listOperations.configure(
                    flow.list.getId(), null, Map.of("default_nonmember_action", "accept")));

            assertThat(posted(flow)).hasSize(6_200).doesNotHaveDuplicates();
        }
    }
}
