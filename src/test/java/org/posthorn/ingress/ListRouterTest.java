package org.posthorn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.posthorn.ingress.Route.Purpose;
import org.posthorn.list.ListsOnDatabase;
import org.posthorn.list.MailingList;
import org.posthorn.mail.EmailAddress;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class ListRouterTest {

    private static Optional<Route> route(TestDatabase database, String recipient) {
        return new ListRouter(database.sql())
                .route(EmailAddress.parseForeign(recipient).orElseThrow());
    }

    private static void expect(TestDatabase database, String recipient, Purpose purpose, String subaddress) {
        Optional<Route> route = route(database, recipient);
        assertThat(route).as(recipient).isPresent();
        assertThat(route.get().list()).as(recipient).isEqualTo("test.example.org");
        assertThat(route.get().purpose()).as(recipient).isEqualTo(purpose);
        assertThat(route.get().subaddress()).as(recipient).isEqualTo(subaddress);
    }

    @BothDatabases
    void eachAddressOfAListShouldLeadToItsPurpose(TestDatabase database) {
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            lists.aList("test@example.org");
        }
        expect(database, "test@example.org", Purpose.POST, "");
        expect(database, "TEST@Example.ORG", Purpose.POST, "");
        expect(database, "test-owner@example.org", Purpose.OWNER, "");
        expect(database, "test-admin@example.org", Purpose.OWNER, "");
        expect(database, "test-bounces@example.org", Purpose.BOUNCES, "");
        expect(database, "test-bounces+Ann=Example.com@example.org", Purpose.BOUNCES, "Ann=Example.com");
        expect(database, "test-bounces+@example.org", Purpose.BOUNCES, "");
        expect(database, "Test-Request@example.org", Purpose.REQUEST, "");
        expect(database, "test-join@example.org", Purpose.JOIN, "");
        expect(database, "test-subscribe@example.org", Purpose.JOIN, "");
        expect(database, "test-leave@example.org", Purpose.LEAVE, "");
        expect(database, "test-unsubscribe@example.org", Purpose.LEAVE, "");
        expect(database, "test-confirm+aBc@example.org", Purpose.CONFIRM, "aBc");
        expect(database, "test-confirm@example.org", Purpose.CONFIRM, "");
    }

    @BothDatabases
    void confirmAddressWithAListsNumberShouldLeadToThatList(TestDatabase database) {
        long id;
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            id = lists.aList("test@example.org").getId();
        }
        expect(database, "site-confirm+" + id + "-aBc@example.org", Purpose.CONFIRM, "aBc");
        expect(database, "Site-Confirm+" + id + "-abc@Example.org", Purpose.CONFIRM, "abc");
        for (String none : List.of(
                "site-confirm+" + (id + 1_000_000) + "-abc@example.org",
                "site-confirm+" + id + "-abc@example.net",
                "site-confirm+" + id + "@example.org",
                "site-confirm+" + id + "-@example.org",
                "site-confirm+9999999999999999999-abc@example.org",
                "site-confirm@example.org")) {
            assertThat(route(database, none)).as(none).isEmpty();
        }
    }

    @BothDatabases
    void eachFormerAddressOfARenamedListShouldLeadToItsPurpose(TestDatabase database) {
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            MailingList list = lists.aList("old@example.net");
            lists.run(() -> lists.domainOperations.addAlias("example.net", "alias.example"));
            lists.run(() -> lists.domainOperations.create("example.org", null, null));
            lists.run(() -> lists.renaming.rename(list.getId(), "test@example.org", true));
        }
        expect(database, "test@example.org", Purpose.POST, "");
        expect(database, "OLD@example.net", Purpose.POST, "");
        expect(database, "old@alias.example", Purpose.POST, "");
        expect(database, "old-owner@example.net", Purpose.OWNER, "");
        expect(database, "old-bounces+ann=example.com@example.net", Purpose.BOUNCES, "ann=example.com");
        expect(database, "old-request@example.net", Purpose.REQUEST, "");
        expect(database, "old-leave@example.net", Purpose.LEAVE, "");
        expect(database, "old-confirm+aBc@example.net", Purpose.CONFIRM, "aBc");
        assertThat(route(database, "old@example.org")).isEmpty();
        assertThat(route(database, "test@example.net")).isEmpty();
    }

    @BothDatabases
    void formerAddressShouldLeadToItsListWhenItsDomainHasBecomeAnAlias(TestDatabase database) {
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            MailingList list = lists.aList("talk@example.net");
            lists.run(() -> lists.domainOperations.create("example.org", null, null));
            lists.run(() -> lists.renaming.rename(list.getId(), "test@example.org", true));
            lists.run(() -> lists.domainOperations.delete("example.net", false));
            expect(database, "talk@example.net", Purpose.POST, "");

            lists.run(() -> lists.domainOperations.addAlias("example.org", "example.net"));
            expect(database, "talk@example.net", Purpose.POST, "");
            expect(database, "talk-owner@example.net", Purpose.OWNER, "");
            expect(database, "test@example.net", Purpose.POST, "");

            lists.aList("talk@example.org");
            expect(database, "talk@example.net", Purpose.POST, "");
        }
        assertThat(route(database, "talk@example.org").orElseThrow().list()).isEqualTo("talk.example.org");
    }

    @BothDatabases
    void bouncesOfMailToOwnersShouldLeadToTheSiteInEachOfItsDomains(TestDatabase database) {
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            lists.aList("test@example.org");
            lists.run(
                    () -> lists.domains.byMailHost("example.org").orElseThrow().answerTo("alias.example"));
        }
        for (String recipient : List.of("site-bounces@example.org", "Site-Bounces@alias.example")) {
            Route route = route(database, recipient).orElseThrow();
            assertThat(route.purpose()).isEqualTo(Purpose.SITE_BOUNCES);
            assertThat(route.listId()).isNull();
        }
        assertThat(route(database, "site-bounces@example.com")).isEmpty();
        assertThat(route(database, "site-owner@example.org")).isEmpty();
    }

    @BothDatabases
    void whatIsNoListsAddressShouldLeadNowhere(TestDatabase database) {
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            lists.aList("test@example.org");
            lists.aList("a-b@example.org");
        }
        for (String recipient : List.of(
                "nosuch@example.org",
                "test@example.com",
                "test+x@example.org",
                "test-nosuch@example.org",
                "-bounces@example.org",
                "tes_@example.org",
                "%@example.org",
                "*@example.org",
                "test-request+x@example.org",
                "b-bounces@example.org",
                "test@[127.0.0.1]")) {
            assertThat(route(database, recipient)).as(recipient).isEmpty();
        }
    }

    @BothDatabases
    void listWhoseNameLooksSubaddressedShouldBeFound(TestDatabase database) {
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            lists.aList("test@example.org");
            lists.aList("test-owner-talk@example.org");
        }
        assertThat(route(database, "test-owner-talk@example.org").orElseThrow().list())
                .isEqualTo("test-owner-talk.example.org");
        assertThat(route(database, "test-owner-talk-owner@example.org")
                        .orElseThrow()
                        .purpose())
                .isEqualTo(Purpose.OWNER);
    }

    @BothDatabases
    void aliasesShouldRouteAsSoonAsTheyAreSetAndNoLongerWhenTheyAreGone(TestDatabase database) {
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            MailingList list = lists.aList("test@example.org");
            lists.run(
                    () -> lists.domains.byMailHost("example.org").orElseThrow().answerTo("alias.example"));
            lists.run(() -> lists.lists
                    .byId(list.getId())
                    .orElseThrow()
                    .posting()
                    .setAcceptableAliases(List.of("All@Staff.example", "^pattern@.*", "two@staff.example")));
            expect(database, "test-bounces+x=y.z@ALIAS.example", Purpose.BOUNCES, "x=y.z");
            expect(database, "all@staff.example", Purpose.POST, "");
            expect(database, "Two@staff.example", Purpose.POST, "");
            assertThat(route(database, "pattern@staff.example")).isEmpty();

            lists.run(() -> lists.lists
                    .byId(list.getId())
                    .orElseThrow()
                    .posting()
                    .setAcceptableAliases(List.of("two@staff.example")));
            assertThat(route(database, "all@staff.example")).isEmpty();
            expect(database, "two@staff.example", Purpose.POST, "");
        }
    }
}
