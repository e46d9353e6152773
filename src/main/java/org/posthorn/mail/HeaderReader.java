package org.posthorn.mail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads a header section off a stream and is the stream of what follows it. Looks ahead in its own buffer only. */
final class HeaderReader extends InputStream {

    private static final int BUFFER_BYTES = 16 * 1024;

    /** No field's name is longer; a line whose colon comes later is none. */
    private static final int MAX_NAME = 900;

    private final InputStream source;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;

    private final List<HeaderField> fields = new ArrayList<>();
    private int kept;
    private boolean truncated;
    private boolean ended;

    HeaderReader(InputStream source) {
        this.source = source;
    }

    HeaderBlock header() throws IOException {
        lookAhead();
        if (startsWith("From ") || startsWith(">From ")) {
            ByteArrayOutputStream ignored = new ByteArrayOutputStream();
            line(ignored, 0);
            lookAhead();
        }
        int nameLength = nameLength();
        while (nameLength > 0) {
            field(nameLength);
            nameLength = nameLength();
        }
        if (position < limit && isLineEnd(buffer[position])) {
            lineEnd();
        }
        return new HeaderBlock(fields, truncated);
    }

    private void field(int nameLength) throws IOException {
        String name = new String(buffer, position, nameLength, StandardCharsets.ISO_8859_1).stripTrailing();
        ByteArrayOutputStream octets = new ByteArrayOutputStream(128);
        int room = MailMessage.MAX_HEADER_OCTETS - kept;
        do {
            line(octets, room);
            lookAhead();
        } while (position < limit && isBlank(buffer[position]));
        if (octets.size() > room || fields.size() >= MailMessage.MAX_HEADER_FIELDS) {
            truncated = true;
            return;
        }
        kept += octets.size();
        fields.add(new HeaderField(name, octets.toByteArray()));
    }

    /** Takes a line less its NULs and gives it a CRLF; keeps one octet more than there is room for, which tells that it was too long. */
    private void line(ByteArrayOutputStream octets, int room) throws IOException {
        while (true) {
            lookAhead();
            int end = position;
            while (end < limit && !isLineEnd(buffer[end]) && buffer[end] != 0) {
                end++;
            }
            octets.write(buffer, position, Math.max(0, Math.min(end - position, room + 1 - octets.size())));
            position = end;
            if (end < limit && buffer[end] == 0) {
                position++;
            } else if (end < limit || limit == 0) {
                break;
            }
        }
        lineEnd();
        if (octets.size() <= room) {
            octets.write('\r');
            octets.write('\n');
        }
    }

    private void lineEnd() throws IOException {
        if (position < limit && buffer[position] == '\r') {
            position++;
            lookAhead();
            if (position < limit && buffer[position] == '\n') {
                position++;
            }
        } else if (position < limit) {
            position++;
        }
        lookAhead();
    }

    /** @return the length of the field's name at the position with blanks after it, 0 when there is no field */
    private int nameLength() {
        int end = position;
        while (end < limit
                && end - position < MAX_NAME
                && buffer[end] != ':'
                && !isBlank(buffer[end])
                && !isControl(buffer[end])) {
            end++;
        }
        boolean named = end > position;
        while (end < limit && end - position < MAX_NAME && isBlank(buffer[end])) {
            end++;
        }
        return named && end < limit && buffer[end] == ':' ? end - position : 0;
    }

    private boolean startsWith(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (position + i >= limit || buffer[position + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    /** Octets above 127 are negative and are no controls. */
    private static boolean isControl(byte octet) {
        return octet >= 0 && octet < 0x20 || octet == 0x7f;
    }

    private static boolean isLineEnd(byte octet) {
        return octet == '\r' || octet == '\n';
    }

    /** Sees to it that at least a name's length is in the buffer, or all that is left. */
    private void lookAhead() throws IOException {
        if (limit - position > MAX_NAME) {
            return;
        }
        System.arraycopy(buffer, position, buffer, 0, limit - position);
        limit -= position;
        position = 0;
        while (!ended && limit <= MAX_NAME) {
            int count = source.read(buffer, limit, buffer.length - limit);
            if (count < 0) {
                ended = true; // to ask once more may cost a query
                return;
            }
            limit += count;
        }
    }

    @Override
    public int read() throws IOException {
        return position < limit ? buffer[position++] & 0xff : source.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (position == limit || length == 0) {
            return source.read(target, offset, length);
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(buffer, position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public int available() throws IOException {
        return limit - position + source.available();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
