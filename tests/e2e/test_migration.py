"""A database of an earlier version is brought to this one's schema, whenever the program is killed while it does so; a copy
is made before, from which there is a way back.

Run by CTest on 500 articles, with the schema that the store's tests make. `./dev soak migration` does it on 100,000
articles in a database that the earlier program itself made.
"""
import argparse
import os
import pathlib
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "bench"))
from harness import BIN, PATIENCE, TESTS_BIN, free_port, kill_after, until
from readiness import is_ready

CONFIG = """
storage: {{url: "sqlite://{folder}/t.db"}}
http: {{listen: [], socket: "{folder}/t.sock"}}
sources: [{{name: another, start: ["http://127.0.0.1:{port}/"], allow_networks: ["127.0.0.0/8"]}}]
"""
# What is known must be the same before and after: (before schema 8, from it on).
SAME = {
    "visits to come": (
        "SELECT s.name, f.url, f.host, f.kind, f.discovery, f.found_at, f.state, f.priority, f.due_at, f.last_visit_at, "
        "f.last_success_at, f.failures, f.shortcuts, f.etag, f.last_modified, f.body_sha256, f.due_reason, f.found_on "
        "FROM frontier f JOIN sources s ON s.row = f.source WHERE s.name = 'bao' ORDER BY f.url",
        "SELECT s.name, f.url, f.host, f.kind, f.discovery, f.found_at, c.state, c.priority, c.due_at, c.checked_at, "
        "c.succeeded_at, c.failures, c.shortcuts, CAST(f.etag AS TEXT), CAST(f.last_modified AS TEXT), f.body_sha256, "
        "c.due_reason, f.found_on FROM frontier f JOIN checks c ON c.frontier = f.row JOIN sources s ON s.row = f.source "
        "WHERE s.name = 'bao' ORDER BY f.url"),
    "visits that were": (
        "SELECT f.url, v.first_at, v.last_at, v.times, v.outcome, v.detail FROM visits v JOIN frontier f ON f.row = v.frontier "
        "ORDER BY f.url, v.first_at",
        "SELECT f.url, v.first_at, v.last_at, v.times, v.outcome, v.detail FROM (SELECT * FROM visits UNION ALL SELECT frontier, "
        "run_since, checked_at, run_length, outcome, detail FROM checks WHERE run_length > 0) v JOIN frontier f ON f.row = v.frontier "
        "JOIN sources s ON s.row = f.source WHERE s.name = 'bao' ORDER BY f.url, v.first_at"),
    **{what: (sql, sql) for what, sql in {
        "articles": "SELECT row, id, source, identifier, canonical_url, status, discovery, first_seen_at, last_checked_at, last_shown_at, "
                    "last_changed_at, removed_at, published_at, headline, absence_checks, absent_since, head_revision, extractor, profile_hash, "
                    "last_capture, event_sequence, held_hash, held_since, held_looks, held_dropped, story FROM articles ORDER BY row",
        "addresses": "SELECT * FROM article_urls ORDER BY source, url",
        "revisions": "SELECT * FROM revisions ORDER BY row",
        "pages": "SELECT row, url, final_url, fetched_at, status, headers, sha256, body, coding FROM captures ORDER BY row",
        "events": "SELECT * FROM events ORDER BY seq",
        "deliveries": "SELECT seq, id, receiver, team, event, state, attempts, created_at, next_at, delivered_at, last_error "
                      "FROM deliveries ORDER BY seq",
        "sources": "SELECT row, name, chain_head, last_new_article_at FROM sources WHERE name = 'bao'",
    }.items()},
}


