package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.testing.ConsoleBrowser;
import org.posthorn.testing.PackagedNode;
import org.posthorn.testing.Rest;
import org.posthorn.testing.Rest.Answer;

/** The policy simulator from outside: by REST, and in a browser at desktop and phone width. */
class SimulatorE2E {

    private static final String LIST = "sim@lists.example";
    private static final String MAIL = "From: %s\r\nTo: " + LIST
            + "\r\nSubject: <b>First</b> light\r\nMessage-ID: <first@example.com>\r\n\r\n<script>document.title = 'owned'</script>\r\n";

    @TempDir
    static Path folder;

    private static PackagedNode node;
    private static ConsoleBrowser browser;
    private static String id;

    @BeforeAll
    static void start() {
        node = new PackagedNode(PackagedNode.Form.COMMAND, folder.resolve("home"), Map.of()).start();
        browser = new ConsoleBrowser(node.httpPort());
        id = node.makeList(LIST, List.of("anna@example.org", "bert@example.net"));
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

    @Test
    void restShouldSayWhatBecomesOfAMessageWithTheSettingsAsTheyAreAndWithOthers() {
        Rest rest = new Rest("http://127.0.0.1:" + node.httpPort() + "/api", PackagedNode.USER, PackagedNode.PASSWORD);
        String path = "/lists/" + id + "/simulator";
        String mail = MAIL.formatted("anna@example.org");

        Answer accepted = rest.form("POST", path, "message", mail, "recipient", "bert@example.net");
        Answer held = rest.form("POST", path, "message", mail, "emergency", "true");
        Answer wrong = rest.form("POST", path, "message", mail, "emergency", "perhaps");
        Answer unknown = rest.form("POST", path, "message", mail, "no_such", "1");

        assertThat(accepted.status()).isEqualTo(200);
        assertThat(accepted.json().getString("decision")).isEqualTo("accept");
        assertThat(accepted.json().getJsonObject("recipients").getString("recipient"))
                .isEqualTo("gets");
        assertThat(held.json().getString("decision")).isEqualTo("hold");
        assertThat(held.json().getString("decided_by")).isEqualTo("emergency");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(unknown.status()).isEqualTo(400);
    }

    @Test
    void aPastedMessageShouldBeTriedAndShownWithoutHarm() {
        for (int width : new int[] {ConsoleBrowser.DESKTOP, ConsoleBrowser.PHONE}) {
            Page page = open(width);
            page.locator("#source").fill(MAIL.formatted("anna@example.org"));
            page.locator("#recipient").fill("bert@example.net");
            page.locator("#run").click();

            page.locator("#decision").getByText("It goes to the members").waitFor();
            assertThat(page.locator("#handlers .plus").allTextContents())
                    .anyMatch(line -> line.contains("Subject: [Sim] <b>First</b> light"));
            assertThat(page.locator("#asked").textContent()).contains("bert@example.net", "get it");
            assertThat(page.locator("#mail").textContent()).contains("<script>document.title");
            assertThat(page.title()).doesNotContain("owned");
            browser.assertSound(page);
        }
    }

    @Test
    void otherSettingsShouldCountForTheTryAlone() {
        Page page = open(ConsoleBrowser.PHONE);
        page.locator("#source").fill(MAIL.formatted("anna@example.org"));
        page.locator("#changes").fill("emergency=true");
        page.locator("#run").click();

        page.locator("#decision").getByText("It waits for a moderator").waitFor();
        assertThat(page.locator("#rules .hit").textContent()).contains("emergency");
        browser.assertSound(page);
        page.locator("#changes").fill("no_such=1");
        page.locator("#run").click();
        page.locator("#changes-error").getByText("no setting of such a name").waitFor();
        page.locator("#changes").fill("");
        page.locator("#run").click();
        page.locator("#decision").getByText("It goes to the members").waitFor();
    }

    @Test
    void anUploadedFileShouldBeTriedWithTheSenderOfTheForm() {
        Page page = open(ConsoleBrowser.DESKTOP);
        page.locator("#sender").fill("stranger@example.com");
        page.locator("#file")
                .setInputFiles(new FilePayload(
                        "post.eml",
                        "message/rfc822",
                        MAIL.formatted("other@example.com").getBytes(StandardCharsets.US_ASCII)));
        page.locator("#run").click();

        page.locator("#decision").getByText("It waits for a moderator").waitFor();
        assertThat(page.locator("#result").textContent()).contains("stranger@example.com");
        browser.assertSound(page);
    }

    private static Page open(int width) {
        Page page = browser.owner(width, ColorScheme.LIGHT, "en-GB");
        page.navigate("/manage/" + id + "/simulator");
        return page;
    }
}
