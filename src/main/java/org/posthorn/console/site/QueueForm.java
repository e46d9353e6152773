package org.posthorn.console.site;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.OptionalInt;
import org.posthorn.console.door.Here;
import org.posthorn.console.frame.Act;
import org.posthorn.console.frame.Edit;
import org.posthorn.console.frame.Edits;
import org.posthorn.console.frame.LastSaved;
import org.posthorn.console.frame.Seen;
import org.posthorn.console.text.Texts;
import org.posthorn.list.UnknownException;
import org.posthorn.queue.lease.HashSlice;
import org.posthorn.queue.lease.SlicePlan;
import org.posthorn.queue.lease.Slices;

/**
 * {@code /site/queues/{queue}}: how a queue is cut and how much of a node it gets. What the form showed goes with it; when
 * somebody else has changed it meanwhile, both versions are shown.
 */
@Named
@RequestScoped
public class QueueForm {

    @Inject
    private Slices queues;

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

    private SlicePlan plan;
    private String slices;
    private String threads;
    private String priority;
    private String seen;
    private Edits conflict;

    @PostConstruct
    void read() {
        plan = stored();
        slices = Integer.toString(getWantedNow());
        threads = Integer.toString(plan.threads());
        priority = Integer.toString(plan.priority());
        seen = present();
    }

    private SlicePlan stored() {
        String name = here.part("queue");
        return queues.queues().stream()
                .map(Slices.Queue::plan)
                .filter(one -> one.queue().label().equals(name))
                .findFirst()
                .orElseThrow(() -> new UnknownException("queue", name));
    }

    public void save() {
        Edits edits = Edits.of(
                request,
                edit("slices-wanted", slices, Integer.toString(getWantedNow())),
                edit("threads", threads, Integer.toString(plan.threads())),
                edit("priority", priority, Integer.toString(plan.priority())));
        if (edits.isConflict()) {
            conflict = edits.savedBy(lastSaved.by("queue", getName()));
            seen = present();
            act.conflict();
            return;
        }
        OptionalInt wanted = within("slices-wanted", edits.result("slices-wanted"), HashSlice.MOST);
        OptionalInt share = within("threads", edits.result("threads"), Slices.MOST_THREADS);
        OptionalInt order = within("priority", edits.result("priority"), Slices.LAST_PRIORITY);
        if (wanted.isEmpty() || share.isEmpty() || order.isEmpty()) {
            return;
        }
        if (queues.change(plan, wanted.getAsInt(), share.getAsInt(), order.getAsInt())) {
            act.end("/site/queues", texts.of("queues.saved", getName()));
        } else {
            act.again();
        }
    }

    private Edit edit(String field, String mine, String now) {
        return Edit.text(field, Seen.read(seen).of(field, now), mine, now);
    }

    private OptionalInt within(String field, String typed, int most) {
        String digits = typed == null ? "" : typed.strip();
        if (digits.matches("[0-9]{1,6}") && Integer.parseInt(digits) >= 1 && Integer.parseInt(digits) <= most) {
            return OptionalInt.of(Integer.parseInt(digits));
        }
        act.refuse(field, "queues.wrong", digits, most);
        return OptionalInt.empty();
    }

    private String present() {
        return new Seen(Map.of(
                        "slices-wanted", Integer.toString(getWantedNow()),
                        "threads", Integer.toString(plan.threads()),
                        "priority", Integer.toString(plan.priority())))
                .write();
    }

    /** What the form shows, for when it comes back. */
    public String getSeen() {
        return seen;
    }

    public void setSeen(String seen) {
        this.seen = seen;
    }

    public SlicePlan getPlan() {
        return plan;
    }

    /** Into how many slices it is cut, or will be. */
    public int getWantedNow() {
        return plan.isClosing() ? plan.nextSlices() : plan.slices();
    }

    public String getName() {
        return plan.queue().label();
    }

    /** Both versions, when somebody else saved first; else null. */
    public Edits getConflict() {
        return conflict;
    }

    public int getMostSlices() {
        return HashSlice.MOST;
    }

    public String getSlices() {
        return slices;
    }

    public void setSlices(String slices) {
        this.slices = slices;
    }

    public String getThreads() {
        return threads;
    }

    public void setThreads(String threads) {
        this.threads = threads;
    }

    public String getPriority() {
        return priority;
    }

    public void setPriority(String priority) {
        this.priority = priority;
    }
}
