#!/usr/bin/env python3
"""Draws what perf saw of a node as a flame graph: wide is much time, and who calls stands below whom he calls.

    POSTHORN_JVM_FLAGS=-XX:+PreserveFramePointer bin/posthorn run
    perf record -e cpu-clock -F 999 -g -p PID -o perf.data     # while posts go out; then
    jcmd PID Compiler.perfmap                                  # names for what the JVM compiled
    perf script -i perf.data -F comm,tid,ip,sym | bin/benchmark flame 'what was measured' > flame.svg

Frames below a quarter of a percent are left out.
"""
import html, re, sys

WIDTH, ROW, LEAST = 1200, 16, 0.0025
COLOURS = {"posthorn": "#c8553d", "h2": "#5b8e7d", "kernel": "#8d99ae", "jvm": "#b8a1c9", "other": "#e9c46a"}


def stacks(lines):
    """Each sample's frames, outermost first, the thread's name in front."""
    frames, thread = [], ""
    for line in lines:
        if not line.strip():
            if frames:
                yield [thread] + frames[::-1]
            frames = []
        elif not line[0].isspace():
            thread = re.sub(r"\d+", "", line.rsplit(None, 1)[0]).strip()
        else:
            parts = line.split(None, 1)
            frames.append(parts[1].strip() if len(parts) > 1 else "?")
    if frames:
        yield [thread] + frames[::-1]


def short(frame):
    """A Java method's class and name; anything else as it is."""
    frame = re.sub(r"0x[0-9a-f]+", "", frame)
    found = re.match(r"(?:[\w.$\[\]]+ )?([\w.$]+)\.([\w.$<>]+)\(", frame)
    return f"{found[1]}.{found[2]}" if found else frame


def kind(frame):
    if frame.startswith("org.posthorn"):
        return "posthorn"
    if frame.startswith("org.h2"):
        return "h2"
    if re.match(r"(java|jdk|sun|javax|com|fish|org|jakarta)\.", frame):
        return "other"
    return "kernel" if re.match(r"[a-z_]+[a-z0-9_.]*$", frame) else "jvm"


def is_plumbing(frame):
    """Proxies and reflection say nothing of where time goes: what they call stands in their place."""
    return re.search(r"\$Proxy|jdk\.internal\.reflect|java\.lang\.reflect|weld\.|^(start_thread|thread_native_entry|Thread::|JavaThread::|JavaCalls::|StubRoutines|thread_entry|Interpreter|invoke|JVM_|Reflection::|.clone3|\[unknown\])", frame)


class Node:
    def __init__(self):
        self.count, self.children = 0, {}


def draw(node, name, depth, left, total, rows):
    width = WIDTH * node.count / total
    if node.count < total * LEAST:
        return
    rows.append((depth, left, width, name, node.count))
    for child, below in sorted(node.children.items()):
        draw(below, child, depth + 1, left, total, rows)
        left += WIDTH * below.count / total


root = Node()
for stack in stacks(sys.stdin):
    node = root
    node.count += 1
    last = None
    for frame in map(short, stack):
        if is_plumbing(frame) or frame == last:
            continue
        node = node.children.setdefault(frame, Node())
        node.count += 1
        last = frame
if not root.count:
    sys.exit("flame: no samples: is this the output of perf script -F comm,tid,ip,sym?")
rows = []
draw(root, "all", 0, 0, root.count, rows)
height = (max(row[0] for row in rows) + 3) * ROW
title = sys.argv[1] if len(sys.argv) > 1 else "a node"
print(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="11">')
print(f'<rect width="{WIDTH}" height="{height}" fill="#fff"/><text x="4" y="12" font-weight="bold">{html.escape(title)} ({root.count} samples)</text>')
for depth, left, width, name, count in rows:
    y = height - (depth + 1) * ROW
    label = name.replace("org.posthorn.", "")
    label = re.sub(r"^(?:[a-z]\w*\.)+(?=[A-Z])", "", label) if not name.startswith("org.posthorn") else label
    fits = int(width / 6.2)
    text = label if len(label) <= fits else label[: max(0, fits - 1)] + "…" if fits > 3 else ""
    print(f'<g><title>{html.escape(name)}: {count * 100 / root.count:.1f} %</title><rect x="{left:.1f}" y="{y}" width="{max(0.5, width - 0.5):.1f}" height="{ROW - 1}" fill="{COLOURS[kind(name)]}"/>'
          + (f'<text x="{left + 2:.1f}" y="{y + 11}">{html.escape(text)}</text>' if text else "") + "</g>")
print("</svg>")
