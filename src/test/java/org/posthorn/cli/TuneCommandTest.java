package org.posthorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.testing.Mailsink;

class TuneCommandTest {

    private static final String FIGURES = "{\"connections\": %d, \"recipients\": 1, \"copies\": 100, \"seconds\": %s,"
            + " \"copies_per_second\": 0, \"median_ms\": 2.5, \"p95_ms\": 7, \"deferred\": 0, \"refused\": 0,"
            + " \"unknown\": 0, \"turned_away\": 0, \"ended\": 0, \"carried\": 0, \"said\": \"\"}";

    @TempDir
    private Path folder;

    private static Ran tune(String... args) {
        String[] all = new String[args.length + 1];
        all[0] = "tune";
        System.arraycopy(args, 0, all, 1, args.length);
        return Ran.of(Map.of(), "", false, all);
    }

    private static JsonObject object(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    @Test
    void smarthostByItsAddressShouldGetTheCopiesFromHere() {
        try (Mailsink sink = Mailsink.start()) {
            Ran ran = tune(
                    "--smarthost=smtp://127.0.0.1:" + sink.port(),
                    "--to=sink@example.org",
                    "--copies=50",
                    "--connections=1,2",
                    "--yes");

            assertThat(ran.exit()).as(ran.err()).isEqualTo(Exit.OK);
            assertThat(ran.out()).startsWith("CONNECTIONS\t").contains("Recommended: connections=");
            assertThat(sink.stop().copies())
                    .hasSize(100)
                    .allMatch(copy -> copy.recipient().equals("sink@example.org"))
                    .allMatch(copy -> copy.reversePath().equals("sink@example.org"));
        }
    }

    @Test
    void jsonShouldBeOneObject() {
        try (Mailsink sink = Mailsink.start("--max-conn", "2")) {
            Ran ran = tune(
                    "--smarthost=smtp://127.0.0.1:" + sink.port(),
                    "--to=sink@example.org",
                    "--copies=50",
                    "--connections=1,4",
                    "--yes",
                    "--json");

            JsonObject told = object(ran.out());
            assertThat(told.getJsonArray("steps")).hasSize(2);
            assertThat(told.getString("stopped")).contains("421");
            assertThat(told.getJsonObject("recommended").getInt("connections")).isOne();
        }
    }

    @Test
    void nothingShouldBeSentBeforeSomebodySaidYes() {
        try (Mailsink sink = Mailsink.start()) {
            String url = "smtp://127.0.0.1:" + sink.port();

            Ran unasked = tune("--smarthost", url, "--to", "sink@example.org");
            Ran declined = Ran.of(Map.of(), "n\n", true, "tune", "--smarthost", url, "--to", "sink@example.org");
            Ran nowhere = tune("--smarthost", url, "--yes");

            assertThat(unasked.exit()).isEqualTo(Exit.USAGE);
            assertThat(unasked.err()).contains("up to 5000 test copies", "sink@example.org", "give --yes");
            assertThat(declined.exit()).isEqualTo(Exit.FAILED);
            assertThat(nowhere.exit()).isEqualTo(Exit.USAGE);
            assertThat(nowhere.err()).contains("--to");
            assertThat(sink.stop().statistics()).contains("\"conns\":0");
        }
    }

    @Test
    void smarthostByNameShouldBeFedByItsNode() {
        try (StubServer server = new StubServer().on("POST /api/smarthosts/relay2/tune", asked -> {
            int connections = object(asked.body()).getInt("connections");
            return new StubServer.Answer(200, "application/json", FIGURES.formatted(connections, 1.0 / connections));
        })) {
            Ran ran = Ran.command(
                    server,
                    "tune",
                    "--smarthost=relay2",
                    "--to=sink@example.org",
                    "--copies=100",
                    "--connections=1,2,4",
                    "--yes");

            assertThat(ran.exit()).as(ran.err()).isEqualTo(Exit.OK);
            assertThat(ran.out().lines().toList().get(3)).isEqualTo("4\t1\t100\t400.0\t2.5\t7.0\t0\t0\t0");
            assertThat(ran.out()).contains("Recommended: connections=4");
            assertThat(server.requests()).hasSize(3).containsOnly("POST /api/smarthosts/relay2/tune");
            JsonObject asked = object(server.asked().get(0).body());
            assertThat(asked.getString("to")).isEqualTo("sink@example.org");
            assertThat(asked.getInt("copies")).isEqualTo(100);
        }
    }

    @Test
    void unknownNameShouldBeToldInTheNodesWords() {
        try (StubServer server = new StubServer()) {
            Ran ran = Ran.command(server, "tune", "--smarthost=nosuch", "--to=sink@example.org", "--yes");

            assertThat(ran.exit()).isEqualTo(Exit.FAILED);
            assertThat(ran.err()).contains("404");
        }
    }

    @Test
    void nobodyThereShouldBeUnreachable() {
        Mailsink gone = Mailsink.start();
        gone.close();

        Ran ran = tune("--smarthost=smtp://127.0.0.1:" + gone.port(), "--to=sink@example.org", "--yes");

        assertThat(ran.exit()).isEqualTo(Exit.UNREACHABLE);
        assertThat(ran.err()).contains("refused");
    }

    @Test
    void aSinkOfItsOwnShouldNeedNoSmarthostNorYes() {
        Ran ran = tune("--sink", "--copies=500", "--connections=1,2", "--recipients=1,10");

        assertThat(ran.exit()).as(ran.err()).isEqualTo(Exit.OK);
        assertThat(ran.out())
                .contains("PIPELINING: yes  CHUNKING: yes")
                .contains("Recommended: connections=")
                .contains("rcpts=");
    }

    @Test
    void passwordShouldComeFromAFileAndNeverBeShown() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "s3cret\n");

        Ran inUrl = tune("--smarthost=smtp://ann:s3cret@127.0.0.1:9", "--to=sink@example.org", "--yes");
        Ran alone = tune("--smarthost=smtp://ann@127.0.0.1:9", "--to=sink@example.org", "--yes");
        Ran without = tune(
                "--smarthost=smtp://127.0.0.1:9", "--smtp-password-file=" + secret, "--to=sink@example.org", "--yes");

        assertThat(inUrl.exit()).isEqualTo(Exit.USAGE);
        assertThat(inUrl.err()).contains("--smtp-password-file").doesNotContain("s3cret");
        assertThat(alone.exit()).isEqualTo(Exit.USAGE);
        assertThat(without.exit()).isEqualTo(Exit.USAGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--sink --smarthost=relay2",
                "",
                "--sink --connections=4,2",
                "--sink --connections=1,65",
                "--sink --copies=20001",
                "--sink --size=10",
                "--sink --seconds=61",
                "--sink --to=nonsense",
                "--sink --to=a@example.org --recipients=1,10",
                "--smarthost=http://127.0.0.1:25 --to=a@example.org --yes",
                "--smarthost=smtp://127.0.0.1:25?starttls=perhaps --to=a@example.org --yes",
                "--smarthost=smtp:///x --to=a@example.org --yes",
            })
    void whatIsNotAllowedShouldBeWrongUsage(String line) {
        Ran ran = tune(line.isEmpty() ? new String[0] : line.split(" "));

        assertThat(ran.exit()).as(ran.out() + ran.err()).isEqualTo(Exit.USAGE);
        assertThat(ran.err()).isNotBlank();
    }
}
