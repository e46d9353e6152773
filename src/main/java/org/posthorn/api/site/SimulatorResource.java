package org.posthorn.api.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.Reading;
import org.posthorn.api.wire.Refusal;
import org.posthorn.list.ConfigAttribute;
import org.posthorn.list.ConfigAttributes;
import org.posthorn.list.ListRepository;
import org.posthorn.mail.ReversePath;
import org.posthorn.moderation.RuleTrial;
import org.posthorn.moderation.Ruling.Finding;
import org.posthorn.simulator.BusyException;
import org.posthorn.simulator.Difference;
import org.posthorn.simulator.Simulation;
import org.posthorn.simulator.Simulation.Readers;
import org.posthorn.simulator.Simulator;
import org.posthorn.simulator.Simulator.Conditions;
import org.posthorn.simulator.Simulator.Message;
import org.posthorn.simulator.StoredPosts;
import org.posthorn.simulator.Upload;

/**
 * {@code POST /api/lists/{list-id}/simulator}: what would become of a message. Of the fields, {@code message} is its source (or
 * {@code posting} the number of a post that is still there) and {@code sender} its reverse-path (empty for the null path); any other
 * is an attribute of the list's config that is tried. {@code recipient} asks whether somebody would get it, {@code recipients_after}
 * reads on who would.
 */
@Path("lists/{list}/simulator")
@ApplicationScoped
public class SimulatorResource {

    private static final String ENGLISH = Locale.ENGLISH.getLanguage();
    private static final Set<String> OF_THE_MESSAGE =
            Set.of("message", "posting", "sender", "recipient", "recipients_after");

    private final ListRepository lists;
    private final Simulator simulator;
    private final StoredPosts stored;
    private final Reading reading;

    protected SimulatorResource() {
        this(null, null, null, null);
    }

    @Inject
    public SimulatorResource(ListRepository lists, Simulator simulator, StoredPosts stored, Reading reading) {
        this.stored = stored;
        this.lists = lists;
        this.simulator = simulator;
        this.reading = reading;
    }

    @POST
    public JsonObject simulate(@PathParam("list") String name, Fields body) {
        long list = list(name);
        if (body.has("posting")) {
            long posting = number(body, "posting");
            Conditions conditions = conditions(body);
            return tried(() -> simulator.runStored(list, posting, conditions).orElseThrow(Refusal::notFound));
        }
        byte[] octets = body.text("message").getBytes(StandardCharsets.UTF_8);
        Message message = new Message(() -> new ByteArrayInputStream(octets), octets.length);
        Conditions conditions = conditions(body);
        return tried(() -> simulator.run(list, message, conditions));
    }

    /** The message is the body as it is, octet for octet; the other fields stand in the query. */
    @POST
    @Consumes("message/rfc822")
    public JsonObject simulate(@PathParam("list") String name, @Context UriInfo uri, InputStream octets)
            throws IOException {
        Fields fields = new Fields(new HashMap<>(uri.getQueryParameters()));
        long list = list(name);
        Conditions conditions = conditions(fields);
        try (Upload upload = simulator.receive(list, octets)) {
            return tried(() -> simulator.run(list, upload.message(), conditions));
        }
    }

    private static JsonObject tried(Supplier<Simulation> run) {
        try {
            return shown(run.get());
        } catch (BusyException e) {
            throw new Refusal(503, "Others try something at the moment");
        }
    }

    private static Conditions conditions(Fields fields) {
        return new Conditions(
                fields.optional("sender").map(SimulatorResource::reversePath),
                changes(fields),
                fields.optional("recipient"),
                fields.has("recipients_after") ? number(fields, "recipients_after") : 0);
    }

    /** The posts that can be tried by their number. */
    @GET
    @Path("posts")
    public JsonArray posts(@PathParam("list") String name) {
        JsonArrayBuilder posts = Json.createArrayBuilder();
        stored.latest(list(name))
                .forEach(post -> posts.add(Json.createObjectBuilder()
                        .add("posting", post.id())
                        .add("sender", post.sender())
                        .add("subject", post.subject())
                        .add("size", post.sizeBytes())
                        .add("received_at", post.receivedAt().toString())));
        return posts.build();
    }

