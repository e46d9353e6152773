package org.posthorn.console.site;

import java.time.Instant;
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
        if (!isEnabled()) {
            return "disabled";
        }
        return isUp() && isOutOfHours() ? "waiting" : row.health().name().toLowerCase(Locale.ROOT);
    }

    /** In the smarthost's or the network's words: hostile; empty while it is up. */
    public String getReason() {
        return isUp() ? "" : row.reason();
    }

    public String getHours() {
        return row.smarthost().getHours().text();
    }

    /** Whether its hours say that it takes nothing now. */
    public boolean isOutOfHours() {
        return isEnabled() && row.opens().isPresent();
    }

    /** When its hours begin; null: it may be used now. */
    public Instant getOpens() {
        return row.opens().orElse(null);
    }

    /** Whether it delivers whatever its hours are. */
    public boolean isDelivering() {
        return row.delivering();
    }

    /** Until when; null: until that is switched off. */
    public Instant getDeliverUntil() {
        Instant until = row.smarthost().getDeliverUntil();
        return Smarthost.UNTIL_SWITCHED_OFF.equals(until) ? null : until;
    }

    /** So many connections this node may use now; 0: none, it is not in use. */
    public int getLimit() {
        return row.limit();
    }

    public long getVersion() {
        return row.smarthost().getVersion();
    }
}
