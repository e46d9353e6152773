package org.posthorn.simulator;

/** As many try something on this node as may at once: in a moment there is a place. */
public class BusyException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public BusyException() {
        super("others try something at the moment");
    }
}
