package org.posthorn.cli.show;

import jakarta.json.JsonObject;
import java.io.PrintWriter;

/** An array with one entry a line, printed as the entries come. */
final class JsonRows implements Rows {

    private final PrintWriter out;
    private boolean begun;

    JsonRows(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void row(JsonObject row) {
        out.print(begun ? ",\n" : "[\n");
        out.print(Values.json(Output.withoutLinks(row)));
        begun = true;
    }

    @Override
    public void end() {
        out.println(begun ? "\n]" : "[]");
    }
}
