package org.posthorn.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.queue.MessageSource;

class CookedMessageTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, CookedMessage.MEMORY_BYTES, CookedMessage.MEMORY_BYTES + 1, 3_000_000})
    void whatWasWrittenShouldBeReadAsOftenAsWanted(int size) throws IOException {
        byte[] octets = new byte[size];
        new Random(1).nextBytes(octets);
        try (CookedMessage message = new CookedMessage(folder.resolve("spool"))) {
            message.write(octets, 0, size / 2);
            for (int i = size / 2; i < Math.min(size, size / 2 + 10); i++) {
                message.write(octets[i]);
            }
            int written = Math.min(size, size / 2 + 10);
            message.write(octets, written, size - written);

            assertThat(message.sizeBytes()).isEqualTo(size);
            assertThat(message.sha256())
                    .isEqualTo(MessageSource.of(octets).sha256())
                    .isEqualTo(message.sha256());
            for (int times = 0; times < 2; times++) {
                try (InputStream in = message.open()) {
                    assertThat(in.readAllBytes()).isEqualTo(octets);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 3_000_000})
    void nothingShouldBeLeftForACrashToLeaveBehind(int size) throws IOException {
        try (CookedMessage message = new CookedMessage(folder)) {
            message.write(new byte[size]);
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files).isEmpty();
            }
        }
    }
}
