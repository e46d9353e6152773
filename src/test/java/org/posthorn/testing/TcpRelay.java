package org.posthorn.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A loopback port whose connections lead to another one, and which can be cut as by a firewall that drops everything: what
 * is open stays open and carries nothing, and who connects hears nothing. After the cut what was under way goes on. Or the
 * host behind it can fall silent, as one that has lost its power: its connections say no goodbye, and new ones lead to its
 * successor.
 */
public final class TcpRelay implements AutoCloseable {

    private final ServerSocket server;
    private final int target;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Socket> targets = new CopyOnWriteArrayList<>();
    private final List<Socket> silent = new CopyOnWriteArrayList<>();
    private boolean cut;

    /** @param target the loopback port that it leads to; nobody need listen there yet */
    public TcpRelay(int target) throws IOException {
        this.target = target;
        server = new ServerSocket(FreePort.next(), 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    public synchronized void cut() {
        cut = true;
    }

    public synchronized void heal() {
        cut = false;
        notifyAll();
    }

    /** Nothing comes any more through the connections that there are, nor are they closed on the side that made them. */
    public void silence() throws IOException {
        List<Socket> now = List.copyOf(targets);
        silent.addAll(now);
        for (Socket to : now) {
            to.close();
        }
    }

    /** Takes what comes, as a network does whose other end is gone. */
    private void swallow(Socket from) throws IOException {
        byte[] octets = new byte[16_384];
        while (from.getInputStream().read(octets) >= 0) {
            // nobody hears it
        }
    }

    private synchronized void awaitOpen() throws InterruptedException {
        while (cut) {
            wait();
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket from = server.accept();
                sockets.add(from);
                daemon(() -> lead(from));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void lead(Socket from) {
        try (from) {
            awaitOpen();
            try (Socket to = new Socket(InetAddress.getLoopbackAddress(), target)) {
                sockets.add(to);
                targets.add(to);
                to.setTcpNoDelay(true);
                from.setTcpNoDelay(true);
                daemon(() -> answer(to, from));
                pump(from, to);
                if (silent.contains(to)) {
                    swallow(from);
                }
            }
        } catch (IOException e) {
            // nobody there, or gone
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sockets.removeIf(Socket::isClosed);
        targets.removeIf(to -> to.isClosed() && !silent.contains(to));
    }

    /** Until one of them ends; then both do, unless the target has fallen silent. */
    private void answer(Socket to, Socket from) {
        pump(to, from);
        if (!silent.contains(to)) {
            close(from);
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] octets = new byte[16_384];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(octets); count >= 0; count = in.read(octets)) {
                awaitOpen();
                out.write(octets, 0, count);
            }
            awaitOpen(); // whose end the other side does not see either
        } catch (IOException e) {
            // one of them is gone
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it was on its way out
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        heal();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
