package org.posthorn.ingress;

/** What the client's side of the dialogue brought next. */
sealed interface Incoming {

    /**
     * A line whose form is right.
     *
     * @param verb in upper case
     * @param argument what follows the first blank; empty without one
     */
    record Command(String verb, String argument) implements Incoming {}

    /** A line that cannot be a command; it has been read to its end. */
    record Malformed(Reply reply) implements Incoming {}

    /** The client has closed the connection. */
    record End() implements Incoming {}
}
