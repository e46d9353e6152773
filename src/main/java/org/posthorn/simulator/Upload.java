package org.posthorn.simulator;

import java.io.IOException;
import org.posthorn.pipeline.CookedMessage;
import org.posthorn.simulator.Simulator.Message;

/** A message that somebody sent to be tried; in memory while it is small, else in the spool. Closing it gives both back. */
public final class Upload implements AutoCloseable {

    private final CookedMessage octets;

    Upload(CookedMessage octets) {
        this.octets = octets;
    }

    public Message message() {
        return new Message(octets::open, octets.sizeBytes());
    }

    @Override
    public void close() throws IOException {
        octets.close();
    }
}
