package org.posthorn.pipeline;

import org.posthorn.mail.filter.Shelf;

/** What a handler needs beside the draft to write a body anew. */
public interface Bench {

    /** For headers alone. */
    Bench NONE = new Bench() {
        @Override
        public CookedMessage scratch() {
            throw new IllegalStateException("a body cannot be written anew here");
        }

        @Override
        public Shelf shelf() {
            return Shelf.NONE;
        }

        @Override
        public long number() {
            return 1;
        }
    };

    /** @return room for octets, however many; given back when the cooking is over */
    CookedMessage scratch();

    /** The post's number in its list, from 1: the same each time it is asked for; it is taken when it is first. */
    long number();

    /** Where parts of the post are kept that do not go out with it. */
    Shelf shelf();
}
