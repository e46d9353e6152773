package org.posthorn.delivery.smtp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Replies read from octets that are there: four a message, as most are. */
@State(Scope.Benchmark)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx512m", "-XX:+UseSerialGC"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ReplyBenchmark {

    private static final int MESSAGES = 100;
    private static final int REPLIES = MESSAGES * 4;

    /** {@code same}: every message is answered alike; {@code own}: the end of each with a queue id, as Postfix does. */
    @Param({"same", "own"})
    public String kind;

    private byte[] octets;
    private final ReplyReader reader = new ReplyReader();

    @Setup
    public void make() {
        StringBuilder replies = new StringBuilder();
        for (int i = 0; i < MESSAGES; i++) {
            String id = kind.equals("own") ? "queued as 4F2" + i : "Ok";
            replies.append("250 2.1.0 Ok\r\n250 2.1.5 Ok\r\n354 End data with <CR><LF>.<CR><LF>\r\n250 2.0.0 Ok: ")
                    .append(id)
                    .append("\r\n");
        }
        octets = replies.toString().getBytes(StandardCharsets.US_ASCII);
    }

    @Benchmark
    @OperationsPerInvocation(REPLIES)
    public void read(Blackhole replies) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(octets);
        for (int i = 0; i < REPLIES; i++) {
            replies.consume(reader.read(in));
        }
    }
}
