package org.posthorn.delivery.smtp;

import java.util.List;

/** A server's reply (RFC 5321 section 4.2). */
final class Reply {

    private final int code;
    private final String text;
    private final List<String> lines;
    private final Fate.Delivered delivered;

    /**
     * @param code 200 to 599
     * @param text the code and what follows it, several lines joined by spaces
     * @param lines each line without the code
     */
    Reply(int code, String text, List<String> lines) {
        this.code = code;
        this.text = text;
        this.lines = lines;
        this.delivered = code / 100 == 2 ? Fate.delivered(text) : null;
    }

    int code() {
        return code;
    }

    String text() {
        return text;
    }

    List<String> lines() {
        return lines;
    }

    boolean isPositive() {
        return code / 100 == 2;
    }

    /** The server is about to hang up (RFC 5321 section 3.8). */
    boolean isFarewell() {
        return code == 421;
    }

    /** @return that a message was handed over with this reply; only of a positive one */
    Fate.Delivered delivered() {
        return delivered;
    }
}
