package org.posthorn.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.posthorn.pipeline.FlowOnDatabase.mail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.MailingList;
import org.posthorn.list.Role;
import org.posthorn.list.UnknownException;
import org.posthorn.list.WhoGets.Share;
import org.posthorn.moderation.RuleTrial.Answer;
import org.posthorn.moderation.RuleTrial.Said;
import org.posthorn.pipeline.FlowOnDatabase;
import org.posthorn.simulator.Simulation.Fate;
import org.posthorn.simulator.Simulation.Readers;
import org.posthorn.simulator.Simulation.Step;
import org.posthorn.simulator.Simulator.Conditions;
import org.posthorn.simulator.Simulator.Message;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class SimulatorTest {

    private static final String MEMBER = "poster@example.com";

    @TempDir
    Path spool;

    static Message message(String mail) {
        byte[] octets = mail.getBytes(StandardCharsets.UTF_8);
        return new Message(() -> new ByteArrayInputStream(octets), octets.length);
    }

    private static Simulation run(FlowOnDatabase flow, String mail, Map<String, ?> changes) {
        return run(flow, mail, new Conditions(Optional.empty(), changes, Optional.empty(), 0));
    }

    private static Simulation run(FlowOnDatabase flow, String mail, Conditions conditions) {
        return flow.inTransaction(() -> flow.simulator.run(flow.list.getId(), message(mail), conditions));
    }

    private static Answer answer(Simulation simulation, String rule) {
        return simulation.rules().answers().stream()
                .filter(each -> each.rule().equals(rule))
                .findFirst()
                .orElseThrow();
    }

    private static Step step(Simulation simulation, String handler) {
        return simulation.steps().stream()
                .filter(each -> each.handler().equals(handler))
                .findFirst()
                .orElseThrow();
    }

    @BothDatabases
    void aMembersPostShouldPassAndShowWhatEachHandlerMakesOfIt(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            flow.lists.aMember(flow.list, MEMBER, Role.MEMBER);

            Simulation simulation = run(flow, mail(MEMBER), Map.of());

            assertThat(simulation.fate()).isEqualTo(Fate.ACCEPT);
            assertThat(simulation.reasons("en")).isEmpty();
            assertThat(simulation.sender()).isEqualTo(MEMBER);
            assertThat(answer(simulation, "loop").said()).isEqualTo(Said.MISS);
            assertThat(step(simulation, "subject-prefix").difference().lines())
                    .contains("-Subject: First light", "+Subject: [Test] First light");
            assertThat(step(simulation, "mime-delete").difference().isNone()).isTrue();
            assertThat(step(simulation, "decoration").difference().lines()).anyMatch(line -> line.startsWith("+"));
        }
    }

    @BothDatabases
    void whatHoldsAPostShouldBeNamedWithTheRulesThatWereNotAsked(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            Simulation simulation = run(flow, mail("stranger@example.net"), Map.of());

            assertThat(simulation.fate()).isEqualTo(Fate.HOLD);
            assertThat(simulation.reasons("en")).containsExactly("The message is not from a list member.");
            assertThat(answer(simulation, "nonmember-moderation").said()).isEqualTo(Said.HIT);
            assertThat(answer(simulation, "nonmember-moderation").isDeferred()).isFalse();
            assertThat(answer(simulation, "no-subject").said()).isEqualTo(Said.NOT_ASKED);
            assertThat(simulation.steps()).as("if a moderator accepted it").isNotEmpty();
        }
    }

    @BothDatabases
    void aChangedPolicyShouldDecideOtherwiseAndStayNowhere(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            flow.lists.aMember(flow.list, MEMBER, Role.MEMBER);
            Map<String, List<String>> before = contents(flow);

            Simulation tried = run(flow, mail(MEMBER), Map.of("max_num_recipients", "1", "emergency", "true"));
            Simulation prefixed = run(flow, mail(MEMBER), Map.of("subject_prefix", "[New]"));

            assertThat(tried.fate()).isEqualTo(Fate.HOLD);
            assertThat(answer(tried, "emergency").said()).isEqualTo(Said.HIT);
            assertThat(step(prefixed, "subject-prefix").difference().lines()).contains("+Subject: [New] First light");
            assertThat(run(flow, mail(MEMBER), Map.of()).fate()).isEqualTo(Fate.ACCEPT);
            assertThat(contents(flow)).isEqualTo(before);
        }
    }

    @BothDatabases
    void aPolicyThatCannotBeShouldBeRefused(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            assertThatThrownBy(() -> run(flow, mail(MEMBER), Map.of("emergency", "perhaps")))
                    .isInstanceOf(InvalidValueException.class);
            assertThatThrownBy(() -> run(flow, mail(MEMBER), Map.of("no_such", "1")))
                    .isInstanceOf(UnknownException.class);
        }
    }

    @BothDatabases
    void nothingShouldBeStoredCountedAnsweredOrSentWhateverBecomesOfIt(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            flow.lists.aMember(flow.list, MEMBER, Role.MEMBER);
            Map<String, List<String>> before = contents(flow);
            String large =
                    "From: " + MEMBER + "\r\nTo: " + FlowOnDatabase.LIST + "\r\nSubject: Large\r\nMIME-Version: 1.0\r\n"
                            + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nHello\r\n"
                            + "--b\r\nContent-Type: image/png; name=a.png\r\nContent-Disposition: attachment; filename=a.png\r\n\r\n"
                            + "x".repeat(5000) + "\r\n--b--\r\n";

            Simulation linked =
                    run(flow, large, Map.of("attachment_link_threshold", "1", "subject_prefix", "[Test %d]"));
            run(flow, large, Map.of("filter_content", "true", "filter_types", "multipart", "filter_action", "reject"));
            run(flow, mail("stranger@example.net"), Map.of("default_nonmember_action", "reject"));
            run(flow, mail("stranger@example.net"), Map.of("default_nonmember_action", "hold"));
            run(flow, mail(MEMBER), Map.of("member_verbosity_threshold", "1"));
            run(
                    flow,
                    mail(MEMBER),
                    Map.of("autorespond_postings", "respond_and_discard", "autoresponse_postings_text", "Away"));

            assertThat(step(linked, "subject-prefix").difference().lines()).contains("+Subject: [Test 1] Large");
            assertThat(contents(flow)).isEqualTo(before);
            assertThat(spool).isEmptyDirectory();
        }
    }

    @BothDatabases
    void whoWouldGetItShouldBeCountedPagedAndAskedAbout(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            flow.lists.aMember(flow.list, MEMBER, Role.MEMBER);
            flow.members(Simulator.PAGE + 9);

            Conditions asking = new Conditions(Optional.empty(), Map.of(), Optional.of("M3@example.com"), 0);
            Readers first = run(flow, mail(MEMBER), asking).readers().orElseThrow();
            Readers second = run(
                            flow,
                            mail(MEMBER),
                            new Conditions(
                                    Optional.empty(),
                                    Map.of(),
                                    Optional.of("nobody@example.com"),
                                    first.after().orElseThrow()))
                    .readers()
                    .orElseThrow();

            assertThat(first.counted().shares()).containsEntry(Share.GETS, Simulator.PAGE + 10L);
            assertThat(first.page()).hasSize(Simulator.PAGE).contains(MEMBER, "m3@example.com");
            assertThat(first.asked()).contains(Share.GETS);
            assertThat(second.page()).hasSize(10).doesNotContainAnyElementsOf(first.page());
            assertThat(second.after()).isEmpty();
            assertThat(second.asked()).isEmpty();
        }
    }

    /** Who may see the members of this list may not see those of every list that it includes. */
    @BothDatabases
    void membersOfIncludedListsShouldBeCountedAndNotNamed(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            MailingList other = flow.lists.aList("bee@example.com");
            flow.lists.aMember(flow.list, MEMBER, Role.MEMBER);
            flow.lists.aMember(other, "secret@example.com", Role.MEMBER);
            flow.lists.run(() -> flow.lists.listOperations.configure(
                    flow.list.getId(), null, Map.of("regular_include_lists", "bee@example.com")));

            Readers readers =
                    run(flow, mail(MEMBER), Conditions.asTheyAre()).readers().orElseThrow();

            assertThat(readers.counted().included()).isEqualTo(1);
            assertThat(readers.page()).containsExactly(MEMBER);
        }
    }

    @BothDatabases
    void listsThatAreIncludedForTheTrialAloneShouldCountAsIfTheyWereSaved(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            MailingList other = flow.lists.aList("bee@example.com");
            flow.lists.aMember(flow.list, MEMBER, Role.MEMBER);
            flow.lists.aMember(other, "bea@example.com", Role.MEMBER);

            Simulation tried = run(flow, mail(MEMBER), Map.of("regular_include_lists", "bee@example.com"));

            assertThat(tried.readers().orElseThrow().counted().included()).isEqualTo(1);
            assertThatThrownBy(() -> run(flow, mail(MEMBER), Map.of("regular_include_lists", "nobody@example.com")))
                    .isInstanceOf(InvalidValueException.class);
            assertThat(run(flow, mail(MEMBER), Conditions.asTheyAre())
                            .readers()
                            .orElseThrow()
                            .counted()
                            .included())
                    .isZero();
        }
    }

    @BothDatabases
    void onlySoManyShouldTryAtOnce(TestDatabase database) throws Exception {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            CountDownLatch inside = new CountDownLatch(Simulator.MOST_AT_ONCE);
            CountDownLatch goOn = new CountDownLatch(1);
            List<CompletableFuture<Object>> others = new ArrayList<>();
            for (int i = 0; i < Simulator.MOST_AT_ONCE; i++) {
                others.add(CompletableFuture.supplyAsync(() -> {
                    Message slow = new Message(
                            () -> {
                                inside.countDown();
                                await(goOn);
                                throw new IOException("nothing more is needed");
                            },
                            1);
                    return catchThrowable(() -> flow.simulator.run(flow.list.getId(), slow, Conditions.asTheyAre()));
                }));
            }
            assertThat(inside.await(60, TimeUnit.SECONDS)).isTrue();

            assertThatThrownBy(() -> run(flow, mail(MEMBER), Conditions.asTheyAre()))
                    .isInstanceOf(BusyException.class);

            goOn.countDown();
            for (CompletableFuture<Object> other : others) {
                other.get(60, TimeUnit.SECONDS);
            }
            assertThat(run(flow, mail(MEMBER), Conditions.asTheyAre()).rules()).isNotNull();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @BothDatabases
    void aHeldPostShouldBeTriedAsItCameAndAnotherListsNot(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            long held = flow.arrives(mail("stranger@example.net"), "bounce@example.net", "post");
            flow.runAll(flow.moderation);
            MailingList other = flow.lists.aList("other@lists.example.org");

            assertThat(flow.inTransaction(() -> flow.stored.latest(flow.list.getId())))
                    .extracting(StoredPosts.Stored::id)
                    .containsExactly(held);
            Simulation simulation = flow.inTransaction(
                            () -> flow.simulator.runStored(flow.list.getId(), held, Conditions.asTheyAre()))
                    .orElseThrow();
            assertThat(simulation.fate()).isEqualTo(Fate.HOLD);
            assertThat(simulation.sender()).isEqualTo("bounce@example.net");
            assertThat(flow.inTransaction(() -> flow.simulator.runStored(other.getId(), held, Conditions.asTheyAre())))
                    .isEmpty();
        }
    }

    @BothDatabases
    void aPostThatHasGoneOutShouldBeTriedUntilItsOctetsAreRemoved(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            flow.lists.aMember(flow.list, MEMBER, Role.MEMBER);
            long gone = flow.arrives(mail(MEMBER), MEMBER, "post");
            long toOwners = flow.arrives(mail("stranger@example.net"), "stranger@example.net", "owner");
            flow.runAll(flow.moderation);
            flow.sql.update("delete from queue_entry");

            assertThat(flow.inTransaction(() -> flow.stored.latest(flow.list.getId())))
                    .extracting(StoredPosts.Stored::id)
                    .containsExactly(gone)
                    .doesNotContain(toOwners);
            assertThat(flow.inTransaction(
                                    () -> flow.simulator.runStored(flow.list.getId(), gone, Conditions.asTheyAre()))
                            .orElseThrow()
                            .fate())
                    .isEqualTo(Fate.ACCEPT);

            flow.sql.update("delete from message");
            assertThat(flow.inTransaction(() -> flow.stored.latest(flow.list.getId())))
                    .isEmpty();
            assertThat(flow.inTransaction(
                            () -> flow.simulator.runStored(flow.list.getId(), gone, Conditions.asTheyAre())))
                    .isEmpty();
        }
    }

    @BothDatabases
    void theMailShouldBeShownAsItGoesOut(TestDatabase database) {
        try (FlowOnDatabase flow = new FlowOnDatabase(database, spool)) {
            flow.lists.aMember(flow.list, MEMBER, Role.MEMBER);

            Simulation out = run(flow, mail(MEMBER), Map.of());
            Simulation filtered = run(
                    flow,
                    mail(MEMBER),
                    Map.of("filter_content", "true", "filter_types", "text/plain", "filter_action", "reject"));

            assertThat(out.mail()).contains("Subject: [Test] First light", "Dear list");
            assertThat(filtered.fate()).isEqualTo(Fate.REJECT);
            assertThat(filtered.reasons("en")).hasSize(1);
            assertThat(filtered.readers()).isEmpty();
        }
    }

    /** All rows of all tables, as text. */
    private static Map<String, List<String>> contents(FlowOnDatabase flow) {
        Map<String, List<String>> contents = new TreeMap<>();
        List<String> tables = flow.sql.list(
                "select table_name from information_schema.tables where lower(table_schema) = 'public' and table_type = 'BASE TABLE'",
                row -> row.getString(1));
        assertThat(tables).hasSizeGreaterThan(30);
        for (String table : tables) {
            contents.put(
                    table,
                    flow
                            .sql
                            .list("select * from \"" + table + "\"", row -> {
                                StringBuilder text = new StringBuilder();
                                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                                    text.append(row.getString(i)).append('|');
                                }
                                return text.toString();
                            })
                            .stream()
                            .sorted()
                            .toList());
        }
        return contents;
    }
}
