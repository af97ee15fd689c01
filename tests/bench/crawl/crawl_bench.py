#!/usr/bin/env python3
"""What the whole daemon costs: CPU microseconds an article and a poll, commits included.

The daemon runs against nginx on loopback with the pages of pages.py. Its own CPU time is read from the kernel
(/proc/PID/task/*/schedstat, nanoseconds) over a few thousand polls of each kind; wrk over the same pages is the floor
of serving and fetching, Gumbo alone that of a parse.
"""
import argparse
import gzip
import os
import pathlib
import re
import resource
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from typing import NamedTuple

import pages as site
import scale_bench
import watch_bench

ARTICLES = 1000
CONNECTIONS = 16
NGINX = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log stderr error;
events {{ worker_connections 256; }}
http {{
  access_log {folder}/access.log; client_body_temp_path {folder}/t; proxy_temp_path {folder}/t; fastcgi_temp_path {folder}/t;
  uwsgi_temp_path {folder}/t; scgi_temp_path {folder}/t;
  types {{ text/html html; application/xml xml; }}
  keepalive_requests 1000000;
  server {{
    listen {port}; root {folder}/www; gzip_static always; {validators}
  }}
}}
"""
NO_VALIDATORS = 'etag off; if_modified_since off; add_header Last-Modified "";'
CONFIG = """
storage: {{url: "sqlite://{folder}/tinwatch.db"}}
http: {{listen: [], socket: "{folder}/tinwatch.sock"}}
fetch: {{per_host: {{connections: {connections}, delay: 0s, requests_per_hour: 36000}}, shortcuts: [{shortcuts}]}}
sources:
  - {{name: bench, start: ["http://127.0.0.1:{port}/sitemap.xml"], poll: 1000h, recheck: 1000h, allow_networks: ["127.0.0.0/8"]}}
