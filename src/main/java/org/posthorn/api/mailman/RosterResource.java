package org.posthorn.api.mailman;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.posthorn.api.wire.Etag;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.IfMatch;
import org.posthorn.api.wire.Listing;
import org.posthorn.api.wire.Page;
import org.posthorn.api.wire.Query;
import org.posthorn.api.wire.Reading;
import org.posthorn.list.Appointments;
import org.posthorn.list.MailingList;
import org.posthorn.list.Member;
import org.posthorn.list.MemberRepository;
import org.posthorn.list.MemberSearch;
import org.posthorn.list.Role;
import org.posthorn.list.subscription.Leaving;

/** {@code /3.1/lists/{list}/roster/{role}}: everybody with a role on a list. */
@Path("lists/{list}/roster/{role: " + People.ROLES + "}")
@ApplicationScoped
public class RosterResource {

    private final People people;
    private final MemberRepository members;
    private final Leaving leaving;
    private final Appointments appointments;
    private final ShownPeople shown;
    private final Reading reading;
    private final IfMatch ifMatch;

    protected RosterResource() {
        this(null, null, null, null, null, null, null);
    }

    @Inject
    public RosterResource(
            People people,
            MemberRepository members,
            Leaving leaving,
            Appointments appointments,
            ShownPeople shown,
            Reading reading,
            IfMatch ifMatch) {
        this.people = people;
        this.members = members;
        this.leaving = leaving;
        this.appointments = appointments;
        this.shown = shown;
        this.reading = reading;
        this.ifMatch = ifMatch;
    }

    @GET
    public Listing roster(@PathParam("list") String name, @PathParam("role") String role, @Context UriInfo uri) {
        Fields query = Query.of(uri).check(Set.of(), Set.of("count", "page", "fields"));
        return listing(name, role, Page.of(query), ShownPeople.only(query.all("fields"), shown::member));
    }

    private Listing listing(String name, String role, Page page, Function<Member, JsonObject> entry) {
        MemberSearch search =
                reading.within(() -> MemberSearch.roster(people.list(name).getListId(), People.role(role)));
        return new Listing(
                page,
                paging -> reading.within(() -> members.find(search, paging).map(entry)));
    }

    /** Takes the role from all that are named: nobody is asked. Says of each whether it had the role. */
    @DELETE
    @Transactional
    public JsonObject remove(@PathParam("list") String name, @PathParam("role") String role, Fields body) {
        ifMatch.requireWhole(() -> listing(name, role, Page.ALL, shown::member));
        MailingList list = people.list(name);
        List<String> emails = body.check(Set.of("emails"), Set.of()).all("emails");
        JsonObjectBuilder removed = Json.createObjectBuilder();
        for (String email : emails) {
            Optional<Member> member = members.of(list, People.role(role), email);
            member.ifPresent(this::remove);
            removed.add(email, member.isPresent());
        }
        return Etag.stamped(removed.build());
    }

    private void remove(Member member) {
        long list = member.list().getId();
        if (member.getRole() == Role.MEMBER) {
            leaving.remove(list, member.getId());
        } else {
            appointments.dismiss(list, member.getId());
        }
    }
}
