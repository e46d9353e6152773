#!/usr/bin/env python3
"""What one node does, and what N do: the slopes behind docs/scaling.md. For each number of nodes, over one PostgreSQL and a sink
that answers late: personal copies and then bulk to a large list, small posts, and nothing at all; beside each rate what it cost the
nodes and the database (CPU seconds, commits, octets of WAL). All on one machine, so that only what waits for the sink can grow with
the nodes; the costs are what carries over to machines of their own. Each member must get each post once, or it is no figure. Called
by bin/benchmark."""
import argparse
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from end_to_end import LIST, ROOT, Failed, Node, Postgres, Sink, free_port, message, wait_for

SMALL = "small@lists.example.org"
POSTER = "poster@example.com"
READERS = [POSTER, "anna@small.example", "bert@small.example"]
TICK = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid):
    """User and system, those of children that have ended included."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return sum(map(int, fields[11:15])) / TICK


def children(pid):
    for task in Path(f"/proc/{pid}/task").iterdir():
        yield from (task / "children").read_text().split()


class Costs:
    """What nodes and database have used since it was made."""

    def __init__(self, nodes, database):
        self.nodes, self.database, self.began = nodes, database, time.monotonic()
        self.first = self.read()

    def read(self):
        postmaster = int((self.database.data / "postmaster.pid").read_text().split()[0])
        database_cpu = cpu_seconds(postmaster)
        for child in children(postmaster):
            try:
                database_cpu += cpu_seconds(child)
            except OSError:
                pass                                            # it has just ended, and its parent has not yet asked
        commits, wal = self.database.sql(
            "select xact_commit, pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') from pg_stat_database where datname = 'posthorn'").split("|")
        return sum(cpu_seconds(node.process.pid) for node in self.nodes), database_cpu, int(commits), int(float(wal))

    def so_far(self):
        """Node CPU seconds, database CPU seconds, commits, octets of WAL, seconds."""
        time.sleep(1.5)                                         # backends report their commits once a second
        return [now - then for now, then in zip(self.read(), self.first)] + [time.monotonic() - self.began]


class Ration:
    """Holds the database's processes to a part of a core, by a control group (needs root)."""

    def __init__(self, database):
        first, unified = Path("/sys/fs/cgroup/cpu"), Path("/sys/fs/cgroup/cgroup.controllers")
        self.quota = "cpu.max" if unified.exists() else "cpu.cfs_quota_us"
        self.group = (unified.parent if unified.exists() else first) / f"posthorn-{os.getpid()}"
        try:
            self.group.mkdir()
            postmaster = (database.data / "postmaster.pid").read_text().split()[0]
            for pid in [postmaster, *children(postmaster)]:
                (self.group / "cgroup.procs").write_text(pid)
        except OSError as error:
            raise Failed(f"the database cannot be put into a control group: {error}") from error

    def cores(self, part):
        (self.group / self.quota).write_text(f"{int(part * 100_000)} 100000" if self.quota == "cpu.max" else str(int(part * 100_000)))

    def stop(self):
        self.group.rmdir()


