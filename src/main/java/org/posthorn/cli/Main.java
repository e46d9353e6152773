package org.posthorn.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import picocli.CommandLine;

/** Runs one command and ends with its exit status. What went wrong is one line on standard error. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        Console console = System.console();
        Function<String, char[]> question = console == null ? null : prompt -> console.readPassword("%s", prompt);
        int status = run(new Surroundings(System.getenv(), System.in, out, err, console != null, question), args);
        out.flush();
        // Not a return: threads of the HTTP client would keep the process for a while.
        Runtime.getRuntime().halt(status);
    }

    /** @return the exit status; see {@link Exit} */
    static int run(Surroundings surroundings, String... args) {
        int status = commandLine(surroundings, args).execute(args.length == 0 ? new String[] {"--help"} : args);
        surroundings.out().flush();
        if (surroundings.out().checkError() && status == Exit.OK) {
            return Exit.FAILED; // the reader has gone, or the disk is full
        }
        return status;
    }

    /** @return the commands, with what they have in common */
    static CommandLine commandLine(Surroundings surroundings, String... args) {
        CommandLine line = new CommandLine(new Posthorn(surroundings));
        Posthorn.commands(args).forEach(line::addSubcommand);
        line.setOut(surroundings.out());
        line.setErr(surroundings.err());
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                surroundings.terminal() ? CommandLine.Help.Ansi.AUTO : CommandLine.Help.Ansi.OFF));
        line.setUsageHelpWidth(100);
        line.setUsageHelpAutoWidth(surroundings.terminal());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler(Main::wrongUsage);
        line.setExecutionExceptionHandler((error, command, parsed) -> failed(error, command));
        return line;
    }

    private static int wrongUsage(CommandLine.ParameterException error, String[] args) {
        PrintWriter err = error.getCommandLine().getErr();
        err.println("posthorn: " + firstLine(error.getMessage()));
        CommandLine.UnmatchedArgumentException.printSuggestions(error, err);
        err.println("See: " + error.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return Exit.USAGE;
    }

    private static int failed(Exception error, CommandLine command) throws Exception {
        if (error instanceof CommandException expected) {
            command.getOut().flush();
            command.getErr().println("posthorn: " + expected.getMessage());
            command.getErr().flush();
            return expected.exit();
        }
        throw error;
    }

    private static String firstLine(String text) {
        return String.valueOf(text).lines().findFirst().orElse("");
    }
}
