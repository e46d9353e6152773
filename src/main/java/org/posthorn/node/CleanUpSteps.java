package org.posthorn.node;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.posthorn.digest.CollectedPosts;
import org.posthorn.ingress.Arrivals;
import org.posthorn.list.imports.ImportRows;
import org.posthorn.list.subscription.ExpiredRequests;
import org.posthorn.moderation.HeldRetention;
import org.posthorn.pipeline.attachment.Attachments;
import org.posthorn.platform.audit.AuditRetention;
import org.posthorn.platform.settings.Kept;
import org.posthorn.platform.settings.Settings;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.Retention;
import org.posthorn.queue.Shunt;
import org.posthorn.queue.runner.JobHistory;
import org.posthorn.template.Autoresponder;
import org.posthorn.template.NoticeBudget;

/** What the clean-up does, in this order: first what ends a post, then what is left of those that have ended. */
@ApplicationScoped
class CleanUpSteps {

    /**
     * One kind of rows whose time may be over.
     *
     * @param round removes at most so many, in a transaction of its own, and says how many it was
     */
    record Step(String name, IntUnaryOperator round) {}

    private final List<Step> all;

    protected CleanUpSteps() {
        this.all = List.of();
    }

    @Inject
    CleanUpSteps(
            Shunt shunt,
            HeldRetention held,
            Retention retention,
            JobHistory jobs,
            Arrivals arrivals,
            AuditRetention audit,
            NoticeBudget budget,
            Autoresponder autoresponder,
            ExpiredRequests requests,
            ImportRows imports,
            Attachments attachments,
            CollectedPosts collected,
            Settings settings,
            Clock clock) {
        Kept kept = settings.kept();
        all = List.of(
                new Step("shunt", most -> discardParked(shunt, QueueName.SHUNT, clock, kept.shuntDays(), most)),
                new Step("bad", most -> discardParked(shunt, QueueName.BAD, clock, kept.badDays(), most)),
                new Step("held", held::discard),
                new Step("messages", retention::removeMessages),
                new Step("chunks", retention::removeChunks),
                new Step("events", retention::removeEvents),
                new Step("postings", retention::removePostings),
                new Step("executions", jobs::purge),
                new Step("arrivals", most -> arrivals.forget(clock.instant(), most)),
                new Step("audit", audit::remove),
                new Step("notices", budget::forget),
                new Step("autoresponses", autoresponder::forget),
                new Step("requests", requests::remove),
                new Step("imports", imports::forget),
                new Step("attachments", attachments::removeExpired),
                new Step("digests", collected::removeWritten));
    }

    private static int discardParked(Shunt shunt, QueueName queue, Clock clock, int days, int most) {
        return Kept.before(clock.instant(), days)
                .map(before -> shunt.discardOld(queue, before, most))
                .orElse(0);
    }

    List<Step> all() {
        return all;
    }
}
