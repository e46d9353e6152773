package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.testing.ConsoleBrowser;

/**
 * Makes pictures of the console's pages, at desktop and phone width, light and dark, in {@code target/screens}: run by
 * {@code bin/screens}, not with the tests. {@code POSTHORN_SCREENS} may name pages, comma-separated; a page that is not in
 * this build is passed over and said.
 */
class Screens {

    private static final Path TARGET = Path.of("target", "screens");

    @TempDir
    Path folder;

    @Test
    void ofAllPages() throws Exception {
        Files.createDirectories(TARGET);
        List<String> wanted =
                List.of(System.getenv().getOrDefault("POSTHORN_SCREENS", "").split(","));
        List<ConsolePages> pages = ConsolePages.ALL.stream()
                .filter(page -> wanted.contains(page.name()) || wanted.equals(List.of("")))
                .toList();
        assertThat(pages).as("one of: " + ConsolePages.names()).isNotEmpty();
        List<String> failed = new ArrayList<>();
        try (SampleSite site = new SampleSite(folder).filled();
                ConsoleBrowser browser = new ConsoleBrowser(site.node().httpPort())) {
            Map<String, String> known = known(site);
            for (int width : new int[] {ConsoleBrowser.DESKTOP, ConsoleBrowser.PHONE}) {
                for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
                    shoot(browser.stranger(width, scheme, "en-GB"), pages, false, width, scheme, known, failed);
                    shoot(browser.owner(width, scheme, "en-GB"), pages, true, width, scheme, known, failed);
                }
            }
        }
        assertThat(failed).as("pages that did not answer as they should").isEmpty();
    }

    private static void shoot(
            Page page,
            List<ConsolePages> pages,
            boolean signedIn,
            int width,
            ColorScheme scheme,
            Map<String, String> known,
            List<String> failed) {
        for (ConsolePages one : pages) {
            if (one.signedIn() != signedIn || !Files.exists(Path.of("src/main/webapp" + one.view()))) {
                continue;
            }
            int status = page.navigate(one.on(known)).status();
            if (status != 200 && !List.of("not-found", "confirm").contains(one.name())) {
                failed.add(one.name() + ": " + status);
            }
            String name = one.name() + "-" + (width == ConsoleBrowser.PHONE ? "phone" : "desktop") + "-"
                    + scheme.name().toLowerCase(Locale.ROOT) + ".png";
            page.screenshot(
                    new Page.ScreenshotOptions().setPath(TARGET.resolve(name)).setFullPage(true));
        }
    }

    private static Map<String, String> known(SampleSite site) {
        Map<String, String> known = new HashMap<>();
        known.put("entry", first(site, "select min(id) from queue_entry where queue = 'SHUNT'"));
        known.put("held", first(site, "select min(request_id) from held_message"));
        known.put(
                "user",
                first(
                        site,
                        "select subscriber_id from address where email = 'ann@example.com'",
                        "select min(id) from subscriber"));
        known.put("import", first(site, "select min(id) from member_import"));
        known.put("member", first(site, "select min(id) from member"));
        return known;
    }

    private static String first(SampleSite site, String... queries) {
        for (String query : queries) {
            String found = site.query(query).stream()
                    .filter(value -> value != null)
                    .findFirst()
                    .orElse(null);
            if (found != null) {
                return found;
            }
        }
        return "0";
    }
}
