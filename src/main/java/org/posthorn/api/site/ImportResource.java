package org.posthorn.api.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.Set;
import org.posthorn.api.wire.Query;
import org.posthorn.api.wire.Reading;
import org.posthorn.api.wire.Refusal;
import org.posthorn.list.ImportReport;
import org.posthorn.list.ListRepository;
import org.posthorn.list.MemberImport;

/** {@code /api/lists/{list-id}/members/import}: as many members as come, read as they come. */
@Path("lists/{list}/members/import")
@ApplicationScoped
public class ImportResource {

    private final ListRepository lists;
    private final MemberImport members;
    private final Reading reading;

    protected ImportResource() {
        this(null, null, null);
    }

    @Inject
    public ImportResource(ListRepository lists, MemberImport members, Reading reading) {
        this.lists = lists;
        this.members = members;
        this.reading = reading;
    }

    @POST
    @Consumes("text/csv")
    public JsonObject take(@PathParam("list") String name, @Context UriInfo uri, InputStream csv) {
        boolean welcome = Query.of(uri).check(Set.of(), Set.of("welcome")).flag("welcome", false);
        long list = reading.within(
                () -> lists.byAnyName(name).orElseThrow(Refusal::notFound).getId());
        return shown(members.run(list, csv, welcome));
    }

    private static JsonObject shown(ImportReport report) {
        JsonArrayBuilder errors = Json.createArrayBuilder();
        report.errors()
                .forEach(error -> errors.add(Json.createObjectBuilder()
                        .add("line", error.line())
                        .add("value", error.value())
                        .add("reason", error.reason())));
        return Json.createObjectBuilder()
                .add("added", report.added())
                .add("updated", report.updated())
                .add("skipped", report.skipped())
                .add("failed", report.failed())
                .add("errors", errors)
                .build();
    }
}
