package org.posthorn.cli;

/** The exit statuses, as {@code docs/commands.md} has them. */
public final class Exit {

    public static final int OK = 0;

    /** Refused, or there is no such thing. */
    public static final int FAILED = 1;

    /** The command line is wrong; the server was not asked. */
    public static final int USAGE = 2;

    /** No answer, or an answer that says that the server is not there yet. */
    public static final int UNREACHABLE = 3;

    /** Not signed in, or not allowed. */
    public static final int NOT_ALLOWED = 4;

    /** Of several things some were done and others were not. */
    public static final int PARTLY = 5;

    private Exit() {}
}
