package org.posthorn.delivery;

/** A smarthost's field has a value that it cannot have. The message names the field, the value and what is allowed. */
public class InvalidSmarthostException extends RuntimeException {

    private final String field;
    private final String value;

    public InvalidSmarthostException(String field, Object value, String allowed) {
        super(field + "=" + String.valueOf(value).replaceAll("\\p{Cntrl}", "?") + " is not allowed: " + allowed);
        this.field = field;
        this.value = String.valueOf(value).replaceAll("\\p{Cntrl}", "?");
    }

    public String field() {
        return field;
    }

    /** The value, fit to be shown; never a secret. */
    public String value() {
        return value;
    }
}
