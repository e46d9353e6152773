package org.posthorn.delivery.smtp;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;

/**
 * What is said before the first mail: the greeting, EHLO, STARTTLS and AUTH.
 *
 * <p>Credentials never go over a line that is not under verified TLS. Where that cannot be had, nothing is sent at all.
 */
final class Greeting {

    private static final Logger LOG = System.getLogger(Greeting.class.getName());

    /** A line that seems this long is asked again, lest a busy moment counts as distance. */
    private static final Duration FAR = Duration.ofMillis(1);

    private static final int MOST_PROBES = 4;

    private final Endpoint endpoint;
    private final Manner manner;
    private final boolean mayEncrypt;
    private Wire wire;
    private Extensions extensions = Extensions.NONE;
    private long roundTripNanos = Long.MAX_VALUE;

    private Greeting(Endpoint endpoint, Manner manner, boolean mayEncrypt) {
        this.endpoint = endpoint;
        this.manner = manner;
        this.mayEncrypt = mayEncrypt;
    }

    /** TLS that nobody insists on did not come about. */
    private static final class OpportunityMissedException extends IOException {

        private static final long serialVersionUID = 1;

        OpportunityMissedException(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /** A line on which mail may begin. @param roundTripNanos how long the quickest answer took */
    record Ready(Wire wire, Extensions extensions, long roundTripNanos) {}

    /** @throws HostDownException with the server's or the network's words; then nothing is left open */
    static Ready exchange(Endpoint endpoint, Manner manner) throws HostDownException {
        try {
            return new Greeting(endpoint, manner, true).ready();
        } catch (OpportunityMissedException e) {
            LOG.log(Level.DEBUG, "smarthost {0}: without TLS, since it failed: {1}", endpoint, reason(e));
        } catch (IOException e) {
            throw new HostDownException("connecting: " + reason(e), e);
        }
        try {
            // What was begun cannot be gone on with: on a new connection, as if it had not been offered (RFC 7435).
            return new Greeting(endpoint, manner, false).ready();
        } catch (IOException e) {
            throw new HostDownException("connecting: " + reason(e), e);
        }
    }

    private Ready ready() throws IOException, HostDownException {
        boolean ready = false;
        try {
            exchange();
            ready = true;
            return new Ready(wire, extensions, roundTripNanos);
        } finally {
            if (!ready) {
                close();
            }
        }
    }

    private void exchange() throws IOException, HostDownException {
        wire = Wire.connect(endpoint.address(), endpoint.port(), manner.patience());
        if (endpoint.tls() == Tls.IMPLICIT) {
            encrypt(true);
        }
        Reply greeting = wire.reply(manner.patience().greeting());
        if (greeting.code() != 220) {
            throw refused("greeting", greeting);
        }
        hello();
        boolean wanted = endpoint.tls() != Tls.OFF || endpoint.isSecret();
        if (wanted && mayEncrypt && !wire.isEncrypted()) {
            startTls();
        }
        if (endpoint.isSecret()) {
            authenticate();
        }
        for (int probes = 1; roundTripNanos > FAR.toNanos() && probes < MOST_PROBES; probes++) {
            Reply noop = ask("NOOP");
            if (noop.isFarewell()) {
                throw refused("NOOP", noop);
            }
        }
    }

    private void hello() throws IOException, HostDownException {
        String us = manner.localhost() == null ? endpoint.hello() : manner.localhost();
        Reply ehlo = ask("EHLO " + us);
        if (ehlo.isPositive()) {
            extensions = Extensions.of(ehlo);
            return;
        }
        Reply helo = ehlo.code() / 100 == 5 ? ask("HELO " + us) : ehlo;
        if (!helo.isPositive()) {
            throw refused("EHLO", helo);
        }
        extensions = Extensions.NONE;
    }

    private void startTls() throws IOException, HostDownException {
        boolean required = endpoint.tls() == Tls.REQUIRED || endpoint.isSecret();
        if (!extensions.has("STARTTLS")) {
            if (required) {
                throw new HostDownException("connecting: STARTTLS is required, and the server does not offer it", null);
            }
            return;
        }
        Reply reply = ask("STARTTLS");
        if (reply.code() == 220) {
            try {
                encrypt(required);
                hello();
            } catch (IOException e) {
                throw required ? e : new OpportunityMissedException(e);
            }
        } else if (required || reply.isFarewell()) {
            throw refused("STARTTLS", reply);
        }
    }

    private void encrypt(boolean verified) throws IOException {
        wire.encrypt(
                manner.tls().engine(endpoint.address(), endpoint.port(), verified),
                manner.patience().handshake());
    }

    private void authenticate() throws HostDownException {
        List<String> offered = extensions.parameters("AUTH");
        String mechanism = manner.mechanisms().stream()
                .filter(offered::contains)
                .findFirst()
                .orElseThrow(() -> new HostDownException(
                        "connecting: the server offers no way to authenticate that is wanted ("
                                + String.join(", ", manner.mechanisms()) + ")"
                                + (offered.isEmpty() ? "" : ", but " + Fate.clean(String.join(", ", offered))),
                        null));
        Credentials credentials = new Credentials(endpoint.username(), endpoint.password());
        Reply reply;
        try {
            reply = authenticate(mechanism, credentials);
        } catch (IOException e) {
            // Without its cause, which may have more of the server's words in it.
            throw new HostDownException("connecting: AUTH: " + credentials.hiddenIn(reason(e)), null);
        }
        if (reply.code() != 235) {
            throw new HostDownException(
                    "connecting: AUTH: " + credentials.hiddenIn(Fate.clean(reply.text())), null, true);
        }
    }

    private Reply authenticate(String mechanism, Credentials credentials) throws IOException {
        return switch (mechanism) {
            case "PLAIN" -> secret("AUTH PLAIN " + credentials.plain());
            case "LOGIN" -> {
                Reply reply = secret("AUTH LOGIN");
                reply = reply.code() == 334 ? secret(credentials.user()) : reply;
                yield reply.code() == 334 ? secret(credentials.password()) : reply;
            }
            case "XOAUTH2" -> {
                Reply reply = secret("AUTH XOAUTH2 " + credentials.bearer());
                // A refusal comes as a challenge, which wants an empty answer.
                yield reply.code() == 334 ? secret("") : reply;
            }
            default -> throw new IllegalStateException("a mechanism cannot be wanted that is not known: " + mechanism);
        };
    }

    private Reply ask(String command) throws IOException {
        long began = System.nanoTime();
        Reply reply = secret(command);
        roundTripNanos = Math.min(roundTripNanos, System.nanoTime() - began);
        return reply;
    }

    private Reply secret(String command) throws IOException {
        wire.put(command + "\r\n");
        return wire.reply(manner.patience().command());
    }

    private static HostDownException refused(String command, Reply reply) {
        return new HostDownException("connecting: " + command + ": " + Fate.clean(reply.text()), null);
    }

    /** @return what went wrong, in a few words */
    static String reason(Exception e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String said = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        boolean more = root != e && root.getMessage() != null && !said.contains(root.getMessage());
        return Fate.clean(more ? said + " (" + root.getMessage() + ")" : said);
    }

    private void close() {
        if (wire != null) {
            try {
                wire.close();
            } catch (IOException e) {
                // It is gone, which is what we wanted.
            }
        }
    }
}
