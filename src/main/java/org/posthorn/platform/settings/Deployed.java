package org.posthorn.platform.settings;

/**
 * Whether the application is deployed, told to the launcher: the two are loaded apart, so it goes by a property of the
 * process. Payara says nothing where it could not deploy.
 */
public final class Deployed {

    private static final String PROPERTY = "posthorn.deployed";

    private Deployed() {}

    /** Called as the application begins. */
    public static void begin() {
        System.setProperty(PROPERTY, "true");
    }

    /** Called as it ends, also where its deployment fails half way. */
    public static void end() {
        System.clearProperty(PROPERTY);
    }

    /** Whether it has begun and not ended. */
    public static boolean isSo() {
        return System.getProperty(PROPERTY) != null;
    }
}
