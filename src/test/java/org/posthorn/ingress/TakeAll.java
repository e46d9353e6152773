package org.posthorn.ingress;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A committer that keeps what it is given, and answers as it is told. */
final class TakeAll implements Committer {

    final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
    final List<String> messages = new CopyOnWriteArrayList<>();
    volatile Reply answer = new Reply(250, "2.0.0", "Taken");

    @Override
    public Reply commit(Arrival arrival) {
        try (InputStream in = arrival.message().open()) {
            messages.add(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        arrivals.add(arrival);
        return answer;
    }

    /** The only message, without the trace field that the server has put before it. */
    String message() {
        return messages.get(0).substring(messages.get(0).indexOf("+0000\r\n") + 7);
    }
}
