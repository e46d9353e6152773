package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.testing.ConsoleVisitor;
import org.posthorn.testing.Eventually;
import org.posthorn.testing.PackagedNode;
import org.posthorn.testing.Rest;

/** What stands before the console, tried with requests that no browser sends. */
class DoorE2E {

    private static final String HIDDEN = "hidden-one.hidden.example";
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int OF_HALF_A_MEGABYTE = 512 * 1024;

    @TempDir
    static Path folder;

    private static PackagedNode node;
    private static ConsoleVisitor owner;

    @BeforeAll
    static void start() {
        node = new PackagedNode(PackagedNode.Form.COMMAND, folder.resolve("home"), Map.of()).start();
        node.makeList("hidden-one@hidden.example", List.of("ann@example.com"));
        owner = new ConsoleVisitor(node.httpPort()).signIn(PackagedNode.USER, PackagedNode.PASSWORD);
        assertThat(rest().form("PATCH", "/lists/" + HIDDEN + "/config", "advertised", "False")
                        .status())
                .isEqualTo(204);
    }

    private static Rest rest() {
        return new Rest("http://localhost:" + node.httpPort() + "/3.1", PackagedNode.USER, PackagedNode.PASSWORD);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (node != null) {
            node.close();
        }
    }

    /** Sends an address exactly as it is written. */
    private static String answer(String path) throws IOException {
        try (Socket socket = new Socket("localhost", node.httpPort())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost:" + node.httpPort()
                                    + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/site/lists/index.xhtml",
                "/site/lists/index.xhtml;x=1",
                "//site/lists/index.xhtml",
                "/site//lists/index.xhtml",
                "/site/lists/%69ndex.xhtml",
                "/%73ite/lists/index.xhtml",
                "/static/../site/lists/index.xhtml",
                "/static/../site/lists/index.xhtml?page=1",
                "/static//../site/lists/index.xhtml",
                "/static/./../site/lists/index.xhtml",
                "/static/%2e%2e/site/lists/index.xhtml",
                "/static/%2E./site/lists/index.xhtml",
                "/static/%2e%2e%2fsite/lists/index.xhtml",
                "/static%2f..%2fsite%2flists%2findex.xhtml",
                "/static/..%5csite/lists/index.xhtml",
                "/static/..;x=1/site/lists/index.xhtml",
                "/static/../site/lists",
                "/static/%c0%ae%c0%ae/site/lists/index.xhtml",
                "/jakarta.faces.resource/site/lists/index.xhtml",
                "/jakarta.faces.resource/../site/lists/index.xhtml",
                "/jakarta.faces.resource/x;/../../site/lists/index.xhtml",
                "/jakarta.faces.resource/jakarta.faces.resource/../../site/lists/index.xhtml",
                "/jakarta.faces.resource/jakarta.faces.resource/site/lists/index.xhtml",
                "/jakarta.faces.resource/jakarta.faces.resource//site/lists/index.xhtml",
                "/health/ready/../../site/lists/index.xhtml",
                "/3.1/../site/lists/index.xhtml",
                "http://localhost/static/../site/lists/index.xhtml",
                "http://localhost/site/lists/index.xhtml",
                "/site/domains/_mail-host.xhtml",
                "/jakarta.faces.resource/site/lists/new.xhtml",
                "/jakarta.faces.resource/error.xhtml",
            })
    void pagesShouldNotBeReachedRoundTheDoor(String path) throws IOException {
        String answer = answer(path);

        assertThat(answer).doesNotContain("hidden-one", "hidden.example").matches("(?s)HTTP/1.1 (301|303|400|404) .*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/static/posthorn.css",
                "/jakarta.faces.resource/faces.js.xhtml?ln=jakarta.faces",
                "/jakarta.faces.resource/jquery/jquery.js.xhtml?ln=primefaces",
            })
    void whatIsOpenShouldStayOpen(String path) throws IOException {
        assertThat(answer(path)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void fileOfNoLibraryShouldNotBeThere() throws IOException {
        assertThat(answer("/jakarta.faces.resource/x")).startsWith("HTTP/1.1 404 ");
    }

    /** The container would keep each of the parts as long as it runs: 900 MB here, of a heap of 512 MB. */
    @ParameterizedTest
    @ValueSource(strings = {"/login", "/login.xhtml", "/login.upload", "/lists", "/search", "/error", "/3.1/lists"})
    void multipartShouldBeRefusedUnread(String path) throws IOException {
        for (int i = 0; i < 4; i++) {
            assertThat(sendParts(path)).startsWith("HTTP/1.1 415 ");
        }

        assertThat(node.get("/health/ready").status()).isEqualTo(200);
    }

    /** @return what was answered to 32 MB in parts of half a megabyte, which may come before all was sent */
    private static String sendParts(String path) throws IOException {
        byte[] head =
                "--B\r\nContent-Disposition: form-data; name=\"a\"; filename=\"b\"\r\nContent-Type: text/plain\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII);
        byte[] end = "\r\n--B--\r\n".getBytes(StandardCharsets.US_ASCII);
        int parts = 64;
        long length = (long) parts * (head.length + OF_HALF_A_MEGABYTE + 2) + end.length - 2;
        try (Socket socket = new Socket("localhost", node.httpPort())) {
            socket.setSoTimeout(60_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + path + " HTTP/1.1\r\nHost: localhost:" + node.httpPort()
                            + "\r\nContent-Type: multipart/form-data; boundary=B\r\nContent-Length: " + length
                            + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 415 ".length());
            try {
                for (int i = 0; i < parts; i++) {
                    out.write(head);
                    out.write(new byte[OF_HALF_A_MEGABYTE]);
                    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                }
                out.write(end, 2, end.length - 2);
            } catch (SocketException e) {
                // The server has closed the connection: it does not want it.
            }
            return new String(status, StandardCharsets.US_ASCII);
        }
    }

    @Test
    void newPasswordShouldEndTheSessionsThatTheOldOneBegan() {
        ConsoleVisitor thief = aServerOwner("eve@example.com");
        assertThat(thief.open("/site").status()).isEqualTo(200);

        assertThat(rest().form("PATCH", "/users/eve@example.com", "cleartext_password", "changed-Passw0rd")
                        .status())
                .isEqualTo(204);

        assertThat(thief.open("/site").location()).startsWith("/login");
        assertThat(thief.open("/").body()).doesNotContain("eve@example.com");
        assertThat(owner.open("/site").status()).isEqualTo(200);
    }

    @Test
    void personShouldBeSignedOutEverywhere() {
        ConsoleVisitor away = aServerOwner("otto@example.com");
        assertThat(away.open("/site").status()).isEqualTo(200);
        String page = owner.open("/site/users?q=otto@example.com")
                .html()
                .selectFirst("#content a[href^=/site/users/]")
                .attr("href");

        assertThat(owner.send(owner.form(page, "removal"), "sign-out").status()).isEqualTo(303);

        assertThat(away.open("/site").location()).startsWith("/login");
        assertThat(away.signIn("otto@example.com", PackagedNode.PASSWORD)
                        .open("/site")
                        .status())
                .isEqualTo(200);
    }

    private static ConsoleVisitor aServerOwner(String email) {
        assertThat(rest().form(
                                "POST",
                                "/users",
                                "email",
                                email,
                                "password",
                                PackagedNode.PASSWORD,
                                "is_server_owner",
                                "True")
                        .status())
                .isEqualTo(201);
        return new ConsoleVisitor(node.httpPort()).signIn(email, PackagedNode.PASSWORD);
    }

    @Test
    void fileOfMembersShouldBeReadAsTheBodyOfARequest() {
        ConsoleVisitor.Answer answer = owner.post(
                "/manage/" + HIDDEN + "/members/import",
                "text/csv; charset=utf-8",
                HttpRequest.BodyPublishers.ofString("email\ndora@example.org\nwrong\n"));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.location()).startsWith("/manage/" + HIDDEN + "/members/imports/");
        assertThat(isThere("dora@example.org")).isTrue();
        assertThat(Eventually.holds(
                        SOON, () -> owner.open(answer.location()).html().text().contains("1 added")))
                .as("the import's own page tells of it")
                .isTrue();
    }

    @Test
    void fileOfAStrangerShouldNotBeRead() {
        ConsoleVisitor.Answer answer = new ConsoleVisitor(node.httpPort())
                .post(
                        "/manage/" + HIDDEN + "/members/import",
                        "text/csv",
                        HttpRequest.BodyPublishers.ofString("email\nevil@example.org\n"));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(node.get("/3.1/lists/" + HIDDEN + "/member/evil@example.org").status())
                .isEqualTo(404);
    }

    @Test
    void fileThatDoesNotSayHowLongItIsShouldNotBeRead() {
        ConsoleVisitor.Answer answer = owner.post(
                "/manage/" + HIDDEN + "/members/import",
                "text/csv",
                HttpRequest.BodyPublishers.ofInputStream(() ->
                        new ByteArrayInputStream("email\nendless@example.org\n".getBytes(StandardCharsets.UTF_8))));

        assertThat(answer.status()).isEqualTo(411);
    }

    @Test
    void rowsShouldBeTakenWithoutScripts() {
        // One import at a time: one of another test may be under way.
        boolean taken = Eventually.holds(SOON, () -> {
            ConsoleVisitor.Form form = owner.form("/manage/" + HIDDEN + "/members/import", "importing");
            ConsoleVisitor.Answer answer = owner.send(form.fill("rows", "email\nemil@example.org\n"), "submit");
            return answer.status() == 303 && isMember("emil@example.org");
        });

        assertThat(taken).isTrue();
    }

    private static boolean isThere(String member) {
        return Eventually.holds(SOON, () -> isMember(member));
    }

    private static boolean isMember(String email) {
        return rest().get("/lists/" + HIDDEN + "/member/" + email).status() == 200;
    }
}
