package org.posthorn.delivery.smtp;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.NoSuchProviderException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.posthorn.mail.ReversePath;

/**
 * A connection through Jakarta Mail's own SMTP transport (Angus): one round trip a command, one transaction at a time. For
 * servers that the quicker way does not get on with, and for AUTH by other mechanisms.
 */
public final class AngusConnection implements HostConnection {

    private static final long TRUSTED_IDLE_NANOS = 1_000_000_000L;

    private final Session session;
    private final SMTPTransport transport;
    private final Terms terms;
    private final Deque<List<Fate>> outcomes = new ArrayDeque<>();
    private long lastUsedNanos = System.nanoTime();

    private AngusConnection(Session session, SMTPTransport transport) {
        this.session = session;
        this.transport = transport;
        this.terms = new Terms(
                transport.supportsExtension("SIZE"),
                Extensions.mostBytes(transport.getExtensionParameter("SIZE")),
                transport.supportsExtension("8BITMIME"),
                false);
    }

    /** @param base the container's session that the smarthost names, or null */
    public static AngusConnection open(Endpoint host, Session base) throws HostDownException {
        Session session = Session.getInstance(properties(host, base));
        try {
            SMTPTransport transport =
                    (SMTPTransport) session.getTransport(host.tls() == Tls.IMPLICIT ? "smtps" : "smtp");
            transport.connect(host.address(), host.port(), host.username(), host.password());
            if (transport.supportsExtension("8BITMIME")) {
                session.getProperties().setProperty("mail.smtp.mailextension", "BODY=8BITMIME");
                session.getProperties().setProperty("mail.smtps.mailextension", "BODY=8BITMIME");
            }
            return new AngusConnection(session, transport);
        } catch (NoSuchProviderException e) {
            throw new IllegalStateException("the container brings an SMTP transport", e);
        } catch (MessagingException e) {
            throw new HostDownException("connecting: " + reason(e), e);
        }
    }

    private static Properties properties(Endpoint host, Session base) {
        Properties properties = new Properties();
        if (base != null) {
            properties.putAll(base.getProperties());
        }
        boolean secret = host.isSecret();
        String[][] settings = {
            {"host", host.address()},
            {"port", Integer.toString(host.port())},
            {"auth", Boolean.toString(secret)},
            {"starttls.enable", Boolean.toString(host.tls() != Tls.OFF || secret)},
            // Credentials go over verified TLS or not at all, whatever the row says.
            {"starttls.required", Boolean.toString(host.tls() == Tls.REQUIRED || secret)},
            // An opportunistic connection is no worse than none; one that carries credentials must be to the right
            // host.
            {"ssl.checkserveridentity", Boolean.toString(host.tls() != Tls.OPPORTUNISTIC || secret)},
            {"sendpartial", "true"},
            {"quitwait", "false"}
        };
        for (String protocol : List.of("smtp", "smtps")) {
            for (String[] setting : settings) {
                properties.setProperty("mail." + protocol + "." + setting[0], setting[1]);
            }
            properties.remove("mail." + protocol + ".from"); // would stand in for every message's own reverse-path
            properties.putIfAbsent("mail." + protocol + ".localhost", host.hello());
            properties.putIfAbsent("mail." + protocol + ".connectiontimeout", "30000");
            properties.putIfAbsent("mail." + protocol + ".timeout", "300000");
            properties.putIfAbsent("mail." + protocol + ".writetimeout", "300000");
            if (host.tls() == Tls.OPPORTUNISTIC && !secret) {
                properties.setProperty("mail." + protocol + ".ssl.trust", "*");
            }
        }
        return properties;
    }

    @Override
    public int window() {
        return 1;
    }

    @Override
    public int underWay() {
        return outcomes.size();
    }

    @Override
    public void begin(Transaction transaction) throws HostDownException {
        UnderWay next = new UnderWay(transaction);
        terms.check(next);
        if (!next.isSettled()) {
            List<Integer> open = new ArrayList<>();
            List<String> recipients = new ArrayList<>();
            for (int i = 0; i < transaction.recipients().size(); i++) {
                if (next.isOpen(i)) {
                    open.add(i);
                    recipients.add(next.recipient(i));
                }
            }
            List<Fate> fates = send(transaction.reversePath(), recipients, next.message());
            for (int i = 0; i < fates.size(); i++) {
                next.settle(open.get(i), fates.get(i));
            }
        }
        outcomes.add(next.fates());
    }

    @Override
    public List<Fate> next() {
        return outcomes.remove();
    }

