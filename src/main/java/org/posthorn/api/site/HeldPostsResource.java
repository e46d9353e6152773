package org.posthorn.api.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Set;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.HeldDecision;
import org.posthorn.api.wire.Reading;
import org.posthorn.api.wire.Refusal;
import org.posthorn.list.ListRepository;
import org.posthorn.moderation.DecideHeld.Decision;
import org.posthorn.moderation.DecideSeveral;
import org.posthorn.moderation.DecideSeveral.Outcome;

/**
 * {@code POST /api/lists/{list-id}/held}: one decision about several held posts. Says of each what came of it: that somebody
 * else was first is no error of the request.
 */
@Path("lists/{list}/held")
@ApplicationScoped
public class HeldPostsResource {

    private final ListRepository lists;
    private final DecideSeveral deciding;
    private final Reading reading;

    protected HeldPostsResource() {
        this(null, null, null);
    }

    @Inject
    public HeldPostsResource(ListRepository lists, DecideSeveral deciding, Reading reading) {
        this.lists = lists;
        this.deciding = deciding;
        this.reading = reading;
    }

    @POST
    public JsonObject decide(@PathParam("list") String name, @Context SecurityContext security, Fields body) {
        Decision decision = HeldDecision.read(body, Set.of("request_id"));
        List<Long> requests =
                body.all("request_id").stream().map(HeldPostsResource::number).toList();
        long list = reading.within(
                () -> lists.byAnyName(name).orElseThrow(Refusal::notFound).getId());
        JsonArrayBuilder results = Json.createArrayBuilder();
        deciding.decide(list, requests, decision, security.getUserPrincipal().getName())
                .forEach(outcome -> results.add(shown(outcome)));
        return Json.createObjectBuilder().add("results", results).build();
    }

    private static long number(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw Fields.wrong("request_id", "whole numbers are expected");
        }
        return Long.parseLong(text);
    }

    private static JsonObjectBuilder shown(Outcome outcome) {
        JsonObjectBuilder shown = Json.createObjectBuilder().add("request_id", outcome.requestId());
        return switch (outcome.result()) {
            case DONE -> shown.add("result", "done");
            case NO_SENDER -> shown.add("result", "no-sender");
            case FAILED -> shown.add("result", "failed");
            case GONE ->
                outcome.before()
                        .map(first -> shown.add("result", "decided-before")
                                .add("event", first.event())
                                .add("by", first.by())
                                .add("at", first.at().toString()))
                        .orElseGet(() -> shown.add("result", "unknown"));
        };
    }
}
