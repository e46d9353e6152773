package org.posthorn.delivery;

import java.io.IOException;
import java.io.OutputStream;

/** A cooked message's octets, to be written to any number of connections. */
interface MessageBody {

    void writeTo(OutputStream out) throws IOException;
}
