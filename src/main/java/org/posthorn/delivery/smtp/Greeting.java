package org.posthorn.delivery.smtp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * What is said before the first mail: the greeting, EHLO, STARTTLS and AUTH.
 *
 * <p>Credentials never go over a line that is not under verified TLS. Where that cannot be had, nothing is sent at all.
 */
final class Greeting {

    private static final Duration CONNECT = Duration.ofSeconds(30);

    /** RFC 5321 section 4.5.3.2.1. */
    private static final Duration COMMAND = Duration.ofMinutes(5);

    private static final Duration HANDSHAKE = Duration.ofSeconds(60);

    /** A line that seems this long is asked again, lest a busy moment counts as distance. */
    private static final Duration FAR = Duration.ofMillis(1);

    private static final int MOST_PROBES = 4;

    private final Endpoint endpoint;
    private final ClientTls tls;
    private Wire wire;
    private Extensions extensions = Extensions.NONE;
    private long roundTripNanos = Long.MAX_VALUE;

    private Greeting(Endpoint endpoint, ClientTls tls) {
        this.endpoint = endpoint;
        this.tls = tls;
    }

    /** A line on which mail may begin. @param roundTripNanos how long the quickest answer took */
    record Ready(Wire wire, Extensions extensions, long roundTripNanos) {}

    /** @throws HostDownException with the server's or the network's words; then nothing is left open */
    static Ready exchange(Endpoint endpoint, ClientTls tls) throws HostDownException {
        Greeting greeting = new Greeting(endpoint, tls);
        boolean ready = false;
        try {
            greeting.exchange();
            ready = true;
            return new Ready(greeting.wire, greeting.extensions, greeting.roundTripNanos);
        } catch (IOException e) {
            throw new HostDownException("connecting: " + reason(e), e);
        } finally {
            if (!ready) {
                greeting.close();
            }
        }
    }

    private void exchange() throws IOException, HostDownException {
        wire = Wire.connect(endpoint.address(), endpoint.port(), CONNECT);
        if (endpoint.tls() == Tls.IMPLICIT) {
            encrypt(true);
        }
        Reply greeting = wire.reply(COMMAND);
        if (greeting.code() != 220) {
            throw refused("greeting", greeting);
        }
        hello();
        boolean wanted = endpoint.tls() != Tls.OFF || endpoint.isSecret();
        if (wanted && !wire.isEncrypted()) {
            startTls();
        }
        if (endpoint.isSecret()) {
            authenticate();
        }
        for (int probes = 1; roundTripNanos > FAR.toNanos() && probes < MOST_PROBES; probes++) {
            ask("NOOP");
        }
    }

    private void hello() throws IOException, HostDownException {
        Reply ehlo = ask("EHLO " + endpoint.hello());
        if (ehlo.isPositive()) {
            extensions = Extensions.of(ehlo);
            return;
        }
        Reply helo = ehlo.code() / 100 == 5 ? ask("HELO " + endpoint.hello()) : ehlo;
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
            encrypt(required);
            hello();
        } else if (required || reply.isFarewell()) {
            throw refused("STARTTLS", reply);
        }
    }

    private void encrypt(boolean verified) throws IOException {
        wire.encrypt(tls.engine(endpoint.address(), endpoint.port(), verified), HANDSHAKE);
    }

    private void authenticate() throws IOException, HostDownException {
        List<String> offered = extensions.parameters("AUTH");
        String user = endpoint.username();
        String password = endpoint.password() == null ? "" : endpoint.password();
        Reply reply;
        if (offered.contains("PLAIN")) {
            reply = secret("AUTH PLAIN " + base64("\0" + user + "\0" + password));
        } else if (offered.contains("LOGIN")) {
            reply = secret("AUTH LOGIN");
            for (String answer : List.of(user, password)) {
                reply = reply.code() == 334 ? secret(base64(answer)) : reply;
            }
        } else if (offered.contains("XOAUTH2")) {
            reply = secret("AUTH XOAUTH2 " + base64("user=" + user + "\1auth=Bearer " + password + "\1\1"));
            // A refusal comes as a challenge, which wants an empty answer.
            reply = reply.code() == 334 ? secret("") : reply;
        } else {
            throw new HostDownException(
                    "connecting: the server offers no way to authenticate that we know (PLAIN, LOGIN, XOAUTH2)"
                            + (offered.isEmpty()
                                    ? ""
                                    : ", but " + String.join(", ", offered).toLowerCase(Locale.ROOT)),
                    null);
        }
        if (reply.code() != 235) {
            throw refused("AUTH", reply);
        }
    }

    private Reply ask(String command) throws IOException {
        long began = System.nanoTime();
        Reply reply = secret(command);
        roundTripNanos = Math.min(roundTripNanos, System.nanoTime() - began);
        return reply;
    }

    private Reply secret(String command) throws IOException {
        wire.put(command + "\r\n");
        return wire.reply(COMMAND);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
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
