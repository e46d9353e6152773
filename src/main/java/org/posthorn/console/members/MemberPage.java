package org.posthorn.console.members;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.annotation.ManagedProperty;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.posthorn.console.door.Here;
import org.posthorn.console.frame.Act;
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

/** {@code /manage/{list-id}/members/{member}}: one member, to look at and to change. */
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

    /** The version that the form was made from. */
    @Inject
    @ManagedProperty("#{param.version}")
    private String version;

    private MemberRow row;
    private boolean conflict;
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
    }

    private MemberRow now() {
        String id = here.part("member");
        return table.find(here.listId(), id.matches("[0-9]{1,18}") ? Long.parseLong(id) : 0)
                .orElseThrow(() -> new UnknownException("member", id));
    }

    public void save() {
        MemberChange wanted = new MemberChange(
                Choices.parse(Role.class, role).orElse(row.role()),
                name,
                Choices.parse(DeliveryStatus.class, status).orElse(null),
                Choices.parse(DeliveryMode.class, mode).orElse(null),
                Choices.parse(Action.class, action).orElse(null),
                isByTopics() ? chosen() : null,
                receiveUntagged);
        long seen = version != null && version.matches("[0-9]{1,18}") ? Long.parseLong(version) : row.version();
        try {
            changes.change(here.listId(), row.id(), seen, wanted);
            act.end(roster(), texts.of("members.saved", row.email()));
        } catch (ConflictException e) {
            conflict = true;
            act.conflict();
            row = now();
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

    public void remove() {
        changes.remove(here.listId(), row.id());
        act.end(roster(), texts.of("members.removed-one", row.email()));
    }

    private List<String> chosen() {
        return topics.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    /** Whether there is something to choose: the list goes by topics, and this is one who gets its posts. */
    public boolean isByTopics() {
        return row.role() == Role.MEMBER && !table.topics(here.listId()).isEmpty();
    }

    /** What can be chosen. */
    public String getTopicNames() {
        return String.join(", ", table.topics(here.listId()));
    }

    /** Those chosen at present. */
    public String getTopicsNow() {
        return String.join(", ", row.topics());
    }

    private String roster() {
        return "/manage/" + here.getList().getListId() + "/members?role=" + Choices.value(row.role());
    }

    public MemberRow getRow() {
        return row;
    }

    /** Whether somebody else saved first: the page then shows both versions. */
    public boolean isConflict() {
        return conflict;
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
