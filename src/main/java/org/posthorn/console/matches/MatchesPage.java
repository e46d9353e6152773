package org.posthorn.console.matches;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.model.SelectItem;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.posthorn.console.door.Here;
import org.posthorn.console.frame.Act;
import org.posthorn.console.frame.Picked;
import org.posthorn.console.text.Texts;
import org.posthorn.list.Action;
import org.posthorn.list.DuplicateException;
import org.posthorn.list.HeaderMatch;
import org.posthorn.list.HeaderMatches;
import org.posthorn.list.InvalidValueException;

/** {@code /manage/{list-id}/header-matches}: all of them on one page, since a list has {@value HeaderMatches#MOST} at most. */
@Named
@RequestScoped
public class MatchesPage {

    private static final List<Action> ACTIONS = List.of(Action.HOLD, Action.REJECT, Action.DISCARD, Action.ACCEPT);

    @Inject
    private HeaderMatches matches;

    @Inject
    private Here here;

    @Inject
    private Picked picked;

    @Inject
    private Act act;

    @Inject
    private Texts texts;

    private List<HeaderMatch> rows;
    private String header = "";
    private String pattern = "";
    private String action = "";

    @PostConstruct
    void read() {
        rows = matches.of(here.listId());
    }

    public void add() {
        Action wanted = ACTIONS.stream()
                .filter(each -> value(each).equals(action))
                .findFirst()
                .orElse(null);
        try {
            HeaderMatch added = matches.add(here.listId(), new HeaderMatches.Content(header, pattern, wanted, null));
            act.end(here.getPath(), texts.of("matches.added", added.getHeader()));
        } catch (DuplicateException e) {
            act.refuse("pattern", "matches.already");
        } catch (InvalidValueException e) {
            refuse(e);
        }
    }

    private void refuse(InvalidValueException e) {
        switch (e.field()) {
            case "header" -> act.refuse("header", "matches.header.wrong", e.value());
            case "pattern" -> act.refuse("pattern", "matches.pattern.wrong", e.value());
            default -> act.refuse(null, "matches.too-many", String.valueOf(HeaderMatches.MOST));
        }
    }

    public void remove() {
        if (picked.ids().isEmpty()) {
            act.refuse(null, "matches.none-picked");
            return;
        }
        long removed = picked.ids().stream()
                .filter(id -> matches.remove(here.listId(), id))
                .count();
        act.end(here.getPath(), texts.of("matches.removed", removed));
    }

    /** Puts those that were ticked before all others, in the order in which they stand. */
    public void first() {
        if (picked.ids().isEmpty()) {
            act.refuse(null, "matches.none-picked");
            return;
        }
        matches.putFirst(here.listId(), picked.ids());
        act.end(here.getPath(), texts.get("matches.moved"));
    }

    public List<HeaderMatch> getRows() {
        return rows;
    }

    /** What is done with a post that one hits, in words. @param match one of the rows */
    public String word(HeaderMatch match) {
        return texts.get("matches.action." + (match.getAction() == null ? "none" : value(match.getAction())));
    }

    public List<SelectItem> getActions() {
        return Stream.concat(Stream.of(""), ACTIONS.stream().map(MatchesPage::value))
                .map(each -> new SelectItem(each, texts.get("matches.action." + (each.isEmpty() ? "none" : each))))
                .toList();
    }

    private static String value(Action action) {
        return action.name().toLowerCase(Locale.ROOT);
    }

    public String getHeader() {
        return header;
    }

    public void setHeader(String header) {
        this.header = header == null ? "" : header;
    }

    public String getPattern() {
        return pattern;
    }

    public void setPattern(String pattern) {
        this.pattern = pattern == null ? "" : pattern;
    }

    public String getAction() {
        return action;
    }

    public void setAction(String action) {
        this.action = action == null ? "" : action;
    }
}
