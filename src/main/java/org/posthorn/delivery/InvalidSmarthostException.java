package org.posthorn.delivery;

/** A smarthost's field has a value that it cannot have. The message names the field, the value and what is allowed. */
public class InvalidSmarthostException extends RuntimeException {

    public InvalidSmarthostException(String field, Object value, String allowed) {
        super(field + "=" + String.valueOf(value).replaceAll("\\p{Cntrl}", "?") + " is not allowed: " + allowed);
    }
}
