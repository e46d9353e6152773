package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.testing.PackagedNode;
import org.posthorn.testing.SmtpSink;

/**
 * Mailman's own client, as Debian ships it, against the packaged node: {@code src/test/python/mailmanclient_calls.py} makes
 * every call that it has. A service account speaks, as Mailman's {@code restadmin} does.
 */
class MailmanClientE2E {

    /** Debian's, not one that stands before it in the path: it has the client. */
    private static final String PYTHON = "/usr/bin/python3";

    @TempDir
    static Path folder;

    private static SmtpSink sink;
    private static PackagedNode node;

    @BeforeAll
    static void startNode() throws IOException {
        sink = new SmtpSink();
        node = new PackagedNode(
                        PackagedNode.Form.COMMAND,
                        folder.resolve("home"),
                        Map.of("POSTHORN_SMARTHOSTS", sink.url(), "POSTHORN_API_USERS", "restadmin:restpass"))
                .start();
    }

    @AfterAll
    static void stopNode() throws Exception {
        if (node != null) {
            node.close();
        }
        sink.close();
    }

    @Test
    void everyCallOfMailmanclientShouldDoWhatItSays() throws IOException, InterruptedException {
        Path output = folder.resolve("mailmanclient.log");
        Process script = new ProcessBuilder(
                        PYTHON,
                        "-W",
                        "ignore::DeprecationWarning",
                        "src/test/python/mailmanclient_calls.py",
                        "http://127.0.0.1:" + node.httpPort() + "/3.1",
                        "restadmin",
                        "restpass")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();

        boolean ended = script.waitFor(300, TimeUnit.SECONDS);
        if (!ended) {
            script.destroyForcibly().onExit().join();
        }

        String said = Files.readString(output);
        System.out.println(said);
        assertThat(ended).as("the script ends\n" + said + node.log()).isTrue();
        assertThat(script.exitValue()).as(said).isZero();
        assertThat(said).containsPattern("Ran [1-9][0-9] tests in");
    }
}
