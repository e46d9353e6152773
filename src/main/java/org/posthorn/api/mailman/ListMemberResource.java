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

/** {@code /3.1/lists/{list}/{role}/{email}}: one membership, by its address. */
@Path("lists/{list}/{role: " + People.ROLES + "}/{email}")
@ApplicationScoped
public class ListMemberResource {

    private final People people;
    private final OneMember one;
    private final ShownPeople shown;

    protected ListMemberResource() {
        this(null, null, null);
    }

    @Inject
    public ListMemberResource(People people, OneMember one, ShownPeople shown) {
        this.people = people;
        this.one = one;
        this.shown = shown;
    }

    @GET
    @Transactional
    public JsonObject one(
            @PathParam("list") String list, @PathParam("role") String role, @PathParam("email") String email) {
        return shown.member(people.member(list, role, email));
    }

    @PATCH
    @Transactional
    public Response change(
            @PathParam("list") String list,
            @PathParam("role") String role,
            @PathParam("email") String email,
            Fields body) {
        return one.change(people.member(list, role, email), body);
    }

    @DELETE
    @Transactional
    public Response delete(
            @PathParam("list") String list,
            @PathParam("role") String role,
            @PathParam("email") String email,
            Fields body) {
        return one.end(people.member(list, role, email), body);
    }

    @GET
    @Path("preferences")
    @Transactional
    public JsonObject preferences(
            @PathParam("list") String list, @PathParam("role") String role, @PathParam("email") String email) {
        return one.preferences(people.member(list, role, email));
    }

    @PATCH
    @Path("preferences")
    @Transactional
    public Response wishSome(
            @PathParam("list") String list,
            @PathParam("role") String role,
            @PathParam("email") String email,
            Fields body) {
        return one.wish(people.member(list, role, email), Wishes.some(body));
    }

    @PUT
    @Path("preferences")
    @Transactional
    public Response wishAll(
            @PathParam("list") String list,
            @PathParam("role") String role,
            @PathParam("email") String email,
            Fields body) {
        return one.wish(people.member(list, role, email), Wishes.all(body));
    }

    @DELETE
    @Path("preferences")
    @Transactional
    public Response wishNone(
            @PathParam("list") String list, @PathParam("role") String role, @PathParam("email") String email) {
        return one.wish(people.member(list, role, email), Wishes.none());
    }
}
