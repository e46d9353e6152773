package org.posthorn.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class ListsTest {

    @BothDatabases
    void aNewListShouldBeFoundByItsListIdAndByItsAddressInAnyCase(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            posthorn.aList("Test@lists.example.org");

            assertThat(posthorn.lists.byListId("test.lists.example.org")).isPresent();
            assertThat(posthorn.lists.byAnyName("TEST@Lists.Example.org")).isPresent();
            assertThat(posthorn.lists.byAnyName("test.lists@example.org")).isEmpty();
            assertThat(posthorn.lists.byAnyName("te\0st@lists.example.org")).isEmpty();
            assertThat(posthorn.lists.byAnyName("te\0st.lists.example.org")).isEmpty();
            assertThat(posthorn.lists.all(true, Paging.first(10)).total()).isEqualTo(1);
        }
    }

    @BothDatabases
    void aListShouldNotBeMadeTwiceNorWithoutItsDomain(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            posthorn.aList("a@b.example.org");
            posthorn.run(() -> posthorn.domainOperations.create("example.org", null, null));

            assertThatThrownBy(() -> posthorn.aList("a@b.example.org")).isInstanceOf(DuplicateException.class);
            assertThatThrownBy(() -> posthorn.aList("a.b@example.org")).isInstanceOf(DuplicateException.class);
            assertThatThrownBy(() ->
                            posthorn.inTransaction(() -> posthorn.listOperations.create("a@nosuch.example", null)))
                    .isInstanceOf(UnknownException.class);
        }
    }

    @BothDatabases
    void settingsShouldComeBackAsTheyWereStored(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            Map<String, Object> defaults = ConfigAttributes.shown(list, posthorn.counters.of(list.getId()));

            assertThat(posthorn.inTransaction(() -> ConfigAttributes.shown(
                            posthorn.lists.byId(list.getId()).orElseThrow(), posthorn.counters.of(list.getId()))))
                    .isEqualTo(defaults);
            posthorn.run(() -> posthorn.listOperations.configure(
                    list.getId(),
                    null,
                    Map.of(
                            "subject_prefix",
                            "[x] ",
                            "bounce_info_stale_after",
                            "1d3.5s",
                            "acceptable_aliases",
                            java.util.List.of("a@b.example", "^x.*"))));

            Map<String, Object> changed = posthorn.inTransaction(() -> ConfigAttributes.shown(
                    posthorn.lists.byId(list.getId()).orElseThrow(), posthorn.counters.of(list.getId())));
            assertThat(changed)
                    .containsEntry("subject_prefix", "[x] ")
                    .containsEntry("bounce_info_stale_after", "1d3.5s")
                    .containsEntry("acceptable_aliases", java.util.List.of("a@b.example", "^x.*"));
        }
    }

    @BothDatabases
    void theSecondOfTwoChangesFromTheSameVersionShouldConflict(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            long version = list.getVersion();
            posthorn.run(() -> posthorn.listOperations.configure(list.getId(), version, Map.of("info", "first")));

            assertThatThrownBy(() -> posthorn.run(
                            () -> posthorn.listOperations.configure(list.getId(), version, Map.of("info", "second"))))
                    .isInstanceOf(ConflictException.class);
            assertThat(posthorn.lists
                            .byId(list.getId())
                            .orElseThrow()
                            .presentation()
                            .getInfo())
                    .isEqualTo("first");
        }
    }

    @BothDatabases
    void aListShouldNotTakeLargerPostsThanTheSiteAndMayKeepWhatItHad(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            posthorn.run(
                    () -> posthorn.listOperations.configure(list.getId(), null, Map.of("max_message_size", 50 * 1024)));

            assertThatThrownBy(() -> posthorn.run(() -> posthorn.listOperations.configure(
                            list.getId(), null, Map.of("info", "x", "max_message_size", 60 * 1024))))
                    .isInstanceOfSatisfying(SizeLimit.OverSiteException.class, refused -> {
                        assertThat(refused.field()).isEqualTo("max_message_size");
                        assertThat(refused.words()).isEqualTo("60 MB is more than the site allows (50 MB)");
                    });
            assertThatThrownBy(() -> posthorn.run(() -> posthorn.listOperations.configure(
                            list.getId(), null, Map.of("max_message_size", Integer.MAX_VALUE))))
                    .hasMessageContaining("2147483647 KB");

            database.sql().update("update mailing_list set max_message_size = 61000");
            posthorn.run(() -> posthorn.listOperations.configure(
                    list.getId(), null, Map.of("info", "y", "max_message_size", 61_000)));
            assertThat(posthorn.inTransaction(() -> posthorn.lists
                            .byId(list.getId())
                            .orElseThrow()
                            .presentation()
                            .getInfo()))
                    .isEqualTo("y");
        }
    }

    @BothDatabases
    void postsShouldBeCountedWithoutTouchingTheSettingsVersion(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");

            assertThat(posthorn.counters.countPost(list.getId(), ListsOnDatabase.NOW))
                    .isEqualTo(1);
            assertThat(posthorn.counters.countPost(list.getId(), ListsOnDatabase.NOW))
                    .isEqualTo(2);

            assertThat(posthorn.counters.of(list.getId())).isEqualTo(new Counters(3, ListsOnDatabase.NOW, 1, 1, null));
            assertThat(posthorn.inTransaction(() ->
                            posthorn.lists.byId(list.getId()).orElseThrow().getVersion()))
                    .isEqualTo(list.getVersion());
            assertThatThrownBy(() -> posthorn.counters.countPost(1, ListsOnDatabase.NOW))
                    .isInstanceOf(UnknownException.class);
        }
    }

    @BothDatabases
    void aDomainWithListsShouldBeDeletedOnlyIfTheyAreToGoToo(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            posthorn.aMember(list, "ann@example.com", Role.MEMBER);
            posthorn.run(() -> posthorn.banOperations.ban(list.getId(), "^evil"));
            posthorn.run(() -> posthorn.domainOperations.addAlias("example.org", "alias.example.org"));

            assertThat(posthorn.domains
                            .byAnyName("alias.example.org")
                            .orElseThrow()
                            .getMailHost())
                    .isEqualTo("example.org");
            assertThatThrownBy(
                            () -> posthorn.run(() -> posthorn.domainOperations.create("alias.example.org", null, null)))
                    .isInstanceOf(DuplicateException.class);
            assertThatThrownBy(() -> posthorn.run(() -> posthorn.domainOperations.delete("example.org", false)))
                    .isInstanceOf(NotEmptyException.class)
                    .hasMessageContaining("1 list");
            posthorn.run(() -> posthorn.domainOperations.delete("example.org", true));
            assertThat(posthorn.domains.byAnyName("alias.example.org")).isEmpty();
            assertThat(posthorn.lists.byListId("test.example.org")).isEmpty();
        }
    }
}
