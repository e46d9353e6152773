package org.posthorn.console.site;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.annotation.ManagedProperty;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;
import org.posthorn.console.frame.Pager;
import org.posthorn.platform.Text;
import org.posthorn.queue.PostingReport;
import org.posthorn.queue.PostingReports;
import org.posthorn.queue.PostingSearch;

/** {@code /site/messages}: where is my message, and why? By its Message-ID, or by what people remember of it. */
@Named
@RequestScoped
public class MessageTrace {

    private static final int EVENTS = 100;
    private static final int FOUND = 50;

    @Inject
    private PostingReports reports;

    @Inject
    private PostingSearch search;

    @Inject
    @ManagedProperty("#{param.message_id}")
    private String messageId;

    @Inject
    @ManagedProperty("#{param.q}")
    private String words;

    @Inject
    @ManagedProperty("#{param.recipient}")
    private String recipient;

    @Inject
    @ManagedProperty("#{param.page}")
    private String number;

    private PostingReport report;
    private List<TraceEvent> events = List.of();
    private boolean moreEvents;
    private List<Fate> fates = List.of();
    private List<FoundPost> found = List.of();

    @PostConstruct
    void read() {
        messageId = Text.line(messageId, 998).strip();
        words = Text.line(words, 200).strip();
        recipient = Text.line(recipient, 320).strip();
        if (messageId.isEmpty() && looksLikeAnId(words)) {
            report(words).ifPresent(known -> messageId = known.messageId());
        }
        if (messageId.isEmpty()) {
            found = search.latest(words, FOUND).stream().map(FoundPost::new).toList();
        } else if (report != null || report(messageId).isPresent()) {
            fates = recipient.isEmpty()
                    ? List.of()
                    : reports.fates(report, recipient).stream().map(Fate::new).toList();
        }
    }

    private static boolean looksLikeAnId(String words) {
        return words.startsWith("<") || words.indexOf('@') > 0 && words.indexOf(' ') < 0;
    }

    private Optional<PostingReport> report(String id) {
        int page = Pager.number(number);
        Optional<PostingReport> known = reports.find(id, null, EVENTS + 1, (long) EVENTS * (page - 1));
        known.ifPresent(one -> {
            report = one;
            moreEvents = one.events().size() > EVENTS;
            events = one.events().stream().limit(EVENTS).map(TraceEvent::new).toList();
        });
        return known;
    }

    public String getMessageId() {
        return report == null ? messageId : report.messageId();
    }

    public String getWords() {
        return words;
    }

    public String getRecipient() {
        return recipient;
    }

    /** What was typed, whichever it was. */
    public String getAsked() {
        return words.isEmpty() ? messageId : words;
    }

    public boolean isTraced() {
        return report != null;
    }

    /** Whether a Message-ID was asked for that nobody knows. */
    public boolean isUnknown() {
        return report == null && !messageId.isEmpty();
    }

    public String getState() {
        return report.state().label();
    }

    public Progress getProgress() {
        return Progress.of(report.posts());
    }

    public List<TracedPost> getPosts() {
        return report.posts().stream().map(TracedPost::new).toList();
    }

    public List<TraceEvent> getEvents() {
        return events;
    }

    /** The events' pages: how many there are is not counted. */
    public Pager getPager() {
        int page = Pager.number(number);
        long seen = (long) EVENTS * (page - 1) + events.size();
        return Pager.of(page, EVENTS, moreEvents ? seen + 1 : seen, "message_id", getMessageId());
    }

    public List<Fate> getFates() {
        return fates;
    }

    public List<FoundPost> getFound() {
        return found;
    }

    /** How many of the latest posts were looked through. */
    public int getLatest() {
        return PostingSearch.LATEST;
    }

    public boolean isFull() {
        return found.size() == FOUND;
    }
}
