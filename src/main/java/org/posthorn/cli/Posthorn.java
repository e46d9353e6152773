package org.posthorn.cli;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.posthorn.cli.rest.Credentials;
import org.posthorn.cli.rest.Server;
import org.posthorn.cli.show.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root command: what all commands have in common, and the way to the server. */
@Command(
        name = "posthorn",
        description = "Runs a Posthorn node, and administers one over REST.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  posthorn list ls",
            "  posthorn members import test@lists.example.org members.csv",
            "  posthorn trace '<id@example.org>'",
            "",
            "Which server: by default this machine's node, by POSTHORN_HTTP_PORT (8080) and",
            "with the password in $POSTHORN_HOME/admin-password. For another: POSTHORN_URL",
            "or --url, and POSTHORN_ADMIN_USER with POSTHORN_ADMIN_PASSWORD, or --user with",
            "--password-file, or POSTHORN_TOKEN, a service account's token.",
            "",
            "Exit status: 0 done, 1 failed or not there, 2 wrong usage, 3 not reachable,",
            "4 not allowed, 5 partly done."
        })
public final class Posthorn {

    /** The commands, in the order in which help shows them. */
    private static final List<Class<?>> COMMANDS = List.of(
            ListCommands.class,
            MembersCommands.class,
            HeldCommands.class,
            NotifyCommand.class,
            DigestCommands.class,
            QueueCommands.class,
            TraceCommand.class,
            AuditCommand.class,
            PersonCommands.class,
            AccountCommands.class,
            SmarthostCommands.class,
            TuneCommand.class,
            NodeCommands.class,
            ConfigCommand.class,
            BackupCommand.class,
            VersionCommand.class,
            CompletionCommand.class,
            OfTheScript.Run.class,
            OfTheScript.Demo.class,
            OfTheScript.Build.class,
            OfTheScript.Move.class,
            OfTheScript.Restore.class,
            HelpCommand.class);

    /** Those that speak of the others. */
    private static final Set<Class<?>> NEED_ALL = Set.of(CompletionCommand.class, HelpCommand.class);

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    private boolean help;

    @Option(
            names = "--url",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description =
                    "The server, e.g. https://lists.example.org (default: POSTHORN_URL, else this machine's node).")
    private URI url;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "Who signs in (default: POSTHORN_ADMIN_USER, else admin).")
    private String user;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description =
                    "Holds the password on its first line (default: POSTHORN_ADMIN_PASSWORD, else $POSTHORN_HOME/admin-password, else it is asked for).")
    private Path passwordFile;

    @Option(
            names = "--clear-text",
            scope = ScopeType.INHERIT,
            description = "Send the password or token unencrypted to another machine.")
    private boolean clearText;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            scope = ScopeType.INHERIT,
            description = "How long to wait for an answer, or for more of one (default: 60).")
    private int timeoutSeconds;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Print JSON: one object, or an array with one entry a line.")
    private boolean json;

    private final Surroundings surroundings;
    private Server server;

    Posthorn(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Reading what all commands take would be half of the time of one, so where one is named it is read alone. */
    static List<Class<?>> commands(String... args) {
        return COMMANDS.stream()
                .filter(type -> args.length > 0
                        && type.getAnnotation(Command.class).name().equals(args[0])
                        && !NEED_ALL.contains(type))
                .findFirst()
                .<List<Class<?>>>map(List::of)
                .orElse(COMMANDS);
    }

    Surroundings surroundings() {
        return surroundings;
    }

    Output output() {
        return new Output(surroundings.out(), json, surroundings.terminal());
    }

    /** Says something beside the output proper. */
    void note(String text) {
        surroundings.out().flush();
        surroundings.err().println("posthorn: " + text);
    }

    /** @return the way to the server; nothing is sent yet */
    Server server() {
        if (server == null) {
            if (timeoutSeconds < 1 || timeoutSeconds > 86_400) {
                throw CommandException.usage("--timeout=" + timeoutSeconds + " is not allowed: 1 to 86400 seconds");
            }
            URI base = new Address(surroundings).of(url);
            Credentials credentials = new SignIn(surroundings).credentials(user, passwordFile);
            if (!clearText && !Address.isPrivate(base)) {
                throw CommandException.usage(base + " would get the password in the clear: use https, or --clear-text");
            }
            server = new Server(base, credentials, Duration.ofSeconds(timeoutSeconds));
        }
        return server;
    }

    /**
     * Asks before something cannot be undone.
     *
     * @param sure whether the command line says so already
     * @throws CommandException when the answer is not yes, or there is nobody to ask
     */
    void confirm(boolean sure, String what) {
        if (sure) {
            return;
        }
        if (surroundings.question() == null) {
            throw CommandException.usage(what + ": give --yes");
        }
        surroundings.err().print(what + "? [y/N] ");
        surroundings.err().flush();
        java.util.Scanner in = new java.util.Scanner(surroundings.in(), java.nio.charset.StandardCharsets.UTF_8);
        String answer = in.hasNextLine() ? in.nextLine() : "";
        if (!answer.strip().matches("(?i)y|yes")) {
            throw new CommandException(Exit.FAILED, "nothing was done");
        }
    }
}