def rate(times):
    """Copies a second while there is enough to do for all: the tail, when some slices are done, does not count."""
    times = sorted(times)
    part = times[len(times) // 20:len(times) * 4 // 5]
    return (len(part) - 1) / max(1e-3, part[-1] - part[0])


def big(nodes, sink, members, posts, first):
    """Posts to the big list, by turns over the nodes. The rate, and that of all from the first 250 to the last copy."""
    sent, replied = [], None
    for k in range(posts):
        message_id, octets = message(first + k)
        accepted = nodes[k % len(nodes)].post(octets)
        replied = replied or accepted
        sent.append(message_id.encode())
    seen, times = Counter(), []

    def enough():
        for line in sink.fresh():
            fields = line.split(b"\t")
            if fields[5] in sent:
                seen[(fields[5], fields[4])] += 1
                times.append(int(fields[0]) / 1e6)
        return len(times) >= posts * len(members)
    wait_for(enough, 120 + posts * len(members) / 500, 0.5)
    wait_for(lambda: enough() and False, 2, 0.5)                # repeats would come now
    if seen != Counter({(mid, member.encode()): 1 for mid in sent for member in members}):
        raise Failed(f"{sum(seen.values())} copies, {len(seen)} of them different, for {posts} posts to {len(members)} members")
    return rate(times), len(times) / (max(times) - replied)


def small(nodes, sink, posts):
    """Posts to three readers by four clients; the posts a second, from the first to the last copy."""
    sent, lock, failed = [], threading.Lock(), []

    def client(number):
        try:
            for k in range(posts // 4):
                message_id, octets = message(number * posts + k, SMALL)
                nodes[number % len(nodes)].post(octets, SMALL)
                with lock:
                    sent.append(message_id.encode())
        except (OSError, Failed) as failure:
            failed.append(failure)
    clients = [threading.Thread(target=client, args=(number,)) for number in range(4)]
    for each in clients:
        each.start()
    for each in clients:
        each.join()
    if failed:
        raise Failed(str(failed[0]))
    times, wanted = [], set(sent)

    def enough():
        for line in sink.fresh():
            fields = line.split(b"\t")
            if fields[5] in wanted:
                times.append(int(fields[0]) / 1e6)
        return len(times) >= len(sent) * len(READERS)
    wait_for(enough, 120, 0.5)
    if len(times) != len(sent) * len(READERS):
        raise Failed(f"{len(times)} copies of {len(sent)} small posts")
    return len(sent) / (max(times) - min(times))


def partition(database, way):
    """Makes the queue's table one of partitions, with what the table had: by queue, or by ranges of the hash along the slices. A row
    may then change its queue and move, as a node does with it, and nothing but the table knows."""
    key, parts = {
        "queue": ("queue", [(name.lower(), f"in ('{name}')") for name in database.sql("select distinct queue from slice_lease").split()]
                  + [("others", "default")]),
        "hash": ("hash", [(str(k), f"from ({k << 61}) to ({'maxvalue' if k == 3 else (k + 1) << 61})") for k in range(4)]),
    }[way]
    indices = database.sql("select indexdef from pg_indexes where tablename = 'queue_entry' and indexname <> 'queue_entry_pkey'").split("\n")
    foreign = database.sql("select 'alter table queue_entry add ' || pg_get_constraintdef(oid) from pg_constraint"
                           " where conrelid = 'queue_entry'::regclass and contype = 'f'").split("\n")
    stored = database.sql("select coalesce(array_to_string(reloptions, ','), '') from pg_class where relname = 'queue_entry'")
    steps = ["begin", "alter table queue_entry rename to queue_entry_whole",
             *(f"alter index {index.split()[2] if index.split()[1] == 'INDEX' else index.split()[3]} rename to whole_{k}"
               for k, index in enumerate(indices)),
             f"create table queue_entry (like queue_entry_whole including defaults, primary key (id, {key}))"
             f" partition by {'list' if way == 'queue' else 'range'} ({key})",
             *(f"create table queue_part_{name} partition of queue_entry {'default' if bounds == 'default' else 'for values ' + bounds}"
               + (f" with ({stored})" if stored else "") for name, bounds in parts),
             *indices, *foreign, "insert into queue_entry select * from queue_entry_whole", "drop table queue_entry_whole", "commit"]
    database.sql(";\n".join(steps))
    if database.sql("select relkind from pg_class where oid = 'queue_entry'::regclass") != "p":
        raise Failed("the queue's table was not parted")


def idle(counts):
    """What nodes that have nothing to do cost the database, by their number."""
    for count in counts:
        folder = Path(tempfile.mkdtemp(prefix="posthorn-scaling-"))
        started = []
        try:
            database = Postgres(folder)
            started.append(database)
            sink = Sink(folder, 0)
            sink.stop = sink.process.terminate
            started.append(sink)
            ports = [free_port() for _ in range(count)]
            nodes = []
            for k in range(count):
                nodes.append(Node(folder, sink, {
                    **database.settings, "POSTHORN_CLUSTER": "tcpip:" + ",".join(f"127.0.0.1:{port}" for port in ports),
                    "POSTHORN_CLUSTER_PORT": str(ports[k])}, "", f"n{k + 1}"))
                started.append(nodes[-1])
            wait_for(lambda: False, 60)                         # slices have moved, runners that linger have ended
            costs = Costs(nodes, database)
            time.sleep(60)
            node_cpu, database_cpu, commits, wal, seconds = costs.so_far()
            print(f"  {count} idle nodes: each second nodes {node_cpu / seconds:.4f} CPU s, database {database_cpu / seconds:.4f} CPU s, "
                  f"{commits / seconds:,.1f} commits, {wal / seconds / 1e3:,.1f} KB of WAL", flush=True)
        finally:
            for each in reversed(started):
                each.stop()
            shutil.rmtree(folder, ignore_errors=True)


def measure(count, options):
    folder = Path(tempfile.mkdtemp(prefix="posthorn-scaling-"))
    started, good = [], False
    try:
        database = Postgres(folder)
        started.append(database)
        sink = Sink(folder, options.delay)
        sink.stop = sink.process.terminate
        started.append(sink)
        ports = [free_port() for _ in range(count)]
        nodes = []
        for k in range(count):
            grid = {} if count == 1 else {
                "POSTHORN_CLUSTER": "tcpip:" + ",".join(f"127.0.0.1:{port}" for port in ports), "POSTHORN_CLUSTER_PORT": str(ports[k])}
            nodes.append(Node(folder, sink, {**database.settings, **grid}, f"&connections={options.connections}", f"n{k + 1}"))
            started.append(nodes[-1])
        lists = {LIST: [POSTER] + [f"member{i:07d}@d{i % 997:03d}.example.com" for i in range(options.members)], SMALL: READERS}
        one = nodes[0]
        one.call("POST", "/3.1/domains", {"mail_host": LIST.split("@")[1]})
        for name, members in lists.items():
            one.call("POST", "/3.1/lists", {"fqdn_listname": name})
            path = name.replace("@", ".", 1)
            one.call("POST", f"/api/lists/{path}/members/import", ("email\n" + "\n".join(members) + "\n").encode(), "text/csv")
            one.call("PATCH", f"/3.1/lists/{path}/config", {"personalize": "individual"})
        everyone, result = lists[LIST], {}
        if options.partitions:
            partition(database, options.partitions)
        if options.commit_wait:
            database.sql("alter system set commit_siblings = 0")
            database.sql(f"alter system set commit_delay = {int(options.commit_wait * 1000)}")
            database.sql("select pg_reload_conf()")

        big(nodes, sink, everyone, 2 * count, 0)                # warms up
        small(nodes, sink, 200 * count)
        if options.database_cores:
            ration = Ration(database)
            started.insert(0, ration)                           # removed when its processes are gone
            for part in map(float, options.database_cores.split(",")):
                ration.cores(part)
                print(f"  the database has {part:g} of a core", flush=True)
                costs = Costs(nodes, database)
                steady, _ = big(nodes, sink, everyone, options.posts, 100)
                report("personal", f"{steady:,.0f} copies/s", costs.so_far(), options.posts * len(everyone) / 1e6, "million copies")
                costs = Costs(nodes, database)
                posts = small(nodes, sink, options.small)
                report("small", f"{posts:,.0f} posts/s", costs.so_far(), options.small / 1e3, "thousand posts")
            good = True
            return {}
        for waiting in map(int, filter(None, (options.backlog or "").split(","))):
            database.sql(f"""
                insert into queue_entry (id, queue, hash, attributes, received, turn, due, progress, begun, tries)
                select -k, 'BACKOFF', (random() * 9e18)::bigint, '{{}}', now(), k, now() + interval '1 day', 0, 0, 1
                from generate_series((select count(*) from queue_entry where id < 0) + 1, {waiting}) k""")
            database.sql("analyze queue_entry")
            print(f"  {waiting:,} entries wait in backoff, none of them due", flush=True)
            costs = Costs(nodes, database)
            posts = small(nodes, sink, options.small)
            report("small", f"{posts:,.0f} posts/s", costs.so_far(), options.small / 1e3, "thousand posts")
            costs = Costs(nodes, database)
            time.sleep(30)
            used = costs.so_far()
            report("idle", "nothing else to do", used, used[-1] * count, "second and node")
        if options.backlog:
            good = True
            return {}
        for mode, setting in (("personal", "individual"), ("bulk", "none")):
            one.call("PATCH", f"/3.1/lists/{LIST.replace('@', '.', 1)}/config", {"personalize": setting})
            costs = Costs(nodes, database)
            steady, whole = big(nodes, sink, everyone, options.posts, 100)
            result[mode] = steady
            report(mode, f"{steady:,.0f} copies/s ({whole:,.0f} from the first 250 to the last copy)", costs.so_far(),
                   options.posts * len(everyone) / 1e6, "million copies")
        costs = Costs(nodes, database)
        result["small"] = small(nodes, sink, options.small)
        report("small", f"{result['small']:,.0f} posts/s to {len(READERS)} members each", costs.so_far(), options.small / 1e3, "thousand posts")
        wait_for(lambda: False, 35)                             # runners that linger have ended
        costs = Costs(nodes, database)
        time.sleep(30)
        used = costs.so_far()
        report("idle", "nothing to do", used, used[-1] * count, "second and node")
        print("  resident: " + ", ".join(f"{node.peak_mb():,.0f} MB" for node in nodes) + " at the most")
        good = True
        return result
    finally:
        for each in reversed(started):
            each.stop()
        if good:
            shutil.rmtree(folder, ignore_errors=True)
        else:
            print(f"benchmark: the logs are in {folder}", file=sys.stderr)


def report(what, rate_text, used, units, unit):
    node_cpu, database_cpu, commits, wal, _ = used
    print(f"  {what}: {rate_text}; each {unit}: nodes {node_cpu / units:.4g} CPU s, database {database_cpu / units:.4g} CPU s, "
          f"{commits / units:,.1f} commits, {wal / units / 1e6:,.4g} MB of WAL", flush=True)


def main():
    parser = argparse.ArgumentParser(prog="bin/benchmark scaling", description=__doc__)
    parser.add_argument("--nodes", default="1,2", help="numbers of nodes, each measured by itself")
    parser.add_argument("--members", type=int, default=30_000)
    parser.add_argument("--posts", type=int, default=8, help="to the large list, in each mode")
    parser.add_argument("--small", type=int, default=1_000, help="posts to three members")
    parser.add_argument("--delay", type=float, default=20, help="milliseconds that each answer of the sink takes")
    parser.add_argument("--connections", default="2", help="of each node to the sink")
    parser.add_argument("--backlog", help="instead: what so many entries that wait for their time cost, such as 100000,1000000")
    parser.add_argument("--database-cores", help="instead: holds the database to each of these parts of a core, such as 0.1,0.2 (needs root)")
    parser.add_argument("--turns", type=int, default=1, help="each number of nodes so often, in turn")
    parser.add_argument("--partitions", choices=("queue", "hash"), help="the queue's table in partitions")
    parser.add_argument("--commit-wait", type=float, help="milliseconds, to 100, that the database waits at each flush of commits")
    parser.add_argument("--idle", help="instead: what so many nodes cost that have nothing to do, such as 1,2,4")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    subprocess.run([ROOT / "bin/posthorn", "build"], check=True)
    counts, results = list(map(int, options.nodes.split(","))), []
    try:
        if options.idle:
            idle(map(int, options.idle.split(",")))
            return
        for count in counts * options.turns:
            print(f"{count} node{'s' if count > 1 else ''}, {options.connections} connections each, sink {options.delay:g} ms away, "
                  f"{options.members:,} members", flush=True)
            results.append((count, measure(count, options)))
            first = dict(results[len(results) - 1 - (len(results) - 1) % len(counts)][1])
            if count != counts[0] and first:
                print("  compared with the first of this turn: "
                      + ", ".join(f"{mode} {rate / first[mode]:.2f} times" for mode, rate in results[-1][1].items()))
    except Failed as failure:
        sys.exit(f"benchmark: {failure}")
    if options.turns > 1:
        for count in counts:
            of = [result for each, result in results if each == count]
            print(f"{count} nodes, {options.turns} turns: " + ", ".join(
                f"{mode} {statistics.median(rates):,.0f}/s ({min(rates):,.0f} to {max(rates):,.0f})"
                for mode, rates in ((mode, [result[mode] for result in of]) for mode in of[0])))


if __name__ == "__main__":
    main()
