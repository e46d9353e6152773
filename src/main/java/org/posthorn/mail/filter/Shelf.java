package org.posthorn.mail.filter;

import java.io.IOException;
import java.io.OutputStream;

/** Where a part goes that is taken out of its message but not lost. */
@FunctionalInterface
public interface Shelf {

    /** Keeps nothing, for messages without such parts. */
    Shelf NONE = (number, type, name) -> {
        throw new IllegalStateException("a part cannot be kept here: " + type);
    };

    /**
     * @param number the part's among those of its message, the same at each reading
     * @param type its media type
     * @param name what its sender calls it, one line; empty: nothing
     */
    Place place(int number, String type, String name) throws IOException;

    /** Takes a part's octets, decoded. */
    interface Place {

        OutputStream octets();

        /** When all are there. @return what stands in the part's place, plain text with lines ended by LF */
        String notice() throws IOException;
    }
}
