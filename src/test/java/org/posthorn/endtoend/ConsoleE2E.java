package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.testing.Chromium;
import org.posthorn.testing.PackagedNode;

/** The console in a browser: sign in, the queues, the way out; without a mistake in the browser's console or for axe. */
class ConsoleE2E {

    @TempDir
    static Path folder;

    private static PackagedNode node;
    private static Chromium chromium;

    private BrowserContext context;
    private Page page;
    private final List<String> mistakes = new ArrayList<>();

    @BeforeAll
    static void start() {
        node = new PackagedNode(PackagedNode.Form.COMMAND, folder.resolve("home"), Map.of()).start();
        chromium = new Chromium();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (chromium != null) {
            chromium.close();
        }
        if (node != null) {
            node.close();
        }
    }

    @BeforeEach
    void openBrowser() {
        context = chromium.context(new Browser.NewContextOptions()
                .setBaseURL("http://localhost:" + node.httpPort())
                .setReducedMotion(ReducedMotion.REDUCE)
                .setLocale("en-GB"));
        page = context.newPage();
        page.onPageError(mistakes::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                mistakes.add(message.text());
            }
        });
    }

    @AfterEach
    void closeBrowser() {
        context.close();
    }

    private void signIn(String password) {
        page.navigate("/login?next=/site/queues");
        page.getByLabel("Password").fill(password);
        page.locator("#name").fill(PackagedNode.USER);
        page.locator("#submit").click();
    }

    private void assertAccessible() {
        assertThat(new AxeBuilder(page).analyze().getViolations())
                .extracting(violation -> violation.getId() + ": " + violation.getHelp())
                .isEmpty();
    }

    @Test
    void serverOwnerShouldSeeTheQueuesAfterSigningIn() {
        signIn(PackagedNode.PASSWORD);

        page.waitForURL("**/site/queues");
        assertThat(page.locator("th[scope=row]").allTextContents()).contains("in", "pipeline", "out", "shunt");
        assertAccessible();
        assertThat(mistakes).isEmpty();
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
        assertThat(mistakes).isEmpty();
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
    void frontPageShouldBeAccessibleAndForbidScriptsOfOthers() {
        Response response = page.navigate("/");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers().get("content-security-policy")).contains("default-src 'none'");
        assertAccessible();
        assertThat(mistakes).isEmpty();
    }
}
