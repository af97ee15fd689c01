"""What watches cost the whole daemon: a new article with so many beside one with none, and how long the loop lets others wait
while they are read anew."""
import http.client
import random
import socket
import statistics
import subprocess
import sys
import threading
import time

ONSETS = ["b", "c", "ch", "d", "đ", "g", "h", "kh", "l", "m", "n", "ng", "nh", "ph", "qu", "s", "t", "th", "tr", "v", "x"]
RIMES = ["a", "à", "á", "ạ", "an", "ang", "anh", "ao", "âm", "ân", "ấn", "en", "ê", "ên", "inh", "iên", "iện", "on", "ong", "ông", "ơi",
         "ung", "uân", "ư", "ưng", "ương", "ường", "ược"]


def write_watches(folder, count):
    """A file of `count` watches, each of a phrase of two to four syllables; they ask for the baseline, too."""
    choose = random.Random(count)
    (folder / "watches.d").mkdir(exist_ok=True)
    with open(folder / "watches.d/all.yaml", "w", encoding="utf-8") as out:
        out.write("watches:\n")
        for number in range(count):
            phrase = " ".join(choose.choice(ONSETS) + choose.choice(RIMES) for _ in range(choose.randint(2, 4)))
            out.write(f"  - {{name: w{number}, query: '\"{phrase}\"', include: [baseline]}}\n")


class Lag(threading.Thread):
    """Asks the daemon for its health all the time, over its local socket; the longest answer is the loop's lag."""

    def __init__(self, path):
        super().__init__(daemon=True)
        self.path, self.longest, self.asked, self.ended = str(path), 0.0, 0, False

    def run(self):
        while not self.ended:
            begun = time.perf_counter()
            connection = http.client.HTTPConnection("localhost", timeout=30)
            connection.sock = socket.socket(socket.AF_UNIX)
            connection.sock.connect(self.path)
            connection.request("GET", "/-/healthy")
            connection.getresponse().read()
            connection.close()
            self.longest = max(self.longest, time.perf_counter() - begun)
            self.asked += 1
            time.sleep(0.002)


def lag_of_reload(daemon, times=3):
    """Milliseconds, and seconds of the reload."""
    lags, took = [], []
    for _ in range(times):
        daemon.quiet()
        lag = Lag(daemon.folder / "tinwatch.sock")
        lag.start()
        begun = time.monotonic()
        daemon.command("reload")
        took.append(time.monotonic() - begun)
        lag.ended = True
        lag.join()
        lags.append(lag.longest * 1000)
    return statistics.median(lags), statistics.median(took)


def new_article_cost(start, cpu_ns, folder, articles):
    """CPU microseconds an article, of a daemon that finds all of them; it still runs."""
    daemon = start(folder)
    pid = daemon.process.pid
    while daemon.process.poll() is None and not (folder / "tinwatch.sock").exists():
        time.sleep(0.005)
    if daemon.process.poll() is not None:
        sys.exit("crawl: the daemon did not start; see " + str(folder / "daemon.log"))
    cpu = cpu_ns(pid)
    begun = time.monotonic()
    while daemon.count("SELECT count(*) FROM articles") < articles:
        time.sleep(0.2)
        if time.monotonic() - begun > 60:
            sys.exit("crawl: the articles were not found; see " + str(folder / "daemon.log"))
    daemon.quiet()
    return daemon, (cpu_ns(pid) - cpu) / articles / 1000


def measure(start, cpu_ns, peak_mib, folder, articles, count, times):
    costs = {0: [], count: []}
    lag = took = memory = hits = None
    for turn in range(times):
        for watches in sorted(costs, reverse=turn % 2 == 1):
            own = folder / f"watches-{watches}-{turn}"
            own.mkdir()
            write_watches(own, watches)
            daemon, cost = new_article_cost(start, cpu_ns, own, articles)
            costs[watches].append(cost)
            if watches and turn == times - 1:
                hits = daemon.count("SELECT count(*) FROM hits")
                lag, took = lag_of_reload(daemon)
                memory = peak_mib(daemon.process.pid)
            daemon.stop()
            print(f"  {turn + 1} of {times}: {watches} watches, {cost:.0f} us a new article", file=sys.stderr, flush=True)
    none, many = statistics.median(costs[0]), statistics.median(costs[count])
    print(f"a new article, CPU of the whole daemon, medians of {times}: {none:.0f} us without watches, {many:.0f} us with {count}: "
          f"{many / none:.3f} x (asked <= 1.3); {hits} hits")
    print(f"a reload with {count}: {took:.1f} s, the loop answers within {lag:.1f} ms meanwhile (asked < 50); peak memory {memory:.0f} MiB")
