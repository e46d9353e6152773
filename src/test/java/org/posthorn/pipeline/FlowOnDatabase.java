package org.posthorn.pipeline;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.posthorn.command.CommandStage;
import org.posthorn.command.ModerateByMail;
import org.posthorn.command.ModerationAnswers;
import org.posthorn.list.ChangedLists;
import org.posthorn.list.ListsOnDatabase;
import org.posthorn.list.MailingList;
import org.posthorn.list.NewSubscription;
import org.posthorn.list.Role;
import org.posthorn.list.SiblingLists;
import org.posthorn.list.SizeLimit;
import org.posthorn.list.TreatSender;
import org.posthorn.list.WhoGets;
import org.posthorn.list.access.RoleRights;
import org.posthorn.mail.MailMessage;
import org.posthorn.moderation.AllHeaderChecks;
import org.posthorn.moderation.Approval;
import org.posthorn.moderation.AuthorNotices;
import org.posthorn.moderation.DecideHeld;
import org.posthorn.moderation.Fates;
import org.posthorn.moderation.ForwardHeld;
import org.posthorn.moderation.HeldDecisions;
import org.posthorn.moderation.HeldMessages;
import org.posthorn.moderation.HeldReplies;
import org.posthorn.moderation.IncomingPosts;
import org.posthorn.moderation.ModerationStage;
import org.posthorn.moderation.ModeratorNotices;
import org.posthorn.moderation.PreserveHeld;
import org.posthorn.moderation.RecentPosts;
import org.posthorn.moderation.RosterPeople;
import org.posthorn.moderation.RuleTrial;
import org.posthorn.pipeline.attachment.Attachments;
import org.posthorn.platform.AfterCommit;
import org.posthorn.platform.BeforeCommit;
import org.posthorn.platform.Ids;
import org.posthorn.platform.Sql;
import org.posthorn.platform.actor.Rights;
import org.posthorn.platform.settings.SettingSource;
import org.posthorn.platform.settings.Settings;
import org.posthorn.queue.DatabaseSwitchboard;
import org.posthorn.queue.DatabaseTrace;
import org.posthorn.queue.MessageSource;
import org.posthorn.queue.MessageStore;
import org.posthorn.queue.NewEntry;
import org.posthorn.queue.NewPosting;
import org.posthorn.queue.Posting;
import org.posthorn.queue.Postings;
import org.posthorn.queue.QueueEntries;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.QueueSignals;
import org.posthorn.queue.Switchboard;
import org.posthorn.queue.Trace;
import org.posthorn.queue.runner.Stage;
import org.posthorn.queue.runner.Stage.Outcome;
import org.posthorn.simulator.Simulator;
import org.posthorn.simulator.StoredPosts;
import org.posthorn.template.Autoresponder;
import org.posthorn.template.NoticeBudget;
import org.posthorn.template.Outbox;
import org.posthorn.template.PublicPages;
import org.posthorn.template.TemplateRows;
import org.posthorn.template.TemplateTextRows;
import org.posthorn.template.Templates;
import org.posthorn.testing.TestDatabase;

/** A post's way from {@code in} to {@code out} over a test database, outside of a container; runs stages as a runner does. */
public final class FlowOnDatabase implements AutoCloseable {

    public static final Instant NOW = ListsOnDatabase.NOW;
    public static final String LIST = "test@lists.example.org";

    public final ListsOnDatabase lists;
    public final MailingList list;
    public final Sql sql;
    public final MessageStore messages;
    public final Postings postings;
    public final QueueEntries entries;
    public final Switchboard switchboard;
    public final Trace trace;
    public final HeldMessages heldMessages;
    public final Fates fates;
    public final TemplateRows templates;
    public final TemplateTextRows templateTexts;
    public final NoticeBudget budget;
    public final ModerationStage moderation;
    public final CommandStage commands;
    public final DecideHeld deciding;
    public final ForwardHeld forwarding;
    public final Autoresponder autoresponder;
    public final Attachments attachments;
    public final Kitchen kitchen;
    public final Endings endings;
    public final PipelineStage pipeline;
    public final VirginStage virgin;
    public final StoredPosts stored;
    public final Simulator simulator;
    private final TestDatabase database;

