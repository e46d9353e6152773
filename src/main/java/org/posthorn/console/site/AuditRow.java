package org.posthorn.console.site;

import java.time.Instant;
import java.util.Locale;
import org.posthorn.platform.audit.AuditEntry;
import org.posthorn.platform.audit.AuditLog;

/** An entry of the audit log as the page shows it. */
public final class AuditRow {

    private final AuditEntry entry;

    AuditRow(AuditEntry entry) {
        this.entry = entry;
    }

    public long getId() {
        return entry.id();
    }

    public Instant getAt() {
        return entry.at();
    }

    public String getActor() {
        return entry.actor();
    }

    public String getVia() {
        return entry.via().name().toLowerCase(Locale.ROOT);
    }

    public String getAction() {
        return entry.action();
    }

    public String getKind() {
        return entry.subject().kind();
    }

    public String getSubject() {
        return entry.subject().name();
    }

    /** The list-id, or empty. */
    public String getList() {
        return entry.subject().listName() == null ? "" : entry.subject().listName();
    }

    /** The setting that changed; empty where the act was no change of one. */
    public String getField() {
        return entry.field()
                .filter(field -> entry.action().equals(AuditLog.CHANGE))
                .orElse("");
    }

    public String getBefore() {
        return entry.oldValue().orElse("");
    }

    public String getAfter() {
        return entry.newValue().orElse("");
    }

    public String getDetails() {
        return entry.details().orElse("");
    }
}
