package org.posthorn.pipeline.handler;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.posthorn.list.Topic;
import org.posthorn.mail.BodyText;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.pipeline.Draft;
import org.posthorn.pipeline.Handler;

/**
 * Says in X-Topics which of the list's topics a post is about, by its subject, its keywords and the first lines of its text.
 * The stored message's field is what the fan-out goes by; the one that a post came with is somebody else's.
 */
public final class Tagger implements Handler {

    public static final String FIELD = "X-Topics";

    private static final int MOST_LOOKED_AT = 64 * 1024;

    @Override
    public String name() {
        return "tagger";
    }

    @Override
    public void handle(Draft draft) {
        if (!draft.list().posting().isTopicsEnabled()) {
            return;
        }
        List<Topic> topics = Topic.of(draft.list());
        HeaderBlock header = draft.header();
        header.remove(FIELD);
        if (topics.isEmpty()) {
            return;
        }
        List<String> texts = texts(draft);
        List<String> hits = topics.stream()
                .filter(topic -> texts.stream()
                        .anyMatch(text -> topic.pattern().matcher(text).find()))
                .map(Topic::name)
                .distinct()
                .toList();
        if (!hits.isEmpty()) {
            header.add(FIELD, String.join(", ", hits));
        }
    }

    private static List<String> texts(Draft draft) {
        int lines = draft.list().posting().getTopicsBodylinesLimit();
        if (lines == 0) {
            return texts(draft.header(), new byte[0], lines);
        }
        try (InputStream body = draft.body().open()) {
            return texts(draft.header(), body.readNBytes(MOST_LOOKED_AT), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What of a message is looked at.
     *
     * @param bodyStart the body's first octets
     * @param lines how many of the text's; 0: the header alone
     */
    public static List<String> texts(HeaderBlock header, byte[] bodyStart, int lines) {
        List<String> texts = new ArrayList<>();
        texts.add(header.subject());
        texts.addAll(header.all("Keywords"));
        if (lines > 0) {
            texts.addAll(BodyText.firstLines(header, bodyStart, lines));
        }
        return texts;
    }
}
