package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.testing.ConsoleBrowser;
import org.posthorn.testing.PackagedNode;

/** The console's first rooms in a browser: front page, lists and domains, a list's settings with errors and conflicts, doors. */
class ConsoleRoomsE2E {

    private static final String LIST = "/manage/garden.example.org/settings/";
    private static final String OWNER = "olga@example.net";
    private static final String OWNERS_PASSWORD = "owner-Passw0rd";

    @TempDir
    static Path folder;

    private static PackagedNode node;
    private static ConsoleBrowser browser;

    @BeforeAll
    static void start() {
        node = new PackagedNode(PackagedNode.Form.COMMAND, folder.resolve("home"), Map.of()).start();
        post("domains", "{\"mail_host\": \"example.org\"}");
        for (String name : List.of("garden", "other", "secret", "doomed", "moving")) {
            post("lists", "{\"fqdn_listname\": \"" + name + "@example.org\"}");
        }
        post("users", "{\"email\": \"" + OWNER + "\", \"password\": \"" + OWNERS_PASSWORD + "\"}");
        post("members", """
                {"list_id": "garden.example.org", "subscriber": "%s", "role": "owner", "pre_verified": "true",
                 "pre_confirmed": "true", "pre_approved": "true"}""".formatted(OWNER));
        post("members", """
                {"list_id": "doomed.example.org", "subscriber": "%s", "pre_verified": "true",
                 "pre_confirmed": "true", "pre_approved": "true"}""".formatted(OWNER));
        browser = new ConsoleBrowser(node.httpPort());
    }

    private static void post(String path, String json) {
        PackagedNode.Answer answer = node.post("/3.1/" + path, json);
        assertThat(answer.status()).as(path + ": " + answer.body()).isBetween(200, 204);
    }

    @AfterEach
    void closeWindows() {
        browser.closeWindows();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (browser != null) {
            browser.close();
        }
        if (node != null) {
            node.close();
        }
    }

    private static Page admin() {
        return browser.signedIn(PackagedNode.USER, PackagedNode.PASSWORD);
    }

    private static void save(Page page) {
        page.waitForNavigation(() -> page.locator("#save").click());
    }

    @Test
    void strangerShouldFindAListAndLearnHowToJoinIt() {
        Page page = browser.window();
        // The site of this class may hold a thousand lists by now.
        page.navigate("/?lists=other");
        browser.assertSound(page);

        page.waitForNavigation(() -> page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("Other").setExact(true))
                .click());

