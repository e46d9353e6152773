package org.posthorn.delivery.smtp;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.URLName;
import jakarta.mail.event.TransportEvent;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.posthorn.mail.ReversePath;

/**
 * {@link PipeliningConnection} for whoever speaks Jakarta Mail: one message at a time, its commands in one write.
 *
 * <p>Of the session it honours {@code mail.<protocol>.host}, {@code port}, {@code from}, {@code starttls.enable},
 * {@code starttls.required}, {@code ssl.enable}, and what {@link Manner} says. Where a user and a password are given, TLS is
 * required, whatever else is said. Who can be sent to is sent to, though others are refused ({@code sendpartial}): the
 * message is on its way by the time that the server says so.
 */
public final class PipeliningTransport extends Transport {

    private static final Address[] NOBODY = {};

    private final String prefix;
    private final String protocol;
    private PipeliningConnection connection;

    public PipeliningTransport(Session session, URLName name) {
        super(session, name);
        this.protocol = name == null || name.getProtocol() == null ? PipeliningProvider.PROTOCOL : name.getProtocol();
        this.prefix = "mail." + protocol + ".";
    }

    @Override
    protected synchronized boolean protocolConnect(String host, int port, String user, String password)
            throws MessagingException {
        boolean secret = is("auth") || user != null && password != null;
        if (secret && (user == null || password == null)) {
            return false; // whoever is asked for them may know
        }
        Tls tls = tls();
        Endpoint endpoint = new Endpoint(
                host == null ? "localhost" : host,
                port(port, tls),
                tls,
                secret ? user : null,
                secret ? password : null,
                localName());
        try {
            connection = PipeliningConnection.open(endpoint, Manner.of(session.getProperties(), protocol));
            return true;
        } catch (HostDownException e) {
            if (e.isOfCredentials()) {
                throw new AuthenticationFailedException(e.getMessage(), e);
            }
            throw new MessagingException(e.getMessage(), e);
        }
    }

    private int port(int given, Tls tls) {
        if (given > 0) {
            return given;
        }
        String said = session.getProperties().getProperty(prefix + "port", "").strip();
        return said.matches("\\d{1,5}") ? Integer.parseInt(said) : tls == Tls.IMPLICIT ? 465 : 25;
    }

    private Tls tls() {
        if (is("ssl.enable")) {
            return Tls.IMPLICIT;
        }
        return is("starttls.required") ? Tls.REQUIRED : is("starttls.enable") ? Tls.OPPORTUNISTIC : Tls.OFF;
    }

    private boolean is(String property) {
        return Boolean.parseBoolean(
                session.getProperties().getProperty(prefix + property, "false").strip());
    }

    private String localName() {
        InternetAddress local = InternetAddress.getLocalAddress(session);
        String address = local == null ? "" : local.getAddress();
        String domain = address.substring(address.lastIndexOf('@') + 1);
        return domain.isEmpty() || !domain.chars().allMatch(c -> c > ' ' && c < 0x7f) ? "localhost" : domain;
    }

    /**
     * @throws SendFailedException when not all were sent to: its addresses tell who was (valid, sent), who is no mailbox
     *     (invalid), and who was put off or refused for other reasons (valid, unsent); its next exceptions, why
     */
    @Override
    public synchronized void sendMessage(Message message, Address[] addresses) throws MessagingException {
        if (connection == null) {
            throw new IllegalStateException("not connected");
        }
        if (addresses == null || addresses.length == 0) {
            throw new SendFailedException("nobody to send to");
        }
        List<String> recipients = new ArrayList<>(addresses.length);
        for (Address address : addresses) {
            if (!(address instanceof InternetAddress internet)) {
                throw new SendFailedException("not an Internet address: " + address);
            }
            recipients.add(internet.getAddress() == null ? "" : internet.getAddress());
        }
        Transaction transaction = new Transaction(reversePath(message), recipients, WrittenMessage.of(message));
        try {
            connection.begin(transaction);
            settle(message, addresses, connection.next());
        } catch (HostDownException e) {
            notifyTransportListeners(TransportEvent.MESSAGE_NOT_DELIVERED, NOBODY, addresses.clone(), NOBODY, message);
            close();
            throw new SendFailedException(e.getMessage(), e, NOBODY, addresses.clone(), NOBODY);
        }
    }

    private ReversePath reversePath(Message message) throws MessagingException {
        Properties properties = session.getProperties();
        String said = properties.getProperty(prefix + "from");
        Address[] from = said == null ? message.getFrom() : null;
        if (said == null && from != null && from.length > 0 && from[0] instanceof InternetAddress author) {
            said = author.getAddress();
        }
        if (said == null) {
            InternetAddress local = InternetAddress.getLocalAddress(session);
            said = local == null ? "" : local.getAddress();
        }
        String path = said.strip();
        return ReversePath.parse(path.equals("<>") ? "" : path)
                .orElseThrow(() -> new SendFailedException("not a reverse-path: " + path));
    }

    private void settle(Message message, Address[] addresses, List<Fate> fates) throws SendFailedException {
        List<Address> sent = new ArrayList<>();
        List<Address> unsent = new ArrayList<>();
        List<Address> invalid = new ArrayList<>();
        List<MessagingException> reasons = new ArrayList<>();
        for (int i = 0; i < addresses.length; i++) {
            Fate fate = fates.get(i);
            boolean delivered = fate instanceof Fate.Delivered;
            List<Address> kind = delivered ? sent : fate instanceof Fate.Refused ? invalid : unsent;
            kind.add(addresses[i]);
            if (!delivered) {
                reasons.add(new MessagingException(addresses[i] + ": " + fate.reply()));
            }
        }
        int type = reasons.isEmpty()
                ? TransportEvent.MESSAGE_DELIVERED
                : sent.isEmpty() ? TransportEvent.MESSAGE_NOT_DELIVERED : TransportEvent.MESSAGE_PARTIALLY_DELIVERED;
        notifyTransportListeners(type, array(sent), array(unsent), array(invalid), message);
        if (!reasons.isEmpty()) {
            for (int i = 1; i < reasons.size(); i++) {
                reasons.get(i - 1).setNextException(reasons.get(i));
            }
            String first = reasons.get(0).getMessage();
            throw new SendFailedException(
                    sent.isEmpty() ? "not sent: " + first : "not sent to all: " + first,
                    reasons.get(0),
                    array(sent),
                    array(unsent),
                    array(invalid));
        }
    }

    private static Address[] array(List<Address> addresses) {
        return addresses.toArray(Address[]::new);
    }

    @Override
    public synchronized boolean isConnected() {
        if (!super.isConnected()) {
            return false;
        }
        if (connection == null || !connection.isAlive()) {
            disconnect();
            return false;
        }
        return true;
    }

    private void disconnect() {
        try {
            close();
        } catch (MessagingException e) {
            // It is gone, which is what we wanted.
        }
    }

    @Override
    public synchronized void close() throws MessagingException {
        if (connection != null) {
            connection.close();
            connection = null;
        }
        super.close();
    }
}
