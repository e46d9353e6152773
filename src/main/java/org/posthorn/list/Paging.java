package org.posthorn.list;

/**
 * Which part of a long result is wanted.
 *
 * @param count how many at most, from 0
 * @param page the first is 1
 */
public record Paging(int count, int page) {

    public Paging {
        if (count < 0) {
            throw new InvalidValueException("count", count, "a whole number from 0");
        }
        if (page < 1) {
            throw new InvalidValueException("page", page, "a whole number from 1");
        }
    }

    /** The first so many. */
    public static Paging first(int count) {
        return new Paging(count, 1);
    }

    /** How many stand before. */
    public long start() {
        return (long) count * (page - 1);
    }
}
