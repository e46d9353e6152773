package org.posthorn.delivery.smtp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.posthorn.delivery.copy.CompiledMessage;
import org.posthorn.mail.EmailAddress;
import org.posthorn.mail.ReversePath;
import org.posthorn.testing.Mailsink;

/**
 * Messages of 4 KB over one connection to {@code mailsink}, by each transport, and by a loop that only writes prepared
 * octets and counts lines: what any program in Java could reach.
 */
@State(Scope.Benchmark)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx512m", "-XX:+UseSerialGC"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class TransportBenchmark {

    private static final int LINES = 60;

    @Param({"pipelining", "angus", "plain"})
    public String transport;

    @Param({"1", "50"})
    public int recipients;

    /** Milliseconds that every answer takes. */
    @Param({"0", "20"})
    public int delay;

    private Mailsink sink;
    private HostConnection connection;
    private PlainLoop plain;
    private Transaction transaction;

    @Setup(Level.Trial)
    public void connect() throws Exception {
        sink = delay == 0 ? Mailsink.start() : Mailsink.start("--delay", Integer.toString(delay));
        Endpoint endpoint = new Endpoint("127.0.0.1", sink.port(), Tls.OFF, null, null, "node.test");
        String message = "Subject: a post\r\n\r\n"
                + "Some words that make a line of text as long as lines are, or so.\r\n".repeat(LINES);
        List<String> addresses = IntStream.range(0, recipients)
                .mapToObj(number -> "member" + number + "@example.com")
                .toList();
        EmailAddress bounces =
                EmailAddress.parse("list-bounces@lists.example.org").orElseThrow();
        transaction = new Transaction(
                new ReversePath.Mailbox(bounces),
                addresses,
                new CompiledMessage(message.getBytes(StandardCharsets.US_ASCII)).shared());
        switch (transport) {
            case "pipelining" -> connection = PipeliningConnection.open(endpoint);
            case "angus" -> connection = AngusConnection.open(endpoint, null);
            default -> plain = new PlainLoop(sink.port(), bounces.address(), addresses, message);
        }
    }

    /** One message more has begun, and the oldest has its answer. */
    @Benchmark
    public Object message() throws Exception {
        if (plain != null) {
            return plain.message();
        }
        while (connection.underWay() < connection.window()) {
            connection.begin(transaction);
        }
        return connection.next();
    }

    @TearDown(Level.Trial)
    public void close() throws Exception {
        try {
            if (plain != null) {
                plain.close();
            } else {
                while (connection.underWay() > 0) {
                    connection.next();
                }
                connection.close();
            }
        } finally {
            sink.close();
        }
    }
}
