package org.posthorn.template;

import org.posthorn.list.InvalidValueException;

/** A text cannot be a template. Nothing was changed. */
public class TemplateFaultException extends InvalidValueException {

    private final Fault fault;
    private final String what;
    private final long line;

    /** What is wrong with it. */
    public enum Fault {
        /** It is longer than a template may be; there is no line. */
        TOO_LONG,
        /** It has a control character in that line. */
        CONTROL,
        /** It names something in that line that is not known there. */
        UNKNOWN_NAME
    }

    /**
     * @param what see {@link #what}
     * @param line from 1; 0: it is not about one
     */
    TemplateFaultException(TemplateName name, Fault fault, String what, long line, String allowed) {
        super(name.label(), fault == Fault.TOO_LONG ? what + " characters" : what + " in line " + line, allowed);
        this.fault = fault;
        this.what = what;
        this.line = line;
    }

    public Fault fault() {
        return fault;
    }

    /** The length in characters, the character ({@code U+0007}) or the name ({@code $nobody}). */
    public String what() {
        return what;
    }

    /** From 1; 0: it is not about one. */
    public long line() {
        return line;
    }
}
