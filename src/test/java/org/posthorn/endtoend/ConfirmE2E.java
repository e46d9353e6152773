package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.testing.Eventually;
import org.posthorn.testing.PackagedNode;
import org.posthorn.testing.SmtpSink;

/** From the mail to the membership: the page behind the link, in a browser, signed out. */
class ConfirmE2E {

    private static final Pattern LINK = Pattern.compile("http://localhost:8080(/confirm/[0-9a-f]{40})");

    @TempDir
    static Path folder;

    private static SmtpSink sink;
    private static PackagedNode node;
    private static Playwright playwright;
    private static Browser browser;

    @BeforeAll
    static void start() throws IOException {
        sink = new SmtpSink();
        node = new PackagedNode(
                        PackagedNode.Form.COMMAND, folder.resolve("home"), Map.of("POSTHORN_SMARTHOSTS", sink.url()))
                .start();
        node.makeList("ant@lists.example.org", List.of("leaver@example.com"));
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of("/usr/bin/chromium"))
                        .setHeadless(true)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }

    @AfterAll
    static void stop() throws Exception {
        if (playwright != null) {
            playwright.close();
        }
        if (node != null) {
            node.close();
        }
        sink.close();
    }

    private static String linkMailedTo(String email) {
        assertThat(Eventually.holds(Duration.ofSeconds(30), () -> find(email) != null))
                .isTrue();
        return find(email);
    }

    private static String find(String email) {
        return sink.received().stream()
                .filter(mail -> mail.recipients().contains(email))
                .map(mail -> LINK.matcher(mail.body().replace("=\r\n", "").replace("=\n", "")))
                .filter(Matcher::find)
                .map(link -> link.group(1))
                .findFirst()
                .orElse(null);
    }

    private static boolean isMember(String email) {
        return node.get("/3.1/lists/ant.lists.example.org/member/" + email).status() == 200;
    }

    @Test
    void linkShouldAskAndTheButtonShouldSubscribeOnce() {
        node.post(
                "/3.1/members",
                "{\"list_id\": \"ant.lists.example.org\", \"subscriber\": \"ann@example.com\", \"display_name\": \"<b>Ann\"}");
        String link = linkMailedTo("ann@example.com");
        List<String> mistakes = new ArrayList<>();
        try (Page page = browser.newPage(new Browser.NewPageOptions()
                .setBaseURL("http://localhost:" + node.httpPort())
                .setLocale("en-GB")
                .setViewportSize(360, 740))) {
            page.onPageError(mistakes::add);

            page.navigate(link);
            page.reload();
            assertThat(page.textContent("#confirm")).contains("ann@example.com", "ant@lists.example.org");
            assertThat(isMember("ann@example.com")).isFalse();
            assertAccessible(page);

            page.locator("#submit").click();
            page.locator("[role=status]", new Page.LocatorOptions().setHasText("now a member"))
                    .waitFor();
            assertThat(isMember("ann@example.com")).isTrue();
            assertThat(page.locator("#confirm").count()).isZero();
            assertAccessible(page);

            Response again = page.navigate(link);
            assertThat(again.status()).isEqualTo(404);
            assertThat(page.textContent("main")).contains("This link does not work");
            assertThat(mistakes).isEmpty();
        }
    }

    @Test
    void invitationShouldBeAcceptedInTheReadersLanguage() {
        node.post(
                "/3.1/members",
                "{\"list_id\": \"ant.lists.example.org\", \"subscriber\": \"bob@example.com\","
                        + " \"invitation\": true, \"send_welcome_message\": false}");
        String link = linkMailedTo("bob@example.com");
        try (Page page = browser.newPage(new Browser.NewPageOptions()
                .setBaseURL("http://localhost:" + node.httpPort())
                .setLocale("de-DE"))) {
            page.navigate(link);
            assertThat(page.textContent("#confirm")).contains("eingeladen");
            page.locator("#submit").click();
            page.locator("[role=status]", new Page.LocatorOptions().setHasText("jetzt Mitglied"))
                    .waitFor();
        }
        assertThat(isMember("bob@example.com")).isTrue();
    }

    @Test
    void whatIsNoLinkShouldBeSaidWithoutMore() {
        try (Page page =
                browser.newPage(new Browser.NewPageOptions().setBaseURL("http://localhost:" + node.httpPort()))) {
            for (String path : List.of("/confirm/" + "0".repeat(40), "/confirm/%3Cscript%3E")) {
                assertThat(page.navigate(path).status()).isEqualTo(404);
                assertThat(page.locator("#submit").count()).isZero();
            }
        }
    }

    private static void assertAccessible(Page page) {
        assertThat(new AxeBuilder(page).analyze().getViolations())
                .extracting(violation -> violation.getId() + ": " + violation.getHelp())
                .isEmpty();
    }
}
