package org.posthorn.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.ArrayList;
import java.util.List;

/** Chromium before a node's console. Remembers what its console complains of. */
public final class ConsoleBrowser implements AutoCloseable {

    private final String base;
    private final Chromium chromium;
    private final List<BrowserContext> contexts = new ArrayList<>();
    private final List<String> mistakes = new ArrayList<>();

    public ConsoleBrowser(int port) {
        base = "http://localhost:" + port;
        chromium = new Chromium();
    }

    /** A window of somebody's own: no cookies yet. */
    public Page window(String language, int width, int height) {
        BrowserContext context = chromium.context(new Browser.NewContextOptions()
                .setBaseURL(base)
                .setLocale(language)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setViewportSize(width, height));
        contexts.add(context);
        Page page = context.newPage();
        page.onPageError(mistakes::add);
        page.onConsoleMessage(message -> {
            // A page that is refused on purpose is an answer, no mistake.
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                mistakes.add(message.text());
            }
        });
        return page;
    }

    public Page window() {
        return window("en-GB", 1280, 900);
    }

    /** A window in which somebody has signed in. */
    public Page signedIn(String name, String password) {
        Page page = window();
        signIn(page, name, password);
        return page;
    }

    public static void signIn(Page page, String name, String password) {
        page.navigate("/login");
        page.locator("#name").fill(name);
        page.locator("#password").fill(password);
        page.locator("#submit").click();
        page.waitForURL(url -> !url.contains("/login"));
    }

    /** Axe finds nothing, nothing sticks out at the side, and the browser's console is empty. */
    public void assertSound(Page page) {
        assertThat(new AxeBuilder(page).analyze().getViolations())
                .as("axe at " + page.url())
                .extracting(violation -> violation.getId() + ": " + violation.getHelp() + " "
                        + violation.getNodes().get(0).getHtml())
                .isEmpty();
        assertThat(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as("overflow at " + page.url())
                .isEqualTo(0);
        assertThat(mistakes).as("browser's console at " + page.url()).isEmpty();
    }

    /** Closes the windows, for the next test. */
    public void closeWindows() {
        contexts.forEach(BrowserContext::close);
        contexts.clear();
        mistakes.clear();
    }

    @Override
    public void close() {
        chromium.close();
    }
}
