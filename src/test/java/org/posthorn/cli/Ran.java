package org.posthorn.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A command that has run. */
record Ran(int exit, String out, String err) {

    static Ran command(StubServer server, String... args) {
        return of(Map.of("POSTHORN_URL", server.url(), "POSTHORN_ADMIN_PASSWORD", "secret-password"), "", false, args);
    }

    static Ran withInput(StubServer server, String in, String... args) {
        return of(Map.of("POSTHORN_URL", server.url(), "POSTHORN_ADMIN_PASSWORD", "secret-password"), in, false, args);
    }

    static Ran inTerminal(StubServer server, String in, String... args) {
        return of(Map.of("POSTHORN_URL", server.url(), "POSTHORN_ADMIN_PASSWORD", "secret-password"), in, true, args);
    }

    static Ran of(Map<String, String> environment, String in, boolean terminal, String... args) {
        Map<String, String> all = new HashMap<>(environment);
        all.putIfAbsent("POSTHORN_HOME", "/nonexistent");
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Main.run(
                new Surroundings(
                        all,
                        new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                        new PrintWriter(out),
                        new PrintWriter(err, true),
                        terminal,
                        terminal ? prompt -> "asked-password".toCharArray() : null),
                args);
        return new Ran(exit, out.toString(), err.toString());
    }
}
