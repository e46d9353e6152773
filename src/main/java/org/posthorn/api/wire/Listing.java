package org.posthorn.api.wire;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.stream.JsonGenerator;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.posthorn.list.Paging;

/**
 * A collection as Mailman shows it ({@code start}, {@code total_size}, {@code entries} unless there are none), written
 * as it is read, so that a million members need no room.
 */
public final class Listing {

    /** How many entries are read at once where more are asked for. */
    private static final int SLICE = 500;

    private final Page page;
    private final Function<Paging, org.posthorn.list.Page<JsonObject>> source;
    private final org.posthorn.list.Page<JsonObject> first;

    /**
     * Reads the first slice at once, so that what fails fails before anything is written.
     *
     * @param source reads a part of the collection, each in a transaction of its own
     */
    public Listing(Page page, Function<Paging, org.posthorn.list.Page<JsonObject>> source) {
        this.page = page;
        this.source = source;
        this.first = source.apply(isOneSlice() ? new Paging(page.count(), page.number()) : slice(page.offset()));
    }

    /** A collection that is at hand as a whole. */
    public static <T> Listing of(List<T> all, Page page, Function<T, JsonObject> shown) {
        return new Listing(
                page,
                paging -> new org.posthorn.list.Page<>(
                        paging.start(),
                        all.size(),
                        all.stream()
                                .skip(paging.start())
                                .limit(paging.count())
                                .map(shown)
                                .toList()));
    }

    private boolean isOneSlice() {
        return page.count() > 0 && page.count() <= SLICE;
    }

    private static Paging slice(long offset) {
        return new Paging(SLICE, (int) Math.min(Integer.MAX_VALUE, offset / SLICE + 1));
    }

    void write(OutputStream out) {
        try (JsonGenerator json = Json.createGenerator(out)) {
            Etag etag = new Etag();
            json.writeStartObject();
            json.write("start", page.offset());
            json.write("total_size", first.total());
            if (!isEmpty()) {
                json.writeStartArray("entries");
                each(entry -> {
                    json.write(entry);
                    etag.add(entry.getString("http_etag", ""));
                });
                json.writeEnd();
            }
            json.write("http_etag", ended(etag));
            json.writeEnd();
        }
    }

    /** Reads all of the page. @return its tag, as it is written */
    String tag() {
        Etag etag = new Etag();
        each(entry -> etag.add(entry.getString("http_etag", "")));
        return ended(etag);
    }

    private String ended(Etag etag) {
        etag.add(page.offset() + "/" + first.total());
        return etag.toString();
    }

    private boolean isEmpty() {
        return page.size(first.total()) == 0 || atFirst().isEmpty();
    }

    private List<JsonObject> atFirst() {
        return isOneSlice() ? first.entries() : within(first, page.offset());
    }

    private void each(Consumer<JsonObject> taken) {
        long left = page.size(first.total());
        List<JsonObject> entries = atFirst();
        for (long offset = page.offset(); left > 0 && !entries.isEmpty(); ) {
            entries.subList(0, (int) Math.min(left, entries.size())).forEach(taken);
            offset += entries.size();
            left -= entries.size();
            entries = left > 0 ? within(source.apply(slice(offset)), offset) : List.of();
        }
    }

    /** The slice's entries from so many on: a page need not begin where a slice does. */
    private static List<JsonObject> within(org.posthorn.list.Page<JsonObject> slice, long offset) {
        int before = (int) Math.min(slice.entries().size(), Math.max(0, offset - slice.start()));
        return slice.entries().subList(before, slice.entries().size());
    }
}
