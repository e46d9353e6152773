package org.posthorn.console.frame;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import org.posthorn.platform.audit.AuditEntry;
import org.posthorn.platform.audit.AuditFilter;
import org.posthorn.platform.audit.AuditReader;

/** Who changed something last, by the audit log. */
@RequestScoped
public class LastSaved {

    @Inject
    private AuditReader audit;

    /** @param kind and name as the log has them; @return empty: nobody that the log knows of */
    public String by(String kind, String name) {
        return audit.page(new AuditFilter(null, null, null, null, kind, name, null, null, null), null, 1).stream()
                .findFirst()
                .map(AuditEntry::actor)
                .orElse("");
    }
}
