package org.posthorn.api.mailman;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import org.posthorn.api.wire.IfMatch;
import org.posthorn.api.wire.Refusal;
import org.posthorn.list.ListRepository;
import org.posthorn.list.Lists;
import org.posthorn.list.MailingList;

/** {@code /3.1/lists/{list}}: a list, named by its list-id or its posting address. */
@Path("lists/{list}")
@ApplicationScoped
public class ListResource {

    private final ListRepository lists;
    private final Lists operations;
    private final Shown shown;
    private final IfMatch ifMatch;

    protected ListResource() {
        this(null, null, null, null);
    }

    @Inject
    public ListResource(ListRepository lists, Lists operations, Shown shown, IfMatch ifMatch) {
        this.lists = lists;
        this.operations = operations;
        this.shown = shown;
        this.ifMatch = ifMatch;
    }

    @GET
    @Transactional
    public JsonObject list(@PathParam("list") String name) {
        return shown.list(known(name));
    }

    @DELETE
    @Transactional
    public Response delete(@PathParam("list") String name) {
        MailingList list = known(name);
        ifMatch.require(() -> shown.list(list));
        operations.delete(list.getId());
        return Created.nothing();
    }

    private MailingList known(String name) {
        return lists.byAnyName(name).orElseThrow(Refusal::notFound);
    }
}
