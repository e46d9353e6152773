package org.posthorn.platform.health;

/** What must be up before a node is ready. */
public enum Component {
    /** The LMTP server listens. */
    LMTP,
    /** The schema is in place and the first-start data is there. */
    DATABASE,
    /** The dispatcher runs: work that comes is taken up. */
    RUNNERS
}