    private List<Fate> send(ReversePath reversePath, List<String> recipients, MessageCopy message)
            throws HostDownException {
        Address[] addresses = new Address[recipients.size()];
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = address(recipients.get(i));
        }
        try {
            transport.sendMessage(new RawMessage(session, reversePath, message), addresses);
            Fate delivered = Fate.delivered(transport.getLastServerResponse());
            return recipients.stream().map(recipient -> delivered).toList();
        } catch (SendFailedException e) {
            return fates(recipients, e);
        } catch (IllegalStateException e) {
            throw lostBefore(e);
        } catch (MessagingException e) {
            throw new HostDownException("sending: " + reason(e), e);
        } finally {
            lastUsedNanos = System.nanoTime();
        }
    }

    /**
     * When the line is lost at the RSET that follows refusals, the transport closes itself and says so only with the next
     * message, which is not to blame. An exception of the message's own goes on.
     */
    private static HostDownException lostBefore(IllegalStateException e) {
        StackTraceElement[] trace = e.getStackTrace();
        boolean ofTransport = trace.length > 0 && trace[0].getClassName().equals(SMTPTransport.class.getName());
        if (!ofTransport) {
            throw e;
        }
        return new HostDownException("sending: the connection was lost before", e);
    }

    private List<Fate> fates(List<String> recipients, SendFailedException failure) throws HostDownException {
        Map<String, Fate> own = new HashMap<>();
        for (Exception next = failure.getNextException();
                next instanceof MessagingException nested;
                next = nested.getNextException()) {
            if (nested instanceof SMTPAddressFailedException refused) {
                own.put(
                        refused.getAddress().getAddress(),
                        Fate.ofRecipient(refused.getReturnCode(), refused.getMessage()));
            } else if (nested.getCause() instanceof IOException || nested.getNextException() instanceof IOException) {
                throw new HostDownException("sending: " + reason(nested), nested);
            }
        }
        // Without a code: refused were the recipients, each by a reply of its own; or the connection ended without a
        // reply.
        int code = failure instanceof SMTPSendFailedException smtp ? smtp.getReturnCode() : -1;
        boolean lost = code < 0 && (failure instanceof SMTPSendFailedException || own.isEmpty());
        boolean taken = code / 100 == 2;
        if (lost || code == 421 || !taken && own.values().stream().anyMatch(fate -> fate.code() == 421)) {
            throw new HostDownException("sending: " + reason(failure), failure);
        }
        if (!taken && Fate.wantsAuthentication(code, failure.getMessage())) {
            throw new HostDownException("sending: " + reason(failure), failure);
        }
        Set<String> sent = new HashSet<>();
        Arrays.stream(addresses(failure.getValidSentAddresses()))
                .forEach(address -> sent.add(((InternetAddress) address).getAddress()));
        Fate delivered = Fate.delivered(transport.getLastServerResponse());
        Fate others = Fate.ofMessage(code, failure.getMessage());
        List<Fate> fates = new ArrayList<>(recipients.size());
        for (String recipient : recipients) {
            fates.add(own.getOrDefault(recipient, sent.contains(recipient) ? delivered : others));
        }
        return fates;
    }

    private static Address[] addresses(Address[] addresses) {
        return addresses == null ? new Address[0] : addresses;
    }

    private static InternetAddress address(String text) {
        InternetAddress address = new InternetAddress();
        address.setAddress(text);
        return address;
    }

    @Override
    public boolean isAlive() {
        // isConnected() asks with a command.
        return outcomes.isEmpty()
                && (System.nanoTime() - lastUsedNanos < TRUSTED_IDLE_NANOS || transport.isConnected());
    }

    @Override
    public void close() {
        try {
            transport.close();
        } catch (MessagingException | RuntimeException e) {
            // It is gone, which is what we wanted.
        }
    }

    private static String reason(Exception e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = e.getMessage() == null
                ? e.getClass().getSimpleName()
                : e.getMessage().strip();
        return root == e || root.getMessage() == null || message.contains(root.getMessage())
                ? message
                : message + " (" + root.getMessage() + ")";
    }

    /** A message whose octets are written as they are, under a reverse-path of its own. */
    private static final class RawMessage extends MimeMessage {

        private final ReversePath reversePath;
        private final MessageCopy body;

        RawMessage(Session session, ReversePath reversePath, MessageCopy body) {
            super(session);
            this.reversePath = reversePath;
            this.body = body;
        }

        /** The transport takes the reverse-path from here. */
        @Override
        public Address[] getFrom() {
            return new Address[] {address(reversePath.text().isEmpty() ? "<>" : reversePath.text())};
        }

        @Override
        public void writeTo(OutputStream out, String[] ignoreList) throws IOException {
            body.writeTo(out::write, false);
        }
    }
}
