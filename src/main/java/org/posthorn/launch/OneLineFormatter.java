package org.posthorn.launch;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * Writes each record of the log as one line, whatever it holds: control characters in the message are escaped, and the
 * lines of a stack trace, which may hold text from outside too, begin with a tab. So nothing that a mail or a peer says can
 * look like a line of ours.
 */
public final class OneLineFormatter extends Formatter {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSZ", Locale.ROOT)
            .withZone(ZoneId.systemDefault());

    /** Without the caller's class, whose look-up costs a walk over the stack: the logger's name says enough. */
    @Override
    public String format(LogRecord logRecord) {
        StringBuilder line = new StringBuilder(200);
        TIME.formatTo(logRecord.getInstant(), line);
        line.append(' ').append(logRecord.getLevel().getName());
        line.append(' ').append(escaped(String.valueOf(logRecord.getLoggerName())));
        line.append(' ').append(escaped(String.valueOf(formatMessage(logRecord))));
        if (logRecord.getThrown() != null) {
            StringWriter trace = new StringWriter();
            logRecord.getThrown().printStackTrace(new PrintWriter(trace));
            trace.toString().lines().forEach(one -> line.append("\n\t").append(escaped(one.strip())));
        }
        return line.append('\n').toString();
    }

    private static String escaped(String text) {
        StringBuilder escaped = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = !Character.isISOControl(c) && c != '\u2028' && c != '\u2029';
            if (!plain && escaped == null) {
                escaped = new StringBuilder(text.length() + 16).append(text, 0, i);
            }
            if (escaped != null) {
                escaped.append(plain ? String.valueOf(c) : escape(c));
            }
        }
        return escaped == null ? text : escaped.toString();
    }

    private static String escape(char c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> "\\u%04x".formatted((int) c);
        };
    }
}
