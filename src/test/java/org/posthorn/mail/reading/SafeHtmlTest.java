package org.posthorn.mail.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeHtmlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>kept",
                "<p onclick=alert(1)>kept</p>",
                "kept<img src=http://t.example/pixel onerror=alert(1)>",
                "<svg/onload=alert(1)>kept</svg>kept",
                "<a href='javascript:alert(1)'>kept</a>",
                "<iframe src=http://t.example></iframe>kept",
                "<form action=http://t.example><input name=password>kept</form>",
                "<p style='background:url(http://t.example)'>kept",
                "<body background=http://t.example><table background=http://t.example><tr><td>kept",
                "<link rel=stylesheet href=http://t.example>kept",
                "<meta http-equiv=refresh content='0;url=http://t.example'>kept",
                "<base href=http://t.example>kept",
                "kept<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">kept",
                "kept<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">kept",
                "<p id=posthorn class=card name=x>kept"
            })
    void nothingThatActsOrFetchesShouldStay(String html) {
        String safe = SafeHtml.of(html);

        assertThat(safe).contains("kept");
        assertThat(safe.replaceAll("&lt;.*?&gt;", ""))
                .doesNotContainPattern("(?i)<(script|img|svg|iframe|form|input|link|meta|base|style|a)\\b")
                .doesNotContainPattern("(?i)<[^>]*\\s\\w+\\s*=");
    }

    @Test
    void linkShouldBecomeItsTextAndWhereItLeads() {
        assertThat(SafeHtml.of("<a href='https://evil.example/x?a=1&amp;b'>https://bank.example</a>"))
                .isEqualTo("https://bank.example [https://evil.example/x?a=1&amp;b]");
    }

    @Test
    void pictureShouldBecomeItsDescription() {
        assertThat(SafeHtml.of("<img alt='A <b>cat</b>' src=cid:1>"))
                .isEqualTo("<span>[A &lt;b&gt;cat&lt;/b&gt;]</span>");
    }

    @Test
    void wordsAndTheirArrangementShouldStay() {
        assertThat(SafeHtml.of("<h1>T</h1><table width=9><tr><td colspan=2 bgcolor=red>a<br>b</td></tr></table>"))
                .isEqualTo("<h1>T</h1><table><tbody><tr><td colspan=\"2\">a<br>b</td></tr></tbody></table>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<div>",
                "<b>",
                "<table><tr><td>",
                "<ul><li>",
                "<a href=x>",
                "<p><i><u>",
                "<font color=x>",
                "<select>",
                "<!--",
                "<b a=1><p>",
                "<svg>",
                "&",
                "<"
            })
    void deepOrUnclosedHtmlShouldBeReadInTime(String piece) {
        String html = piece.repeat(ReadMessage.MOST_HTML / piece.length());

        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> SafeHtml.of(html));
    }
}
