package org.posthorn.pipeline.handler;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.posthorn.list.Domain;
import org.posthorn.list.MailingList;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.mail.Octets;
import org.posthorn.mail.filter.Shelf;
import org.posthorn.pipeline.Bench;
import org.posthorn.pipeline.CookedMessage;
import org.posthorn.pipeline.Draft;
import org.posthorn.pipeline.Handler;
import org.posthorn.queue.Posting;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.RuleMarks;
import org.posthorn.template.TemplateName;

/** Headers before and after a handler, without a database. */
final class Drafts {

    final MailingList list =
            new MailingList("test", new Domain("lists.example.org"), Instant.parse("2026-01-02T03:04:05Z"));
    final Map<TemplateName, String> templates = new EnumMap<>(TemplateName.class);
    RuleMarks marks = RuleMarks.NONE;
    long number = 7;
    private final StringBuilder fields = new StringBuilder();

    /** For headers alone, and the number that was set. */
    private final class Numbered implements Bench {

        @Override
        public CookedMessage scratch() {
            return NONE.scratch();
        }

        @Override
        public Shelf shelf() {
            return NONE.shelf();
        }

        @Override
        public long number() {
            return number;
        }
    }

    static Drafts aDraft() {
        return new Drafts();
    }

    Drafts field(String name, String value) {
        fields.append(name).append(": ").append(value).append("\r\n");
        return this;
    }

    /** The whole draft after the handler has worked on it. */
    Draft after(Handler handler) {
        HeaderBlock header = HeaderBlock.parse((fields + "\r\n").getBytes(StandardCharsets.UTF_8));
        Posting posting = new Posting(
                1,
                2L,
                list.getFqdnListname(),
                QueueName.IN,
                "<m@example.com>",
                "ann@example.com",
                "s",
                1000,
                Instant.EPOCH,
                null,
                false);
        Draft draft = new Draft(
                list,
                posting,
                header,
                marks,
                "https://lists.example.org",
                name -> Optional.ofNullable(templates.get(name)),
                Octets.NONE,
                new Numbered());
        handler.handle(draft);
        return draft;
    }

    /** The header as it goes on the wire, after the handler. */
    String headerAfter(Handler handler) {
        return after(handler).header().toString();
    }
}
