package org.posthorn.console.members;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.annotation.ManagedProperty;
import jakarta.faces.model.SelectItem;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import org.posthorn.console.door.Here;
import org.posthorn.console.frame.Act;
import org.posthorn.console.text.Texts;
import org.posthorn.list.BannedException;
import org.posthorn.list.DuplicateException;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.RefusedException;
import org.posthorn.list.Role;
import org.posthorn.list.members.AddMembers;
import org.posthorn.list.members.AddMembers.Added;
import org.posthorn.list.members.AddMembers.Manner;

/** {@code /manage/{list-id}/members/add}: one person or many lines; wrong lines stay in the form with their reasons. */
@Named
@RequestScoped
public class AddPage {

    private static final int MOST_LINES = 500;

    @Inject
    private AddMembers adding;

    @Inject
    private Here here;

    @Inject
    private Act act;

    @Inject
    private Texts texts;

    @Inject
    @ManagedProperty("#{param.role}")
    private String asked;

    private String people = "";
    private String role;
    private String manner = Choices.value(Manner.INVITE);
    private String welcome = "list";
    private final List<Refused> refused = new ArrayList<>();

    /** A line that was not taken. */
    public record Refused(String value, String why) {}

    @PostConstruct
    void read() {
        role = Choices.value(Choices.parse(Role.class, asked).orElse(Role.MEMBER));
    }

    public void add() {
        List<String> lines = people.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (lines.isEmpty()) {
            act.refuse("people", "joining.people.missing");
        } else if (lines.size() > MOST_LINES) {
            act.refuse("people", "joining.people.many", lines.size());
        } else {
            add(lines);
        }
    }

    private void add(List<String> lines) {
        long added = 0;
        long invited = 0;
        for (String line : lines) {
            Added how = add(line);
            added += how == Added.YES ? 1 : 0;
            invited += how == Added.ASKED ? 1 : 0;
        }
        String words = invited == 0
                ? texts.of("joining.added", added)
                : added == 0
                        ? texts.of("joining.asked", invited)
                        : texts.of("joining.added", added) + " " + texts.of("joining.asked", invited);
        if (refused.isEmpty()) {
            act.end("/manage/" + here.getList().getListId() + "/members?role=" + role, words);
            return;
        }
        people = String.join("\n", refused.stream().map(Refused::value).toList());
        act.refuse(null, "joining.added", added);
        act.refuse("people", "joining.people.wrong", refused.size());
    }

    /** @return null: not taken */
    private Added add(String line) {
        try {
            return adding.add(
                    here.listId(),
                    line,
                    Choices.parse(Role.class, role).orElse(Role.MEMBER),
                    Choices.parse(Manner.class, manner).orElse(Manner.INVITE),
                    welcome.equals("yes") ? Boolean.TRUE : welcome.equals("no") ? Boolean.FALSE : null);
        } catch (RefusedException e) {
            refused.add(new Refused(line, texts.get("joining.error." + why(e))));
            return null;
        }
    }

    private static String why(RefusedException e) {
        if (e instanceof DuplicateException) {
            return "duplicate";
        }
        if (e instanceof BannedException) {
            return "banned";
        }
        return e instanceof InvalidValueException ? "invalid" : "pending";
    }

    public List<SelectItem> getManners() {
        return List.of(item("manner", "invite"), item("manner", "at_once"));
    }

    public List<SelectItem> getWelcomes() {
        return List.of(item("welcome", "list"), item("welcome", "yes"), item("welcome", "no"));
    }

    private SelectItem item(String kind, String value) {
        return new SelectItem(value, texts.get("joining." + kind + "." + value));
    }

    public List<Refused> getRefused() {
        return refused;
    }

    public String getPeople() {
        return people;
    }

    public void setPeople(String people) {
        this.people = people == null ? "" : people;
    }

    public String getRole() {
        return role;
    }

    public void setRole(String role) {
        this.role = role;
    }

    public String getManner() {
        return manner;
    }

    public void setManner(String manner) {
        this.manner = manner;
    }

    public String getWelcome() {
        return welcome;
    }

    public void setWelcome(String welcome) {
        this.welcome = welcome;
    }
}
