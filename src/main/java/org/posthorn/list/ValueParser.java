package org.posthorn.list;

/** Turns what came in (text, truth value, number, list, null) into the type of a setting. */
@FunctionalInterface
interface ValueParser<T> {

    /** @throws InvalidValueException when it cannot be */
    T parse(String field, Object value);
}
