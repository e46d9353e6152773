package org.posthorn.api.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import java.util.Set;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.Query;
import org.posthorn.platform.actor.Acting;
import org.posthorn.privacy.ErasePerson;
import org.posthorn.privacy.EraseReport;
import org.posthorn.privacy.ExportPerson;

/**
 * {@code /api/people/{address}}: {@code GET …/export} hands out what the site holds about a person, as a ZIP file ({@code ?held=omit}:
 * without their held posts, for which it takes the right to moderate); DELETE erases it ({@code ?held=keep} leaves their held posts, {@code ?rules=erase} sweeps bans and lists' settings too).
 */
@Path("people/{address}")
@ApplicationScoped
public class PeopleResource {

    private final ExportPerson export;
    private final ErasePerson erasure;

    protected PeopleResource() {
        this(null, null);
    }

    @Inject
    public PeopleResource(ExportPerson export, ErasePerson erasure) {
        this.export = export;
        this.erasure = erasure;
    }

    @GET
    @Path("export")
    public Response export(@PathParam("address") String address, @Context UriInfo uri) {
        Fields query = Query.of(uri).check(Set.of(), Set.of("held"));
        ExportPerson.Prepared prepared = export.prepare(address, !choice(query, "held", "include", "omit"));
        StreamingOutput body = prepared::write;
        return Response.ok(body, "application/zip")
                .header("Content-Disposition", "attachment; filename=\"person.zip\"")
                .build();
    }

    @DELETE
    public JsonObject erase(@PathParam("address") String address, @Context UriInfo uri) {
        Fields query = Query.of(uri).check(Set.of(), Set.of("held", "rules"));
        ErasePerson.Choice choice = new ErasePerson.Choice(
                choice(query, "held", "discard", "keep"), choice(query, "rules", "keep", "erase"));
        return shown(erasure.erase(address, choice, Acting.current().name()));
    }

    /** @return whether the second word was said */
    private static boolean choice(Fields query, String name, String preset, String other) {
        String said = query.optional(name).orElse(preset);
        if (!said.equals(preset) && !said.equals(other)) {
            throw Fields.wrong(name, preset + " or " + other);
        }
        return said.equals(other);
    }

    private static JsonObject shown(EraseReport report) {
        return Json.createObjectBuilder()
                .add("pseudonym", report.pseudonym())
                .add("addresses", Json.createArrayBuilder(report.addresses()))
                .add("memberships", report.memberships())
                .add("requests", report.requests())
                .add("held", report.held())
                .add("rewritten", figures(report.rewritten()))
                .add("kept", figures(report.kept()))
                .add("waiting", report.waiting())
                .add("complete", report.isComplete())
                .build();
    }

    private static JsonObjectBuilder figures(Map<String, Integer> byTable) {
        JsonObjectBuilder figures = Json.createObjectBuilder();
        byTable.forEach(figures::add);
        return figures;
    }
}
