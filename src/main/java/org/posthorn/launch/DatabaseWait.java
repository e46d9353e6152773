package org.posthorn.launch;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Waits, before the server starts, until somebody listens where PostgreSQL should: the container asks the database when it
 * deploys, and deploys nothing when it gets no answer.
 */
final class DatabaseWait {

    private static final Pattern URL = Pattern.compile("jdbc:postgresql://([^/?]+).*");
    private static final Pattern PLACE = Pattern.compile("(\\[[^\\]]+\\]|[^:]+)(?::(\\d{1,5}))?");
    private static final int DEFAULT_PORT = 5432;
    private static final int CONNECT_MILLIS = 5_000;

    private final List<InetSocketAddress> places;
    private final Duration pause;

    /**
     * @param url JDBC's; one that names no host is not waited for
     * @param pause between two attempts
     */
    DatabaseWait(String url, Duration pause) {
        this.places = places(url);
        this.pause = pause;
    }

    private static List<InetSocketAddress> places(String url) {
        List<InetSocketAddress> places = new ArrayList<>();
        Matcher hosts = URL.matcher(url);
        if (hosts.matches()) {
            for (String host : hosts.group(1).split(",")) {
                Matcher place = PLACE.matcher(host);
                if (!place.matches()) {
                    return List.of();
                }
                int port = place.group(2) == null ? DEFAULT_PORT : Integer.parseInt(place.group(2));
                places.add(InetSocketAddress.createUnresolved(place.group(1), Math.min(port, 65_535)));
            }
        }
        return places;
    }

    /** Returns at once where there is nothing to wait for, and otherwise when one of the hosts takes a connection. */
    void await() throws InterruptedException {
        boolean said = false;
        while (!places.isEmpty() && places.stream().noneMatch(DatabaseWait::listens)) {
            if (!said) {
                System.err.println("posthorn: waiting for the database: nobody listens at " + named());
                said = true;
            }
            // The process's only thread of ours, with nothing under way yet: SIGTERM ends it here at once.
            Thread.sleep(pause.toMillis());
        }
    }

    private String named() {
        return places.stream()
                .map(place -> place.getHostString() + ":" + place.getPort())
                .collect(Collectors.joining(", "));
    }

    private static boolean listens(InetSocketAddress place) {
        try (Socket probe = new Socket()) {
            probe.connect(new InetSocketAddress(place.getHostString(), place.getPort()), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
