package org.posthorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which server is asked, as whom, and what becomes of it when it does not answer well. */
class ConnectionTest {

    private final StubServer server = new StubServer().on("GET /api/nodes", 200, "[]");

    @TempDir
    private Path home;

    @AfterEach
    void close() {
        server.close();
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private String sentBy(Map<String, String> environment, String... args) {
        Ran ran = Ran.of(environment, "", false, args);
        assertThat(ran.exit()).as(ran.err()).isZero();
        return server.asked().get(0).authorization();
    }

    @Test
    void localNodeShouldBeAskedWithItsGeneratedPassword() throws Exception {
        Files.writeString(home.resolve("admin-password"), "generated-by-the-node\n");
        String port = server.url().replaceAll(".*:", "");

        assertThat(sentBy(Map.of("POSTHORN_HOME", home.toString(), "POSTHORN_HTTP_PORT", port), "node", "ls"))
                .isEqualTo(basic("admin:generated-by-the-node"));
    }

    @Test
    void settingsShouldAlsoComeFromTheNodesProperties() throws Exception {
        Files.writeString(
                home.resolve("posthorn.properties"),
                "posthorn.http.port=" + server.url().replaceAll(".*:", "")
                        + "\nPOSTHORN_ADMIN_PASSWORD=from-the-file\nposthorn.admin.user=root\n");

        assertThat(sentBy(Map.of("POSTHORN_HOME", home.toString()), "node", "ls"))
                .isEqualTo(basic("root:from-the-file"));
    }

    @Test
    void passwordShouldComeFromAFile() throws Exception {
        Path file = Files.writeString(home.resolve("secret"), "in the file\nnot this\n");

        assertThat(sentBy(
                        Map.of("POSTHORN_TOKEN", "ignored"),
                        "node",
                        "ls",
                        "--url",
                        server.url(),
                        "--user",
                        "ann",
                        "--password-file",
                        file.toString()))
                .isEqualTo(basic("ann:in the file"));
    }

    @Test
    void tokenShouldBeSentAsBearer() {
        assertThat(sentBy(Map.of("POSTHORN_TOKEN", "posthorn_abc", "POSTHORN_URL", server.url()), "node", "ls"))
                .isEqualTo("Bearer posthorn_abc");
    }

    @Test
    void passwordShouldBeAskedForWhereSomebodyIs() {
        Ran.of(Map.of("POSTHORN_URL", server.url()), "", true, "node", "ls");

        assertThat(server.asked().get(0).authorization()).isEqualTo(basic("admin:asked-password"));
    }

    @Test
    void withoutPasswordTheCommandShouldSayWhereToPutIt() {
        Ran ran = Ran.of(Map.of("POSTHORN_URL", server.url()), "", false, "node", "ls");

        assertThat(ran.exit()).isEqualTo(Exit.NOT_ALLOWED);
        assertThat(ran.err()).contains("POSTHORN_ADMIN_PASSWORD", "POSTHORN_TOKEN", "--password-file");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void passwordShouldNotCrossTheNetworkInTheClear() {
        Ran ran = Ran.of(
                Map.of("POSTHORN_ADMIN_PASSWORD", "x".repeat(10)),
                "",
                false,
                "node",
                "ls",
                "--url",
                "http://lists.example.org");

        assertThat(ran.exit()).isEqualTo(Exit.USAGE);
        assertThat(ran.err()).contains("in the clear", "--clear-text");
    }

    @Test
    void urlWithAPasswordShouldBeRefusedWithoutShowingIt() {
        Ran ran = Ran.of(Map.of(), "", false, "node", "ls", "--url", "http://admin:geheim@127.0.0.1");

        assertThat(ran.exit()).isEqualTo(Exit.USAGE);
        assertThat(ran.err()).doesNotContain("geheim");
    }

    @Test
    void optionsShouldStandBeforeAndAfterTheCommand() {
        assertThat(Ran.command(server, "--json", "--timeout", "60", "node", "ls")
                        .out())
                .isEqualTo("[]\n");
        assertThat(Ran.command(server, "node", "ls", "--json", "--timeout", "60")
                        .out())
                .isEqualTo("[]\n");
        assertThat(Ran.command(server, "--timeout", "0", "node", "ls").exit()).isEqualTo(Exit.USAGE);
    }

    @Test
    void nobodyListeningShouldBeUnreachable() {
        server.close();

        Ran ran = Ran.command(server, "node", "ls");

        assertThat(ran.exit()).isEqualTo(Exit.UNREACHABLE);
        assertThat(ran.err()).startsWith("posthorn: " + server.url()).contains("is the node running");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void silentServerShouldBeWaitedForOnlySoLong() {
        server.beSilent();

        Ran ran = Ran.command(server, "node", "ls", "--timeout", "1");

        assertThat(ran.exit()).isEqualTo(Exit.UNREACHABLE);
        assertThat(ran.err()).contains("within 1 s");
    }

    @Test
    void answerThatDoesNotEndShouldBeWaitedForOnlySoLong() {
        server.stall();

        Ran ran = Ran.command(server, "node", "ls", "--timeout", "1");

        assertThat(ran.exit()).isEqualTo(Exit.UNREACHABLE);
        assertThat(ran.err()).contains("1 s");
    }

    @Test
    void wrongPasswordShouldNotBeAllowed() {
        server.on(
                "GET /api/nodes", 401, "{\"title\": \"Unauthorized\", \"detail\": \"REST API authorization failed\"}");

        Ran ran = Ran.command(server, "node", "ls");

        assertThat(ran.exit()).isEqualTo(Exit.NOT_ALLOWED);
        assertThat(ran.err()).contains("authorization failed").doesNotContain("secret-password");
    }

    @Test
    void missingRightShouldNotBeAllowed() {
        server.on("GET /api/nodes", 403, "{\"detail\": \"This takes the right SEE_SITE\"}");

        Ran ran = Ran.command(server, "node", "ls");

        assertThat(ran.exit()).isEqualTo(Exit.NOT_ALLOWED);
        assertThat(ran.err()).isEqualTo("posthorn: This takes the right SEE_SITE\n");
    }

    @Test
    void serverThatIsNotReadyShouldBeUnreachable() {
        server.on("GET /api/nodes", 503, "<html>not ready</html>");

        assertThat(Ran.command(server, "node", "ls").exit()).isEqualTo(Exit.UNREACHABLE);
    }

    @Test
    void anotherServersAnswerShouldBeSaidToBeOne() {
        server.on("GET /api/nodes", 200, "<html>It works!</html>");

        Ran ran = Ran.command(server, "node", "ls");

        assertThat(ran.exit()).isEqualTo(Exit.FAILED);
        assertThat(ran.err()).contains("is this a Posthorn?");
    }

    @Test
    void refusalShouldBeShownInTheServersWordsOnOneLine() {
        server.on(
                "PATCH /api/nodes/n1", 400, "{\"detail\": \"draining=maybe is not allowed:\\n\\u001b[31m yes or no\"}");

        Ran ran = Ran.command(server, "node", "drain", "n1");

        assertThat(ran.exit()).isEqualTo(Exit.FAILED);
        assertThat(ran.err()).isEqualTo("posthorn: draining=maybe is not allowed:  [31m yes or no\n");
    }
}
