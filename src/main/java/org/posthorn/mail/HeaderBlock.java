package org.posthorn.mail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A message's header section (RFC 5322 section 2.2): fields in order, the untouched ones with the octets they came with.
 *
 * <p>Read by {@link MailMessage}. Whatever is set here comes out as one field: nothing in a value can begin another. Names
 * are compared without regard to case. Reading never throws; what is decoded has no controls, so it can be stored anywhere.
 */
public final class HeaderBlock {

    /** A Message-ID above this cannot have been on one line. */
    static final int MAX_MESSAGE_ID = 998;

    private final List<HeaderField> fields;
    private final boolean truncated;

    public HeaderBlock() {
        this(new ArrayList<>(), false);
    }

    HeaderBlock(List<HeaderField> fields, boolean truncated) {
        this.fields = fields;
        this.truncated = truncated;
    }

    /** @return one with the same fields, to be changed by itself */
    public HeaderBlock copy() {
        return new HeaderBlock(new ArrayList<>(fields), truncated);
    }

    /** Whether there was more than {@link MailMessage} keeps, so that this isn't the whole header: such mail is to be refused. */
    public boolean truncated() {
        return truncated;
    }

    public List<HeaderField> fields() {
        return List.copyOf(fields);
    }

    public boolean has(String name) {
        return fields.stream().anyMatch(field -> field.is(name));
    }

    /** @return the first such field's value for people's eyes: unfolded, encoded words decoded */
    public Optional<String> first(String name) {
        return fields.stream().filter(field -> field.is(name)).findFirst().map(HeaderField::text);
    }

    /** @return the values for people's eyes: unfolded, encoded words decoded */
    public List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.is(name))
                .map(HeaderField::text)
                .toList();
    }

    /** @return the values for programs: unfolded, encoded words as they are */
    public List<String> values(String name) {
        return fields.stream()
                .filter(field -> field.is(name))
                .map(HeaderField::value)
                .toList();
    }

    /** @return the decoded subject, {@code ""} without one */
    public String subject() {
        return first("Subject").orElse("");
    }

    /** @return the first Message-ID with its angle brackets if it has such: no blanks, no controls, at most 998 characters */
    public Optional<String> messageId() {
        return values("Message-ID").stream()
                .map(HeaderBlock::messageId)
                .filter(id -> !id.isEmpty())
                .findFirst();
    }

    private static String messageId(String value) {
        int start = value.indexOf('<');
        int end = value.indexOf('>', start);
        String id = start >= 0 && end > start ? value.substring(start, end + 1) : value;
        String clean = id.replace(" ", "");
        return clean.substring(0, Math.min(clean.length(), MAX_MESSAGE_ID));
    }

    /**
     * The mailboxes of all fields of this name, read leniently.
     *
     * @return at most {@link AddressScanner#MAX_LISTED}; what isn't an address is left out
     */
    public List<NamedAddress> addresses(String name) {
        List<NamedAddress> found = new ArrayList<>();
        eachAddress(
                address -> {
                    found.add(address);
                    return found.size() >= AddressScanner.MAX_LISTED;
                },
                name);
        return found;
    }

    /** @return whether one of the addresses in these fields, however many there are, is wanted */
    public boolean anyAddress(Predicate<EmailAddress> wanted, String... names) {
        return eachAddress(address -> wanted.test(address.address()), names);
    }

    /** @return whether the address is in one of To, Cc, Resent-To and Resent-Cc */
    public boolean mentions(EmailAddress address) {
        return anyAddress(address::equals, "To", "Cc", "Resent-To", "Resent-Cc");
    }

    /** @return how many addresses these fields hold */
    public int countAddresses(String... names) {
        int[] count = {0};
        eachAddress(
                address -> {
                    count[0]++;
                    return false;
                },
                names);
        return count[0];
    }

    private boolean eachAddress(Predicate<NamedAddress> enough, String... names) {
        for (String name : names) {
            for (HeaderField field : fields) {
                if (field.is(name) && new AddressScanner(field.value()).until(enough)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Puts the value where the first field of this name is, or last, and removes the others of this name. */
    public void set(String name, String value) {
        replace(FieldText.unstructured(name, value));
    }

    /** Like {@link #set}, for a field of addresses. */
    public void setAddresses(String name, List<NamedAddress> addresses) {
        replace(FieldText.field(
                name,
                String.join(", ", addresses.stream().map(NamedAddress::header).toList())));
    }

    private void replace(HeaderField field) {
        int at = 0;
        while (at < fields.size() && !fields.get(at).is(field.name())) {
            at++;
        }
        fields.add(at, field);
        int keep = at;
        int[] index = {0};
        fields.removeIf(other -> index[0]++ > keep && other.is(field.name()));
    }

    /** Adds the field last. */
    public void add(String name, String value) {
        fields.add(FieldText.unstructured(name, value));
    }

    /** Adds the field first, where trace fields go. */
    public void addFirst(String name, String value) {
        fields.add(0, FieldText.unstructured(name, value));
    }

    /** Adds the field last, with the octets that it came with. */
    public void add(HeaderField field) {
        fields.add(field);
    }

    public void remove(String name) {
        fields.removeIf(field -> field.is(name));
    }

    public void remove(Predicate<HeaderField> which) {
        fields.removeIf(which);
    }

    /** Writes the fields, without the empty line after them. */
    void writeFieldsTo(OutputStream out) throws IOException {
        for (HeaderField field : fields) {
            field.writeTo(out);
        }
    }

    /** Writes the fields and the empty line after them. */
    public void writeTo(OutputStream out) throws IOException {
        writeFieldsTo(out);
        out.write('\r');
        out.write('\n');
    }

    /** @return the octets of {@link #writeTo} as text */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (HeaderField field : fields) {
            text.append(field);
        }
        return text.append("\r\n").toString();
    }

    /** @return the header at the beginning of these octets */
    public static HeaderBlock parse(byte[] octets) {
        try {
            return MailMessage.open(new ByteArrayInputStream(octets)).header();
        } catch (IOException e) {
            throw new IllegalStateException("octets in memory cannot be unreadable", e);
        }
    }
}
