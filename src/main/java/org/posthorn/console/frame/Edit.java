package org.posthorn.console.frame;

/**
 * A field of a form that was open while others may have saved: what stood there when the reader saw it, what the reader
 * wrote, and what stands there now.
 */
public final class Edit {

    private final String id;
    private final String seen;
    private final String mine;
    private final String now;
    private final boolean check;
    private final String words;

    private Edit(String id, String seen, String mine, String now, boolean check, String words) {
        this.id = id;
        this.seen = seen;
        this.mine = mine;
        this.now = now;
        this.check = check;
        this.words = words;
    }

    /** @param id of the input; its label is the text {@code room.id} */
    public static Edit text(String id, String seen, String mine, String now) {
        return new Edit(id, seen.strip(), mine.strip(), now.strip(), false, "");
    }

    /** @param words of its values: the text {@code <words>.<value>}, and {@code <words>.none} for none */
    public static Edit choice(String id, String seen, String mine, String now, String words) {
        return new Edit(id, seen.strip(), mine.strip(), now.strip(), false, words);
    }

    /** Of a box to tick. */
    public static Edit check(String id, boolean seen, boolean mine, boolean now) {
        return new Edit(id, Boolean.toString(seen), Boolean.toString(mine), Boolean.toString(now), true, "");
    }

    /** As it is when the reader prefers what the others wrote. */
    Edit withTheirs() {
        return new Edit(id, seen, seen, now, check, words);
    }

    /** Whether others have changed it since, to something that the reader did not write. */
    public boolean isTheirs() {
        return !now.equals(seen) && !now.equals(mine);
    }

    /** Whether the reader has changed it. */
    public boolean isMine() {
        return !mine.equals(seen) && !mine.equals(now);
    }

    /** What is to hold: what the reader wrote, or else what stands there now. */
    public String getResult() {
        return mine.equals(seen) ? now : mine;
    }

    /** Of a choice the beginning of its values' words; else empty. */
    String words() {
        return words;
    }

    public boolean isCheck() {
        return check;
    }

    public String getId() {
        return id;
    }

    /** What the reader wrote. */
    public String getWanted() {
        return mine;
    }

    public String getNow() {
        return now;
    }
}
