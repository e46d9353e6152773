package org.posthorn.cli;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.posthorn.cli.rest.Server;
import org.posthorn.cli.rest.Target;
import org.posthorn.cli.show.Rows;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The pool of smarthosts. */
@Command(
        name = "smarthost",
        description = "The pool of smarthosts. Changes take effect at once.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  posthorn smarthost ls",
            "  posthorn smarthost add relay2 host=relay2.example.org port=587 tls=required",
            "  posthorn smarthost set relay2 enabled=false",
            "  posthorn smarthost deliver-now relay2 --for 90"
        })
final class SmarthostCommands {

    private static final String FIELDS =
            "host, port, tls, username, weight, connections, rate, messages_per_connection, rcpts, role, domains, enabled, jndi, transport, hours, as NAME=VALUE.";

    @ParentCommand
    private Posthorn posthorn;

    @Command(
            name = "ls",
            description = "Show the smarthosts and how they are, as the node that answers sees them.",
            footerHeading = "%nExample:%n",
            footer = "  posthorn smarthost ls")
    int ls() {
        Rows rows = posthorn.output()
                .rows(
                        "name",
                        "host",
                        "port",
                        "tls",
                        "weight",
                        "connections",
                        "role",
                        "domains",
                        "enabled",
                        "health",
                        "hours",
                        "reason");
        posthorn.server()
                .get(Target.of("api", "smarthosts"))
                .asJsonArray()
                .forEach(row -> rows.row(row.asJsonObject()));
        rows.end();
        return Exit.OK;
    }

    @Command(
            name = "show",
            description = "Show one smarthost. Its password is never shown.",
            footerHeading = "%nExample:%n",
            footer = "  posthorn smarthost show relay2")
    int show(@Parameters(paramLabel = "NAME", description = "Its name.") String name) {
        posthorn.output().object(posthorn.server().object(Target.of("api", "smarthosts", name)));
        return Exit.OK;
    }

