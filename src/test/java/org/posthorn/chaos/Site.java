package org.posthorn.chaos;

import jakarta.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.posthorn.testing.FreePort;
import org.posthorn.testing.OwnPostgreSql;
import org.posthorn.testing.PackagedNode;

/** The nodes, their database and their smarthosts, and what of it is up at the moment. */
final class Site implements AutoCloseable {

    private final Setup setup;
    private final OwnPostgreSql database;
    private final List<Smarthost> smarthosts;
    private final List<PackagedNode> nodes;
    private final Set<PackagedNode> up = ConcurrentHashMap.newKeySet();
    private volatile boolean databaseUp = true;

    private Site(Setup setup, Path folder, Ledger ledger) {
        this.setup = setup;
        smarthosts = IntStream.rangeClosed(1, setup.smarthosts())
                .mapToObj(i -> new Smarthost("s" + i, setup.seed(), folder, ledger::taken))
                .toList();
        database = setup.onPostgreSql() ? OwnPostgreSql.started() : null;
        List<Integer> grid =
                IntStream.range(0, setup.nodes()).mapToObj(i -> FreePort.next()).toList();
        nodes = IntStream.rangeClosed(1, setup.nodes())
                .mapToObj(i -> node(folder.resolve("n" + i), "n" + i, grid, grid.get(i - 1)))
                .toList();
    }

    /** Starts everything and makes the lists; what was started is ended again where that fails. */
    static Site started(Setup setup, Path folder, Ledger ledger) throws InterruptedException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Site site = new Site(setup, folder, ledger);
        try {
            site.smarthosts.forEach(smarthost -> smarthost.start(Smarthost.Mood.WELL));
            site.nodes.get(0).start();
            site.nodes.subList(1, site.nodes.size()).forEach(PackagedNode::launch);
            setup.lists().forEach(site::make);
            site.nodes.forEach(PackagedNode::awaitReady);
            site.up.addAll(site.nodes);
            return site;
        } catch (RuntimeException | AssertionError e) {
            site.close();
            throw e;
        }
    }

    private PackagedNode node(Path home, String name, List<Integer> grid, int gridPort) {
        Map<String, String> settings = new HashMap<>();
        settings.put("POSTHORN_NODE", name);
        settings.put(
                "POSTHORN_SMARTHOSTS",
                smarthosts.stream().map(host -> host.url(Setup.CONNECTIONS)).collect(Collectors.joining(",")));
        if (database != null) {
            settings.put("POSTHORN_DB_URL", database.url());
            settings.put("POSTHORN_DB_USER", database.user());
        }
        if (grid.size() > 1) {
            String members = grid.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
            settings.put("POSTHORN_CLUSTER", "tcpip:" + members);
            settings.put("POSTHORN_CLUSTER_PORT", Integer.toString(gridPort));
        }
        return new PackagedNode(PackagedNode.Form.COMMAND, home, settings);
    }

    private void make(MailingList list) {
        PackagedNode node = nodes.get(0);
        String id = node.makeList(list.address(), list.addresses());
        if (list.personal()) {
            succeed(node.patch("/3.1/lists/" + id + "/config", "{\"personalize\": \"individual\"}"));
        }
        succeed(node.put(
                "/api/lists/" + id + "/templates/list:member:regular:footer/any",
                Json.createObjectBuilder().add("text", list.footer()).build().toString()));
    }

    private static void succeed(PackagedNode.Answer answer) {
        if (answer.status() / 100 != 2) {
            throw new IllegalStateException("answered " + answer.status() + ": " + answer.body());
        }
    }

    List<PackagedNode> nodes() {
        return nodes;
    }

    PackagedNode node(int number) {
        return nodes.get(number);
    }

    Smarthost smarthost(int number) {
        return smarthosts.get(number);
    }

    OwnPostgreSql database() {
        return database;
    }

    void isUp(PackagedNode node, boolean now) {
        if (now) {
            up.add(node);
        } else {
            up.remove(node);
        }
    }

    void isDatabaseUp(boolean now) {
        databaseUp = now;
    }

    /** Whether a node, the database and a smarthost are up: then what is due should get on. */
    boolean canDeliver() {
        return databaseUp && !up.isEmpty() && smarthosts.stream().anyMatch(Smarthost::takesMail);
    }

    /** @return what the first node says that is up and answers */
    Optional<QueueView> queues() {
        return nodes.stream()
                .filter(up::contains)
                .map(QueueView::of)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** SIGTERM to all nodes at once. @return the names of those that did not end by themselves */
    List<String> stopNodes() {
        List<String> stubborn = new ArrayList<>();
        for (PackagedNode node : nodes) {
            try {
                if (node.isAlive()) {
                    node.terminate();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                stubborn.add(node.name());
            } catch (AssertionError e) {
                stubborn.add(node.name());
                node.kill();
            }
        }
        return stubborn;
    }

    /** Ends the smarthosts: after this the ledger has all that they took. */
    void stopSmarthosts() {
        smarthosts.forEach(Smarthost::stop);
    }

    @Override
    public void close() throws InterruptedException {
        for (PackagedNode node : nodes) {
            if (node.isAlive()) {
                node.kill();
            }
        }
        smarthosts.forEach(Smarthost::close);
        if (database != null) {
            database.close();
        }
    }
}