def fill(database, articles, rng):
    """As an earlier version leaves it after a while: addresses, visits, articles, revisions, pages, events, deliveries."""
    db = sqlite3.connect(database)
    db.execute("PRAGMA synchronous=OFF")
    db.execute("INSERT INTO sources (name, title, active, last_success_at, chain_head) VALUES ('bao', 'Báo', 1, 7, 'head')")
    source, = db.execute("SELECT row FROM sources WHERE name = 'bao'").fetchone()
    first, = db.execute("SELECT coalesce(max(row), 0) + 1 FROM frontier").fetchone()
    db.execute("INSERT INTO frontier (row, source, url, host, kind, state, discovery, priority, found_at, due_at, last_visit_at, last_success_at) "
               "VALUES (?, ?, 'http://a.test/', 'a.test', 'listing', 'waiting', 'live', 1, 1, 9, 7, 7)", (first, source))
    for number in range(1, articles + 1):
        row, url, seen = first + number, f"http://a.test/tin-tuc/mot-bai-bao-dia-chi-dai-{number:07}.html", 1_700_000_000_000 + number * 60_000
        runs = rng.randrange(4)
        visited = seen + runs * 10 - 5 if runs else None
        db.execute("INSERT INTO frontier (row, source, url, host, kind, state, discovery, priority, found_at, due_at, last_visit_at, last_success_at, "
                   "failures, etag, last_modified, body_sha256, shortcuts, found_on, due_reason) "
                   "VALUES (?, ?, ?, 'a.test', 'article', ?, 'live', ?, ?, ?, ?, ?, ?, ?, 'Tue, 14 Nov 2023 22:13:20 GMT', ?, ?, 'http://a.test/', ?)",
                   (row, source, url, rng.choice(["waiting"] * 9 + ["retired"]), rng.randrange(3), seen, seen + rng.randrange(10**9), visited, visited,
                    rng.randrange(3), f'"{number:x}é"', f"{rng.getrandbits(256):064x}", rng.randrange(9), "by its age"))
        for run in range(runs):
            db.execute("INSERT INTO visits VALUES (?, ?, ?, ?, ?, ?)", (row, seen + run * 10, seen + run * 10 + 5, run + 1,
                                                                        rng.choice(["not_modified", "region_equal"]), ""))
        capture = db.execute("INSERT INTO captures (url, final_url, fetched_at, status, headers, sha256, body) VALUES (?, ?, ?, 200, ?, ?, ?)",
                             (url, url, seen, "Content-Type: text/html\n", "0" * 64, rng.randbytes(2000))).lastrowid
        db.execute("INSERT INTO articles (row, id, source, canonical_url, status, discovery, first_seen_at, last_checked_at, last_shown_at, "
                   "last_changed_at, headline, head_revision, extractor, profile_hash, last_capture, event_sequence) "
                   "VALUES (?, ?, ?, ?, 'live', 'live', ?, ?, ?, ?, 'Một đầu đề', 1, 'x', 'x', ?, 1)", (number, f"{number:032x}", source, url, seen, seen, seen, seen, capture))
        db.execute("INSERT INTO article_urls VALUES (?, ?, ?, ?)", (source, url, number, seen))
        db.execute("INSERT INTO revisions (id, article, number, observed_at, extractor, profile_hash, record, editorial_hash, raw_sha256, capture, change, "
                   "previous_hash, hash) VALUES (?, ?, 1, ?, 'x', 'x', ?, '', '', ?, '{}', '', '')", (f"r{number:031x}", number, seen, '{"headline":"Một đầu đề"}', capture))
        event = db.execute("INSERT INTO events (id, type, source, article, at, sequence, discovery, data) VALUES (?, 'tinwatch.article.published', ?, ?, ?, 1, 'live', '{}')",
                           (f"e{number:031x}", source, number, seen)).lastrowid
        db.execute("INSERT INTO deliveries (id, receiver, team, event, state, created_at, next_at) VALUES (?, 'desk', 'default', ?, ?, ?, ?)",
                   (f"d{number:031x}", event, rng.choice(["delivered"] * 9 + ["pending"]), seen, seen))
    db.commit()
    db.close()


def snapshot(database):
    """What is known, in words that do not depend on the schema."""
    db = sqlite3.connect(database)
    new = db.execute("PRAGMA user_version").fetchone()[0] >= 8
    out = {what: hash(tuple(db.execute(sql[new]))) for what, sql in SAME.items()}
    faults = db.execute("PRAGMA foreign_key_check").fetchall()
    db.close()
    assert not faults, faults
    return out


def schema_of(database):
    db = sqlite3.connect(database)
    schema, = db.execute("PRAGMA user_version").fetchone()
    db.close()
    return schema


class Trial:
    def __init__(self, folder, program):
        self.folder, self.program = folder, program
        self.database = folder / "t.db"
        self.config = folder / "t.yaml"
        self.config.write_text(CONFIG.format(folder=folder, port=free_port()))
        self.log = open(folder / "log", "wb")

    def start(self, **environment):
        return subprocess.Popen([self.program, "run", "--config", self.config], stdout=self.log, stderr=self.log, env={**os.environ, **environment})

    def finish(self, process):
        """Lets it come to the end of its start, and stops it."""
        def ready():
            assert process.poll() is None, (self.folder / "log").read_text()
            return is_ready(self.folder / "t.sock")
        until(ready, "the daemon is ready", max(PATIENCE, 120))
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0

    def restore(self, kept):
        for path in self.folder.glob("t.db*"):
            path.unlink()
        shutil.copy(kept, self.database)

    def run(self, *words, before=()):
        return subprocess.run([*before, self.program, *words, "--config", self.config], capture_output=True, text=True, timeout=max(PATIENCE, 120))

    def refused(self, *words, before=()):
        """Without a change of the database; what is said."""
        held = self.database.read_bytes()
        run = self.run(*words, before=before)
        said = [line for line in run.stderr.splitlines() if "tinwatch starts" not in line]
        assert run.returncode == 3 and len(said) == 1, run
        assert self.database.read_bytes() == held
        return run.stderr


