package org.posthorn.delivery;

/** No transaction with this smarthost is possible now: it cannot be reached, refuses us, or hung up. Nobody's mail is at fault. */
final class HostDownException extends Exception {

    private static final long serialVersionUID = 1;

    HostDownException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