    public FlowOnDatabase(TestDatabase database, Path spool) {
        this.database = database;
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        Ids ids = database.ids();
        sql = database.sql();
        lists = new ListsOnDatabase(database);
        messages = new MessageStore(sql, ids, clock);
        postings = new Postings(sql, ids);
        entries = new QueueEntries(sql);
        switchboard = new DatabaseSwitchboard(sql, ids, messages, new QueueSignals(), new AfterCommit());
        trace = new DatabaseTrace(sql, ids, clock, Settings.read(SettingSource.ofProcess()));
        Settings settings = Settings.read(SettingSource.ofProcess());
        Outbox outbox = new Outbox(messages, postings, switchboard, trace, clock);
        templates = new TemplateRows(sql, ids);
        templateTexts = new TemplateTextRows(sql, ids);
        Templates texts = new Templates(templateTexts, templates);
        budget = new NoticeBudget(sql, ids, clock);
        autoresponder = new Autoresponder(sql, ids, lists.clock, lists.banOperations, lists.roster, budget, outbox);
        HeldReplies replies = new HeldReplies(sql, clock);
        Approval approval = new Approval(lists.passwords, messages);
        fates = new Fates(
                switchboard,
                trace,
                clock,
                new AuthorNotices(messages, lists.roster, budget, texts, outbox),
                new ModeratorNotices(messages, replies, budget, new PublicPages(settings), texts, outbox),
                approval);
        heldMessages = new HeldMessages(sql, clock, postings, lists.lists, fates, lists.audit);
        forwarding = new ForwardHeld(heldMessages, lists.lists, budget, outbox, trace, lists.audit);
        deciding = new DecideHeld(
                heldMessages,
                new TreatSender(lists.roster, lists.members, lists.subscriptions, lists.lists, lists.bans),
                new PreserveHeld(postings, switchboard, entries, trace, clock),
                forwarding,
                lists.lists,
                lists.audit);
        commands = new CommandStage(
                lists.lists,
                postings,
                messages,
                trace,
                autoresponder,
                List.of(new ModerateByMail(
                        replies,
                        heldMessages,
                        deciding,
                        approval,
                        lists.roster,
                        messages,
                        new ModerationAnswers(new HeldDecisions(sql), budget, new PublicPages(settings), outbox))));
        lists.onDeletion = heldMessages::endWithList;
        IncomingPosts incoming = new IncomingPosts(
                messages,
                new RosterPeople(lists.roster, lists.banOperations, lists.lists),
                approval,
                new AllHeaderChecks(lists.headerMatchRows, settings),
                new RecentPosts(sql));
        moderation = new ModerationStage(
                lists.lists, postings, incoming, heldMessages, fates, trace, autoresponder, messages);
        Chunks chunks = new Chunks(sql, ids, clock);
        endings = new Endings(trace, new EndingNotices(messages, lists.roster, budget, texts, outbox));
        attachments = new Attachments(sql, ids, clock);
        kitchen = new Kitchen(messages, new PublicPages(settings), texts, attachments, lists.counters, spool, clock);
        pipeline = new PipelineStage(
                lists.lists,
                postings,
                kitchen,
                new Audience(lists.roster, lists.lists, messages),
                new FanOut(chunks, switchboard, clock),
                new Completion(
                        postings,
                        lists.counters,
                        new Acknowledgements(lists.roster, texts, outbox),
                        new BeforeCommit(),
                        trace,
                        clock),
                endings,
                clock);
        stored = new StoredPosts(sql, clock);
        simulator = new Simulator(
                lists.lists,
                new ChangedLists(
                        lists.lists,
                        new SizeLimit(settings),
                        new SiblingLists(lists.lists, new Rights(new RoleRights(sql)))),
                new RuleTrial(incoming),
                new PipelineTrial(kitchen),
                new AudienceTrial(new Audience(lists.roster, lists.lists, messages), new WhoGets(sql)),
                stored,
                messages,
                settings,
                clock);
        virgin = new VirginStage(postings, chunks, switchboard, trace, clock);
        // There already: this is another node on the same database.
        list = inTransaction(() -> lists.lists.byPostingAddress(LIST)).orElseGet(() -> lists.aList(LIST));
    }

