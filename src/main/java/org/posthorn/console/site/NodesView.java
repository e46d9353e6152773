package org.posthorn.console.site;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.List;
import org.posthorn.console.text.Texts;
import org.posthorn.platform.settings.Settings;
import org.posthorn.queue.lease.Slices;

/** {@code /site/nodes}: which nodes live, and what each bears. */
@Named
@RequestScoped
public class NodesView {

    @Inject
    private Slices slices;

    @Inject
    private Settings settings;

    @Inject
    private RowAct act;

    @Inject
    private Texts texts;

    private List<Row> rows;

    /** A node as the page shows it. @param share of all slices that somebody holds, in percent */
    public record Row(
            String name,
            int weight,
            int slices,
            long share,
            boolean draining,
            Instant startedAt,
            boolean here,
            String colour) {

        public String getName() {
            return name;
        }

        public int getWeight() {
            return weight;
        }

        public int getSlices() {
            return slices;
        }

        public long getShare() {
            return share;
        }

        public boolean isDraining() {
            return draining;
        }

        public Instant getStartedAt() {
            return startedAt;
        }

        /** Whether it is the one that made this page. */
        public boolean isHere() {
            return here;
        }

        public String getColour() {
            return colour;
        }
    }

    @PostConstruct
    void read() {
        List<Slices.Node> nodes = slices.nodes();
        List<String> names = nodes.stream().map(Slices.Node::name).toList();
        long all = Math.max(1, nodes.stream().mapToLong(Slices.Node::slices).sum());
        rows = nodes.stream()
                .map(node -> new Row(
                        node.name(),
                        node.weight(),
                        node.slices(),
                        Math.round(100.0 * node.slices() / all),
                        node.draining(),
                        node.startedAt(),
                        node.name().equals(settings.node().name()),
                        NodeColours.of(names, node.name())))
                .toList();
    }

    /** Drains the node whose button was pressed, or lets it take slices again. */
    public void act() {
        boolean drain = act.verb().equals("drain");
        if (!drain && !act.verb().equals("resume")) {
            return;
        }
        if (rows.stream().noneMatch(row -> row.name().equals(act.on()))) {
            act.refused(texts.of("nodes.gone", act.on()));
            return;
        }
        slices.drain(act.on(), drain);
        act.done("/site/nodes", texts.of(drain ? "nodes.drained" : "nodes.resumed", act.on()));
    }

    public List<Row> getRows() {
        return rows;
    }
}
