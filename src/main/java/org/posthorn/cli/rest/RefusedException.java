package org.posthorn.cli.rest;

import org.posthorn.cli.CommandException;
import org.posthorn.cli.Exit;

/** The server's refusal, in its words. */
public final class RefusedException extends CommandException {

    private final int status;

    RefusedException(int status, String message) {
        super(exit(status), message);
        this.status = status;
    }

    private static int exit(int status) {
        return switch (status) {
            case 401, 403, 429 -> Exit.NOT_ALLOWED;
            case 502, 503, 504 -> Exit.UNREACHABLE;
            default -> Exit.FAILED;
        };
    }

    /** @return HTTP's status */
    public int status() {
        return status;
    }

    public boolean isNotFound() {
        return status == 404;
    }
}
