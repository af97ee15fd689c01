"""A million URLs of a thousand sources: start-up, memory, and the cost of a scheduling decision."""
import pathlib
import re
import sqlite3
import subprocess
import sys
import time
from typing import NamedTuple

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from readiness import is_ready

SOURCES = 1000
URLS = 1_000_000
DAY = 86_400_000  # ms

CONFIG = """
storage: {{url: "sqlite://{folder}/scale.db"}}
http: {{listen: [], socket: "{folder}/scale.sock"}}
fetch: {{per_host: {{connections: 1, delay: 1s, requests_per_hour: 36000}}}}
sources:
{sources}"""


def host(number, port):
    return f"127.{1 + number // 250}.{number % 250}.1:{port}"


def write_config(path, folder, port):
    sources = "".join(
        f'  - {{name: s{n}, start: ["http://{host(n, port)}/empty.xml"], poll: 1h, allow_networks: ["127.0.0.0/8"]}}\n'
        for n in range(SOURCES))
    path.write_text(CONFIG.format(folder=folder, sources=sources))


def fill(database, port):
    """Known articles: one in fifty is due, the others in the next days; found over half a year."""
    now = int(time.time() * 1000)
    db = sqlite3.connect(database)
    db.execute("PRAGMA synchronous=OFF")
    sources = {name: row for name, row in db.execute("SELECT name, row FROM sources")}
    each = URLS // SOURCES
    serial = 0
    for n in range(SOURCES):
        source, at = sources[f"s{n}"], host(n, port)
        urls, articles, revisions, frontier, checks = [], [], [], [], []
        for i in range(each):
            serial += 1
            url = f"http://{at}/tin-tuc/mot-bai-bao-co-dia-chi-dai-nhu-that-{100000 + serial}.html"
            seen = now - (serial * 7919) % (180 * DAY)
            due = now - 1000 if i % 50 == 0 else now + DAY + (serial * 104729) % (30 * DAY)
            articles.append((serial, f"{serial:032x}", source, url, seen, seen, seen, seen, "Một đầu đề"))
            revisions.append((f"r{serial:031x}", serial, seen, '{"headline":"Một đầu đề"}'))
            urls.append((source, url, serial, seen))
            frontier.append((serial + SOURCES, source, url, at, seen, f'"{serial:x}"'.encode()))
            checks.append((serial + SOURCES, at, due, seen, seen))
        db.executemany("INSERT INTO articles (row, id, source, canonical_url, status, discovery, first_seen_at, last_checked_at, last_shown_at, "
                       "last_changed_at, headline, head_revision, extractor, profile_hash) "
                       "VALUES (?, ?, ?, ?, 'live', 'live', ?, ?, ?, ?, ?, 1, 'x', 'x')", articles)
        db.executemany("INSERT INTO revisions (id, article, number, observed_at, extractor, profile_hash, record, editorial_hash, raw_sha256, "
                       "change, previous_hash, hash) VALUES (?, ?, 1, ?, 'x', 'x', ?, '', '', '{}', '', '')", revisions)
        db.executemany("INSERT INTO article_urls VALUES (?, ?, ?, ?)", urls)
        if db.execute("PRAGMA user_version").fetchone()[0] >= 8:
            db.executemany("INSERT INTO frontier (row, source, url, host, kind, discovery, found_at, etag) "
                           "VALUES (?, ?, ?, ?, 'article', 'live', ?, ?)", frontier)
            db.executemany("INSERT INTO checks (frontier, host, state, priority, due_at, checked_at, succeeded_at) "
                           "VALUES (?, ?, 'waiting', 1, ?, ?, ?)", checks)
        else:
            db.executemany("INSERT INTO frontier (row, source, url, host, kind, state, discovery, priority, found_at, due_at, last_visit_at, "
                           "last_success_at, etag) VALUES (?, ?, ?, ?, 'article', 'waiting', 'live', 1, ?, ?, ?, ?, ?)",
                           [(*page[:5], *check[2:], page[5].decode()) for page, check in zip(frontier, checks)])
    db.commit()
    db.close()


def start(binary, config, folder, log):
    """The process, and the seconds until it is ready."""
    path = folder / "scale.sock"
    begun = time.monotonic()
    process = subprocess.Popen([binary, "run", "--config", config, "--log-level", "warning"], stdout=log, stderr=log)
    while not is_ready(path):
        if process.poll() is not None:
            sys.exit(f"crawl: the daemon ended with {process.returncode}; see {log.name}")
        time.sleep(0.005)
    return process, time.monotonic() - begun


def peak_mib(pid):
    return int(re.search(r"VmHWM:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text()).group(1)) / 1024


class Scale(NamedTuple):
    """A million URLs in one daemon."""
    decision: float | None  # microseconds; None: its tinwatch_queue_bench is not there
    start_up: float         # seconds
    hosts: float            # milliseconds of it for all hosts' queues
    memory: float           # MiB, the peak
    visits: int             # that were made meanwhile


def measure(program, folder, port):
    """`port` is served on every address of loopback."""
    config = folder / "scale.yaml"
    write_config(config, folder, port)
    database = folder / "scale.db"
    with open(folder / "scale.log", "wb") as log:
        process, _ = start(program, config, folder, log)
        process.terminate()
        process.wait()
        fill(database, port)
        decision, hosts = None, 0.0
        if (bench := program.parent / "tinwatch_queue_bench").exists():
            _, decision, hosts = map(float, subprocess.check_output([bench, database], text=True).split())
        process, ready = start(program, config, folder, log)
        time.sleep(10)  # it works through what is due
        memory = peak_mib(process.pid)
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as db:
            seen = "checks WHERE run_length > 0" if db.execute("PRAGMA user_version").fetchone()[0] >= 8 else "visits"
            visits = db.execute(f"SELECT count(*) FROM {seen}").fetchone()[0]
        process.terminate()
        process.wait()
    for path in folder.glob("scale.db*"):
        path.unlink()
    return Scale(decision, ready, hosts, memory, visits)


def report(measured):
    """Prints what programs took, by their names."""
    print(f"{URLS:,} URLs of {SOURCES:,} sources on as many hosts")
    for name, one in measured.items():
        decision = "not measured" if one.decision is None else f"{one.decision:.1f} us"
        print(f"  {name:10} a scheduling decision {decision} (asked: < 50), start-up {one.start_up:.2f} s (asked: < 5), of it all hosts' queues "
              f"{one.hosts:.0f} ms, peak memory {one.memory:.0f} MiB (asked: < 300) after {one.visits} URLs were visited")
