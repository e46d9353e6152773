package org.posthorn.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.posthorn.list.ConflictException;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.ListsOnDatabase;
import org.posthorn.list.MailingList;
import org.posthorn.list.access.RoleRights;
import org.posthorn.platform.AfterCommit;
import org.posthorn.platform.actor.Acting;
import org.posthorn.platform.actor.Actor;
import org.posthorn.platform.actor.NotAllowedException;
import org.posthorn.platform.actor.Rights;
import org.posthorn.platform.actor.Via;
import org.posthorn.platform.settings.Cidr;
import org.posthorn.platform.settings.TemplateHosts;
import org.posthorn.template.TemplateUris.Place;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.SettableClock;
import org.posthorn.testing.TestDatabase;

class TemplatesTest {

    private static HttpServer server;
    private static volatile String text = "";
    private static volatile int status = 200;
    private static final AtomicInteger ASKED = new AtomicInteger();

    @BeforeAll
    static void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            ASKED.incrementAndGet();
            byte[] body = (text + exchange.getRequestURI().getPath()).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    /** A list, its domain, and templates over a database. */
    private static final class Site implements AutoCloseable {

        final ListsOnDatabase lists;
        final SettableClock clock = new SettableClock(ListsOnDatabase.NOW);
        final TemplateRows rows;
        final TemplateUris uris;
        final TemplateTexts texts;
        final Templates templates;
        final TemplateRefresh refresh;
        final MailingList list;
        int woken;

        Site(TestDatabase database) {
            lists = new ListsOnDatabase(database);
            rows = new TemplateRows(database.sql(), database.ids());
            uris = new TemplateUris(
                    rows, new Rights(new RoleRights(database.sql())), lists.audit, new AfterCommit(), () -> woken++);
            TemplateTextRows textRows = new TemplateTextRows(database.sql(), database.ids());
            texts = new TemplateTexts(textRows, new Rights(new RoleRights(database.sql())), lists.audit, clock);
            templates = new Templates(textRows, rows);
            TemplateHosts hosts = new TemplateHosts(
                    List.of(new TemplateHosts.Host(
                            "localhost", true, server.getAddress().getPort())),
                    List.of(
                            Cidr.parse("127.0.0.0/8").orElseThrow(),
                            Cidr.parse("::1").orElseThrow()));
            refresh = new TemplateRefresh(rows, clock, new TemplateFetch(hosts, Duration.ofSeconds(60)));
            list = lists.aList("ant@example.com");
            text = "";
            status = 200;
        }

        void put(TemplateContext context, TemplateName name, String uri) {
            lists.run(() -> uris.put(context, Map.of(name, new Place(uri, null, null))));
        }

        void write(TemplateContext context, String language, String text) {
            lists.run(() -> texts.put(context, TemplateName.WELCOME, language, text));
        }

        Optional<String> welcome(String language) {
            return lists.inTransaction(
                    () -> templates.find(lists.lists.byId(list.getId()).orElseThrow(), TemplateName.WELCOME, language));
        }

        String at(String path) {
            return "http://localhost:" + server.getAddress().getPort() + path;
        }

        Optional<String> found(TemplateName name) {
            return lists.inTransaction(
                    () -> templates.find(lists.lists.byId(list.getId()).orElseThrow(), name, "en"));
        }

        TemplatePreview previews() {
            return new TemplatePreview(lists.lists, templates, new Rights(new RoleRights(lists.database.sql())));
        }

        Optional<Templates.Counting> counting(TemplateContext context, String language) {
            return lists.inTransaction(() -> previews().counting(context, TemplateName.WELCOME, language));
        }

        TemplateContext ofList() {
            return TemplateContext.of(list);
        }

        TemplateContext ofDomain() {
            return TemplateContext.of(list.getDomain());
        }

        @Override
        public void close() {
            lists.close();
        }
    }

