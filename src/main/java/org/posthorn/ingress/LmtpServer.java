package org.posthorn.ingress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.posthorn.platform.metrics.Metric;
import org.posthorn.platform.settings.Cidr;
import org.posthorn.platform.settings.Settings;

/**
 * The door: accepts the front MTAs' connections, each served by a thread of its own, so many at once and no more.
 *
 * <p>A client from outside the allow-list is refused at connect; one too many is told to come again (421), unless a
 * connection that has been silent for a while can make room. When it stops, connections that wait are ended at once, and
 * messages under way are finished within the time given.
 */
public final class LmtpServer {

    private static final Logger LOG = Logger.getLogger(LmtpServer.class.getName());
    private static final Reply NOT_ALLOWED = new Reply(554, "5.7.1", "Not a front MTA of this server");
    private static final int BACKLOG = 256;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Settings.Endpoint endpoint;
    private final List<Cidr> allow;
    private final Reception reception;
    private final ThreadFactory threads;
    private final Runnable onDeath;
    private final Map<Wire, Thread> connections = new ConcurrentHashMap<>();
    private volatile ServerSocketChannel listener;
    private volatile boolean stopping;

    /** @param onDeath called if it ever ceases to accept connections without having been stopped */
    LmtpServer(
            Settings.Endpoint endpoint,
            List<Cidr> allow,
            Reception reception,
            ThreadFactory threads,
            Runnable onDeath) {
        this.endpoint = endpoint;
        this.allow = List.copyOf(allow);
        this.reception = reception;
        this.threads = threads;
        this.onDeath = onDeath;
    }

    /**
     * Begins to listen.
     *
     * @throws UncheckedIOException when the address cannot be had; the message names it
     */
    public void start() {
        reception.spool().prepare();
        try {
            listener = endpoint.bind().startsWith("unix:") ? listenOnPath() : listenOnAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "LMTP cannot listen on " + endpoint.bind() + " port " + endpoint.port() + ": " + e.getMessage(), e);
        }
        threads.newThread(this::accept).start();
    }

    /** The TCP port that it listens on, once started; 0 for a UNIX socket. */
    public int port() {
        try {
            return listener.getLocalAddress() instanceof InetSocketAddress address ? address.getPort() : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many clients are connected. */
    public int connections() {
        return connections.size();
    }

    /**
     * Stops listening, and ends when the last connection and the last commit have ended, or the time is up.
     *
     * @param patience for messages under way
     */
    public void stop(Duration patience) {
        if (listener == null || stopping) {
            return;
        }
        stopping = true;
        long deadline = System.nanoTime() + patience.toNanos();
        closeListener();
        connections.keySet().forEach(wire -> wire.bid(Reply.SHUTTING_DOWN, false));
        for (Thread thread : connections.values()) {
            join(thread, deadline);
        }
        for (Wire wire : connections.keySet()) {
            closeQuietly(wire);
        }
        reception.committer().stop(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    }

    private ServerSocketChannel listenOnAddress() throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            return channel.bind(
                    new InetSocketAddress(InetAddress.getByName(endpoint.bind()), endpoint.port()), BACKLOG);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private ServerSocketChannel listenOnPath() throws IOException {
        Path path = Path.of(endpoint.bind().substring("unix:".length()));
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                && !Files.readAttributes(path, "isOther", LinkOption.NOFOLLOW_LINKS)
                        .get("isOther")
                        .equals(true)) {
            throw new IOException(path + " is there and is no socket");
        }
        Files.deleteIfExists(path);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(path), BACKLOG);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private void accept() {
        try {
            acceptUntilStopped();
        } finally {
            if (!stopping) {
                onDeath.run();
                LOG.severe("LMTP accepts no connections any more; restart this node");
            }
        }
    }

    private void acceptUntilStopped() {
        while (!stopping) {
            try {
                admit(listener.accept());
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException | RuntimeException e) {
                LOG.log(Level.WARNING, "a connection could not be accepted", e);
                LockSupport.parkNanos(PAUSE.toNanos()); // e.g. out of file descriptors: not to spin
            }
        }
    }

    private void admit(SocketChannel channel) throws IOException {
        SocketAddress remote = channel.getRemoteAddress();
        if (remote instanceof InetSocketAddress address && !Cidr.anyContains(allow, address.getAddress())) {
            LOG.log(
                    Level.WARNING,
                    "LMTP from {0} refused: not in POSTHORN_LMTP_ALLOW",
                    address.getAddress().getHostAddress());
            refuse(channel, NOT_ALLOWED);
            return;
        }
        if (stopping || connections.size() >= reception.limits().maxConnections() && !makeRoom()) {
            refuse(channel, Reply.TOO_BUSY);
            return;
        }
        try {
            serve(channel, remote);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        } catch (OutOfMemoryError e) { // no more threads: the next connection may find one again
            channel.close();
            throw new IOException("no thread to be had", e);
        }
    }

    private void serve(SocketChannel channel, SocketAddress remote) throws IOException {
        if (remote instanceof InetSocketAddress) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        }
        Wire wire = new Wire(channel);
        LmtpSession session = new LmtpSession(wire, literal(remote), reception);
        Thread thread = threads.newThread(() -> {
            try {
                session.run();
            } finally {
                connections.remove(wire);
            }
        });
        if (thread == null) {
            wire.close();
            throw new IOException("no thread to be had");
        }
        connections.put(wire, thread);
        try {
            thread.start();
            Metric.LMTP_ACCEPTED.add(1, "served");
        } catch (RuntimeException | Error e) {
            connections.remove(wire);
            wire.close();
            throw e;
        }
    }

    /** Ends the connection whose client has been silent the longest, if that is long. @return whether there was one */
    private boolean makeRoom() {
        Duration least = reception.limits().droppableAfter();
        return connections.keySet().stream()
                .filter(wire -> !wire.isBidden() && wire.silence().compareTo(least) > 0)
                .max(Comparator.comparing(Wire::silence))
                .map(wire -> {
                    wire.bid(Reply.TOO_BUSY, true);
                    return connections.remove(wire) != null;
                })
                .orElse(false);
    }

    private static void refuse(SocketChannel channel, Reply reply) throws IOException {
        Metric.LMTP_REPLIES.add(1, Integer.toString(reply.code()));
        Metric.LMTP_ACCEPTED.add(1, reply.code() == NOT_ALLOWED.code() ? "refused" : "busy");
        try (channel) {
            channel.configureBlocking(false);
            channel.write(ByteBuffer.wrap(reply.octets()));
            channel.shutdownOutput();
        }
    }

    private static String literal(SocketAddress remote) {
        if (!(remote instanceof InetSocketAddress address)) {
            return "local";
        }
        String text = address.getAddress().getHostAddress();
        int zone = text.indexOf('%');
        String plain = zone < 0 ? text : text.substring(0, zone);
        return plain.contains(":") ? "[IPv6:" + plain + "]" : "[" + plain + "]";
    }

    private void closeListener() {
        try {
            listener.close();
            if (endpoint.bind().startsWith("unix:")) {
                Files.deleteIfExists(Path.of(endpoint.bind().substring("unix:".length())));
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the listener could not be closed", e);
        }
    }

    private static void closeQuietly(Wire wire) {
        try {
            wire.close();
        } catch (IOException e) {
            LOG.log(Level.FINE, "a connection could not be closed", e);
        }
    }

    private static void join(Thread thread, long deadline) {
        try {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis > 0) {
                thread.join(millis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
