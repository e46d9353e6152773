package org.posthorn.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.posthorn.list.TopicBook.Entry;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class TopicsTest {

    private static MailingList aListWithTopics(ListsOnDatabase posthorn, String name) {
        MailingList list = posthorn.aList(name);
        posthorn.run(() -> posthorn.listOperations.configure(
                list.getId(),
                null,
                Map.of("topics", List.of("Trains: locomotive", "Ships: vessel", "Steam ships: x"))));
        return list;
    }

    private static long aMember(ListsOnDatabase posthorn, MailingList list, String email, String... topics) {
        Member member = posthorn.aMember(list, email, Role.MEMBER);
        posthorn.run(() -> posthorn.members.byId(member.getId()).orElseThrow().choose(List.of(topics)));
        return member.getId();
    }

    private static List<String> chosen(ListsOnDatabase posthorn, long member) {
        return posthorn.inTransaction(
                () -> posthorn.members.byId(member).orElseThrow().topics());
    }

    private static long version(ListsOnDatabase posthorn, MailingList list) {
        return posthorn.inTransaction(() -> posthorn.topics.of(list.getId()).version());
    }

    private static void put(ListsOnDatabase posthorn, MailingList list, String former, Entry entry) {
        long version = version(posthorn, list);
        posthorn.run(() -> posthorn.topics.put(list.getId(), version, former, entry));
    }

    @BothDatabases
    void whatMembersHaveChosenShouldFollowATopicThatIsRenamed(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = aListWithTopics(posthorn, "test@example.org");
            MailingList other = aListWithTopics(posthorn, "other@example.org");
            long both = aMember(posthorn, list, "both@example.com", "ships", "trains");
            long steam = aMember(posthorn, list, "steam@example.com", "steam ships");
            long all = aMember(posthorn, list, "all@example.com");
            long elsewhere = aMember(posthorn, other, "else@example.com", "ships");

            put(posthorn, list, "ships", new Entry("Boats", "On water", List.of("vessel", "boat")));

            assertThat(chosen(posthorn, both)).containsExactly("boats", "trains");
            assertThat(chosen(posthorn, steam)).containsExactly("steam ships");
            assertThat(chosen(posthorn, all)).isEmpty();
            assertThat(chosen(posthorn, elsewhere)).containsExactly("ships");
        }
    }

    @BothDatabases
    void whatMembersHaveChosenShouldGoWithATopicThatIsRemovedHoweverItIs(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = aListWithTopics(posthorn, "test@example.org");
            long three = aMember(posthorn, list, "three@example.com", "trains", "ships", "steam ships");
            long one = aMember(posthorn, list, "one@example.com", "ships");

            long version = version(posthorn, list);
            assertThat(posthorn.inTransaction(() -> posthorn.topics.remove(list.getId(), version, "SHIPS")))
                    .isTrue();
            assertThat(chosen(posthorn, three)).containsExactly("trains", "steam ships");
            assertThat(chosen(posthorn, one)).as("every post").isEmpty();

            posthorn.run(() -> posthorn.listOperations.configure(
                    list.getId(), null, Map.of("topics", List.of("STEAM SHIPS: smoke"))));
            assertThat(chosen(posthorn, three)).as("by the setting as a whole").containsExactly("steam ships");
        }
    }

    @BothDatabases
    void anotherPatternOrDescriptionShouldLeaveWhatMembersHaveChosen(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = aListWithTopics(posthorn, "test@example.org");
            long one = aMember(posthorn, list, "one@example.com", "ships");
            put(posthorn, list, "ships", new Entry("SHIPS", "On water", List.of("boat")));
            assertThat(chosen(posthorn, one)).containsExactly("ships");
        }
    }

    @BothDatabases
    void aChangeOfWhatSomebodyElseHasChangedShouldBeRefused(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = aListWithTopics(posthorn, "test@example.org");
            long seen = version(posthorn, list);
            put(posthorn, list, "", new Entry("Planes", "", List.of("wing")));
            assertThatThrownBy(() -> posthorn.run(() ->
                            posthorn.topics.put(list.getId(), seen, "ships", new Entry("Boats", "", List.of("boat")))))
                    .isInstanceOf(ConflictException.class);
            assertThatThrownBy(() -> posthorn.run(() -> posthorn.topics.remove(list.getId(), seen, "ships")))
                    .isInstanceOf(ConflictException.class);
        }
    }

    @BothDatabases
    void whatCannotBeShouldBeRefusedWithItsField(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = aListWithTopics(posthorn, "test@example.org");
            for (Map.Entry<String, Entry> wrong : Map.of(
                            "name", new Entry("a|b", "", List.of("x")),
                            "description", new Entry("a", "two\nlines", List.of("x")),
                            "patterns", new Entry("a", "", List.of("x", "(")))
                    .entrySet()) {
                assertThatThrownBy(() -> put(posthorn, list, "", wrong.getValue()))
                        .isInstanceOfSatisfying(
                                InvalidValueException.class,
                                e -> assertThat(e.field()).isEqualTo(wrong.getKey()));
            }
            assertThatThrownBy(() -> put(posthorn, list, "", new Entry("a", "", List.of())))
                    .isInstanceOf(InvalidValueException.class);
            assertThatThrownBy(() -> put(posthorn, list, "ships", new Entry("TRAINS", "", List.of("x"))))
                    .isInstanceOf(DuplicateException.class);
            assertThatThrownBy(() -> put(posthorn, list, "planes", new Entry("Planes", "", List.of("x"))))
                    .isInstanceOf(UnknownException.class);
        }
    }

    @BothDatabases
    void aChangeShouldBeInTheAuditLogAsOneOfTheSetting(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = aListWithTopics(posthorn, "test@example.org");
            put(posthorn, list, "ships", new Entry("Boats", "", List.of("boat")));
            assertThat(database.sql()
                            .list(
                                    "select old_value, new_value from audit_entry where field = 'topics' order by id desc",
                                    row -> row.getString(1) + " -> " + row.getString(2)))
                    .first()
                    .asString()
                    .contains("Ships: vessel", "-> ", "Boats: boat");
        }
    }
}
