package org.posthorn.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A script with which a shell completes commands and options. */
@Command(
        name = "completion",
        description = "Print a script by which bash or zsh completes commands and options.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(posthorn completion)                      in bash or zsh, for this session",
            "  posthorn completion > /etc/bash_completion.d/posthorn"
        })
final class CompletionCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        // zsh is served by the same script: it loads bashcompinit.
        spec.commandLine()
                .getOut()
                .print(AutoComplete.bash("posthorn", spec.root().commandLine()));
        return Exit.OK;
    }
}
