package org.posthorn.cli;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.posthorn.cli.show.Rows;
import org.posthorn.cli.tune.Advice;
import org.posthorn.cli.tune.ByNode;
import org.posthorn.cli.tune.Feeder;
import org.posthorn.cli.tune.FromHere;
import org.posthorn.cli.tune.Ladder;
import org.posthorn.cli.tune.Sink;
import org.posthorn.cli.tune.SmarthostUrl;
import org.posthorn.delivery.smtp.Endpoint;
import org.posthorn.delivery.smtp.Tls;
import org.posthorn.delivery.smtp.trial.Figures;
import org.posthorn.delivery.smtp.trial.FiguresJson;
import org.posthorn.delivery.smtp.trial.Trial;
import org.posthorn.mail.EmailAddress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** How fast a smarthost takes mail, and what to set for it. */
@Command(
        name = "tune",
        description = {
            "Feed a smarthost test copies over more and more connections, and recommend what to set.",
            "The copies really go out, to the address that you name. It stops when the smarthost",
            "puts off, refuses or turns away, and when more connections bring no more."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  posthorn tune --smarthost relay2 --to sink@example.org",
            "  posthorn tune --smarthost smtp://127.0.0.1:25 --to discard@example.org --connections 1,4,16",
            "  posthorn tune --smarthost relay2 --to sink+%%d@example.org --recipients 1,10,50",
            "  posthorn tune --sink"
        })
final class TuneCommand implements Callable<Integer> {

    private static final int WARM_UP_COPIES = 3_000;

    @ParentCommand
    private Posthorn posthorn;

    @Option(
            names = "--smarthost",
            paramLabel = "NAME|URL",
            description =
                    "One of the pool's, which its node then feeds; or smtp://[USER@]HOST:PORT[?starttls=off|opportunistic|required], fed from here.")
    private String smarthost;

    @Option(
            names = "--sink",
            description = "Instead of a smarthost, a sink of its own on loopback: what this machine can do.")
    private boolean sink;

    @Option(
            names = "--to",
            paramLabel = "ADDRESS",
            description =
                    "Who gets the copies: an address whose mail you throw away. %%d in it becomes a number, as several recipients need it.")
    private String to;

    @Option(
            names = "--from",
            paramLabel = "ADDRESS",
            description = "The reverse-path (default: the address of --to, with 1 for %%d).")
    private String from;

    @Option(
            names = "--copies",
            paramLabel = "N",
            defaultValue = "1000",
            description = "For each step (default: 1000; 20000 at the most).")
    private int copies;

    @Option(
            names = "--size",
            paramLabel = "BYTES",
            defaultValue = "4096",
            description = "Of a message (default: 4096).")
    private int size;

    @Option(
            names = "--connections",
            paramLabel = "N,…",
            split = ",",
            defaultValue = "1,2,4,8,16",
            description = "How many, step by step (default: 1,2,4,8,16; 64 at the most).")
    private List<Integer> connections;

