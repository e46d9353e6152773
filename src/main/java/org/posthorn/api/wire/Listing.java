package org.posthorn.api.wire;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.stream.JsonGenerator;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Function;

/**
 * A collection as Mailman shows it ({@code start}, {@code total_size}, {@code entries} unless there are none), written
 * as it is read, so that a million members need no room.
 *
 * @param total how many there are on all pages
 * @param page which of them are shown
 * @param slices gives the next entries, never more than asked for, and none at the end
 */
public record Listing(long total, Page page, Slices slices) {

    /** How many entries are read at once. */
    private static final int SLICE = 500;

    /** Reads a part of the collection. */
    @FunctionalInterface
    public interface Slices {
        /** @param offset how many entries to pass over; @param most how many to read */
        List<JsonObject> read(long offset, int most);
    }

    /** A collection that is small enough to be at hand as a whole. */
    public static <T> Listing of(List<T> all, Page page, Function<T, JsonObject> shown) {
        return new Listing(all.size(), page, (offset, most) ->
                all.stream().skip(offset).limit(most).map(shown).toList());
    }

    void write(OutputStream out) {
        try (JsonGenerator json = Json.createGenerator(out)) {
            Etag etag = new Etag();
            json.writeStartObject();
            json.write("start", page.offset());
            json.write("total_size", total);
            long left = page.size(total);
            long offset = page.offset();
            List<JsonObject> slice = next(offset, left);
            if (!slice.isEmpty()) {
                json.writeStartArray("entries");
                while (!slice.isEmpty()) {
                    for (JsonObject entry : slice) {
                        json.write(entry);
                        etag.add(entry.getString("http_etag", ""));
                    }
                    offset += slice.size();
                    left -= slice.size();
                    slice = next(offset, left);
                }
                json.writeEnd();
            }
            etag.add(page.offset() + "/" + total);
            json.write("http_etag", etag.toString());
            json.writeEnd();
        }
    }

    private List<JsonObject> next(long offset, long left) {
        return left <= 0 ? List.of() : slices.read(offset, (int) Math.min(SLICE, left));
    }
}
