package org.posthorn.delivery.smtp;

import jakarta.mail.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A connection that does not wait where SMTP doesn't want it to (RFC 2920, RFC 3030).
 *
 * <p>By what the server offers and how far it is: near, the next message's envelope goes behind this one's end, which is one
 * round trip a message with no more than one body unanswered; far, where CHUNKING is offered, as many whole messages as fill
 * the round trip; without PIPELINING, one command at a time.
 *
 * <p>Every reply is taken for the command that it answers, in their order, however early or late it comes. When the
 * connection ends, what was answered counts; of what was not nobody knows, but that a message whose body had not left
 * was not taken.
 */
public final class PipeliningConnection implements HostConnection {

    private enum Command {
        RSET,
        MAIL,
        RCPT,
        DATA,
        END
    }

    /** A command whose reply has not come. @param recipient the place of RCPT's in the transaction */
    private record Expected(Command command, UnderWay of, int recipient) {}

    /** Messages larger than this go by DATA: by BDAT their size would have to be known to the octet. */
    private static final long MOST_BDAT_BYTES = 1 << 20;

    /** For each so much of the round trip one message may be under way. */
    private static final long NANOS_A_MESSAGE = 200_000;

    private static final long FAR_NANOS = 1_000_000;
    private static final int MOST_UNDER_WAY = 100;
    private static final long TRUSTED_IDLE_NANOS = 2_000_000_000L;

    private static final byte[] MAIL_FROM = ascii("MAIL FROM:<");
    private static final byte[] RCPT_TO = ascii("RCPT TO:<");
    private static final byte[] CLOSE = ascii(">\r\n");
    private static final byte[] SIZE = ascii(" SIZE=");
    private static final byte[] BODY_8BITMIME = ascii(" BODY=8BITMIME");
    private static final byte[] SMTPUTF8 = ascii(" SMTPUTF8");
    private static final byte[] DATA = ascii("DATA\r\n");
    private static final byte[] BDAT = ascii("BDAT ");
    private static final byte[] LAST = ascii(" LAST\r\n");
    private static final byte[] DOT = ascii(".\r\n");
    private static final byte[] RSET = ascii("RSET\r\n");
    private static final byte[] CRLF = ascii("\r\n");

    private final Wire wire;
    private final boolean pipelining;
    private final boolean far;
    private final int window;
    private final Terms terms;
    private final Offer offer;
    private final Patience patience;

    private final Deque<UnderWay> underWay = new ArrayDeque<>();
    private final Deque<Expected> expected = new ArrayDeque<>();

    /** The last one begun, while its body is not on its way. */
    private UnderWay waitsForData;

    /** Whether the server may still be within a transaction when the next one begins. */
    private boolean resetFirst;

    /** Why nothing more can begin; null: it can. */
    private HostDownException lost;

    /** The one whose message has not left to its end, so that no word of the server can mean that it has it. */
    private UnderWay halfSaid;

    /** The one whose message could not be read to its end. The server waits for the rest, and says no more. */
    private UnderWay broken;

    private long lastUsedNanos = System.nanoTime();

    PipeliningConnection(Greeting.Ready ready, Patience patience) {
        Extensions extensions = ready.extensions();
        this.wire = ready.wire();
        this.pipelining = extensions.has("PIPELINING");
        this.far = pipelining && extensions.has("CHUNKING") && ready.roundTripNanos() >= FAR_NANOS;
        this.window = !pipelining
                ? 1
                : far ? (int) Math.min(MOST_UNDER_WAY, Math.max(2, ready.roundTripNanos() / NANOS_A_MESSAGE)) : 2;
        this.terms = Terms.of(extensions);
        this.offer = new Offer(
                pipelining,
                extensions.has("CHUNKING"),
                wire.isEncrypted(),
                terms.mostBytes(),
                ready.roundTripNanos() / 1_000);
        this.patience = patience;
    }

    /** @throws HostDownException with the server's or the network's words */
    public static PipeliningConnection open(Endpoint endpoint) throws HostDownException {
        return open(endpoint, Manner.USUAL);
    }

    /**
     * @param base the container's session that the smarthost names, or null: its time-outs and such count here, too
     * @throws HostDownException with the server's or the network's words
     */
    public static PipeliningConnection open(Endpoint endpoint, Session base) throws HostDownException {
        return open(endpoint, base == null ? Manner.USUAL : Manner.of(base.getProperties(), "smtp"));
    }

    static PipeliningConnection open(Endpoint endpoint, Manner manner) throws HostDownException {
        return new PipeliningConnection(Greeting.exchange(endpoint, manner), manner.patience());
    }

