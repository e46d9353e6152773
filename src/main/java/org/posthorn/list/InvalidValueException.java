package org.posthorn.list;

/** A value cannot be what it was meant for. */
public class InvalidValueException extends RefusedException {

    private final String field;
    private final String value;
    private final String allowed;

    /**
     * @param field what the value was meant for
     * @param allowed what it may be, as a noun phrase
     */
    public InvalidValueException(String field, Object value, String allowed) {
        super(field + " cannot be '" + shown(value) + "': allowed is " + allowed);
        this.field = field;
        this.value = shown(value);
        this.allowed = allowed;
    }

    public String field() {
        return field;
    }

    /** The value, shortened and safe to show. */
    public String value() {
        return value;
    }

    public String allowed() {
        return allowed;
    }
}
