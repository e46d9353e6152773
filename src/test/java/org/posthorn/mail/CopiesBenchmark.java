package org.posthorn.mail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.posthorn.delivery.copy.CompiledMessage;
import org.posthorn.delivery.copy.Copies;

/** A recipient's copy of a message of 4 KB, made and written: what the rendering costs of each delivery. */
@State(Scope.Benchmark)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx512m", "-XX:+UseSerialGC"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class CopiesBenchmark {

    private static final int BODY_LINES = 50;

    /** {@code same}: one copy for all; {@code to}: a To field of one's own; the others: a footer with the address, too. */
    @Param({"same", "to", "PLAIN", "QUOTED_PRINTABLE", "BASE64"})
    public String kind;

    private Copies copies;
    private List<Addressee> addressees;
    private int next;

    @Setup
    public void compile() {
        String header = "From: poster@example.com\r\nSubject: a post\r\n";
        String to = "To: list@lists.example.org\r\n";
        String body =
                "\r\n" + "Some words that make a line of text as long as lines are, or so.\r\n".repeat(BODY_LINES);
        byte[] stored = (header + to + body).getBytes(StandardCharsets.US_ASCII);
        copies = new CompiledMessage(stored, CopyPlan.parse(plan(header.length(), to.length(), stored.length)));
        addressees = List.of(
                new Addressee("ann@example.com", "Ann Example", "en"),
                new Addressee("juergen@example.com", "J\u00fcrgen M\u00fcller", "de"),
                new Addressee("someone.else@department.example.org", "", "fr"));
    }

    private String plan(int from, int length, int end) {
        String place = "{\"what\": \"to\", \"from\": " + from + ", \"to\": " + (from + length) + "}";
        String footer = "{\"what\": \"" + (kind.equals("BASE64") ? "aligned-base64" : "text") + "\", \"from\": " + end
                + ", \"to\": " + end + ", \"charset\": \"UTF-8\", \"encoding\": \"" + kind
                + "\", \"flowed\": false, \"text\": \"____\\r\\nSent to " + PersonalValue.EMAIL.mark() + "\\r\\n\"}";
        return switch (kind) {
            case "same" -> "[]";
            case "to" -> "[" + place + "]";
            default -> "[" + place + ", " + footer + "]";
        };
    }

    @Benchmark
    public void copy(Blackhole wire) throws IOException {
        next = next + 1 == addressees.size() ? 0 : next + 1;
        copies.of(addressees.get(next)).writeTo((octets, from, length) -> wire.consume(octets), true);
    }
}
