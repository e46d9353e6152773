package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.testing.ConsoleBrowser;
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
    private static ConsoleBrowser browser;

    @BeforeAll
    static void start() throws IOException {
        sink = new SmtpSink();
        node = new PackagedNode(
                        PackagedNode.Form.COMMAND, folder.resolve("home"), Map.of("POSTHORN_SMARTHOSTS", sink.url()))
                .start();
        node.makeList("ant@lists.example.org", List.of("leaver@example.com"));
        browser = new ConsoleBrowser(node.httpPort());
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
        }
        if (node != null) {
            node.close();
        }
        sink.close();
    }

    private static String linkMailedTo(String email) {
        assertThat(Eventually.holds(Duration.ofSeconds(60), () -> find(email) != null))
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
        try (Page page = browser.stranger(ConsoleBrowser.PHONE, ColorScheme.LIGHT, "en-GB")) {

            page.navigate(link);
            page.reload();
            assertThat(page.textContent("#confirm")).contains("ann@example.com", "ant@lists.example.org");
            assertThat(isMember("ann@example.com")).isFalse();
            browser.assertSound(page);

            page.locator("#submit").click();
            page.locator("[role=status]", new Page.LocatorOptions().setHasText("now a member"))
                    .waitFor();
            assertThat(isMember("ann@example.com")).isTrue();
            assertThat(page.locator("#confirm").count()).isZero();
            browser.assertSound(page);

            Response again = page.navigate(link);
            assertThat(again.status()).isEqualTo(404);
            assertThat(page.textContent("main")).contains("This link does not work");
            assertThat(browser.mistakes()).isEmpty();
        }
    }

    @Test
    void invitationShouldBeAcceptedInTheReadersLanguage() {
        node.post(
                "/3.1/members",
                "{\"list_id\": \"ant.lists.example.org\", \"subscriber\": \"bob@example.com\","
                        + " \"invitation\": true, \"send_welcome_message\": false}");
        String link = linkMailedTo("bob@example.com");
        try (Page page = browser.stranger(ConsoleBrowser.DESKTOP, ColorScheme.LIGHT, "de-DE")) {
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
        try (Page page = browser.stranger(ConsoleBrowser.DESKTOP, ColorScheme.LIGHT, "en-GB")) {
            for (String path : List.of("/confirm/" + "0".repeat(40), "/confirm/%3Cscript%3E")) {
                assertThat(page.navigate(path).status()).isEqualTo(404);
                assertThat(page.locator("#submit").count()).isZero();
            }
        }
    }
}
