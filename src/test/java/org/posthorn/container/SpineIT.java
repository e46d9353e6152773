package org.posthorn.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.mail.Session;
import java.time.Clock;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthorn.platform.Sql;
import org.posthorn.platform.settings.Settings;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.runner.Stage;

/** The application stands in the container: settings, database, stages, batch jobs, the default smarthost's session. */
@ExtendWith(ArquillianExtension.class)
class SpineIT {

    @Inject
    private Settings settings;

    @Inject
    private Sql sql;

    @Inject
    private Clock clock;

    @Inject
    @Any
    private Instance<Stage> stages;

    @Resource(lookup = "mail/smarthost")
    private Session smarthost;

    @Deployment
    static WebArchive deployment() {
        return Deployments.posthorn();
    }

    @Test
    void settingsShouldBeThoseThatTheProcessWasStartedWith() {
        assertThat(settings.home().toString()).contains("posthorn-container-");
        assertThat(settings.smarthosts()).extracting("name").containsExactly("nobody");
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
    void queueRunnersShouldBeBatchJobs() {
        assertThat(BatchRuntime.getJobOperator().getJobNames()).allMatch(name -> name.equals("queue-runner"));
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
