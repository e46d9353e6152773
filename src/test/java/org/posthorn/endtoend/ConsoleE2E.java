package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.testing.ConsoleBrowser;
import org.posthorn.testing.PackagedNode;

/** The console in a browser: sign in, the queues, the way out; without a mistake in the browser's console or for axe. */
class ConsoleE2E {

    @TempDir
    static Path folder;

    private static PackagedNode node;
    private static ConsoleBrowser browser;

    private Page page;

    @BeforeAll
    static void start() {
        node = new PackagedNode(PackagedNode.Form.COMMAND, folder.resolve("home"), Map.of()).start();
        browser = new ConsoleBrowser(node.httpPort());
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

    @BeforeEach
    void openBrowser() {
        page = browser.stranger(ConsoleBrowser.DESKTOP, ColorScheme.LIGHT, "en-GB");
    }

    private void signIn(String password) {
        page.navigate("/login?next=/site/queues");
        page.getByLabel("Password").fill(password);
        page.locator("#name").fill(PackagedNode.USER);
        page.locator("#submit").click();
    }

    private void assertAccessible() {
        browser.assertSound(page);
    }

    @Test
    void serverOwnerShouldSeeTheQueuesAfterSigningIn() {
        signIn(PackagedNode.PASSWORD);

        page.waitForURL("**/site/queues");
        assertThat(page.locator("th[scope=row]").allTextContents()).contains("in", "pipeline", "out", "shunt");
        assertAccessible();
    }

    @Test
    void wrongPasswordShouldBeSaidAndNothingShown() {
        signIn("wrong");

        page.getByRole(AriaRole.ALERT).waitFor();
        assertThat(page.url()).doesNotContain("/site/queues?").contains("login");
        assertAccessible();
    }

    @Test
    void queuesShouldSendAStrangerToTheSignInPage() {
        Response response = page.navigate("/site/queues");

        assertThat(page.url()).contains("/login");
        assertThat(response.status()).isEqualTo(200);
        assertAccessible();
    }

    @Test
    void signingOutShouldEndTheSession() {
        signIn(PackagedNode.PASSWORD);
        page.waitForURL("**/site/queues");

        page.waitForNavigation(() -> page.locator("form.account button").click());
        page.navigate("/site/queues");

        assertThat(page.url()).contains("/login");
    }

    @Test
    void signingInFailingToAndSigningOutShouldStandInTheAuditLog() {
        signIn("wrong");
        page.getByRole(AriaRole.ALERT).waitFor();
        signIn(PackagedNode.PASSWORD);
        page.waitForURL("**/site/queues");
        page.locator("form.account button").click();
        page.waitForURL(url -> !url.contains("/site"));
        signIn(PackagedNode.PASSWORD);
        page.waitForURL("**/site/queues");

        page.navigate("/site/audit?kind=user");

        assertThat(page.locator("tbody").textContent())
                .contains("signed in", "signed out", "failed to sign in", "from=127.0.0.1");
    }

    @Test
    void whatIsNoResourceShouldNotBeFound() {
        for (String path : new String[] {"x", "x.xhtml", "login.xhtml", "x.js.xhtml?ln=primefaces"}) {
            assertThat(node.get("/jakarta.faces.resource/" + path).status())
                    .as(path)
                    .isEqualTo(404);
        }
    }

    @Test
    void pagesFileShouldNotBeReachedByWayOfAnOpenFolder() {
        for (String path : new String[] {
            "/static/../site/nodes.xhtml",
            "/static/%2e%2e/site/nodes.xhtml",
            "/jakarta.faces.resource/../site/nodes.xhtml",
            "/static/;x/../../site/nodes.xhtml"
        }) {
            assertThat(node.getAnonymously(path).status()).as(path).isNotEqualTo(200);
        }
        assertThat(node.getAnonymously("/static/posthorn.css").status()).isEqualTo(200);
    }

    @Test
    void frontPageShouldBeAccessibleAndForbidScriptsOfOthers() {
        Response response = page.navigate("/");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers().get("content-security-policy")).contains("default-src 'none'");
        assertAccessible();
    }
}
