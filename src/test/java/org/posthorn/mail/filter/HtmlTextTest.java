package org.posthorn.mail.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HtmlTextTest {

    @Test
    void aMailShouldReadAsSomebodyWouldHaveWrittenIt() {
        String html = """
                <html><head><title>T</title><style>p { color: red }</style></head><body>
                <h1>News</h1>
                <p>Dear   all,<br>this is a paragraph that is longer than a line, so that it has to be wrapped somewhere,
                see <a href="https://example.org/news?a=1&amp;b=2">the page</a> or <a href="https://example.org">https://example.org</a>.</p>
                <ul><li>one<li>two which is a longer item than the others, so that it goes on in a second line
                <ol><li>first</li><li>second</li></ol></li></ul>
                <p>Bob wrote:</p>
                <blockquote><p>What do you think?</p><blockquote>Nothing.</blockquote></blockquote>
                <pre>  if (a) {
                    b();
                  }</pre>
                <table><tr><th>Name<th>Size</tr><tr><td>a.txt</td><td>12</td></tr></table>
                <hr>
                <img src="x.png" alt="Logo"><img src="track.gif">
                <script>alert(1)</script>
                <p>Bye &ndash; <i>Ann</i></p></body></html>
                """;

        assertThat(HtmlText.of(html)).isEqualTo("""
                News

                Dear all,
                this is a paragraph that is longer than a line, so that it has to be
                wrapped somewhere, see the page <https://example.org/news?a=1&b=2> or
                https://example.org.

                  * one
                  * two which is a longer item than the others, so that it goes on in a
                    second line
                      1. first
                      2. second

                Bob wrote:

                > What do you think?
                >
                > > Nothing.

                  if (a) {
                    b();
                  }

                Name  Size
                a.txt  12

                ----------------------------------------

                [Logo]

                Bye \u2013 Ann
                """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<a href='https://a.org/'>https://a.org</a> | https://a.org",
                "<a href='mailto:ann@a.org'>ann@a.org</a> | ann@a.org",
                "<a href='mailto:ann@a.org'>Ann</a> | Ann <mailto:ann@a.org>",
                "<a href='javascript:alert(1)'>x</a> | x",
                "<a href='#top'>x</a> | x",
                "<a href='https://a.org/x'><img src=y></a> | <https://a.org/x>",
                "<a href='https://a.org/x'><b>bold</b></a>. | bold <https://a.org/x>.",
                "<q>so</q> | \u201cso\u201d",
                "a&nbsp;b&shy;c | a bc",
                "a<b>b</b>c | abc",
                "<div>a</div><div>b</div> | a/b",
                "a<br>b<br><br><br>c | a/b//c",
                "<p>a<p>b | a//b",
                "&lt;b&gt; | <b>",
                "<textarea>kept</textarea> | kept",
                "<p>\u202ehidden direction\u202c</p> | hidden direction",
                "<ol><li>a</ol><ol><li>b</ol> | '  1. a//  1. b'",
            })
    void eachElementShouldSayWhatItMeans(String html, String text) {
        assertThat(HtmlText.of(html).stripTrailing().replace("\n", "/")).isEqualTo(text.stripTrailing());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "x<",
                "x<!--",
                "<html><head><title>only</title></head>x",
                "<table><table><td><a><table><a>x",
                "x<![CDATA[y",
                "\0\0<p\0>x",
                "x<frameset><frame></frameset>"
            })
    void whatIsNoHtmlShouldStillBeText(String html) {
        assertThat(HtmlText.of(html)).contains("x");
    }

    @Test
    void nothingToSeeShouldBeNoText() {
        for (String html : List.of("", "<!--", "<html><head><title>only", "<frameset><frame></frameset>")) {
            assertThat(HtmlText.of(html)).as(html).isBlank();
        }
    }

    @Test
    void elementsOfFormsAndFormulasShouldNotRunTogetherOrBeLost() {
        assertThat(HtmlText.of("<details><summary>a</summary>b</details>").split("\n+"))
                .containsExactly("a", "b");
        assertThat(HtmlText.of("<select><option>red<option>blue</select>").split("\n+"))
                .containsExactly("red", "blue");
        assertThat(HtmlText.of("<math><mi>x</mi><mo>+</mo><mn>1</mn></math>")).contains("x+1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<div>",
                "<blockquote>",
                "<ul><li>",
                "<b>",
                "<b id=%d><p>",
                "<a href=https://a.org/%d>",
                "<table><tr><td>",
                "<",
                "<!--",
                "x ",
                "<font size=%d><p>x",
                "<i><table>",
                "&amp",
                "<pre> "
            })
    @Timeout(180) // it takes seconds at the most; what grows with the square of the length would take an hour
    void hostileHtmlShouldTakeLinearTime(String piece) {
        StringBuilder html = new StringBuilder();
        for (int i = 0; html.length() < Sieve.LARGEST_HTML; i++) {
            html.append(piece.replace("%d", Integer.toString(i)));
        }

        String text = HtmlText.of(html.toString());

        assertThat(text.length()).isLessThan(20 * html.length());
    }
}
