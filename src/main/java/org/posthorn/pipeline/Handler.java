package org.posthorn.pipeline;

/**
 * One step of cooking a post. Handlers alone alter messages. Whether a post may go out is the rules' matter; a handler ends
 * its way ({@link Draft#end}) only where what it is there for leaves nothing to send.
 */
public interface Handler {

    /** Mailman's name of the handler, where it has one. */
    String name();

    void handle(Draft draft);
}
