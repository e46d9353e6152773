package org.posthorn.platform.settings;

/** A setting that cannot be used. Its message is one line that names the variable, the value and what is allowed. */
public class SettingException extends RuntimeException {

    /**
     * @param variable the environment variable, e.g. {@code POSTHORN_HTTP_PORT}
     * @param value what it was set to; never a secret
     * @param allowed what would be right, in words
     */
    public SettingException(String variable, String value, String allowed) {
        super(variable + "=" + value.replaceAll("\\p{Cntrl}", "?") + " is not allowed: " + allowed);
    }
}