    @BothDatabases
    void textOfALanguageShouldServeItsRegions(TestDatabase database) {
        try (Site site = new Site(database)) {
            site.write(site.ofList(), "de", "Hallo");
            site.write(site.ofList(), "pt-br", "Oi");

            assertThat(site.welcome("de-AT")).contains("Hallo");
            assertThat(site.welcome("de_AT")).contains("Hallo");
            assertThat(site.welcome("pt_BR")).contains("Oi");
            assertThat(site.welcome("pt")).isEmpty();
            assertThat(Texts.of("de_AT", "sample.text")).isEqualTo(Texts.of("de", "sample.text"));
        }
    }

    /** A node that died between claiming one and storing it. */
    @BothDatabases
    void fetchThatNeverEndedShouldBeTriedAgainSoon(TestDatabase database) {
        try (Site site = new Site(database)) {
            site.put(site.ofList(), TemplateName.WELCOME, site.at("/welcome"));
            TemplateUri row =
                    site.rows.find(site.ofList(), TemplateName.WELCOME).orElseThrow();
            Instant begun = site.clock.instant();
            assertThat(site.rows.claim(row, begun)).isTrue();

            Instant dayBefore = begun.minus(Duration.ofDays(1));
            assertThat(site.rows.due(dayBefore, begun.minusSeconds(1), 0, 10)).isEmpty();
            assertThat(site.rows.due(dayBefore, begun.plusSeconds(1), 0, 10)).hasSize(1);
            site.put(site.ofList(), TemplateName.WELCOME, "mailman:///welcome.txt");
            TemplateUri builtIn =
                    site.rows.find(site.ofList(), TemplateName.WELCOME).orElseThrow();
            site.rows.claim(builtIn, begun);
            assertThat(site.rows.due(dayBefore, begun.plusSeconds(1), 0, 10)).isEmpty();
        }
    }

    /** As REST does with If-Match: look, compare, write. The second must see what the first has made. */
    @BothDatabases
    void whoLooksAtAnAddressToChangeItShouldKeepOthersFromChangingItMeanwhile(TestDatabase database) throws Exception {
        try (Site site = new Site(database)) {
            site.put(site.ofList(), TemplateName.WELCOME, site.at("/first"));
            TemplateUris uris = site.uris;
            CountDownLatch looked = new CountDownLatch(1);
            CompletableFuture<Void> first = CompletableFuture.runAsync(() -> database.inTransaction(() -> {
                uris.findToChange(site.ofList(), TemplateName.WELCOME);
                looked.countDown();
                site.rows.replace(
                        site.rows.find(site.ofList(), TemplateName.WELCOME).orElseThrow(),
                        site.at("/second"),
                        null,
                        null);
            }));
            assertThat(looked.await(60, TimeUnit.SECONDS)).isTrue();

            String seen = database.inTransaction(() -> uris.findToChange(site.ofList(), TemplateName.WELCOME)
                    .orElseThrow()
                    .uri());

            first.get(60, TimeUnit.SECONDS);
            assertThat(seen).isEqualTo(site.at("/second"));
        }
    }

