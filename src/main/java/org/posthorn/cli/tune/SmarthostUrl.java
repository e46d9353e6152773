package org.posthorn.cli.tune;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import org.posthorn.cli.CommandException;
import org.posthorn.delivery.smtp.Endpoint;
import org.posthorn.delivery.smtp.Tls;

/** A smarthost by its address: {@code smtp://[USER@]HOST[:PORT][?starttls=off|opportunistic|required]}, or {@code smtps}. */
public final class SmarthostUrl {

    private static final int SMTP = 25;
    private static final int SMTPS = 465;
    private static final int MOST_PORT = 65_535;

    private SmarthostUrl() {}

    /** @return whether it is meant as an address, not as the name of a smarthost in the pool */
    public static boolean isUrl(String text) {
        return text.contains("://");
    }

    /**
     * @param password null: none
     * @throws CommandException when it is wrong; it names what is allowed
     */
    public static Endpoint endpoint(String text, String password) {
        URI uri = parsed(text);
        boolean implicit = "smtps".equalsIgnoreCase(uri.getScheme());
        boolean known = implicit || "smtp".equalsIgnoreCase(uri.getScheme());
        String user = uri.getUserInfo();
        if (!known || uri.getHost() == null || uri.getPort() > MOST_PORT || uri.getPort() == 0) {
            throw wrong("smtp://HOST:PORT or smtps://HOST:PORT");
        }
        if (user != null && user.contains(":")) {
            throw CommandException.usage(
                    "a password on the command line can be seen by others: give --smtp-password-file");
        }
        if ((user == null) != (password == null)) {
            throw CommandException.usage("a user in --smarthost and --smtp-password-file go together");
        }
        int port = uri.getPort() < 0 ? implicit ? SMTPS : SMTP : uri.getPort();
        String host = uri.getHost().replaceAll("^\\[|]$", "");
        return new Endpoint(host, port, implicit ? Tls.IMPLICIT : startTls(uri), user, password, ownName());
    }

    private static URI parsed(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw wrong("smtp://HOST:PORT");
        }
    }

    private static Tls startTls(URI uri) {
        String query = Optional.ofNullable(uri.getQuery()).orElse("starttls=opportunistic");
        return switch (query.toLowerCase(Locale.ROOT)) {
            case "starttls=off" -> Tls.OFF;
            case "starttls=opportunistic" -> Tls.OPPORTUNISTIC;
            case "starttls=required" -> Tls.REQUIRED;
            default -> throw wrong("?starttls=off, ?starttls=opportunistic or ?starttls=required after it");
        };
    }

    private static String ownName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /** Without the value: it may hold a password. */
    private static CommandException wrong(String allowed) {
        return CommandException.usage("that --smarthost is not allowed: a smarthost's name, or " + allowed);
    }
}
