package org.posthorn.ingress;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLEngine;
import org.posthorn.ingress.room.Shortage;
import org.posthorn.mail.EmailAddress;
import org.posthorn.platform.DatabaseException;
import org.posthorn.platform.log.Fate;
import org.posthorn.platform.log.FateLine;
import org.posthorn.platform.metrics.Metric;

/**
 * One client's dialogue (RFC 2033): takes commands one after the other, each of which gets one reply; only DATA gets one
 * for each recipient that was accepted.
 *
 * <p>Never takes a message in parts: it is stored for all of its recipients, or refused for all. What fails here for a
 * while is answered 4xx, and the front MTA keeps the mail. When the connection is lost before the end of the data,
 * nothing has happened.
 */
final class LmtpSession implements Runnable {

    private static final Logger LOG = Logger.getLogger(LmtpSession.class.getName());
    private static final Duration LINGER = Duration.ofSeconds(2);

    /** Of lines that no mail client would send. */
    private static final int MOST_FAULTS = 50;

    private final Wire wire;
    private final String peer;
    private final Reception reception;
    private final LmtpLimits limits;
    private final CommandReader commands;
    private final List<Route> routes = new ArrayList<>();
    private String greeting;
    private String sender;
    private boolean smtpUtf8;
    private int faults;
    private boolean over;

    /** @param peer the client's address for the trace field */
    LmtpSession(Wire wire, String peer, Reception reception) {
        this.wire = wire;
        this.peer = peer;
        this.reception = reception;
        this.limits = reception.limits();
        this.commands = new CommandReader(wire, limits.command());
    }

