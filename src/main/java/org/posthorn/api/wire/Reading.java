package org.posthorn.api.wire;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.function.Supplier;

/** Reads within a transaction of its own, in which what entities load lazily can be loaded. */
@ApplicationScoped
public class Reading {

    @Transactional
    public <T> T within(Supplier<T> read) {
        return read.get();
    }
}
