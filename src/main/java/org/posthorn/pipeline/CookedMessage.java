package org.posthorn.pipeline;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import org.posthorn.platform.Digests;
import org.posthorn.queue.MessageSource;

/**
 * A message that is being written, to be stored when it is complete: in memory while it is small, else in a file that has
 * no name any more, so that a crash leaves nothing behind. Closing it gives both back.
 */
public final class CookedMessage extends OutputStream implements MessageSource {

    /** Up to here a message stays in memory. */
    static final int MEMORY_BYTES = 64 * 1024;

    private final Path folder;
    private final MessageDigest digest;
    private final ByteArrayOutputStream memory = new ByteArrayOutputStream(8 * 1024);
    private FileChannel file;
    private long sizeBytes;
    private byte[] sha256;

    /** @param folder where large ones go; made if it isn't there */
    public CookedMessage(Path folder) {
        this.folder = folder;
        this.digest = Digests.sha256();
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        digest.update(octets, offset, length);
        sizeBytes += length;
        if (file == null && sizeBytes > MEMORY_BYTES) {
            file = nameless();
            writeFully(memory.toByteArray(), 0, memory.size());
            memory.reset();
        }
        if (file == null) {
            memory.write(octets, offset, length);
        } else {
            writeFully(octets, offset, length);
        }
    }

    private FileChannel nameless() throws IOException {
        Files.createDirectories(folder);
        Path path = Files.createTempFile(
                folder,
                "",
                ".spool",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } finally {
            Files.deleteIfExists(path);
        }
    }

    private void writeFully(byte[] octets, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(octets, offset, length);
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    /** To be asked for when all is written. */
    @Override
    public byte[] sha256() {
        if (sha256 == null) {
            sha256 = digest.digest();
        }
        return sha256.clone();
    }

    @Override
    public InputStream open() {
        return file == null ? new ByteArrayInputStream(memory.toByteArray()) : new FromStart(file);
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    /** Reads from the beginning, apart from where the channel stands; leaves the channel open. */
    private static final class FromStart extends InputStream {

        private final FileChannel file;
        private long position;

        FromStart(FileChannel file) {
            this.file = file;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            int count = file.read(ByteBuffer.wrap(target, offset, length), position);
            position += Math.max(count, 0);
            return count;
        }
    }
}
