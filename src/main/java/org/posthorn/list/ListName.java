package org.posthorn.list;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.posthorn.mail.DomainName;

/**
 * What a list may be called: a name of its own before the at sign, in lower case, that none of the other addresses of any
 * list can be taken for.
 *
 * @param listName the local part
 * @param mailHost the domain
 */
public record ListName(String listName, String mailHost) {

    /** With a hyphen before them they make the other addresses of a list, so no name may end in one. */
    public static final List<String> RESERVED_SUFFIXES =
            List.of("bounces", "owner", "request", "join", "subscribe", "leave", "unsubscribe", "confirm", "admin");

    /** The site's own bounces come back to this name with -bounces, in each domain, so no list may have it. */
    public static final String SITE = "site";

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9._-]*[a-z0-9_-])?");
    private static final int LONGEST = 50; // leaves room for "-unsubscribe" within the 64 octets of a local part

    /** @throws InvalidValueException that says which rule the name breaks */
    public static ListName parse(String fqdnListname) {
        String text = fqdnListname == null ? "" : fqdnListname.toLowerCase(Locale.ROOT);
        int at = text.indexOf('@');
        if (at < 1 || at != text.lastIndexOf('@') || at == text.length() - 1) {
            throw wrong(fqdnListname, "an address: name@domain");
        }
        String name = text.substring(0, at);
        if (name.length() > LONGEST) {
            throw wrong(fqdnListname, "a name of at most " + LONGEST + " characters before the @");
        }
        if (!NAME.matcher(name).matches() || name.contains("..")) {
            throw wrong(
                    fqdnListname,
                    "a name of letters, digits, '.', '_' and '-' before the @ that begins with a letter or digit and has no dot at its end nor two in a row");
        }
        if (name.equals(SITE)) {
            throw wrong(fqdnListname, "a name other than " + SITE + ", which Posthorn has for itself");
        }
        Optional<String> reserved = RESERVED_SUFFIXES.stream()
                .filter(suffix -> name.endsWith("-" + suffix))
                .findFirst();
        if (reserved.isPresent()) {
            throw wrong(
                    fqdnListname,
                    "a name that does not end in -" + reserved.get() + ", which every list has for itself");
        }
        String host = DomainName.parse(text.substring(at + 1))
                .orElseThrow(() -> wrong(fqdnListname, "a domain name after the @"))
                .ascii();
        return new ListName(name, host);
    }

    /** RFC 2919: {@code name.domain}. */
    public String listId() {
        return listName + "." + mailHost;
    }

    private static InvalidValueException wrong(String value, String allowed) {
        return new InvalidValueException("fqdn_listname", value == null ? "" : value, allowed);
    }

    @Override
    public String toString() {
        return listName + "@" + mailHost;
    }
}
