package org.posthorn.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.platform.settings.Settings;
import org.posthorn.testing.LmtpClient;

class LmtpTlsTest {

    private static final char[] SECRET = "posthorn".toCharArray();

    @TempDir
    static Path keys;

    @TempDir
    Path folder;

    private static KeyStore first;

    @BeforeAll
    static void makeKeys() throws Exception {
        first = keyStore("first", "RSA");
    }

    private static KeyStore keyStore(String name, String algorithm) throws Exception {
        Path file = keys.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "lmtp",
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=" + name + ".example.org",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(SECRET))
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, SECRET);
        }
        return store;
    }

    private Settings.Certificate pem(KeyStore store) throws Exception {
        Path chain = Files.writeString(
                folder.resolve("chain.pem"),
                pem("CERTIFICATE", store.getCertificate("lmtp").getEncoded()));
        Path key = Files.writeString(
                folder.resolve("key.pem"),
                pem("PRIVATE KEY", store.getKey("lmtp", SECRET).getEncoded()));
        return new Settings.Certificate(chain, key);
    }

    private static String pem(String what, byte[] octets) {
        return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(octets) + "\n-----END " + what
                + "-----\n";
    }

    private LmtpFixture server(Settings.Certificate files) {
        return LmtpFixture.withCertificate(folder.resolve("spool"), Optional.of(new ServerCertificate(files)));
    }

    private static SSLContext trusting(KeyStore store) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("lmtp", store.getCertificate("lmtp"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void mailShouldComeUnderTlsAndItsTraceFieldSaySo(String version) throws Exception {
        try (LmtpFixture lmtp = server(pem(first));
                LmtpClient client = lmtp.client()) {
            assertThat(client.say("STARTTLS\r\n")).startsWith("220 ");
            client.encrypt(trusting(first), version);
            assertThat(client.say("MAIL FROM:<ann@example.com>\r\n"))
                    .as("what was said before does not count")
                    .startsWith("503 ");
            assertThat(client.say("LHLO client.example\r\n"))
                    .doesNotContain("STARTTLS")
                    .contains("250-PIPELINING");
            assertThat(client.say("STARTTLS\r\n")).startsWith("503 ");
            client.say("MAIL FROM:<ann@example.com>\r\nRCPT TO:<test@lists.example.org>\r\nDATA\r\n", 3);
            String body = "Subject: large\r\n\r\n" + "A line of a large message\r\n".repeat(4_000);
            assertThat(client.say(body + ".\r\n")).startsWith("250 ");
            assertThat(client.say("QUIT\r\n")).startsWith("221 ");
            assertThat(client.rest()).isEmpty();

            assertThat(lmtp.taken.messages).hasSize(1);
            assertThat(lmtp.taken.messages.get(0)).contains(" with LMTPS id ").endsWith(body);
        }
    }

    @Test
    void whatWasSentBehindStartTlsInTheClearShouldBeThrownAway() throws Exception {
        try (LmtpFixture lmtp = server(pem(first));
                LmtpClient client = lmtp.client()) {
            assertThat(client.say("STARTTLS\r\nLHLO injected.example\r\nMAIL FROM:<mallory@example.com>\r\n"))
                    .startsWith("220 ");
            client.encrypt(trusting(first), "TLSv1.3");

            assertThat(client.say("NOOP\r\n")).startsWith("250 2.0.0 Still");
            assertThat(client.say("RCPT TO:<test@lists.example.org>\r\n")).startsWith("503 ");
        }
    }

    @Test
    void startTlsShouldBeOfferedOnlyWithACertificate() throws Exception {
        try (LmtpFixture lmtp = new LmtpFixture(folder);
                LmtpClient client = new LmtpClient(lmtp.server.port())) {
            assertThat(client.say("LHLO client.example\r\n")).doesNotContain("STARTTLS");
            assertThat(client.say("STARTTLS\r\n")).startsWith("502 ");
        }
        try (LmtpFixture lmtp = server(pem(first));
                LmtpClient client = new LmtpClient(lmtp.server.port())) {
            assertThat(client.say("LHLO client.example\r\n")).contains("250-STARTTLS");
            assertThat(client.say("STARTTLS now\r\n")).startsWith("501 ");
        }
    }

    @Test
    void clientThatSpeaksNoTlsAfterAllShouldLoseItsConnectionAlone() throws Exception {
        try (LmtpFixture lmtp = server(pem(first));
                LmtpClient client = lmtp.client()) {
            assertThat(client.say("STARTTLS\r\n")).startsWith("220 ");
            client.send("MAIL FROM:<ann@example.com>\r\n");
            client.rest();
            try (LmtpClient other = lmtp.client()) {
                assertThat(other.say("NOOP\r\n")).startsWith("250 ");
            }
        }
    }

    @Test
    void renewedCertificateShouldCountFromTheNextConnectionOn() throws Exception {
        Settings.Certificate files = pem(first);
        KeyStore second = keyStore("second", "EC");
        try (LmtpFixture lmtp = server(files)) {
            assertThat(shownBy(lmtp, first)).contains("CN=first.example.org");

            pem(second);
            for (Path file : new Path[] {files.chain(), files.key()}) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
            }
            assertThat(shownBy(lmtp, second)).contains("CN=second.example.org");

            Files.writeString(files.key(), "half a file");
            Files.setLastModifiedTime(files.key(), FileTime.from(Instant.now().plusSeconds(120)));
            assertThat(shownBy(lmtp, second)).as("the one before stays").contains("CN=second.example.org");
        }
    }

    private static String shownBy(LmtpFixture lmtp, KeyStore trusted) throws Exception {
        try (LmtpClient client = lmtp.client()) {
            client.say("STARTTLS\r\n");
            return ((X509Certificate) client.encrypt(trusting(trusted), "TLSv1.3"))
                    .getSubjectX500Principal()
                    .getName();
        }
    }

    @Test
    void filesWithoutACertificateOrItsKeyShouldBeRefusedAtStart() throws Exception {
        Settings.Certificate files = pem(first);
        Files.writeString(files.key(), "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");

        assertThatThrownBy(() -> new ServerCertificate(files))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PKCS #8")
                .hasMessageContaining(files.key().toString());
    }
}
