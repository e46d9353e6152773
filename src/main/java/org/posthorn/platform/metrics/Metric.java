package org.posthorn.platform.metrics;

import java.util.List;

/**
 * Every figure that Posthorn gives to Prometheus, as one table: the name (without {@code posthorn_}), what it means, and
 * the labels it has. What is not here cannot be recorded, so no label ever names a list, an address or a message.
 *
 * <p>Counters and times are recorded where they happen, in the memory of this process: {@code Metric.LMTP_MESSAGES.add(1)}.
 * Gauges are asked when somebody reads: see {@link GaugeSource}. Those marked "site" come from the database and are the
 * same on every node; the others are this node's.
 */
public enum Metric {
    BUILD_INFO("build_info", Kind.GAUGE, "Always 1; the labels say what runs.", "version", "java", "database"),
    READY("ready", Kind.GAUGE, "1 while the part of this node is up: database, lmtp, runners.", "component"),

    // --- queues
    QUEUE_ENTRIES("queue_entries", Kind.GAUGE, "Site: entries that lie in the queue.", "queue"),
    QUEUE_DUE("queue_due_entries", Kind.GAUGE, "Site: entries whose time has come.", "queue"),
    QUEUE_OLDEST(
            "queue_oldest_seconds",
            Kind.GAUGE,
            "Site: age of the queue's oldest entry, since it was received.",
            "queue"),
    QUEUE_PROCESSED(
            "queue_processed_total",
            Kind.COUNTER,
            "Entries that were worked on to their end and left the queue.",
            "queue"),
    QUEUE_FAILURES("queue_failures_total", Kind.COUNTER, "Attempts that ended with an error.", "queue"),
    QUEUE_RETRIES(
            "queue_retries_total",
            Kind.COUNTER,
            "Entries put back to be tried again later, after an error or a 4xx.",
            "queue"),
    QUEUE_SHUNTED("queue_shunted_total", Kind.COUNTER, "Entries of this queue that were shunted.", "queue"),
    QUEUE_BAD("queue_bad_total", Kind.COUNTER, "Entries of this queue that could not be read as a message.", "queue"),
    HELD_MESSAGES("held_messages", Kind.GAUGE, "Site: posts that wait for a moderator."),

    // --- deliveries
    DELIVERIES(
            "deliveries_total",
            Kind.COUNTER,
            "Recipients by what the smarthost made of them: delivered, deferred (4xx or none up), refused (5xx), failed "
                    + "(given up); smarthost none: no smarthost was asked.",
            "smarthost",
            "outcome"),
    SMARTHOST_HEALTH(
            "smarthost_health",
            Kind.GAUGE,
            "1 for the state that this node sees it in: up, failing, down, probing.",
            "smarthost",
            "state"),
    SMARTHOST_CONNECTIONS(
            "smarthost_connections", Kind.GAUGE, "Connections of this node: busy or idle.", "smarthost", "state"),
    SMARTHOST_LIMIT(
            "smarthost_connections_limit",
            Kind.GAUGE,
            "So many connections of this node may be busy at once now: as set, or as serve best.",
            "smarthost"),
    SMARTHOST_OPENED(
            "smarthost_connects_total", Kind.COUNTER, "Attempts to connect: opened or failed.", "smarthost", "outcome"),
    SMARTHOST_TRANSACTIONS(
            "smarthost_transactions_total",
            Kind.COUNTER,
            "Mail transactions that came to their end: done, or failed for all recipients or by the connection.",
            "smarthost",
            "outcome"),
    SMARTHOST_TIME(
            "smarthost_transaction_seconds",
            Kind.HISTOGRAM,
            "How long mail transactions took, MAIL to the last reply.",
            Buckets.NETWORK,
            "smarthost"),

