package org.posthorn.api.wire;

/**
 * Which part of a collection is asked for.
 *
 * @param count how many entries, 0 for all of them
 * @param number the page, from 1
 */
public record Page(int count, int number) {

    /** Everything on one page. */
    public static final Page ALL = new Page(0, 1);

    /** @throws Refusal 400 when count or page is no number in its range */
    public static Page of(Fields query) {
        int count = query.number("count", 0, 0, Integer.MAX_VALUE);
        return new Page(count, query.number("page", 1, 1, Integer.MAX_VALUE));
    }

    /** @param most as many at the most, and so many without a count: for collections without an end */
    public static Page of(Fields query, int most) {
        int count = query.number("count", most, 1, most);
        return new Page(count, query.number("page", 1, 1, Integer.MAX_VALUE));
    }

    /** @return how many entries stand before this page */
    public long offset() {
        return count * (number - 1L);
    }

    /** @return how many entries of a collection of so many are on this page */
    public long size(long total) {
        return Math.max(0, Math.min(count == 0 ? total : count, total - offset()));
    }
}
