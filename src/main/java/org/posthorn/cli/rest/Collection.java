package org.posthorn.cli.rest;

import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * A collection of the server's, page by page, so that a million entries take the room of one page: Mailman's form (an
 * object with {@code entries}) or an array.
 */
public final class Collection implements Iterable<JsonObject> {

    private final Server server;
    private final Target target;
    private final int pageSize;

    /** @param pageSize how many entries are asked for at once */
    public Collection(Server server, Target target, int pageSize) {
        this.server = server;
        this.target = target;
        this.pageSize = pageSize;
    }

    @Override
    public Iterator<JsonObject> iterator() {
        return new Iterator<>() {
            private final Deque<JsonObject> read = new ArrayDeque<>();
            private int page;
            private boolean last;

            @Override
            public boolean hasNext() {
                while (read.isEmpty() && !last) {
                    JsonStructure answer =
                            server.get(target.with("count", pageSize).with("page", ++page));
                    Iterable<? extends JsonValue> entries = answer.getValueType() == JsonValue.ValueType.ARRAY
                            ? answer.asJsonArray()
                            : answer.asJsonObject().containsKey("entries")
                                    ? answer.asJsonObject().getJsonArray("entries")
                                    : JsonValue.EMPTY_JSON_ARRAY;
                    entries.forEach(entry -> read.add(entry.asJsonObject()));
                    last = read.size() < pageSize;
                }
                return !read.isEmpty();
            }

            @Override
            public JsonObject next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return read.remove();
            }
        };
    }
}
