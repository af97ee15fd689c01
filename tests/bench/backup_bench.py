#!/usr/bin/env python3
"""What a backup costs: its time beside a busy crawl, what polling loses meanwhile, and the time of a restore.

usage: backup_bench.py BUILD [MEGABYTES]     (1,000)
"""
import os
import pathlib
import random
import re
import shutil
import sqlite3
import sys
import tempfile
import time

if len(sys.argv) < 2:
    sys.exit(__doc__)
os.environ["TINWATCH_BIN"] = str(pathlib.Path(sys.argv[1]).resolve() / "bin")
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
from harness import Daemon, Newsroom, http_request, until, watching

ARTICLE = {"page": 8_000, "record": 16_000}  # bytes, of which a page is packed already


def fill(database, megabytes):
    """As a daemon leaves it that has watched a source which is none of the configuration's any more."""
    rng = random.Random(1)
    db = sqlite3.connect(database)
    db.execute("PRAGMA synchronous=OFF")
    source = db.execute("INSERT INTO sources (name, title, active) VALUES ('old', '', 0)").lastrowid
    words = "tin tức biên giới hôm nay cứu hộ đường thủy quân khu bộ đội".split()
    count = megabytes * 1_000_000 // 22_500
    for number in range(count):
        seen, url = 1_700_000_000_000 + number * 60_000, f"http://old.test/{number}.html"
        text = " ".join(rng.choices(words, k=ARTICLE["record"] // 7))
        page = db.execute("INSERT INTO captures (url, final_url, fetched_at, status, headers, sha256, body) VALUES (?, ?, ?, 200, '', '', ?)",
                          (url, url, seen, rng.randbytes(ARTICLE["page"]))).lastrowid
        article = db.execute(
            "INSERT INTO articles (id, source, canonical_url, status, discovery, first_seen_at, last_checked_at, last_shown_at, last_changed_at, headline, "
            "head_revision, extractor, profile_hash, last_capture) VALUES (?, ?, ?, 'live', 'baseline', ?, ?, ?, ?, 'H', 1, 'x', 'x', ?)",
            (f"a{number:031x}", source, url, seen, seen, seen, seen, page)).lastrowid
        db.execute("INSERT INTO revisions (id, article, number, observed_at, extractor, profile_hash, record, editorial_hash, raw_sha256, capture, change, "
                   "previous_hash, hash) VALUES (?, ?, 1, ?, 'x', 'x', ?, '', '', ?, '{}', '', '')",
                   (f"r{number:031x}", article, seen, '{"headline":"H","articleBody":"' + text + '"}', page))
        db.execute("INSERT INTO events (id, type, source, article, at, sequence, discovery, data) VALUES (?, 'tinwatch.article.published', ?, ?, ?, 1, 'baseline', '{}')",
                   (f"e{number:031x}", source, article, seen))
    db.commit()
    db.close()
    return count


def polls(daemon):
    page = http_request(daemon.port, "GET", "/metrics")[2].decode()
    return sum(float(value) for value in re.findall(r"^tinwatch_polls_total\{.*\} (\S+)$", page, flags=re.M))


def polls_while(daemon, work):
    """Polls while `work` is done, the seconds of it, and what it answers."""
    before, begun = polls(daemon), time.monotonic()
    answer = work()
    took = time.monotonic() - begun
    return polls(daemon) - before, took, answer


def rest():
    time.sleep(4)


def main():
    megabytes = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    folder = pathlib.Path(tempfile.mkdtemp(prefix="tinwatch-backup-bench-"))
    newsroom, daemon = Newsroom(), None
    try:
        daemon = Daemon(folder, watching(newsroom, poll="50ms", recheck="20ms"))
        daemon.start()
        until(lambda: daemon.count("SELECT count(*) FROM articles") == 8, "the first sweep is done")
        daemon.stop()
        articles = fill(daemon.database, megabytes)
        size = daemon.database.stat().st_size
        print(f"{articles:,} articles, {size / 1e6:,.0f} MB")
        daemon.start()
        time.sleep(5)
        # In turns, since a machine is not the same from minute to minute.
        alone, beside = [0, 0], [0, 0]
        times, log = [], 0
        for turn in range(5):
            file = folder / f"copy{turn}.db"
            for work, sums in ((rest, alone), (lambda: daemon.run("db", "backup", file), beside), (rest, alone)):
                count, took, run = polls_while(daemon, work)
                sums[0] += count
                sums[1] += took
                if run:
                    assert run.returncode == 0, run.stderr
                    times.append(took)
            log = max(log, pathlib.Path(str(daemon.database) + "-wal").stat().st_size)
        rates = [alone[0] / alone[1], beside[0] / beside[1]]
        print(f"backup beside the crawl: {', '.join(f'{took:.1f}' for took in times)} s; {rates[0]:.0f} polls a second without it, {rates[1]:.0f} beside it "
              f"({rates[1] / rates[0] - 1:+.0%}); the log grew to {log / 1e6:.0f} MB")
        daemon.stop()
        for _ in range(2):
            begun = time.monotonic()
            run = daemon.run("db", "restore", folder / "copy0.db")
            assert run.returncode == 0, run.stderr
            print(f"restore: {time.monotonic() - begun:.1f} s")
        begun = time.monotonic()
        daemon.start()
        print(f"start: ready after {time.monotonic() - begun:.1f} s")
    finally:
        if daemon:
            daemon.close()
        newsroom.close()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
