package org.posthorn.mail.filter;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.posthorn.mail.CrLfOutputStream;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.mail.HeaderField;
import org.posthorn.mail.Octets;
import org.posthorn.mail.filter.Part.Kind;
import org.posthorn.mail.filter.Part.Rewrite;

/**
 * What is to be done with a message's parts: made by reading the body once, carried out by reading it again. A part that
 * stays as it is goes on with the octets that it came with.
 */
public final class PartPlan {

    private final Part root;
    private final List<Change> changes;
    private final Optional<Refusal> refusal;

    private PartPlan(Part root, List<Change> changes, Optional<Refusal> refusal) {
        this.root = root;
        this.changes = List.copyOf(changes);
        this.refusal = refusal;
    }

    /**
     * @param header the message's; not changed
     * @param body as it came; read once
     */
    public static PartPlan of(HeaderBlock header, Octets body, FilterRules rules) throws IOException {
        PartReader reader = new PartReader(header);
        try (InputStream octets = body.open()) {
            octets.transferTo(new CrLfOutputStream(reader));
        }
        Part root = reader.finish();
        if (reader.isBeyondBounds() && !rules.on()) {
            return new PartPlan(root, List.of(), Optional.empty());
        }
        Sieve sieve = new Sieve(rules);
        Optional<Refusal> refusal = sieve.sieve(root);
        return new PartPlan(root, sieve.changes(), refusal);
    }

    /** What is to be done, in order; of very many the first. */
    public List<Change> changes() {
        return changes;
    }

    /** @return empty: something is left to send */
    public Optional<Refusal> refusal() {
        return refusal;
    }

    /** Whether the message comes out other than it went in. */
    public boolean isChange() {
        return refusal.isEmpty() && root.isTouched();
    }

    /**
     * Carries it out.
     *
     * @param header the message's; gets the fields of what stands in its body now
     * @param body the same octets as before; read once
     * @param out gets the new body; flushed, not closed
     * @param shelf where parts go that are taken out and kept
     */
    public void write(HeaderBlock header, Octets body, OutputStream out, Shelf shelf) throws IOException {
        OutputStream buffered = new BufferedOutputStream(out, 16 * 1024);
        Rendering rendering = new Rendering(header, shelf);
        rendering.message(root);
        PieceOutput output = new PieceOutput(rendering.pieces, buffered);
        try (InputStream octets = body.open()) {
            octets.transferTo(new CrLfOutputStream(output));
        }
        output.finish();
        buffered.flush();
    }

    /** Puts pieces in the order in which the body is read. */
    private static final class Rendering {

        private final HeaderBlock header;
        private final Shelf shelf;
        private final List<Piece> pieces = new ArrayList<>();

        Rendering(HeaderBlock header, Shelf shelf) {
            this.header = header;
            this.shelf = shelf;
        }

        void message(Part root) {
            Part part = root.effective();
            if (part.rewrite != Rewrite.NONE) {
                pieces.add(Piece.rewritten(part, shelf, fields -> replaceContent(header, fields)));
                return;
            }
            if (part != root) {
                replaceContent(header, part.content);
            } else if (root.isTouched()) {
                header.remove("Content-Length");
                header.remove("Content-MD5");
            }
            header.remove("Lines");
            content(part);
            if (part != root || part.kind != Kind.LEAF) {
                pieces.add(Piece.literal("\r\n"));
            }
        }

        private static void replaceContent(HeaderBlock header, List<HeaderField> fields) {
            header.remove(Part::isContent);
            header.remove("Lines");
            fields.forEach(header::add);
            if (!header.has("MIME-Version") && !fields.isEmpty()) {
                header.set("MIME-Version", "1.0");
            }
        }

        /** Within a multipart. */
        private void part(Part given) {
            Part part = given.effective();
            if (part.rewrite != Rewrite.NONE) {
                pieces.add(Piece.rewritten(part, shelf, null));
            } else if (!part.isTouched()) {
                pieces.add(Piece.copy(part.start, part.end));
            } else {
                pieces.add(Piece.copy(part.start, part.bodyStart));
                content(part);
            }
        }

        /** A message within the message. */
        private void inner(Part given) {
            Part part = given.effective();
            if (part == given && part.rewrite == Rewrite.NONE) {
                part(part);
                return;
            }
            pieces.add(Piece.fieldsBesideContent(given.start, given.bodyStart));
            if (part.rewrite != Rewrite.NONE) {
                pieces.add(Piece.rewritten(part, shelf, null));
            } else {
                pieces.add(Piece.literal(Piece.lines(part.content)));
                content(part);
            }
        }

        private void content(Part part) {
            switch (part.kind) {
                case LEAF -> pieces.add(Piece.copy(part.bodyStart, part.end));
                case MESSAGE -> inner(part.children.get(0));
                case MULTIPART -> multipart(part);
            }
        }

        private void multipart(Part part) {
            if (!part.isTouched()) {
                pieces.add(Piece.copy(part.bodyStart, part.end));
                return;
            }
            byte[] delimiter = ("--" + part.boundary().orElseThrow()).getBytes(StandardCharsets.UTF_8);
            pieces.add(Piece.copy(part.bodyStart, part.preambleEnd));
            for (Part child : part.children) {
                pieces.add(Piece.literal(delimiter));
                pieces.add(Piece.literal("\r\n"));
                part(child);
                pieces.add(Piece.literal("\r\n"));
            }
            pieces.add(Piece.literal(delimiter));
            pieces.add(Piece.literal("--"));
            if (part.epilogueStart >= 0 && part.epilogueStart < part.end) {
                pieces.add(Piece.literal("\r\n"));
                pieces.add(Piece.copy(part.epilogueStart, part.end));
            }
        }
    }
}
