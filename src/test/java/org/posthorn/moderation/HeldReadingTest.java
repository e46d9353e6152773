package org.posthorn.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.posthorn.pipeline.FlowOnDatabase.mail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.list.MailingList;
import org.posthorn.mail.reading.ReadableMessage;
import org.posthorn.pipeline.FlowOnDatabase;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class HeldReadingTest {

    @TempDir
    Path spool;

    private static long held(FlowOnDatabase flow, String mail) {
        flow.arrives(mail, "stranger@example.org", "post");
        flow.runAll(flow.moderation);
        return flow.sql
                .first("select max(request_id) from held_message", row -> row.getLong(1))
                .orElseThrow();
    }

    @BothDatabases
    void heldPostShouldBeOpenedWithWhatCanBeReadOfIt(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            String mail = mail("stranger@example.org", "Content-Type: text/html", "X-Other: hidden");
            HeldReading reading = new HeldReading(flow.heldMessages, flow.messages);

            HeldReading.Opened opened =
                    reading.open(flow.list.getId(), held(flow, mail)).orElseThrow();

            assertThat(opened.held().sender()).isEqualTo("stranger@example.org");
            assertThat(opened.sizeBytes()).isEqualTo(mail.length());
            assertThat(opened.message().html()).contains("Dear list");
            assertThat(opened.message().fields())
                    .contains(
                            new ReadableMessage.Field("Subject", "First light"),
                            new ReadableMessage.Field("From", "stranger@example.org"))
                    .noneMatch(field -> field.name().equals("X-Other"));
        }
    }

    @BothDatabases
    void anotherListsPostAndOneThatIsDecidedShouldNotBeOpened(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            MailingList other = flow.lists.aList("other@lists.example.org");
            long request = held(flow, mail("stranger@example.org"));
            HeldReading reading = new HeldReading(flow.heldMessages, flow.messages);

            assertThat(reading.open(other.getId(), request)).isEmpty();
            assertThat(reading.open(flow.list.getId(), request)).isPresent();
            flow.inTransaction(() -> flow.heldMessages.discard(flow.list.getId(), request, "ann"));
            assertThat(reading.open(flow.list.getId(), request)).isEmpty();
        }
    }

    @BothDatabases
    void octetsShouldBeWrittenAsTheyCameAndOnlyForTheirList(TestDatabase database) throws IOException {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            MailingList other = flow.lists.aList("other@lists.example.org");
            String mail = mail("stranger@example.org", "X-Odd:  \t spaced");
            HeldReading reading = new HeldReading(flow.heldMessages, flow.messages);
            HeldMessage post = reading.open(flow.list.getId(), held(flow, mail))
                    .orElseThrow()
                    .held();
            ByteArrayOutputStream out = new ByteArrayOutputStream();

            reading.write(flow.list.getId(), post, out);

            assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(mail);
            assertThatThrownBy(() -> reading.write(other.getId(), post, new ByteArrayOutputStream()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
