package org.posthorn.delivery.smtp;

import java.net.SocketTimeoutException;

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

    /** Whether the server said nothing for as long as is reasonable. */
    public boolean isSilence() {
        for (Throwable cause = getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException) {
                return true;
            }
        }
        return false;
    }

    boolean isOfCredentials() {
        return ofCredentials;
    }
}