    // --- LMTP
    LMTP_CONNECTIONS("lmtp_connections", Kind.GAUGE, "Front MTAs connected now."),
    LMTP_ACCEPTED(
            "lmtp_connections_total",
            Kind.COUNTER,
            "Connections: served, refused (not allowed) or busy (too many).",
            "outcome"),
    LMTP_MESSAGES("lmtp_messages_total", Kind.COUNTER, "Messages that were taken and are on disk."),
    LMTP_BYTES("lmtp_message_bytes_total", Kind.COUNTER, "Their octets."),
    LMTP_REPLIES("lmtp_replies_total", Kind.COUNTER, "Replies, by SMTP code.", "code"),
    COMMIT_TIME(
            "ingress_commit_seconds",
            Kind.HISTOGRAM,
            "How long group commits took, sync to disk included.",
            Buckets.DISK),
    COMMIT_MESSAGES("ingress_commit_messages_total", Kind.COUNTER, "Messages that were in them."),
    INGRESS_OPEN(
            "ingress_open",
            Kind.GAUGE,
            "1 while there is room for more mail, 0 while LMTP answers 452: queue (site) or disk.",
            "reason"),
    INGRESS_MEASURED("ingress_measured", Kind.GAUGE, "0 while that cannot be measured and stays as it was.", "reason"),
    INGRESS_REFUSED(
            "ingress_refused_total",
            Kind.COUNTER,
            "Messages answered 452 for want of room: as above, or storage: too large for what is free, or it could not be stored.",
            "reason"),

    // --- runners
    RUNNER_STARTS("runner_starts_total", Kind.COUNTER, "Queue runners (batch job executions) that began.", "queue"),
    RUNNER_START_FAILURES(
            "runner_start_failures_total", Kind.COUNTER, "Queue runners that could not be started.", "queue"),
    RUNNER_ENDS(
            "runner_ends_total",
            Kind.COUNTER,
            "Queue runners that ended: idle, stopped, fenced or failed.",
            "queue",
            "outcome"),
    RUNNERS("runners_running", Kind.GAUGE, "Queue runners of this node now.", "queue"),
    RUNNER_TIME(
            "runner_seconds", Kind.HISTOGRAM, "How long queue runners ran, waiting included.", Buckets.LONG, "queue"),
    GROUP_TIME(
            "runner_group_seconds",
            Kind.HISTOGRAM,
            "How long a runner's turn took: a group of entries, or one entry of out.",
            Buckets.NETWORK,
            "queue"),

    // --- leases
    NODES("nodes_live", Kind.GAUGE, "Site: nodes that are alive."),
    SLICES("slices", Kind.GAUGE, "Site: slices of the queue.", "queue"),
    SLICES_UNOWNED("slices_unowned", Kind.GAUGE, "Site: slices that no live node holds.", "queue"),
    LEASES_HELD("leases_held", Kind.GAUGE, "Slices that this node holds.", "queue"),
    LEASE_TAKEOVERS(
            "lease_takeovers_total",
            Kind.COUNTER,
            "Slices that this node took: free ones, or those of a node that died (dead).",
            "queue",
            "from"),
    LEASE_LAPSES(
            "lease_lapses_total", Kind.COUNTER, "Times that this node lost its leases since it could not renew them."),
    LEASE_LOST("lease_slices_lost_total", Kind.COUNTER, "Slices that were found to be another's.", "queue"),
    LEASE_RENEWALS("lease_renewals_total", Kind.COUNTER, "Renewals: done or failed.", "outcome"),
    LEASE_AGE("lease_renewal_age_seconds", Kind.GAUGE, "Time since the leases were last renewed."),

    // --- the data grid
    GRID_MEMBERS(
            "grid_members",
            Kind.GAUGE,
            "Nodes that this one sees in the data grid, itself included; 0 where it is off."),
    GRID_WAKE_UPS(
            "grid_wake_ups_total",
            Kind.COUNTER,
            "News of entries by the data grid: sent or dropped, heard, ignored (not this node's slices) or refused (not readable).",
            "outcome"),

    // --- HTTP
    HTTP_REQUESTS(
            "http_requests_total",
            Kind.COUNTER,
            "Requests by area (mailman, api, console, attachments, static, monitor) and class of status.",
            "area",
            "status"),
    HTTP_TIME("http_request_seconds", Kind.HISTOGRAM, "How long requests took.", Buckets.NETWORK, "area"),
    SIGN_IN_FAILURES(
            "sign_in_failures_total",
            Kind.COUNTER,
            "Sign-ins refused: wrong, or throttled after many wrong ones.",
            "reason"),

