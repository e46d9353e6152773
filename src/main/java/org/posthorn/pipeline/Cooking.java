package org.posthorn.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.posthorn.mail.ApprovedLine;
import org.posthorn.mail.CrLfOutputStream;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.mail.MailMessage;
import org.posthorn.mail.Octets;
import org.posthorn.mail.filter.Shelf;

/**
 * A message in the kitchen: handlers work on it one by one, and nothing is stored. What it has taken of the spool is given
 * back when it is closed. A moderator's password in the text is gone from the beginning.
 */
public final class Cooking implements AutoCloseable {

    private final Path spool;
    private final InputStream source;
    private final InputStream body;
    private final Draft draft;
    private final Shelf shelf;
    private final LongSupplier numbers;
    private long number;
    private final List<CookedMessage> scratches = new ArrayList<>();

    /** Makes the draft of a header, a body and a bench. */
    interface Opening {

        Draft draft(HeaderBlock header, Octets body, Bench bench);
    }

    /** @param message as it came; @param numbers gives the post its number, from 1, if a handler asks for it */
    Cooking(Octets message, Path spool, Shelf shelf, LongSupplier numbers, Opening opening) throws IOException {
        this.spool = spool;
        this.shelf = shelf;
        this.numbers = numbers;
        this.source = message.open();
        try {
            MailMessage mail = MailMessage.open(source);
            this.draft = opening.draft(mail.header(), () -> body(message), new Tools());
            this.body = ApprovedLine.bodyWithout(mail);
        } catch (IOException | RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private static InputStream body(Octets message) throws IOException {
        return ApprovedLine.bodyWithout(MailMessage.open(message.open()));
    }

    private final class Tools implements Bench {

        @Override
        public CookedMessage scratch() {
            CookedMessage scratch = new CookedMessage(spool);
            scratches.add(scratch);
            return scratch;
        }

        @Override
        public Shelf shelf() {
            return shelf;
        }

        @Override
        public long number() {
            if (number == 0) {
                number = numbers.getAsLong();
            }
            return number;
        }
    }

    /** As the handlers so far have left it. */
    public Draft draft() {
        return draft;
    }

    /** @return whether it goes on; false: one of these has {@linkplain Draft#ending() ended} its way, and those after it did nothing */
    public boolean through(List<Handler> handlers) {
        for (Handler handler : handlers) {
            if (draft.ending().isPresent()) {
                return false;
            }
            handler.handle(draft);
        }
        return draft.ending().isEmpty();
    }

    /** @return the body for whoever writes the message; for one of them only, and closed with this */
    InputStream body() throws IOException {
        return draft.hasOtherBody() ? draft.body().open() : body;
    }

    /** Writes header and body as they stand, without header and footer of the list. Can be asked for more than once. */
    public void writeTo(OutputStream out) {
        try (InputStream octets = draft.body().open()) {
            draft.header().writeTo(out);
            octets.transferTo(new CrLfOutputStream(out));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (CookedMessage scratch : scratches) {
            scratch.close();
        }
        source.close();
    }
}
