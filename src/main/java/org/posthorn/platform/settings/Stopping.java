package org.posthorn.platform.settings;

/**
 * Whether this node has been told to stop, told by the launcher to the application: the two are loaded apart, so it goes
 * by a property of the process.
 */
public final class Stopping {

    private static final String PROPERTY = "posthorn.stopping";

    private Stopping() {}

    /** Called when the process is told to stop, some time before it does. */
    public static void begin() {
        System.setProperty(PROPERTY, "true");
    }

    /** Whether it has been told to. */
    public static boolean isSo() {
        return System.getProperty(PROPERTY) != null;
    }
}
