package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.testing.ConsoleVisitor;
import org.posthorn.testing.PackagedNode;
import org.posthorn.testing.Rest;
import org.posthorn.testing.SmtpSink;

/** Posts with attachments, from LMTP to the members' mailboxes, and by the link that these hold back to the site. */
class AttachmentsE2E {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String OPEN = "open@lists.example.org";
    private static final String CLOSED = "closed@lists.example.org";
    private static final String MEMBER = "ann@example.com";
    private static final String PLAN = "<script>alert(1)</script>".repeat(20_000);
    private static final Pattern LINK = Pattern.compile("/attachments/[0-9a-f]{40}");

    @TempDir
    static Path folder;

    private static SmtpSink sink;
    private static PackagedNode node;

    @BeforeAll
    static void start() throws IOException {
        sink = new SmtpSink();
        node = new PackagedNode(
                        PackagedNode.Form.COMMAND, folder.resolve("home"), Map.of("POSTHORN_SMARTHOSTS", sink.url()))
                .start();
        for (String list : List.of(OPEN, CLOSED)) {
            node.makeList(list, List.of(MEMBER));
            configure(list, "attachment_link_threshold", "100", "max_message_size", "0");
        }
        configure(CLOSED, "archive_policy", "private");
        for (String email : List.of(MEMBER, "stranger@example.net")) {
            rest().form("POST", "/users", "email", email, "password", "end-to-end-Person1");
        }
        rest().form("PATCH", "/users/" + MEMBER, "cleartext_password", "end-to-end-Person1");
    }

    @AfterAll
    static void stop() throws Exception {
        node.close();
        sink.close();
    }

    private static Rest rest() {
        return new Rest("http://localhost:" + node.httpPort() + "/3.1", PackagedNode.USER, PackagedNode.PASSWORD);
    }

    private static void configure(String list, String... fields) {
        assertThat(rest().form("PATCH", "/lists/" + list.replace('@', '.') + "/config", fields)
                        .status())
                .isEqualTo(204);
    }

    /** @return the copy that the members got */
    private static String posted(String list) throws IOException {
        String messageId = PackagedNode.newMessageId();
        String message = "From: " + MEMBER + "\r\nTo: " + list + "\r\nSubject: The plan\r\nMessage-ID: " + messageId
                + "\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee below.\r\n"
                + "--b\r\nContent-Type: application/xhtml+xml; name=\"../plan \u00fc.html\"\r\n"
                + "Content-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(PLAN.getBytes(StandardCharsets.US_ASCII))
                + "\r\n--b\r\nContent-Type: application/x-msdownload; name=a.exe\r\n\r\nMZ\r\n--b--\r\n";
        assertThat(node.deliver(MEMBER, List.of(list), message))
                .singleElement()
                .asString()
                .startsWith("250");
        assertThat(sink.awaitRecipients(messageId, 1, SOON)).isTrue();
        return sink.copiesOf(messageId).get(0).text().replaceAll("=\r?\n", ""); // quoted-printable
    }

    private static String link(String text) {
        Matcher link = LINK.matcher(text);
        assertThat(link.find()).as(text).isTrue();
        return link.group();
    }

    private static ConsoleVisitor visitor() {
        return new ConsoleVisitor(node.httpPort());
    }

    @Test
    void anAttachmentOfAnOpenListShouldBeAFileForWhoHasItsAddress() throws IOException {
        configure(OPEN, "filter_content", "true", "filter_extensions", "exe");
        String copy = posted(OPEN);
        assertThat(copy).contains("See below.", "488 KiB").doesNotContain("MZ").hasSizeLessThan(6000);

        ConsoleVisitor.Answer answer = visitor().open(link(copy));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(PLAN);
        Map<String, List<String>> headers = answer.headers().map();
        assertThat(headers.get("content-type")).containsExactly("application/octet-stream");
        assertThat(headers.get("content-disposition"))
                .containsExactly("attachment; filename=\"plan _.html\"; filename*=UTF-8''plan%20%C3%BC.html");
        assertThat(headers.get("content-security-policy"))
                .containsExactly("sandbox; default-src 'none'; frame-ancestors 'none'");
        assertThat(headers.get("x-content-type-options")).containsExactly("nosniff");
        assertThat(headers.get("cache-control")).containsExactly("no-store");
        assertThat(headers).doesNotContainKey("set-cookie");
        assertThat(visitor().open("/attachments/" + "0".repeat(40)).status()).isEqualTo(404);
        assertThat(visitor().open("/attachments/_token.xhtml").status()).isEqualTo(404);
    }

    @Test
    void anAttachmentOfAClosedListShouldBeForItsMembersAndGoWithIt() throws IOException {
        String address = link(posted(CLOSED));

        ConsoleVisitor.Answer unknown = visitor().open(address);
        assertThat(unknown.status()).isEqualTo(303);
        assertThat(unknown.location()).startsWith("/login?next=%2Fattachments%2F");
        assertThat(visitor()
                        .signIn("stranger@example.net", "end-to-end-Person1")
                        .open(address)
                        .status())
                .isEqualTo(403);
        ConsoleVisitor member = visitor().signIn(MEMBER, "end-to-end-Person1");
        assertThat(member.open(address).body()).isEqualTo(PLAN);
        ConsoleVisitor owner = visitor().signIn(PackagedNode.USER, PackagedNode.PASSWORD);
        assertThat(owner.open(address).status()).isEqualTo(200);

        assertThat(rest().send("DELETE", "/lists/closed.lists.example.org").status())
                .isEqualTo(204);
        assertThat(owner.open(address).status()).isEqualTo(404);
    }
}
