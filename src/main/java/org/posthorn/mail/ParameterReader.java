package org.posthorn.mail;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Reads the parameters of a Content-Type or the like, with RFC 2231's continuations and charsets, leniently and once through. */
final class ParameterReader {

    private final String text;
    private final int most;
    private int at;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final Map<String, TreeMap<Integer, Section>> continued = new LinkedHashMap<>();
    private int count;

    private record Section(String value, boolean encoded) {}

    ParameterReader(String text, int start, int most) {
        this.text = text;
        this.at = start;
        this.most = most;
    }

    Map<String, String> read() {
        while (at < text.length() && count < most) {
            int equals = at;
            while (equals < text.length() && text.charAt(equals) != '=' && text.charAt(equals) != ';') {
                equals++;
            }
            String name = text.substring(at, equals).strip().toLowerCase(Locale.ROOT);
            at = equals + 1;
            if (equals < text.length() && text.charAt(equals) == '=') {
                put(name, value());
            }
        }
        continued.forEach((name, sections) -> parameters.put(name, join(sections)));
        return parameters;
    }

    private String value() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        boolean quoted = at < text.length() && text.charAt(at) == '"';
        String value = quoted ? quoted() : token();
        int semicolon = text.indexOf(';', at);
        at = semicolon < 0 ? text.length() : semicolon + 1;
        return value;
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at));
        }
        return value.toString();
    }

    /** Up to the semicolon, less a comment after a blank: unquoted values hold whatever their writers liked. */
    private String token() {
        int semicolon = text.indexOf(';', at);
        String value = text.substring(at, semicolon < 0 ? text.length() : semicolon);
        int comment = value.indexOf(" (");
        return (comment < 0 ? value : value.substring(0, comment)).strip();
    }

    private void put(String name, String value) {
        if (name.isEmpty()) {
            return;
        }
        count++;
        String[] parts = name.split("\\*", 3);
        if (parts.length == 1) {
            parameters.putIfAbsent(name, value);
            return;
        }
        boolean encoded = name.endsWith("*");
        boolean numbered = parts[1].matches("[0-9]{1,3}");
        if (numbered || parts.length == 2 && encoded) {
            continued
                    .computeIfAbsent(parts[0], key -> new TreeMap<>())
                    .putIfAbsent(numbered ? Integer.parseInt(parts[1]) : 0, new Section(value, encoded));
        }
    }

    private static String join(TreeMap<Integer, Section> sections) {
        StringBuilder joined = new StringBuilder();
        String charset = "utf-8";
        for (Map.Entry<Integer, Section> entry : sections.entrySet()) {
            String value = entry.getValue().value();
            String[] parts = value.split("'", 3);
            if (entry.getValue().encoded() && entry.getKey() == 0 && parts.length == 3) {
                charset = parts[0];
                value = parts[2];
            }
            joined.append(entry.getValue().encoded() ? MimeCharset.decode(percentDecoded(value), charset) : value);
        }
        return FieldText.withoutControls(joined.toString());
    }

    private static byte[] percentDecoded(String value) {
        byte[] from = value.getBytes(StandardCharsets.UTF_8);
        byte[] octets = new byte[from.length];
        int length = 0;
        for (int i = 0; i < from.length; i++) {
            if (from[i] == '%'
                    && i + 2 < from.length
                    && HexFormat.isHexDigit(from[i + 1])
                    && HexFormat.isHexDigit(from[i + 2])) {
                octets[length++] =
                        (byte) (HexFormat.fromHexDigit(from[i + 1]) << 4 | HexFormat.fromHexDigit(from[i + 2]));
                i += 2;
            } else {
                octets[length++] = from[i];
            }
        }
        return Arrays.copyOf(octets, length);
    }
}
