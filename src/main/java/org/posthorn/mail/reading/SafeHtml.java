package org.posthorn.mail.reading;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jsoup.safety.Cleaner;
import org.jsoup.safety.Safelist;

/**
 * HTML of strangers, reduced to words and their arrangement: no scripts, styles, forms, frames, pictures, addresses to
 * fetch or identifiers. What a link leads to is written beside it, since that is what gives a fraud away, and the link
 * itself is gone: nobody should follow one from mail that nobody has let pass.
 */
public final class SafeHtml {

    private static final Safelist KEPT = new Safelist()
            .addTags(
                    "p",
                    "div",
                    "span",
                    "br",
                    "hr",
                    "h1",
                    "h2",
                    "h3",
                    "h4",
                    "h5",
                    "h6",
                    "b",
                    "strong",
                    "i",
                    "em",
                    "u",
                    "s",
                    "strike",
                    "del",
                    "ins",
                    "sub",
                    "sup",
                    "small",
                    "big",
                    "code",
                    "pre",
                    "tt",
                    "kbd",
                    "samp",
                    "blockquote",
                    "q",
                    "cite",
                    "ul",
                    "ol",
                    "li",
                    "dl",
                    "dt",
                    "dd",
                    "table",
                    "caption",
                    "thead",
                    "tbody",
                    "tfoot",
                    "tr",
                    "th",
                    "td",
                    "center",
                    "address",
                    "abbr",
                    "bdi")
            .addAttributes("td", "colspan", "rowspan")
            .addAttributes("th", "colspan", "rowspan");

    /** Deeper elements become siblings: else cleaning would take the square of the depth. */
    private static final int DEEPEST = 200;

    private static final int LONGEST_TARGET = 300;

    private SafeHtml() {}

    /**
     * @param html as it came
     * @return the content of a body element
     */
    public static String of(String html) {
        Document dirty = Jsoup.parse(html, "", Parser.htmlParser().setMaxDepth(DEEPEST));
        dirty.select("script, style, title, template, noscript, iframe, object, embed, svg, math, select, textarea")
                .remove();
        for (Element link : dirty.select("a[href]")) {
            String target = link.attr("href").strip();
            if (!target.isEmpty()
                    && !target.startsWith("#")
                    && !link.text().strip().equals(target)) {
                link.appendText(" [" + cut(target) + "]");
            }
        }
        for (Element picture : dirty.select("img")) {
            String alternative = picture.attr("alt").strip();
            picture.replaceWith(new Element("span").text(alternative.isEmpty() ? "" : "[" + cut(alternative) + "]"));
        }
        Document clean = new Cleaner(KEPT).clean(dirty);
        clean.outputSettings().prettyPrint(false);
        return clean.body().html();
    }

    private static String cut(String text) {
        String line = OneWay.text(text);
        return line.length() <= LONGEST_TARGET ? line : line.substring(0, LONGEST_TARGET) + "\u2026";
    }
}
