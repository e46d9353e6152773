package org.posthorn.cli;

import jakarta.json.JsonObject;
import java.util.concurrent.Callable;
import org.posthorn.cli.rest.Target;
import org.posthorn.cli.show.Rows;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Who changed what. */
@Command(
        name = "audit",
        description = "Show who changed what, the latest first.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  posthorn audit --list test.lists.example.org",
            "  posthorn audit --actor ann@example.org --since 2026-11-01T00:00:00Z --most 1000"
        })
final class AuditCommand implements Callable<Integer> {

    private static final int PAGE = 500;

    @ParentCommand
    private Posthorn posthorn;

    @Option(names = "--list", paramLabel = "LIST", description = "Of this list only: its List-Id.")
    private String list;

    @Option(names = "--actor", paramLabel = "NAME", description = "What this one did.")
    private String actor;

    @Option(names = "--action", paramLabel = "ACTION", description = "E.g. create, change, delete, accept, put-back.")
    private String action;

    @Option(names = "--subject", paramLabel = "SUBJECT", description = "What was done to this, e.g. an address.")
    private String subject;

    @Option(names = "--since", paramLabel = "TIME", description = "From then on, e.g. 2026-11-01T00:00:00Z.")
    private String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Before then.")
    private String until;

    @Option(
            names = "--most",
            paramLabel = "NUMBER",
            defaultValue = "100",
            description = "So many entries at the most (default: 100).")
    private long most;

    @Override
    public Integer call() {
        Target target = Target.of("api", "audit");
        target = with(target, "list", list);
        target = with(target, "actor", actor);
        target = with(target, "action", action);
        target = with(target, "subject", subject);
        target = with(target, "since", since);
        target = with(target, "until", until);
        Rows rows = posthorn.output().rows("at", "actor", "via", "action", "subject", "field", "old", "new", "details");
        String next = null;
        long left = most;
        do {
            Target page = with(target.with("count", Math.min(left, PAGE)), "before", next);
            JsonObject answer = posthorn.server().object(page);
            for (var entry : answer.getJsonArray("entries")) {
                rows.row(entry.asJsonObject());
                left--;
            }
            next = answer.getString("next", null);
        } while (next != null && left > 0);
        rows.end();
        return Exit.OK;
    }

    private static Target with(Target target, String name, String value) {
        return value == null ? target : target.with(name, value);
    }
}
