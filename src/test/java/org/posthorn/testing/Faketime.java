package org.posthorn.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Debian's libfaketime: a process whose clock is wrong. Its monotonic clock, and its waits, stay right. */
public final class Faketime {

    private static final List<Path> LIBRARIES = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"),
            Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1"));

    private Faketime() {}

    /**
     * @param by how far, from its next start on: "-1h"
     * @return the same node
     */
    public static PackagedNode shifted(PackagedNode node, String by) {
        Path library = LIBRARIES.stream()
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "this test needs libfaketime: install the Debian package libfaketime, or run bin/verify"));
        return node.with("LD_PRELOAD", library.toString())
                .with("FAKETIME", by)
                .with("FAKETIME_DONT_FAKE_MONOTONIC", "1")
                .with("FAKETIME_FORCE_MONOTONIC_FIX", "0");
    }
}
