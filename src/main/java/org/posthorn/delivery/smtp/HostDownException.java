package org.posthorn.delivery.smtp;

/** No transaction with this smarthost is possible now: it cannot be reached, refuses us, or hung up. Nobody's mail is at fault. */
public final class HostDownException extends Exception {

    private static final long serialVersionUID = 1;

    private final boolean ofCredentials;

    public HostDownException(String reason, Throwable cause) {
        this(reason, cause, false);
    }

    /** @param ofCredentials whether it does not take who we say that we are */
    HostDownException(String reason, Throwable cause, boolean ofCredentials) {
        super(reason, cause);
        this.ofCredentials = ofCredentials;
    }

    boolean isOfCredentials() {
        return ofCredentials;
    }
}
