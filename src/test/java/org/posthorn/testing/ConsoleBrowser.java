package org.posthorn.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.ArrayList;
import java.util.List;

/** Chromium before a node's console. Remembers what its console complains of. */
public final class ConsoleBrowser implements AutoCloseable {

    public static final int DESKTOP = 1280;
    public static final int PHONE = 360;

    private static final int WAIT_MILLIS = 60_000;

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
        return window(language, width, height, ColorScheme.LIGHT);
    }

    private Page window(String language, int width, int height, ColorScheme scheme) {
        BrowserContext context = chromium.context(new Browser.NewContextOptions()
                .setBaseURL(base)
                .setLocale(language)
                .setTimezoneId("Europe/Berlin")
                .setColorScheme(scheme)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setViewportSize(width, height));
        context.setDefaultTimeout(WAIT_MILLIS);
        contexts.add(context);
        Page page = context.newPage();
        page.onPageError(mistakes::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !isAnswer(message)) {
                mistakes.add(message.text());
            }
        });
        return page;
    }

    /** A page that is refused on purpose is an answer, no mistake; a script or a sheet that is not there is one. */
    private static boolean isAnswer(ConsoleMessage message) {
        return message.text().startsWith("Failed to load resource")
                && !message.location().contains("/static/")
                && !message.location().contains("/jakarta.faces.resource/");
    }

    /** The only window from now on, of nobody. */
    public Page stranger(int width, ColorScheme scheme, String language) {
        closeWindows();
        return window(language, width, width < 600 ? 740 : 900, scheme);
    }

    /** The only window from now on, in which the server's owner has signed in. */
    public Page owner(int width, ColorScheme scheme, String language) {
        Page page = stranger(width, scheme, language);
        page.navigate("/login?next=/site/nodes");
        page.locator("#name").fill(PackagedNode.USER);
        page.locator("#password").fill(PackagedNode.PASSWORD);
        page.locator("#submit").click();
        page.waitForURL("**/site/nodes");
        return page;
    }

    public Page owner() {
        return owner(DESKTOP, ColorScheme.LIGHT, "en-GB");
    }

    /** What the browser's console complained of since the windows were opened. */
    public List<String> mistakes() {
        return mistakes;
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
        assertThat(page.content()).as("texts at " + page.url()).doesNotContain("???");
        assertFits(page);
        assertThat(mistakes).as("browser's console at " + page.url()).isEmpty();
    }

    /** Nothing sticks out at the side. */
    public static void assertFits(Page page) {
        assertThat(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as("overflow at " + page.url())
                .isEqualTo(0);
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
