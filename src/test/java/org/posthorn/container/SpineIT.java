package org.posthorn.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import jakarta.batch.operations.JobOperator;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.mail.Session;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthorn.list.Domains;
import org.posthorn.list.Lists;
import org.posthorn.list.MailingList;
import org.posthorn.list.NewSubscription;
import org.posthorn.list.Role;
import org.posthorn.list.Subscriptions;
import org.posthorn.platform.Sql;
import org.posthorn.platform.actor.Acting;
import org.posthorn.platform.actor.Actor;
import org.posthorn.platform.settings.Settings;
import org.posthorn.queue.PostingReport;
import org.posthorn.queue.PostingReport.Event;
import org.posthorn.queue.PostingReport.State;
import org.posthorn.queue.PostingReports;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.runner.Stage;
import org.posthorn.testing.Eventually;
import org.posthorn.testing.LmtpClient;
import org.posthorn.testing.SmtpSink;

/** The application stands in the container: settings, database, stages, batch jobs, the default smarthost's session. */
@ExtendWith(ArquillianExtension.class)
class SpineIT {

    private static final String LIST = "spine@lists.example.org";
    private static final Duration SOON = Duration.ofSeconds(60);

    @Inject
    private Settings settings;

    @Inject
    private Sql sql;

    @Inject
    private Clock clock;

    @Inject
    @Any
    private Instance<Stage> stages;

    @Inject
    private Domains domains;

    @Inject
    private Lists lists;

    @Inject
    private Subscriptions subscriptions;

    @Inject
    private PostingReports reports;

    @Resource(lookup = "mail/smarthost")
    private Session smarthost;

    @Deployment
    static WebArchive deployment() {
        return Deployments.posthorn();
    }

    @Test
    void settingsShouldBeThoseThatTheProcessWasStartedWith() {
        assertThat(settings.home().toString()).contains("posthorn-container-");
        assertThat(settings.smarthosts()).extracting("name").containsExactly("sink");
    }

    @Test
    void schemaShouldHaveBeenMigratedBeforeAnythingUsesIt() {
        assertThat(sql.first("select count(*) from queue_entry", row -> row.getLong(1)))
                .isPresent();
    }

    @Test
    void stagesShouldBeFoundForTheQueuesOfTheSpine() {
        assertThat(stages.stream().map(Stage::queue)).contains(QueueName.IN, QueueName.PIPELINE);
    }

    @Test
    void postShouldGoThroughRulesAndPipelineToTheSmarthostByBatchJobs() throws IOException {
        // The test's own code comes in by a request of nobody's.
        try (Acting.Bound server = Acting.as(Actor.SYSTEM)) {
            postGoesThrough();
        }
    }

    private void postGoesThrough() throws IOException {
        MailingList list = aListOf("ann@example.com", "bob@example.net", "poster@example.com");
        try (SmtpSink sink = new SmtpSink(settings.smarthosts().get(0).port())) {
            deliver("stranger@example.org", "<stranger@example.org>");
            deliver("poster@example.com", "<first@example.com>");

            awaitState("<first@example.com>", State.DELIVERED);
            awaitState("<stranger@example.org>", State.HELD);
            assertThat(sink.recipientsOf("<first@example.com>"))
                    .containsExactlyInAnyOrder("ann@example.com", "bob@example.net", "poster@example.com");
            assertThat(sink.copiesOf("<first@example.com>")).allSatisfy(copy -> {
                assertThat(copy.header("Subject")).contains("[Spine] First light");
                assertThat(copy.header("List-Id").orElse("")).contains("<" + list.getListId() + ">");
            });
            assertThat(sink.copiesOf("<stranger@example.org>")).isEmpty();
        }
        assertThat(report("<first@example.com>").events())
                .extracting(Event::event)
                .startsWith("received", "accepted");
        assertThat(queuesOfJobExecutions()).contains("IN", "PIPELINE", "OUT");
    }

    private MailingList aListOf(String... members) {
        domains.create("lists.example.org", null, null);
        MailingList list = lists.create(LIST, null);
        for (String member : members) {
            subscriptions.subscribe(NewSubscription.of(list.getId(), member, null, Role.MEMBER));
        }
        return list;
    }

    private void deliver(String from, String messageId) throws IOException {
        try (LmtpClient client = LmtpClient.greeted(settings.lmtp().endpoint().port())) {
            client.say("MAIL FROM:<" + from + ">\r\nRCPT TO:<" + LIST + ">\r\nDATA\r\n", 3);
            assertThat(client.say("From: " + from + "\r\nTo: " + LIST + "\r\nSubject: First light\r\nMessage-ID: "
                            + messageId + "\r\n\r\nDear list\r\n.\r\n"))
                    .startsWith("250");
        }
    }

    private PostingReport report(String messageId) {
        return reports.find(messageId, null, 100, 0).orElseThrow();
    }

    private void awaitState(String messageId, State state) {
        assertThat(Eventually.holds(SOON, () -> report(messageId).state() == state))
                .as(() -> state + ": " + report(messageId))
                .isTrue();
    }

    /** The queues that some execution of the job has worked on. */
    private static Set<String> queuesOfJobExecutions() {
        JobOperator jobs = BatchRuntime.getJobOperator();
        assertThat(jobs.getJobNames()).containsExactly("queue-runner");
        return jobs.getJobInstances("queue-runner", 0, 100).stream()
                .flatMap(instance -> jobs.getJobExecutions(instance).stream())
                .map(execution -> execution.getJobParameters().getProperty("queue"))
                .collect(Collectors.toSet());
    }

    @Test
    void defaultSmarthostShouldBeAMailSessionOfTheContainer() {
        assertThat(smarthost.getProperty("mail.smtp.sendpartial")).isEqualTo("true");
    }

    @Test
    void clockShouldTickInTheDatabasesPrecision() {
        assertThat(clock.instant().getNano() % 1000).isZero();
    }
}
