#!/usr/bin/env python3
"""A post to many members, end to end: from LMTP's 250 to the last copy at a sink, by the sink's own clock, against a C client
that does nothing but send as many copies to the same sink (pipelined, four connections, 4 KB), just before each post. With
--delay the sink's answers are late, as a smarthost's that is far away, and the same node is compared with itself with
transport=angus and one connection. Every member must get one copy, or it is no figure. Called by bin/benchmark."""
import argparse
import base64
import http.client
import json
import os
import random
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PASSWORD = "benchmark-Passw0rd"
LIST = "bench@lists.example.org"
RECIPIENTS = {"bulk": 50, "personal": 1}


class Failed(Exception):
    """Something did not work: there is no figure."""


def free_port():
    while True:
        port = random.randrange(12000, 32000)
        with socket.socket() as s:
            try:
                s.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue


def wait_for(what, seconds, every=0.1):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(every)
    return False


def program(name):
    """A measuring instrument in C, compiled when its source is newer."""
    source, made = ROOT / "src/test/native" / f"{name}.c", ROOT / "target/native" / name
    if not made.exists() or made.stat().st_mtime < source.stat().st_mtime:
        made.parent.mkdir(parents=True, exist_ok=True)
        if not shutil.which("gcc"):
            raise Failed("gcc is needed (Debian: gcc, libc6-dev)")
        subprocess.run(["gcc", "-O2", "-w", "-pthread", "-o", f"{made}.new", source], check=True)
        os.replace(f"{made}.new", made)
    return str(made)


