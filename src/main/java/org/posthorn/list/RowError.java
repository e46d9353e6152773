package org.posthorn.list;

/**
 * Why a row of an import was not taken.
 *
 * @param line where it begins; the header row is line 1
 * @param value what was wrong, shortened and safe to show
 */
public record RowError(long line, String value, String reason) {

    RowError(long line, InvalidValueException wrong) {
        this(line, wrong.value(), wrong.field() + " must be " + wrong.allowed());
    }
}
