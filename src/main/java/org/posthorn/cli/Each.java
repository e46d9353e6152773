package org.posthorn.cli;

import jakarta.json.Json;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.posthorn.cli.show.Output;
import org.posthorn.cli.show.Rows;

/**
 * Does the same to several things, one after the other, and tells what became of each. What is refused does not keep the
 * next from being tried; but when the server is away or does not let this user in, that is the end.
 */
final class Each {

    private final Output output;
    private final String name;

    /** @param name of the column that says which thing */
    Each(Output output, String name) {
        this.output = output;
        this.name = name;
    }

    /**
     * @param things are closed
     * @param done the word for success
     * @return the exit status
     */
    int run(Stream<String> things, String done, Consumer<String> act) {
        int worked = 0;
        int failed = 0;
        Rows rows = output.rows(name, "result");
        try (Stream<String> all = things) {
            for (Iterator<String> each = all.iterator(); each.hasNext(); ) {
                String thing = each.next();
                String refusal = tried(thing, act);
                worked += refusal == null ? 1 : 0;
                failed += refusal == null ? 0 : 1;
                rows.row(Json.createObjectBuilder()
                        .add(name, thing)
                        .add("done", refusal == null)
                        .add("result", refusal == null ? done : refusal)
                        .build());
            }
        }
        rows.end();
        return failed == 0 ? Exit.OK : worked == 0 ? Exit.FAILED : Exit.PARTLY;
    }

    /** @return null when it worked, else why not */
    private static String tried(String thing, Consumer<String> act) {
        try {
            act.accept(thing);
            return null;
        } catch (CommandException e) {
            if (e.exit() != Exit.FAILED) {
                throw e;
            }
            return e.getMessage();
        }
    }
}