class Sink:
    def __init__(self, folder, delay):
        self.port, self.record, self.read = free_port(), folder / "record.tsv", 0
        options = ["--delay", str(delay)] if delay else []
        self.process = subprocess.Popen(
            [program("mailsink"), "-l", f"127.0.0.1:{self.port}", "-t", "1", "-r", str(self.record), *options],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if "listening" not in self.process.stderr.readline():
            raise Failed("the sink does not start")

    def fresh(self):
        """The lines that came since the last call."""
        with open(self.record, "rb") as file:
            file.seek(self.read)
            data = file.read()
        data = data[:data.rfind(b"\n") + 1]
        self.read += len(data)
        return data.split(b"\n")[:-1]

    def of(self, message_id, count, seconds):
        """The lines of this message, until there are as many, or for so long."""
        lines, end = [], b"\t" + message_id.encode()

        def enough():
            lines.extend(line for line in self.fresh() if line.endswith(end))
            return len(lines) >= count
        wait_for(enough, seconds)
        return lines


class Postgres:
    """A PostgreSQL server of this run."""

    def __init__(self, folder):
        homes = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
        if not homes:
            raise Failed("PostgreSQL is needed (Debian: postgresql)")
        self.bin, self.data, self.port = homes[-1], folder / "postgres", free_port()
        self.user = "postgres" if os.geteuid() == 0 else None
        self.data.mkdir()
        folder.chmod(0o755)
        if self.user:
            shutil.chown(self.data, self.user)
        self.do("initdb", "-D", self.data, "-U", "posthorn", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        self.do("pg_ctl", "-D", self.data, "-w", "-l", self.data / "log", "-o",
                f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.data}", "start")
        self.do("createdb", "-h", "127.0.0.1", "-p", self.port, "-U", "posthorn", "posthorn")
        self.settings = {"POSTHORN_DB_URL": f"jdbc:postgresql://127.0.0.1:{self.port}/posthorn",
                         "POSTHORN_DB_USER": "posthorn", "POSTHORN_DB_PASSWORD": "trusted"}

    def do(self, name, *words):
        done = subprocess.run([self.bin / name, *map(str, words)], user=self.user, cwd="/", capture_output=name != "pg_ctl",
                              stdout=None if name != "pg_ctl" else subprocess.DEVNULL)
        if done.returncode:
            raise Failed(f"{name}: {(done.stderr or b'').decode()[-300:]}")

    def sql(self, text):
        return subprocess.run([self.bin / "psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", "posthorn", "-Atc", text, "posthorn"],
                              capture_output=True, text=True, check=True, timeout=600).stdout.strip()

    def stop(self):
        self.do("pg_ctl", "-D", self.data, "-m", "immediate", "stop")


class Node:
    def __init__(self, folder, sink, settings, options, name="bench"):
        self.http, self.lmtp, self.log = free_port(), free_port(), folder / f"{name}.log"
        environment = {name: value for name, value in os.environ.items() if not name.startswith("POSTHORN_") or name == "POSTHORN_BUILD"}
        environment.update(POSTHORN_HOME=str(folder / f"home-{name}"), POSTHORN_HTTP_PORT=str(self.http), POSTHORN_LMTP_PORT=str(self.lmtp),
                           POSTHORN_ADMIN_PASSWORD=PASSWORD, POSTHORN_NODE=name,
                           POSTHORN_SMARTHOSTS=f"smtp://127.0.0.1:{sink.port}?name=sink{options}", **settings)
        with open(self.log, "w") as log:
            self.process = subprocess.Popen([ROOT / "bin/posthorn", "run"], env=environment, stdout=log, stderr=log,
                                            stdin=subprocess.DEVNULL)

        def ready():
            try:
                return urllib.request.urlopen(f"http://127.0.0.1:{self.http}/health/ready", timeout=2).status == 200
            except (OSError, http.client.HTTPException):
                return False
        if not wait_for(lambda: self.process.poll() is not None or ready(), 600, 0.2) or self.process.poll() is not None:
            raise Failed("the node is not ready; its log ends:\n" + self.log.read_text()[-2000:])

    def call(self, method, path, body, kind="application/json"):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        basic = base64.b64encode(f"admin:{PASSWORD}".encode()).decode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.http}{path}", data, method=method, headers={
            "Content-Type": kind, "Accept": "application/json", "Authorization": "Basic " + basic})
        try:
            with urllib.request.urlopen(request, timeout=3600) as answer:
                return answer.read()
        except urllib.error.HTTPError as error:
            raise Failed(f"{method} {path}: {error.status} {error.read()[:300]}") from error

    def post(self, message, to=LIST):
        """Hands it over; returns the time of the 250."""
        with socket.create_connection(("127.0.0.1", self.lmtp), 60) as s:
            file = s.makefile("rb")

            def say(octets, wanted):
                if octets:
                    s.sendall(octets)
                line = file.readline()
                while line[3:4] == b"-":
                    line = file.readline()
                if not line.startswith(wanted):
                    raise Failed(f"LMTP said {line}")
            say(b"", b"220")
            say(b"LHLO bench.example\r\n", b"250")
            say(b"MAIL FROM:<poster@example.com>\r\n", b"250")
            say(f"RCPT TO:<{to}>\r\n".encode(), b"250")
            say(b"DATA\r\n", b"354")
            say(message + b".\r\n", b"250")
            return time.time()

    def peak_mb(self):
        return int(re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{self.process.pid}/status").read_text()).group(1)) / 1024

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(120)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def message(number, to=LIST):
    message_id = f"<bench.{os.getpid()}.{number}.{time.time_ns()}@example.com>"
    header = (f"From: Poster <poster@example.com>\r\nTo: {to}\r\nSubject: post {number}\r\nMessage-ID: {message_id}\r\n"
              "Date: Mon, 1 Jun 2026 08:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n")
    line = f"Line {random.random()} of a post that is as long as posts are.\r\n"
    return message_id, (header + line * (3600 // len(line))).encode()


def c_client(sink, copies, recipients):
    """Copies a second of a client that only sends."""
    out = subprocess.run([program("blast"), "-h", f"127.0.0.1:{sink.port}", "-c", "4", "-m", str(max(1000, copies // recipients)), "-k", "4096",
                          "-r", str(recipients), "-p", "1", "-T", "limit%ld@limit.example"], capture_output=True, text=True, timeout=1800).stdout
    figures = json.loads(out or "{}")
    if figures.get("bad", 1):
        raise Failed(f"the C client had errors: {out}")
    return figures["rcpts"] / figures["sec"]


def measure(options, smarthost):
    """By mode: the rates, and their ratios to the C client's."""
    folder = Path(tempfile.mkdtemp(prefix="posthorn-benchmark-"))
    started, result, good = [], {}, False
    try:
        settings = {}
        if options.database == "postgres":
            started.append(Postgres(folder))
            settings = started[-1].settings
        sink = Sink(folder, options.delay)
        started.append(sink)
        sink.stop = sink.process.terminate
        node = Node(folder, sink, settings, smarthost)
        started.append(node)
        members = [f"member{i:07d}@d{i % 997:03d}.example.com" for i in range(options.members)]
        node.call("POST", "/3.1/domains", {"mail_host": LIST.split("@")[1]})
        node.call("POST", "/3.1/lists", {"fqdn_listname": LIST})
        path = "bench.lists.example.org"
        begin = time.monotonic()
        rows = "email\n" + "\n".join(members + ["poster@example.com"]) + "\n"
        node.call("POST", f"/api/lists/{path}/members/import", rows.encode(), "text/csv")
        print(f"  import: {options.members / (time.monotonic() - begin):,.0f} rows/s", file=sys.stderr)
        everyone = Counter(members + ["poster@example.com"])
        for mode in options.modes.split(","):
            node.call("PATCH", f"/3.1/lists/{path}/config", {"personalize": "individual" if mode == "personal" else "none"})
            rates, ratios = [], []
            for turn in range(options.turns + 1):              # the first warms up and does not count
                best = c_client(sink, options.members, RECIPIENTS[mode])
                wait_for(lambda: not sink.fresh(), 20, 0.1)
                message_id, octets = message(turn)
                replied = node.post(octets)
                lines = sink.of(message_id, len(everyone), 120 + options.members / 20)
                if Counter(line.split(b"\t")[4].decode() for line in lines) != everyone:
                    raise Failed(f"{mode}: {len(lines)} copies for {len(everyone)} members")
                last = max(int(line.split(b"\t", 1)[0]) for line in lines) / 1e6
                rate = options.members / max(1e-3, last - replied)
                if turn:
                    rates.append(rate)
                    ratios.append(rate / best)
            result[mode] = (statistics.median(rates), statistics.median(ratios))
            print(f"  {mode}: {result[mode][0]:,.0f} copies/s, {result[mode][1]:.3f} of the C client's (median of {options.turns})")
        print(f"  peak resident memory: {node.peak_mb():,.0f} MB")
        good = True
        return result
    finally:
        for each in reversed(started):
            each.stop()
        if good:
            shutil.rmtree(folder, ignore_errors=True)
        else:
            print(f"benchmark: the logs are in {folder}", file=sys.stderr)


def main():
    parser = argparse.ArgumentParser(prog="bin/benchmark end-to-end", description=__doc__)
    parser.add_argument("--members", type=int, default=20_000)
    parser.add_argument("--turns", type=int, default=3, help="that count, after one that does not")
    parser.add_argument("--modes", default="bulk,personal")
    parser.add_argument("--database", choices=["h2", "postgres"], default="h2")
    parser.add_argument("--delay", type=float, default=0, help="milliseconds that each answer of the sink takes")
    parser.add_argument("--url-options", default="&connections=4", help="of the smarthost, as POSTHORN_SMARTHOSTS has them")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    subprocess.run([ROOT / "bin/posthorn", "build"], check=True)
    try:
        print(f"{options.members:,} members, {options.database}" + (f", {options.delay:g} ms away" if options.delay else ""))
        result = measure(options, options.url_options)
        if options.delay:
            slow = argparse.Namespace(**{**vars(options), "members": min(options.members, 500), "turns": 1, "modes": "personal"})
            print("the same node, transport=angus and one connection")
            angus = measure(slow, "&transport=angus&connections=1")
            if "personal" in result:
                print(f"personal: {result['personal'][0] / angus['personal'][0]:.0f} times that of transport=angus and one connection")
    except Failed as failure:
        sys.exit(f"benchmark: {failure}")


if __name__ == "__main__":
    main()
