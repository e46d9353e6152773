package org.posthorn.api.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.Query;
import org.posthorn.api.wire.Refusal;
import org.posthorn.platform.audit.AuditEntry;
import org.posthorn.platform.audit.AuditFilter;
import org.posthorn.platform.audit.AuditReader;

/**
 * {@code /api/audit}: who changed what, the latest first. {@code next} of an answer, given as {@code before}, leads to the
 * page after it.
 */
@Path("audit")
@ApplicationScoped
public class AuditResource {

    private static final int MOST = 500;
    private static final int PRESET = 100;
    private static final Set<String> FILTERS =
            Set.of("list", "actor", "action", "kind", "subject", "field", "since", "until", "before", "count");

    private final AuditReader audit;

    protected AuditResource() {
        this(null);
    }

    @Inject
    public AuditResource(AuditReader audit) {
        this.audit = audit;
    }

    @GET
    public JsonObject entries(@Context UriInfo uri) {
        Fields query = Query.of(uri).check(Set.of(), FILTERS);
        int count = query.number("count", PRESET, 1, MOST);
        AuditFilter filter = new AuditFilter(
                null,
                text(query, "list"),
                text(query, "actor"),
                text(query, "action"),
                text(query, "kind"),
                text(query, "subject"),
                text(query, "field"),
                instant(query, "since"),
                instant(query, "until"));
        List<AuditEntry> page = audit.page(filter, before(query), count);
        JsonArrayBuilder entries = Json.createArrayBuilder();
        page.forEach(entry -> entries.add(shown(entry)));
        JsonObjectBuilder shown = Json.createObjectBuilder().add("entries", entries);
        if (page.size() == count) {
            shown.add("next", Long.toString(page.get(count - 1).id()));
        }
        return shown.build();
    }

    private static String text(Fields query, String name) {
        return query.optional(name)
                .filter(value -> !value.isEmpty())
                .map(value -> value.replace('\0', ' '))
                .orElse(null);
    }

    private static Long before(Fields query) {
        String text = text(query, "before");
        if (text == null) {
            return null;
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw Refusal.badRequest("before is the next of an earlier answer");
        }
        return Long.valueOf(text);
    }

    private static Instant instant(Fields query, String name) {
        String text = text(query, name);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw Refusal.badRequest(name + " is a time such as 2026-01-31T00:00:00Z");
        }
    }

    private static JsonObject shown(AuditEntry entry) {
        JsonObjectBuilder shown = Json.createObjectBuilder()
                .add("id", entry.id())
                .add("at", entry.at().toString())
                .add("actor", entry.actor())
                .add("via", entry.via().name().toLowerCase(Locale.ROOT))
                .add("action", entry.action())
                .add("kind", entry.subject().kind())
                .add("subject", entry.subject().name());
        if (entry.subject().listName() != null) {
            shown.add("list", entry.subject().listName());
        }
        entry.field().ifPresent(value -> shown.add("field", value));
        entry.oldValue().ifPresent(value -> shown.add("old", value));
        entry.newValue().ifPresent(value -> shown.add("new", value));
        entry.details().ifPresent(value -> shown.add("details", value));
        return shown.build();
    }
}
