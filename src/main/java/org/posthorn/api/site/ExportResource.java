package org.posthorn.api.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.Query;
import org.posthorn.api.wire.Reading;
import org.posthorn.api.wire.Refusal;
import org.posthorn.list.ListRepository;
import org.posthorn.list.MemberExport;
import org.posthorn.list.Role;

/** {@code /api/lists/{list-id}/members/export}: a roster as CSV, written as it is read. */
@Path("lists/{list}/members/export")
@ApplicationScoped
public class ExportResource {

    private final ListRepository lists;
    private final MemberExport members;
    private final Reading reading;

    protected ExportResource() {
        this(null, null, null);
    }

    @Inject
    public ExportResource(ListRepository lists, MemberExport members, Reading reading) {
        this.lists = lists;
        this.members = members;
        this.reading = reading;
    }

    @GET
    public Response csv(@PathParam("list") String name, @Context UriInfo uri) {
        Fields query = Query.of(uri).check(Set.of(), Set.of("role"));
        long list = reading.within(
                () -> lists.byAnyName(name).orElseThrow(Refusal::notFound).getId());
        MemberExport.Prepared export =
                members.prepare(list, query.constant("role", Role.class).orElse(Role.MEMBER));
        StreamingOutput body = out -> {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            export.write(writer);
            writer.flush();
        };
        return Response.ok(body, "text/csv; charset=utf-8").build();
    }
}
