package org.posthorn.api.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.posthorn.api.wire.Etag;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.IfMatch;
import org.posthorn.api.wire.Links;
import org.posthorn.api.wire.Refusal;
import org.posthorn.delivery.InvalidSmarthostException;
import org.posthorn.delivery.Smarthost;
import org.posthorn.delivery.Smarthosts;

/** {@code /api/smarthosts}: the pool. A password can be set, and is never shown. */
@Path("smarthosts")
@ApplicationScoped
public class SmarthostsResource {

    private final Smarthosts smarthosts;
    private final Links links;
    private final Clock clock;
    private final IfMatch ifMatch;

    protected SmarthostsResource() {
        this(null, null, null, null);
    }

    @Inject
    public SmarthostsResource(Smarthosts smarthosts, Links links, Clock clock, IfMatch ifMatch) {
        this.smarthosts = smarthosts;
        this.links = links;
        this.clock = clock;
        this.ifMatch = ifMatch;
    }

    @GET
    public JsonArray all() {
        JsonArrayBuilder shown = Json.createArrayBuilder();
        smarthosts.all().forEach(row -> shown.add(shown(row)));
        return shown.build();
    }

    @POST
    public Response add(Fields body) {
        Map<String, Object> fields = body.asChanges();
        String name = body.text("name");
        fields.remove("name");
        try {
            return Response.created(links.site("smarthosts", name))
                    .entity(shown(smarthosts.add(name, fields)))
                    .build();
        } catch (InvalidSmarthostException e) {
            throw Refusal.badRequest(e.getMessage());
        }
    }

    @GET
    @Path("{name}")
    public JsonObject one(@PathParam("name") String name) {
        return shown(smarthosts.find(name).orElseThrow(SmarthostsResource::unknown));
    }

    @PATCH
    @Path("{name}")
    public JsonObject change(@PathParam("name") String name, Fields body) {
        try {
            Long seen = seen(name);
            return shown(smarthosts.change(name, seen, body.asChanges()).orElseThrow(SmarthostsResource::unknown));
        } catch (InvalidSmarthostException e) {
            throw Refusal.badRequest(e.getMessage());
        }
    }

    @DELETE
    @Path("{name}")
    public Response remove(@PathParam("name") String name) {
        Long seen = seen(name);
        if (!smarthosts.remove(name, seen)) {
            throw unknown();
        }
        return Response.noContent().build();
    }

    /** @return the version that the client has seen; null: it does not say, and changes whatever is there */
    private Long seen(String name) {
        if (!ifMatch.isAsked()) {
            return null;
        }
        Smarthosts.Row present = smarthosts.find(name).orElseThrow(SmarthostsResource::unknown);
        ifMatch.require(() -> shown(present));
        return present.smarthost().getVersion();
    }

    /**
     * Delivers now what waits for its hours, and goes on: for so many {@code minutes}, {@code until} a time, or, without
     * either, until that is taken back.
     */
    @POST
    @Path("{name}/deliver-now")
    public JsonObject deliverNow(@PathParam("name") String name, Fields body) {
        body.check(Set.of(), Set.of("minutes", "until"));
        try {
            return shown(smarthosts.deliverNow(name, until(body)).orElseThrow(SmarthostsResource::unknown));
        } catch (InvalidSmarthostException e) {
            throw Refusal.badRequest(e.getMessage());
        }
    }

    /** Its hours count again. */
    @DELETE
    @Path("{name}/deliver-now")
    public JsonObject deliverByHours(@PathParam("name") String name) {
        return shown(smarthosts.deliverByHours(name).orElseThrow(SmarthostsResource::unknown));
    }

    private Instant until(Fields body) {
        if (body.has("minutes")) {
            if (body.has("until")) {
                throw Refusal.badRequest("Either minutes or until");
            }
            return clock.instant().plus(Duration.ofMinutes(body.number("minutes", 60, 1, 525_600)));
        }
        if (!body.has("until")) {
            return null;
        }
        try {
            return OffsetDateTime.parse(body.text("until")).toInstant();
        } catch (DateTimeException e) {
            throw Refusal.badRequest(
                    "until: \"" + Fields.shown(body.text("until")) + "\" is no time such as 2026-06-01T06:00:00Z");
        }
    }

    private static Refusal unknown() {
        return new Refusal(404, "There is no such smarthost");
    }

    private static JsonObject shown(Smarthosts.Row row) {
        Smarthost smarthost = row.smarthost();
        JsonObjectBuilder shown = Json.createObjectBuilder()
                .add("name", smarthost.getName())
                .add("host", smarthost.getHost())
                .add("port", smarthost.getPort())
                .add("tls", lower(smarthost.getTls()))
                .add("weight", smarthost.getWeight())
                .add("connections", smarthost.getConnections())
                .add("rate", smarthost.getRate())
                .add("messages_per_connection", smarthost.getMessagesPerConnection())
                .add("rcpts", smarthost.getRecipientsPerMessage())
                .add("role", lower(smarthost.getRole()))
                .add("domains", Json.createArrayBuilder(smarthost.getDomains()))
                .add("enabled", smarthost.isEnabled())
                .add("health", lower(row.health()))
                .add("reason", row.reason())
                .add("transport", lower(smarthost.getTransport()))
                .add("hours", smarthost.getHours().text())
                .add("out_of_hours", row.opens().isPresent())
                .add("deliver_now", row.delivering())
                .add("connections_limit", row.limit());
        row.opens().ifPresent(opens -> shown.add("opens", opens.toString()));
        if (row.delivering() && !smarthost.getDeliverUntil().equals(Smarthost.UNTIL_SWITCHED_OFF)) {
            shown.add("deliver_until", smarthost.getDeliverUntil().toString());
        }
        if (smarthost.getUsername() != null) {
            shown.add("username", smarthost.getUsername());
        }
        if (smarthost.getJndi() != null) {
            shown.add("jndi", smarthost.getJndi());
        }
        // What it does at the moment is shown, too, and tells no states of its settings apart.
        JsonObject settings = Json.createObjectBuilder()
                .add("id", smarthost.getId())
                .add("version", smarthost.getVersion())
                .build();
        return Etag.stamped(shown.build(), settings);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
