package org.posthorn.api.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.Page;
import org.posthorn.api.wire.Query;
import org.posthorn.api.wire.Refusal;
import org.posthorn.queue.PostingReport;
import org.posthorn.queue.PostingReports;

/** {@code /api/messages}: where is this message, and why? */
@Path("messages")
@ApplicationScoped
public class MessagesResource {

    private static final int MOST_EVENTS = 1000;

    private final PostingReports reports;

    protected MessagesResource() {
        this(null);
    }

    @Inject
    public MessagesResource(PostingReports reports) {
        this.reports = reports;
    }

    @GET
    public JsonObject message(@Context UriInfo uri) {
        Fields query = Query.of(uri).check(Set.of("message_id"), Set.of("list", "recipient", "count", "page"));
        Page page = Page.of(query, MOST_EVENTS);
        PostingReport report = reports.find(
                        query.text("message_id"), query.optional("list").orElse(null), page.count(), page.offset())
                .orElseThrow(() -> new Refusal(404, "No such message has come"));
        JsonObjectBuilder shown = figures(Json.createObjectBuilder().add("message_id", report.messageId()), report);
        if (report.posts().size() > 1) {
            JsonArrayBuilder posts = Json.createArrayBuilder();
            report.posts().forEach(post -> posts.add(shown(post)));
            shown.add("posts", posts);
        }
        query.optional("recipient")
                .ifPresent(recipient -> shown.add("recipient", recipient).add("fates", fates(report, recipient)));
        JsonArrayBuilder events = Json.createArrayBuilder();
        report.events().forEach(event -> events.add(shown(event)));
        return shown.add("events", events).build();
    }

    private static JsonObjectBuilder figures(JsonObjectBuilder shown, PostingReport report) {
        return shown.add("state", report.state().label())
                .add("recipients", sum(report, PostingReport.Post::recipients))
                .add("delivered", sum(report, PostingReport.Post::delivered))
                .add("failed", sum(report, PostingReport.Post::failed))
                .add("waiting", sum(report, PostingReport.Post::waiting));
    }

    private static long sum(PostingReport report, ToLongFunction<PostingReport.Post> figure) {
        return report.posts().stream().mapToLong(figure).sum();
    }

    private static JsonObjectBuilder shown(PostingReport.Post post) {
        return Json.createObjectBuilder()
                .add("list", post.list())
                .add("state", post.state().label())
                .add("recipients", post.recipients())
                .add("delivered", post.delivered())
                .add("failed", post.failed())
                .add("waiting", post.waiting());
    }

    private static JsonObjectBuilder shown(PostingReport.Event event) {
        return Json.createObjectBuilder()
                .add("at", event.at().toString())
                .add("node", event.node())
                .add("queue", event.queue())
                .add("event", event.event())
                .add("detail", event.detail());
    }

    private JsonArrayBuilder fates(PostingReport report, String recipient) {
        JsonArrayBuilder shown = Json.createArrayBuilder();
        for (PostingReport.Fate fate : reports.fates(report, recipient)) {
            JsonObjectBuilder one = Json.createObjectBuilder().add("outcome", fate.outcome());
            if (fate.at() != null) {
                one.add("at", fate.at().toString()).add("code", fate.code()).add("reply", fate.reply());
            }
            if (fate.smarthost() != null) {
                one.add("smarthost", fate.smarthost());
            }
            if (fate.enhancedStatus() != null) {
                one.add("enhanced_status", fate.enhancedStatus());
            }
            shown.add(one);
        }
        return shown;
    }
}
