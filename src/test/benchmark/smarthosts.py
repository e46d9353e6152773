#!/usr/bin/env python3
"""Feeds a Postfix and an Exim of its own with bin/posthorn tune, one setting changed at a time, and prints each step against the
same step as installed (the mean of before and after). Called by bin/benchmark; docs/tuning.md says what came of it. Needs root, since
Postfix's master does, and for Exim the user Debian-exim, which its package makes. Debian cannot have both packages: unpack Exim's
with dpkg -x and name its program in EXIM."""
import json
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
EXIM = os.environ.get("EXIM", "/usr/sbin/exim4")
MEMORY = "/dev/shm"

SERVICES = """127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""

POSTFIX = [
    ("in_flow_delay = 0", {"in_flow_delay": "0"}, None),
    ("smtpd_peername_lookup = no", {"smtpd_peername_lookup": "no"}, None),
    ("queue in memory", {}, MEMORY),
    ("queue in memory, in_flow_delay = 0", {"in_flow_delay": "0"}, MEMORY),
    ("smtpd_client_connection_count_limit = 4", {"smtpd_client_connection_count_limit": "4", "smtpd_client_event_limit_exceptions": ""}, None),
    ("smtpd_client_message_rate_limit = 500", {"smtpd_client_message_rate_limit": "500", "smtpd_client_event_limit_exceptions": ""}, None),
    ("smtpd_recipient_limit = 20", {"smtpd_recipient_limit": "20"}, None),
]
EXIM_SETTINGS = [
    ("smtp_accept_queue_per_connection = 0", {"smtp_accept_queue_per_connection": "0"}, None),
    ("queue_only", {"queue_only": "true"}, None),
    ("split_spool_directory", {"split_spool_directory": "true"}, None),
    ("queue in memory", {}, MEMORY),
    ("smtp_accept_max_per_host = 4", {"smtp_accept_max_per_host": "4"}, None),
    ("smtp_accept_max_per_connection = 100", {"smtp_accept_max_per_connection": "100"}, None),
]


def free_port():
    while True:
        port = random.randrange(12000, 32000)
        with socket.socket() as s:
            try:
                s.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue


def wait_for(port):
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    sys.exit("benchmark: the smarthost does not start")


def settings(values):
    return "".join(f"{name} = {value}\n" for name, value in values.items())


def tune(port):
    done = subprocess.run(
        [ROOT / "bin/posthorn", "tune", "--smarthost", f"smtp://127.0.0.1:{port}?starttls=off", "--to", "sink+%d@example.org", "--yes", "--json",
         "--seconds", "15", "--copies", "1000", "--connections", "1,4,16", "--recipients", "1,50"], capture_output=True, text=True, timeout=600)
    if not done.stdout:
        sys.exit("benchmark: " + done.stderr)
    return json.loads(done.stdout)


def postfix(changed, base):
    folder, port = Path(tempfile.mkdtemp(prefix="posthorn-tune-", dir=base)), free_port()
    try:
        folder.chmod(0o755)
        for name in ("etc", "queue", "data"):
            (folder / name).mkdir()
        shutil.chown(folder / "data", "postfix")
        (folder / "etc/main.cf").write_text(settings({
            "compatibility_level": "3.6", "queue_directory": folder / "queue", "data_directory": folder / "data", "command_directory": "/usr/sbin",
            "daemon_directory": "/usr/lib/postfix/sbin", "mail_owner": "postfix", "setgid_group": "postdrop", "maillog_file": folder / "maillog",
            "maillog_file_prefixes": folder, "inet_interfaces": "127.0.0.1", "inet_protocols": "ipv4", "myhostname": "mx.example", "mydestination": "",
            "alias_maps": "", "alias_database": "", "local_recipient_maps": "", "mynetworks": "127.0.0.0/8",
            "smtpd_recipient_restrictions": "permit_mynetworks, reject", "default_transport": "discard:", **changed}))
        (folder / "etc/master.cf").write_text(SERVICES.format(port=port))
        subprocess.run(["/usr/sbin/postfix", "-c", folder / "etc", "start"], check=True, capture_output=True)
        wait_for(port)
        return tune(port), ""
    finally:
        subprocess.run(["/usr/sbin/postfix", "-c", folder / "etc", "abort"], capture_output=True)
        time.sleep(1)
        shutil.rmtree(folder, ignore_errors=True)


def exim(changed, base):
    folder, port = Path(tempfile.mkdtemp(prefix="posthorn-tune-", dir=base)), free_port()
    daemon = None
    try:
        folder.chmod(0o755)
        shutil.chown(folder, "Debian-exim", "Debian-exim")
        (folder / "conf").write_text(settings({
            "exim_path": EXIM, "keep_environment": "LD_LIBRARY_PATH", "exim_user": "Debian-exim", "exim_group": "Debian-exim", "never_users": "",
            "deliver_drop_privilege": "true", "primary_hostname": "mx.example", "qualify_domain": "mx.example", "host_lookup": "", "tls_advertise_hosts": "",
            "spool_directory": folder / "spool", "log_file_path": f"{folder}/%slog", "pid_file_path": folder / "pid", "daemon_smtp_ports": port,
            "local_interfaces": "127.0.0.1", "acl_smtp_rcpt": "accept", "acl_smtp_data": "accept", **changed})
            + "begin routers\nhole:\n  driver = redirect\n  data = :blackhole:\nbegin retry\n* * F,1h,5m\n")
        daemon = subprocess.Popen([EXIM, "-C", folder / "conf", "-bdf", "-q30m"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(port)
        told = tune(port)
        time.sleep(3)
        log = (folder / "mainlog").read_text(errors="replace")
        return told, f"; taken {log.count(' <= ')}, delivered {log.count(' Completed')}"
    finally:
        if daemon:
            daemon.terminate()
            daemon.wait()
        shutil.rmtree(folder, ignore_errors=True)


def steps(told):
    return {(step["connections"], step["recipients"]): step["copies_per_second"] for step in told["steps"]}


def many(told):
    """How much more 50 recipients a message bring than one, over as many connections."""
    rates = steps(told)
    return "".join(f"; {r} recipients {rate / rates[c, 1]:.1f} times one" for (c, r), rate in rates.items() if r > 1 and rates.get((c, 1)))


def series(name, start, changes):
    before, note = start({}, None)
    results = [(what, *start(changed, base)) for what, changed, base in changes]
    after, _ = start({}, None)
    usual = {key: statistics.mean([steps(before)[key], steps(after)[key]]) for key in steps(before).keys() & steps(after).keys() if key[1] == 1}
    print(f"{name} as installed{note}: " + ", ".join(f"{c}x{r} {rate:.0f}/s" for (c, r), rate in sorted(usual.items())) + "  (connections x recipients)" + many(after))
    for what, told, note in results:
        ratios = ", ".join(f"{c}x{r} {rate / usual[c, r]:.2f}" for (c, r), rate in steps(told).items() if usual.get((c, r)))
        print(f"  {what}: {ratios}" + many(told) + (f"; {told['stopped']}" if told["stopped"] else "") + note)


def main():
    if os.geteuid():
        sys.exit("benchmark: Postfix and Exim need root")
    which = sys.argv[1:] or ["postfix", "exim"]
    subprocess.run([ROOT / "bin/posthorn", "build"], check=True)
    if "postfix" in which:
        series("Postfix", postfix, POSTFIX)
    if "exim" in which:
        if not os.access(EXIM, os.X_OK):
            sys.exit(f"benchmark: there is no {EXIM}: name Exim's program in EXIM")
        series("Exim", exim, EXIM_SETTINGS)


main()
