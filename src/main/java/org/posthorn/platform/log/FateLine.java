package org.posthorn.platform.log;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.posthorn.platform.AfterCommit;
import org.posthorn.platform.Text;

/**
 * One line of the log for one fate: {@code Held list=test.example.org posting=7 message-id=<a@b> reason="not a member"}.
 *
 * <p>A value that is not plain is quoted, with {@code \"} and {@code \\} for quotes and backslashes in it, so that no text of
 * mail can look like another field; control characters are gone, so it can't look like another line. Addresses are masked,
 * also within texts. Only the Message-ID is as it came.
 */
public final class FateLine {

    private static final Logger LOG = System.getLogger("org.posthorn.fate");
    private static final int LONGEST = 300;

    private final StringBuilder line;

    private FateLine(Fate fate) {
        line = new StringBuilder(fate.word());
    }

    public static FateLine of(Fate fate) {
        return new FateLine(fate);
    }

    /** @param listId the List-Id; null: of no list (any more) */
    public FateLine list(String listId) {
        return listId == null || listId.isEmpty() ? this : add("list", listId);
    }

    /** @param id what the trace hangs on; null: none */
    public FateLine posting(Long id) {
        return id == null ? this : with("posting", id);
    }

    public FateLine entry(long id) {
        return with("entry", id);
    }

    /** @param messageId with its angle brackets; empty: it has none */
    public FateLine messageId(String messageId) {
        return add("message-id", messageId == null ? "" : messageId);
    }

    /** @param address is masked; empty: the null path */
    public FateLine address(String name, String address) {
        return add(name, Text.masked(address));
    }

    public FateLine with(String name, long number) {
        line.append(' ').append(name).append('=').append(number);
        return this;
    }

    /** @param text may come from outside; addresses in it are masked */
    public FateLine with(String name, String text) {
        return add(name, Text.maskedWithin(Text.line(text, LONGEST)));
    }

    private FateLine add(String name, String value) {
        line.append(' ').append(name).append('=').append(quoted(Text.line(value, LONGEST)));
        return this;
    }

    private static String quoted(String value) {
        if (!value.isEmpty() && value.chars().allMatch(FateLine::isPlain)) {
            return value;
        }
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static boolean isPlain(int c) {
        return c > ' ' && c != '"' && c != '\\' && c != '=' && c < 0x7f || c > 0xa0 && Character.isLetterOrDigit(c);
    }

    /** Says it once the present transaction is committed, and never when that is rolled back. */
    public void say() {
        String said = line.toString();
        AfterCommit.later(() -> LOG.log(Level.INFO, said));
    }

    @Override
    public String toString() {
        return line.toString();
    }
}
