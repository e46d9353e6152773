package org.posthorn.delivery.smtp;

import java.io.IOException;
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

    /** How long is waited for which reply (RFC 5321 section 4.5.3.2). */
    private enum Command {
        RSET(Duration.ofMinutes(5)),
        MAIL(Duration.ofMinutes(5)),
        RCPT(Duration.ofMinutes(5)),
        DATA(Duration.ofMinutes(2)),
        END(Duration.ofMinutes(10));

        final Duration patience;

        Command(Duration patience) {
            this.patience = patience;
        }
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
    private static final Duration NOOP = Duration.ofSeconds(10);

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
    private final boolean sizes;
    private final long mostBytes;
    private final boolean eightBitMime;
    private final boolean smtpUtf8;
    private final Offer offer;

    private final Deque<UnderWay> underWay = new ArrayDeque<>();
    private final Deque<Expected> expected = new ArrayDeque<>();

    /** The last one begun, while its body is not on its way. */
    private UnderWay waitsForData;

    /** Whether the server may still be within a transaction when the next one begins. */
    private boolean resetFirst;

    private HostDownException lost;
    private long lastUsedNanos = System.nanoTime();

    private PipeliningConnection(Greeting.Ready ready) {
        Extensions extensions = ready.extensions();
        this.wire = ready.wire();
        this.pipelining = extensions.has("PIPELINING");
        this.far = pipelining && extensions.has("CHUNKING") && ready.roundTripNanos() >= FAR_NANOS;
        this.window = !pipelining
                ? 1
                : far ? (int) Math.min(MOST_UNDER_WAY, Math.max(2, ready.roundTripNanos() / NANOS_A_MESSAGE)) : 2;
        this.sizes = extensions.has("SIZE");
        this.mostBytes = extensions.mostBytes();
        this.eightBitMime = extensions.has("8BITMIME");
        this.smtpUtf8 = extensions.has("SMTPUTF8");
        this.offer = new Offer(
                pipelining, extensions.has("CHUNKING"), wire.isEncrypted(), mostBytes, ready.roundTripNanos() / 1_000);
    }

    /** @throws HostDownException with the server's or the network's words */
    public static PipeliningConnection open(Endpoint endpoint) throws HostDownException {
        return open(endpoint, ClientTls.ofJvm());
    }

    static PipeliningConnection open(Endpoint endpoint, ClientTls tls) throws HostDownException {
        return new PipeliningConnection(Greeting.exchange(endpoint, tls));
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
        check(next);
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
        } catch (RuntimeException e) {
            broken(e);
            throw e;
        }
        if (lost != null) {
            throw lost;
        }
        underWay.add(next);
    }

    /** A message could not be read to its end: the server is in the midst of it and must not take it for whole. */
    private void broken(RuntimeException e) {
        lost = lost != null ? lost : new HostDownException("sending: " + Greeting.reason(e), e);
    }

    /** What the server would refuse is not asked of it. */
    private void check(UnderWay next) {
        Transaction transaction = next.transaction();
        if (mostBytes > 0 && transaction.message().sizeBytes() > mostBytes) {
            next.refuse(new Fate.PostRefused(
                    "552 5.3.4 the message is larger than the " + mostBytes + " octets that the smarthost takes"));
            return;
        }
        if (!isAscii(transaction.reversePath().text()) && !smtpUtf8) {
            next.refuse(new Fate.PostRefused(
                    "550 5.6.7 the reverse-path needs SMTPUTF8, which the smarthost does not offer"));
            return;
        }
        for (int i = 0; i < transaction.recipients().size(); i++) {
            String recipient = transaction.recipients().get(i);
            if (!isFit(recipient)) {
                next.refuse(i, new Fate.Refused("501 5.1.3 not an address that can be written to RCPT"));
            } else if (!isAscii(recipient)) {
                next.needUtf8();
                if (!smtpUtf8) {
                    next.refuse(
                            i,
                            new Fate.PostRefused(
                                    "550 5.6.7 the address needs SMTPUTF8, which the smarthost does not offer"));
                }
            }
        }
        if (!isAscii(transaction.reversePath().text())) {
            next.needUtf8();
        }
    }

    private void sendEnvelope(UnderWay next) throws IOException {
        Transaction transaction = next.transaction();
        MessageCopy message = transaction.message();
        boolean chunk = far && message.sizeBytes() <= MOST_BDAT_BYTES;
        if (resetFirst) {
            wire.put(RSET);
            expect(Command.RSET, next, 0);
        }
        wire.put(MAIL_FROM);
        wire.put(transaction.reversePath().text());
        wire.put(CLOSE, 0, 1);
        if (sizes) {
            wire.put(SIZE);
            wire.put(message.sizeBytes());
        }
        if (eightBitMime && message.isEightBit()) {
            wire.put(BODY_8BITMIME);
        }
        if (smtpUtf8 && next.needsUtf8()) {
            wire.put(SMTPUTF8);
        }
        wire.put(CRLF);
        expect(Command.MAIL, next, 0);
        for (int i = 0; i < transaction.recipients().size() && mayGoOn(next); i++) {
            if (next.isOpen(i)) {
                wire.put(RCPT_TO);
                wire.put(transaction.recipients().get(i));
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
            message.writeTo(wire, false);
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
        expected.add(new Expected(Command.END, current, 0));
        if (current.isTaken()) {
            current.transaction().message().writeTo(wire, true);
        }
        wire.put(DOT);
    }

    @Override
    public List<Fate> next() throws HostDownException {
        UnderWay oldest = underWay.element();
        try {
            while (!oldest.isSettled() && lost == null) {
                if (oldest == waitsForData) {
                    sendBody();
                } else {
                    takeReply();
                }
            }
        } catch (IOException e) {
            lose(e);
        } catch (RuntimeException e) {
            broken(e);
            throw e;
        }
        lastUsedNanos = System.nanoTime();
        if (!oldest.isSettled()) {
            throw lost;
        }
        underWay.remove();
        return oldest.fates();
    }

    private void takeReply() throws IOException {
        take(wire.reply(expected.element().command().patience));
    }

    private void take(Reply reply) {
        if (expected.isEmpty()) {
            lost = lost != null ? lost : new HostDownException("sending: unasked: " + Fate.clean(reply.text()), null);
            return;
        }
        Expected answered = expected.remove();
        if (reply.isFarewell()) {
            lost = new HostDownException("sending: " + Fate.clean(reply.text()), null);
            return;
        }
        UnderWay of = answered.of();
        switch (answered.command()) {
            case RSET -> {
                // 250 is all that it can say
            }
            case MAIL -> of.mail(reply);
            case RCPT -> of.recipient(answered.recipient(), reply);
            case DATA -> of.data(reply);
            case END -> of.end(reply);
        }
        if (of.wantsAuthentication()) {
            lost = new HostDownException("sending: " + Fate.clean(reply.text()), null);
        }
    }

    /** The connection has ended: what the server had said before still counts. */
    private HostDownException lose(IOException e) {
        if (lost == null) {
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
        return lost;
    }

    @Override
    public boolean isAlive() {
        if (lost != null || !underWay.isEmpty() || !wire.isQuiet()) {
            return false;
        }
        if (System.nanoTime() - lastUsedNanos < TRUSTED_IDLE_NANOS) {
            return true;
        }
        try {
            wire.put("NOOP\r\n");
            return wire.reply(NOOP).isPositive();
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

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** Whether nothing in it could end the command or begin another. */
    private static boolean isFit(String address) {
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            if (c < ' ' || c == 0x7f || c == '<' || c == '>') {
                return false;
            }
        }
        return !address.isEmpty();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
