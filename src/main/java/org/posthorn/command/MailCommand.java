package org.posthorn.command;

/** Something that people can have done by mail. */
public interface MailCommand {

    /** @return whether this command is meant; of several that say so any one gets the mail */
    boolean takes(CommandMail mail);

    /**
     * @return whether an address may be called like a machine's, such as {@code postmaster}, as long as the mail is none: for a
     *     command that finds out by itself who wrote
     */
    default boolean takesFromRoles() {
        return false;
    }

    /**
     * Does it, in the transaction of the stage, and answers where an answer is due. What people write wrongly is no failure.
     *
     * @return what was done, in English, for the trace
     */
    String carryOut(CommandMail mail);
}