    /** @return what the server said that it can do, and how far it is */
    public Offer offer() {
        return offer;
    }

    @Override
    public int window() {
        return window;
    }

    @Override
    public int underWay() {
        return underWay.size();
    }

    @Override
    public void begin(Transaction transaction) throws HostDownException {
        if (lost != null) {
            throw lost;
        }
        UnderWay next = new UnderWay(transaction);
        terms.check(next);
        if (next.isSettled()) {
            underWay.add(next);
            return;
        }
        try {
            sendBody();
            if (lost == null) {
                sendEnvelope(next);
            }
        } catch (IOException e) {
            lose(e);
        }
        if (lost != null) {
            throw lost;
        }
        underWay.add(next);
    }

    private void sendEnvelope(UnderWay next) throws IOException {
        Transaction transaction = next.transaction();
        MessageCopy message = next.message();
        boolean chunk = far && message.sizeBytes() <= MOST_BDAT_BYTES;
        if (expected.isEmpty() && wire.hasUnread()) {
            take(wire.reply(patience.idle())); // nobody has asked
            return;
        }
        if (resetFirst) {
            wire.put(RSET);
            expect(Command.RSET, next, 0);
        }
        wire.put(MAIL_FROM);
        wire.put(transaction.reversePath().text());
        wire.put(CLOSE, 0, 1);
        if (terms.sizes()) {
            wire.put(SIZE);
            wire.put(message.sizeBytes());
        }
        if (terms.eightBitMime() && message.isEightBit()) {
            wire.put(BODY_8BITMIME);
        }
        if (next.needsUtf8()) {
            wire.put(SMTPUTF8);
        }
        wire.put(CRLF);
        expect(Command.MAIL, next, 0);
        for (int i = 0; i < transaction.recipients().size() && mayGoOn(next); i++) {
            if (next.isOpen(i)) {
                wire.put(RCPT_TO);
                wire.put(next.recipient(i));
                wire.put(CLOSE);
                expect(Command.RCPT, next, i);
            }
        }
        // What comes of a failed BDAT for the transaction is not certain (RFC 3030 section 2): the next one begins
        // anew.
        resetFirst = chunk;
        if (chunk) {
            wire.put(BDAT);
            wire.put(message.sizeBytes());
            wire.put(LAST);
            expect(Command.END, next, 0);
            write(next, true);
            halfSaid = null;
            return;
        }
        if (lost != null) {
            return;
        }
        if (!pipelining && !next.isTaken()) {
            next.endHere();
            resetFirst = true;
            return;
        }
        wire.put(DATA);
        waitsForData = next;
        expect(Command.DATA, next, 0);
        wire.flush(); // so that the server has something to do, whatever we do next
    }

    /** In lock-step, what was refused already needs no more commands. */
    private boolean mayGoOn(UnderWay next) {
        return lost == null && (pipelining || !next.isRefused());
    }

    /** In lock-step the reply is waited for here. */
    private void expect(Command command, UnderWay of, int recipient) throws IOException {
        expected.add(new Expected(command, of, recipient));
        if (!pipelining && command != Command.END) {
            takeReply();
        }
    }

    /** Sends the body of the one whose envelope is out, once the server wants it. */
    private void sendBody() throws IOException {
        UnderWay current = waitsForData;
        if (current == null) {
            return;
        }
        while (lost == null && !current.isDataAnswered()) {
            takeReply();
        }
        waitsForData = null;
        if (lost != null || current.isSettled()) {
            resetFirst = true;
            return;
        }
        if (!current.transaction().isOurs().getAsBoolean()) {
            end("its message is not ours to send any more");
            return;
        }
        expected.add(new Expected(Command.END, current, 0));
        if (current.isTaken()) {
            write(current, false);
        }
        boolean early = wire.hasUnread();
        wire.put(DOT);
        if (early) {
            takeReply();
        }
        halfSaid = null;
    }

    /** A message that cannot be read to its end is this message's fault alone, and must not be taken for whole. */
    private void write(UnderWay of, boolean chunk) throws IOException {
        boolean whole = false;
        halfSaid = of;
        try {
            if (chunk) {
                Exactly announced = new Exactly(wire, of.message().sizeBytes());
                of.message().writeTo(announced, false);
                announced.end();
            } else {
                of.message().writeTo(wire, true);
            }
            whole = true;
        } catch (IOException e) {
            if (wire.isBroken()) {
                whole = true; // as far as is known
                throw e;
            }
            throw new UncheckedIOException(e);
        } finally {
            if (!whole) {
                broken = of;
                lost = new HostDownException("sending: the message could not be read to its end", null);
            }
        }
    }

