package org.posthorn.cli;

import jakarta.json.JsonValue;
import java.util.concurrent.Callable;
import org.posthorn.cli.rest.Target;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Tells moderators what waits for them, without waiting for the hour at which a node does it by itself. */
@Command(
        name = "notify",
        description = "Tell owners and moderators at once what waits for them, unless they were told today.",
        footerHeading = "%nExample:%n",
        footer = "  posthorn notify")
final class NotifyCommand implements Callable<Integer> {

    @ParentCommand
    private Posthorn posthorn;

    @Override
    public Integer call() {
        posthorn.server()
                .post(Target.of("api", "reminders"), JsonValue.EMPTY_JSON_OBJECT)
                .ifPresent(told -> posthorn.output().object(told.asJsonObject()));
        return Exit.OK;
    }
}
