package org.posthorn.api.mailman;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.posthorn.platform.settings.Settings;
import org.posthorn.queue.QueueName;

/**
 * What Posthorn is set to, by the names of Mailman's configuration where it has the like. Nothing is shown that Posthorn
 * does not go by, and no password: {@code webservice} has none, {@code database} no URL.
 */
@ApplicationScoped
public class SystemSections {

    private final Settings settings;

    protected SystemSections() {
        this(null);
    }

    @Inject
    public SystemSections(Settings settings) {
        this.settings = settings;
    }

    /** Sections by name, each with flat texts, both in order. */
    SortedMap<String, SortedMap<String, String>> all() {
        SortedMap<String, SortedMap<String, String>> sections = new TreeMap<>();
        sections.put("mailman", mailman());
        sections.put("mta", mta());
        sections.put("webservice", webservice());
        sections.put(
                "database",
                sorted(Map.of("class", settings.database().isPostgreSql() ? "postgresql" : "h2", "debug", "no")));
        Map.of("en", "English", "de", "German", "fr", "French", "es", "Spanish")
                .forEach((code, language) -> sections.put(
                        "language." + code,
                        sorted(Map.of("description", language, "charset", "utf-8", "enabled", "yes"))));
        for (QueueName queue : QueueName.values()) {
            sections.put(
                    "runner." + MailmanQueue.nameOf(queue),
                    sorted(Map.of(
                            "class",
                            "posthorn." + queue.label(),
                            "instances",
                            Integer.toString(queue.presetSlices()),
                            "start",
                            queue.presetSlices() > 0 ? "yes" : "no")));
        }
        return sections;
    }

    private SortedMap<String, String> mailman() {
        return sorted(Map.of(
                "default_language", "en",
                "layout", "posthorn",
                "listname_chars", "[-_.0-9a-z]",
                "noreply_address", "noreply"));
    }

    private SortedMap<String, String> mta() {
        return sorted(Map.of(
                "incoming", "lmtp",
                "lmtp_host", settings.lmtp().endpoint().bind(),
                "lmtp_port", Integer.toString(settings.lmtp().endpoint().port()),
                "max_message_size", Long.toString(settings.lmtp().maxMessageBytes())));
    }

    private SortedMap<String, String> webservice() {
        URI base = URI.create(settings.publicUrl());
        int port = base.getPort() >= 0 ? base.getPort() : base.getScheme().equals("https") ? 443 : 80;
        return sorted(Map.of(
                "hostname",
                base.getHost(),
                "port",
                Integer.toString(port),
                "use_https",
                base.getScheme().equals("https") ? "yes" : "no",
                "show_tracebacks",
                "no",
                "api_version",
                "3.1"));
    }

    private static SortedMap<String, String> sorted(Map<String, String> section) {
        return new TreeMap<>(section);
    }
}