    /** A mail from its author to the list, with these further fields. */
    public static String mail(String from, String... fields) {
        return "From: " + from + "\r\nTo: " + LIST + "\r\nSubject: First light\r\nMessage-ID: <first@example.com>\r\n"
                + String.join(
                        "",
                        List.of(fields).stream().map(field -> field + "\r\n").toList()) + "\r\nDear list\r\n";
    }

    /** What the ingress does. @return the posting's id */
    public long arrives(String mail, String reversePath, String kind) {
        return inTransaction(() -> {
            MessageSource source = MessageSource.of(mail.getBytes(StandardCharsets.UTF_8));
            long message = messages.store(source);
            String subject = MailMessage.open(source.open()).header().subject();
            long posting = postings.open(new NewPosting(
                    list.getId(),
                    LIST,
                    QueueName.IN,
                    "<first@example.com>",
                    reversePath,
                    subject,
                    source.sizeBytes(),
                    NOW,
                    kind.equals("post") ? Long.valueOf(message) : null));
            Map<String, String> attributes = Map.of("sender", reversePath, "kind", kind, "recipient", LIST);
            switchboard.enqueue(NewEntry.of(QueueName.IN, list.getId(), posting, message, attributes, NOW, NOW));
            return posting;
        });
    }

    /** A post of a member, accepted. @return the posting's id */
    public long accepted(String mail) {
        long posting = arrives(mail, "poster@example.com", "post");
        runAll(moderation);
        return posting;
    }

    public void members(int count) {
        lists.run(() -> {
            for (int i = 0; i < count; i++) {
                lists.subscriptions.subscribe(
                        NewSubscription.of(list.getId(), "m" + i + "@example.com", null, Role.MEMBER));
            }
        });
    }

    /** One turn for each entry of the stage's queue, each in a transaction of its own. */
    public void runOnce(Stage stage) {
        for (QueueEntry entry : queued(stage.queue())) {
            turn(stage, entry);
        }
    }

    public void runAll(Stage stage) {
        while (!queued(stage.queue()).isEmpty()) {
            runOnce(stage);
        }
    }

    public Outcome turn(Stage stage, QueueEntry entry) {
        return inTransaction(() -> {
            Outcome outcome = stage.process(entry);
            if (outcome instanceof Outcome.GoOn goOn) {
                Map<String, String> attributes = new HashMap<>(entry.attributes());
                attributes.putAll(goOn.attributes());
                entries.goOn(entry, goOn.progress(), attributes, NOW);
            } else {
                entries.done(entry);
            }
            return outcome;
        });
    }

    public List<QueueEntry> queued(QueueName queue) {
        return entries.page(queue, 0, 10_000);
    }

    public Posting posting(long id) {
        return postings.find(id).orElseThrow();
    }

    public List<String> events(long posting) {
        return sql.list(
                "select event from trace_event where posting_id = ? order by id", row -> row.getString(1), posting);
    }

    public String detail(long posting, String event) {
        return sql.first(
                        "select detail from trace_event where posting_id = ? and event = ?",
                        row -> row.getString(1),
                        posting,
                        event)
                .orElseThrow();
    }

    /** All recipients in the chunks of these entries, in order. */
    public List<String> recipients(List<QueueEntry> out) {
        List<String> recipients = new ArrayList<>();
        for (QueueEntry entry : out) {
            String lines = sql.first(
                            "select recipients from delivery_chunk where id = ?",
                            row -> row.getString(1),
                            entry.chunkId())
                    .orElseThrow();
            lines.lines().map(line -> line.split("\t")[1]).forEach(recipients::add);
        }
        return recipients;
    }

    public String octets(long messageId) {
        return new String(messages.head(messageId, Integer.MAX_VALUE - 8), StandardCharsets.UTF_8);
    }

    public <T> T inTransaction(Callable<T> work) {
        return lists.inTransaction(work);
    }

    public TestDatabase database() {
        return database;
    }

    @Override
    public void close() {
        lists.close();
    }
}
