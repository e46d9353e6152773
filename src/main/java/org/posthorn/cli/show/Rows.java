package org.posthorn.cli.show;

import jakarta.json.JsonObject;

/** A table under way; closing it prints what is left. */
public interface Rows extends AutoCloseable {

    void row(JsonObject row);

    @Override
    void close();
}
