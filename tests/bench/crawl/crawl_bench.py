#!/usr/bin/env python3
"""What the whole daemon costs: CPU microseconds an article and a poll, commits included.

The daemon runs against nginx on loopback with the pages of pages.py. Its own CPU time is read from the kernel
(/proc/PID/task/*/schedstat, nanoseconds) over a few thousand polls of each kind; wrk over the same pages is the floor
of serving and fetching, Gumbo alone that of a parse.
"""
import gzip
import pathlib
import re
import resource
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

import pages as site
import scale_bench

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
"""


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
    def __init__(self, binary, folder, port):
        self.binary, self.folder, self.port = binary, folder, port
        self.config = folder / "tinwatch.yaml"
        self.configure("not_modified, bytes_equal, region_equal")
        self.log = open(folder / "daemon.log", "wb")
        self.process = subprocess.Popen([binary, "run", "--config", self.config], stdout=self.log, stderr=self.log)

    def configure(self, shortcuts):
        self.config.write_text(CONFIG.format(folder=self.folder, port=self.port, connections=CONNECTIONS, shortcuts=shortcuts))

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
        rows = dict(db.execute("SELECT outcome, sum(times) FROM visits v JOIN frontier f ON f.row = v.frontier "
                               "WHERE f.kind = 'article' GROUP BY outcome"))
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


class Measure:
    """CPU spent between two quiet moments, beside what was done meanwhile."""

    def __init__(self, daemon):
        self.daemon = daemon

    def run(self, work, outcome):
        self.daemon.quiet()
        before, cpu = self.daemon.visits(), cpu_ns(self.daemon.process.pid)
        work()
        self.daemon.quiet()
        spent = cpu_ns(self.daemon.process.pid) - cpu
        after = self.daemon.visits()
        done = {k: v - before.get(k, 0) for k, v in after.items() if v != before.get(k, 0)}
        polls = sum(done.values())
        if done.get(outcome, 0) < 0.98 * polls or polls == 0:
            sys.exit(f"crawl: expected polls to end {outcome}, got {done}")
        return spent / polls / 1000, polls


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


def measure_polls(build, folder):
    pages = [site.Page(number) for number in range(ARTICLES)]
    nginx = Nginx(folder)
    daemon = None
    try:
        size, packed = site.write(folder / "www", pages, 0)
        site.write_sitemap(folder / "www", pages, f"http://127.0.0.1:{nginx.port}")
        nginx.start(validators=True)
        wrk_us, nginx_us = floor_of_serving(nginx, pages[0].path)
        samples = []
        for page in pages[:200]:
            samples.append(folder / f"floor-{page.number}.html")
            samples[-1].write_text(page.html(0))
        floor = subprocess.check_output([build / "bin/tinwatch_gumbo_floor", *samples], text=True).split()
        malloc_us, gumbo_us = float(floor[0]), float(floor[1])

        daemon = Daemon(build / "bin/tinwatch", folder, nginx.port)
        begun = time.monotonic()
        while daemon.process.poll() is None and not (folder / "tinwatch.sock").exists():
            time.sleep(0.005)
        cpu = cpu_ns(daemon.process.pid)
        while daemon.count("SELECT count(*) FROM articles") < ARTICLES:
            time.sleep(0.2)
            if time.monotonic() - begun > 60:
                sys.exit("crawl: the articles were not found; see " + str(folder / "daemon.log"))
        daemon.quiet()
        new_us = (cpu_ns(daemon.process.pid) - cpu) / ARTICLES / 1000

        measure = Measure(daemon)

        def recheck(times):
            def work():
                for _ in range(times):
                    daemon.command("recheck", "bench")
                    daemon.quiet()
            return work

        not_modified_us, n304 = measure.run(recheck(8), "not_modified")
        nginx.start(validators=False)
        bytes_us, nbytes = measure.run(recheck(8), "bytes_equal")
        # The page is learnt from two reads, then it is known.
        for fetch in (1, 2):
            site.write(folder / "www", pages, fetch)
            recheck(1)()
        region, nregion = [], 0
        for fetch in range(3, 8):
            site.write(folder / "www", pages, fetch)
            us, n = measure.run(recheck(1), "region_equal")
            region.append(us)
            nregion += n
        region_us = sum(region) / len(region)
        daemon.configure("not_modified, bytes_equal")
        daemon.command("reload")
        parsed, nparsed = [], 0
        for fetch in range(8, 11):
            site.write(folder / "www", pages, fetch)
            us, n = measure.run(recheck(1), "text_equal")
            parsed.append(us)
            nparsed += n
        parsed_us = sum(parsed) / len(parsed)
        memory = scale_bench.peak_mib(daemon.process.pid)
    finally:
        if daemon:
            daemon.stop()
        nginx.stop()
    print(f"{ARTICLES} pages of {size / 1024:.1f} KiB ({packed / 1024:.1f} KiB gzip), {CONNECTIONS} connections, "
          "synchronous=FULL; CPU of the whole daemon")
    print(f"  floor: wrk {wrk_us:.0f} + nginx {nginx_us:.0f} us a request; Gumbo alone on the pruned page {gumbo_us:.0f} us "
          f"({malloc_us:.0f} with malloc)")
    print(f"  {'':28}{'us':>7}  {'polls':>6}   ratio  (asked)")

    def line(name, us, polls, *ratios):
        text = ", ".join(f"{value:.{2 if value >= 1 else 3}f} x {what} ({asked})" for value, what, asked in ratios)
        print(f"  {name:28}{us:7.0f}  {polls:6}   {text}")

    line("304 Not Modified", not_modified_us, n304)
    line("200, bytes equal", bytes_us, nbytes, (bytes_us / not_modified_us, "304", "<= 1.5"))
    line("200, region equal", region_us, nregion, (region_us / not_modified_us, "304", "<= 5.5"),
         (region_us / parsed_us, "parsed", "<= 0.125"))
    line("200, parsed, text equal", parsed_us, nparsed)
    line("new article", new_us, ARTICLES, (new_us / gumbo_us, "Gumbo", "<= 1.6"))
    print(f"  peak memory {memory:.0f} MiB")


def measure_scale(build, folder):
    (folder / "www").mkdir(exist_ok=True)
    empty = b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>'
    (folder / "www/empty.xml.gz").write_bytes(gzip.compress(empty))
    nginx = Nginx(folder)
    nginx.start(validators=True)
    try:
        scale_bench.measure(build, folder, nginx.port)
    finally:
        nginx.stop()


def main(build, parts):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="tinwatch-crawl-"))
    folder.chmod(0o755)  # nginx's worker reads it
    try:
        if "polls" in parts:
            measure_polls(build, folder)
        if "scale" in parts:
            measure_scale(build, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), sys.argv[2:] or ["polls", "scale"])
