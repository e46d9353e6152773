package org.posthorn.mail.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.posthorn.mail.ContentType;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.mail.HeaderField;
import org.posthorn.mail.TransferEncoding;
import org.posthorn.platform.Text;

/** A part of a message: where it stands in the body, what it says of itself, and what is done with it. */
final class Part {

    /** What follows a part's header. */
    enum Kind {
        LEAF,
        MULTIPART,
        /** Another message, whose header follows: this part's only child. */
        MESSAGE
    }

    /** What comes in a leaf's place. */
    enum Rewrite {
        NONE,
        TEXT,
        LINK
    }

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_BOUNDARY = 900;

    final Part parent;
    final int number;
    final int depth;

    /** Its header's first octet. */
    final long start;

    Kind kind = Kind.LEAF;
    ContentType type = ContentType.DEFAULT;
    List<String> types = List.of("text/plain");
    List<String> names = List.of();
    List<HeaderField> content = List.of();
    Optional<TransferEncoding> encoding = Optional.of(TransferEncoding.SEVEN_BIT);

    long bodyStart;
    /** Behind its last octet; the line's end before a delimiter belongs to that. */
    long end;
    /** Of a multipart: where its first delimiter begins; -1: there is none. */
    long preambleEnd = -1;
    /** Behind the delimiter that closes it; -1: there is none. */
    long epilogueStart = -1;

    /** Within something signed or encrypted, or such itself. */
    boolean sealed;
    /** Nested more deeply than is looked at. */
    boolean tooDeep;
    /** A multipart with more parts than are looked at: the rest of them are not among the children. */
    boolean cut;
    /** Nothing but blanks in it. */
    boolean blank = true;
    /** Nearly: of a leaf, decoded. */
    long octets;

    final List<Part> children = new ArrayList<>();
    boolean touched;
    Rewrite rewrite = Rewrite.NONE;
    private Part standIn;

    Part(Part parent, int number, long start) {
        this.parent = parent;
        this.number = number;
        this.start = start;
        this.depth = parent == null ? 0 : parent.depth + 1;
    }

    /** @param implied what it is when it says nothing */
    void says(HeaderBlock header, ContentType implied) {
        type = header.has("Content-Type") ? ContentType.of(header) : implied;
        List<String> given = header.values("Content-Type").stream()
                .map(value -> ContentType.parse(value).orElse(ContentType.UNKNOWN))
                .map(Part::media)
                .toList();
        types = given.isEmpty() ? List.of(media(implied)) : given;
        names = Stream.concat(
                        header.all("Content-Disposition").stream()
                                .flatMap(value -> ContentType.parse("x/" + value).stream())
                                .flatMap(value -> value.parameter("filename").stream()),
                        header.all("Content-Type").stream()
                                .flatMap(value -> ContentType.parse(value).stream())
                                .flatMap(value -> value.parameter("name").stream()))
                .map(name -> Text.line(name, LONGEST_NAME).strip())
                .filter(name -> !name.isEmpty())
                .toList();
        content = header.fields().stream().filter(Part::isContent).toList();
        encoding = TransferEncoding.of(header);
        sealed = type.isSealed() || parent != null && parent.sealed;
    }

    static boolean isContent(HeaderField field) {
        return field.name().toLowerCase(Locale.ROOT).startsWith("content-");
    }

    private static String media(ContentType type) {
        return type.type() + "/" + type.subtype();
    }

    /** More leniently than {@link ContentType#boundary}: some readers take longer ones, too, and show the parts. */
    Optional<String> boundary() {
        return type.parameter("boundary")
                .map(String::stripTrailing)
                .filter(boundary -> !boundary.isEmpty() && boundary.length() <= LONGEST_BOUNDARY);
    }

    String media() {
        return media(type);
    }

    /** @return one line; empty: it has none */
    String name() {
        return names.isEmpty() ? "" : names.get(0);
    }

    boolean isText() {
        return type.type().equals("text");
    }

    /** Of what is signed or encrypted: whether it is this, and not within another such. */
    boolean isSeal() {
        return sealed && (parent == null || !parent.sealed);
    }

    /** That part comes in the place of this one. */
    void replaceBy(Part part) {
        standIn = part;
        touched = true;
    }

    /** @return itself, or what comes in its place */
    Part effective() {
        return standIn == null ? this : standIn.effective();
    }

    /** Whether anything is done with it or in it. */
    boolean isTouched() {
        return touched || rewrite != Rewrite.NONE || children.stream().anyMatch(Part::isTouched);
    }
}
