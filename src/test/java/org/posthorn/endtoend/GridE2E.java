package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.testing.Eventually;
import org.posthorn.testing.FreePort;
import org.posthorn.testing.PackagedNode;
import org.posthorn.testing.PackagedSite;
import org.posthorn.testing.SmtpSink;

/** Two nodes in one data grid: what it gives them, whom it listens to, and that they do without. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GridE2E {

    private static final String LIST = "test@lists.example.org";
    private static final List<String> MEMBERS = List.of("ann@example.com", "bob@example.net");
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static SmtpSink sink;
    private static PackagedSite site;

    @BeforeAll
    static void start() throws IOException {
        sink = new SmtpSink();
        site = PackagedSite.withGrid(folder, Map.of("POSTHORN_SMARTHOSTS", sink.url()), "n1", "n2")
                .start();
        site.node("n1").makeList(LIST, MEMBERS);
    }

    @AfterAll
    static void stop() throws Exception {
        if (site != null) {
            site.close();
        }
        sink.close();
    }

    private static long metric(PackagedNode node, String series) {
        Matcher found = Pattern.compile("(?m)^posthorn_" + Pattern.quote(series) + " ([0-9.]+)$")
                .matcher(node.get("/metrics").body());
        return found.find() ? (long) Double.parseDouble(found.group(1)) : 0;
    }

    private static long wakeUps(PackagedNode node, String outcome) {
        return metric(node, "grid_wake_ups_total{outcome=\"" + outcome + "\"}");
    }

    private static boolean awaitMembers(PackagedNode node, int count) {
        return Eventually.holds(SOON, () -> metric(node, "grid_members") == count);
    }

    private static boolean awaitSharedSlices() {
        return Eventually.holds(SOON, () -> {
            String queues = site.node("n1").get("/api/queues").body();
            return queues.contains("\"n1\"") && queues.contains("\"n2\"");
        });
    }

    private static void assertDelivered(int posts) throws IOException {
        List<String> messageIds = new ArrayList<>();
        for (int i = 0; i < posts; i++) {
            String messageId = PackagedNode.newMessageId();
            assertThat(site.node("n1")
                            .deliver(
                                    "ann@example.com",
                                    List.of(LIST),
                                    PackagedNode.message("ann@example.com", LIST, "By two nodes", messageId)))
                    .singleElement()
                    .asString()
                    .startsWith("250");
            messageIds.add(messageId);
        }
        for (String messageId : messageIds) {
            assertThat(sink.awaitRecipients(messageId, MEMBERS.size(), SOON))
                    .as(() -> site.node("n1").log() + site.node("n2").log())
                    .isTrue();
            assertThat(sink.recipientsOf(messageId)).containsExactlyInAnyOrderElementsOf(MEMBERS);
        }
    }

    /** Who listens on a port, as the kernel has it: addresses in hexadecimal. */
    private static List<String> listeners(int port) throws IOException {
        List<String> addresses = new ArrayList<>();
        String suffix = ":%04X".formatted(port);
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            try (Stream<String> lines = Files.lines(Path.of(table))) {
                lines.map(line -> line.strip().split("\\s+"))
                        .filter(fields -> fields.length > 3 && fields[3].equals("0A") && fields[1].endsWith(suffix))
                        .forEach(fields -> addresses.add(fields[1].substring(0, fields[1].indexOf(':'))));
            }
        }
        return addresses;
    }

    @Test
    @Order(1)
    void nodesShouldFindEachOther() {
        for (PackagedNode node : site.nodes()) {
            assertThat(awaitMembers(node, 2)).as(node.log()).isTrue();
        }
    }

    @Test
    @Order(2)
    void gridShouldListenOnItsInterfaceOnly() throws IOException {
        for (PackagedNode node : site.nodes()) {
            assertThat(listeners(site.gridPort(node.name())))
                    .isNotEmpty()
                    .isSubsetOf("0100007F", "0000000000000000FFFF00000100007F");
        }
        for (InetAddress outer : NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .toList()) {
            try (Socket socket = new Socket()) {
                assertThat(Eventually.holds(Duration.ZERO, () -> {
                            socket.connect(new InetSocketAddress(outer, site.gridPort("n1")), 2000);
                            return true;
                        }))
                        .as("a stranger gets in by %s", outer)
                        .isFalse();
            }
        }
    }

    @Test
    @Order(3)
    void entryInTheOtherNodesSliceShouldBeToldToIt() throws IOException {
        assertThat(awaitSharedSlices()).isTrue();
        long sent = wakeUps(site.node("n1"), "sent");
        long heard = wakeUps(site.node("n2"), "heard");

        assertDelivered(20);

        assertThat(Eventually.holds(SOON, () -> wakeUps(site.node("n1"), "sent") > sent))
                .isTrue();
        assertThat(Eventually.holds(SOON, () -> wakeUps(site.node("n2"), "heard") > heard))
                .isTrue();
        assertThat(site.nodes())
                .allSatisfy(node -> assertThat(wakeUps(node, "refused")).isZero());
    }

    @Test
    @Order(4)
    void strangersOctetsShouldLeaveTheGridAsItIs() throws IOException {
        for (String octets : List.of("HZC", "GET / HTTP/1.1\r\n\r\n", "\u0000\u00ff".repeat(10_000))) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), site.gridPort("n2"))) {
                socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                // hung up on: as well
            }
        }

        assertThat(awaitMembers(site.node("n1"), 2)).isTrue();
        assertDelivered(3);
    }

    @Test
    @Order(5)
    void nodeWhoseMembersAreAwayShouldStartAndShareTheWork() throws Exception {
        site.node("n2").terminate();
        int own = FreePort.next(); // n1, which goes on looking for n2, must not find it
        long began = System.nanoTime();
        site.node("n2")
                .with("POSTHORN_CLUSTER", "tcpip:127.0.0.1:" + FreePort.next() + ",127.0.0.1:" + own)
                .with("POSTHORN_CLUSTER_PORT", Integer.toString(own))
                .start();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SOON);
        assertThat(awaitMembers(site.node("n2"), 1)).isTrue();
        assertThat(awaitMembers(site.node("n1"), 1)).isTrue();
        assertThat(awaitSharedSlices()).isTrue();
        assertDelivered(10);
    }
}
