package org.posthorn.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.posthorn.mail.reading.ReadableMessage;

/**
 * What a moderator's reply says: the first word that they wrote themselves, else the first one of the subject. Without any word
 * at all it is a discard, as in Mailman; but where there may be words that could not be read, it says nothing.
 *
 * @param reason for a rejection; may be empty
 */
record Reply(Word word, String reason) {

    enum Word {
        ACCEPT,
        REJECT,
        DISCARD,
        DEFER
    }

    private static final Map<String, Word> WORDS = Map.of(
            "accept", Word.ACCEPT,
            "approve", Word.ACCEPT,
            "reject", Word.REJECT,
            "discard", Word.DISCARD,
            "defer", Word.DEFER);

    private static final Pattern REPLY_PREFIX = Pattern.compile("(?i)^(?:(?:re|aw|sv|antw|ref|réf|rv)\\s?:\\s*)+");
    private static final int LONGEST_REASON = 1000;

    /** @return empty: it cannot be said what is meant */
    static Optional<Reply> read(ReadableMessage message, String subject) {
        List<String> own = own(message.text());
        Optional<Reply> reply = own.isEmpty() ? Optional.empty() : words(own.get(0), own.subList(1, own.size()));
        if (reply.isEmpty()) {
            reply = words(REPLY_PREFIX.matcher(subject.strip()).replaceFirst(""), List.of());
        }
        if (reply.isPresent()) {
            return reply;
        }
        boolean nothingWritten = own.isEmpty()
                && (!message.text().isBlank() || message.html().isBlank())
                && message.attachments().isEmpty()
                && !message.partsLeftOut()
                && !message.textCut();
        return nothingWritten ? Optional.of(new Reply(Word.DISCARD, "")) : Optional.empty();
    }

    private static Optional<Reply> words(String line, List<String> further) {
        String[] parts = line.strip().split("\\s+", 2);
        Word word = WORDS.get(parts[0].replaceAll("[.,;:!]+$", "").toLowerCase(Locale.ROOT));
        if (word == null) {
            return Optional.empty();
        }
        String rest = parts.length > 1 ? parts[1] : "";
        String reason = word == Word.REJECT ? (rest + " " + String.join(" ", further)).strip() : "";
        return Optional.of(new Reply(word, reason.substring(0, Math.min(reason.length(), LONGEST_REASON))));
    }

    /** With a date or an address: "please keep:" is a moderator's own word. */
    private static boolean saysWhoIsQuoted(String line) {
        return line.endsWith(":")
                && line.chars().anyMatch(c -> c == '@' || Character.isDigit(c))
                && words(line, List.of()).isEmpty();
    }

    /** The lines before the signature that are not quoted, without the one line that says who is quoted. */
    private static List<String> own(String text) {
        List<String> own = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String stripped = line.strip();
            if (stripped.equals("--")) {
                break;
            }
            if (stripped.startsWith(">")) {
                if (!own.isEmpty() && saysWhoIsQuoted(own.get(own.size() - 1))) {
                    own.remove(own.size() - 1);
                }
            } else if (!stripped.isEmpty()) {
                own.add(stripped);
            }
        }
        return own;
    }
}
