package org.posthorn.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.pipeline.FlowOnDatabase.mail;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.list.Member;
import org.posthorn.list.Role;
import org.posthorn.queue.QueueName;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

/** Mailman's avoid-duplicates: whoever is addressed and wants no copy of the list's gets none. */
class AvoidDuplicatesTest {

    @TempDir
    private Path spool;

    private static void aMember(FlowOnDatabase flow, String email, boolean copy) {
        Member member = flow.lists.aMember(flow.list, email, Role.MEMBER);
        flow.lists.run(() -> flow.lists
                .members
                .byId(member.getId())
                .orElseThrow()
                .preferences()
                .setReceiveListCopy(copy));
    }

    @BothDatabases
    void theAddressedShouldGetNoCopyOnlyWhereTheyWantNone(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            flow.lists.aMember(flow.list, "poster@example.com", Role.MEMBER);
            aMember(flow, "to@example.com", false);
            aMember(flow, "cc@example.com", false);
            aMember(flow, "resent@example.com", false);
            aMember(flow, "both@example.com", true);
            aMember(flow, "unnamed@example.com", false);

            flow.accepted(mail(
                    "poster@example.com",
                    "Cc: Both <both@example.com>, CC@Example.com",
                    "Resent-To: resent@example.com",
                    "Resent-Cc: to@example.com"));
            flow.runAll(flow.pipeline);

            assertThat(flow.recipients(flow.queued(QueueName.OUT)))
                    .containsExactlyInAnyOrder("poster@example.com", "both@example.com", "unnamed@example.com");
        }
    }
}
