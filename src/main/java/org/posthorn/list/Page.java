package org.posthorn.list;

import java.util.List;
import java.util.function.Function;

/**
 * A part of a long result.
 *
 * @param start how many stand before
 * @param total how many there are in all
 * @param entries this part, may be empty
 */
public record Page<T>(long start, long total, List<T> entries) {

    public Page {
        entries = List.copyOf(entries);
    }

    public <R> Page<R> map(Function<T, R> mapping) {
        return new Page<>(start, total, entries.stream().map(mapping).toList());
    }
}
