package org.posthorn.platform.settings;

/**
 * How much mail a node lets in before it asks the front MTA to wait.
 *
 * @param maxQueued entries that may wait in all queues together, 1 to 10^12; 0: no limit
 * @param minFreeBytes what must be free on each disk that mail needs, up to 1 TiB; 0: no limit
 */
public record Headroom(long maxQueued, long minFreeBytes) {

    private static final long MOST_QUEUED = 1_000_000_000_000L;

    static Headroom read(SettingSource source) {
        return new Headroom(
                Settings.number(source, "posthorn.max.queued", 1_000_000, 0, MOST_QUEUED),
                Settings.bytes(source, "posthorn.min.free", "512M", 0, 1L << 40, "0 to 1024G"));
    }
}
