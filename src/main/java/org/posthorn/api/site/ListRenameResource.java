package org.posthorn.api.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Set;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.Refusal;
import org.posthorn.list.ListRenaming;
import org.posthorn.list.ListRepository;

/**
 * {@code POST /api/lists/{list-id}/rename}: {@code fqdn_listname} is what the list is called from now on;
 * {@code keep_list_id=false} lets the List-Id field say the new one.
 */
@Path("lists/{list}/rename")
@ApplicationScoped
public class ListRenameResource {

    private final ListRepository lists;
    private final ListRenaming renaming;

    protected ListRenameResource() {
        this(null, null);
    }

    @Inject
    public ListRenameResource(ListRepository lists, ListRenaming renaming) {
        this.lists = lists;
        this.renaming = renaming;
    }

    @POST
    @Transactional
    public JsonObject rename(@PathParam("list") String name, Fields body) {
        body.check(Set.of("fqdn_listname"), Set.of("keep_list_id"));
        long list = lists.byAnyName(name).orElseThrow(Refusal::notFound).getId();
        return ListNamesResource.shown(
                renaming.rename(list, body.text("fqdn_listname"), body.flag("keep_list_id", true)));
    }
}
