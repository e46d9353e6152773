package org.posthorn.pipeline;

/** One step of cooking a post. Handlers alone alter messages; they decide nothing about a post's fate. */
public interface Handler {

    /** Mailman's name of the handler, where it has one. */
    String name();

    void handle(Draft draft);
}