        assertThat(page.locator("h1").textContent()).isEqualTo("Other");
        assertThat(page.content())
                .contains(
                        "mailto:other-owner@example.org?subject=subscribe",
                        "mailto:other-owner@example.org?subject=unsubscribe");
        browser.assertSound(page);
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "fr", "es"})
    void everyRoomShouldSpeakTheReadersLanguageAndFitAPhone(String language) {
        Page page = browser.window(language, 360, 740);
        ConsoleBrowser.signIn(page, PackagedNode.USER, PackagedNode.PASSWORD);

        for (String path : List.of(
                "/",
                "/lists/garden.example.org",
                "/site/lists",
                "/site/lists/new",
                "/site/domains",
                LIST + "bounces")) {
            page.navigate(path);
            assertThat(page.locator("html").getAttribute("lang")).isEqualTo(language);
            assertThat(page.content()).doesNotContain("???");
            browser.assertSound(page);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "who-may-post",
                "who-may-join",
                "what-mail-looks-like",
                "digests",
                "bounces",
                "archive",
                "names-and-addresses"
            })
    void settingsShouldSayWhatEachDoesItsDefaultAndSaveWhatWasNotTouchedAsItIs(String intent) {
        Page page = admin();
        page.navigate(LIST + intent);
        browser.assertSound(page);
        assertThat(page.content()).doesNotContain("???").contains("Default: ");
        String before = node.get("/3.1/lists/garden.example.org/config").body();

        save(page);

        assertThat(page.locator(".notice.good").textContent()).contains("Nothing had changed");
        assertThat(node.get("/3.1/lists/garden.example.org/config").body()).isEqualTo(before);
    }

    @Test
    void savedSettingShouldHoldAndSayWhoChangedIt() {
        Page page = admin();
        page.navigate(LIST + "digests");
        page.locator("#digest-size-threshold").fill("55");
        assertThat(page.locator(".save-bar .changes").textContent())
                .contains("One change not saved")
                .contains("Send when so large");

        save(page);

        assertThat(page.locator(".notice.good").textContent()).contains("One setting saved");
        assertThat(page.locator("#digest-size-threshold").inputValue()).isEqualTo("55");
        assertThat(page.locator(".field:has(#digest-size-threshold) .note").textContent())
                .contains("Default: 30")
                .contains("Changed by admin");
        browser.assertSound(page);
    }

    @Test
    void wrongValueShouldBeToldBesideItsFieldAndNothingSaved() {
        Page page = admin();
        page.navigate(LIST + "bounces");
        page.locator("#bounce-info-stale-after").fill("a week");
        page.locator("#process-bounces").uncheck();

        save(page);

        Locator field = page.locator("#bounce-info-stale-after");
        assertThat(field.inputValue()).isEqualTo("a week");
        assertThat(field.getAttribute("aria-invalid")).isEqualTo("true");
        assertThat(page.locator("#bounce-info-stale-after-error").textContent()).contains("a week is no duration");
        browser.assertSound(page);
        page.navigate(LIST + "bounces");
        assertThat(page.locator("#process-bounces").isChecked()).isTrue();
    }

    @Test
    void secondToSaveShouldSeeBothVersionsAndChooseForEach() {
        Page first = admin();
        Page second = admin();
        first.navigate(LIST + "names-and-addresses");
        second.navigate(LIST + "names-and-addresses");
        first.locator("#description").fill("theirs");
        first.locator("#display-name").fill("Their garden");
        save(first);
        second.locator("#description").fill("mine");
        second.locator("#info").fill("mine alone");

        save(second);

        assertThat(second.content()).contains("Somebody else saved first");
        assertThat(second.locator("fieldset.versions").allTextContents().toString())
                .contains("mine", "theirs", "Saved by admin", "mine alone", "Their garden");
        browser.assertSound(second);
        second.locator("input[name='choose-description'][value='mine']").check();
        second.waitForNavigation(() -> second.locator("#resolve").click());
        assertThat(second.locator(".notice.good").textContent()).contains("2 settings saved");
        assertThat(second.locator("#description").inputValue()).isEqualTo("mine");
        assertThat(second.locator("#info").inputValue()).isEqualTo("mine alone");
        assertThat(second.locator("#display-name").inputValue()).isEqualTo("Their garden");
    }

    @Test
    void choosingTheirsShouldKeepTheirs() {
        Page first = admin();
        Page second = admin();
        first.navigate(LIST + "what-mail-looks-like");
        second.navigate(LIST + "what-mail-looks-like");
        first.locator("#subject-prefix").fill("[theirs] ");
        save(first);
        second.locator("#subject-prefix").fill("[mine] ");
        save(second);

        second.locator("input[name='choose-subject-prefix'][value='theirs']").check();
        second.waitForNavigation(() -> second.locator("#resolve").click());
        assertThat(second.locator(".notice.good").textContent()).contains("Nothing had changed");

        assertThat(second.locator("#subject-prefix").inputValue()).isEqualTo("[theirs] ");
    }

    @Test
    void pageLeftOpenBeyondTheSessionShouldLoseNothing() {
        Page page = browser.signedIn(OWNER, OWNERS_PASSWORD);
        page.navigate(LIST + "who-may-join");
        page.locator("#send-goodbye-message").uncheck();
        page.context().clearCookies();

        save(page);

        assertThat(page.locator("h1").textContent()).isEqualTo("You have been signed out");
        browser.assertSound(page);
        Page tab = page.context().newPage();
        ConsoleBrowser.signIn(tab, OWNER, OWNERS_PASSWORD);
        page.waitForNavigation(() -> page.locator("main form button").click());
        assertThat(page.locator(".notice.good").textContent()).contains("One setting saved");
        assertThat(page.locator("#send-goodbye-message").isChecked()).isFalse();
    }

    @Test
    void ownerShouldReachTheirListOnly() {
        Page page = browser.signedIn(OWNER, OWNERS_PASSWORD);
        assertThat(page.locator("#nav").textContent()).contains("Garden").doesNotContain("Queues");

        assertThat(page.navigate(LIST + "who-may-post").status()).isEqualTo(200);
        for (String path : List.of(
                "/manage/other.example.org/settings/who-may-post",
                "/site/lists",
                "/site/queues",
                "/manage/garden.example.org/delete")) {
            Response response = page.navigate(path);
            assertThat(response.status()).as(path).isEqualTo(403);
            assertThat(page.locator("h1").textContent()).isEqualTo("You may not see this page");
            browser.assertSound(page);
        }
        assertThat(page.navigate("/manage/no-such.example.org/settings/digests").status())
                .isEqualTo(404);
        assertThat(page.navigate("/site/lists.xhtml").status()).isEqualTo(404);
        browser.assertSound(page);
    }

    @Test
    void listShouldBeMadeWithItsOwnerAndMistakesToldBesideTheField() {
        Page page = admin();
        page.navigate("/site/lists/new");
        page.locator("#name").fill("weather-request");
        page.waitForNavigation(() -> page.locator("#create").click());
        assertThat(page.locator("#name-error").textContent()).contains("cannot be a list’s name");
        browser.assertSound(page);
        page.locator("#name").fill("garden");
        page.waitForNavigation(() -> page.locator("#create").click());
        assertThat(page.locator("#name-error").textContent()).contains("There is a list garden@example.org already");

        page.locator("#name").fill("weather");
        page.locator("#style").selectOption("legacy-announce");
        page.locator("#owner").fill("wanda@example.net");
        page.waitForNavigation(() -> page.locator("#create").click());

        assertThat(page.url()).endsWith("/manage/weather.example.org/settings/names-and-addresses");
        assertThat(node.get("/3.1/lists/weather.example.org/roster/owner").body())
                .contains("wanda@example.net");
        assertThat(node.get("/3.1/lists/weather.example.org/config").body()).contains("\"allow_list_posts\":false");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jakarta.faces.ViewState=stateless",
                "jakarta.faces%2eViewState=stateless",
                "jakarta%2Efaces.ViewState"
            })
    void formThatComesAsALinkShouldChangeNothing(String state) {
        Page page = admin();

        Response response = page.navigate(
                "/manage/moving.example.org/members/add?" + state
                        + "&add=add&address=lured%40example.net&email=lured%40example.net&addresses=lured%40example.net&now=x&save=Save");
        Response renaming = page.navigate("/manage/doomed.example.org/delete?" + state
                + "&delete=delete&confirm=doomed.example.org&delete-now=x");

        assertThat(response.status()).isEqualTo(400);
        assertThat(renaming.status()).isEqualTo(400);
        assertThat(node.get("/3.1/lists/moving.example.org/roster/member").body())
                .doesNotContain("lured");
    }

    @Test
    void listShouldBeDeletedOnlyOnceItsNameIsTyped() {
        Page page = admin();
        page.navigate("/manage/doomed.example.org/delete");
        assertThat(page.locator(".notice.bad").textContent()).contains("one member");
        page.locator("#confirm").fill("garden.example.org");
        page.waitForNavigation(() -> page.locator("#delete-now").click());
        assertThat(page.locator("#confirm-error").textContent()).contains("Nothing was deleted");
        browser.assertSound(page);

        page.locator("#confirm").fill("doomed.example.org");
        page.waitForNavigation(() -> page.locator("#delete-now").click());

        assertThat(page.locator(".notice.good").textContent()).contains("doomed.example.org is deleted");
        assertThat(node.get("/3.1/lists/doomed.example.org").status()).isEqualTo(404);
    }

    @Test
    void listShouldBeRenamed() {
        Page page = admin();
        page.navigate("/manage/moving.example.org/rename");
        browser.assertSound(page);
        page.locator("#address").fill("moved@example.org");
        page.waitForNavigation(() -> page.locator("#rename-now").click());

        assertThat(page.url()).contains("/manage/moved.example.org/");
        assertThat(page.locator(".notice.good").textContent()).contains("moved@example.org");
    }

    @Test
    void domainShouldBeAddedChangedAndDeleted() {
        Page page = admin();
        page.navigate("/site/domains");
        page.locator("#name").fill("no domain");
        page.waitForNavigation(() -> page.locator("#add").click());
        assertThat(page.locator("#name-error").textContent()).contains("no domain name");
        page.locator("#name").fill("short.example");
        page.waitForNavigation(() -> page.locator("#add").click());
        assertThat(page.locator(".notice.good").textContent()).contains("short.example is there");
        browser.assertSound(page);

        page.navigate("/site/domains/short.example");
        page.locator("#base-url").fill("https://lists.short.example");
        save(page);
        assertThat(node.get("/3.1/domains/short.example").body()).contains("https://lists.short.example");

        page.navigate("/site/domains/short.example");
        page.locator("#aliases").fill("also.example\nno name");
        save(page);
        assertThat(page.locator("#aliases-error").textContent()).contains("no name");
        page.locator("#aliases").fill("also.example");
        save(page);
        assertThat(node.get("/3.1/domains/short.example").body()).contains("also.example");

        page.navigate("/site/domains/short.example");
        page.locator("#owner").fill("nobody");
        page.locator("#owner").evaluate("field => field.form.noValidate = true");
        page.waitForNavigation(() -> page.locator("#add-owner").click());
        assertThat(page.locator("#owner-error").textContent()).contains("nobody");
        page.locator("#owner").fill("dora@short.example");
        page.waitForNavigation(() -> page.locator("#add-owner").click());
        assertThat(page.locator("#owners").textContent()).contains("dora@short.example");
        browser.assertSound(page);
        page.waitForNavigation(
                () -> page.locator("#owners button[name=act]").first().click());
        assertThat(page.locator("#owners li").count()).isZero();

        page.navigate("/site/domains/short.example");
        page.locator("button[popovertarget='sure']").first().click();
        browser.assertSound(page);
        page.waitForNavigation(() -> page.locator("#delete").click());
        assertThat(node.get("/3.1/domains/short.example").status()).isEqualTo(404);
    }

    @Test
    void secondToSaveADomainShouldSeeBothVersions() {
        node.post("/3.1/domains", "{\"mail_host\": \"two.example\"}");
        Page page = admin();
        page.navigate("/site/domains/two.example");
        page.locator("#aliases").fill("mine.example");
        node.patch("/3.1/domains/two.example", "{\"alias_domain\": \"theirs.example\"}");
        save(page);
        assertThat(page.locator(".versions").textContent()).contains("mine.example", "theirs.example");
        browser.assertSound(page);
        save(page);
        assertThat(node.get("/3.1/domains/two.example").body())
                .contains("mine.example")
                .doesNotContain("theirs.example");
    }

    @Test
    void searchShouldLeadToListsAndMessages() {
        Page page = admin();
        page.navigate("/search?q=other@example.org");
        assertThat(page.url()).contains("other.example.org");
        page.navigate("/search?q=%3Cx@example.org%3E");
        assertThat(page.url()).contains("/site/messages?message_id=%3Cx%40example.org%3E");
        page.navigate("/search?q=no-such-thing");
        assertThat(page.locator("main").textContent()).contains("Nothing here is called “no-such-thing”");
        browser.assertSound(page);
    }

    @Test
    void listThatIsNotAdvertisedShouldNotBeFoundByStrangers() {
        Page admin = admin();
        admin.navigate("/manage/secret.example.org/settings/who-may-join");
        admin.locator("#advertised").uncheck();
        save(admin);

        Page page = browser.window();
        page.navigate("/?lists=secret");
        assertThat(page.content()).doesNotContain("secret@example.org");
        page.navigate("/search?q=secre");
        assertThat(page.content()).doesNotContain("secret@example.org");
    }

    @Test
    void menuShouldOpenOnAPhoneByItsButton() {
        Page page = browser.window("en-GB", 360, 740);
        ConsoleBrowser.signIn(page, PackagedNode.USER, PackagedNode.PASSWORD);
        page.navigate("/site/lists");
        assertThat(page.locator("#nav").isVisible()).isFalse();

        page.locator(".top .menu").click();

        assertThat(page.locator("#nav").isVisible()).isTrue();
        browser.assertSound(page);
        page.keyboard().press("Escape");
        assertThat(page.locator("#nav").isVisible()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/static",
                "/WEB-INF",
                "/WEB-INF/tags",
                "/manage",
                "/manage/_list-id",
                "/manage/_list-id/settings"
            })
    void folderThatIsNoPageShouldLeadNowhereElse(String folder) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + node.httpPort() + folder))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        // At most to the sign-in page of this site: never to a name that the Host field gave.
        assertThat(answer.statusCode()).isIn(404, 303);
        assertThat(answer.headers().firstValue("Location").orElse("/login")).startsWith("/login");
    }

    /** How long the pages take is a figure, which the report shows beside the result (docs/performance.md); no pass or fail. */
    @Test
    void settingsAndListsShouldBeShownWithAThousandLists(TestReporter report) {
        for (int i = 0; i < 1000; i++) {
            post("lists", "{\"fqdn_listname\": \"many-" + i + "@example.org\"}");
        }
        Page page = admin();
        for (String path :
                List.of("/site/lists", "/site/lists?page=15", "/site/lists?filter=many-77", LIST + "who-may-post")) {
            double[] times = IntStream.range(0, 50)
                    .mapToDouble(i -> millisToAnswer(page, path))
                    .skip(10)
                    .sorted()
                    .toArray();
            report.publishEntry(
                    path,
                    "median %.0f ms, p95 %.0f ms".formatted(times[times.length / 2], times[times.length * 95 / 100]));
        }
        page.navigate("/site/lists?filter=many-77");
        assertThat(page.locator("main").textContent())
                .contains("many-77@example.org", "many-770@example.org", "many-779@example.org")
                .doesNotContain("many-78@example.org");
    }

    private static double millisToAnswer(Page page, String path) {
        assertThat(page.navigate(path).status()).isEqualTo(200);
        Object millis = page.evaluate(
                "(() => { const t = performance.getEntriesByType('navigation')[0]; return t.responseEnd - t.requestStart; })()");
        return ((Number) millis).doubleValue();
    }
}
