package org.posthorn.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Several packaged nodes over one PostgreSQL database of the test's own: each with its name, home and ports. They know of
 * each other by the database alone, or by the data grid too, on loopback. Closing it ends the nodes and drops the database.
 */
public final class PackagedSite implements AutoCloseable {

    private final Path folder;
    private final TestDatabase database = TestDatabases.POSTGRESQL.fresh();
    private final Map<String, String> ofAll;
    private final Map<String, PackagedNode> nodes = new HashMap<>();
    private final Map<String, Integer> gridPorts = new HashMap<>();
    private final List<String> names;

    private PackagedSite(Path folder, boolean grid, Map<String, String> ofAll, List<String> names) {
        this.folder = folder;
        this.ofAll = ofAll;
        this.names = List.copyOf(names);
        if (grid) {
            names.forEach(name -> gridPorts.put(name, FreePort.next()));
        }
        names.forEach(name -> nodes.put(name, make(name)));
    }

    /**
     * Nodes without a data grid; none is started.
     *
     * @param ofAll settings of each node, POSTHORN_SMARTHOSTS at least
     */
    public static PackagedSite of(Path folder, Map<String, String> ofAll, String... names) {
        return new PackagedSite(folder, false, ofAll, List.of(names));
    }

    /** Nodes that name each other as members of the data grid; none is started. */
    public static PackagedSite withGrid(Path folder, Map<String, String> ofAll, String... names) {
        return new PackagedSite(folder, true, ofAll, List.of(names));
    }

    private PackagedNode make(String name) {
        Map<String, String> settings = new HashMap<>(ofAll);
        settings.put("POSTHORN_NODE", name);
        settings.put("POSTHORN_DB_URL", database.url());
        settings.put("POSTHORN_DB_USER", database.user());
        if (!gridPorts.isEmpty()) {
            settings.put("POSTHORN_CLUSTER", members(gridPorts::get));
            settings.put("POSTHORN_CLUSTER_PORT", Integer.toString(gridPorts.get(name)));
        }
        return new PackagedNode(PackagedNode.Form.COMMAND, folder.resolve(name), settings);
    }

    /** The node of that name, started or not. */
    public PackagedNode node(String name) {
        return nodes.get(name);
    }

    /** In the order in which they were named. */
    public List<PackagedNode> nodes() {
        return names.stream().map(nodes::get).toList();
    }

    /** Where that node's data grid listens. */
    public int gridPort(String name) {
        return gridPorts.get(name);
    }

    /**
     * From the next start on they reach each other by these alone, each of which leads to one node's part of the grid and can
     * be cut. To be closed by whom it is given to.
     */
    public List<TcpRelay> relayGrid() {
        Map<String, TcpRelay> relays = new HashMap<>();
        try {
            for (String name : names) {
                relays.put(name, new TcpRelay(gridPort(name)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        nodes.forEach((name, node) ->
                // As the grid's own switch for members behind a translation of addresses has it.
                node.with(
                                "POSTHORN_CLUSTER",
                                members(member -> relays.get(member).port()))
                        .with(
                                "POSTHORN_JVM_FLAGS",
                                "-XX:TieredStopAtLevel=1 -Dhazelcast.local.publicAddress=127.0.0.1:"
                                        + relays.get(name).port()));
        return names.stream().map(relays::get).toList();
    }

    private String members(Function<String, Integer> port) {
        return names.stream()
                .map(member -> "127.0.0.1:" + port.apply(member))
                .collect(Collectors.joining(",", "tcpip:", ""));
    }

    /** What they share, to look into. */
    public TestDatabase database() {
        return database;
    }

    /** Starts all, the first one before the others: it makes the schema and what a first start makes. */
    public PackagedSite start() {
        List<PackagedNode> all = nodes();
        all.get(0).start();
        List<PackagedNode> others = new ArrayList<>(all.subList(1, all.size()));
        others.forEach(PackagedNode::launch);
        others.forEach(PackagedNode::awaitReady);
        return this;
    }

    @Override
    public void close() throws InterruptedException {
        try {
            for (PackagedNode node : nodes()) {
                node.close();
            }
        } finally {
            database.close();
        }
    }
}
