package org.posthorn.console.site;

import java.util.Locale;
import org.posthorn.delivery.Health;
import org.posthorn.delivery.Smarthost;
import org.posthorn.delivery.Smarthosts;

/** A smarthost as the pages show it. */
public final class SmarthostRow {

    private final Smarthosts.Row row;

    SmarthostRow(Smarthosts.Row row) {
        this.row = row;
    }

    public String getName() {
        return row.smarthost().getName();
    }

    public String getPlace() {
        String host = row.smarthost().getHost();
        return (host.contains(":") ? "[" + host + "]" : host) + ":"
                + row.smarthost().getPort();
    }

    public String getTls() {
        return row.smarthost().getTls().name().toLowerCase(Locale.ROOT);
    }

    public String getRole() {
        return row.smarthost().getRole().name().toLowerCase(Locale.ROOT);
    }

    public int getWeight() {
        return row.smarthost().getWeight();
    }

    /** How many connections of each node; 0: as many as serve best. */
    public int getConnections() {
        return row.smarthost().getConnections();
    }

    public String getDomains() {
        return String.join(", ", row.smarthost().getDomains());
    }

    public boolean isEveryDomain() {
        return row.smarthost().getDomains().contains("*");
    }

    public boolean isEnabled() {
        return row.smarthost().isEnabled();
    }

    public boolean isFallback() {
        return row.smarthost().getRole() == Smarthost.Role.FALLBACK;
    }

    public boolean isUp() {
        return row.health() == Health.State.UP;
    }

    /** What this node knows of it, or that nobody uses it. */
    public String getState() {
        return isEnabled() ? row.health().name().toLowerCase(Locale.ROOT) : "disabled";
    }

    /** In the smarthost's or the network's words: hostile; empty while it is up. */
    public String getReason() {
        return row.reason();
    }

    public long getVersion() {
        return row.smarthost().getVersion();
    }
}
