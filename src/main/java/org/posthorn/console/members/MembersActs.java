package org.posthorn.console.members;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.posthorn.console.door.Here;
import org.posthorn.console.frame.Act;
import org.posthorn.console.frame.Picked;
import org.posthorn.console.text.Texts;
import org.posthorn.list.Action;
import org.posthorn.list.DeliveryMode;
import org.posthorn.list.DeliveryStatus;
import org.posthorn.list.RefusedException;
import org.posthorn.list.members.MemberChanges;

/** What is done with the members that were ticked. */
@Named
@RequestScoped
public class MembersActs {

    @Inject
    private MemberChanges changes;

    @Inject
    private Here here;

    @Inject
    private Picked picked;

    @Inject
    private Act act;

    @Inject
    private Texts texts;

    private String what = "";

    /** Sets what was chosen, written as {@code <kind>-<value>}. */
    public void apply() {
        int dash = what.indexOf('-');
        String kind = dash < 0 ? "" : what.substring(0, dash);
        String value = what.substring(dash + 1);
        Optional<DeliveryStatus> status = Choices.parse(DeliveryStatus.class, value);
        Optional<DeliveryMode> mode = Choices.parse(DeliveryMode.class, value);
        Optional<Action> action = Choices.parse(Action.class, value);
        long list = here.listId();
        if (kind.equals("status") && status.isPresent()) {
            each("members.changed", id -> changes.setStatus(list, id, status.get()));
        } else if (kind.equals("mode") && mode.isPresent()) {
            each("members.changed", id -> changes.setMode(list, id, mode.get()));
        } else if (kind.equals("action")) {
            each("members.changed", id -> changes.moderate(list, id, action.orElse(null)));
        } else {
            act.refuse("what", "members.what.missing");
        }
    }

    public void remove() {
        each("members.removed", id -> changes.remove(here.listId(), id));
    }

    private void each(String key, LongConsumer change) {
        List<Long> ids = picked.ids();
        if (ids.isEmpty()) {
            act.refuse(null, "members.none-picked");
            return;
        }
        long done = ids.stream().filter(id -> succeeds(change, id)).count();
        String words = texts.of(key, done);
        act.end(
                here.getAddress(),
                done == ids.size() ? words : words + " " + texts.of("members.not-done", ids.size() - done));
    }

    /** One that somebody else removed meanwhile keeps nobody from the others. */
    private static boolean succeeds(LongConsumer change, long id) {
        try {
            change.accept(id);
            return true;
        } catch (RefusedException e) {
            return false;
        }
    }

    public String getWhat() {
        return what;
    }

    public void setWhat(String what) {
        this.what = what == null ? "" : what;
    }
}