    @Option(
            names = "--recipients",
            paramLabel = "N,…",
            split = ",",
            defaultValue = "1",
            description =
                    "Of a message: the first while the connections rise, the others after that (default: 1; 100 at the most).")
    private List<Integer> recipients;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "20",
            description = "No step begins a message after that (default: 20; 60 at the most).")
    private int seconds;

    @Option(
            names = "--smtp-password-file",
            paramLabel = "FILE",
            description = "For the user in the URL: holds the password on its first line.")
    private Path passwordFile;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean sure;

    @Override
    public Integer call() {
        if (sink == (smarthost != null)) {
            throw CommandException.usage("give --smarthost, or --sink");
        }
        checkRising("connections", connections);
        checkRising("recipients", recipients);
        return sink ? intoSink() : intoSmarthost();
    }

    private static void checkRising(String name, List<Integer> numbers) {
        boolean rises = !numbers.isEmpty();
        for (int i = 1; i < numbers.size(); i++) {
            rises &= numbers.get(i) > numbers.get(i - 1);
        }
        if (!rises) {
            throw CommandException.usage("--" + name + "=" + numbers + " is not allowed: numbers that rise, as 1,2,4");
        }
    }

    private int intoSink() {
        try (Sink opened = new Sink()) {
            to = to == null ? "sink%d@sink.invalid" : to;
            Feeder feeder = new FromHere(
                    new Endpoint("127.0.0.1", opened.port(), Tls.OFF, null, null, "localhost"), Clock.systemUTC());
            plan();
            feeder.feed(trial(connections.get(0), recipients.get(0), WARM_UP_COPIES)); // cold code is slow code
            return climb("a sink on this machine", feeder);
        } catch (IOException e) {
            throw new CommandException(Exit.FAILED, "no sink can be opened: " + e.getMessage());
        }
    }

    private int intoSmarthost() {
        if (to == null) {
            throw CommandException.usage("give --to: the copies really go out, so say to which address");
        }
        plan();
        boolean byUrl = SmarthostUrl.isUrl(smarthost);
        Feeder feeder = byUrl
                ? new FromHere(SmarthostUrl.endpoint(smarthost, password()), Clock.systemUTC())
                : new ByNode(posthorn.server(), smarthost);
        int steps = connections.size() + recipients.size() - 1;
        long most = (long) steps * copies;
        posthorn.confirm(
                sure,
                String.format(
                        Locale.ROOT,
                        "Send up to %d test copies of %d bytes to %s by way of %s, in %d steps",
                        most,
                        size,
                        to,
                        smarthost,
                        steps));
        return climb(smarthost, feeder);
    }

    /** Every step is looked at before the first is taken. */
    private void plan() {
        for (int connection : connections) {
            trial(connection, recipients.get(0), copies);
        }
        for (int recipient : recipients) {
            trial(connections.get(0), recipient, copies);
        }
    }

    private Trial trial(int connectionCount, int recipientCount, int copyCount) {
        String path = from == null ? to.replace("%d", "1") : from;
        EmailAddress reversePath = EmailAddress.parse(path)
                .orElseThrow(() -> CommandException.usage(
                        (from == null ? "--to=" : "--from=") + path + " is not allowed: an address"));
        try {
            return new Trial(
                    connectionCount, copyCount, recipientCount, size, to, reversePath, Duration.ofSeconds(seconds));
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("--" + e.getMessage());
        }
    }

    private String password() {
        if (passwordFile == null) {
            return null;
        }
        try (BufferedReader reader = Files.newBufferedReader(passwordFile, StandardCharsets.UTF_8)) {
            String line = reader.readLine();
            if (line == null || line.isEmpty()) {
                throw CommandException.usage(passwordFile + " holds no password");
            }
            return line;
        } catch (IOException e) {
            throw CommandException.usage(passwordFile + " cannot be read: " + e.getMessage());
        }
    }

    private int climb(String what, Feeder feeder) {
        Rows rows = posthorn.output()
                .rows(
                        "connections",
                        "recipients",
                        "copies",
                        "copies_per_second",
                        "median_ms",
                        "p95_ms",
                        "deferred",
                        "refused",
                        "turned_away");
        boolean json = posthorn.output().isJson();
        Ladder ladder =
                new Ladder((connection, recipient) -> feeder.feed(trial(connection, recipient, copies)), step -> {
                    if (!json) {
                        rows.row(FiguresJson.of(step));
                    }
                });
        Ladder.Climbed climbed = ladder.climb(connections, recipients);
        Advice advice = new Advice(climbed);
        if (json) {
            posthorn.output().object(whole(what, climbed, advice));
        } else {
            rows.end();
            advice.lines().forEach(posthorn.output()::line);
        }
        if (!advice.isAny()) {
            Figures last = climbed.steps().get(climbed.steps().size() - 1);
            throw new CommandException(
                    last.offer() == null && last.copies() == 0 && last.turnedAway() > 0
                            ? Exit.UNREACHABLE
                            : Exit.FAILED,
                    what + ": " + last.said());
        }
        return Exit.OK;
    }

    private static JsonObject whole(String what, Ladder.Climbed climbed, Advice advice) {
        JsonArrayBuilder steps = Json.createArrayBuilder();
        climbed.steps().forEach(step -> steps.add(FiguresJson.of(step)));
        JsonObjectBuilder whole = Json.createObjectBuilder()
                .add("smarthost", what)
                .add("steps", steps)
                .add("stopped", climbed.stopped())
                .add("recommended", advice.fields());
        return whole.build();
    }
}
