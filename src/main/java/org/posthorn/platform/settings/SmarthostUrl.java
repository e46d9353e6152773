package org.posthorn.platform.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.posthorn.platform.Hours;

/**
 * One smarthost as {@code POSTHORN_SMARTHOSTS} names it: {@code smtp://host:port?name=a&weight=3&…}. Every value has been
 * checked. It counts at the first start only; the pool lives in the database.
 *
 * @param name unique in the pool; the host, with the port unless that is 25, when none is given
 * @param host a host name or a literal address, an IPv6 one without brackets
 * @param port 1 to 65535
 * @param tls how the connection is protected
 * @param user empty: no AUTH
 * @param password empty when there is no user
 * @param weight share of the hash space, 1 to 1000
 * @param connections per node, 1 to 1000; 0: as many as serve best
 * @param recipientsPerMessage RCPT commands per message, 1 to 10,000
 * @param rate recipients a second; 0: no limit
 * @param role whether it takes mail at any time or only when no other can
 * @param domains recipients' domains that it is for, {@code *} or e.g. {@code *.de}; never empty
 * @param jndi the container's mail session to use instead of one built at run time
 * @param transport how it is spoken to
 * @param hours when it may be used
 */
public record SmarthostUrl(
        String name,
        String host,
        int port,
        Tls tls,
        Optional<String> user,
        Optional<String> password,
        int weight,
        int connections,
        int recipientsPerMessage,
        int rate,
        Role role,
        List<String> domains,
        Optional<String> jndi,
        Transport transport,
        Hours hours) {

    /** IMPLICIT is {@code smtps://}; the others are about STARTTLS (RFC 3207). */
    public enum Tls {
        OFF,
        OPPORTUNISTIC,
        REQUIRED,
        IMPLICIT
    }

    /** What a smarthost is used for. */
    public enum Role {
        NORMAL,
        FALLBACK
    }

    /** Several commands in one write, or one round trip each for servers that need it. */
    public enum Transport {
        PIPELINING,
        ANGUS
    }

    static final String SYNTAX = "smtp://host:port or smtps://host:port, comma-separated, each with a query if need be";

    private static final Set<String> OPTIONS = Set.of(
            "name",
            "weight",
            "connections",
            "rcpts",
            "rate",
            "role",
            "domains",
            "starttls",
            "jndi",
            "transport",
            "hours");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern DOMAIN = Pattern.compile("\\*|(\\*\\.)?[\\p{L}\\p{N}_-]+(\\.[\\p{L}\\p{N}_-]+)*");
    private static final Pattern JNDI = Pattern.compile("[A-Za-z0-9_./:-]{1,200}");

    /**
     * @param text one URL
     * @return the smarthost
     * @throws IllegalArgumentException with what is allowed as its message, which never repeats the value
     */
    public static SmarthostUrl parse(String text) {
        URI uri = uri(text);
        Map<String, String> options = options(uri);
        boolean implicit = uri.getScheme().equals("smtps");
        int port = uri.getPort() == -1 ? (implicit ? 465 : 25) : uri.getPort();
        check(port >= 1 && port <= 65535, "a port from 1 to 65535");
        String host = uri.getHost().replaceAll("[\\[\\]]", "");
        Optional<String[]> login = Optional.ofNullable(uri.getRawUserInfo()).map(info -> info.split(":", 2));
        login.ifPresent(parts -> check(parts.length == 2, "user:password@ with both percent-encoded"));
        Tls tls = tls(options, implicit);
        check(login.isEmpty() || tls != Tls.OFF, "no starttls=off with user:password@, which never go in the clear");
        return new SmarthostUrl(
                matching(
                        options,
                        "name",
                        port == 25 ? host.replace(':', '-') : host.replace(':', '-') + "-" + port,
                        NAME,
                        "letters, digits, dot, hyphen and underscore, 64 at most"),
                host,
                port,
                tls,
                login.map(parts -> decoded(parts[0])),
                login.map(parts -> decoded(parts[1])),
                number(options, "weight", 1, 1, 1000),
                options.getOrDefault("connections", "auto").equals("auto")
                        ? 0
                        : number(options, "connections", 0, 1, 1000),
                number(options, "rcpts", 100, 1, 10_000),
                number(options, "rate", 0, 0, 1_000_000),
                role(options),
                domains(options),
                Optional.ofNullable(options.get("jndi"))
                        .map(jndi -> matching(options, "jndi", jndi, JNDI, "a JNDI name such as mail/smarthost")),
                transport(options),
                hours(options));
    }

    @Override
    public String toString() {
        return "SmarthostUrl[" + name + ", " + host + ":" + port + "]";
    }

    private static URI uri(String text) {
        try {
            URI uri = new URI(text);
            check(
                    uri.getScheme() != null
                            && Set.of("smtp", "smtps").contains(uri.getScheme())
                            && uri.getHost() != null,
                    SYNTAX);
            check(uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"), "no path after the port");
            check(uri.getRawFragment() == null, "no fragment (#)");
            return uri;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(SYNTAX, e);
        }
    }

    private static Map<String, String> options(URI uri) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String pair :
                uri.getRawQuery() == null ? new String[0] : uri.getRawQuery().split("&")) {
            String[] parts = pair.split("=", 2);
            check(
                    parts.length == 2 && OPTIONS.contains(parts[0]),
                    "the options " + String.join(", ", OPTIONS.stream().sorted().toList()));
            check(options.put(parts[0], decoded(parts[1])) == null, "each option once");
        }
        return options;
    }

    private static Tls tls(Map<String, String> options, boolean implicit) {
        String starttls = options.getOrDefault("starttls", implicit ? "implicit" : "opportunistic");
        check(
                implicit
                        ? !options.containsKey("starttls")
                        : Set.of("off", "opportunistic", "required").contains(starttls),
                implicit ? "no starttls= with smtps://" : "starttls=off, opportunistic or required");
        return Tls.valueOf(starttls.toUpperCase(Locale.ROOT));
    }

    private static Role role(Map<String, String> options) {
        String role = options.getOrDefault("role", "normal");
        check(role.equals("normal") || role.equals("fallback"), "role=normal or fallback");
        return Role.valueOf(role.toUpperCase(Locale.ROOT));
    }

    private static Transport transport(Map<String, String> options) {
        String transport = options.getOrDefault("transport", "pipelining");
        check(transport.equals("pipelining") || transport.equals("angus"), "transport=pipelining or angus");
        return Transport.valueOf(transport.toUpperCase(Locale.ROOT));
    }

    private static Hours hours(Map<String, String> options) {
        try {
            return Hours.parse(options.get("hours"));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("hours= " + Hours.SYNTAX, e);
        }
    }

    private static List<String> domains(Map<String, String> options) {
        List<String> domains = Arrays.stream(
                        options.getOrDefault("domains", "*").split(","))
                .map(domain -> domain.strip().toLowerCase(Locale.ROOT))
                .toList();
        check(
                !domains.isEmpty()
                        && domains.stream()
                                .allMatch(domain -> DOMAIN.matcher(domain).matches()),
                "domains=* or names such as example.org or *.de, comma-separated");
        return domains;
    }

    private static int number(Map<String, String> options, String option, int preset, int least, int most) {
        String text = options.getOrDefault(option, Integer.toString(preset));
        check(
                text.matches("[0-9]{1,9}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most,
                option + "= a whole number from " + least + " to " + most);
        return Integer.parseInt(text);
    }

    private static String matching(
            Map<String, String> options, String option, String preset, Pattern pattern, String allowed) {
        String text = options.getOrDefault(option, preset);
        check(pattern.matcher(text).matches(), option + "= " + allowed);
        return text;
    }

    private static String decoded(String text) {
        // Percent-encoding as in any URL: a plus is a plus.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static void check(boolean holds, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException(allowed);
        }
    }
}