    @BothDatabases
    void addressThatIsPutWhileAnotherTakesItAwayShouldBeThere(TestDatabase database) throws Exception {
        try (Site site = new Site(database)) {
            site.put(site.ofList(), TemplateName.WELCOME, site.at("/first"));
            CountDownLatch removed = new CountDownLatch(1);
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> database.inTransaction(() -> {
                site.rows.remove(
                        site.rows.find(site.ofList(), TemplateName.WELCOME).orElseThrow());
                removed.countDown();
                // Gives who puts it the time to look while it is neither there nor gone.
                for (int i = 0; i < 300; i++) {
                    site.rows.find(site.ofList(), TemplateName.GOODBYE);
                }
            }));
            assertThat(removed.await(60, TimeUnit.SECONDS)).isTrue();

            site.put(site.ofList(), TemplateName.WELCOME, site.at("/second"));

            other.get(60, TimeUnit.SECONDS);
            assertThat(site.rows.find(site.ofList(), TemplateName.WELCOME))
                    .get()
                    .extracting(TemplateUri::uri)
                    .isEqualTo(site.at("/second"));
        }
    }

    @BothDatabases
    void listsTextShouldComeBeforeTheDomainsAndTheSites(TestDatabase database) {
        try (Site site = new Site(database)) {
            assertThat(site.found(TemplateName.WELCOME)).isEmpty();
            site.put(TemplateContext.SITE, TemplateName.WELCOME, site.at("/site"));
            site.refresh.run();
            assertThat(site.found(TemplateName.WELCOME)).contains("/site");
            site.put(site.ofDomain(), TemplateName.WELCOME, site.at("/domain"));
            assertThat(site.found(TemplateName.WELCOME)).as("no copy yet").contains("/site");
            site.refresh.run();
            assertThat(site.found(TemplateName.WELCOME)).contains("/domain");
            site.put(site.ofList(), TemplateName.WELCOME, site.at("/list"));
            site.refresh.run();
            assertThat(site.found(TemplateName.WELCOME)).contains("/list");
            assertThat(site.found(TemplateName.GOODBYE)).isEmpty();
            site.put(site.ofList(), TemplateName.WELCOME, "mailman:///welcome.txt");
            assertThat(site.found(TemplateName.WELCOME))
                    .as("Posthorn's own again")
                    .isEmpty();
            site.put(site.ofList(), TemplateName.WELCOME, "");
            assertThat(site.found(TemplateName.WELCOME)).contains("/domain");
            assertThat(site.woken).isEqualTo(5);
        }
    }

    @BothDatabases
    void textShouldBeFilledWithWhatTheListIsAndWhatItIsAbout(TestDatabase database) {
        try (Site site = new Site(database)) {
            Map<String, String> values = Map.of("list", "x", "reason", "too long", "subject", "s", "owner", "o");
            assertThat(site.lists.inTransaction(
                            () -> site.templates.text(site.list, TemplateName.REJECTED, "en", "rejected.text", values)))
                    .startsWith("Your message to the list ant@example.com");
            text = "Not on $listname: ${reason} $unknown ";
            site.put(TemplateContext.SITE, TemplateName.REJECTED, site.at("/t"));
            site.refresh.run();
            assertThat(site.lists.inTransaction(
                            () -> site.templates.text(site.list, TemplateName.REJECTED, "en", "rejected.text", values)))
                    .isEqualTo("Not on ant@example.com: too long $unknown /t");
        }
    }

    @BothDatabases
    void copyShouldBeMadeAgainEachDayAndKeptWhenThatFails(TestDatabase database) {
        try (Site site = new Site(database)) {
            site.put(site.ofList(), TemplateName.REGULAR_FOOTER, site.at("/f"));
            text = "one";
            site.refresh.run();
            int asked = ASKED.get();
            site.clock.forward(Duration.ofHours(23));
            site.refresh.run();
            assertThat(ASKED.get()).as("not due").isEqualTo(asked);
            text = "two";
            site.clock.forward(Duration.ofHours(2));
            site.refresh.run();
            assertThat(site.found(TemplateName.REGULAR_FOOTER)).contains("two/f");
            status = 500;
            site.clock.forward(Duration.ofHours(25));
            site.refresh.run();
            TemplateUri stale =
                    site.rows.find(site.ofList(), TemplateName.REGULAR_FOOTER).orElseThrow();
            assertThat(stale.state()).isEqualTo(TemplateUri.State.STALE);
            assertThat(stale.problem()).isEqualTo("the answer was 500");
            assertThat(site.found(TemplateName.REGULAR_FOOTER)).contains("two/f");
            status = 200;
            site.clock.forward(Duration.ofMinutes(31));
            site.refresh.run();
            assertThat(site.rows
                            .find(site.ofList(), TemplateName.REGULAR_FOOTER)
                            .orElseThrow()
                            .state())
                    .isEqualTo(TemplateUri.State.FETCHED);
        }
    }

    @BothDatabases
    void hostThatIsNotListedShouldBeKeptButNotAsked(TestDatabase database) {
        try (Site site = new Site(database)) {
            site.put(site.ofList(), TemplateName.HOLD, "https://elsewhere.example.org/t");
            site.put(site.ofList(), TemplateName.POST, "mailman:///post.txt");
            site.refresh.run();
            assertThat(site.lists.inTransaction(() -> site.uris.all()))
                    .extracting(TemplateUri::contextName, TemplateUri::state, TemplateUri::problem)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(
                                    "ant.example.com",
                                    TemplateUri.State.FAILED,
                                    "the host is not listed in POSTHORN_TEMPLATE_HOSTS"),
                            org.assertj.core.groups.Tuple.tuple("ant.example.com", TemplateUri.State.BUILT_IN, null));
            assertThat(site.found(TemplateName.HOLD)).isEmpty();
        }
    }

    @BothDatabases
    void textOfTheNearestContextShouldCountInTheReadersLanguageFirst(TestDatabase database) {
        try (Site site = new Site(database)) {
            site.write(TemplateContext.SITE, "de", "site, de");
            site.write(site.ofDomain(), "any", "domain, any");
            site.write(site.ofDomain(), "en", "domain, en");
            assertThat(site.welcome("de")).as("the list's language before any").contains("domain, en");
            site.write(site.ofDomain(), "DE", "domain, de");
            assertThat(site.welcome("de")).contains("domain, de");
            site.write(site.ofList(), "fr", "list, fr");
            assertThat(site.welcome("de"))
                    .as("neither the reader's nor the list's")
                    .contains("domain, de");
            site.write(site.ofList(), "any", "");
            assertThat(site.welcome("de")).as("an empty text is a text").contains("");
            assertThat(site.welcome("fr")).contains("list, fr");
            assertThat(site.found(TemplateName.GOODBYE)).isEmpty();
        }
    }

    @BothDatabases
    void textThatWasWrittenShouldComeBeforeTheAddressOfItsContextAlone(TestDatabase database) {
        try (Site site = new Site(database)) {
            site.put(site.ofDomain(), TemplateName.WELCOME, site.at("/domain"));
            site.refresh.run();
            site.write(TemplateContext.SITE, "any", "of the site");
            assertThat(site.welcome("en")).contains("/domain");
            site.write(site.ofDomain(), "any", "of the domain");
            assertThat(site.welcome("en")).contains("of the domain");
            site.put(site.ofList(), TemplateName.WELCOME, "mailman:///welcome.txt");
            assertThat(site.welcome("en")).as("Posthorn's own again").isEmpty();
            site.write(site.ofList(), "any", "of the list");
            assertThat(site.welcome("en")).contains("of the list");
        }
    }

    @BothDatabases
    void widerTextShouldCountAgainWhenTheNearerIsTakenAway(TestDatabase database) {
        try (Site site = new Site(database)) {
            site.write(TemplateContext.SITE, "any", "of the site");
            site.write(site.ofList(), "en", "of the list");
            assertThat(site.lists.inTransaction(() -> site.texts.delete(site.ofList(), TemplateName.WELCOME, "en")))
                    .isTrue();
            assertThat(site.welcome("en")).contains("of the site");
            assertThat(site.lists.inTransaction(() -> site.texts.delete(site.ofList(), TemplateName.WELCOME, "en")))
                    .isFalse();
        }
    }

    @BothDatabases
    void textThatWasChangedMeanwhileShouldBeLeftAsItIs(TestDatabase database) {
        try (Site site = new Site(database)) {
            TemplateTextRows rows = new TemplateTextRows(database.sql(), database.ids());
            site.write(site.ofList(), "any", "first");
            TemplateText seen =
                    rows.find(site.ofList(), TemplateName.WELCOME, "").orElseThrow();
            site.write(site.ofList(), "any", "second");
            assertThat(rows.replace(seen, "third", ListsOnDatabase.NOW)).isFalse();
            assertThat(rows.remove(seen)).isFalse();
            assertThat(site.welcome("en")).contains("second");
        }
    }

    @BothDatabases
    void changeOfAVersionThatIsNoLongerShouldBeAConflict(TestDatabase database) {
        try (Site site = new Site(database)) {
            TemplateContext list = site.ofList();
            TemplateTextRows rows = new TemplateTextRows(database.sql(), database.ids());
            Supplier<String> mark = () -> TemplateText.mark(rows.find(list, TemplateName.WELCOME, ""));
            String none = mark.get();
            site.lists.run(() -> site.texts.change(list, TemplateName.WELCOME, "any", "one", none));
            String one = mark.get();
            site.lists.run(() -> site.texts.reset(list, TemplateName.WELCOME, "any", one));
            site.lists.run(() -> site.texts.change(list, TemplateName.WELCOME, "any", "anew", none));
            String anew = mark.get();
            site.lists.run(() -> site.texts.change(list, TemplateName.WELCOME, "any", "two", anew));
            for (String seen : List.of(none, one, anew)) {
                assertThatThrownBy(() -> site.lists.run(
                                () -> site.texts.change(list, TemplateName.WELCOME, "any", "three", seen)))
                        .isInstanceOf(ConflictException.class);
                assertThatThrownBy(
                                () -> site.lists.run(() -> site.texts.reset(list, TemplateName.WELCOME, "any", seen)))
                        .isInstanceOf(ConflictException.class);
            }
            assertThat(site.welcome("en")).contains("two");
            site.lists.run(() -> site.texts.reset(list, TemplateName.WELCOME, "any", mark.get()));
            assertThat(site.welcome("en")).isEmpty();
        }
    }

    @BothDatabases
    void previewShouldBeTheMailWithExamplesAndNameWhatIsUnknownWithItsLine(TestDatabase database) {
        try (Site site = new Site(database)) {
            TemplatePreview.Preview preview = site.lists.inTransaction(() -> site.previews()
                    .of(site.ofList(), TemplateName.HOLD, "any", "$listname $$5\n$reasons\n${nonsense} $nonsense"));
            assertThat(preview.text())
                    .isEqualTo("ant@example.com $5\n" + Variable.REASONS.example() + "\n${nonsense} $nonsense");
            assertThat(preview.unknown()).containsExactly(Map.entry("nonsense", 3));
            assertThat(preview.from()).isEqualTo("ant-owner@example.com");
            assertThat(preview.subject()).isEqualTo("Your message to ant@example.com awaits moderation");
        }
    }

    @BothDatabases
    void previewOfAFooterShouldStandBelowASamplePostOfASampleList(TestDatabase database) {
        try (Site site = new Site(database)) {
            TemplatePreview.Preview preview = site.lists.inTransaction(() -> site.previews()
                    .of(site.ofDomain(), TemplateName.REGULAR_FOOTER, "de", "-- \n$listname fuer $user_name"));
            assertThat(preview.subject()).startsWith("Protokoll");
            assertThat(preview.text()).startsWith("Hallo").endsWith("Ann\n\n-- \nlist@example.com fuer Ann Example");
        }
    }

    @BothDatabases
    void whatCountsShouldSayWhoseItIs(TestDatabase database) {
        try (Site site = new Site(database)) {
            assertThat(site.counting(site.ofList(), "de")).isEmpty();
            site.write(TemplateContext.SITE, "de", "of the site");
            assertThat(site.counting(site.ofList(), "de").orElseThrow().context())
                    .isEqualTo(TemplateContext.SITE);
            assertThat(site.counting(site.ofDomain(), "any"))
                    .as("in German only")
                    .isEmpty();
            site.put(site.ofDomain(), TemplateName.WELCOME, site.at("/domain"));
            site.refresh.run();
            assertThat(site.counting(site.ofDomain(), "any").orElseThrow().content())
                    .isEqualTo("/domain");
            assertThat(site.counting(site.ofList(), "de").orElseThrow().language())
                    .as("an address's")
                    .isNull();
            assertThat(site.counting(TemplateContext.SITE, "de").orElseThrow().language())
                    .isEqualTo("de");
        }
    }

    @BothDatabases
    void ownTextShouldNotBeSavedWithUnknownNamesButAFetchedOneShouldLeaveThem(TestDatabase database) {
        try (Site site = new Site(database)) {
            assertThatThrownBy(() -> site.write(site.ofList(), "any", "$listname\n$$ok ${reasons}"))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("$reasons in line 2")
                    .hasMessageContaining("list_id, list_name")
                    .hasMessageContaining("user_email");
            assertThat(site.welcome("en")).isEmpty();
            text = "$nonsense ";
            site.put(site.ofList(), TemplateName.WELCOME, site.at("/t"));
            site.refresh.run();
            assertThat(site.lists.inTransaction(() -> site.templates.text(
                            site.list, TemplateName.WELCOME, "en", "subscription.welcome.text", Map.of())))
                    .isEqualTo("$nonsense /t");
        }
    }

    @BothDatabases
    void oneOfTwoWhoWriteTheFirstTextAtOnceShouldBeToldOfTheOther(TestDatabase database) throws Exception {
        try (Site site = new Site(database)) {
            TemplateTextRows rows = new TemplateTextRows(database.sql(), database.ids());
            CountDownLatch written = new CountDownLatch(1);
            CountDownLatch asked = new CountDownLatch(1);
            TemplateTextRows late = new TemplateTextRows(database.sql(), database.ids()) {
                @Override
                Optional<TemplateText> find(TemplateContext context, TemplateName name, String language) {
                    Optional<TemplateText> none = super.find(context, name, language);
                    asked.countDown();
                    await(written);
                    return none;
                }
            };
            TemplateTexts second =
                    new TemplateTexts(late, new Rights(new RoleRights(database.sql())), site.lists.audit, site.clock);
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
                await(asked);
                database.inTransaction(() -> {
                    rows.add(site.ofList(), TemplateName.WELCOME, "", "first", ListsOnDatabase.NOW);
                    return null;
                });
                written.countDown();
            });
            assertThatThrownBy(() ->
                            site.lists.run(() -> second.put(site.ofList(), TemplateName.WELCOME, "any", "second")))
                    .isInstanceOf(ConflictException.class);
            other.get(30, TimeUnit.SECONDS);
            assertThat(site.welcome("en")).contains("first");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @BothDatabases
    void whatCannotBeATextShouldBeRefusedWithItsLine(TestDatabase database) {
        try (Site site = new Site(database)) {
            assertThatThrownBy(() -> site.write(site.ofList(), "any", "one\r\ntwo \0"))
                    .isInstanceOfSatisfying(TemplateFaultException.class, fault -> {
                        assertThat(fault.fault()).isEqualTo(TemplateFaultException.Fault.CONTROL);
                        assertThat(fault.line()).isEqualTo(2);
                        assertThat(fault.what()).isEqualTo("U+0000");
                    })
                    .hasMessageContaining("U+0000 in line 2");
            site.write(site.ofList(), "any", "x".repeat(TemplateTexts.LONGEST));
            assertThatThrownBy(() -> site.write(site.ofList(), "any", "x".repeat(TemplateTexts.LONGEST + 1)))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("65537 characters");
            for (String language : List.of("", "german", "d", "de_AT", "de'")) {
                assertThatThrownBy(() -> site.write(site.ofList(), language, "x"))
                        .as(language)
                        .isInstanceOf(InvalidValueException.class);
            }
        }
    }

    @BothDatabases
    void textsShouldGoWithTheirList(TestDatabase database) {
        try (Site site = new Site(database)) {
            site.write(site.ofList(), "any", "x");
            site.write(site.ofDomain(), "any", "x");
            site.write(TemplateContext.SITE, "any", "x");
            site.lists.run(() -> site.lists.domainOperations.delete("example.com", true));
            assertThat(site.lists.inTransaction(() -> site.texts.of(site.ofList())))
                    .isEmpty();
            assertThat(site.lists.inTransaction(() -> site.texts.of(site.ofDomain())))
                    .isEmpty();
            assertThat(site.lists.inTransaction(() -> site.texts.of(TemplateContext.SITE)))
                    .hasSize(1);
        }
    }

    @BothDatabases
    void passwordShouldNotGoToAnotherPlaceThanItWasGivenFor(TestDatabase database) {
        try (Site site = new Site(database)) {
            TemplateName name = TemplateName.WELCOME;
            site.lists.run(() ->
                    site.uris.put(site.ofList(), Map.of(name, new Place("https://a.example/t", "anne", "secret"))));
            site.lists.run(() -> site.uris.change(site.ofList(), name, null, "bart", null));
            TemplateUri row = site.rows.find(site.ofList(), name).orElseThrow();
            assertThat(row.username()).isEqualTo("bart");
            assertThat(site.rows.password(row)).contains("secret");
            site.lists.run(() -> site.uris.change(site.ofList(), name, "https://b.example/t", null, null));
            TemplateUri moved = site.rows.find(site.ofList(), name).orElseThrow();
            assertThat(moved.username()).isNull();
            assertThat(site.rows.password(moved)).isEmpty();
            assertThat(row.toString() + new Place("u", "n", "secret")).doesNotContain("secret");
        }
    }

    @BothDatabases
    void whatCannotBeAnAddressShouldBeRefused(TestDatabase database) {
        try (Site site = new Site(database)) {
            for (String uri :
                    List.of("not an address", "/relative", "https://anne:secret@example.com/", "x".repeat(3000))) {
                assertThatThrownBy(() -> site.put(site.ofList(), TemplateName.WELCOME, uri))
                        .isInstanceOf(InvalidValueException.class);
            }
            assertThat(site.rows.of(site.ofList())).isEmpty();
        }
    }

    @BothDatabases
    void onlyWhoMayChangeTheListShouldChangeItsTemplates(TestDatabase database) {
        try (Site site = new Site(database);
                Acting.Bound nobody = Acting.as(Actor.anonymous(Via.REST))) {
            for (TemplateContext context : List.of(site.ofList(), site.ofDomain(), TemplateContext.SITE)) {
                assertThatThrownBy(() -> site.put(context, TemplateName.WELCOME, "https://a.example/t"))
                        .isInstanceOf(NotAllowedException.class);
                assertThatThrownBy(() ->
                                site.lists.run(() -> site.uris.delete(context, EnumSet.allOf(TemplateName.class))))
                        .isInstanceOf(NotAllowedException.class);
                assertThatThrownBy(() -> site.write(context, "any", "x")).isInstanceOf(NotAllowedException.class);
                assertThatThrownBy(() -> site.lists.run(() -> site.texts.delete(context, TemplateName.WELCOME, "any")))
                        .isInstanceOf(NotAllowedException.class);
                assertThatThrownBy(() -> site.counting(context, "any")).isInstanceOf(NotAllowedException.class);
                assertThatThrownBy(() ->
                                site.lists.run(() -> site.previews().of(context, TemplateName.WELCOME, "any", "x")))
                        .isInstanceOf(NotAllowedException.class);
                assertThatThrownBy(() ->
                                site.lists.run(() -> site.previews().builtIn(context, TemplateName.WELCOME, "any")))
                        .isInstanceOf(NotAllowedException.class);
                assertThatThrownBy(() -> site.lists.run(() -> site.texts.of(context)))
                        .isInstanceOf(NotAllowedException.class);
            }
        }
    }

    @BothDatabases
    void templatesShouldGoWithTheirList(TestDatabase database) {
        try (Site site = new Site(database)) {
            site.put(site.ofList(), TemplateName.WELCOME, "https://a.example/t");
            site.put(site.ofDomain(), TemplateName.WELCOME, "https://a.example/t");
            site.lists.run(() -> site.lists.domainOperations.delete("example.com", true));
            assertThat(site.rows.all()).isEmpty();
        }
    }
}