    @Command(
            name = "add",
            description = "Add a smarthost to the pool.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  posthorn smarthost add relay2 host=relay2.example.org port=25",
                "  posthorn smarthost add relay3 host=relay3.example.org tls=required username=lists --smtp-password-file secret"
            })
    int add(
            @Parameters(paramLabel = "NAME", description = "A name for it.") String name,
            @Parameters(paramLabel = "FIELD=VALUE", arity = "0..*", index = "1..*", description = FIELDS)
                    List<String> fields,
            @Option(
                            names = "--smtp-password-file",
                            paramLabel = "FILE",
                            description = "Holds its password on its first line; - for standard input.")
                    String password) {
        JsonObject body = body(fields, password).add("name", name).build();
        posthorn.output()
                .object(posthorn.server()
                        .post(Target.of("api", "smarthosts"), body)
                        .orElse(body)
                        .asJsonObject());
        return Exit.OK;
    }

    @Command(
            name = "set",
            description = "Change a smarthost.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  posthorn smarthost set relay2 weight=3 connections=8",
                "  posthorn smarthost set relay2 enabled=false",
                "  posthorn smarthost set relay2 'hours=mon-fri 19:00-07:00, sat-sun 00:00-24:00 Europe/Berlin'",
                "  posthorn smarthost set relay2 --smtp-password-file - < secret"
            })
    int set(
            @Parameters(paramLabel = "NAME", description = "Its name.") String name,
            @Parameters(paramLabel = "FIELD=VALUE", arity = "0..*", index = "1..*", description = FIELDS)
                    List<String> fields,
            @Option(
                            names = "--smtp-password-file",
                            paramLabel = "FILE",
                            description = "Holds its password on its first line; - for standard input.")
                    String password) {
        JsonObject body = body(fields, password).build();
        if (body.isEmpty()) {
            throw CommandException.usage("give at least one FIELD=VALUE");
        }
        posthorn.output()
                .object(posthorn.server()
                        .patch(Target.of("api", "smarthosts", name), body)
                        .orElse(body)
                        .asJsonObject());
        return Exit.OK;
    }

    @Command(
            name = "deliver-now",
            description =
                    "Deliver now what waits for a smarthost's hours, and go on until told otherwise, or for a while.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  posthorn smarthost deliver-now relay2 --for 90",
                "  posthorn smarthost deliver-now relay2 --until 2026-06-01T06:00:00Z",
                "  posthorn smarthost deliver-now relay2 --off"
            })
    int deliverNow(
            @Parameters(paramLabel = "NAME", description = "Its name.") String name,
            @Option(names = "--for", paramLabel = "MINUTES", description = "For so long.") Integer minutes,
            @Option(names = "--until", paramLabel = "TIME", description = "Until that time, in ISO 8601 with its zone.")
                    String until,
            @Option(names = "--off", description = "No more: its hours count again.") boolean off) {
        if (Stream.of(minutes != null, until != null, off)
                        .filter(given -> given)
                        .count()
                > 1) {
            throw CommandException.usage("give one of --for, --until and --off");
        }
        Target target = Target.of("api", "smarthosts", name, "deliver-now");
        if (off) {
            posthorn.server().delete(target);
            posthorn.output().object(posthorn.server().object(Target.of("api", "smarthosts", name)));
            return Exit.OK;
        }
        JsonObjectBuilder body = Json.createObjectBuilder();
        if (minutes != null) {
            body.add("minutes", minutes);
        } else if (until != null) {
            body.add("until", until);
        }
        JsonObject asked = body.build();
        posthorn.output()
                .object(posthorn.server().post(target, asked).orElse(asked).asJsonObject());
        return Exit.OK;
    }

    @Command(
            name = "select",
            description = {
                "Show or set which of several smarthosts for the same domains a recipient's mail goes by.",
                "hash (the same at every attempt), sequence (one after the other) or random; all of them by weight."
            },
            footerHeading = "%nExamples:%n",
            footer = {"  posthorn smarthost select", "  posthorn smarthost select sequence"})
    int select(@Parameters(paramLabel = "HOW", arity = "0..1", description = "hash, sequence or random.") String how) {
        Target target = Target.of("api", "smarthost-selection");
        JsonObject shown = how == null
                ? posthorn.server().object(target)
                : posthorn.server()
                        .patch(
                                target,
                                Json.createObjectBuilder().add("select", how).build())
                        .orElseThrow()
                        .asJsonObject();
        posthorn.output().object(shown);
        return Exit.OK;
    }

    @Command(
            name = "del",
            description = "Take a smarthost out of the pool. What waits for it goes by the others.",
            footerHeading = "%nExample:%n",
            footer = "  posthorn smarthost del relay2 --yes")
    int del(
            @Parameters(paramLabel = "NAME", description = "Its name.") String name,
            @Option(names = "--yes", description = "Do not ask.") boolean sure) {
        Server server = posthorn.server();
        posthorn.confirm(sure, "Delete the smarthost " + name);
        server.delete(Target.of("api", "smarthosts", name));
        posthorn.output()
                .done(
                        "deleted " + name,
                        Json.createObjectBuilder().add("name", name).build());
        return Exit.OK;
    }

    private JsonObjectBuilder body(List<String> fields, String passwordFile) {
        JsonObjectBuilder body = Json.createObjectBuilder();
        for (String field : fields == null ? List.<String>of() : fields) {
            int equals = field.indexOf('=');
            if (equals < 1) {
                throw CommandException.usage("\"" + field + "\" is not FIELD=VALUE");
            }
            String name = field.substring(0, equals);
            if (name.equals("password")) {
                throw CommandException.usage(
                        "a password on the command line can be seen by others: give --smtp-password-file");
            }
            body.add(name, field.substring(equals + 1));
        }
        if (passwordFile != null) {
            body.add("password", password(passwordFile));
        }
        return body;
    }

    private String password(String file) {
        try (BufferedReader reader = file.equals("-")
                ? new BufferedReader(
                        new java.io.InputStreamReader(posthorn.surroundings().in(), StandardCharsets.UTF_8))
                : Files.newBufferedReader(Path.of(file))) {
            String line = reader.readLine();
            if (line == null || line.isEmpty()) {
                throw CommandException.usage(file + " holds no password");
            }
            return line;
        } catch (IOException e) {
            throw CommandException.usage(file + " cannot be read: " + e.getMessage());
        }
    }
}
