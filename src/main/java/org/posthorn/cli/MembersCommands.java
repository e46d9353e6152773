package org.posthorn.cli;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.posthorn.cli.members.Difference;
import org.posthorn.cli.members.Removals;
import org.posthorn.cli.members.Roster;
import org.posthorn.cli.rest.Collection;
import org.posthorn.cli.rest.RefusedException;
import org.posthorn.cli.rest.Server;
import org.posthorn.cli.rest.Target;
import org.posthorn.cli.show.Output;
import org.posthorn.cli.show.Rows;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Who is on a list. Never holds a whole roster: reads it page by page, sends files as they are read. */
@Command(
        name = "members",
        description = "Members, owners and moderators of a list; import, export and sync with a file.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  posthorn members ls test.lists.example.org",
            "  posthorn members add test.lists.example.org ann@example.org",
            "  posthorn members sync test.lists.example.org members.txt --dry-run"
        })
final class MembersCommands {

    private static final int PAGE = 500;
    private static final int MOST_ERRORS = 100;

    /** So many are taken off without a question, as long as they are not more than a tenth of the list, or are one. */
    private static final int FEW = 10;

    @ParentCommand
    private Posthorn posthorn;

    /** A list's rosters. */
    enum Role {
        member,
        owner,
        moderator,
        nonmember
    }

    /** How posts come. */
    enum Mode {
        regular,
        plaintext_digests,
        mime_digests,
        summary_digests
    }

