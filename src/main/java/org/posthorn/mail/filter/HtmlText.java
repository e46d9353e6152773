package org.posthorn.mail.filter;

import java.util.Locale;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeVisitor;

/**
 * HTML as plain text, as somebody would have written it: paragraphs and lists wrapped, what is quoted behind {@code >},
 * preformatted text as it is, rows of a table on a line each, and behind a link's words where it leads.
 */
public final class HtmlText {

    /** Deeper elements become siblings: so the time taken is proportional to the length. */
    private static final int DEEPEST = 200;

    private static final int LONGEST_TARGET = 2000;

    private static final Set<String> UNSEEN =
            Set.of("head", "title", "script", "style", "template", "iframe", "object", "embed", "svg");
    private static final Set<String> PARAGRAPHS =
            Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre", "hr");
    private static final Set<String> LINES = Set.of(
            "div",
            "li",
            "dt",
            "dd",
            "tr",
            "caption",
            "address",
            "article",
            "aside",
            "center",
            "fieldset",
            "figure",
            "figcaption",
            "footer",
            "form",
            "header",
            "main",
            "nav",
            "section",
            "body",
            "thead",
            "tbody",
            "tfoot",
            "summary",
            "details",
            "legend",
            "option",
            "optgroup",
            "select",
            "dialog",
            "hgroup",
            "menu",
            "dir",
            "noscript");
    private static final Set<String> SCHEMES = Set.of("http", "https", "mailto", "ftp", "ftps", "tel", "news", "xmpp");

    private HtmlText() {}

    /**
     * @param html as it came, decoded
     * @return lines ended by LF; empty when there is nothing to see
     */
    public static String of(String html) {
        Document document = Jsoup.parse(html, "", Parser.htmlParser().setMaxDepth(DEEPEST));
        Walk walk = new Walk();
        document.body().traverse(walk);
        return walk.page.text();
    }

    /** Goes through the elements in the order of the text. */
    private static final class Walk implements NodeVisitor {

        private final TextPage page = new TextPage();
        private Element unseen;
        private int preformatted;

        @Override
        public void head(Node node, int depth) {
            if (unseen != null) {
                return;
            }
            if (node instanceof TextNode text) {
                page.write(text.getWholeText(), preformatted > 0);
            } else if (node instanceof Element element) {
                begin(element, element.normalName());
            }
        }

        @Override
        public void tail(Node node, int depth) {
            if (unseen != null) {
                unseen = unseen == node ? null : unseen;
            } else if (node instanceof Element element) {
                end(element, element.normalName());
            }
        }

        private void begin(Element element, String name) {
            if (UNSEEN.contains(name)) {
                unseen = element;
                return;
            }
            breakBefore(element, name);
            switch (name) {
                case "br" -> page.line();
                case "hr" -> page.rule();
                case "img" -> picture(element);
                case "blockquote" -> page.indent("> ", "> ");
                case "ul", "ol", "dd" -> page.indent("  ", "  ");
                case "li" -> item(element);
                case "pre", "textarea" -> preformatted++;
                case "q" -> page.write("\u201c", false);
                default -> {
                    // What stands in it is all that it means here.
                }
            }
        }

        private void end(Element element, String name) {
            switch (name) {
                case "a" -> target(element);
                case "td", "th" -> page.cell();
                case "pre", "textarea" -> {
                    page.line();
                    preformatted--;
                }
                case "q" -> page.write("\u201d", false);
                default -> {
                    // As above.
                }
            }
            if (PARAGRAPHS.contains(name) || LINES.contains(name)) {
                page.endBlock(PARAGRAPHS.contains(name) && !isNestedList(element, name));
            }
            if (Set.of("blockquote", "ul", "ol", "dd", "li").contains(name)) {
                page.outdent();
            }
        }

        private void breakBefore(Element element, String name) {
            if (PARAGRAPHS.contains(name) || LINES.contains(name)) {
                page.endBlock(PARAGRAPHS.contains(name) && !isNestedList(element, name));
            }
        }

        private static boolean isNestedList(Element element, String name) {
            return (name.equals("ul") || name.equals("ol"))
                    && element.parent() != null
                    && Set.of("li", "ul", "ol").contains(element.parent().normalName());
        }

        private void item(Element item) {
            Element list = item.parent();
            boolean numbered = list != null && list.normalName().equals("ol");
            String mark = numbered ? page.number() + ". " : "* ";
            page.indent(mark, " ".repeat(mark.length()));
        }

        private void picture(Element picture) {
            String alternative = picture.attr("alt").strip();
            if (!alternative.isEmpty()) {
                page.write("[" + alternative + "]", false);
            }
        }

        private void target(Element link) {
            String target = link.attr("href").strip();
            int colon = target.indexOf(':');
            String scheme = colon < 0 ? "" : target.substring(0, colon).toLowerCase(Locale.ROOT);
            if (!SCHEMES.contains(scheme) || target.length() > LONGEST_TARGET) {
                return;
            }
            String words = link.text().strip();
            String address = target.startsWith("mailto:") ? target.substring("mailto:".length()) : target;
            if (!words.equals(target) && !words.equals(address) && !(words + "/").equals(target)) {
                page.write((words.isEmpty() ? "<" : " <") + target.replaceAll("[\\s<>]", "") + ">", false);
            }
        }
    }
}
