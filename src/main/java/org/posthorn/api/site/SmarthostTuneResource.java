package org.posthorn.api.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Duration;
import java.util.Set;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.Refusal;
import org.posthorn.delivery.SmarthostTrials;
import org.posthorn.delivery.smtp.trial.FiguresJson;
import org.posthorn.delivery.smtp.trial.Trial;
import org.posthorn.mail.EmailAddress;

/** {@code /api/smarthosts/{name}/tune}: one trial of test copies, which really go out; bounded in copies and time. */
@Path("smarthosts/{name}/tune")
@ApplicationScoped
public class SmarthostTuneResource {

    private final SmarthostTrials trials;

    protected SmarthostTuneResource() {
        this(null);
    }

    @Inject
    public SmarthostTuneResource(SmarthostTrials trials) {
        this.trials = trials;
    }

    @POST
    public JsonObject tune(@PathParam("name") String name, Fields body) throws InterruptedException {
        body.check(Set.of("to"), Set.of("connections", "copies", "recipients", "size", "from", "seconds"));
        try {
            return FiguresJson.of(
                    trials.run(name, trial(body)).orElseThrow(() -> new Refusal(404, "There is no such smarthost")));
        } catch (SmarthostTrials.BusyException e) {
            throw new Refusal(409, e.getMessage());
        }
    }

    private static Trial trial(Fields body) {
        String to = body.text("to");
        String from = body.optional("from").orElse(to.replace("%d", "1"));
        EmailAddress reversePath = EmailAddress.parse(from)
                .orElseThrow(() -> Refusal.badRequest("Invalid Parameter \"from\": an address is expected"));
        try {
            return new Trial(
                    body.number("connections", 1, 1, Trial.MOST_CONNECTIONS),
                    body.number("copies", 100, 1, Trial.MOST_COPIES),
                    body.number("recipients", 1, 1, Trial.MOST_RECIPIENTS),
                    body.number("size", 4096, Trial.LEAST_BYTES, Trial.MOST_BYTES),
                    to,
                    reversePath,
                    Duration.ofSeconds(body.number("seconds", 20, 1, Trial.MOST_SECONDS)));
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest(Fields.shown(e.getMessage()));
        }
    }
}