    // --- what lies below
    DATABASE_UP("database_up", Kind.GAUGE, "1 when the database answered for this reading."),
    DATABASE_CONNECTIONS("database_connections", Kind.GAUGE, "Connections of this node's pool: used or free.", "state"),
    DATABASE_CONNECTIONS_MAX("database_connections_max", Kind.GAUGE, "So many the pool may have."),
    CLOCK_OFF(
            "clock_off_seconds",
            Kind.GAUGE,
            "How far this node's clock is ahead of the database's, which the site goes by; negative: behind; missing: that of an embedded database is the node's."),
    DISK_FREE(
            "disk_free_bytes", Kind.GAUGE, "Room that is left where the home folder (spool, embedded database) lies."),
    DISK_SIZE("disk_size_bytes", Kind.GAUGE, "Size of that file system."),
    UPTIME("process_uptime_seconds", Kind.GAUGE, "Time since the process began."),
    CPU("process_cpu_seconds_total", Kind.COUNTER, "CPU time of the process."),
    OPEN_FILES("process_open_files", Kind.GAUGE, "Open file descriptors."),
    OPEN_FILES_MAX("process_max_files", Kind.GAUGE, "So many may be open."),
    MEMORY_USED("jvm_memory_used_bytes", Kind.GAUGE, "Memory in use: heap or nonheap.", "area"),
    MEMORY_MAX("jvm_memory_max_bytes", Kind.GAUGE, "The most that it may be; without a bound it is missing.", "area"),
    THREADS("jvm_threads", Kind.GAUGE, "Live threads."),
    GC_TIME("jvm_gc_seconds_total", Kind.COUNTER, "Time spent collecting garbage.", "collector"),
    GC_RUNS("jvm_gc_collections_total", Kind.COUNTER, "Garbage collections.", "collector"),
    GATHER_FAILURES(
            "metrics_gather_failures_total",
            Kind.COUNTER,
            "Times that a part of these figures could not be gathered.",
            "source");

    /** What Prometheus may do with it. */
    public enum Kind {
        COUNTER,
        GAUGE,
        HISTOGRAM
    }

    /** Upper bounds of histograms, in seconds. */
    private static final class Buckets {
        private static final double[] NONE = {};
        private static final double[] DISK = {0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5};
        private static final double[] NETWORK = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60};
        private static final double[] LONG = {0.1, 1, 10, 31, 60, 300, 1800, 3600, 21600, 86400};
    }

    private final String id;
    private final Kind kind;
    private final String help;
    private final double[] bounds;
    private final List<String> labels;
    private final SeriesTable series;

    Metric(String id, Kind kind, String help, String... labels) {
        this(id, kind, help, Buckets.NONE, labels);
    }

    Metric(String id, Kind kind, String help, double[] bounds, String... labels) {
        this.id = "posthorn_" + id;
        this.kind = kind;
        this.help = help;
        this.bounds = bounds;
        this.labels = List.of(labels);
        this.series = new SeriesTable(bounds);
    }

    /** @return the name as Prometheus knows it */
    public String id() {
        return id;
    }

    public Kind kind() {
        return kind;
    }

    public String help() {
        return help;
    }

    /** @return the names of its labels, in order */
    public List<String> labels() {
        return labels;
    }

    /** @return the upper bounds of a histogram's buckets, in seconds; empty for others */
    double[] bounds() {
        return bounds;
    }

    /**
     * Counts. Cheap, and safe from any thread.
     *
     * @param values of the labels, in their order, from a closed set
     */
    public void add(long by, String... values) {
        if (by != 0) {
            series.of(this, values).add(by);
        }
    }

    /** Notes how long something took, of a histogram. @param nanos by {@link System#nanoTime} */
    public void time(long nanos, String... values) {
        series.of(this, values).observe(nanos);
    }

    /** @return what was counted since the start where the label has one of these values, over all other labels */
    public long sum(String label, String... values) {
        int place = labels.indexOf(label);
        List<String> wanted = List.of(values);
        return series.all(this).entrySet().stream()
                .filter(one -> wanted.contains(one.getKey().get(place)))
                .mapToLong(one -> one.getValue().count())
                .sum();
    }

    SeriesTable series() {
        return series;
    }
}