    @Override
    public void run() {
        try (wire) {
            try {
                write(new Reply(220, "", reception.host() + " Posthorn LMTP"));
                while (!over) {
                    turn();
                }
                wire.end(null, LINGER);
            } catch (Farewell e) {
                counted(e.reply());
                wire.end(e.reply(), LINGER);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "a session failed", e);
                counted(Reply.FAILED);
                wire.end(Reply.FAILED, LINGER);
            }
        } catch (IOException e) {
            LOG.log(Level.FINE, "a connection was lost", e);
        }
    }

    private void turn() throws IOException {
        if (wire.isBidden()) {
            throw new Farewell(Reply.SHUTTING_DOWN);
        }
        Incoming incoming = commands.next();
        if (incoming instanceof Incoming.End) {
            over = true;
        } else if (incoming instanceof Incoming.Malformed malformed) {
            say(malformed.reply());
        } else if (incoming instanceof Incoming.Command command) {
            obey(command);
        }
    }

    private void obey(Incoming.Command command) throws IOException {
        switch (command.verb()) {
            case "LHLO" -> lhlo(command.argument());
            case "MAIL" -> say(mail(command.argument()));
            case "RCPT" -> say(rcpt(command.argument()));
            case "DATA" -> data(command.argument());
            case "RSET" -> {
                reset();
                say(250, "2.0.0", "Forgotten");
            }
            case "NOOP" -> say(250, "2.0.0", "Still here");
            case "QUIT" -> {
                say(221, "2.0.0", "Goodbye");
                over = true;
            }
            case "HELP" -> say(214, "2.0.0", "RFC 2033: LHLO MAIL RCPT DATA RSET NOOP QUIT VRFY HELP");
            case "STARTTLS" -> startTls(command.argument());
            case "VRFY" -> say(252, "2.5.2", "Try RCPT to find out");
            case "HELO", "EHLO" -> say(500, "5.5.1", "This is LMTP: say LHLO");
            case "EXPN", "TURN", "ETRN", "BDAT", "AUTH" -> say(502, "5.5.1", "Not implemented");
            default -> say(500, "5.5.2", "Unknown command");
        }
    }

    private void lhlo(String name) throws IOException {
        if (name.isEmpty()) {
            say(501, "5.5.4", "LHLO needs a name");
            return;
        }
        reset();
        greeting = name;
        Metric.LMTP_REPLIES.add(1, "250");
        wire.write(("250-" + reception.host() + "\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-SIZE "
                        + limits.maxMessageBytes() + "\r\n" + (offersTls() ? "250-STARTTLS\r\n" : "")
                        + "250 ENHANCEDSTATUSCODES\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    }

    private boolean offersTls() {
        return reception.certificate().isPresent() && !wire.isEncrypted();
    }

    /** RFC 3207. What the client said before counts no more: somebody in between may have said it. */
    private void startTls(String argument) throws IOException {
        if (!argument.isEmpty()) {
            say(501, "5.5.4", "STARTTLS takes no argument");
        } else if (wire.isEncrypted()) {
            say(503, "5.5.1", "Encrypted already");
        } else if (reception.certificate().isEmpty()) {
            say(502, "5.5.1", "Not implemented");
        } else {
            SSLEngine engine = reception.certificate().get().engine();
            say(220, "2.0.0", "Begin");
            reset();
            greeting = null;
            wire.encrypt(engine, limits.command());
        }
    }

    private Reply mail(String argument) {
        if (greeting == null) {
            return new Reply(503, "5.5.1", "LHLO first");
        }
        if (sender != null) {
            return new Reply(503, "5.5.1", "A message is under way");
        }
        if (!argument.regionMatches(true, 0, "FROM:", 0, 5)) {
            return new Reply(501, "5.5.4", "MAIL FROM:<reverse-path>");
        }
        Optional<EnvelopePath> path = EnvelopePath.parse(argument.substring(5));
        if (path.isEmpty()) {
            return new Reply(501, "5.1.7", "Not a reverse-path");
        }
        Optional<MailParameters> parameters = MailParameters.parse(path.get().rest());
        if (parameters.isEmpty()) {
            return new Reply(555, "5.5.4", "Unknown parameter");
        }
        if (path.get().isInternationalized() && !parameters.get().smtpUtf8()) {
            return new Reply(553, "5.6.7", "Such an address needs SMTPUTF8");
        }
        if (parameters.get().size() > limits.maxMessageBytes()) {
            return Flaw.TOO_LARGE.reply();
        }
        Optional<Reply> refusal = refusal();
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (!reception.spool().hasRoomFor(parameters.get().size())) {
            return unstored(Reply.NO_ROOM);
        }
        sender = path.get().mailbox().map(EmailAddress::address).orElse("");
        smtpUtf8 = parameters.get().smtpUtf8();
        return new Reply(250, "2.1.0", "Sender noted");
    }

    /** @return what is said while there is no room for more mail */
    private Optional<Reply> refusal() {
        Optional<Shortage> shortage = reception.room().shortage();
        shortage.ifPresent(what -> Metric.INGRESS_REFUSED.add(1, what.label()));
        return shortage.map(Reply::noRoom);
    }

    /** @return the reply; one for want of room is counted */
    private static Reply unstored(Reply reply) {
        if (reply.code() == Reply.NO_ROOM.code()) {
            Metric.INGRESS_REFUSED.add(1, "storage");
        }
        return reply;
    }

    private Reply rcpt(String argument) {
        if (sender == null) {
            return new Reply(503, "5.5.1", "MAIL first");
        }
        if (!argument.regionMatches(true, 0, "TO:", 0, 3)) {
            return new Reply(501, "5.5.4", "RCPT TO:<forward-path>");
        }
        Optional<EnvelopePath> path = EnvelopePath.parse(argument.substring(3));
        if (path.isEmpty() || path.get().mailbox().isEmpty()) {
            return new Reply(501, "5.1.3", "Not a forward-path");
        }
        if (!path.get().rest().isEmpty()) {
            return new Reply(555, "5.5.4", "Unknown parameter");
        }
        if (path.get().isInternationalized() && !smtpUtf8) {
            return new Reply(553, "5.6.7", "Such an address needs SMTPUTF8");
        }
        if (routes.size() >= limits.maxRecipients()) {
            return new Reply(452, "4.5.3", "Too many recipients");
        }
        return route(path.get().mailbox().get());
    }

    private Reply route(EmailAddress recipient) {
        try {
            Optional<Route> route = reception.router().route(recipient);
            route.ifPresent(routes::add);
            return route.isPresent()
                    ? new Reply(250, "2.1.5", "Recipient known")
                    : new Reply(550, "5.1.1", "No such list here");
        } catch (DatabaseException e) {
            LOG.log(Level.WARNING, "no recipient can be looked up: {0}", e.getMessage());
            return new Reply(451, "4.3.0", "Recipients cannot be looked up now");
        }
    }

    private void data(String argument) throws IOException {
        if (!argument.isEmpty()) {
            say(501, "5.5.4", "DATA takes no argument");
            return;
        }
        if (routes.isEmpty()) {
            say(503, "5.5.1", sender == null ? "MAIL first" : "No recipient was accepted");
            return;
        }
        write(new Reply(354, "", "End with CRLF . CRLF"));
        wire.betweenMessages(false);
        String id = reception.newId();
        Instant now = reception.clock().instant();
        try (Draft draft = new Draft(
                reception.spool(),
                ReceivedField.of(
                        greeting,
                        peer,
                        reception.host(),
                        ReceivedField.protocol(smtpUtf8, wire.isEncrypted()),
                        id,
                        now))) {
            DataReader reader = new DataReader(draft, limits.maxMessageBytes());
            if (!readToEnd(reader)) {
                over = true;
                return;
            }
            Reply reply = reader.flaw()
                    .map(flaw -> unstored(flaw.reply()))
                    .or(this::refusal)
                    .orElseGet(() -> unstored(commit(draft, id, now)));
            for (int i = 0; i < routes.size(); i++) {
                write(reply);
            }
        } finally {
            wire.betweenMessages(true);
            reset();
        }
    }

    /** @return false when the connection was lost before the end */
    private boolean readToEnd(DataReader reader) throws IOException {
        long total = System.nanoTime() + limits.dataTotal().toNanos();
        long mostOctets = 4 * limits.maxMessageBytes() + CommandReader.MOST_SWALLOWED_OCTETS;
        while (!reader.hasEnded()) {
            long idle = System.nanoTime() + limits.dataIdle().toNanos();
            ByteBuffer in = wire.read(idle - total < 0 ? idle : total);
            if (in == null) {
                return false;
            }
            int taken = reader.read(in.array(), in.arrayOffset() + in.position(), in.remaining());
            in.position(in.position() + taken);
            if (reader.octets() > mostOctets || System.nanoTime() - total > 0) {
                throw new Farewell(Reply.FLOODED);
            }
        }
        return true;
    }

    private Reply commit(Draft draft, String id, Instant now) {
        try (SpooledMessage message = draft.finish()) {
            List<Route> all = List.copyOf(routes);
            Reply reply = reception
                    .committer()
                    .commit(new Arrival(sender, smtpUtf8, peer, all, message, message.facts(), now));
            if (!reply.isPositive()) {
                return reply;
            }
            Metric.LMTP_MESSAGES.add(1);
            Metric.LMTP_BYTES.add(message.sizeBytes());
            log(id, message);
            return new Reply(reply.code(), reply.enhanced(), "Taken as " + id);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the spool cannot be used", e);
            return Reply.NO_ROOM;
        }
    }

    private void log(String id, SpooledMessage message) {
        FateLine.of(Fate.RECEIVED)
                .list(routes.get(0).list())
                .with("recipients", routes.size())
                .messageId(message.facts().messageId())
                .with("id", id)
                .address("sender", sender)
                .with("bytes", message.sizeBytes())
                .say();
    }

    private void reset() {
        sender = null;
        smtpUtf8 = false;
        routes.clear();
    }

    private void say(int code, String enhanced, String text) throws IOException {
        say(new Reply(code, enhanced, text));
    }

    private void say(Reply reply) throws IOException {
        boolean fault = reply.code() == 500 || reply.code() == 502 || reply.code() == 503;
        if (fault && ++faults > MOST_FAULTS) {
            throw new Farewell(Reply.FLOODED);
        }
        write(reply);
    }

    private void write(Reply reply) throws IOException {
        counted(reply);
        wire.write(reply.octets());
    }

    private static void counted(Reply reply) {
        Metric.LMTP_REPLIES.add(1, Integer.toString(reply.code()));
    }
}
