package org.posthorn.delivery;

import java.util.ArrayList;
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

/** Which smarthosts a recipient's copy may go by, in pools of several sizes. */
@State(Scope.Benchmark)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx512m", "-XX:+UseSerialGC"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class RoutesBenchmark {

    private static final String[] DOMAINS = {"example.com", "mail.example.de", "a.b.example.fr", "example.org"};

    @Param({"1", "3", "20"})
    public int hosts;

    private Routes routes;
    private long hash;

    @Setup
    public void make() {
        List<Host> pool = new ArrayList<>();
        for (int i = 0; i < hosts; i++) {
            pool.add(ScriptedHost.aHost("h" + i, i + 1, 50, 0, false, i % 3 == 1 ? "*.de" : i % 3 == 2 ? "*.fr" : "*"));
        }
        routes = new Routes(pool);
    }

    @Benchmark
    public List<?> candidates() {
        hash = hash * 0x5851F42D4C957F2DL + 0x14057B7EF767814FL;
        return routes.of(DOMAINS[(int) (hash >>> 62)], hash & Long.MAX_VALUE);
    }
}
