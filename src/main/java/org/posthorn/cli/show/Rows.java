package org.posthorn.cli.show;

import jakarta.json.JsonObject;

/** A table under way. What fails before the first row has printed nothing. */
public interface Rows {

    void row(JsonObject row);

    /** That was the last row: prints what is left. */
    void end();
}
