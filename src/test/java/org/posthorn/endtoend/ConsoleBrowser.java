package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.ArrayList;
import java.util.List;
import org.posthorn.testing.Chromium;
import org.posthorn.testing.PackagedNode;

/** A browser before a node's console, which notes what its console complains of. */
final class ConsoleBrowser implements AutoCloseable {

    static final int DESKTOP = 1280;
    static final int PHONE = 360;

    private final PackagedNode node;
    private final Chromium chromium;
    private final List<String> mistakes = new ArrayList<>();
    private BrowserContext context;

    ConsoleBrowser(PackagedNode node) {
        this.node = node;
        chromium = new Chromium();
    }

    /** @return a fresh browser's page, signed in as nobody */
    Page stranger(int width, ColorScheme scheme, String language) {
        if (context != null) {
            context.close();
        }
        mistakes.clear();
        context = chromium.context(new Browser.NewContextOptions()
                .setBaseURL("http://localhost:" + node.httpPort())
                .setLocale(language)
                .setTimezoneId("Europe/Berlin")
                .setColorScheme(scheme)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setViewportSize(width, width < 600 ? 740 : 900));
        Page page = context.newPage();
        page.onPageError(mistakes::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                mistakes.add(message.text());
            }
        });
        return page;
    }

    /** @return the same, signed in as the server's owner */
    Page owner(int width, ColorScheme scheme, String language) {
        Page page = stranger(width, scheme, language);
        page.navigate("/login?next=/site/nodes");
        page.locator("#name").fill(PackagedNode.USER);
        page.locator("#password").fill(PackagedNode.PASSWORD);
        page.locator("#submit").click();
        page.waitForURL("**/site/nodes");
        return page;
    }

    Page owner() {
        return owner(DESKTOP, ColorScheme.LIGHT, "en-GB");
    }

    /** @return what the browser's console complained of since the page was made */
    List<String> mistakes() {
        return mistakes;
    }

    void forgetMistakes() {
        mistakes.clear();
    }

    /** Nothing is wrong with the page for axe, for the browser's console, and at its width: nothing is cut or sticks out. */
    void assertSound(Page page) {
        assertThat(new AxeBuilder(page).analyze().getViolations())
                .as(page.url())
                .extracting(violation -> violation.getId() + ": " + violation.getHelp() + " "
                        + violation.getNodes().stream()
                                .limit(3)
                                .map(one -> one.getHtml())
                                .toList())
                .isEmpty();
        assertThat(mistakes).as(page.url()).isEmpty();
        assertThat(page.content()).as(page.url()).doesNotContain("???");
        Object wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(((Number) wider).intValue())
                .as("sticks out of " + page.url())
                .isLessThanOrEqualTo(0);
    }

    @Override
    public void close() {
        chromium.close();
    }
}
