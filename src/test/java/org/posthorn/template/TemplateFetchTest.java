package org.posthorn.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.posthorn.platform.settings.Cidr;
import org.posthorn.platform.settings.TemplateHosts;

class TemplateFetchTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n";

    private ServerSocket server;
    private volatile byte[] answer = new byte[0];
    private volatile boolean holds;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "template-server");
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                requests.add(head(socket.getInputStream()));
                socket.getOutputStream().write(answer);
                socket.getOutputStream().flush();
                if (!holds) {
                    socket.close();
                }
            } catch (IOException e) {
                // the client has gone, or the test is over
            }
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int octet = in.read(); octet >= 0 && head.indexOf("\r\n\r\n") < 0; octet = in.read()) {
            head.append((char) octet);
            if (head.indexOf("\r\n\r\n") >= 0) {
                break;
            }
        }
        return head.toString();
    }

    private TemplateHosts hosts(boolean inside) {
        return new TemplateHosts(
                List.of(new TemplateHosts.Host("localhost", true, server.getLocalPort())),
                inside
                        ? List.of(
                                Cidr.parse("127.0.0.0/8").orElseThrow(),
                                Cidr.parse("::1").orElseThrow())
                        : List.of());
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + server.getLocalPort() + path);
    }

    private String fetched(String answer) throws TemplateFetch.FailedException {
        this.answer = answer.getBytes(StandardCharsets.UTF_8);
        return new TemplateFetch(hosts(true), LONG).text(uri("/a/b?c=d%20e"), null, null);
    }

    private void refused(String answer, String why) {
        assertThatThrownBy(() -> fetched(answer))
                .isInstanceOf(TemplateFetch.FailedException.class)
                .hasMessageContaining(why);
    }

    @Test
    void textShouldBeFetchedAndItsLinesEndInLf() throws TemplateFetch.FailedException {
        assertThat(fetched(OK + "\r\nGrüße,\r\n$listname\r\n")).isEqualTo("Grüße,\n$listname\n");
        assertThat(requests.get(0))
                .startsWith("GET /a/b?c=d%20e HTTP/1.0\r\nHost: localhost:" + server.getLocalPort() + "\r\n")
                .doesNotContain("Authorization");
    }

    @Test
    void emptyTextShouldBeATextToo() throws TemplateFetch.FailedException {
        assertThat(fetched(OK + "Content-Length: 0\r\n\r\n")).isEmpty();
    }

    @Test
    void serverThatDoesNotEndTheConnectionShouldNotBeWaitedFor() throws TemplateFetch.FailedException {
        holds = true;
        assertThat(fetched(OK + "Content-Length: 5\r\n\r\nhello")).isEqualTo("hello");
    }

    @Test
    void otherAnswersShouldBeRefusedWithTheReason() {
        refused("HTTP/1.1 302 Found\r\nLocation: http://localhost/\r\n\r\n", "redirects are not followed");
        refused("HTTP/1.1 404 Not Found\r\n\r\n", "the answer was 404");
        refused("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>", "text/plain is expected, not text/html");
        refused("HTTP/1.1 200 OK\r\n\r\nx", "text/plain is expected");
        refused(OK + "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n", "encoded");
        refused(OK + "Content-Length: 10\r\n\r\nshort", "cut");
        refused("SSH-2.0-OpenSSH\r\n", "no HTTP answer");
        refused("HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=x-unknown\r\n\r\nx", "charset");
    }

    @Test
    void longTextShouldNotBeReadToItsEnd() {
        refused(OK + "\r\n" + "x".repeat(TemplateFetch.MOST_BYTES + 1), "longer than");
        refused("HTTP/1.1 200 OK\r\n" + "X-Filler: y\r\n".repeat(5000) + "\r\n", "no HTTP answer");
    }

    @Test
    void silentServerShouldBeGivenUp() {
        holds = true;
        answer = OK.getBytes(StandardCharsets.US_ASCII);
        TemplateFetch fetch = new TemplateFetch(hosts(true), Duration.ofMillis(200));
        assertThatThrownBy(() -> fetch.text(uri("/"), null, null)).hasMessageContaining("no answer within");
    }

    @Test
    void serverThatGivesAnOctetNowAndThenShouldBeGivenUpInItsHandshakeToo() throws IOException, InterruptedException {
        try (ServerSocket slow = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CountDownLatch gone = new CountDownLatch(1);
            Thread thread = new Thread(() -> trickle(slow, gone), "slow-server");
            thread.setDaemon(true);
            thread.start();
            TemplateHosts listed = new TemplateHosts(
                    List.of(new TemplateHosts.Host("localhost", false, slow.getLocalPort())),
                    hosts(true).inside());
            TemplateFetch fetch = new TemplateFetch(listed, Duration.ofMillis(400));
            URI uri = URI.create("https://localhost:" + slow.getLocalPort() + "/");

            assertTimeoutPreemptively(
                    Duration.ofSeconds(10),
                    () -> assertThatThrownBy(() -> fetch.text(uri, null, null))
                            .hasMessageContaining("no answer within"));
            assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** The beginning of a long handshake message, an octet each 20 ms, until the other side has gone. */
    private static void trickle(ServerSocket server, CountDownLatch gone) {
        try (Socket socket = server.accept()) {
            socket.getOutputStream().write(new byte[] {22, 3, 3, 0x3f, 0, 2, 0, 0x3e, 0});
            for (int i = 0; i < 10_000; i++) {
                socket.getOutputStream().write(0);
                LockSupport.parkNanos(20_000_000);
            }
        } catch (IOException e) {
            gone.countDown();
        }
    }

    @Test
    void resolverThatHangsShouldNotBeWaitedForAndNotBeAskedWithoutEnd() {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch release = new CountDownLatch(1);
        TemplateFetch fetch = new TemplateFetch(hosts(true), Duration.ofMillis(100), host -> {
            asked.incrementAndGet();
            awaitUninterruptibly(release);
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        });

        for (int i = 0; i < 10; i++) {
            assertTimeoutPreemptively(
                    Duration.ofSeconds(10),
                    () -> assertThatThrownBy(() -> fetch.text(uri("/"), null, null))
                            .hasMessageContaining("no answer within"));
        }

        assertThat(asked).hasValue(4);
        assertThat(requests).isEmpty();
        release.countDown();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void hostThatNobodyKnowsShouldBeSaidToBeUnknown() {
        TemplateFetch fetch = new TemplateFetch(hosts(true), Duration.ofSeconds(5), host -> {
            throw new UnknownHostException(host);
        });

        assertThatThrownBy(() -> fetch.text(uri("/"), null, null)).hasMessage("the host is not known");
    }

    @Test
    void addressInsideShouldNotBeConnectedToUnlessListed() {
        TemplateFetch fetch = new TemplateFetch(hosts(false), LONG);
        assertThatThrownBy(() -> fetch.text(uri("/"), null, null))
                .hasMessageContaining("inside and not listed")
                .hasMessageNotContaining("127.0.0.1");
        assertThat(requests).isEmpty();
    }

    /** A fetch of a name that nobody but this resolver knows. */
    private String fetchedBy(HostLookup.Resolver resolver) throws TemplateFetch.FailedException {
        TemplateHosts named = new TemplateHosts(
                List.of(new TemplateHosts.Host("templates.invalid", true, server.getLocalPort())),
                List.of(Cidr.parse("127.0.0.0/8").orElseThrow()));
        return new TemplateFetch(named, LONG, resolver)
                .text(URI.create("http://templates.invalid:" + server.getLocalPort() + "/t"), null, null);
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void addressThatWasCheckedShouldBeTheOneThatIsConnectedTo() throws TemplateFetch.FailedException {
        answer = (OK + "\r\nhello").getBytes(StandardCharsets.UTF_8);
        AtomicInteger asked = new AtomicInteger();

        String text = fetchedBy(
                host -> new InetAddress[] {address(asked.getAndIncrement() == 0 ? "127.0.0.1" : "169.254.169.254")});

        assertThat(text).isEqualTo("hello");
        assertThat(asked).as("a second answer could lead elsewhere").hasValue(1);
    }

    @Test
    void hostWithOneAddressInsideAmongOthersShouldNotBeConnectedTo() {
        for (String inside : List.of("169.254.169.254", "10.0.0.1", "::ffff:10.0.0.1", "fd00::1", "::1", "0.0.0.0")) {
            assertThatThrownBy(() -> fetchedBy(host -> new InetAddress[] {address("127.0.0.1"), address(inside)}))
                    .as(inside)
                    .isInstanceOf(TemplateFetch.FailedException.class)
                    .hasMessageContaining("inside and not listed");
        }
        assertThat(requests).isEmpty();
    }

    @Test
    void redirectShouldNotBeFollowedEvenToAListedHost() {
        for (String status : List.of("301", "302", "303", "307", "308")) {
            requests.clear();
            refused(
                    "HTTP/1.1 " + status + " Elsewhere\r\nLocation: " + uri("/elsewhere") + "\r\n\r\n",
                    "redirects are not followed");
            assertThat(requests).as(status).hasSize(1);
        }
    }

    @Test
    void hostThatIsNotListedShouldNotBeConnectedTo() {
        TemplateFetch fetch = new TemplateFetch(TemplateHosts.NONE, LONG);
        assertThatThrownBy(() -> fetch.text(uri("/"), null, null)).hasMessageContaining("not listed");
        assertThat(requests).isEmpty();
    }

    @Test
    void passwordShouldNotGoInTheClear() {
        TemplateFetch fetch = new TemplateFetch(hosts(true), LONG);
        assertThatThrownBy(() -> fetch.text(uri("/"), "anne", "secret")).hasMessage("a password goes over https only");
        assertThat(requests).isEmpty();
    }
}
