package org.posthorn.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Help by word instead of by option. */
@Command(
        name = "help",
        description = "Show what a command does.",
        footerHeading = "%nExamples:%n",
        footer = {"  posthorn help", "  posthorn help members sync"})
final class HelpCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "Which; all without it.")
    private List<String> words;

    @Override
    public Integer call() {
        CommandLine of = spec.root().commandLine();
        for (String word : words == null ? List.<String>of() : words) {
            CommandLine next = of.getSubcommands().get(word);
            if (next == null) {
                throw CommandException.usage("there is no command " + String.join(" ", words));
            }
            of = next;
        }
        of.usage(spec.commandLine().getOut());
        return Exit.OK;
    }
}
