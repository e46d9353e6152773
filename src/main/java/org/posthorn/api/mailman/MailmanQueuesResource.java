package org.posthorn.api.mailman;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.posthorn.api.wire.Etag;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.IfMatch;
import org.posthorn.api.wire.Links;
import org.posthorn.api.wire.Listing;
import org.posthorn.api.wire.Page;
import org.posthorn.api.wire.Query;
import org.posthorn.api.wire.Refusal;
import org.posthorn.ingress.Injection;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.UnknownException;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueFiles;
import org.posthorn.queue.QueueName;

/**
 * {@code /3.1/queues}: the queues by Mailman's names; their entries' numbers stand for the files. Of a long queue the
 * entries that come first are named, {@code count} counts all.
 */
@Path("queues")
@ApplicationScoped
public class MailmanQueuesResource {

    private static final int MOST_FILES = 1000;

    private final QueueFiles files;
    private final Injection injection;
    private final Links links;
    private final IfMatch ifMatch;

    protected MailmanQueuesResource() {
        this(null, null, null, null);
    }

    @Inject
    public MailmanQueuesResource(QueueFiles files, Injection injection, Links links, IfMatch ifMatch) {
        this.files = files;
        this.injection = injection;
        this.links = links;
        this.ifMatch = ifMatch;
    }

    @GET
    public Listing all(@Context UriInfo uri) {
        Page page = Page.of(Query.of(uri).check(Set.of(), Set.of("count", "page")));
        List<QueueName> queues = Arrays.stream(QueueName.values())
                .sorted(Comparator.comparing(MailmanQueue::nameOf))
                .toList();
        return Listing.of(queues, page, this::shown);
    }

    @GET
    @Path("{name}")
    public JsonObject one(@PathParam("name") String name) {
        return shown(known(name));
    }

    @POST
    @Path("{name}")
    public Response inject(@PathParam("name") String name, Fields body) {
        QueueName queue = known(name);
        body.check(Set.of("list_id", "text"), Set.of());
        ifMatch.require(() -> shown(queue));
        try {
            long id = injection.inject(
                    queue, body.text("list_id"), body.text("text").getBytes(StandardCharsets.UTF_8));
            return Created.at(links.mailman("queues", name, id));
        } catch (UnknownException e) {
            throw Refusal.badRequest("No such list: " + Fields.shown(body.text("list_id")));
        } catch (InvalidValueException e) {
            // The queue stands in the path: it is no parameter.
            throw e.field().equals("queue") ? Refusal.badRequest("The queue must be " + e.allowed()) : e;
        }
    }

    @GET
    @Path("{name}/{file}")
    public JsonObject file(@PathParam("name") String name, @PathParam("file") String file) {
        return shown(name, entry(name, file));
    }

    private QueueEntry entry(String name, String file) {
        return files.find(known(name), number(file)).orElseThrow(Refusal::notFound);
    }

    private JsonObject shown(String name, QueueEntry entry) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("name", Long.toString(entry.id()))
                .add("received", entry.received().toString().replace("Z", ""))
                .add("tries", entry.tries());
        if (entry.lastError() != null) {
            json.add("last_error", entry.lastError());
        }
        return Etag.stamped(
                json.add("self_link", links.mailman("queues", name, entry.id())).build());
    }

    @DELETE
    @Path("{name}/{file}")
    public Response remove(@PathParam("name") String name, @PathParam("file") String file) {
        QueueEntry entry = entry(name, file);
        ifMatch.require(() -> shown(name, entry));
        return switch (files.remove(known(name), number(file))) {
            case DONE -> Created.nothing();
            case GONE -> throw Refusal.notFound();
            case UNDER_WAY -> throw Refusal.conflict("Work on this entry has begun");
        };
    }

    private JsonObject shown(QueueName queue) {
        String name = MailmanQueue.nameOf(queue);
        JsonArrayBuilder first = Json.createArrayBuilder();
        files.first(queue, MOST_FILES).forEach(id -> first.add(Long.toString(id)));
        return Etag.stamped(Json.createObjectBuilder()
                .add("count", files.count(queue))
                .add("directory", "database:queue_entry/" + queue.label())
                .add("files", first)
                .add("name", name)
                .add("self_link", links.mailman("queues", name))
                .build());
    }

    private static QueueName known(String name) {
        return MailmanQueue.named(name).orElseThrow(Refusal::notFound);
    }

    private static long number(String file) {
        if (!file.matches("[0-9]{1,18}")) {
            throw Refusal.notFound();
        }
        return Long.parseLong(file);
    }
}
