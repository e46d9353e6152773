package org.posthorn.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.testing.FreePort;

class DatabaseWaitTest {

    private static CompletableFuture<Void> awaited(String url) {
        return CompletableFuture.runAsync(() -> {
            try {
                new DatabaseWait(url, Duration.ofMillis(20)).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void startShouldWaitUntilSomebodyListens() throws Exception {
        int port = FreePort.next();
        CompletableFuture<Void> waiting = awaited("jdbc:postgresql://127.0.0.1:" + port + "/posthorn?ssl=false");
        assertThat(waiting).failsWithin(Duration.ofMillis(300)).withThrowableOfType(TimeoutException.class);

        try (ServerSocket database = new ServerSocket(port, 5, InetAddress.getLoopbackAddress())) {
            waiting.get(30, TimeUnit.SECONDS);
            assertThat(database.isBound()).isTrue();
        }
    }

    @Test
    void oneOfSeveralHostsShouldBeEnough() throws IOException {
        try (ServerSocket database = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String hosts = "127.0.0.1:" + FreePort.next() + ",127.0.0.1:" + database.getLocalPort();

            assertThat(awaited("jdbc:postgresql://" + hosts + "/posthorn")).succeedsWithin(Duration.ofSeconds(30));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"jdbc:h2:file:/var/lib/posthorn/db", "jdbc:postgresql:posthorn", "jdbc:postgresql:///posthorn"})
    void databaseWithoutAHostShouldNotBeWaitedFor(String url) {
        assertThat(awaited(url)).succeedsWithin(Duration.ofSeconds(30));
    }
}
