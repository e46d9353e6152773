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
        String reason = word == Choice.REJECT ? (first + " " + String.join(" ", further)).strip() : "";
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
