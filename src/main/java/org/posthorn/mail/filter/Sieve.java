package org.posthorn.mail.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.posthorn.mail.filter.Change.What;
import org.posthorn.mail.filter.Part.Kind;
import org.posthorn.mail.filter.Part.Rewrite;
import org.posthorn.mail.filter.Refusal.Cause;

/**
 * Decides about a message's parts, in Mailman's order: the message's own type and extension, its parts' types and
 * extensions, alternatives, multiparts with one part left, HTML; then what is too large to be sent along.
 *
 * <p>What is signed or encrypted is one thing: it is judged by its own type, and goes as a whole where something in it, other
 * than text, would have to go by itself. What that is made of (signatures, ciphertext, multiparts) is not judged.
 */
final class Sieve {

    private static final int MOST_CHANGES = 200;
    private static final int MOST_NAMED = 5;

    /** HTML of more octets, as it comes, stays HTML: to turn it into text takes a multiple of this in memory. */
    static final int LARGEST_HTML = 512 * 1024;

    /** So much HTML of one message is turned into text. */
    private static final long MOST_HTML = 4L * LARGEST_HTML;

    /** What makes something signed or encrypted. */
    private static final Set<String> MACHINERY = Set.of(
            "application/pgp-signature",
            "application/pkcs7-signature",
            "application/x-pkcs7-signature",
            "application/pgp-encrypted");

    private final FilterRules rules;
    private final List<Change> changes = new ArrayList<>();
    private long html;

    Sieve(FilterRules rules) {
        this.rules = rules;
    }

    /** What was decided, in order; of very many the first. */
    List<Change> changes() {
        return changes;
    }

    /** @return empty: something is left */
    Optional<Refusal> sieve(Part root) {
        if (rules.on()) {
            Optional<Refusal> refusal = refuse(root);
            if (refusal.isPresent()) {
                return refusal;
            }
            if (!filtered(root)) {
                return Optional.of(new Refusal(Cause.NOTHING_LEFT, removed()));
            }
            if (rules.collapseAlternatives()) {
                collapse(root);
            }
            dropEmptyText(root);
            if (root.isTouched()) {
                recast(root);
            }
            if (rules.htmlToText()) {
                convert(root);
            }
        }
        if (rules.linkAbove() < FilterRules.NO_LINKS) {
            link(root);
        }
        return Optional.empty();
    }

    private Optional<Refusal> refuse(Part part) {
        return judge(part).map(what -> switch (what) {
            case FILTER_TYPE -> new Refusal(Cause.TYPE_FORBIDDEN, part.media());
            case PASS_TYPE -> new Refusal(Cause.TYPE_NOT_ALLOWED, part.media());
            case FILTER_EXTENSION -> new Refusal(Cause.EXTENSION_FORBIDDEN, extension(part, true));
            case PASS_EXTENSION -> new Refusal(Cause.EXTENSION_NOT_ALLOWED, extension(part, false));
            default -> throw new IllegalStateException("a message cannot be judged so: " + what);
        });
    }

    private String removed() {
        String named = changes.stream()
                .limit(MOST_NAMED)
                .map(change -> change.name().isEmpty() ? change.type() : change.name() + " (" + change.type() + ")")
                .collect(Collectors.joining(", "));
        return changes.size() > MOST_NAMED ? named + ", \u2026" : named;
    }

    private void note(What what, Part part) {
        if (changes.size() < MOST_CHANGES) {
            changes.add(new Change(what, part.media(), part.name()));
        }
    }

    private Optional<What> judge(Part part) {
        if (part.types.stream().anyMatch(type -> matches(rules.filterTypes(), type))) {
            return Optional.of(What.FILTER_TYPE);
        }
        if (!rules.passTypes().isEmpty() && !part.types.stream().allMatch(type -> matches(rules.passTypes(), type))) {
            return Optional.of(What.PASS_TYPE);
        }
        if (!extension(part, true).isEmpty()) {
            return Optional.of(What.FILTER_EXTENSION);
        }
        return extension(part, false).isEmpty() ? Optional.empty() : Optional.of(What.PASS_EXTENSION);
    }

    private static boolean matches(Set<String> types, String type) {
        return types.contains(type) || types.contains(type.substring(0, type.indexOf('/')));
    }

    /** @return the first extension of its names that is forbidden, or not allowed; empty: none */
    private String extension(Part part, boolean forbidden) {
        return part.names.stream()
                .map(Sieve::extension)
                .filter(extension -> !extension.isEmpty())
                .filter(extension -> forbidden
                        ? rules.filterExtensions().contains(extension)
                        : !rules.passExtensions().isEmpty()
                                && !rules.passExtensions().contains(extension))
                .findFirst()
                .orElse("");
    }

