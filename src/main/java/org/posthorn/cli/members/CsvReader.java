package org.posthorn.cli.members;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads CSV (RFC 4180, UTF-8) record by record. A field with a line end is refused: no member's field may have one. */
final class CsvReader {

    private static final int LONGEST_LINE = 65_536;

    private final BufferedReader reader;
    private long line;

    CsvReader(InputStream in) {
        this.reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    /** @return the line that was read last, from 1 */
    long line() {
        return line;
    }

    /** @return the next line that is not empty, without its end and without a mark at the file's beginning; null at the end */
    String next() throws IOException {
        String text;
        do {
            text = reader.readLine();
            line++;
            if (text != null && line == 1 && text.startsWith("\uFEFF")) {
                text = text.substring(1);
            }
        } while (text != null && text.isBlank());
        if (text != null && text.length() > LONGEST_LINE) {
            throw new IOException("line " + line + " is longer than " + LONGEST_LINE + " characters");
        }
        return text;
    }

    /** @return the line's fields, unquoted */
    List<String> fields(String text) throws IOException {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (c == '"' && (quoted || field.toString().isBlank())) {
                if (!quoted) {
                    field.setLength(0);
                }
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString().strip());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        if (quoted) {
            throw new IOException("line " + line + " has a quote that is not closed");
        }
        fields.add(field.toString().strip());
        return fields;
    }
}
