package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.testing.ConsoleBrowser;
import org.posthorn.testing.Eventually;

/** The rooms below {@code /site} in a browser, over a node with lists, posts, smarthosts and shunted entries. */
class SiteRoomsE2E {

    @TempDir
    static Path folder;

    private static SampleSite site;
    private static ConsoleBrowser browser;

    @BeforeAll
    static void start() throws Exception {
        site = new SampleSite(folder).filled();
        browser = new ConsoleBrowser(site.node().httpPort());
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
        }
        if (site != null) {
            site.close();
        }
    }

    private static void press(Page page, String name) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(true))
                .click();
    }

    private static String said(Page page) {
        return page.locator(".notice.good").innerText();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/site",
                "/site/queues",
                "/site/shunted",
                "/site/shunted?queue=bad",
                "/site/messages",
                "/site/messages?message_id=%3Cdelivered-1%40mail.example.org%3E&recipient=member7%40example.com",
                "/site/messages?message_id=nobody%40example.org",
                "/site/smarthosts",
                "/site/smarthosts/relay-a",
                "/site/smarthost-new",
                "/site/tokens",
                "/site/audit",
                "/site/nodes",
                "/site/users",
                "/site/users?q=member",
                "/site/user-new",
                "/site/templates",
                "/site/templates/lists.example.org",
                "/site/templates/lists.example.org/list:admin:action:post?language=de",
                "/site/templates/site/list:member:regular:footer"
            })
    void pageShouldBeSoundAtDesktopAndPhoneWidthInLightAndDark(String path) {
        Page page = browser.owner();
        Response response = page.navigate(path);
        assertThat(response.status()).isEqualTo(200);
        assertThat(page.locator("h1").count()).isEqualTo(1);
        browser.assertSound(page);

        page.setViewportSize(ConsoleBrowser.PHONE, 740);
        browser.assertSound(page);

        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        browser.assertSound(page);
    }

    @ParameterizedTest
    @ValueSource(strings = {"de-DE", "fr-FR", "es-ES"})
    void pagesShouldSpeakTheReadersLanguage(String language) {
        Page page = browser.owner(ConsoleBrowser.DESKTOP, ColorScheme.LIGHT, language);
        for (String path : List.of("/site", "/site/queues", "/site/shunted", "/site/tokens", "/site/smarthost-new")) {
            page.navigate(path);
            assertThat(page.locator("html").getAttribute("lang")).isEqualTo(language.substring(0, 2));
            assertThat(page.content()).doesNotContain("???");
        }
    }

    @Test
    void textOfADomainShouldComeBeforeTheSitesAndBothShouldBeReset() {
        Page page = browser.owner();
        page.navigate("/site/templates/site/list:user:notice:goodbye?language=de");
        assertThat(page.locator(".heading").innerText()).contains("Posthorn’s text counts");
        assertThat(page.locator("#text").inputValue()).contains("ist nicht mehr Mitglied");
        page.locator("#text").fill("Von der Site: ${email} $list");
        page.locator("#previewed")
                .getByText("Von der Site: ann@example.com list@example.com")
                .waitFor();
        press(page, "Save");
        assertThat(said(page)).isEqualTo("The text is saved.");

        String domain = "/site/templates/lists.example.org/list:user:notice:goodbye?language=de";
        page.navigate("/site/domains/lists.example.org");
        page.getByText("Templates of lists.example.org").click();
        page.locator("a[href$='list:user:notice:goodbye']").click();
        page.navigate(domain);
        assertThat(page.locator(".heading").innerText()).contains("the site’s text counts (de)");
        assertThat(page.locator("#text").inputValue()).isEqualTo("Von der Site: ${email} $list");
        assertThat(page.locator("#reset-text").count()).isZero();
        page.locator("#text").fill("Von der Domain $nonsense");
        page.locator("#unknown").getByText("$nonsense in line 1").waitFor();
        press(page, "Save");
        page.getByText("Text, line 1: there is no \u201c$nonsense\u201d here. Names are: ")
                .waitFor();
        page.locator("#text").fill("Von der Domain: $mail_host");
        press(page, "Save");
        assertThat(page.locator(".heading").innerText()).contains("written here counts");
        assertThat(page.locator("#previewed").innerText()).isEqualTo("Von der Domain: lists.example.org");
        page.navigate("/manage/" + SampleSite.LIST + "/templates/list:user:notice:goodbye?language=de");
        assertThat(page.locator(".heading").innerText())
                .contains("the text of the domain lists.example.org counts (de)");

        for (String path : List.of(domain, "/site/templates/site/list:user:notice:goodbye?language=de")) {
            page.navigate(path);
            page.locator("button[popovertarget=reset-text].danger").click();
            page.locator("#reset").click();
            assertThat(said(page)).contains("The text is gone");
        }
        assertThat(page.locator(".heading").innerText()).contains("Posthorn’s text counts");
        assertThat(page.navigate("/site/templates/nowhere.example/list:user:notice:goodbye")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void overviewShouldSayFirstWhatNeedsALookAndLeadThere() {
        Page page = browser.owner();
        page.navigate("/site");

        assertThat(page.locator(".verdict").innerText()).contains("need");
        page.locator(".findings a[href*='queue=shunt']").click();
        page.waitForURL("**/site/shunted**");
        assertThat(page.locator("tbody tr").count()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void ratesShouldBeDrawnInBothSchemesAndStandInATable() {
        Page page = browser.owner(ConsoleBrowser.DESKTOP, ColorScheme.DARK, "en-GB");
        page.navigate("/site");
        page.waitForFunction("() => Object.keys(Chart.instances).length === 3");
        assertThat(page.evaluate("Chart.getChart(document.querySelector('#came canvas')).data.datasets[0].data.length"))
                .isEqualTo(30);
        assertThat(page.evaluate("Chart.getChart(document.querySelector('#came canvas')).data.datasets[0].borderColor"))
                .isEqualTo("#86b7f1");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        page.waitForFunction(
                "() => Chart.getChart(document.querySelector('#came canvas')).data.datasets[0].borderColor === '#1c5fae'");
        assertThat(page.locator("#came canvas").getAttribute("aria-label")).contains("in the last hour");
        page.locator("#figures summary").click();
        assertThat(page.locator("#figures tbody tr").count()).isEqualTo(30);
        browser.assertSound(page);

        // Kept over an update of the page, with the new figures.
        page.evaluate("document.querySelector('#came canvas').mark = true");
        page.evaluate("document.getElementById('came').dataset.figures = ''");
        page.waitForFunction("() => document.getElementById('came').dataset.figures !== ''");
        assertThat(page.evaluate("document.querySelector('#came canvas').mark")).isEqualTo(true);

        page.navigate("/manage/" + SampleSite.LIST);
        page.waitForFunction("() => Object.keys(Chart.instances).length === 1");
        assertThat(page.locator("#rate-title").textContent()).contains("in the last 30 days");
        browser.assertSound(page);
        page.navigate("/site/nodes");
        assertThat(page.evaluate("typeof jQuery"))
                .as("loaded where it serves only")
                .isEqualTo("undefined");
    }

    @Test
    void queueShouldBeSharedOutAnewWithMistakesBesideTheFieldAndConflictsShown() {
        Page page = browser.owner();
        page.navigate("/site/queues");
        page.locator("a[href='/site/queues/digest']").click();
        page.locator("#threads").fill("65");
        page.locator("#save").click();
        page.locator("#threads-error").getByText("65 cannot be").waitFor();
        page.locator("#threads").fill("3");
        site.node().patch("/api/queues/digest", "{\"priority\": 7}");
        page.locator("#save").click();
        page.locator("#resolve").waitFor();
        assertThat(page.locator("#queue").textContent()).contains("Only you changed this", "Changed meanwhile by");
        browser.assertSound(page);
        page.locator("#resolve").click();
        page.waitForURL("**/site/queues");
        page.navigate("/site/queues/digest");
        assertThat(page.locator("#threads").inputValue()).isEqualTo("3");
        assertThat(page.locator("#priority").inputValue()).isEqualTo("7");
        page.locator("#priority").fill("8");
        page.locator("#slices-wanted").fill("2");
        page.locator("#save").click();
        page.waitForURL("**/site/queues");
        assertThat(page.locator(".notice.good").textContent()).contains("digest is saved");
        assertThat(Eventually.holds(
                        Duration.ofSeconds(60),
                        () -> site.query(
                                        "select slices from queue_plan where queue = 'DIGEST' and threads = 3 and priority = 8")
                                .equals(List.of("2"))))
                .isTrue();
        page.navigate("/site/audit?kind=queue");
        assertThat(page.locator("tbody").textContent()).contains("digest", "slices=2", "threads=3");
    }

    @Test
    void pagesShouldFitAPhoneWithTextAtTwiceItsSize() {
        Page page = browser.owner(ConsoleBrowser.PHONE, ColorScheme.LIGHT, "de-DE");
        List<String> wrong = new ArrayList<>();
        for (String path : List.of(
                "/",
                "/site",
                "/site/queues",
                "/site/queues/out",
                "/site/shunted",
                "/site/messages",
                "/site/smarthosts",
                "/site/smarthosts/relay-a",
                "/site/nodes",
                "/site/users",
                "/site/tokens",
                "/site/audit",
                "/site/lists",
                "/site/domains/lists.example.org",
                "/lists/" + SampleSite.LIST,
                "/manage/" + SampleSite.LIST,
                "/manage/" + SampleSite.LIST + "/members",
                "/manage/" + SampleSite.LIST + "/members/add",
                "/manage/" + SampleSite.LIST + "/held",
                "/manage/" + SampleSite.LIST + "/requests",
                "/manage/" + SampleSite.LIST + "/bans",
                "/manage/" + SampleSite.LIST + "/settings/who-may-post")) {
            page.navigate(path);
            page.evaluate("document.documentElement.style.fontSize = '200%'");
            page.evaluate("document.fonts.ready");
            if (!page.evaluate(TOO_WIDE).equals(0)) {
                wrong.add(path + " is too wide by " + page.evaluate(TOO_WIDE));
            }
            ((List<?>) page.evaluate(CUT_OFF)).forEach(cut -> wrong.add(path + " cuts off " + cut));
        }
        assertThat(wrong).isEmpty();
    }

    private static final String TOO_WIDE =
            "document.documentElement.scrollWidth - document.documentElement.clientWidth";

    /** What has text that does not fit into it and cannot be scrolled to. */
    private static final String CUT_OFF = """
            () => [...document.querySelectorAll('main *, header *')]
              .filter(e => e.childElementCount === 0 && e.textContent.trim() && !e.closest('.sr, .skip, [hidden], [popover], svg, .clip, option, select, .who'))
              .filter(e => e.getClientRects().length)
              .filter(e => { const b = e.getBoundingClientRect(); return (b.right > innerWidth + 1 || b.left < -1) && !e.closest('.scroll, .tabs, pre, .mail'); })
              .map(e => e.outerHTML.slice(0, 160))
            """;

    @Test
    void siteShouldBeClosedToStrangersAndToPeopleWithoutTheRight() {
        Page page = browser.stranger(ConsoleBrowser.DESKTOP, ColorScheme.LIGHT, "en-GB");
        page.navigate("/site/shunted");
        assertThat(page.url()).contains("/login");

        site.node().post("/3.1/users", "{\"email\": \"plain@example.org\", \"password\": \"plain-password\"}");
        page.navigate("/login?next=/site/tokens");
        page.locator("#name").fill("plain@example.org");
        page.locator("#password").fill("plain-password");
        page.locator("#submit").click();
        page.waitForURL("**/site/tokens");
        assertThat(page.navigate("/site/tokens").status()).isEqualTo(403);
    }

    @Test
    void shuntedEntryShouldShowItsErrorAndHostileHeaderAsText() {
        long entry =
                site.shunted("OUT", "it broke <i>badly</i>", "odd@example.org", "Odd <img src=x onerror=alert(1)>");
        Page page = browser.owner();
        page.navigate("/site/shunted/" + entry);

        assertThat(page.locator("h1").innerText()).isEqualTo("Odd <img src=x onerror=alert(1)>");
        assertThat(page.locator(".notice.bad").innerText()).isEqualTo("it broke <i>badly</i>");
        assertThat(page.locator("dl.header").innerText()).contains("<script>alert(1)</script>");
        assertThat(page.locator("main img, main i, main script").count()).isZero();
        browser.assertSound(page);
    }

    @Test
    void shuntedEntryShouldGoBackToItsQueueAndBeSaid() {
        long entry = site.shunted("BACKOFF", "to be put back", "back@example.org", "Back again");
        Page page = browser.owner();
        page.navigate("/site/shunted/" + entry);

        page.locator("#put-back").click();

        assertThat(said(page)).isEqualTo("One entry was put back.");
        assertThat(site.isParked(entry)).isFalse();
    }

    @Test
    void tickedEntriesShouldBeDiscardedTogetherAfterAQuestion() {
        long first = site.shunted("OUT", "bulk one", "a@example.org", "Bulk one");
        long second = site.shunted("OUT", "bulk two", "b@example.org", "Bulk two");
        long kept = site.shunted("OUT", "bulk three", "c@example.org", "Bulk three");
        Page page = browser.owner();
        page.navigate("/site/shunted?queue=shunt&error=bulk");
        assertThat(page.locator("tbody tr").count()).isEqualTo(3);

        page.locator("input[name=pick][value='" + first + "']").check();
        page.locator("input[name=pick][value='" + second + "']").check();
        assertThat(page.locator("[data-picked]").innerText()).isEqualTo("2 ticked");
        press(page, "Discard the ticked");
        browser.assertSound(page);
        press(page, "Discard");

        assertThat(said(page)).isEqualTo("2 entries were discarded.");
        assertThat(site.isParked(first)).isFalse();
        assertThat(site.isParked(second)).isFalse();
        assertThat(site.isParked(kept)).isTrue();
    }

    @Test
    void nothingTickedShouldBeSaid() {
        site.shunted("OUT", "untouched", "a@example.org", "Untouched");
        Page page = browser.owner();
        page.navigate("/site/shunted?queue=shunt&error=untouched");

        press(page, "Put back the ticked");

        assertThat(page.locator(".notice.bad").innerText()).contains("No entry was ticked");
        assertThat(page.locator("tbody tr").count()).isEqualTo(1);
    }

    @Test
    void entryThatIsGoneMeanwhileShouldBeSaid() {
        long entry = site.shunted("OUT", "about to go", "a@example.org", "About to go");
        Page page = browser.owner();
        page.navigate("/site/shunted?queue=shunt&error=about");
        site.update("delete from queue_entry where id = ?", entry);

        page.locator("button[value='put-back " + entry + "']").click();

        assertThat(said(page)).contains("No entry was put back.").contains("gone already");
    }

    @Test
    void unknownEntryShouldBeNotFound() {
        Page page = browser.owner();

        assertThat(page.navigate("/site/shunted/1").status()).isEqualTo(404);
        assertThat(page.navigate("/site/shunted/x'--").status()).isEqualTo(404);
    }

    @Test
    void messageShouldBeFoundByItsIdAndTellOneRecipientsFate() {
        Page page = browser.owner();
        page.navigate("/site/messages");
        page.locator("#q").fill("delivered-1@mail.example.org");
        press(page, "Find");

        assertThat(page.locator("main .state").first().innerText()).contains("delivered");
        assertThat(page.locator(".sums").innerText()).contains("120");
        assertThat(page.locator(".way").last().innerText()).contains("queue in");

        page.locator("#recipient").fill("member7@example.com");
        press(page, "Tell");
        assertThat(page.locator(".way").first().innerText())
                .contains("delivered")
                .contains("relay-a");

        page.locator("#recipient").fill("nobody@example.com");
        press(page, "Tell");
        assertThat(page.locator("main").innerText()).contains("The message was not for nobody@example.com.");
    }

    @Test
    void messageShouldBeFoundByWordsOfItsSubject() {
        Page page = browser.owner();
        page.navigate("/site/messages?q=release+plan");

        assertThat(page.locator("tbody tr").count()).isEqualTo(2);
        page.locator("tbody tr").last().locator("a").click();
        page.waitForURL("**message_id=**");
        assertThat(page.locator("main .state").first().innerText()).contains("delivered");
    }

    @Test
    void unknownMessageShouldBeSaidAndNothingFoundToo() {
        Page page = browser.owner();
        page.navigate("/site/messages?message_id=%3Cnone%40example.org%3E");
        assertThat(page.locator(".empty").innerText()).contains("No message with this Message-ID");

        page.navigate("/site/messages?q=zebra");
        assertThat(page.locator(".empty").innerText()).contains("Nothing fits “zebra”");
    }

    @Test
    void smarthostShouldBeAddedChangedTakenOutOfUseAndDeleted() {
        Page page = browser.owner();
        page.navigate("/site/smarthost-new");
        page.locator("#name").fill("browser-made");
        page.locator("#host").fill("192.0.2.1");
        page.locator("#port").fill("2525");
        page.locator("#domains").fill("*.example");
        press(page, "Add");
        assertThat(said(page)).contains("browser-made was added");

        page.navigate("/site/smarthosts/browser-made");
        page.locator("#enabled").uncheck();
        page.locator("#weight").fill("7");
        page.locator("#password").fill("a-secret-password");
        page.locator("#username").fill("relay-user");
        page.locator("#tls").selectOption("required");
        page.locator("#save").click();
        assertThat(said(page)).contains("was saved");
        Locator row = page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText("browser-made"));
        assertThat(row.innerText()).contains("disabled").contains("7");

        page.navigate("/site/smarthosts/browser-made");
        assertThat(page.locator("#password").inputValue()).isEmpty();
        assertThat(page.content()).doesNotContain("a-secret-password");
        assertThat(site.query("select password from smarthost where name = 'browser-made'"))
                .containsExactly("a-secret-password");
        page.locator("#rate").fill("5");
        page.locator("#save").click();
        page.locator(".notice.good").waitFor();
        assertThat(site.query("select password from smarthost where name = 'browser-made'"))
                .as("an empty password leaves the stored one")
                .containsExactly("a-secret-password");

        page.navigate("/site/smarthosts/browser-made");
        press(page, "Delete");
        page.locator("#remove").click();
        assertThat(said(page)).contains("was deleted");
        assertThat(site.query("select name from smarthost where name = 'browser-made'"))
                .isEmpty();
    }

    @Test
    void wrongSmarthostFieldShouldBeSaidBesideItInWords() {
        Page page = browser.owner();
        page.navigate("/site/smarthosts/relay-a");
        page.locator("#port").fill("70000");
        page.locator("#save").click();

        assertThat(page.locator("#port-error").innerText()).contains("“70000” is no port");
        assertThat(page.locator("#port").inputValue()).isEqualTo("70000");
        browser.mistakes().clear();
        browser.assertSound(page);

        page.locator("#port").fill("25");
        page.locator("#domains").fill("not a domain");
        page.locator("#save").click();
        assertThat(page.locator("#domains-error").innerText()).contains("is no domain");
    }

    @Test
    void smarthostOutOfItsHoursShouldSaySoAndDeliverNowWhenTold() {
        // Out of its hours whenever the test runs: its minute is four days away.
        String day = OffsetDateTime.now(ZoneOffset.UTC)
                .plusDays(4)
                .getDayOfWeek()
                .getDisplayName(TextStyle.SHORT, Locale.ENGLISH)
                .toLowerCase(Locale.ROOT);
        site.node()
                .post(
                        "/api/smarthosts",
                        "{\"name\": \"nightly\", \"host\": \"192.0.2.8\", \"domains\": \"*.night.example\"}");
        Page page = browser.owner();
        page.navigate("/site/smarthosts/nightly");
        assertThat(page.locator("#deliver-now").count()).isZero();
        page.locator("#hours").fill("at night");
        page.locator("#save").click();
        assertThat(page.locator("#hours-error").innerText()).contains("“at night” is not understood");
        assertThat(page.locator("#hours").inputValue()).isEqualTo("at night");
        browser.mistakes().clear();
        browser.assertSound(page);
        page.locator("#hours").fill(day + " 12:00-12:01 UTC");
        page.locator("#transport").selectOption("angus");
        page.locator("#save").click();
        assertThat(said(page)).contains("was saved");
        Locator row = page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText("nightly"));
        assertThat(row.innerText()).contains("waiting").contains("out of its hours, they begin in ");

        page.navigate("/site/smarthosts/nightly");
        assertThat(page.locator("main .notice.amber").innerText()).contains("Out of its hours: its mail waits");
        assertThat(page.locator("#transport").inputValue()).isEqualTo("angus");
        browser.assertSound(page);
        page.locator("#deliver-for").selectOption("4");
        page.locator("#deliver-now").click();
        assertThat(said(page)).contains("nightly delivers now what waits for it");
        assertThat(page.locator("main").innerText()).contains("It delivers now, whatever its hours. That ends in ");
        assertThat(page.locator("#deliver-now").count()).isZero();
        browser.assertSound(page);

        page.locator("#deliver-by-hours").click();
        assertThat(said(page)).contains("hours of smarthost nightly count again");
        page.locator("#deliver-for").selectOption("forever");
        page.locator("#deliver-now").click();
        assertThat(page.locator("main").innerText()).contains("until that is switched off");
        assertThat(site.query("select deliver_until from smarthost where name = 'nightly'")
                        .get(0))
                .startsWith("9999-");
        site.update("delete from smarthost where name = 'nightly'");
    }

    @Test
    void howThePoolPicksShouldBeChosen() {
        Page page = browser.owner();
        page.navigate("/site/smarthosts");
        assertThat(page.locator("#select").inputValue()).isEqualTo("hash");
        page.locator("#select").selectOption("sequence");
        page.locator("#save").click();
        assertThat(said(page)).contains("It counts at once");
        assertThat(page.locator("#select").inputValue()).isEqualTo("sequence");
        page.locator("#select").selectOption("hash");
        page.locator("#save").click();
        page.locator(".notice.good").waitFor();
        assertThat(site.query("select content from site_setting where name = 'smarthost_select'"))
                .containsExactly("hash");
    }

    @Test
    void smarthostNameThatIsTakenShouldBeSaid() {
        Page page = browser.owner();
        page.navigate("/site/smarthost-new");
        page.locator("#name").fill("relay-a");
        page.locator("#host").fill("192.0.2.1");
        press(page, "Add");

        assertThat(page.locator("#name-error").innerText()).contains("no other smarthost has it");
    }

    @Test
    void secondWhoSavesASmarthostShouldSeeBothVersionsAndDecide() {
        site.node().post("/api/smarthosts", "{\"name\": \"shared\", \"host\": \"192.0.2.7\", \"enabled\": \"false\"}");
        Page page = browser.owner();
        page.navigate("/site/smarthosts/shared");
        site.update("update smarthost set weight = 9, version = version + 1 where name = 'shared'");

        page.locator("#weight").fill("4");
        page.locator("#save").click();

        assertThat(page.locator("main .notice.amber").innerText()).contains("Somebody else saved first");
        Locator difference = page.locator(".versions").filter(new Locator.FilterOptions().setHasText("Weight"));
        assertThat(difference.innerText()).contains("4").contains("9");
        assertThat(site.query("select weight from smarthost where name = 'shared'"))
                .containsExactly("9");
        browser.mistakes().clear();
        browser.assertSound(page);

        page.locator("#resolve").click();
        page.locator(".notice.good").waitFor();
        assertThat(site.query("select weight from smarthost where name = 'shared'"))
                .containsExactly("4");
    }

    @Test
    void tokenShouldBeShownOnceWorkByItsScopesAndEndWhenRevoked() throws Exception {
        Page page = browser.owner();
        page.navigate("/site/tokens");
        page.locator("#make #name").fill("reporter");
        press(page, "Make the account");
        String token = page.locator("#secret").innerText();
        browser.assertSound(page);

        assertThat(token).startsWith("posthorn_");
        assertThat(status("GET", "/3.1/lists", token)).isEqualTo(200);
        assertThat(status("DELETE", "/3.1/lists/" + SampleSite.LIST, token)).isEqualTo(403);
        assertThat(status("POST", "/api/accounts", token)).isEqualTo(403);
        page.navigate("/site/tokens");
        assertThat(page.content()).doesNotContain(token);
        Locator row = page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText("reporter"));
        assertThat(row.innerText()).contains("read").contains("admin");

        row.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Revoke").setExact(true))
                .first()
                .click();
        page.locator("button[value='revoke reporter']").click();
        assertThat(said(page)).isEqualTo("reporter was revoked.");
        assertThat(status("GET", "/3.1/lists", token)).isEqualTo(401);
    }

    @Test
    void accountThatCannotBeShouldBeRefusedBesideTheField() {
        Page page = browser.owner();
        page.navigate("/site/tokens");
        page.locator("#make #name").fill("two words");
        press(page, "Make the account");
        assertThat(page.locator("#name-error").innerText()).contains("A name begins with");
        assertThat(page.locator("#name-error").isVisible()).isTrue();

        page.locator("#make #name").fill("archiver");
        press(page, "Make the account");
        assertThat(page.locator("#name-error").innerText()).contains("“archiver” is taken");

        page.locator("#make #name").fill("nothing");
        page.locator("#make input[type=checkbox]").first().uncheck();
        press(page, "Make the account");
        assertThat(page.locator("#make").innerText()).contains("Tick at least one.");
    }

    @Test
    void accountOfTheSettingShouldWorkByItsScopesAndHaveNoRevokeButton() throws Exception {
        assertThat(basic("/3.1/lists", "reports", "report-password")).isEqualTo(200);
        assertThat(basic("/3.1/lists", "reports", "wrong-password")).isEqualTo(401);
        assertThat(basic("/3.1/lists", "restadmin", "rest-password")).isEqualTo(200);

        Page page = browser.owner();
        page.navigate("/site/tokens");
        Locator row = page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText("restadmin"));
        assertThat(row.innerText()).contains("POSTHORN_API_USERS").doesNotContain("Revoke");
    }

    @Test
    void auditShouldTellWhoDidWhatAndFilterInTheAddress() {
        long entry = site.shunted("OUT", "for the audit", "a@example.org", "For the audit");
        Page page = browser.owner();
        page.navigate("/site/shunted/" + entry);
        press(page, "Discard");
        page.locator("#discard").click();
        page.locator(".notice.good").waitFor();

        page.navigate("/site/audit");
        page.locator("#actor").fill("admin");
        press(page, "Show");
        page.waitForURL("**actor=admin**");
        assertThat(page.locator("tbody tr").first().innerText())
                .contains("admin")
                .contains("discard");

        page.navigate("/site/audit?actor=nobody-at-all");
        assertThat(page.locator(".empty").innerText()).contains("Nothing fits");
    }

    @Test
    void personShouldBeMadeNamedGivenAnAddressAndARoleAndLoseItAgain() {
        Page page = browser.owner();
        page.navigate("/site/user-new");
        page.locator("#email").fill("carla@example.org");
        page.locator("#password").fill("short");
        page.locator("#make").click();
        assertThat(page.locator("#password-error").innerText()).contains("8 to 200 characters");

        page.locator("#password").fill("carlas-password");
        page.locator("#make").click();
        assertThat(said(page)).isEqualTo("carla@example.org was added.");

        page.locator("#name").fill("Carla <b>");
        page.locator("#save").click();
        assertThat(said(page)).isEqualTo("It is saved.");
        assertThat(page.locator("h1").innerText()).isEqualTo("Carla <b>");

        page.locator("#email").fill("member1@example.com");
        page.locator("#add-address").click();
        assertThat(page.locator("#email-error").innerText()).isEmpty();
        page.locator("#place").fill("no-such-list");
        page.locator("#give-role").click();
        assertThat(page.locator("#place-error").innerText()).contains("There is no list or domain");

        page.locator("#place").fill("announce@lists.example.org");
        page.locator("#give-role").click();
        assertThat(said(page)).contains("was given");
        assertThat(page.locator("#rows").innerText()).contains("owner").contains("announce.lists.example.org");
        browser.mistakes().clear();
        browser.assertSound(page);

        page.locator("button[value^='take ']").first().click();
        assertThat(said(page)).isEqualTo("It is saved.");
        assertThat(page.locator("#rows").innerText())
                .as("the role that the address brought along stays")
                .contains("member dev.lists.example.org")
                .doesNotContain("announce.lists.example.org");
    }

    @Test
    void lastServerOwnerShouldStayOne() {
        Page page = browser.owner();
        page.navigate("/site/users?q=admin");
        page.locator("tbody tr a").first().click();
        page.locator("#server-owner").uncheck();
        page.locator("#save").click();

        assertThat(page.locator("#server-owner-error").innerText()).contains("Nobody else could administer");
    }

    @Test
    void nodeShouldDrainAndWorkAgain() {
        Page page = browser.owner();
        page.navigate("/site/nodes");
        press(page, "Drain");
        page.locator("button[value='drain anna']").click();
        page.waitForURL("**/site/nodes");
        assertThat(page.locator("tbody tr").innerText()).contains("draining");

        press(page, "Resume");
        page.waitForURL("**/site/nodes");
        assertThat(page.locator("tbody tr").innerText()).doesNotContain("draining");
    }

    private static int status(String method, String path, String token) throws Exception {
        return send(method, path, "Bearer " + token);
    }

    private static int basic(String path, String user, String password) throws Exception {
        return send(
                "GET",
                path,
                "Basic "
                        + java.util.Base64.getEncoder()
                                .encodeToString(
                                        (user + ":" + password).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    private static int send(String method, String path, String authorization) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + site.node().httpPort() + path))
                .header("Authorization", authorization)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
