package org.posthorn.template;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.IDN;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.posthorn.platform.Text;
import org.posthorn.platform.settings.TemplateHosts;

/**
 * Fetches one text over http or https (RFC 9110, as HTTP/1.0, so that what comes is not cut into chunks). Speaks for
 * itself over a socket, so that the address that was found permitted is the one that is connected to, and a name cannot
 * lead elsewhere in between. Within a time in all, from the host's
 * name to the last octet; follows no redirect; takes {@code text/plain} of at most 256 KiB.
 */
final class TemplateFetch {

    private static final Logger LOG = System.getLogger(TemplateFetch.class.getName());
    private static final int LONGEST_HOST = 255;

    static final int MOST_BYTES = 256 * 1024;
    private static final int MOST_HEADER_BYTES = 16 * 1024;
    private static final String END = "\r\n\r\n";
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3}).*");
    private static final Pattern CHARSET = Pattern.compile("(?i);\\s*charset=\"?([A-Za-z0-9._:-]{1,40})\"?");

    private final TemplateHosts hosts;
    private final Duration within;
    private final HostLookup lookup;

    TemplateFetch(TemplateHosts hosts, Duration within) {
        this(hosts, within, InetAddress::getAllByName);
    }

    TemplateFetch(TemplateHosts hosts, Duration within, HostLookup.Resolver resolver) {
        this.hosts = hosts;
        this.within = within;
        this.lookup = new HostLookup(resolver);
    }

    /** The text could not be had; the message says why, for administrators. */
    static final class FailedException extends Exception {
        private static final long serialVersionUID = 1;

        FailedException(String why) {
            super(why);
        }
    }

    /**
     * @param username null: none
     * @return the text, its lines ended by LF
     */
    String text(URI uri, String username, String password) throws FailedException {
        Optional<String> objection = hosts.objection(uri);
        if (objection.isPresent()) {
            throw new FailedException(objection.get());
        }
        boolean secure = uri.getScheme().equalsIgnoreCase("https");
        if (username != null && !secure) {
            throw new FailedException("a password goes over https only");
        }
        long end = System.nanoTime() + within.toNanos();
        try {
            return fetched(uri, username, password, secure, end);
        } catch (SocketTimeoutException e) {
            throw late();
        } catch (UnknownHostException e) {
            throw new FailedException("the host is not known");
        } catch (IOException | IllegalArgumentException e) {
            // A connection that was closed as its time was up fails somehow.
            throw System.nanoTime() < end ? new FailedException(String.valueOf(e.getMessage())) : late();
        }
    }

    private FailedException late() {
        return new FailedException("no answer within " + within.toSeconds() + " s");
    }

    private String fetched(URI uri, String username, String password, boolean secure, long end)
            throws IOException, FailedException {
        int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
        InetSocketAddress address = new InetSocketAddress(address(uri, end), port);
        try (Socket socket = new Socket()) {
            CompletableFuture<Void> alarm = closing(socket, end);
            try {
                socket.connect(address, left(end));
                socket.setSoTimeout(left(end));
                try (Socket channel = secure ? secured(socket, uri, port) : socket) {
                    channel.getOutputStream()
                            .write(request(uri, username, password).getBytes(StandardCharsets.UTF_8));
                    channel.getOutputStream().flush();
                    return read(channel, end);
                }
            } finally {
                alarm.cancel(false);
            }
        }
    }

    /**
     * A handshake, and a write, have no time limit of their own: one octet now and then keeps them going. Not before the
     * end, by which the failure that it makes is told from others.
     */
    private static CompletableFuture<Void> closing(Socket socket, long end) throws SocketTimeoutException {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        socket.close();
                    } catch (IOException e) {
                        // it is of no use any more, either way
                    }
                },
                CompletableFuture.delayedExecutor(left(end) + 1L, TimeUnit.MILLISECONDS, Runnable::run));
    }

    private InetAddress address(URI uri, long end) throws IOException, FailedException {
        String host = uri.getHost();
        InetAddress[] addresses = lookup.addresses(host.startsWith("[") ? host : IDN.toASCII(host), left(end));
        for (InetAddress address : addresses) {
            if (!hosts.permits(address)) {
                // Which one is for who runs the server: a list's owner is told no addresses of its network.
                LOG.log(
                        Level.WARNING,
                        "TemplateInside host={0} address={1}",
                        Text.line(host, LONGEST_HOST),
                        address.getHostAddress());
                throw new FailedException(
                        "the host leads to an address that is inside and not listed in POSTHORN_TEMPLATE_HOSTS");
            }
        }
        return addresses[0];
    }

    private static Socket secured(Socket socket, URI uri, int port) throws IOException {
        SSLSocket secured = (SSLSocket)
                ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(socket, uri.getHost(), port, true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private static String request(URI unicode, String username, String password) {
        URI uri = URI.create(unicode.toASCIIString());
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        String credentials = username == null
                ? ""
                : "Authorization: Basic "
                        + Base64.getEncoder()
                                .encodeToString((username + ":" + (password == null ? "" : password))
                                        .getBytes(StandardCharsets.UTF_8))
                        + "\r\n";
        return "GET " + target + " HTTP/1.0\r\nHost: " + uri.getRawAuthority()
                + "\r\nAccept: text/plain\r\nUser-Agent: Posthorn\r\n" + credentials + "Connection: close\r\n\r\n";
    }

    private String read(Socket channel, long end) throws IOException, FailedException {
        byte[] octets = new byte[MOST_HEADER_BYTES + MOST_BYTES + 1];
        int length = 0;
        InputStream in = channel.getInputStream();
        while (length < octets.length && !isWhole(octets, length)) {
            channel.setSoTimeout(left(end));
            int count = in.read(octets, length, octets.length - length);
            if (count < 0) {
                break;
            }
            length += count;
        }
        String header = header(octets, length);
        if (header.isEmpty() || header.length() > MOST_HEADER_BYTES) {
            throw new FailedException("what came is no HTTP answer");
        }
        check(header);
        byte[] body = Arrays.copyOfRange(octets, header.length() + END.length(), length);
        if (body.length > MOST_BYTES) {
            throw new FailedException("the text is longer than " + MOST_BYTES + " bytes");
        }
        if (field(header, "content-length")
                .filter(said -> !said.equals(Integer.toString(body.length)))
                .isPresent()) {
            throw new FailedException("the text came cut: " + body.length + " bytes");
        }
        return new String(body, charset(field(header, "content-type").orElse("")))
                .replace("\r\n", "\n")
                .replace("\uFEFF", "");
    }

    /** Not every server ends the connection by itself. */
    private static boolean isWhole(byte[] octets, int length) {
        String header = header(octets, length);
        String said = header.isEmpty() ? "" : field(header, "content-length").orElse("");
        return said.matches("[0-9]{1,7}") && length >= header.length() + END.length() + Integer.parseInt(said);
    }

    /** Up to the empty line; empty as long as that has not come. */
    private static String header(byte[] octets, int length) {
        String begin =
                new String(octets, 0, Math.min(length, MOST_HEADER_BYTES + END.length()), StandardCharsets.ISO_8859_1);
        return begin.contains(END) ? begin.substring(0, begin.indexOf(END)) : "";
    }

    private static void check(String header) throws FailedException {
        Matcher status = STATUS.matcher(header.lines().findFirst().orElse(""));
        if (!status.matches()) {
            throw new FailedException("what came is no HTTP answer");
        }
        if (status.group(1).startsWith("3")) {
            throw new FailedException("the answer was " + status.group(1) + ": redirects are not followed");
        }
        if (!status.group(1).equals("200")) {
            throw new FailedException("the answer was " + status.group(1));
        }
        if (field(header, "transfer-encoding").isPresent()
                || field(header, "content-encoding")
                        .filter(coding -> !coding.equalsIgnoreCase("identity"))
                        .isPresent()) {
            throw new FailedException("the answer came encoded");
        }
        String type = field(header, "content-type").orElse("none").toLowerCase(Locale.ROOT);
        if (!type.startsWith("text/plain")) {
            throw new FailedException("text/plain is expected, not " + type);
        }
    }

    private static Optional<String> field(String header, String name) {
        return header.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    private static Charset charset(String type) throws FailedException {
        Matcher named = CHARSET.matcher(type);
        try {
            return named.find() ? Charset.forName(named.group(1)) : StandardCharsets.UTF_8;
        } catch (IllegalArgumentException e) {
            throw new FailedException("the charset " + named.group(1) + " is not known");
        }
    }

    private static int left(long end) throws SocketTimeoutException {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new SocketTimeoutException();
        }
        return (int) left;
    }
}