def try_the_way_back(trial, kept, copy, before):
    """A copy that cannot be made, a database that is too new, and the return to the copy."""
    trial.restore(kept)
    copy.unlink()
    no_room = ["prlimit", f"--fsize={kept.stat().st_size // 2}", "env", "--ignore-signal=XFSZ"]
    assert "--without-backup" in trial.refused("run", before=no_room)
    assert not copy.exists() and not pathlib.Path(f"{copy}.partial").exists()
    assert trial.run("db", "migrate", "--without-backup").returncode == 0
    assert not copy.exists()
    trial.restore(kept)
    run = trial.run("db", "migrate")
    assert run.returncode == 0 and str(copy) in run.stdout, run
    db = sqlite3.connect(trial.database)
    db.execute(f"PRAGMA user_version = {schema_of(trial.database) + 1}")
    db.close()
    for words in (("run",), ("db", "migrate"), ("status",)):
        assert f"tinwatch db restore {copy}" in trial.refused(*words), words
    run = trial.run("db", "restore", copy)
    assert run.returncode == 0 and "the next start moves it" in run.stdout, run
    assert snapshot(trial.database) == before
    trial.finish(trial.start())
    assert snapshot(trial.database) == before
    print("refused where the copy cannot be made and where the database is too new; the way back is the copy")


def what_systemd_hears(trial):
    """The messages of a start, up to the one that it is ready."""
    place = trial.folder / "notify"
    place.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
        notify.bind(str(place))
        notify.settimeout(max(PATIENCE, 120))
        process = trial.start(NOTIFY_SOCKET=str(place))
        heard = []
        while not heard or "READY=1" not in heard[-1]:
            heard.append(notify.recv(4096).decode())
        trial.finish(process)
    return heard


def try_the_extension(trial, kept):
    """systemd waits for as long as the database is being moved, and not otherwise."""
    trial.restore(kept)
    first, *rest = what_systemd_hears(trial)
    assert first == "EXTEND_TIMEOUT_USEC=300000000\nSTATUS=moving the database to this version's schema", first
    assert rest[-1].startswith("READY=1\nSTATUS=watching"), rest
    again = what_systemd_hears(trial)
    assert len(again) == 1, again
    print("while the database is moved systemd is asked for time, and only then")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--earlier", type=pathlib.Path, metavar="PROGRAM", help="makes the database; else the store's tests do")
    parser.add_argument("-v", action="store_true", help="accepted from CTest")
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="tinwatch-migration-"))
    try:
        kept = folder / "kept.db"
        if arguments.earlier:
            earlier = Trial(folder, arguments.earlier)
            earlier.finish(earlier.start())
            (folder / "t.db").rename(kept)
        else:
            subprocess.run([TESTS_BIN / "tinwatch_storage_tests", "--gtest_filter=KeptDatabase.*", "--gtest_brief=1"], check=True, stdout=subprocess.DEVNULL,
                           env={"TINWATCH_KEPT_DATABASE": str(kept), "TINWATCH_KEPT_SCHEMA": "6"})
        fill(kept, arguments.articles, rng)
        before = snapshot(kept)
        trial = Trial(folder, BIN / "tinwatch")
        trial.restore(kept)
        begun = time.monotonic()
        trial.finish(trial.start())
        took = time.monotonic() - begun
        copy = folder / f"t.schema-{schema_of(kept)}.db"
        assert snapshot(copy) == before, "the copy from before"
        after = snapshot(folder / "t.db")
        assert after == before, [what for what in before if before[what] != after[what]]
        print(f"{arguments.articles:,} articles, {kept.stat().st_size / 1e6:.0f} MB: migrated and ready in {took:.1f} s")
        halfway = 0
        for kill in range(arguments.kills):
            trial.restore(kept)
            process = trial.start()
            kill_after(process, rng.uniform(0, took))
            halfway += schema_of(trial.database) < 8  # not read-only: what a killed process left is rolled back first
            trial.finish(trial.start())
            assert snapshot(folder / "t.db") == before, f"kill {kill + 1} of seed {arguments.seed}"
            assert snapshot(copy) == before, f"the copy, kill {kill + 1} of seed {arguments.seed}"
            assert not pathlib.Path(f"{copy}.partial").exists()
        print(f"killed {arguments.kills} times, {halfway} times before the end of the migration: nothing was lost")
        try_the_extension(trial, kept)
        try_the_way_back(trial, kept, copy, before)
        return 0
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
