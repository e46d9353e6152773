package org.posthorn.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.posthorn.delivery.smtp.Tls;
import org.posthorn.mail.DomainName;
import org.posthorn.platform.Hours;

/** Checks the fields of a smarthost as people write them, in a setting or by REST, and sets them. */
final class SmarthostFields {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
    private static final Pattern DOMAIN = Pattern.compile("\\*|(\\*\\.)?[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?");
    private static final Pattern JNDI = Pattern.compile("[A-Za-z0-9:/_.-]{1,200}");

    private SmarthostFields() {}

    static Smarthost make(String name, Map<String, Object> fields) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidSmarthostException(
                    "name", name, "a letter or digit, then letters, digits, dot, hyphen and underscore, 64 at most");
        }
        if (!fields.containsKey("host")) {
            throw new InvalidSmarthostException("host", "", "a host name or address");
        }
        Smarthost smarthost = new Smarthost(name, "", 25);
        apply(smarthost, fields);
        return smarthost;
    }

    /**
     * A password goes with the host and port that it was given for: where one of these changes without a new password,
     * it is forgotten, so that nobody can have it sent elsewhere.
     *
     * @throws InvalidSmarthostException for the first field that is wrong; some may have been set by then
     */
    static void apply(Smarthost smarthost, Map<String, Object> fields) {
        String username = smarthost.getUsername();
        String password = smarthost.getPassword();
        String hostBefore = smarthost.getHost();
        int portBefore = smarthost.getPort();
        for (Map.Entry<String, Object> field : fields.entrySet()) {
            Object value = field.getValue();
            switch (field.getKey()) {
                case "host" ->
                    smarthost.setHost(matching("host", value, HOST, "a host name or address")
                            .toLowerCase(Locale.ROOT));
                case "port" -> smarthost.setPort(number("port", value, 1, 65535));
                case "tls" -> smarthost.setTls(tls(value));
                case "username" -> username = text("username", value, 320);
                case "password" -> password = text("password", value, 1000);
                case "weight" -> smarthost.setWeight(number("weight", value, 0, 1000));
                case "connections" ->
                    smarthost.setConnections("auto".equals(value) ? 0 : number("connections", value, 0, 1000));
                case "rate" -> smarthost.setRate(number("rate", value, 0, 1_000_000));
                case "messages_per_connection" ->
                    smarthost.setMessagesPerConnection(number("messages_per_connection", value, 0, 1_000_000));
                case "rcpts" -> smarthost.setRecipientsPerMessage(number("rcpts", value, 1, 1000));
                case "role" -> smarthost.setRole(role(value));
                case "domains" -> smarthost.setDomains(domains(value));
                case "enabled" -> smarthost.setEnabled(bool(value));
                case "jndi" ->
                    smarthost.setJndi(
                            value == null ? null : matching("jndi", value, JNDI, "a JNDI name such as mail/smarthost"));
                case "transport" -> smarthost.setTransport(transport(value));
                case "hours" -> smarthost.setHours(hours(value));
                default ->
                    throw new InvalidSmarthostException(
                            field.getKey(),
                            value instanceof CharSequence ? "…" : value,
                            "not a field of a smarthost; those are host, port, tls, username, password, weight, connections, rate, messages_per_connection, rcpts, role, domains, enabled, jndi, transport and hours");
            }
        }
        if (smarthost.getHours().isAlways()) {
            smarthost.setDeliverUntil(null); // there is nothing to override
        }
        boolean moved = !smarthost.getHost().equals(hostBefore) || smarthost.getPort() != portBefore;
        if (moved && !fields.containsKey("password")) {
            password = null;
        }
        if (username != null && smarthost.getTls() == Tls.OFF) {
            throw new InvalidSmarthostException(
                    "tls", "off", "required or implicit with a username: credentials never go in the clear");
        }
        smarthost.setCredentials(username, password);
    }

    private static Tls tls(Object value) {
        return switch (String.valueOf(value)) {
            case "off" -> Tls.OFF;
            case "opportunistic" -> Tls.OPPORTUNISTIC;
            case "required" -> Tls.REQUIRED;
            case "implicit" -> Tls.IMPLICIT;
            default -> throw new InvalidSmarthostException("tls", value, "off, opportunistic, required or implicit");
        };
    }

    private static Smarthost.Role role(Object value) {
        return switch (String.valueOf(value)) {
            case "normal" -> Smarthost.Role.NORMAL;
            case "fallback" -> Smarthost.Role.FALLBACK;
            default -> throw new InvalidSmarthostException("role", value, "normal or fallback");
        };
    }

    private static Smarthost.Transport transport(Object value) {
        return switch (String.valueOf(value)) {
            case "pipelining" -> Smarthost.Transport.PIPELINING;
            case "angus" -> Smarthost.Transport.ANGUS;
            default -> throw new InvalidSmarthostException("transport", value, "pipelining or angus");
        };
    }

    private static Hours hours(Object value) {
        try {
            return Hours.parse(value == null ? "" : String.valueOf(value));
        } catch (IllegalArgumentException e) {
            throw new InvalidSmarthostException("hours", value, e.getMessage());
        }
    }

    private static List<String> domains(Object value) {
        List<?> given = value instanceof List<?> list
                ? list
                : List.of(String.valueOf(value).split(","));
        List<String> domains = new ArrayList<>();
        for (Object domain : given) {
            String text = ascii(String.valueOf(domain).strip().toLowerCase(Locale.ROOT));
            if (!DOMAIN.matcher(text).matches()) {
                throw new InvalidSmarthostException("domains", domain, "*, a domain or *.domain");
            }
            domains.add(text);
        }
        if (domains.isEmpty() || String.join(",", domains).length() > 4000) {
            throw new InvalidSmarthostException(
                    "domains", given.size() + " of them", "at least one, 4000 characters in all");
        }
        return domains;
    }

    /** Recipients' domains are kept as A-labels: so are those that they are compared with. */
    private static String ascii(String pattern) {
        String prefix = pattern.startsWith("*.") ? "*." : "";
        return DomainName.parse(pattern.substring(prefix.length()))
                .map(name -> prefix + name.ascii())
                .orElse(pattern);
    }

    private static boolean bool(Object value) {
        String text = String.valueOf(value).toLowerCase(Locale.ROOT);
        if (!text.equals("true") && !text.equals("false")) {
            throw new InvalidSmarthostException("enabled", value, "true or false");
        }
        return text.equals("true");
    }

    private static int number(String field, Object value, int least, int most) {
        String text = String.valueOf(value);
        if (text.matches("[0-9]{1,9}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most) {
            return Integer.parseInt(text);
        }
        throw new InvalidSmarthostException(field, value, "a whole number from " + least + " to " + most);
    }

    private static String matching(String field, Object value, Pattern pattern, String allowed) {
        String text = String.valueOf(value);
        if (!pattern.matcher(text).matches()) {
            throw new InvalidSmarthostException(field, value, allowed);
        }
        return text;
    }

    private static String text(String field, Object value, int most) {
        if (value == null) {
            return null;
        }
        String text = String.valueOf(value);
        if (text.length() > most || text.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidSmarthostException(
                    field, "(secret)", "at most " + most + " characters, no control characters");
        }
        return text;
    }
}
