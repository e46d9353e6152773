package org.posthorn.simulator;

import java.io.IOException;
import java.util.Optional;
import org.posthorn.pipeline.CookedMessage;
import org.posthorn.simulator.Simulator.Message;

/** A message that somebody sent to be tried; in memory while it is small, else in the spool. Closing it gives both back. */
public final class Upload implements AutoCloseable {

    private final CookedMessage octets;

    Upload(CookedMessage octets) {
        this.octets = octets;
    }

    /** @param sender see {@link Message} */
    public Message from(Optional<String> sender) {
        return new Message(octets::open, octets.sizeBytes(), sender);
    }

    @Override
    public void close() throws IOException {
        octets.close();
    }
}
