package org.posthorn.api.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.Refusal;
import org.posthorn.platform.settings.Settings;
import org.posthorn.queue.QueueDepth;
import org.posthorn.queue.QueueDepths;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.lease.HashSlice;
import org.posthorn.queue.lease.Slices;
import org.posthorn.queue.runner.Dispatcher;

/** {@code /api/queues}: how much lies in each, who works on which slice, and how they are cut. */
@Path("queues")
@ApplicationScoped
public class QueuesResource {

    private final QueueDepths depths;
    private final Slices slices;
    private final Dispatcher dispatcher;
    private final Settings settings;

    protected QueuesResource() {
        this(null, null, null, null);
    }

    @Inject
    public QueuesResource(QueueDepths depths, Slices slices, Dispatcher dispatcher, Settings settings) {
        this.depths = depths;
        this.slices = slices;
        this.dispatcher = dispatcher;
        this.settings = settings;
    }

    @GET
    public JsonArray queues() {
        Map<QueueName, Slices.Queue> plans = slices.queues().stream()
                .collect(Collectors.toMap(queue -> queue.plan().queue(), Function.identity()));
        JsonArrayBuilder shown = Json.createArrayBuilder();
        for (QueueDepth depth : depths.all()) {
            Slices.Queue plan = plans.get(depth.queue());
            JsonObjectBuilder queue = Json.createObjectBuilder()
                    .add("queue", depth.queue().label())
                    .add("entries", depth.entries())
                    .add("due", depth.due())
                    .add("oldest_seconds", depth.oldestSeconds());
            if (plan != null) {
                queue.add("threads", plan.plan().threads())
                        .add("priority", plan.plan().priority());
            }
            shown.add(queue.add("slices", slices(depth.queue(), plan == null ? List.of() : plan.slices())));
        }
        return shown.build();
    }

    private JsonArrayBuilder slices(QueueName queue, List<Slices.Slice> slices) {
        JsonArrayBuilder shown = Json.createArrayBuilder();
        slices.forEach(slice -> {
            JsonObjectBuilder one = Json.createObjectBuilder()
                    .add("slice", slice.range().slice())
                    .add("from", "%016x".formatted(slice.range().from()))
                    .add("to", "%016x".formatted(slice.range().to()));
            slice.node().ifPresentOrElse(node -> one.add("node", node), () -> one.add("node", JsonValue.NULL));
            one.add("epoch", slice.epoch());
            boolean here = slice.node().filter(settings.node().name()::equals).isPresent();
            if (here || slice.node().isEmpty()) {
                one.add(
                        "running",
                        here && dispatcher.isRunning(queue, slice.range().slice()));
            } else {
                one.add("running", JsonValue.NULL); // only that node knows
            }
            slice.pinnedNode().ifPresent(node -> one.add("pinned", node));
            shown.add(one);
        });
        return shown;
    }

    /** {@code slices} cuts the hash space anew; {@code threads} and {@code priority} are the queue's share of each node. */
    @PATCH
    @Path("{queue}")
    @Transactional
    public Response change(@PathParam("queue") String label, Fields body) {
        body.check(Set.of(), Set.of("slices", "threads", "priority"));
        QueueName queue = named(label);
        if (slices.queues().stream().noneMatch(one -> one.plan().queue() == queue)) {
            throw Refusal.badRequest("Nobody works on this queue, so it has no slices");
        }
        if (body.has("slices")) {
            slices.cut(queue, body.number("slices", 0, 1, HashSlice.MOST));
        }
        slices.share(queue, given(body, "threads", Slices.MOST_THREADS), given(body, "priority", Slices.LAST_PRIORITY));
        return Response.noContent().build();
    }

    private static OptionalInt given(Fields body, String field, int most) {
        return body.has(field) ? OptionalInt.of(body.number(field, 1, 1, most)) : OptionalInt.empty();
    }

    static QueueName named(String label) {
        return Arrays.stream(QueueName.values())
                .filter(queue -> queue.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new Refusal(404, "There is no such queue"));
    }
}
