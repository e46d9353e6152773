package org.posthorn.ingress;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.posthorn.queue.MessageSource;

/** A whole message in the spool, until it is closed. */
final class SpooledMessage implements MessageSource, Closeable {

    private final byte[] memory;
    private final Path file;
    private final long sizeBytes;
    private final byte[] sha256;
    private final MessageFacts facts;

    /** @param file null when all of it is in memory */
    SpooledMessage(byte[] memory, Path file, long sizeBytes, byte[] sha256, MessageFacts facts) {
        this.memory = memory;
        this.file = file;
        this.sizeBytes = sizeBytes;
        this.sha256 = sha256;
        this.facts = facts;
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public byte[] sha256() {
        return sha256;
    }

    @Override
    public InputStream open() throws IOException {
        return file == null ? new ByteArrayInputStream(memory) : Files.newInputStream(file);
    }

    MessageFacts facts() {
        return facts;
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }
}
