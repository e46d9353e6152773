package org.posthorn.console.members;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.posthorn.console.door.Here;
import org.posthorn.console.frame.Act;
import org.posthorn.console.frame.Edit;
import org.posthorn.console.frame.Edits;
import org.posthorn.console.frame.LastSaved;
import org.posthorn.console.frame.Seen;
import org.posthorn.console.text.Texts;
import org.posthorn.list.Action;
import org.posthorn.list.BannedException;
import org.posthorn.list.ConflictException;
import org.posthorn.list.DeliveryMode;
import org.posthorn.list.DeliveryStatus;
import org.posthorn.list.DuplicateException;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.Role;
import org.posthorn.list.UnknownException;
import org.posthorn.list.members.MemberChange;
import org.posthorn.list.members.MemberChanges;
import org.posthorn.list.members.MemberRow;
import org.posthorn.list.members.MemberTable;

/**
 * {@code /manage/{list-id}/members/{member}}: one member, to look at and to change. What the form showed goes with it; when
 * somebody else has changed it meanwhile, both versions are shown.
 */
@Named
@RequestScoped
public class MemberPage {

    @Inject
    private MemberTable table;

    @Inject
    private MemberChanges changes;

    @Inject
    private Here here;

    @Inject
    private Act act;

    @Inject
    private Texts texts;

    @Inject
    private LastSaved lastSaved;

    @Inject
    private HttpServletRequest request;

    private MemberRow row;
    private String seen;
    private Edits conflict;
    private String name;
    private String status;
    private String mode;
    private String action;
    private String role;
    private String topics;
    private boolean receiveUntagged;

    @PostConstruct
    void read() {
        row = now();
        name = row.ownName() == null ? "" : row.ownName();
        status = Choices.value(row.ownStatus());
        mode = Choices.value(row.ownMode());
        action = Choices.value(row.moderationAction());
        role = Choices.value(row.role());
        topics = String.join("\n", row.topics());
        receiveUntagged = row.receiveUntagged();
        seen = present().write();
    }

    /** The role is part of what makes a membership this one: when somebody has changed it since, it is found by what stays. */
    private MemberRow now() {
        String id = here.part("member");
        return table.find(here.listId(), id.matches("[0-9]{1,18}") ? Long.parseLong(id) : 0)
                .or(this::inAnotherRole)
                .orElseThrow(() -> new UnknownException("member", id));
    }

    private Optional<MemberRow> inAnotherRole() {
        Seen before = Seen.read(request.getParameter("seen"));
        try {
            return table.findAgain(here.listId(), before.of("email", ""), Instant.parse(before.of("joined", "")));
        } catch (DateTimeParseException e) { // no form that was open
            return Optional.empty();
        }
    }

    public void save() {
        Edits edits = edits();
        if (edits.isConflict()) {
            conflict = edits.savedBy(lastSaved.by("member", row.email()));
            seen = present().write();
            act.conflict();
            return;
        }
        MemberChange wanted = new MemberChange(
                Choices.parse(Role.class, edits.result("role")).orElse(row.role()),
                edits.result("name"),
                Choices.parse(DeliveryStatus.class, edits.result("status")).orElse(null),
                Choices.parse(DeliveryMode.class, edits.result("mode")).orElse(null),
                Choices.parse(Action.class, edits.result("action")).orElse(null),
                isByTopics() ? edits.result("topics").lines().toList() : null,
                Boolean.parseBoolean(edits.result("receiveUntagged")));
        try {
            changes.change(here.listId(), row.id(), row.version(), wanted);
            act.end(roster(), texts.of("members.saved", row.email()));
        } catch (ConflictException e) {
            act.again();
        } catch (DuplicateException e) {
            act.refuse("role", "members.role.taken", row.email());
        } catch (BannedException e) {
            act.refuse("role", "members.role.banned", row.email());
        } catch (InvalidValueException e) {
            act.refuse(
                    e.field().equals("topics") ? "topics" : "name",
                    e.field().equals("topics") ? "members.topics.wrong" : "members.name.wrong",
                    e.value());
        }
    }

    private Edits edits() {
        Seen before = Seen.read(seen);
        Map<String, String> now = present().values();
        List<Edit> edits = new ArrayList<>(List.of(
                text("name", name, before, now),
                choice("status", status, before, now),
                choice("mode", mode, before, now),
                choice("action", action, before, now),
                choice("role", role, before, now)));
        if (isByTopics()) {
            edits.add(text("topics", chosen(), before, now));
            boolean untagged = row.receiveUntagged();
            boolean seenUntagged = Boolean.parseBoolean(before.of("receiveUntagged", Boolean.toString(untagged)));
            edits.add(Edit.check("receiveUntagged", seenUntagged, receiveUntagged, untagged));
        } else {
            edits.add(Edit.check("receiveUntagged", receiveUntagged, receiveUntagged, receiveUntagged));
        }
        return Edits.of(request, edits.toArray(Edit[]::new));
    }

    private static Edit text(String field, String mine, Seen before, Map<String, String> now) {
        return Edit.text(field, before.of(field, now.get(field)), orEmpty(mine), now.get(field));
    }

    private static Edit choice(String field, String mine, Seen before, Map<String, String> now) {
        return Edit.choice(field, before.of(field, now.get(field)), orEmpty(mine), now.get(field), "members." + field);
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    /** What stands there now. */
    private Seen present() {
        return new Seen(Map.of(
                "email", row.email(),
                "joined", row.joinedAt().toString(),
                "name", orEmpty(row.ownName()),
                "status", Choices.value(row.ownStatus()),
                "mode", Choices.value(row.ownMode()),
                "action", Choices.value(row.moderationAction()),
                "role", Choices.value(row.role()),
                "topics", String.join("\n", row.topics()),
                "receiveUntagged", Boolean.toString(row.receiveUntagged())));
    }

    public void remove() {
        changes.remove(here.listId(), row.id());
        act.end(roster(), texts.of("members.removed-one", row.email()));
    }

    private String chosen() {
        return orEmpty(topics)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    /** Whether there is something to choose: the list goes by topics, and this is one who gets its posts. */
    public boolean isByTopics() {
        return row.role() == Role.MEMBER && !table.topics(here.listId()).isEmpty();
    }

    /** What can be chosen. */
    public String getTopicNames() {
        return String.join(", ", table.topics(here.listId()));
    }

    private String roster() {
        return "/manage/" + here.getList().getListId() + "/members?role=" + Choices.value(row.role());
    }

    public MemberRow getRow() {
        return row;
    }

    /** Both versions, when somebody else saved first; else null. */
    public Edits getConflict() {
        return conflict;
    }

    /** What the form shows, for when it comes back. */
    public String getSeen() {
        return seen;
    }

    public void setSeen(String seen) {
        this.seen = seen;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getStatus() {
        return status;
    }

    public void setStatus(String status) {
        this.status = status;
    }

    public String getMode() {
        return mode;
    }

    public void setMode(String mode) {
        this.mode = mode;
    }

    public String getAction() {
        return action;
    }

    public void setAction(String action) {
        this.action = action;
    }

    public String getTopics() {
        return topics;
    }

    public void setTopics(String topics) {
        this.topics = topics;
    }

    public boolean isReceiveUntagged() {
        return receiveUntagged;
    }

    public void setReceiveUntagged(boolean receiveUntagged) {
        this.receiveUntagged = receiveUntagged;
    }

    public String getRole() {
        return role;
    }

    public void setRole(String role) {
        this.role = role;
    }
}
