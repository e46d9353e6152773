package org.posthorn.api.mailman;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import org.posthorn.api.wire.Fields;

/** {@code /3.1/members/{id}}: one membership. */
@Path("members/{id}")
@ApplicationScoped
public class MemberResource {

    private final People people;
    private final OneMember one;
    private final ShownPeople shown;

    protected MemberResource() {
        this(null, null, null);
    }

    @Inject
    public MemberResource(People people, OneMember one, ShownPeople shown) {
        this.people = people;
        this.one = one;
        this.shown = shown;
    }

    @GET
    @Transactional
    public JsonObject one(@PathParam("id") String id) {
        return shown.member(people.member(id));
    }

    @PATCH
    @Transactional
    public Response change(@PathParam("id") String id, Fields body) {
        return one.change(people.member(id), body);
    }

    @DELETE
    @Transactional
    public Response delete(@PathParam("id") String id, Fields body) {
        return one.end(people.member(id), body);
    }

    @GET
    @Path("preferences")
    @Transactional
    public JsonObject preferences(@PathParam("id") String id) {
        return one.preferences(people.member(id));
    }

    @GET
    @Path("all/preferences")
    @Transactional
    public JsonObject effectivePreferences(@PathParam("id") String id) {
        return one.effectivePreferences(people.member(id));
    }

    @PATCH
    @Path("preferences")
    @Transactional
    public Response wishSome(@PathParam("id") String id, Fields body) {
        return one.wish(people.member(id), Wishes.some(body));
    }

    @PUT
    @Path("preferences")
    @Transactional
    public Response wishAll(@PathParam("id") String id, Fields body) {
        return one.wish(people.member(id), Wishes.all(body));
    }

    @DELETE
    @Path("preferences")
    @Transactional
    public Response wishNone(@PathParam("id") String id) {
        return one.wish(people.member(id), Wishes.none());
    }
}
