package org.posthorn.mail;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a Content-Type field says (RFC 2045 section 5, RFC 2231), read leniently.
 *
 * @param type lower case, e.g. {@code text}
 * @param subtype lower case, e.g. {@code plain}
 * @param parameters by name in lower case; of two of one name the first counts
 */
public record ContentType(String type, String subtype, Map<String, String> parameters) {

    private static final int MAX_PARAMETERS = 100;

    private static final Set<String> SEALED = Set.of(
            "multipart/signed",
            "multipart/encrypted",
            "application/pkcs7-mime",
            "application/x-pkcs7-mime",
            "application/pgp",
            "application/pgp-encrypted");

    /** What no Content-Type field means. */
    public static final ContentType DEFAULT = new ContentType("text", "plain", Map.of());

    /** What a field that cannot be understood means: something to leave as it is. */
    public static final ContentType UNKNOWN = new ContentType("application", "octet-stream", Map.of());

    /** @return that of the message or part; text/plain when there is none, application/octet-stream when it's nonsense */
    public static ContentType of(HeaderBlock header) {
        List<String> values = header.values("Content-Type");
        return values.isEmpty() ? DEFAULT : parse(values.get(0)).orElse(UNKNOWN);
    }

    /** @return empty when there is no type and subtype at the beginning */
    public static Optional<ContentType> parse(String value) {
        int end = value.indexOf(';');
        String media = withoutComments(end < 0 ? value : value.substring(0, end))
                .strip()
                .toLowerCase(Locale.ROOT);
        int slash = media.indexOf('/');
        if (slash < 1
                || !isToken(media.substring(0, slash).strip())
                || !isToken(media.substring(slash + 1).strip())) {
            return Optional.empty();
        }
        Map<String, String> parameters =
                end < 0 ? Map.of() : new ParameterReader(value, end + 1, MAX_PARAMETERS).read();
        return Optional.of(new ContentType(
                media.substring(0, slash).strip(), media.substring(slash + 1).strip(), parameters));
    }

    private static boolean isToken(String text) {
        return !text.isEmpty()
                && text.chars().allMatch(c -> c > 0x20 && c < 0x7f && "()<>@,;:\\\"/[]?=".indexOf(c) < 0);
    }

    private static String withoutComments(String text) {
        int comment = text.indexOf('(');
        return comment < 0 ? text : text.substring(0, comment);
    }

    public boolean is(String mediaType) {
        return mediaType.equals(type + "/" + subtype);
    }

    /** Whether it is signed or encrypted as a whole, so that any change to it breaks it. */
    public boolean isSealed() {
        return SEALED.contains(type + "/" + subtype) || is("application/octet-stream") && isSmimeName();
    }

    /** Some write S/MIME's type as that of a file, and its name tells (RFC 8551 section 3.2.1 and 3.9). */
    private boolean isSmimeName() {
        String name = parameters.getOrDefault("name", "").toLowerCase(Locale.ROOT);
        return name.endsWith(".p7m") || name.endsWith(".p7s");
    }

    public boolean isMultipart() {
        return type.equals("multipart");
    }

    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** @return the charset, US-ASCII when none is named; empty when the one named isn't known here */
    public Optional<Charset> charset() {
        return parameters.containsKey("charset")
                ? MimeCharset.find(parameters.get("charset").strip())
                : Optional.of(StandardCharsets.US_ASCII);
    }

    /** @return the delimiter of a multipart's parts; empty when it is missing or unusable */
    public Optional<String> boundary() {
        return parameter("boundary")
                .map(String::stripTrailing)
                .filter(boundary -> !boundary.isEmpty() && boundary.length() <= 250);
    }

    /** @return the same with this parameter */
    public ContentType with(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(parameters);
        changed.put(name, value);
        return new ContentType(type, subtype, changed);
    }

    /** @return as a field's value, unfolded */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(type).append('/').append(subtype);
        parameters.forEach((name, value) -> text.append("; ")
                .append(name)
                .append('=')
                .append(
                        isToken(value)
                                ? value
                                : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"'));
        return text.toString();
    }
}
