package org.posthorn.delivery.smtp;

/** No transaction with this smarthost is possible now: it cannot be reached, refuses us, or hung up. Nobody's mail is at fault. */
public final class HostDownException extends Exception {

    private static final long serialVersionUID = 1;

    public HostDownException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
