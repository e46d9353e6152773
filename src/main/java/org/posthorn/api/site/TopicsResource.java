package org.posthorn.api.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.posthorn.api.wire.Etag;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.IfMatch;
import org.posthorn.api.wire.Refusal;
import org.posthorn.list.ListRepository;
import org.posthorn.list.TopicBook.Entry;
import org.posthorn.list.Topics;

/**
 * {@code /api/lists/{list-id}/topics}: a list's topics one by one. Other than by the list's setting of that name, which has them as
 * a whole, one can be called otherwise here without its readers losing it.
 */
@Path("lists/{list}/topics")
@ApplicationScoped
public class TopicsResource {

    private final ListRepository lists;
    private final Topics topics;
    private final IfMatch ifMatch;

    protected TopicsResource() {
        this(null, null, null);
    }

    @Inject
    public TopicsResource(ListRepository lists, Topics topics, IfMatch ifMatch) {
        this.lists = lists;
        this.topics = topics;
        this.ifMatch = ifMatch;
    }

    @GET
    @Transactional
    public JsonArray all(@PathParam("list") String list) {
        JsonArrayBuilder shown = Json.createArrayBuilder();
        topics.of(known(list)).book().entries().forEach(entry -> shown.add(shown(entry)));
        return shown.build();
    }

    @GET
    @Path("{name}")
    @Transactional
    public Response one(@PathParam("list") String list, @PathParam("name") String name) {
        JsonObject shown = shown(topics.of(known(list)).book().find(name).orElseThrow(Refusal::notFound));
        return Response.ok(shown).header("ETag", shown.getString("http_etag")).build();
    }

    /**
     * Adds a topic or changes one: {@code patterns} (repeated), {@code description} and, to call it otherwise, {@code name}. What is
     * not given stays; a new one needs patterns.
     */
    @PUT
    @Path("{name}")
    @Transactional
    public Response put(@PathParam("list") String list, @PathParam("name") String name, Fields body) {
        body.check(Set.of(), Set.of("name", "description", "patterns"));
        long listId = known(list);
        Topics.State state = topics.of(listId);
        Optional<Entry> there = state.book().find(name);
        ifMatch.requireAny(() -> there.map(TopicsResource::shown).stream().toList());
        List<String> patterns = body.all("patterns").stream()
                .map(String::strip)
                .filter(pattern -> !pattern.isEmpty())
                .toList();
        Entry entry = new Entry(
                body.optional("name")
                        .orElse(there.map(Entry::name).orElse(name))
                        .strip(),
                body.optional("description")
                        .orElse(there.map(Entry::description).orElse(""))
                        .strip(),
                body.has("patterns") ? patterns : there.map(Entry::patterns).orElse(List.of()));
        topics.put(listId, state.version(), there.map(Entry::name).orElse(""), entry);
        return Response.noContent().build();
    }

    /** What members have chosen of it goes with it. */
    @DELETE
    @Path("{name}")
    @Transactional
    public Response delete(@PathParam("list") String list, @PathParam("name") String name) {
        long listId = known(list);
        Topics.State state = topics.of(listId);
        ifMatch.requireAny(() ->
                state.book().find(name).map(TopicsResource::shown).stream().toList());
        if (!topics.remove(listId, state.version(), name)) {
            throw Refusal.notFound();
        }
        return Response.noContent().build();
    }

    private long known(String list) {
        return lists.byAnyName(list).orElseThrow(Refusal::notFound).getId();
    }

    private static JsonObject shown(Entry entry) {
        return Etag.stamped(Json.createObjectBuilder()
                .add("name", entry.name())
                .add("description", entry.description())
                .add("patterns", Json.createArrayBuilder(entry.patterns()))
                .build());
    }
}