include: ["watches.d/*.yaml"]
"""
# What an older program, which --against may name, does not know.
OLDER_CONFIG = CONFIG.replace('include: ["watches.d/*.yaml"]\n', "")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def cpu_ns(pid):
    """CPU time of all threads of a process."""
    total = 0
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        total += int((task / "schedstat").read_text().split()[0])
    return total


class Nginx:
    def __init__(self, folder):
        self.folder = folder
        self.port = free_port()
        self.process = None
        (folder / "t").mkdir(exist_ok=True)

    def start(self, validators):
        self.stop()
        text = NGINX.format(folder=self.folder, port=self.port, validators="" if validators else NO_VALIDATORS)
        (self.folder / "nginx.conf").write_text("user root;" + text)
        self.process = subprocess.Popen(["nginx", "-p", self.folder, "-c", self.folder / "nginx.conf"], stderr=subprocess.DEVNULL)
        while True:
            with socket.socket() as s:
                if s.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.01)

    def worker(self):
        return int(subprocess.check_output(["pgrep", "-P", str(self.process.pid)]).split()[0])

    def served(self):
        return (self.folder / "access.log").read_bytes().count(b"\n")

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait()


class Daemon:
    def __init__(self, binary, folder, port, processors=None):
        self.binary, self.folder, self.port = binary, folder, port
        self.config = folder / "tinwatch.yaml"
        self.configure("not_modified, bytes_equal, region_equal")
        self.log = open(folder / "daemon.log", "wb")
        stay = (lambda: os.sched_setaffinity(0, processors)) if processors else None
        self.process = subprocess.Popen([binary, "run", "--config", self.config], stdout=self.log, stderr=self.log,
                                        preexec_fn=stay)

    def configure(self, shortcuts):
        text = CONFIG if (self.folder / "watches.d").exists() else OLDER_CONFIG
        self.config.write_text(text.format(folder=self.folder, port=self.port, connections=CONNECTIONS, shortcuts=shortcuts))

    def command(self, *words):
        subprocess.run([self.binary, *words, "--config", self.config], check=True, stdout=subprocess.DEVNULL)

    def count(self, sql):
        db = sqlite3.connect(f"file:{self.folder}/tinwatch.db?mode=ro", uri=True)
        value = db.execute(sql).fetchone()[0]
        db.close()
        return value

    def visits(self):
        """Outcome -> how often, over all articles."""
        db = sqlite3.connect(f"file:{self.folder}/tinwatch.db?mode=ro", uri=True)
        runs = "SELECT frontier, outcome, times FROM visits"
        if db.execute("PRAGMA user_version").fetchone()[0] >= 8:  # the last run of each stands elsewhere
            runs += " UNION ALL SELECT frontier, outcome, run_length FROM checks WHERE run_length > 0"
        rows = dict(db.execute(f"SELECT v.outcome, sum(v.times) FROM ({runs}) v JOIN frontier f ON f.row = v.frontier "
                               "WHERE f.kind = 'article' GROUP BY v.outcome"))
        db.close()
        return rows

    def quiet(self):
        """Waits until nothing is done any more; its own CPU time is the sign."""
        last, since = cpu_ns(self.process.pid), time.monotonic()
        while time.monotonic() - since < 0.4:
            time.sleep(0.02)
            now = cpu_ns(self.process.pid)
            if now - last > 2_000_000:  # a quiet daemon uses less in 20 ms
                last, since = now, time.monotonic()

    def stop(self):
        self.process.terminate()
        self.process.wait()


def written_bytes(pid):
    """What a process made the kernel write to disk, checkpoints of its database included."""
    return int(re.search(r"^write_bytes: (\d+)", pathlib.Path(f"/proc/{pid}/io").read_text(), re.M).group(1))


class Cost(NamedTuple):
    """Of one poll."""
    us: float     # CPU microseconds
    bytes: float  # written to disk
    polls: int    # that were measured


class Measure:
    """CPU spent and bytes written between two quiet moments, beside what was done meanwhile."""

    def __init__(self, daemon):
        self.daemon = daemon

    def run(self, work, outcome):
        self.daemon.quiet()
        pid = self.daemon.process.pid
        before, cpu, written = self.daemon.visits(), cpu_ns(pid), written_bytes(pid)
        work()
        self.daemon.quiet()
        spent, written = cpu_ns(pid) - cpu, written_bytes(pid) - written
        after = self.daemon.visits()
        done = {k: v - before.get(k, 0) for k, v in after.items() if v != before.get(k, 0)}
        polls = sum(done.values())
        if done.get(outcome, 0) < 0.98 * polls or polls == 0:
            sys.exit(f"crawl: expected polls to end {outcome}, got {done}")
        return Cost(spent / polls / 1000, written / polls, polls)


def floor_of_serving(nginx, path):
    """wrk and nginx for one page: CPU microseconds a request, of each."""
    worker = nginx.worker()
    before_nginx = cpu_ns(worker)
    before_wrk = resource.getrusage(resource.RUSAGE_CHILDREN)
    out = subprocess.check_output(["wrk", "-t1", f"-c{CONNECTIONS}", "-d3s", "-H", "Accept-Encoding: gzip",
                                   f"http://127.0.0.1:{nginx.port}{path}"], text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    requests = int(re.search(r"(\d+) requests in", out).group(1))
    wrk = after.ru_utime + after.ru_stime - before_wrk.ru_utime - before_wrk.ru_stime
    return wrk / requests * 1e6, (cpu_ns(worker) - before_nginx) / requests / 1000


class Served:
    """nginx and the pages. The bytes of each fetch are made once, each in a folder of its own; the one that is served is
    the one that `www` leads to."""

    def __init__(self, folder):
        self.pages = [site.Page(number) for number in range(ARTICLES)]
        self.folder, self.nginx = folder, Nginx(folder)
        self.size = self.packed = 0

    def show(self, fetch):
        www = self.folder / f"www-{fetch}"
        if not www.exists():
            self.size, self.packed = site.write(www, self.pages, fetch)
            site.write_sitemap(www, self.pages, f"http://127.0.0.1:{self.nginx.port}")
        link = self.folder / "www.new"
        link.symlink_to(www)
        link.replace(self.folder / "www")

    def restore(self):
        """As they were first fetched, with validators."""
        self.show(0)
        self.nginx.start(validators=True)


def poll_costs(binary, folder, served, short=False, processors=None):
    """What a daemon of its own, in a new `folder`, spends on each kind of poll: kind -> Cost, and its peak memory in MiB.
    `short` leaves out the polls that are parsed; `processors` are those that the daemon runs on."""
    served.restore()
    daemon = Daemon(binary, folder, served.nginx.port, processors)
    try:
        begun = time.monotonic()
        while daemon.process.poll() is None and not (folder / "tinwatch.sock").exists():
            time.sleep(0.005)
        cpu, written = cpu_ns(daemon.process.pid), written_bytes(daemon.process.pid)
        while daemon.count("SELECT count(*) FROM articles") < ARTICLES:
            time.sleep(0.2)
            if time.monotonic() - begun > 60:
                sys.exit("crawl: the articles were not found; see " + str(folder / "daemon.log"))
        daemon.quiet()
        costs = {"new article": Cost((cpu_ns(daemon.process.pid) - cpu) / ARTICLES / 1000,
                                     (written_bytes(daemon.process.pid) - written) / ARTICLES, ARTICLES)}

        measure = Measure(daemon)

        def recheck(times):
            def work():
                for _ in range(times):
                    daemon.command("recheck", "bench")
                    daemon.quiet()
            return work

        def changed(fetches, outcome):
            measured = []
            for fetch in fetches:
                served.show(fetch)
                measured.append(measure.run(recheck(1), outcome))
            return Cost(statistics.mean(one.us for one in measured), statistics.mean(one.bytes for one in measured),
                        sum(one.polls for one in measured))

        costs["304"] = measure.run(recheck(8), "not_modified")
        served.nginx.start(validators=False)
        costs["equal bytes"] = measure.run(recheck(8), "bytes_equal")
        # The page is learnt from two reads, then it is known.
        for fetch in (1, 2):
            served.show(fetch)
            recheck(1)()
        # Eight at most: the tenth poll after a whole read would be one, and one was before.
        costs["region"] = changed([*range(3, 8), *(range(3, 6) if short else ())], "region_equal")
        if not short:
            daemon.configure("not_modified, bytes_equal")
            daemon.command("reload")
            costs["parsed"] = changed(range(8, 11), "text_equal")
        return costs, scale_bench.peak_mib(daemon.process.pid)
    finally:
        daemon.stop()


def measure_polls(build, folder):
    served = Served(folder)
    try:
        served.restore()
        wrk_us, nginx_us = floor_of_serving(served.nginx, served.pages[0].path)
        samples = []
        for page in served.pages[:200]:
            samples.append(folder / f"floor-{page.number}.html")
            samples[-1].write_text(page.html(0))
        floor = subprocess.check_output([build / "bin/tinwatch_gumbo_floor", *samples], text=True).split()
        malloc_us, gumbo_us = float(floor[0]), float(floor[1])
        costs, memory = poll_costs(build / "bin/tinwatch", folder, served)
    finally:
        served.nginx.stop()
    print(f"{ARTICLES} pages of {served.size / 1024:.1f} KiB ({served.packed / 1024:.1f} KiB gzip), {CONNECTIONS} connections, "
          "synchronous=FULL; CPU of the whole daemon")
    print(f"  floor: wrk {wrk_us:.0f} + nginx {nginx_us:.0f} us a request; Gumbo alone on the pruned page {gumbo_us:.0f} us "
          f"({malloc_us:.0f} with malloc)")
    print(f"  {'':28}{'us':>7}  {'KiB written':>12}  {'polls':>6}   ratio  (asked)")

    def line(name, cost, *ratios):
        text = ", ".join(f"{value:.{2 if value >= 1 else 3}f} x {what} ({asked})" for value, what, asked in ratios)
        print(f"  {name:28}{cost.us:7.0f}  {cost.bytes / 1024:12.1f}  {cost.polls:6}   {text}")

    not_modified_us, parsed_us = costs["304"].us, costs["parsed"].us
    line("304 Not Modified", costs["304"])
    line("200, bytes equal", costs["equal bytes"], (costs["equal bytes"].us / not_modified_us, "304", "<= 1.5"))
    line("200, region equal", costs["region"], (costs["region"].us / not_modified_us, "304", "<= 5.5"),
         (costs["region"].us / parsed_us, "parsed", "<= 0.125"))
    line("200, parsed, text equal", costs["parsed"])
    line("new article", costs["new article"], (costs["new article"].us / gumbo_us, "Gumbo", "<= 1.6"))
    print(f"  peak memory {memory:.0f} MiB")


def compare_polls(build, folder, other, times):
    """This program and another one in turn, so that what the machine does meanwhile meets both. Each has a processor to
    itself: what a thread's work costs depends on what the other thread of its core does, and two programs that use two
    threads differently would be told apart by that."""
    first, *others = sorted(os.sched_getaffinity(0))
    if others:
        os.sched_setaffinity(0, others)  # of this, and of nginx
    programs = {"other": other, "this": build / "bin/tinwatch"}
    measured = {name: [] for name in programs}
    served = Served(folder)
    try:
        for turn in range(times):
            # Who goes first changes, too.
            for name in sorted(programs, reverse=turn % 2 == 1):
                own = folder / f"{name}-{turn}"
                own.mkdir()
                costs, _ = poll_costs(programs[name], own, served, short=True, processors={first})
                measured[name].append(costs)
                shutil.rmtree(own)
                print(f"  {turn + 1} of {times}, {name + ':':7}" + ", ".join(f"{kind} {cost.us:.0f}" for kind, cost in costs.items()),
                      file=sys.stderr, flush=True)
    finally:
        served.nginx.stop()
    print(f"CPU microseconds a poll, medians of {times} runs each, in turn: {other} and this program")
    print(f"  {'':16}{'other':>9}{'this':>9}{'ratio':>9}   ratio of each pair; KiB written a poll, other and this")
    for kind in ("304", "equal bytes", "region", "new article"):
        us = {name: [costs[kind].us for costs in runs] for name, runs in measured.items()}
        kib = {name: statistics.median(costs[kind].bytes for costs in runs) / 1024 for name, runs in measured.items()}
        pairs = " ".join(f"{new / old:.3f}" for old, new in zip(us["other"], us["this"]))
        before, now = statistics.median(us["other"]), statistics.median(us["this"])
        print(f"  {kind:16}{before:9.0f}{now:9.0f}{now / before:9.3f}   {pairs}; {kib['other']:.1f} {kib['this']:.1f}")


def measure_watches(build, folder, count, times):
    served = Served(folder)
    try:
        served.restore()
        watch_bench.measure(lambda own: Daemon(build / "bin/tinwatch", own, served.nginx.port), cpu_ns, scale_bench.peak_mib, folder,
                            ARTICLES, count, times)
    finally:
        served.nginx.stop()


def measure_scale(programs, folder):
    (folder / "www").mkdir(exist_ok=True)
    empty = b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>'
    (folder / "www/empty.xml.gz").write_bytes(gzip.compress(empty))
    nginx = Nginx(folder)
    nginx.start(validators=True)
    try:
        scale_bench.report({name: scale_bench.measure(program, folder, nginx.port) for name, program in programs.items()})
    finally:
        nginx.stop()


def main(arguments):
    build, parts = arguments.build, arguments.parts or ["polls", "scale"]
    folder = pathlib.Path(tempfile.mkdtemp(prefix="tinwatch-crawl-"))
    folder.chmod(0o755)  # nginx's worker reads it
    try:
        other = arguments.against.resolve() if arguments.against else None
        if arguments.watches:
            measure_watches(build, folder, arguments.watches, arguments.times)
        elif "polls" in parts and other:
            compare_polls(build, folder, other, arguments.times)
        elif "polls" in parts:
            measure_polls(build, folder)
        if "scale" in parts and not arguments.watches:
            measure_scale({**({"other": other} if other else {}), "this": build / "bin/tinwatch"}, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def parsed_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("parts", nargs="*", metavar="PART", help="polls, scale; default: both")
    parser.add_argument("--against", type=pathlib.Path, metavar="PROGRAM", help="another tinwatch and this one, in turn")
    parser.add_argument("--watches", type=int, default=0, metavar="N", help="a new article with N watches and with none; the lag of a reload")
    parser.add_argument("--times", type=int, default=5, help="how often each of the two runs")
    arguments = parser.parse_args()
    if unknown := set(arguments.parts) - {"polls", "scale"}:
        parser.error(f"no part {', '.join(unknown)}: polls or scale")
    if arguments.against and "scale" in arguments.parts:
        parser.error("--against compares polls")
    if arguments.against and not arguments.against.is_file():
        parser.error(f"{arguments.against}: no such program")
    return arguments


if __name__ == "__main__":
    main(parsed_arguments())
