#!/usr/bin/env python3
"""What a back-test costs: revisions a second of CPU, and whether its memory stays while history grows.

    backtest_bench.py BUILD [REVISIONS]

A database of its own gets REVISIONS revisions (100,000; every third one an edit of the article before it), 4 KB of text each. The same
back-test goes over a tenth of them and over all.
"""
import functools
import json
import pathlib
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid

CONFIG = """
storage: {{url: "sqlite://{folder}/tinwatch.db"}}
http: {{listen: [], socket: "{folder}/tinwatch.sock"}}
sources: [{{name: bench, start: ["http://127.0.0.1:49151/"], poll: 1000h, allow_networks: ["127.0.0.0/8"]}}]
watches: [{{name: bridge, query: '"cầu gỗ" AND (rạch OR sông) NOT headline:bóng'}}]
"""
WORDS = ("nước lên nhanh xã bên sông dân làng cầu gỗ rạch nhỏ đường đất mưa lớn đêm qua huyện cho biết đã cử người đến giúp bà con dời nhà "
         "lúa chín thu hoạch sớm trường học nghỉ ba ngày thuyền ghe chở hàng chợ nổi").split()


def sentences(choose, count=5000):
    return [" ".join(choose.choices(WORDS, k=20)).capitalize() + "." for _ in range(count)]


def record(choose, said, number):
    body = [{"type": "paragraph", "text": " ".join(choose.choices(said, k=4))} for _ in range(10)]
    body[0]["text"] += " Bản 0."
    return {"schemaVersion": 1, "url": f"http://127.0.0.1:49151/{number}", "pageType": "NewsArticle", "headline": choose.choice(said)[:60], "body": body}


@functools.cache
def wanted_columns(db, table):
    """Those that want a value, with something harmless."""
    return {name: 0 if kind == "INTEGER" else ""
            for _, name, kind, wanted, default, key in db.execute(f"PRAGMA table_info({table})") if wanted and default is None and not key}


def insert(db, table, row):
    row = wanted_columns(db, table) | row
    names = list(row)
    return db.execute(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", [row[name] for name in names]).lastrowid


def fill(path, revisions):
    choose, at = random.Random(1), 1_700_000_000_000
    said = sentences(choose)
    db = sqlite3.connect(path)
    db.execute("PRAGMA synchronous = OFF")
    source = db.execute("SELECT row FROM sources").fetchone()[0]
    article = number = 0
    for made in range(revisions):
        at += 1000
        edit = made % 3 == 2
        if not edit:
            number = 0
            article = insert(db, "articles", {"id": str(uuid.uuid4()), "source": source, "canonical_url": f"http://127.0.0.1:49151/{made}", "status": "live",
                                              "discovery": "live", "first_seen_at": at, "last_checked_at": at, "last_shown_at": at,
                                              "last_changed_at": at, "headline": "H", "head_revision": 1})
            now = record(choose, said, made)
        number += 1
        if edit:
            now["body"][0]["text"] = now["body"][0]["text"].replace("Bản 0", "Bản 1")
            db.execute("UPDATE articles SET head_revision = ? WHERE row = ?", (number, article))
        insert(db, "revisions", {"id": str(uuid.uuid4()), "article": article, "number": number, "observed_at": at,
                                 "record": json.dumps(now, ensure_ascii=False), "change": '{"class":"fact","significance":0.7}' if edit else "{}"})
    db.commit()
    db.close()


def backtest(binary, config, until):
    """Seconds of CPU, MiB at most, and the command's last line."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen(["/usr/bin/env", "bash", "-c", 'exec "$@"', "-", binary, "backtest", "--watch", "bridge", "--until", until, "--format", "json",
                                "--config", config], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    peak = 0
    while process.poll() is None:
        try:
            status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
            peak = max(peak, *(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")), 0)
        except (FileNotFoundError, ProcessLookupError):
            pass
        time.sleep(0.05)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    said = process.stderr.read().strip().splitlines()[-1]
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, peak / 1024, said


def main(build, revisions):
    binary = pathlib.Path(build).resolve() / "bin/tinwatch"
    folder = pathlib.Path(tempfile.mkdtemp(prefix="tinwatch-backtest-"))
    try:
        config = folder / "tinwatch.yaml"
        config.write_text(CONFIG.format(folder=folder))
        daemon = subprocess.Popen([binary, "run", "--config", config], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        while not (folder / "tinwatch.sock").exists():
            if daemon.poll() is not None:
                sys.exit(daemon.stderr.read())
            time.sleep(0.05)
        daemon.terminate()
        daemon.wait()
        fill(folder / "tinwatch.db", revisions)
        tenth = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(1_700_000_000 + revisions // 10))
        for until, count in ((tenth, revisions // 10), ("2100-01-01", revisions)):
            cpu, peak, said = backtest(binary, config, until)
            print(f"{said}\n  {count} revisions: {count / cpu:.0f} a second of CPU (asked >= 3000), {peak:.0f} MiB at most")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 100_000)
