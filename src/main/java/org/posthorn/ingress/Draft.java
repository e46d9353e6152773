package org.posthorn.ingress;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import org.posthorn.platform.Digests;

/** A message that is coming in: spooled and digested as it streams, preceded by this server's own trace field. */
final class Draft implements DataReader.Sink, Closeable {

    /** RFC 5321 section 6.3: a loop shows by its Received fields. */
    private static final int MOST_RECEIVED = 50;

    private final Spool spool;
    private final MessageDigest digest = Digests.sha256();
    private final HeaderScan header = new HeaderScan();
    private final ByteArrayOutputStream memory = new ByteArrayOutputStream(8192);
    private ByteArrayOutputStream firstLine = new ByteArrayOutputStream(256);
    private boolean firstLineIsWhole;
    private Path file;
    private OutputStream fileStream;
    private long sizeBytes;

    /** @param traceField the Received field with its CRLF */
    Draft(Spool spool, byte[] traceField) {
        this.spool = spool;
        memory.writeBytes(traceField);
        digest.update(traceField);
        sizeBytes = traceField.length;
    }

    @Override
    public Flaw take(byte[] octets, int length) {
        if (firstLineIsWhole) {
            return keep(octets, length);
        }
        firstLine.write(octets, 0, length);
        byte[] begin = firstLine.toByteArray();
        int end = 0;
        while (end < begin.length && begin[end] != '\n') {
            end++;
        }
        if (end == begin.length) {
            return null;
        }
        firstLineIsWhole = true;
        firstLine = null;
        return keep(isMailboxLine(begin) ? Arrays.copyOfRange(begin, end + 1, begin.length) : begin);
    }

    /** The line that some put before a message in a mailbox file: no header field, and none of the message's. */
    private static boolean isMailboxLine(byte[] begin) {
        String start = new String(begin, 0, Math.min(begin.length, 6), StandardCharsets.US_ASCII);
        return start.startsWith("From ") || start.startsWith(">From ");
    }

    private Flaw keep(byte[] octets) {
        return keep(octets, octets.length);
    }

    private Flaw keep(byte[] octets, int length) {
        header.take(octets, length);
        if (header.received() > MOST_RECEIVED) {
            return Flaw.TOO_MANY_HOPS;
        }
        if (header.isTooLarge()) {
            return Flaw.HEADER_TOO_LARGE;
        }
        try {
            write(octets, length);
        } catch (IOException e) {
            return Flaw.NO_ROOM;
        }
        return null;
    }

    private void write(byte[] octets, int length) throws IOException {
        digest.update(octets, 0, length);
        sizeBytes += length;
        if (file == null && memory.size() + length <= Spool.MEMORY_BYTES) {
            memory.write(octets, 0, length);
            return;
        }
        if (file == null) {
            file = spool.newFile();
            fileStream = Spool.append(file);
            memory.writeTo(fileStream);
            memory.reset();
        }
        fileStream.write(octets, 0, length);
    }

    /** @return the message, whose file is now the caller's to remove by closing it */
    SpooledMessage finish() throws IOException {
        if (fileStream != null) {
            fileStream.close();
            fileStream = null;
        }
        SpooledMessage message = new SpooledMessage(
                file == null ? memory.toByteArray() : new byte[0], file, sizeBytes, digest.digest(), header.facts());
        file = null;
        return message;
    }

    /** Removes what {@link #finish} has not handed on. */
    @Override
    public void close() throws IOException {
        if (fileStream != null) {
            fileStream.close();
        }
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }
}
