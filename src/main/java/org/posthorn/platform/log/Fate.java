package org.posthorn.platform.log;

/** What can become of mail, as the log says it. */
public enum Fate {
    /** Taken by LMTP and on disk. */
    RECEIVED("Received"),
    /** Waits for a moderator. */
    HELD("Held"),
    /** Refused; the author is told. */
    REJECTED("Rejected"),
    /** Dropped; nobody is told. */
    DISCARDED("Discarded"),
    /** Went out to the list. */
    POSTED("Posted"),
    /** A chunk's recipients all have a fate: handed over, or given up. */
    DELIVERED("Delivered"),
    /** Some of a chunk's recipients wait for another try. */
    DEFERRED("Deferred"),
    /** Came back from a member's mailbox. */
    BOUNCED("Bounced"),
    /** Put aside, since work on it kept failing or it could not be read. */
    SHUNTED("Shunted");

    private final String word;

    Fate(String word) {
        this.word = word;
    }

    /** @return the line's first word */
    public String word() {
        return word;
    }
}
