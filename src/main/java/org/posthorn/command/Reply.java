package org.posthorn.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.posthorn.list.TreatSender.Treatment;
import org.posthorn.mail.reading.ReadableMessage;
import org.posthorn.moderation.DecideHeld.Choice;

/**
 * What a moderator's reply says: the first word that they wrote themselves, else the first one of the subject. Without any word
 * at all it is a discard, as in Mailman; but where there may be words that could not be read, it says nothing.
 *
 * @param reason for a rejection; may be empty
 * @param always how the sender is treated from now on; empty: as before
 */
record Reply(Choice word, String reason, Optional<Treatment> always) {

    private static final Map<String, Choice> WORDS = Map.of(
            "accept", Choice.ACCEPT,
            "approve", Choice.ACCEPT,
            "reject", Choice.REJECT,
            "discard", Choice.DISCARD,
            "defer", Choice.DEFER);

    private static final Pattern REPLY_PREFIX = Pattern.compile("(?i)^(?:(?:re|aw|sv|antw|ref|réf|rv)\\s?:\\s*)+");
    private static final int LONGEST_REASON = 1000;

    /** What programs write above a quotation whose lines have no mark of their own. */
    private static final Pattern QUOTATION = Pattern.compile("-{3,} ?[^- ].*-{3,}|_{10,}");

    private static final Pattern QUOTED_FROM = Pattern.compile("(?iu)\\*?(?:from|von|de|da|van)\\s?:.*");
    private static final Pattern QUOTED_FIELD = Pattern.compile(
            "(?iu)\\*?(?:sent|date|gesendet|datum|envoyé|enviado|enviada|fecha|to|an|à|para|subject|betreff|objet|asunto)(?: el)?\\s?:.*");
    private static final int QUOTED_FIELDS_WITHIN = 3;

    private static final Pattern ATTRIBUTION = Pattern.compile("(?iu)(?:on|am|le|el|il|em|op|den)\\s.*\\d.*");
    private static final int ATTRIBUTION_LINES = 3;

    /** @return empty: it cannot be said what is meant */
    static Optional<Reply> read(ReadableMessage message, String subject) {
        List<String> lines = message.text().lines().map(String::strip).toList();
        int quotation = quotation(lines);
        List<String> own = own(lines.subList(0, quotation));
        Optional<Reply> reply = own.isEmpty() ? Optional.empty() : words(own.get(0), own.subList(1, own.size()));
        if (reply.isEmpty()) {
            reply = words(REPLY_PREFIX.matcher(subject.strip()).replaceFirst(""), List.of());
        }
        if (reply.isPresent()) {
            return reply;
        }
        // Below a quotation without marks somebody may have written, and nobody can tell where.
        boolean nothingWritten = own.isEmpty()
                && quotation == lines.size()
                && (!message.text().isBlank() || message.html().isBlank())
                && message.attachments().isEmpty()
                && !message.partsLeftOut()
                && !message.textCut();
        return nothingWritten ? Optional.of(of(Choice.DISCARD)) : Optional.empty();
    }

    private static Optional<Reply> words(String line, List<String> further) {
        String[] parts = line.strip().split("\\s+", 2);
        Choice word = WORDS.get(plain(parts[0]));
        if (word == null) {
            return Optional.empty();
        }
        String rest = parts.length > 1 ? parts[1] : "";
        Optional<Treatment> always = always(word, plain(rest));
        String first = always.isPresent() ? "" : rest;
        String reason = word == Choice.REJECT ? reason(first, further) : "";
        return Optional.of(new Reply(word, reason.substring(0, Math.min(reason.length(), LONGEST_REASON)), always));
    }

    private static String plain(String word) {
        return word.replaceAll("[.,;:!]+$", "").toLowerCase(Locale.ROOT);
    }

    /** Only if it stands alone on the line: a reason for a rejection may begin so as well. */
    private static Optional<Treatment> always(Choice word, String rest) {
        if (rest.equals("ban") && (word == Choice.REJECT || word == Choice.DISCARD)) {
            return Optional.of(Treatment.BAN);
        }
        if (!rest.equals("always")) {
            return Optional.empty();
        }
        return Optional.of(
                switch (word) {
                    case ACCEPT -> Treatment.ACCEPT;
                    case REJECT -> Treatment.REJECT;
                    case DISCARD -> Treatment.DISCARD;
                    case DEFER -> Treatment.HOLD;
                });
    }

    static Reply of(Choice word) {
        return new Reply(word, "", Optional.empty());
    }

    /** With a date or an address: "please keep:" is a moderator's own word. */
    private static boolean saysWhoIsQuoted(String line) {
        return line.endsWith(":")
                && line.chars().anyMatch(c -> c == '@' || Character.isDigit(c))
                && words(line, List.of()).isEmpty();
    }

    /** One paragraph: what follows it is more likely a signature than meant for the author. */
    private static String reason(String first, List<String> further) {
        StringBuilder reason = new StringBuilder(first);
        for (String line : further) {
            if (line.isEmpty() && reason.length() > 0) {
                break;
            }
            reason.append(reason.length() == 0 ? "" : " ").append(line);
        }
        return reason.toString();
    }

    /** @return how many lines stand before a quotation whose lines have no marks; all of them: there is none */
    private static int quotation(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            int next = i + 1;
            boolean fields = QUOTED_FROM.matcher(lines.get(i)).matches()
                    && lines.subList(next, Math.min(lines.size(), next + QUOTED_FIELDS_WITHIN)).stream()
                            .anyMatch(line -> QUOTED_FIELD.matcher(line).matches());
            if (fields || QUOTATION.matcher(lines.get(i)).matches()) {
                return i;
            }
        }
        return lines.size();
    }

    /**
     * The lines before the signature that are not quoted, without those that say who is quoted; from the first word on, blank where
     * a paragraph ends.
     */
    private static List<String> own(List<String> lines) {
        List<String> own = new ArrayList<>();
        for (String line : lines) {
            if (line.equals("--")) {
                break;
            }
            boolean quoted = line.startsWith(">");
            if (quoted) {
                removeAttribution(own);
            }
            if (!own.isEmpty() || !(quoted || line.isEmpty())) {
                own.add(quoted ? "" : line);
            }
        }
        while (!own.isEmpty() && own.get(own.size() - 1).isEmpty()) {
            own.remove(own.size() - 1);
        }
        return own;
    }

    /** It may be wrapped: from the line that opens it, else as few lines as say it. */
    private static void removeAttribution(List<String> own) {
        int end = own.size();
        while (end > 0 && own.get(end - 1).isEmpty()) {
            end--;
        }
        int begin = end;
        String said = "";
        for (int i = end - 1;
                i >= Math.max(0, end - ATTRIBUTION_LINES) && !own.get(i).isEmpty();
                i--) {
            said = (own.get(i) + " " + said).strip();
            if (saysWhoIsQuoted(said)
                    && (begin == end || ATTRIBUTION.matcher(own.get(i)).matches())) {
                begin = i;
            }
        }
        if (begin < end) {
            own.subList(begin, own.size()).clear();
        }
    }
}