    private long list(String name) {
        return reading.within(
                () -> lists.byAnyName(name).orElseThrow(Refusal::notFound).getId());
    }

    private static long number(Fields body, String name) {
        String number = body.text(name);
        if (!number.matches("[0-9]{1,18}")) {
            throw Fields.wrong(name, "a whole number is expected");
        }
        return Long.parseLong(number);
    }

    private static String reversePath(String text) {
        return ReversePath.parse(text)
                .orElseThrow(() -> Fields.wrong("sender", "an address is expected, or nothing for the null path"))
                .text();
    }

    /** @throws Refusal 400 at what is no attribute */
    private static Map<String, Object> changes(Fields body) {
        Map<String, Object> changes = new HashMap<>(body.asChanges());
        changes.keySet().removeAll(OF_THE_MESSAGE);
        Set<String> known =
                ConfigAttributes.all().stream().map(ConfigAttribute::name).collect(Collectors.toSet());
        changes.keySet().stream()
                .filter(each -> !known.contains(each))
                .findFirst()
                .ifPresent(unknown -> {
                    throw Refusal.badRequest("Unknown attribute: " + Fields.shown(unknown));
                });
        return changes;
    }

    private static JsonObject shown(Simulation simulation) {
        RuleTrial.Tried rules = simulation.rules();
        JsonObjectBuilder shown = Json.createObjectBuilder()
                .add("decision", word(simulation.fate()))
                .add("reasons", texts(simulation.reasons(ENGLISH)))
                .add("sender", simulation.sender())
                .add("chain", rules.chain());
        rules.answers().stream()
                .filter(answer -> answer.said() == RuleTrial.Said.HIT && !answer.isDeferred())
                .findFirst()
                .ifPresent(answer -> shown.add("decided_by", answer.rule()));
        rules.standing().ifPresent(standing -> shown.add("member", standing.member()));
        return shown.add("urgent", rules.urgent())
                .add("rules", rules(rules))
                .add("handlers", handlers(simulation))
                .add("stopped", simulation.stopped())
                .add("mail", String.join("\n", simulation.mail()))
                .add("mail_cut", simulation.mailCut())
                .add(
                        "recipients",
                        simulation.readers().map(SimulatorResource::recipients).orElse(JsonValue.NULL))
                .build();
    }

    private static JsonArrayBuilder rules(RuleTrial.Tried tried) {
        JsonArrayBuilder rules = Json.createArrayBuilder();
        tried.answers()
                .forEach(answer -> rules.add(Json.createObjectBuilder()
                        .add("rule", answer.rule())
                        .add("result", word(answer.said()))
                        .add("deferred", answer.isDeferred())
                        .add(
                                "reason",
                                answer.finding()
                                        .map(Finding::reason)
                                        .map(reason -> reason.in(ENGLISH))
                                        .orElse(""))
                        .add("note", answer.finding().map(Finding::note).orElse(""))));
        return rules;
    }

    private static JsonArrayBuilder handlers(Simulation simulation) {
        JsonArrayBuilder handlers = Json.createArrayBuilder();
        simulation.steps().forEach(step -> {
            Difference difference = step.difference();
            handlers.add(Json.createObjectBuilder()
                    .add("handler", step.handler())
                    .add("changed", !difference.isNone())
                    .add("diff", String.join("\n", difference.lines()))
                    .add("diff_lines_left_out", difference.left())
                    .add("message_cut", difference.cut())
                    .add("notes", texts(step.notes())));
        });
        return handlers;
    }

    private static JsonValue recipients(Readers readers) {
        JsonObjectBuilder counts = Json.createObjectBuilder();
        readers.counted().shares().forEach((share, members) -> counts.add(word(share), members));
        JsonObjectBuilder shown = Json.createObjectBuilder()
                .add("counts", counts.add("of-included-lists", readers.counted().included()))
                .add("page", texts(readers.page()));
        readers.after().ifPresent(after -> shown.add("next_after", after));
        readers.asked().ifPresent(share -> shown.add("recipient", word(share)));
        return shown.build();
    }

    private static JsonArray texts(List<String> texts) {
        return Json.createArrayBuilder(texts).build();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
