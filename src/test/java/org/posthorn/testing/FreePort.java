package org.posthorn.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that are started a while after their port was chosen. They lie below those that the system gives to
 * connections (32768 and above on Linux), since a connection of anybody could take one of those meanwhile; and they are
 * taken at random, so that two test runs on one machine hardly meet.
 */
public final class FreePort {

    private static final int LOWEST = 10_240;
    private static final int BEYOND = 32_768;
    private static final int MOST_TRIES = 1_000;

    private FreePort() {}

    /** @return a loopback port on which nobody listens */
    public static int next() {
        for (int i = 0; i < MOST_TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, BEYOND);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // taken: another one
            }
        }
        throw new IllegalStateException("no port between " + LOWEST + " and " + BEYOND + " can be had");
    }
}
