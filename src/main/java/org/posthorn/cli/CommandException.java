package org.posthorn.cli;

/** A command that cannot do what it was asked to. */
public class CommandException extends RuntimeException {

    private final int exit;

    /** @param exit one of {@link Exit}'s; @param message one line for the administrator */
    public CommandException(int exit, String message) {
        super(message);
        this.exit = exit;
    }

    /** @return the process's exit status */
    public int exit() {
        return exit;
    }

    /** @return it with the status for a wrong command line */
    public static CommandException usage(String message) {
        return new CommandException(Exit.USAGE, message);
    }
}
