package org.posthorn.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What this is a build of: as Maven filled it in, or a development tree that Maven has not seen. */
public final class Build {

    private static final String VERSION = read();

    private Build() {}

    /** @return e.g. {@code 1.2.0}; {@code development} where no build has filled it in */
    public static String version() {
        return VERSION;
    }

    private static String read() {
        Properties properties = new Properties();
        try (InputStream in = Build.class.getResourceAsStream("build.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String version = properties.getProperty("version", "");
        return version.isEmpty() || version.contains("${") ? "development" : version;
    }
}
