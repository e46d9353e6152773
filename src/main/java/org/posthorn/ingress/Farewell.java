package org.posthorn.ingress;

import java.io.IOException;

/** The connection is to be ended from this side, with a last reply if the client still reads. */
final class Farewell extends IOException {

    private final transient Reply reply;

    Farewell(Reply reply) {
        super(reply.text());
        this.reply = reply;
    }

    Reply reply() {
        return reply;
    }
}
