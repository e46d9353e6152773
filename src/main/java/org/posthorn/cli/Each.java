package org.posthorn.cli;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.posthorn.cli.show.Output;
import org.posthorn.cli.show.Rows;

/**
 * Does the same to several things, one after the other, and tells what became of each. What is refused does not keep the
 * next from being tried; but when the server is away or does not let this user in, that is the end: what was done until
 * then is told all the same, and the status says that it is a part.
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
                rows.row(row(thing, refusal == null, refusal == null ? done : refusal));
            }
        } catch (BrokenOffException e) {
            if (worked + failed > 0) {
                rows.row(row(e.thing, false, e.why.getMessage()));
                rows.end();
            }
            throw worked == 0
                    ? e.why
                    : new CommandException(Exit.PARTLY, e.why.getMessage() + "; " + worked + " before that: " + done);
        }
        rows.end();
        return failed == 0 ? Exit.OK : worked == 0 ? Exit.FAILED : Exit.PARTLY;
    }

    private JsonObject row(String thing, boolean worked, String result) {
        return Json.createObjectBuilder()
                .add(name, thing)
                .add("done", worked)
                .add("result", result)
                .build();
    }

    /** With this thing it ended; whether the server still did it is not known. */
    private static final class BrokenOffException extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient String thing;
        private final transient CommandException why;

        private BrokenOffException(String thing, CommandException why) {
            super(why);
            this.thing = thing;
            this.why = why;
        }
    }

    /** @return null when it worked, else why not */
    private static String tried(String thing, Consumer<String> act) {
        try {
            act.accept(thing);
            return null;
        } catch (CommandException e) {
            if (e.exit() != Exit.FAILED) {
                throw new BrokenOffException(thing, e);
            }
            return e.getMessage();
        }
    }
}
