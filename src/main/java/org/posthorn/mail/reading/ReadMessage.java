package org.posthorn.mail.reading;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.posthorn.mail.ContentType;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.mail.MailMessage;
import org.posthorn.mail.reading.PartBody.Use;
import org.posthorn.mail.reading.ReadableMessage.Field;
import org.posthorn.platform.Text;

/**
 * Reads a message once, from its first octet to its last, keeping what is shown of it. A delimiter of an outer multipart
 * ends the inner ones, as RFC 2046 section 5.1.2 has it; what stands before the first and after the last part is passed
 * over. Messages within the message are attachments: who wants to read them takes the raw message.
 */
public final class ReadMessage {

    static final int MOST_TEXT = 128 * 1024;
    static final int MOST_HTML = 256 * 1024;
    static final int MOST_PARTS = 100;
    static final int DEEPEST = 20;
    private static final int LONGEST_PART_HEADER = 32 * 1024;
    private static final int LONGEST_VALUE = 1000;

    private static final List<String> SHOWN = List.of(
            "From",
            "Sender",
            "Reply-To",
            "To",
            "Cc",
            "Date",
            "Subject",
            "Message-ID",
            "In-Reply-To",
            "Authentication-Results");

    private enum Place {
        /** Before a multipart's first delimiter, or after its last. */
        BETWEEN,
        HEADER,
        BODY
    }

    private final List<String> boundaries = new ArrayList<>();
    private final List<PartBody> texts = new ArrayList<>();
    private final List<Attachment> attachments = new ArrayList<>();
    private PartBody html;
    private int textRoom = MOST_TEXT;
    private int parts;
    private boolean leftOut;

    private Place place = Place.BETWEEN;
    private PartBody body;
    private ByteArrayOutputStream partHeader = new ByteArrayOutputStream();

    private ReadMessage() {}

    /**
     * @param octets is read to its end, not closed
     * @throws IOException the stream's own
     */
    public static ReadableMessage of(InputStream octets) throws IOException {
        MailMessage message = MailMessage.open(octets);
        ReadMessage reading = new ReadMessage();
        reading.begin(message.header());
        reading.read(new PartLines(message.body()));
        return reading.result(message.header());
    }

    private void read(PartLines lines) throws IOException {
        while (lines.next()) {
            String delimiter = boundaries.isEmpty() ? null : lines.delimiter();
            if (delimiter != null && ends(delimiter)) {
                continue;
            }
            switch (place) {
                case BETWEEN -> {
                    // Nobody is meant to read it.
                }
                case HEADER -> header(lines);
                case BODY -> body.take(lines.octets(), lines.start(), lines.length());
            }
        }
        if (place == Place.HEADER) {
            begin(HeaderBlock.parse(partHeader.toByteArray()));
        }
        endBody();
    }

    private boolean ends(String delimiter) {
        for (int i = boundaries.size() - 1; i >= 0; i--) {
            String boundary = boundaries.get(i);
            boolean last = delimiter.equals(boundary + "--");
            if (!last && !delimiter.equals(boundary)) {
                continue;
            }
            endBody();
            boundaries.subList(last ? i : i + 1, boundaries.size()).clear();
            place = last ? Place.BETWEEN : Place.HEADER;
            partHeader = new ByteArrayOutputStream();
            return true;
        }
        return false;
    }

    private void header(PartLines lines) {
        if (!lines.isBlank()) {
            int room = LONGEST_PART_HEADER - partHeader.size();
            partHeader.write(lines.octets(), lines.start(), Math.min(lines.length(), room));
            return;
        }
        begin(HeaderBlock.parse(partHeader.toByteArray()));
    }

    /** What follows this header. */
    private void begin(HeaderBlock header) {
        ContentType type = ContentType.of(header);
        Optional<String> boundary = type.isMultipart() ? type.boundary() : Optional.empty();
        if (boundary.isPresent() && boundaries.size() < DEEPEST) {
            boundaries.add(boundary.get());
            place = Place.BETWEEN;
            return;
        }
        leftOut |= boundary.isPresent();
        if (++parts > MOST_PARTS) {
            leftOut = true;
            place = Place.BETWEEN;
            return;
        }
        Use use = use(header, type);
        body = new PartBody(header, type, use, use == Use.TEXT ? textRoom : MOST_HTML);
        place = Place.BODY;
    }

    private Use use(HeaderBlock header, ContentType type) {
        if (PartBody.isAttachment(header, type) && parts > 1) {
            return Use.ATTACHMENT;
        }
        if (type.is("text/plain") && textRoom > 0) {
            return Use.TEXT;
        }
        return type.is("text/html") && html == null ? Use.HTML : Use.ATTACHMENT;
    }

    private void endBody() {
        if (body == null) {
            return;
        }
        switch (body.use()) {
            case TEXT -> {
                texts.add(body);
                textRoom -= body.kept();
            }
            case HTML -> html = body;
            case ATTACHMENT -> attachments.add(body.attachment());
        }
        body = null;
    }

    private ReadableMessage result(HeaderBlock header) {
        List<Field> fields = new ArrayList<>();
        for (String name : SHOWN) {
            header.first(name)
                    .map(value -> OneWay.text(Text.line(value, LONGEST_VALUE)))
                    .ifPresent(value -> fields.add(new Field(name, value)));
        }
        StringBuilder text = new StringBuilder();
        for (PartBody part : texts) {
            text.append(text.isEmpty() ? "" : "\n\n").append(part.text().strip());
        }
        return new ReadableMessage(
                fields,
                text.toString(),
                html == null ? "" : html.text(),
                attachments,
                texts.stream().anyMatch(PartBody::cut),
                html != null && html.cut(),
                leftOut);
    }
}
