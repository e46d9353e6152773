package org.posthorn.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class OneLineFormatterTest {

    private static LogRecord record(String message, Object... parameters) {
        LogRecord one = new LogRecord(Level.WARNING, message);
        one.setLoggerName("org.posthorn.Some");
        one.setParameters(parameters);
        one.setInstant(Instant.parse("2026-11-22T10:00:00.123Z"));
        return one;
    }

    @Test
    void lineShouldHaveTimeLevelLoggerAndMessage() {
        assertThat(new OneLineFormatter().format(record("health={0}", "down")))
                .matches("2026-11-2[123]T\\d\\d:\\d\\d:00\\.123[+-]\\d{4} WARNING org\\.posthorn\\.Some health=down\n");
    }

    @Test
    void textFromOutsideShouldNotMakeALine() {
        String text = new OneLineFormatter()
                .format(record("reply={0}", "550 no\r\n2026-11-22 INFO forged\u001b[2J\u0085\u2028x"));

        assertThat(text).endsWith("reply=550 no\\r\\n2026-11-22 INFO forged\\u001b[2J\\u0085\\u2028x\n");
        assertThat(text.chars().filter(c -> c == '\n')).hasSize(1);
    }

    @Test
    void linesOfAStackTraceShouldNotLookLikeLines() {
        LogRecord failed = record("failed");
        failed.setThrown(new IllegalStateException("first\nPosted list=forged", new RuntimeException("cause\rx")));

        String text = new OneLineFormatter().format(failed);

        assertThat(text.lines().skip(1))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).startsWith("\t"));
        assertThat(text)
                .contains("\tPosted list=forged")
                .contains("OneLineFormatterTest")
                .endsWith("\n");
    }

    @Test
    void messageWithoutParametersShouldStayAsItIs() {
        assertThat(new OneLineFormatter().format(record("Posted message-id=<{0}'@b>")))
                .contains("<{0}'@b>");
    }
}