    /** @return what stands behind the last dot, as Windows sees it: without dots and blanks at the end */
    private static String extension(String name) {
        int end = name.length();
        while (end > 0 && (name.charAt(end - 1) == '.' || name.charAt(end - 1) <= ' ')) {
            end--;
        }
        String trimmed = name.substring(0, end);
        int dot = trimmed.lastIndexOf('.');
        int folder = Math.max(trimmed.lastIndexOf('/'), trimmed.lastIndexOf('\\'));
        return dot > folder ? trimmed.substring(dot + 1).toLowerCase(Locale.ROOT) : "";
    }

    /** Takes out what may not stay. @return whether anything is left of it, or it was empty before */
    private boolean filtered(Part part) {
        if (part.isSeal()) {
            return !holdsForbidden(part);
        }
        if (part.cut) {
            note(What.BOUNDS, part);
            part.touched = true;
        }
        int before = part.children.size();
        part.children.removeIf(child -> !stays(child));
        part.touched |= part.children.size() != before;
        return before == 0 || !part.children.isEmpty();
    }

    private boolean stays(Part part) {
        Optional<What> reason = part.tooDeep ? Optional.of(What.BOUNDS) : judge(part);
        if (reason.isEmpty() && part.isSeal() && holdsForbidden(part)) {
            reason = Optional.of(What.SEALED);
        }
        reason.ifPresent(what -> note(what, part));
        return reason.isEmpty() && (part.isSeal() || filtered(part));
    }

    /** Whether something signed or encrypted holds what would have to go by itself. Text never does, but for its name. */
    private boolean holdsForbidden(Part seal) {
        return seal.cut
                || seal.children.stream()
                        .anyMatch(child -> child.tooDeep || isForbiddenWithin(seal, child) || holdsForbidden(child));
    }

    private boolean isForbiddenWithin(Part seal, Part child) {
        boolean ciphertext = seal.type.is("multipart/encrypted") && child.type.is("application/octet-stream");
        if (child.types.stream().allMatch(MACHINERY::contains) || ciphertext) {
            return false;
        }
        if (child.isText() || child.type.isMultipart()) {
            return !extension(child, true).isEmpty();
        }
        return judge(child).isPresent();
    }

    private static boolean hasSealed(Part part) {
        return part.sealed || part.children.stream().anyMatch(Sieve::hasSealed);
    }

    private void collapse(Part part) {
        if (part.sealed) {
            return;
        }
        part.children.forEach(this::collapse);
        // What is signed or encrypted goes only where it is forbidden.
        if (part.type.is("multipart/alternative") && part.children.size() > 1 && !hasSealed(part)) {
            Part first = part.children.stream()
                    .filter(child -> !child.blank || child.kind != Kind.LEAF)
                    .findFirst()
                    .orElse(part.children.get(0));
            part.children.stream().filter(child -> child != first).forEach(child -> note(What.ALTERNATIVE, child));
            part.children.retainAll(List.of(first));
            part.touched = true;
        }
    }

    /** An empty text with one thing attached. */
    private void dropEmptyText(Part root) {
        boolean two = root.kind == Kind.MULTIPART && !root.sealed && root.children.size() == 2;
        if (two && root.isTouched() && isEmptyText(root.children.get(0))) {
            note(What.EMPTY, root.children.get(0));
            root.children.remove(0);
            root.touched = true;
        }
    }

    private static boolean isEmptyText(Part part) {
        return part.kind == Kind.LEAF && part.type.is("text/plain") && part.blank;
    }

    /** A multipart with one part left is replaced by it. */
    private static void recast(Part part) {
        if (part.sealed) {
            return;
        }
        part.children.forEach(Sieve::recast);
        if (part.kind == Kind.MULTIPART && part.children.size() == 1 && !part.type.is("multipart/digest")) {
            part.replaceBy(part.children.get(0));
        }
    }

    private void convert(Part part) {
        if (part.sealed) {
            return;
        }
        part.children.forEach(this::convert);
        if (part.kind != Kind.LEAF || !part.type.is("text/html") || part.encoding.isEmpty()) {
            return;
        }
        long octets = part.end - part.bodyStart;
        if (octets > LARGEST_HTML || html + octets > MOST_HTML) {
            note(What.LEFT_AS_HTML, part);
        } else {
            html += octets;
            note(What.CONVERTED, part);
            part.rewrite = Rewrite.TEXT;
        }
    }

    private void link(Part part) {
        if (part.sealed) {
            return;
        }
        part.children.forEach(this::link);
        boolean mayGo = part.kind == Kind.LEAF
                && !part.isText()
                && !part.type.isMultipart()
                && !part.type.type().equals("message")
                && part.encoding.isPresent();
        if (mayGo && part.octets > rules.linkAbove()) {
            note(What.LINKED, part);
            part.rewrite = Rewrite.LINK;
        }
    }
}