    @Command(
            name = "ls",
            description = "Show who is on a list.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  posthorn members ls test.lists.example.org",
                "  posthorn members ls test.lists.example.org --role owner --json",
                "  posthorn members ls test.lists.example.org --find '*@example.org'"
            })
    int ls(
            @Parameters(paramLabel = "LIST", description = "List-Id or posting address.") String list,
            @Option(
                            names = "--role",
                            paramLabel = "ROLE",
                            defaultValue = "member",
                            description = "member (the default), owner, moderator or nonmember.")
                    Role role,
            @Option(
                            names = "--find",
                            paramLabel = "TEXT",
                            description = "Whose address or name has this; * stands for anything.")
                    String find) {
        Server server = posthorn.server();
        String listId = ListCommands.known(server, list).getString("list_id");
        Target target = find == null
                ? Target.of("3.1", "lists", listId, "roster", role.name())
                : Target.of("3.1", "members", "find")
                        .with("list_id", listId)
                        .with("role", role)
                        .with("subscriber", find);
        Rows rows = posthorn.output().rows("email", "display_name", "delivery_mode", "moderation_action");
        new Collection(server, target, PAGE).forEach(rows::row);
        rows.end();
        return Exit.OK;
    }

    @Command(
            name = "add",
            description = "Put addresses on a list. Nobody is asked first.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  posthorn members add test.lists.example.org ann@example.org --name 'Ann Example'",
                "  posthorn members add test.lists.example.org --role owner bob@example.org",
                "  posthorn members add test.lists.example.org - < addresses.txt"
            })
    int add(
            @Parameters(paramLabel = "LIST", description = "List-Id or posting address.") String list,
            @Parameters(
                            paramLabel = "EMAIL",
                            arity = "1..*",
                            index = "1..*",
                            description = "Addresses; - reads them from standard input, one a line.")
                    List<String> emails,
            @Option(
                            names = "--role",
                            paramLabel = "ROLE",
                            defaultValue = "member",
                            description = "member (the default), owner, moderator or nonmember.")
                    Role role,
            @Option(names = "--name", paramLabel = "NAME", description = "The display name.") String name,
            @Option(names = "--mode", paramLabel = "MODE", description = "${COMPLETION-CANDIDATES}.") Mode mode,
            @Option(
                            names = "--welcome",
                            negatable = true,
                            description = "Send the welcome message, or don't (default: as the list does).")
                    Boolean welcome) {
        Server server = posthorn.server();
        Subscribing roster =
                new Subscribing(server, ListCommands.known(server, list).getString("list_id"));
        return new Each(posthorn.output(), "email")
                .run(
                        addresses(emails),
                        "added",
                        email -> roster.add(email, role.name(), name, mode == null ? null : mode.name(), welcome));
    }

    @Command(
            name = "del",
            description = "Take addresses off a list.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  posthorn members del test.lists.example.org ann@example.org",
                "  posthorn members del test.lists.example.org --role moderator bob@example.org"
            })
    int del(
            @Parameters(paramLabel = "LIST", description = "List-Id or posting address.") String list,
            @Parameters(
                            paramLabel = "EMAIL",
                            arity = "1..*",
                            index = "1..*",
                            description = "Addresses; - reads them from standard input, one a line.")
                    List<String> emails,
            @Option(
                            names = "--role",
                            paramLabel = "ROLE",
                            defaultValue = "member",
                            description = "member (the default), owner, moderator or nonmember.")
                    Role role,
            @Option(names = "--yes", description = "Do not ask, however many they are.") boolean sure) {
        Server server = posthorn.server();
        JsonObject known = ListCommands.known(server, list);
        String listId = known.getString("list_id");
        return new Each(posthorn.output(), "email")
                .run(fewOrSure(emails, known, sure), "removed", email -> remove(server, listId, role, email));
    }

    /** Of addresses that come by standard input no more are held than make it a question. */
    private Stream<String> fewOrSure(List<String> emails, JsonObject list, boolean sure) {
        if (sure) {
            return addresses(emails);
        }
        boolean streamed = emails.contains("-");
        Iterator<String> all = addresses(emails).iterator();
        List<String> first = new ArrayList<>();
        while (all.hasNext() && (!streamed || first.size() <= FEW)) {
            first.add(all.next());
        }
        if (first.size() > FEW) {
            String what = "Take " + (streamed ? "more than " + FEW : first.size()) + " addresses off "
                    + list.getString("list_id") + ", which has " + list.getInt("member_count", 0) + " members";
            if (streamed) {
                throw CommandException.usage(what + ": give --yes"); // the answer would be read as an address
            }
            posthorn.confirm(false, what);
        }
        return first.stream();
    }

    static void remove(Server server, String listId, Role role, String email) {
        try {
            server.delete(Target.of("3.1", "lists", listId, role.name(), email));
        } catch (RefusedException e) {
            throw e.isNotFound() ? new CommandException(Exit.FAILED, "not on the list as " + role) : e;
        }
    }

    private Stream<String> addresses(List<String> given) {
        return given.stream().flatMap(email -> email.equals("-") ? lines() : Stream.of(email));
    }

    private Stream<String> lines() {
        return new BufferedReader(new InputStreamReader(posthorn.surroundings().in(), StandardCharsets.UTF_8))
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"));
    }

    @Command(
            name = "import",
            description =
                    "Subscribe the rows of a CSV file (UTF-8; a header row with email, and display_name, delivery_mode, language or further columns if you like). Nobody is asked, and nobody is taken off.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  posthorn members import test.lists.example.org members.csv",
                "  generate | posthorn members import test.lists.example.org -"
            })
    int importFile(
            @Parameters(paramLabel = "LIST", description = "List-Id or posting address.") String list,
            @Parameters(paramLabel = "FILE", description = "The file; - for standard input.") String file) {
        Server server = posthorn.server();
        Target target =
                Target.of("api", "lists", ListCommands.known(server, list).getString("list_id"), "members", "import");
        JsonObject report = file.equals("-")
                ? server.upload(target, "text/csv", posthorn.surroundings().in())
                : server.upload(target, "text/csv", Path.of(file));
        return told(report, posthorn.output());
    }

    private static int told(JsonObject report, Output output) {
        if (output.isJson()) {
            output.object(report);
        } else {
            output.line("added %s, updated %s, unchanged %s, failed %s"
                    .formatted(
                            report.getInt("added", 0),
                            report.getInt("updated", 0),
                            report.getInt("skipped", 0),
                            report.getInt("failed", 0)));
            report.getJsonArray("errors").stream()
                    .limit(MOST_ERRORS)
                    .map(error -> error.asJsonObject())
                    .forEach(error -> output.line("line " + error.get("line") + ": " + error.getString("value", "")
                            + ": " + error.getString("reason", "")));
        }
        boolean errors = !report.getJsonArray("errors").isEmpty();
        boolean some = report.getInt("added", 0) + report.getInt("updated", 0) + report.getInt("skipped", 0) > 0;
        return !errors ? Exit.OK : some ? Exit.PARTLY : Exit.FAILED;
    }

    @Command(
            name = "export",
            description = "Write a list's members as CSV, in the form that import reads.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  posthorn members export test.lists.example.org > members.csv",
                "  posthorn members export test.lists.example.org members.csv"
            })
    int export(
            @Parameters(paramLabel = "LIST", description = "List-Id or posting address.") String list,
            @Parameters(
                            paramLabel = "FILE",
                            arity = "0..1",
                            description =
                                    "Where to; standard output without it. An old file stays until the new one is whole.")
                    Path file,
            @Option(
                            names = "--role",
                            paramLabel = "ROLE",
                            defaultValue = "member",
                            description = "member (the default), owner, moderator or nonmember.")
                    Role role) {
        Server server = posthorn.server();
        String listId = ListCommands.known(server, list).getString("list_id");
        Target target = Roster.target(listId, role.name());
        if (file != null) {
            Download.save(server, target, file);
            return Exit.OK;
        }
        try (InputStream csv = server.download(target)) {
            new InputStreamReader(csv, StandardCharsets.UTF_8)
                    .transferTo(posthorn.surroundings().out());
        } catch (IOException e) {
            throw new CommandException(Exit.FAILED, "the export broke off: " + e.getMessage());
        }
        return Exit.OK;
    }

    @Command(
            name = "sync",
            description =
                    "Make a list's members those of a file: an address a line, or CSV with a header row. Who is not in the file is taken off the list.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  posthorn members sync test.lists.example.org members.txt --dry-run",
                "  posthorn members sync test.lists.example.org members.csv"
            })
    int sync(
            @Parameters(paramLabel = "LIST", description = "List-Id or posting address.") String list,
            @Parameters(paramLabel = "FILE", description = "The file; - for standard input.") String file,
            @Option(names = "--dry-run", description = "Show the difference and change nothing.") boolean dryRun,
            @Option(names = "--keep", description = "Take nobody off the list.") boolean keep,
            @Option(names = "--allow-empty", description = "Accept a file without addresses, which empties the list.")
                    boolean allowEmpty,
            @Option(names = "--yes", description = "Do not ask, however many are taken off.") boolean sure) {
        Server server = posthorn.server();
        String listId = ListCommands.known(server, list).getString("list_id");
        try (Difference difference = Difference.of(
                file.equals("-") ? posthorn.surroundings().in() : open(Path.of(file)), new Roster(server, listId))) {
            if (difference.isFileEmpty() && !allowEmpty && !keep) {
                throw new CommandException(
                        Exit.FAILED, "the file holds no address: to empty the list, give --allow-empty");
            }
            if (dryRun) {
                return show(difference, keep);
            }
            if (!keep && isMuch(difference)) {
                posthorn.confirm(
                        sure,
                        "Take " + difference.removedCount() + " of " + difference.presentCount() + " members off "
                                + listId);
            }
            return apply(difference, server, listId, keep);
        } catch (UncheckedIOException | IOException e) {
            throw new CommandException(Exit.FAILED, "the members cannot be compared: " + e.getMessage());
        }
    }

    /** A file that was cut off looks like one that takes most members off. */
    private static boolean isMuch(Difference difference) {
        long removed = difference.removedCount();
        return removed > FEW || removed > 1 && removed * 10 > difference.presentCount();
    }

    private static InputStream open(Path file) {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw CommandException.usage(file + " cannot be read: " + e.getMessage());
        }
    }

    private int show(Difference difference, boolean keep) throws IOException {
        Rows rows = posthorn.output().rows("change", "email");
        difference.added(email -> rows.row(change("add", email)));
        if (!keep) {
            difference.removed(email -> rows.row(change("remove", email)));
        }
        rows.end();
        return Exit.OK;
    }

    private static JsonObject change(String what, String email) {
        return Json.createObjectBuilder()
                .add("change", what)
                .add("email", email)
                .build();
    }

    private int apply(Difference difference, Server server, String listId, boolean keep) throws IOException {
        JsonObjectBuilder done = Json.createObjectBuilder();
        JsonArrayBuilder errors = Json.createArrayBuilder();
        int[] counts = new int[3];
        if (difference.addedCount() > 0) {
            JsonObject report = server.upload(
                    Target.of("api", "lists", listId, "members", "import"), "text/csv", difference.additions());
            counts[0] = report.getInt("added", 0) + report.getInt("updated", 0);
            counts[2] = report.getInt("failed", report.getJsonArray("errors").size());
            report.getJsonArray("errors")
                    .forEach(error -> errors.add(Json.createObjectBuilder()
                            .add("email", error.asJsonObject().getString("value", ""))
                            .add("reason", error.asJsonObject().getString("reason", ""))));
        }
        CommandException ended = keep ? null : removeAll(difference, server, listId, counts, errors);
        JsonObject result = done.add("added", counts[0])
                .add("removed", counts[1])
                .add("failed", counts[2])
                .add("errors", errors)
                .build();
        Output output = posthorn.output();
        output.done("added " + counts[0] + ", removed " + counts[1] + ", failed " + counts[2], result);
        result.getJsonArray("errors")
                .forEach(error -> output.line(error.asJsonObject().getString("email") + ": "
                        + error.asJsonObject().getString("reason")));
        if (ended != null) {
            throw counts[0] + counts[1] == 0 ? ended : new CommandException(Exit.PARTLY, ended.getMessage());
        }
        return counts[2] == 0 ? Exit.OK : counts[0] + counts[1] == 0 ? Exit.FAILED : Exit.PARTLY;
    }

    /** @param counts the second of those removed, the third of those that were not; @return what ended it; null: it went through */
    private static CommandException removeAll(
            Difference difference, Server server, String listId, int[] counts, JsonArrayBuilder errors)
            throws IOException {
        Removals removals = new Removals(server, listId, (email, why) -> {
            if (counts[2]++ < MOST_ERRORS) {
                errors.add(Json.createObjectBuilder().add("email", email).add("reason", why));
            }
        });
        try {
            difference.removed(removals::add);
            removals.end();
            return null;
        } catch (CommandException e) {
            return e;
        } finally {
            counts[1] = removals.removed();
        }
    }
}