    @Override
    public List<Fate> heard() throws HostDownException {
        if (underWay.element() == waitsForData) {
            end("its message is not sent any more");
        }
        return next();
    }

    @Override
    public List<Fate> next() throws HostDownException {
        UnderWay oldest = underWay.element();
        try {
            while (!oldest.isSettled() && isHeard()) {
                if (oldest == waitsForData) {
                    sendBody();
                } else {
                    takeReply();
                }
            }
        } catch (IOException e) {
            lose(e);
        }
        lastUsedNanos = System.nanoTime();
        if (!oldest.isSettled()) {
            throw lost;
        }
        underWay.remove();
        return oldest.fates();
    }

    /** Whether a reply may come yet. Also after a message broke off those before it are answered. */
    private boolean isHeard() {
        return lost == null
                || broken != null && !expected.isEmpty() && expected.element().of() != broken;
    }

    private void takeReply() throws IOException {
        Expected next = expected.element();
        Duration most = switch (next.command()) {
            case RSET, MAIL, RCPT -> patience.command();
            case DATA -> patience.data();
            case END -> patience.end();
        };
        take(wire.reply(next.of().patience(most)));
    }

    private void take(Reply reply) {
        if (expected.isEmpty()) {
            end("unasked: " + reply.text());
            return;
        }
        Expected answered = expected.remove();
        Command command = answered.command();
        UnderWay of = answered.of();
        if (reply.isFarewell()) {
            end(reply.text());
            return;
        }
        boolean wanted = command == Command.DATA ? reply.code() == 354 : reply.isPositive();
        if (!wanted && (reply.code() < 400 || command == Command.RSET)) {
            // It answers something else: no reply can be taken for any command's any more.
            end("not an answer to " + command + ": " + reply.text());
            return;
        }
        if (command == Command.END && of == halfSaid && reply.isPositive()) {
            end("before the message's end: " + reply.text());
            return;
        }
        switch (command) {
            case RSET -> {
                // it is as if nothing had been
            }
            case MAIL -> of.mail(reply);
            case RCPT -> of.recipient(answered.recipient(), reply);
            case DATA -> of.data(reply);
            case END -> of.end(reply);
        }
        if (of.wantsAuthentication()) {
            end(reply.text());
        }
    }

    /** Nothing that the server says from now on counts. */
    private void end(String why) {
        broken = null;
        if (lost == null) {
            lost = new HostDownException("sending: " + Fate.clean(why), null);
        }
    }

    /** The connection has ended: what the server had said before still counts. */
    private void lose(IOException e) {
        broken = null;
        if (lost != null) {
            return;
        }
        HostDownException reason = new HostDownException("sending: " + Greeting.reason(e), e);
        try {
            for (Reply reply = wire.replyAtHand(); reply != null && lost == null; reply = wire.replyAtHand()) {
                take(reply);
            }
        } catch (IOException again) {
            reason.addSuppressed(again);
        }
        lost = lost == null ? reason : lost;
    }

    @Override
    public boolean isAlive() {
        if (lost != null || !underWay.isEmpty()) {
            return false;
        }
        try {
            Reply unasked = wire.replyAtHand();
            if (unasked != null) {
                take(unasked);
            }
            if (lost != null || !wire.isOpen()) {
                return false;
            }
            if (System.nanoTime() - lastUsedNanos < TRUSTED_IDLE_NANOS) {
                return true;
            }
            wire.put("NOOP\r\n");
            return wire.reply(patience.idle()).isPositive();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try (wire) {
            if (lost == null && underWay.isEmpty()) {
                wire.put("QUIT\r\n");
                wire.flush();
            }
        } catch (IOException e) {
            // It is gone, which is what we wanted.
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** As many octets as were announced: one more would be a command to the server. */
    private static final class Exactly implements MessageCopy.OctetSink {

        private final MessageCopy.OctetSink out;
        private long left;

        Exactly(MessageCopy.OctetSink out, long announced) {
            this.out = out;
            this.left = announced;
        }

        @Override
        public void put(byte[] octets, int from, int length) throws IOException {
            left -= length;
            if (left < 0) {
                throw new IllegalStateException("a message cannot be longer than it says");
            }
            out.put(octets, from, length);
        }

        void end() {
            if (left != 0) {
                throw new IllegalStateException("a message cannot be shorter than it says");
            }
        }
    }
}
