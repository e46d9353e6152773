package org.posthorn.api.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Comparator;
import java.util.Locale;
import org.posthorn.api.wire.Reading;
import org.posthorn.api.wire.Refusal;
import org.posthorn.list.FormerName;
import org.posthorn.list.ListRenaming;
import org.posthorn.list.ListRepository;
import org.posthorn.list.MailingList;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.actor.Rights;

/** {@code /api/lists/{list-id}/names}: what a list is called, and was. A former name is given up by DELETE. */
@Path("lists/{list}/names")
@ApplicationScoped
public class ListNamesResource {

    private final ListRepository lists;
    private final ListRenaming renaming;
    private final Rights rights;
    private final Reading reading;

    protected ListNamesResource() {
        this(null, null, null, null);
    }

    @Inject
    public ListNamesResource(ListRepository lists, ListRenaming renaming, Rights rights, Reading reading) {
        this.lists = lists;
        this.renaming = renaming;
        this.rights = rights;
        this.reading = reading;
    }

    @GET
    public JsonObject names(@PathParam("list") String name) {
        return reading.within(() -> {
            MailingList list = lists.byAnyName(name).orElseThrow(Refusal::notFound);
            rights.require(Right.CHANGE_LIST, list.getId());
            return shown(list);
        });
    }

    @DELETE
    @Path("{former}")
    public Response giveUp(@PathParam("list") String name, @PathParam("former") String former) {
        long list = reading.within(
                () -> lists.byAnyName(name).orElseThrow(Refusal::notFound).getId());
        renaming.giveUp(list, former.toLowerCase(Locale.ROOT));
        return Response.noContent().build();
    }

    static JsonObject shown(MailingList list) {
        JsonArrayBuilder former = Json.createArrayBuilder();
        list.getFormerNames().stream()
                .sorted(Comparator.comparing(FormerName::getRenamedAt))
                .forEach(name -> former.add(Json.createObjectBuilder()
                        .add("list_id", name.getListId())
                        .add("fqdn_listname", name.getFqdnListname())
                        .add("renamed_at", name.getRenamedAt().toString())));
        return Json.createObjectBuilder()
                .add("list_id", list.getListId())
                .add("fqdn_listname", list.getFqdnListname())
                .add("list_id_header", list.getHeaderListId())
                .add("former_names", former)
                .build();
    }
}
