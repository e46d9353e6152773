package org.posthorn.platform.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.platform.actor.Scope;

class SettingsTest {

    private static Settings read(Map<String, String> environment) {
        return Settings.read(source(environment));
    }

    private static SettingSource source(Map<String, String> environment) {
        return new SettingSource(new Properties(), environment, new Properties());
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:h2:file:/srv/p/posthorn, true",
        "jdbc:h2:file:/srv/p/posthorn;auto_server=true, false",
        "jdbc:h2:tcp://localhost/posthorn, false",
        "jdbc:postgresql://localhost/posthorn, false"
    })
    void fileOfOneProcessShouldBeToldFromOtherDatabases(String url, boolean file) {
        assertThat(new Settings.Database(url, "", "").isFile()).isEqualTo(file);
    }

    @Test
    void lmtpCertificateShouldComeWithItsKeyAndBothBeReadable(@TempDir Path folder) throws Exception {
        String chain = Files.writeString(folder.resolve("chain.pem"), "").toString();
        String key = Files.writeString(folder.resolve("key.pem"), "").toString();

        assertThat(read(Map.of("POSTHORN_LMTP_CERTIFICATE", chain, "POSTHORN_LMTP_KEY", key))
                        .lmtp()
                        .certificate())
                .contains(new Settings.Certificate(Path.of(chain), Path.of(key)));
        assertThat(read(Map.of()).lmtp().certificate()).isEmpty();
        assertThatThrownBy(() -> read(Map.of("POSTHORN_LMTP_CERTIFICATE", chain)))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("POSTHORN_LMTP_KEY");
        assertThatThrownBy(() -> read(Map.of("POSTHORN_LMTP_CERTIFICATE", chain + "x", "POSTHORN_LMTP_KEY", key)))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("POSTHORN_LMTP_CERTIFICATE")
                .hasMessageContaining(chain + "x")
                .hasMessageContaining("a PEM file");
    }

    @Test
    void nothingSetShouldGiveTheDefaultsOfTheContract() {
        Settings settings = read(Map.of("POSTHORN_HOME", "/srv/posthorn"));

        assertThat(settings.home()).isEqualTo(Path.of("/srv/posthorn"));
        assertThat(settings.http()).isEqualTo(new Settings.Endpoint("127.0.0.1", 8080));
        assertThat(settings.publicUrl()).isEqualTo("http://localhost:8080");
        assertThat(settings.trustedProxies()).isEmpty();
        assertThat(settings.restAllow()).hasSize(2).isEqualTo(settings.monitorAllow());
        assertThat(settings.lmtp().endpoint()).isEqualTo(new Settings.Endpoint("127.0.0.1", 8024));
        assertThat(settings.lmtp().maxMessageBytes()).isEqualTo(50L << 20);
        assertThat(settings.digestTime()).isEqualTo(new TimeOfDay(LocalTime.NOON, ZoneId.systemDefault()));
        assertThat(settings.reminderTime()).isEqualTo(new TimeOfDay(LocalTime.of(8, 0), ZoneId.of("UTC")));
        assertThat(settings.headroom()).isEqualTo(new Headroom(1_000_000, 512L << 20));
        assertThat(settings.database().folder()).contains(Path.of("/srv/posthorn/db"));
        assertThat(settings.database().isPostgreSql()).isFalse();
        assertThat(settings.database().url())
                .startsWith("jdbc:h2:file:/srv/posthorn/")
                .contains("WRITE_DELAY=0");
        assertThat(settings.smarthosts()).containsExactly(SmarthostUrl.parse("smtp://127.0.0.1:25"));
        assertThat(settings.admin().user()).isEqualTo("admin");
        assertThat(settings.admin().password()).isEmpty();
        assertThat(settings.node().weight()).isEqualTo(1);
        assertThat(settings.cluster().isOn()).isFalse();
        assertThat(settings.cluster().port()).isEqualTo(6900);
        assertThat(settings.cluster().bind()).isEqualTo("127.0.0.1");
        assertThat(settings.repeatBound()).isEqualTo(100);
        assertThat(settings.bouncesWaitForIdle()).isTrue();
        assertThat(settings.kept()).isEqualTo(new Kept(30, 180, 30, 365, 400, 7));
        assertThat(settings.apiUsers()).isEmpty();
        assertThat(settings.headerChecks()).isEqualTo(new HeaderChecks(List.of(), "hold"));
    }

    @Test
    void headerChecksShouldBeReadLineByLine() {
        assertThat(read(Map.of(
                                "POSTHORN_HEADER_CHECKS",
                                "X-Spam-Flag: ^yes\n\n Subject : a: b|c\n",
                                "POSTHORN_HEADER_ACTION",
                                "Discard"))
                        .headerChecks())
                .isEqualTo(new HeaderChecks(
                        List.of(
                                new HeaderChecks.Check("X-Spam-Flag", "^yes"),
                                new HeaderChecks.Check("Subject", "a: b|c")),
                        "discard"));
    }

    @Test
    void apiUsersShouldBeReadWithTheirScopes() {
        List<ApiUser> users = read(Map.of(
                        "POSTHORN_API_USERS",
                        "restadmin:restpass, reader:p%3Aa%2Cs%25s+w?scopes=read,members ,cli:cli-password?scopes=SITE"))
                .apiUsers();

        assertThat(users)
                .containsExactly(
                        new ApiUser("restadmin", "restpass", EnumSet.allOf(Scope.class)),
                        new ApiUser("reader", "p:a,s%s+w", Set.of(Scope.READ, Scope.MEMBERS)),
                        new ApiUser("cli", "cli-password", Set.of(Scope.SITE)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "secret-without-name                  | name:password",
                "rest:secret:pass                     | name:password",
                "rest admin:secret-pass               | a name of a letter or digit",
                ":secret-pass                         | a name of a letter or digit",
                "rest:secret                          | 8 to 200 characters for rest",
                "rest:secret-%zz                      | percent-encoded",
                "rest:secret-pass?scopes=read,write   | read, moderation, members, lists, site",
                "rest:secret-pass?scopes=             | read, moderation, members, lists, site",
                "rest:secret-pass?rights=read         | the option scopes alone",
                "rest:secret-pass,rest:secret-pass2   | each name once",
            })
    void wrongApiUsersShouldBeSaidWithoutTheirSecrets(String value, String allowed) {
        assertThatThrownBy(() -> read(Map.of("POSTHORN_API_USERS", value)))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("POSTHORN_API_USERS=***")
                .hasMessageContaining(allowed)
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POSTHORN_HTTP_BIND      | localhost            | a literal IPv4 or IPv6 address",
                "POSTHORN_HTTP_BIND      | 300.1.1.1            | a literal IPv4 or IPv6 address",
                "POSTHORN_HTTP_BIND      | unix:/run/http       | a literal IPv4 or IPv6 address",
                "POSTHORN_HTTP_PORT      | 0                    | a whole number from 1 to 65535",
                "POSTHORN_HTTP_PORT      | 65536                | a whole number from 1 to 65535",
                "POSTHORN_HTTP_PORT      | http                 | a whole number from 1 to 65535",
                "POSTHORN_HTTP_PORT      | 80 80                | a whole number from 1 to 65535",
                "POSTHORN_PUBLIC_URL     | lists.example.org    | http://host or https://host",
                "POSTHORN_PUBLIC_URL     | ftp://example.org    | http://host or https://host",
                "POSTHORN_PUBLIC_URL     | https://             | http://host or https://host",
                "POSTHORN_PUBLIC_URL     | https://a b          | http://host or https://host",
                "POSTHORN_PUBLIC_URL     | https://u:p@host     | http://host or https://host",
                "POSTHORN_PUBLIC_URL     | https://host/#top    | http://host or https://host",
                "POSTHORN_TRUSTED_PROXIES| proxy.example.org    | addresses or blocks",
                "POSTHORN_REST_ALLOW     | 10.0.0.0/33          | addresses or blocks",
                "POSTHORN_MONITOR_ALLOW  | *                    | addresses or blocks",
                "POSTHORN_LMTP_ALLOW     | 127.0.0.0/8,nonsense | addresses or blocks",
                "POSTHORN_LMTP_BIND      | localhost            | unix:/path",
                "POSTHORN_LMTP_BIND      | unix:relative        | unix:/path",
                "POSTHORN_LMTP_PORT      | -1                   | a whole number from 1 to 65535",
                "POSTHORN_MAX_MESSAGE    | 50 MB                | a number of bytes",
                "POSTHORN_MAX_MESSAGE    | 1                    | 10K to 1G",
                "POSTHORN_MAX_MESSAGE    | 2G                   | 10K to 1G",
                "POSTHORN_MAX_QUEUED     | many                 | a whole number from 0 to 1000000000000",
                "POSTHORN_MIN_FREE       | 5 %                  | a number of bytes",
                "POSTHORN_MIN_FREE       | 1025G                | 0 to 1024G",
                "POSTHORN_DB_URL         | jdbc:mysql://host/db | jdbc:h2: or jdbc:postgresql:",
                "POSTHORN_SMARTHOSTS     | ,                    | smtp://host:port",
                "POSTHORN_SMARTHOSTS     | localhost:25         | smtp://host:port",
                "POSTHORN_SMARTHOSTS     | http://localhost:25  | smtp://host:port",
                "POSTHORN_SMARTHOSTS     | smtp://:25           | smtp://host:port",
                "POSTHORN_SMARTHOSTS     | smtp://a, b:25       | smtp://host:port",
                "POSTHORN_SMARTHOSTS     | smtp://a:99999       | a port from 1 to 65535",
                "POSTHORN_SMARTHOSTS     | smtp://a,smtp://a    | each name once",
                "POSTHORN_SMARTHOSTS     | smtp://a?wieght=3    | the options connections, domains",
                "POSTHORN_SMARTHOSTS     | smtp://a?weight=0    | weight= a whole number from 1 to 1000",
                "POSTHORN_SMARTHOSTS     | smtp://a?weight=2&weight=3 | each option once",
                "POSTHORN_SMARTHOSTS     | smtp://a?connections=0 | connections= a whole number from 1 to 1000",
                "POSTHORN_SMARTHOSTS     | smtp://a?rcpts=x     | rcpts= a whole number from 1 to 10000",
                "POSTHORN_SMARTHOSTS     | smtp://a?rate=-1     | rate= a whole number from 0 to 1000000",
                "POSTHORN_SMARTHOSTS     | smtp://a?role=spare  | role=normal or fallback",
                "POSTHORN_SMARTHOSTS     | smtp://a?domains=de* | domains=* or names",
                "POSTHORN_SMARTHOSTS     | smtp://a?starttls=1  | starttls=off, opportunistic or required",
                "POSTHORN_SMARTHOSTS     | smtps://a?starttls=required | no starttls= with smtps://",
                "POSTHORN_SMARTHOSTS     | smtp://a?name=%20    | name= letters, digits",
                "POSTHORN_SMARTHOSTS     | smtp://a?jndi=%0A    | jndi= a JNDI name",
                "POSTHORN_SMARTHOSTS     | smtp://a/path        | no path",
                "POSTHORN_ADMIN_USER     | a:b                  | without space and colon",
                "POSTHORN_ADMIN_USER     | two words            | without space and colon",
                "POSTHORN_NODE           | n/1                  | letters, digits",
                "POSTHORN_NODE_WEIGHT    | 0                    | a whole number from 1 to 1000",
                "POSTHORN_NODE_WEIGHT    | 1.5                  | a whole number from 1 to 1000",
                "POSTHORN_STOP_DELAY     | 61                   | a whole number from 0 to 60",
                "POSTHORN_CLUSTER        | on                   | off, or tcpip:host:port,host:port",
                "POSTHORN_CLUSTER        | tcpip:               | off, or tcpip:host:port,host:port",
                "POSTHORN_CLUSTER        | tcpip:a:99999        | off, or tcpip:host:port,host:port",
                "POSTHORN_CLUSTER_PORT   | none                 | a whole number from 1 to 65535",
                "POSTHORN_CLUSTER_BIND   | eth0                 | a literal IPv4 or IPv6 address",
                "POSTHORN_REPEAT_BOUND   | 0                    | a whole number from 1 to 10000",
                "POSTHORN_REPEAT_BOUND   | 1e3                  | a whole number from 1 to 10000",
                "POSTHORN_BOUNCE_IDLE    | yes                  | on or off",
                "POSTHORN_TRACE_DAYS     | 7                    | a whole number from 8 to 36500",
                "POSTHORN_TRACE_DAYS     | 0                    | a whole number from 8 to 36500",
                "POSTHORN_SHUNT_DAYS     | 6                    | a whole number from 7 to 36500, or 0 for ever",
                "POSTHORN_BAD_DAYS       | for ever             | a whole number from 7 to 36500, or 0 for ever",
                "POSTHORN_DIGEST_TIME    | 25:00                | a time such as 06:30, with a time zone if need be: 06:30 Europe/Berlin",
                "POSTHORN_REMINDER_TIME  | 8                    | a time such as 06:30, with a time zone if need be: 06:30 Europe/Berlin",
                "POSTHORN_DIGEST_TIME    | 06:30 Europe/Nowhere | a time such as 06:30, with a time zone if need be: 06:30 Europe/Berlin",
                "POSTHORN_HELD_DAYS      | -1                   | a whole number from 7 to 36500, or 0 for ever",
                "POSTHORN_AUDIT_DAYS     | 29                   | a whole number from 30 to 36500, or 0 for ever",
                "POSTHORN_DUPLICATE_DAYS | 5                    | a whole number from 6 to 365",
                "POSTHORN_HEADER_CHECKS  | X-Spam-Flag          | a header field's name, a colon and a pattern",
                "POSTHORN_HEADER_CHECKS  | Größe: x             | a header field's name, a colon and a pattern",
                "POSTHORN_HEADER_CHECKS  | Subject: ((          | a regular expression behind the colon",
                "POSTHORN_HEADER_CHECKS  | Subject: (?=x)       | a regular expression without lookaround",
                "POSTHORN_HEADER_ACTION  | defer                | accept, hold, reject, discard",
            })
    void wrongValueShouldBeRefusedInOneLineThatNamesVariableValueAndWhatIsAllowed(
            String variable, String value, String allowed) {
        assertThatThrownBy(() -> read(Map.of(variable, value)))
                .isInstanceOf(SettingException.class)
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1))
                .hasMessageContainingAll(variable + "=" + value, allowed);
    }

    @Test
    void controlCharactersInAWrongValueShouldNotReachTheTerminal() {
        assertThatThrownBy(() -> read(Map.of("POSTHORN_NODE", "n\u001b[31m1\nx")))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("POSTHORN_NODE=n?[31m1?x is not allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"::", "::1", "0.0.0.0", "192.0.2.7"})
    void literalAddressShouldBeTakenAsBind(String address) {
        assertThat(read(Map.of("POSTHORN_HTTP_BIND", address)).http().bind()).isEqualTo(address);
    }

    @Test
    void lmtpBindMayBeAUnixSocket() {
        assertThat(read(Map.of("POSTHORN_LMTP_BIND", "unix:/run/posthorn/lmtp"))
                        .lmtp()
                        .endpoint()
                        .bind())
                .isEqualTo("unix:/run/posthorn/lmtp");
    }

    @ParameterizedTest
    @CsvSource({"10K,10240", "1m,1048576", "1G,1073741824", "20480,20480"})
    void sizeShouldTakeUnits(String text, long bytes) {
        assertThat(read(Map.of("POSTHORN_MAX_MESSAGE", text)).lmtp().maxMessageBytes())
                .isEqualTo(bytes);
    }

    @Test
    void commaInASmarthostsQueryShouldNotBeginAnother() {
        assertThat(read(Map.of("POSTHORN_SMARTHOSTS", "smtp://a:25?domains=*.de,*.at, smtps://b:465"))
                        .smarthosts())
                .containsExactly(
                        SmarthostUrl.parse("smtp://a:25?domains=*.de,*.at"), SmarthostUrl.parse("smtps://b:465"));
    }

    @Test
    void publicUrlShouldLoseItsTrailingSlash() {
        assertThat(read(Map.of("POSTHORN_PUBLIC_URL", "https://lists.example.org/mail/"))
                        .publicUrl())
                .isEqualTo("https://lists.example.org/mail");
    }

    @Test
    void postgresqlShouldBeToldByItsUrl() {
        Settings settings =
                read(Map.of("POSTHORN_DB_URL", "jdbc:postgresql://db/posthorn", "POSTHORN_DB_PASSWORD", "s3cret"));

        assertThat(settings.database().isPostgreSql()).isTrue();
        assertThat(settings.database().user()).isEqualTo("posthorn");
        assertThat(settings.toString()).doesNotContain("s3cret");
    }

    @Test
    void secretsShouldNotBePrinted() {
        Settings settings = read(Map.of(
                "POSTHORN_ADMIN_PASSWORD", "s3cret-Passw0rd-s3cret-Passw0rd",
                "POSTHORN_DB_URL", "jdbc:postgresql://db/posthorn?user=a&password=s3cret-Passw0rd&x=y",
                "POSTHORN_SMARTHOSTS", "smtp://user:s3cret-Passw0rd@relay:587"));

        assertThat(settings.toString()).doesNotContain("s3cret-Passw0rd");
    }

    @Test
    void shortPasswordShouldBeRefusedWithoutBeingNamed() {
        assertThatThrownBy(() -> read(Map.of("POSTHORN_ADMIN_PASSWORD", "s3cret")))
                .isInstanceOf(SettingException.class)
                .hasMessageContainingAll("POSTHORN_ADMIN_PASSWORD", "8 to 200 characters")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void wrongSecretShouldNotBeNamedInTheError() {
        assertThatThrownBy(() -> read(Map.of("POSTHORN_SMARTHOSTS", "smtp://user:s3cret@relay:0")))
                .isInstanceOf(SettingException.class)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void adminPasswordThatIsTooShortShouldBeRefusedWithoutBeingNamed() {
        assertThatThrownBy(() -> read(Map.of("POSTHORN_ADMIN_PASSWORD", "s3cret")))
                .isInstanceOf(SettingException.class)
                .hasMessage("POSTHORN_ADMIN_PASSWORD=(6 characters) is not allowed: 8 to 200 characters");
    }

    @Test
    void theServerShouldEndSessionsThatIdleInATransactionUnlessOptionsAreGiven() {
        String ends = "socketTimeout=90&tcpKeepAlive=true";
        String limit = ends + "&options=-c%20idle_in_transaction_session_timeout%3D30000";
        assertThat(new Settings.Database("jdbc:postgresql://db/p", "u", "").poolUrl())
                .isEqualTo("jdbc:postgresql://db/p?" + limit);
        assertThat(new Settings.Database("jdbc:postgresql://db/p?ssl=true", "u", "").poolUrl())
                .isEqualTo("jdbc:postgresql://db/p?ssl=true&" + limit);
        assertThat(new Settings.Database("jdbc:postgresql://db/p?options=x", "u", "").poolUrl())
                .isEqualTo("jdbc:postgresql://db/p?options=x&" + ends);
        assertThat(new Settings.Database("jdbc:h2:mem:p", "u", "").poolUrl())
                .isEqualTo("jdbc:h2:mem:p;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
    }

    @Test
    void aCommitShouldBeOnDiskWhateverTheH2UrlLeavesOut() {
        assertThat(new Settings.Database("jdbc:h2:file:/srv/p;CACHE_SIZE=1", "u", "").poolUrl())
                .isEqualTo("jdbc:h2:file:/srv/p;CACHE_SIZE=1;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
        assertThat(new Settings.Database("jdbc:h2:file:/srv/p;write_delay=7;DB_CLOSE_ON_EXIT=TRUE", "u", "").poolUrl())
                .isEqualTo("jdbc:h2:file:/srv/p;write_delay=7;DB_CLOSE_ON_EXIT=TRUE");
    }
}
