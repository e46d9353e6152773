package org.posthorn.queue.lease;

import java.io.IOException;
import java.time.Duration;
import org.posthorn.queue.QueueName;
import org.posthorn.testing.TestDatabase;
import org.posthorn.testing.TestDatabases;

/**
 * A node in a process of its own, for {@link PausedNodeE2E}: keeps leases and, if told to, stops itself (SIGSTOP) in the
 * midst of a runner's transaction. Says on its standard output what befalls it.
 */
final class LeaseNode implements SliceUser {

    static final LeaseTimes TIMES = new LeaseTimes(Duration.ofSeconds(4), Duration.ofSeconds(1), Duration.ofSeconds(1));

    /** Where a runner stops the whole process. */
    enum Pause {
        NEVER,
        BEFORE_FENCE,
        AFTER_FENCE
    }

    private final TestDatabase database;
    private final String name;
    private final Pause pause;
    private boolean paused;

    private LeaseNode(TestDatabase database, String name, Pause pause) {
        this.database = database;
        this.name = name;
        this.pause = pause;
    }

    /** Arguments: the database's URL, the node's name, where to pause. Ends when its standard input does. */
    public static void main(String[] arguments) throws Exception {
        TestDatabase database = TestDatabases.postgreSqlAt(arguments[0]);
        LeaseNode node = new LeaseNode(database, arguments[1], Pause.valueOf(arguments[2]));
        LeaseKeeper keeper =
                new LeaseKeeper(database.source(), database.dialect(), arguments[1], 1, node, TIMES, false);
        try {
            keeper.start(Thread::new);
        } catch (NodeNameTakenException e) {
            say("refused " + e.getMessage());
            System.exit(2);
        }
        say("joined");
        while (System.in.read() >= 0) {
            // Until the test lets go.
        }
        keeper.close(Duration.ofSeconds(5));
        say("left");
        System.exit(0);
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    @Override
    public void gained(Lease lease) {
        if (lease.queue() == QueueName.IN && lease.slice() == 0 && !paused && pause != Pause.NEVER) {
            paused = true;
            new Thread(() -> work(lease)).start();
        }
    }

    private void work(Lease lease) {
        Fence fence = new Fence(database.sql(), database.dialect());
        try {
            database.inTransaction(() -> {
                database.sql().update("insert into site_setting (name, content) values (?, 'done')", name);
                if (pause == Pause.BEFORE_FENCE) {
                    stop();
                }
                fence.check(lease);
                if (pause == Pause.AFTER_FENCE) {
                    stop();
                }
            });
            say("committed");
        } catch (FencedException e) {
            say("fenced");
        } catch (RuntimeException e) {
            say("failed " + e);
        }
    }

    private static void stop() {
        say("stopping");
        try {
            new ProcessBuilder(
                            "kill",
                            "-STOP",
                            Long.toString(ProcessHandle.current().pid()))
                    .start()
                    .waitFor();
            // The signal may come a moment after kill has ended; what must not go on before it came, has not.
            Thread.sleep(500);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean giveUp(Lease lease, Duration most) {
        return true;
    }

    @Override
    public void lost(Lease lease) {
        if (lease.queue() == QueueName.IN && lease.slice() == 0) {
            say("lost");
        }
    }
}
