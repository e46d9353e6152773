package org.posthorn.console.site;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.annotation.ManagedProperty;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.posthorn.console.door.Here;
import org.posthorn.console.frame.Pager;
import org.posthorn.console.text.Texts;
import org.posthorn.platform.Text;
import org.posthorn.platform.actor.Acting;
import org.posthorn.queue.ParkedEntries;
import org.posthorn.queue.ParkedFilter;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.Shunt;

/** {@code /site/shunted}: what failed for good, why, and what is to become of it? */
@Named
@RequestScoped
public class Shunted {

    private static final int ROWS = 50;

    @Inject
    private ParkedEntries parked;

    @Inject
    private Shunt shunt;

    @Inject
    private RowAct act;

    @Inject
    private Here here;

    @Inject
    private Texts texts;

    @Inject
    @ManagedProperty("#{param.queue}")
    private String queue;

    @Inject
    @ManagedProperty("#{param.list}")
    private String list;

    @Inject
    @ManagedProperty("#{param.error}")
    private String error;

    @Inject
    @ManagedProperty("#{param.page}")
    private String number;

    private ParkedFilter filter;
    private List<ParkedRow> rows;
    private long total;

    @PostConstruct
    void read() {
        filter = new ParkedFilter("bad".equals(queue) ? QueueName.BAD : QueueName.SHUNT, list, error);
        total = parked.count(filter);
        rows = parked.page(filter, (long) ROWS * (Pager.number(number) - 1), ROWS).stream()
                .map(ParkedRow::new)
                .toList();
    }

    /** Puts back or discards one row, or those that are ticked. */
    public void act() {
        boolean back = act.verb().equals("put-back");
        if (!back && !act.verb().equals("discard")) {
            return;
        }
        List<Long> ids = act.ids();
        if (ids.isEmpty()) {
            act.refused(texts.get("shunted.nonePicked"));
            return;
        }
        String by = Acting.current().name();
        long done = ids.stream()
                .filter(id -> back ? shunt.putBack(id, by) : shunt.discard(id, by))
                .count();
        String said = texts.of(back ? "shunted.putBackDone" : "shunted.discardDone", done);
        act.done(here.getAddress(), done == ids.size() ? said : texts.of("shunted.someGone", said, ids.size() - done));
    }

    public List<ParkedRow> getRows() {
        return rows;
    }

    public long getTotal() {
        return total;
    }

    /** How many there are at the least, where there are too many to be counted. */
    public boolean isMore() {
        return total == ParkedEntries.MOST_COUNTED;
    }

    public long getShunt() {
        return parked.count(new ParkedFilter(QueueName.SHUNT, "", ""));
    }

    public long getBad() {
        return parked.count(new ParkedFilter(QueueName.BAD, "", ""));
    }

    public String getQueue() {
        return filter.queue().label();
    }

    public String getList() {
        return filter.list();
    }

    public String getError() {
        return Text.line(filter.error(), 200);
    }

    public boolean isFiltered() {
        return !filter.list().isEmpty() || !filter.error().isEmpty();
    }

    public Pager getPager() {
        return Pager.of(
                Pager.number(number),
                ROWS,
                total,
                "queue",
                filter.queue().label(),
                "list",
                filter.list(),
                "error",
                filter.error());
    }
}
