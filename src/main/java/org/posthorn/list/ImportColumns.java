package org.posthorn.list;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVRecord;
import org.posthorn.mail.EmailAddress;

/** The header row of an import: says what stands where, and reads the rows by it. */
final class ImportColumns {

    private static final int MOST_COLUMNS = 50;
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_ATTRIBUTE = 1000;
    private static final int LONGEST_ATTRIBUTES = 4000;
    private static final Set<String> OWN = Set.of("email", "display_name", "delivery_mode", "language");
    private static final ValueParser<DeliveryMode> MODES = ListValues.oneOf(DeliveryMode.class);

    private final List<String> names;

    private ImportColumns(List<String> names) {
        this.names = names;
    }

    /** @throws InvalidValueException when there is no column {@code email}, or a name is empty, twice there or too long */
    static ImportColumns read(CSVRecord header) {
        if (header.size() > MOST_COLUMNS) {
            throw new InvalidValueException(
                    "the header row", header.size() + " columns", "at most " + MOST_COLUMNS + " columns");
        }
        List<String> names = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String field : header) {
            String name = own(OneLine.required("a column's name", clean(field), LONGEST_NAME)
                    .strip());
            if (name.isEmpty() || !seen.add(name)) {
                throw new InvalidValueException("a column's name", name, "not empty, and each one once");
            }
            names.add(name);
        }
        if (!seen.contains("email")) {
            throw new InvalidValueException(
                    "the header row", String.join(",", names), "column names between commas, one of them email");
        }
        return new ImportColumns(names);
    }

    /** Posthorn's own columns in whatever case; others as they are. */
    private static String own(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return OWN.contains(lower) ? lower : name;
    }

    /** @throws InvalidValueException when a field cannot be */
    ImportRow row(long line, CSVRecord record) {
        if (record.size() > names.size()) {
            throw new InvalidValueException(
                    "the row", String.join(",", record), names.size() + " fields at most, as in the header row");
        }
        EmailAddress email = null;
        String displayName = null;
        DeliveryMode mode = null;
        String language = null;
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < record.size(); i++) {
            String name = names.get(i);
            String value = clean(record.get(i)).strip();
            if (value.isEmpty()) {
                continue;
            }
            switch (name) {
                case "email" -> email = email(value);
                case "display_name" -> displayName = OneLine.required(name, value, 1000);
                case "delivery_mode" -> mode = MODES.parse(name, value);
                case "language" -> language = ListValues.language(name, value);
                default -> attributes.put(name, OneLine.required(name, value, LONGEST_ATTRIBUTE));
            }
        }
        if (email == null) {
            throw new InvalidValueException("email", "", "an e-mail address");
        }
        if (attributes.values().stream().mapToInt(String::length).sum() > LONGEST_ATTRIBUTES) {
            throw new InvalidValueException(
                    "the row", email.key(), "at most " + LONGEST_ATTRIBUTES + " characters in further columns");
        }
        return new ImportRow(line, email, displayName, mode, language, attributes);
    }

    private static EmailAddress email(String value) {
        return EmailAddress.parse(value)
                .orElseThrow(() -> new InvalidValueException("email", value, "an e-mail address"));
    }

    /** @throws InvalidValueException when its bytes were not UTF-8 */
    private static String clean(String field) {
        if (field.indexOf('\uFFFD') >= 0) {
            throw new InvalidValueException("the row", field, "text in UTF-8");
        }
        return field;
    }
}
