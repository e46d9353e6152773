package org.posthorn.console.topics;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.annotation.ManagedProperty;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.posthorn.console.door.Here;
import org.posthorn.console.frame.Act;
import org.posthorn.console.frame.Edit;
import org.posthorn.console.frame.Edits;
import org.posthorn.console.text.Texts;
import org.posthorn.list.ConflictException;
import org.posthorn.list.DuplicateException;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.TopicBook.Entry;
import org.posthorn.list.Topics;
import org.posthorn.list.UnknownException;
import org.posthorn.pipeline.TopicTrial;
import org.posthorn.platform.audit.AuditEntry;
import org.posthorn.platform.audit.AuditReader;

/** {@code /manage/{list-id}/topics}: all topics, and a form to add one; with {@code ?topic=Trains} to change that one. */
@Named
@RequestScoped
public class TopicsPage {

    @Inject
    private Topics topics;

    @Inject
    private AuditReader audit;

    @Inject
    private Here here;

    @Inject
    private Act act;

    @Inject
    private Texts texts;

    @Inject
    private HttpServletRequest request;

    @Inject
    @ManagedProperty("#{param.topic}")
    private String asked;

    private Topics.State state;
    private Optional<Entry> present = Optional.empty();
    private Edits conflict;
    private List<TopicTrial.Hit> hits;
    private String name = "";
    private String description = "";
    private String patterns = "";
    private String sample = "";
    private String seenName = "";
    private String seenDescription = "";
    private String seenPatterns = "";

    @PostConstruct
    void read() {
        state = topics.of(here.listId());
        if (isChanging()) {
            present = state.book().find(asked);
        }
        present.ifPresent(entry -> {
            name = entry.name();
            description = entry.description();
            patterns = String.join("\n", entry.patterns());
        });
        seenName = name;
        seenDescription = description;
        seenPatterns = patterns;
    }

    public void save() {
        if (!isChanging()) {
            put("", entry(name, description, patterns));
            return;
        }
        if (present.isEmpty()) {
            act.refuse(null, "topics.gone", asked);
            return;
        }
        Entry now = present.get();
        Edits edits = Edits.of(
                request,
                Edit.text("name", seenName, name, now.name()),
                Edit.text("description", seenDescription, description, now.description()),
                Edit.text("patterns", seenPatterns, patterns, String.join("\n", now.patterns())));
        if (edits.isConflict()) {
            conflict = edits.savedBy(
                    Optional.ofNullable(audit.lastChanges(here.listId()).get("topics"))
                            .map(AuditEntry::actor)
                            .orElse(""));
            seeNow(now);
            act.conflict();
            return;
        }
        put(now.name(), entry(edits.result("name"), edits.result("description"), edits.result("patterns")));
    }

    private void seeNow(Entry now) {
        seenName = now.name();
        seenDescription = now.description();
        seenPatterns = String.join("\n", now.patterns());
    }

    /** Whether it is as it was when the reader opened the page. */
    private boolean isAsSeen(Entry now) {
        return now.name().equals(seenName)
                && now.description().equals(seenDescription)
                && String.join("\n", now.patterns()).equals(seenPatterns);
    }

    private void put(String former, Entry entry) {
        try {
            topics.put(here.listId(), state.version(), former, entry);
            act.end(here.getPath(), texts.of("topics.saved", entry.name()));
        } catch (DuplicateException e) {
            act.refuse("name", "topics.already", entry.name());
        } catch (UnknownException e) {
            act.refuse(null, "topics.gone", former);
        } catch (ConflictException e) {
            act.again();
        } catch (InvalidValueException e) {
            refuse(e);
        }
    }

    private void refuse(InvalidValueException e) {
        switch (e.field()) {
            case "name" -> act.refuse("name", "topics.name.wrong", e.value());
            case "description" -> act.refuse("description", "topics.description.wrong", e.value());
            case "patterns" -> act.refuse("patterns", "topics.patterns.wrong", e.value());
            default -> act.refuse(null, "topics.too-many", e.value());
        }
    }

    /** Says what the topics, with the one in the form as it is typed, have for the sample; stores nothing. */
    public void tryIt() {
        List<Entry> tried = new ArrayList<>();
        present.ifPresentOrElse(
                entry -> state.book().entries().stream()
                        .map(each -> each.equals(entry) ? entry(name, description, patterns) : each)
                        .forEach(tried::add),
                () -> tried.addAll(state.book().entries()));
        if (present.isEmpty() && !patterns.isBlank()) {
            tried.add(entry(name.isBlank() ? "–" : name, description, patterns));
        }
        hits = TopicTrial.of(sample, state.bodyLines(), tried);
    }

    public void remove() {
        if (present.isPresent() && !isAsSeen(present.get())) {
            Entry now = present.get();
            name = now.name();
            description = now.description();
            patterns = String.join("\n", now.patterns());
            seeNow(now);
            act.conflict();
            act.refuse(null, "topics.changed", now.name());
            return;
        }
        try {
            boolean removed = topics.remove(here.listId(), state.version(), seenName);
            act.end(here.getPath(), texts.of(removed ? "topics.removed" : "topics.gone", seenName));
        } catch (ConflictException e) {
            act.again();
        }
    }

    private static Entry entry(String name, String description, String patterns) {
        return new Entry(
                name.strip(),
                description.strip(),
                patterns.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList());
    }

    public List<Entry> getRows() {
        return state.book().entries();
    }

    /** Whether the list goes by its topics. */
    public boolean isEnabled() {
        return state.enabled();
    }

    public boolean isChanging() {
        return asked != null && !asked.isBlank();
    }

    /** Whether the topic to be changed is there. */
    public boolean isThere() {
        return present.isPresent();
    }

    public String getAsked() {
        return asked;
    }

    /** Both versions, when somebody else saved first; else null. */
    public Edits getConflict() {
        return conflict;
    }

    public boolean isTried() {
        return hits != null;
    }

    public List<TopicTrial.Hit> getHits() {
        return hits;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = typed(name);
    }

    public String getDescription() {
        return description;
    }

    public void setDescription(String description) {
        this.description = typed(description);
    }

    public String getPatterns() {
        return patterns;
    }

    public void setPatterns(String patterns) {
        this.patterns = typed(patterns);
    }

    public String getSample() {
        return sample;
    }

    public void setSample(String sample) {
        this.sample = typed(sample);
    }

    public String getSeenName() {
        return seenName;
    }

    public void setSeenName(String seen) {
        this.seenName = typed(seen);
    }

    public String getSeenDescription() {
        return seenDescription;
    }

    public void setSeenDescription(String seen) {
        this.seenDescription = typed(seen);
    }

    public String getSeenPatterns() {
        return seenPatterns;
    }

    public void setSeenPatterns(String seen) {
        this.seenPatterns = typed(seen);
    }

    private static String typed(String text) {
        return text == null ? "" : text.replace("\r\n", "\n");
    }
}
