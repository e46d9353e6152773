package org.posthorn.platform.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an administrator sets outside the database, for one node. Every value has been checked.
 *
 * @param home folder of the embedded database, the spool and the logs
 * @param http where console and REST listen
 * @param publicUrl the only source of links in mail and pages, without a trailing slash
 * @param trustedProxies whose X-Forwarded-For is believed
 * @param restAllow who may use REST
 * @param monitorAllow who may read metrics
 * @param lmtp where the front MTA hands mail over
 * @param database the one database
 * @param smarthosts the pool at the first start, at least one, their names unique
 * @param admin the first server owner
 * @param node what this node is called, its weight and how it stops
 * @param cluster the data grid
 * @param repeatBound recipients per connection that a crash may repeat, 1 to 10,000
 * @param bouncesWaitForIdle whether bounces are worked on in idle time only
 * @param kept how long what is over is kept
 * @param templateHosts from where templates may be fetched
 * @param apiUsers the service accounts that the settings rule, their names unique
 * @param headerChecks what is done with posts by their header fields, on all lists
 * @param headroom how much mail is let in before the front MTA is asked to wait
 * @param digestTime when daily digests go out
 * @param reminderTime when moderators are told what waits
 */
public record Settings(
        Path home,
        Endpoint http,
        String publicUrl,
        List<Cidr> trustedProxies,
        List<Cidr> restAllow,
        List<Cidr> monitorAllow,
        Lmtp lmtp,
        Database database,
        List<SmarthostUrl> smarthosts,
        Admin admin,
        Node node,
        Cluster cluster,
        int repeatBound,
        boolean bouncesWaitForIdle,
        Kept kept,
        TemplateHosts templateHosts,
        List<ApiUser> apiUsers,
        HeaderChecks headerChecks,
        Headroom headroom,
        TimeOfDay digestTime,
        TimeOfDay reminderTime) {

    /** @param bind a literal address, or {@code unix:/path} where that is allowed; @param port 0 to 65535 */
    public record Endpoint(String bind, int port) {}

    /**
     * @param endpoint where it listens
     * @param allow whose connections are accepted
     * @param maxMessageBytes larger mail is refused
     * @param maxConnections more connections at once are refused with 421
     * @param certificate what STARTTLS is offered with; empty: it is not
     */
    public record Lmtp(
            Endpoint endpoint,
            List<Cidr> allow,
            long maxMessageBytes,
            int maxConnections,
            Optional<Certificate> certificate) {}

    /** PEM files. @param chain the server's certificate first; @param key PKCS #8, unencrypted */
    public record Certificate(Path chain, Path key) {}

    /** @param url a JDBC URL of H2 or PostgreSQL */
    public record Database(String url, String user, String password) {

        /** More than {@code Sql} grants a statement, so that the database's own word on a slow one comes first. */
        private static final int SOCKET_SECONDS = 90;

        private static final int IDLE_MILLIS = 30_000;

        public boolean isPostgreSql() {
            return url.startsWith("jdbc:postgresql:");
        }

        /** Whether it is an H2 file that one process alone can have open. */
        public boolean isFile() {
            return url.startsWith("jdbc:h2:file:")
                    && !url.toUpperCase(Locale.ROOT).contains(";AUTO_SERVER=TRUE");
        }

        /**
         * The URL for the pool. H2 loses committed rows on kill without WRITE_DELAY=0, and must not be closed by a shutdown
         * hook of its own while the runners are still recording; what the URL says about these itself stands. On PostgreSQL the server ends a session that idles in a transaction for half a minute: a node
         * that froze, or whose host is gone, must not keep its row locks from those who took its work over. And whoever waits
         * for an answer gives up after {@value #SOCKET_SECONDS} s: a database whose host has lost its power says no goodbye,
         * and would be waited for until this process ended.
         */
        public String poolUrl() {
            if (!isPostgreSql()) {
                return with(with(url, "WRITE_DELAY", "0"), "DB_CLOSE_ON_EXIT", "FALSE");
            }
            String limited = asking(url, "socketTimeout", Integer.toString(SOCKET_SECONDS));
            String alive = asking(limited, "tcpKeepAlive", "true");
            return asking(alive, "options", "-c%20idle_in_transaction_session_timeout%3D" + IDLE_MILLIS);
        }

        private static String asking(String postgreSqlUrl, String parameter, String value) {
            if (postgreSqlUrl.matches(".*[?&]" + parameter + "=.*")) {
                return postgreSqlUrl;
            }
            return postgreSqlUrl + (postgreSqlUrl.contains("?") ? "&" : "?") + parameter + "=" + value;
        }

        private static String with(String h2Url, String option, String value) {
            boolean given = h2Url.toUpperCase(Locale.ROOT).contains(";" + option + "=");
            return given ? h2Url : h2Url + ";" + option + "=" + value;
        }

        /** @return where its file lies, if it is one */
        public Optional<Path> folder() {
            if (!url.toLowerCase(Locale.ROOT).startsWith("jdbc:h2:file:")) {
                return Optional.empty();
            }
            String file = url.substring("jdbc:h2:file:".length()).replaceAll(";.*", "");
            String home = System.getProperty("user.home");
            return Optional.ofNullable(Path.of(file.startsWith("~") ? home + file.substring(1) : file)
                    .toAbsolutePath()
                    .getParent());
        }

        /** Whether it is a file that no other process has open. */
        public boolean isEmbeddedFile() {
            String lower = url.toLowerCase(Locale.ROOT);
            return lower.startsWith("jdbc:h2:file:")
                    && !lower.contains(";auto_server=")
                    && !lower.contains(";file_lock=");
        }

        /** @return a file beside an embedded one, of its name and this ending; only where {@link #isEmbeddedFile} */
        public Path besideFile(String ending) {
            String file = url.substring("jdbc:h2:file:".length()).replaceAll(";.*", "");
            return folder().orElseThrow().resolve(Path.of(file).getFileName() + ending);
        }

        @Override
        public String toString() {
            return "Database[" + url.replaceAll("(?i)(password=)[^&;]*", "$1***") + ", " + user + "]";
        }
    }

    /** @param password empty: one is generated at the first start */
    public record Admin(String user, Optional<String> password) {

        @Override
        public String toString() {
            return "Admin[" + user + "]";
        }
    }

    /**
     * @param weight this node's share of slices, 1 to 1000
     * @param stopDelay how long a node that is told to stop says so at {@code /health/ready} before it stops, in
     *     seconds, 0 to 60
     */
    public record Node(String name, int weight, int stopDelay) {}

    /** @param mode {@code off} or {@code tcpip:host:port,…} */
    public record Cluster(String mode, int port, String bind) {

        public boolean isOn() {
            return !mode.equals("off");
        }
    }

    private static final Pattern NODE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final String MEMBER =
            "[A-Za-z0-9._-]+:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";
    private static final String LOOPBACK_BLOCKS = "127.0.0.0/8,::1";

    /**
     * @param source where the values come from
     * @throws SettingException for the first value that cannot be used
     */
    public static Settings read(SettingSource source) {
        Path home = Path.of(source.text("posthorn.home", System.getProperty("user.home") + "/.posthorn"))
                .toAbsolutePath()
                .normalize();
        return new Settings(
                home,
                new Endpoint(address(source, "posthorn.http.bind"), port(source, "posthorn.http.port", 8080)),
                publicUrl(source),
                cidrs(source, "posthorn.trusted.proxies", ""),
                cidrs(source, "posthorn.rest.allow", LOOPBACK_BLOCKS),
                cidrs(source, "posthorn.monitor.allow", LOOPBACK_BLOCKS),
                lmtp(source),
                database(source, home),
                smarthosts(source),
                new Admin(
                        matching(
                                source,
                                "posthorn.admin.user",
                                "admin",
                                Pattern.compile("[^\\s:\\p{Cntrl}]{1,64}"),
                                "1 to 64 characters without space and colon"),
                        adminPassword(source)),
                new Node(
                        matching(
                                source,
                                "posthorn.node",
                                hostName(source),
                                NODE_NAME,
                                "letters, digits, dot, hyphen and underscore, 63 at most"),
                        (int) number(source, "posthorn.node.weight", 1, 1, 1000),
                        (int) number(source, "posthorn.stop.delay", 0, 0, 60)),
                cluster(source),
                (int) number(source, "posthorn.repeat.bound", 100, 1, 10_000),
                onOff(source, "posthorn.bounce.idle", true),
                Kept.read(source),
                templateHosts(source),
                apiUsers(source),
                HeaderChecks.read(source),
                Headroom.read(source),
                TimeOfDay.read(source, "posthorn.digest.time", "12:00"),
                TimeOfDay.read(source, "posthorn.reminder.time", "08:00 UTC"));
    }

    private static TemplateHosts templateHosts(SettingSource source) {
        String text = source.text("posthorn.template.hosts", "");
        return TemplateHosts.parse(text)
                .orElseThrow(
                        () -> source.wrong(
                                "posthorn.template.hosts",
                                text,
                                "hosts such as lists.example.org, http://localhost:8000 (http too), and blocks such as 127.0.0.0/8, comma-separated"));
    }

    private static List<ApiUser> apiUsers(SettingSource source) {
        String key = "posthorn.api.users";
        List<ApiUser> users = new ArrayList<>();
        for (String user : joined(source.text(key, ""), ":")) {
            try {
                users.add(ApiUser.parse(user));
            } catch (IllegalArgumentException e) {
                throw source.wrong(key, "***", e.getMessage());
            }
        }
        if (users.stream().map(ApiUser::name).distinct().count() < users.size()) {
            throw source.wrong(key, "***", "each name once");
        }
        return List.copyOf(users);
    }

    private static Optional<String> adminPassword(SettingSource source) {
        Optional<String> password = source.optional("posthorn.admin.password");
        password.filter(text -> text.length() < 8 || text.length() > 200).ifPresent(text -> {
            throw source.wrong("posthorn.admin.password", "(" + text.length() + " characters)", "8 to 200 characters");
        });
        return password;
    }

    private static Lmtp lmtp(SettingSource source) {
        String bind = source.text("posthorn.lmtp.bind", "127.0.0.1");
        if (!bind.startsWith("unix:/")) {
            bind = address(source, "posthorn.lmtp.bind");
        }
        return new Lmtp(
                new Endpoint(bind, port(source, "posthorn.lmtp.port", 8024)),
                cidrs(source, "posthorn.lmtp.allow", LOOPBACK_BLOCKS),
                bytes(source, "posthorn.max.message", "50M", 10_240, 1L << 30, "10K to 1G"),
                (int) number(source, "posthorn.lmtp.connections", 300, 1, 10_000),
                certificate(source));
    }

    private static Optional<Certificate> certificate(SettingSource source) {
        Optional<Path> chain = file(source, "posthorn.lmtp.certificate");
        Optional<Path> key = file(source, "posthorn.lmtp.key");
        if (chain.isPresent() != key.isPresent()) {
            throw source.wrong(
                    chain.isPresent() ? "posthorn.lmtp.key" : "posthorn.lmtp.certificate",
                    "",
                    "a PEM file, since the other of the two is given");
        }
        return chain.map(file -> new Certificate(file, key.orElseThrow()));
    }

    private static Optional<Path> file(SettingSource source, String key) {
        return source.optional(key).map(text -> {
            Path file = Path.of(text).toAbsolutePath();
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw source.wrong(key, text, "a PEM file that this process may read");
            }
            return file;
        });
    }

    private static Database database(SettingSource source, Path home) {
        String url = source.text("posthorn.db.url", h2Url(home));
        if (!url.startsWith("jdbc:h2:") && !url.startsWith("jdbc:postgresql:")) {
            throw source.wrong("posthorn.db.url", url, "a URL that begins with jdbc:h2: or jdbc:postgresql:");
        }
        boolean h2 = url.startsWith("jdbc:h2:");
        return new Database(
                url,
                source.text("posthorn.db.user", h2 ? "sa" : "posthorn"),
                // The container takes an empty password for none given, and its own default is this one.
                source.optional("posthorn.db.password").orElse(h2 ? "sa" : ""));
    }

    private static String h2Url(Path home) {
        return "jdbc:h2:file:" + home.resolve("db/posthorn")
                + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=20000;CACHE_SIZE=32768;QUERY_CACHE_SIZE=128";
    }

    private static Cluster cluster(SettingSource source) {
        String mode = source.text("posthorn.cluster", "off");
        if (!mode.equals("off") && !mode.matches("tcpip:" + MEMBER + "(," + MEMBER + ")*")) {
            throw source.wrong("posthorn.cluster", mode, "off, or tcpip:host:port,host:port");
        }
        return new Cluster(mode, port(source, "posthorn.cluster.port", 6900), address(source, "posthorn.cluster.bind"));
    }

    private static List<SmarthostUrl> smarthosts(SettingSource source) {
        String key = "posthorn.smarthosts";
        String text = source.text(key, "smtp://127.0.0.1:25");
        List<SmarthostUrl> smarthosts = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String url : joined(text, "://")) {
            try {
                smarthosts.add(SmarthostUrl.parse(url));
            } catch (IllegalArgumentException e) {
                throw source.wrong(key, withoutPasswords(text), e.getMessage());
            }
            if (!names.add(smarthosts.get(smarthosts.size() - 1).name())) {
                throw source.wrong(key, withoutPasswords(text), "each name once: give name=");
            }
        }
        if (smarthosts.isEmpty()) {
            throw source.wrong(key, text, SmarthostUrl.SYNTAX);
        }
        return List.copyOf(smarthosts);
    }

    /** A comma inside an entry's query (domains=*.de,*.at) does not begin a new one. @param sign what each entry holds */
    private static List<String> joined(String text, String sign) {
        List<String> entries = new ArrayList<>();
        for (String part : text.split(",")) {
            String entry = part.strip();
            boolean continues = !entries.isEmpty()
                    && !entry.contains(sign)
                    && entries.get(entries.size() - 1).contains("?");
            if (continues) {
                entries.set(entries.size() - 1, entries.get(entries.size() - 1) + "," + entry);
            } else if (!entry.isEmpty()) {
                entries.add(entry);
            }
        }
        return entries;
    }

    private static String withoutPasswords(String urls) {
        return urls.replaceAll("://[^@/?#]*@", "://***@");
    }

    private static String publicUrl(SettingSource source) {
        String url = source.text("posthorn.public.url", "http://localhost:8080");
        try {
            URI uri = new URI(url);
            if (uri.getScheme() != null
                    && List.of("http", "https").contains(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getQuery() == null
                    && uri.getUserInfo() == null
                    && uri.getFragment() == null) {
                return url.replaceAll("/+$", "");
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw source.wrong(
                "posthorn.public.url", url, "http://host or https://host, with a port and a path if need be");
    }

    private static String address(SettingSource source, String key) {
        String text = source.text(key, "127.0.0.1");
        if (text.contains("/") || Cidr.parse(text).isEmpty()) {
            throw source.wrong(
                    key, text, "a literal IPv4 or IPv6 address" + (key.contains("lmtp") ? ", or unix:/path" : ""));
        }
        return text;
    }

    private static int port(SettingSource source, String key, int preset) {
        return (int) number(source, key, preset, 1, 65535);
    }

    private static List<Cidr> cidrs(SettingSource source, String key, String preset) {
        String text = source.text(key, preset);
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(block -> !block.isEmpty())
                .map(block -> Cidr.parse(block)
                        .orElseThrow(() -> source.wrong(
                                key, text, "addresses or blocks such as 10.0.0.0/8 or ::1, comma-separated")))
                .toList();
    }

    static long bytes(SettingSource source, String key, String preset, long least, long most, String allowed) {
        String text = source.text(key, preset);
        if (!text.matches("[0-9]{1,12}[KMGkmg]?")) {
            throw source.wrong(key, text, "a number of bytes, or one with K, M or G, such as 50M");
        }
        char unit = text.toUpperCase(Locale.ROOT).charAt(text.length() - 1);
        long factor = unit == 'K' ? 1L << 10 : unit == 'M' ? 1L << 20 : unit == 'G' ? 1L << 30 : 1;
        long bytes = Long.parseLong(factor == 1 ? text : text.substring(0, text.length() - 1)) * factor;
        if (bytes < least || bytes > most) {
            throw source.wrong(key, text, allowed);
        }
        return bytes;
    }

    static long number(SettingSource source, String key, long preset, long least, long most) {
        String text = source.text(key, Long.toString(preset));
        if (text.matches("[0-9]{1,15}") && Long.parseLong(text) >= least && Long.parseLong(text) <= most) {
            return Long.parseLong(text);
        }
        throw source.wrong(key, text, "a whole number from " + least + " to " + most);
    }

    private static boolean onOff(SettingSource source, String key, boolean preset) {
        String text = source.text(key, preset ? "on" : "off");
        if (!text.equals("on") && !text.equals("off")) {
            throw source.wrong(key, text, "on or off");
        }
        return text.equals("on");
    }

    private static String matching(SettingSource source, String key, String preset, Pattern pattern, String allowed) {
        String text = source.text(key, preset);
        if (!pattern.matcher(text).matches()) {
            throw source.wrong(key, text, allowed);
        }
        return text;
    }

    private static String hostName(SettingSource source) {
        String name = source.optional("hostname").orElseGet(Settings::kernelHostName);
        return NODE_NAME.matcher(name).matches() ? name : "node";
    }

    private static String kernelHostName() {
        try {
            return java.nio.file.Files.readString(Path.of("/proc/sys/kernel/hostname"))
                    .strip();
        } catch (java.io.IOException e) {
            return "node";
        }
    }
}
