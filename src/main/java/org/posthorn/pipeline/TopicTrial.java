package org.posthorn.pipeline;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.posthorn.list.TopicBook.Entry;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.pipeline.handler.Tagger;
import org.posthorn.platform.Patterns;

/** Tries topics on a sample, as the tagger does on a post; stores nothing. In linear time, on a sample of bounded size. */
public final class TopicTrial {

    /** What is behind so many characters of a sample is not looked at. */
    public static final int LONGEST = 64 * 1024;

    private static final int LONGEST_SHOWN = 200;

    private TopicTrial() {}

    /**
     * A pattern that a sample has something for.
     *
     * @param where the text that it was found in, cut
     */
    public record Hit(String topic, String pattern, String where) {

        public String getTopic() {
            return topic;
        }

        public String getPattern() {
            return pattern;
        }

        public String getWhere() {
            return where;
        }
    }

    /**
     * @param sample a message, or its header, or only a text: a text has no field in its first line
     * @param bodyLines how many lines of the text are looked at, as of a post's
     * @return in the topics' order, each pattern once, where it was found first
     */
    public static List<Hit> of(String sample, int bodyLines, List<Entry> topics) {
        List<String> texts = texts(sample.substring(0, Math.min(LONGEST, sample.length())), bodyLines);
        List<Hit> hits = new ArrayList<>();
        for (Entry topic : topics) {
            for (String expression : topic.patterns()) {
                Patterns.of(expression).stream()
                        .flatMap(pattern -> texts.stream()
                                .filter(text -> pattern.matcher(text).find())
                                .limit(1)
                                .map(text -> new Hit(topic.name(), expression, shown(text, pattern))))
                        .forEach(hits::add);
            }
        }
        return hits;
    }

    private static List<String> texts(String sample, int bodyLines) {
        String lines = sample.stripLeading().replace("\r\n", "\n");
        if (!lines.split("\n", 2)[0].matches("[!-9;-~]+:.*")) {
            return lines.lines().filter(line -> !line.isBlank()).toList();
        }
        int end = lines.indexOf("\n\n");
        String header = end < 0 ? lines : lines.substring(0, end);
        String body = end < 0 ? "" : lines.substring(end + 2);
        return Tagger.texts(
                HeaderBlock.parse(
                        (header.stripTrailing() + "\n\n").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)),
                body.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8),
                bodyLines);
    }

    /** The text around what was found. */
    private static String shown(String text, Pattern pattern) {
        Matcher matcher = pattern.matcher(text);
        int found = matcher.find() ? matcher.start() : 0;
        int from = text.length() <= LONGEST_SHOWN ? 0 : Math.max(0, found - LONGEST_SHOWN / 4);
        String cut = text.substring(from, Math.min(text.length(), from + LONGEST_SHOWN));
        return (from > 0 ? "…" : "") + cut.strip() + (from + LONGEST_SHOWN < text.length() ? "…" : "");
    }
}
