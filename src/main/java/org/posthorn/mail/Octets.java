package org.posthorn.mail;

import java.io.IOException;
import java.io.InputStream;

/** Octets that can be read more than once, each time from the first; who opens them closes the stream. */
@FunctionalInterface
public interface Octets {

    /** None at all. */
    Octets NONE = InputStream::nullInputStream;

    InputStream open() throws IOException;
}
