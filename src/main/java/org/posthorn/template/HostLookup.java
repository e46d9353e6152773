package org.posthorn.template;

import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Finds a host's addresses within a time. The system's resolver knows no time limit of ours and cannot be stopped, so it is
 * asked by a thread that is left behind when it takes too long; while {@value #LEFT_BEHIND} of these are still asking,
 * nobody else is asked about.
 */
final class HostLookup {

    private static final int LEFT_BEHIND = 4;

    /** Takes as long as it likes. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private final Resolver resolver;
    private final Semaphore asking = new Semaphore(LEFT_BEHIND);

    HostLookup(Resolver resolver) {
        this.resolver = resolver;
    }

    /**
     * @param within in milliseconds
     * @return at least one
     * @throws SocketTimeoutException when there is no answer in time
     */
    InetAddress[] addresses(String host, int within) throws UnknownHostException, SocketTimeoutException {
        if (!asking.tryAcquire()) {
            throw new SocketTimeoutException();
        }
        CompletableFuture<InetAddress[]> answer = new CompletableFuture<>();
        Thread thread = new Thread(() -> ask(host, answer), "template-host-lookup");
        thread.setDaemon(true);
        thread.start();
        try {
            return answer.get(within, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new SocketTimeoutException();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SocketTimeoutException();
        } catch (ExecutionException e) {
            throw new UnknownHostException(host);
        }
    }

    private void ask(String host, CompletableFuture<InetAddress[]> answer) {
        try {
            answer.complete(resolver.addresses(host));
        } catch (UnknownHostException | RuntimeException e) {
            answer.completeExceptionally(e);
        } finally {
            asking.release();
        }
    }
}
