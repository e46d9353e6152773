package org.posthorn.console.site;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.annotation.ManagedProperty;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalInt;
import org.posthorn.console.door.Here;
import org.posthorn.console.frame.Act;
import org.posthorn.console.text.Texts;
import org.posthorn.list.UnknownException;
import org.posthorn.queue.lease.HashSlice;
import org.posthorn.queue.lease.SlicePlan;
import org.posthorn.queue.lease.Slices;

/**
 * {@code /site/queues/{queue}}: how a queue is cut and how much of a node it gets. The plan that the form was made from
 * goes with it; when it has changed meanwhile, both are shown, and saving again keeps this one.
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
    @ManagedProperty("#{param.seen}")
    private String seen;

    private SlicePlan plan;
    private String slices;
    private String threads;
    private String priority;
    private boolean conflict;

    @PostConstruct
    void read() {
        plan = now();
        slices = Integer.toString(getWantedNow());
        threads = Integer.toString(plan.threads());
        priority = Integer.toString(plan.priority());
    }

    private SlicePlan now() {
        String name = here.part("queue");
        return queues.queues().stream()
                .map(Slices.Queue::plan)
                .filter(one -> one.queue().label().equals(name))
                .findFirst()
                .orElseThrow(() -> new UnknownException("queue", name));
    }

    public void save() {
        OptionalInt wanted = within("slices-wanted", slices, HashSlice.MOST);
        OptionalInt share = within("threads", threads, Slices.MOST_THREADS);
        OptionalInt order = within("priority", priority, Slices.LAST_PRIORITY);
        if (wanted.isEmpty() || share.isEmpty() || order.isEmpty()) {
            return;
        }
        if (queues.change(before(), wanted.getAsInt(), share.getAsInt(), order.getAsInt())) {
            act.end("/site/queues", texts.of("queues.saved", getName()));
        } else {
            plan = now();
            conflict = true;
            act.conflict();
        }
    }

    private OptionalInt within(String field, String typed, int most) {
        String digits = typed == null ? "" : typed.strip();
        if (digits.matches("[0-9]{1,6}") && Integer.parseInt(digits) >= 1 && Integer.parseInt(digits) <= most) {
            return OptionalInt.of(Integer.parseInt(digits));
        }
        act.refuse(field, "queues.wrong", digits, most);
        return OptionalInt.empty();
    }

    /** The plan that the form was made from; without a readable one the present one. */
    private SlicePlan before() {
        if (seen == null || !seen.matches("([0-9]{1,9} ){4}[0-9]{1,9}")) {
            return plan;
        }
        int[] parts = Arrays.stream(seen.split(" ")).mapToInt(Integer::parseInt).toArray();
        return new SlicePlan(
                plan.queue(), parts[0], parts[1], parts[2] == 0 ? null : Integer.valueOf(parts[2]), parts[3], parts[4]);
    }

    /** What the form is made from: generation, slices, next slices or 0, threads, priority. */
    public String getSeen() {
        return plan.generation() + " " + plan.slices() + " " + Objects.requireNonNullElse(plan.nextSlices(), 0) + " "
                + plan.threads() + " " + plan.priority();
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

    public boolean isConflict() {
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
