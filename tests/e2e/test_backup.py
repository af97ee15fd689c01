"""Backups of a daemon at work, and the way back; what kills and a full disk leave."""
import os
import pathlib
import re
import sqlite3
import subprocess
import threading
import time
import unittest

from harness import EndToEnd, kill_after, receiver, seeded, until, watching


def known(database):
    """What must not be lost, by id."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=10) as db:
        rows = {table: set(db.execute(f"SELECT {columns} FROM {table}").fetchall()) for table, columns in
                {"articles": "id, source", "revisions": "id, article, number, hash", "events": "seq, id", "deliveries": "id, event"}.items()}
    db.close()
    return rows


def is_sound(database):
    db = sqlite3.connect(f"file:{database}?immutable=1", uri=True)
    answer = db.execute("PRAGMA integrity_check").fetchone()
    db.close()
    return answer == ("ok",)


class Backup(EndToEnd):
    def watching_daemon(self):
        self.hook = self.sink()
        daemon = self.started(watching(self.newsroom, extra=receiver(self.hook), tail='routes:\n  - {match: {type: "tinwatch.article.*"}, receivers: [sink]}\n'))
        self.wait_for_baseline(daemon)
        return daemon

    def metric(self, daemon, name):
        return float(re.search(rf"^{name} (\S+)$", daemon.get("/metrics")[2].decode(), flags=re.M)[1])

    def refused(self, daemon, *arguments, status=3):
        """One line, which is returned."""
        run = daemon.run("db", *arguments)
        self.assertEqual((run.returncode, run.stdout, len(run.stderr.splitlines())), (status, "", 1), run)
        return run.stderr

    def grow(self, daemon, megabytes):
        """Pages that no article has."""
        db = sqlite3.connect(daemon.database)
        for _ in range(megabytes):
            db.execute("INSERT INTO captures (url, final_url, fetched_at, status, headers, sha256, body) VALUES ('', '', ?, 200, '', '', ?)",
                       (2 ** 42, os.urandom(1_000_000)))
        db.commit()
        db.close()

    def test_a_backup_of_a_daemon_at_work_is_restored(self):
        daemon = self.watching_daemon()
        self.assertEqual(self.metric(daemon, "tinwatch_backup_last_success_timestamp_seconds"), 0)
        playing, failures = threading.Event(), []

        def play():
            try:
                while not playing.is_set():
                    self.newsroom.step()
                    time.sleep(0.02)
            except Exception as failure:  # the script is at its end
                failures.append(failure)

        player = threading.Thread(target=play)
        player.start()
        for number in range(5):
            before = known(daemon.database)
            file = self.folder / f"copy{number}.db"
            run = daemon.run("db", "backup", file)
            after = known(daemon.database)
            self.assertEqual((run.returncode, run.stderr), (0, ""))
            self.assertRegex(run.stdout, r"^backed up to \S+: [0-9.]+ MB in [0-9.]+ s, read through, schema [0-9]+\nsha256 [0-9a-f]{64}\n$")
            held = known(file)
            for table in before:
                self.assertLessEqual(before[table], held[table], f"{table}: all that was there when it began")
                self.assertLessEqual(held[table], after[table], table)
            self.assertEqual(file.stat().st_mode & 0o777, 0o600)
            check = subprocess.run(["sha256sum", "-c", f"{file.name}.sha256"], cwd=self.folder, capture_output=True, text=True)
            self.assertEqual(check.returncode, 0, check.stderr)
        playing.set()
        player.join()
        self.assertLess(abs(self.metric(daemon, "tinwatch_backup_last_success_timestamp_seconds") - time.time()), 60)
        self.assertIn('backed up', daemon.log.read_text())
        until(lambda: len(known(daemon.database)["events"]) > len(held["events"]) or failures, "the crawl went on")

        self.assertIn("a daemon uses this database", self.refused(daemon, "restore", file))
        daemon.kill()  # a log stays beside the database
        lost = known(daemon.database)
        run = daemon.run("db", "restore", file)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertRegex(run.stderr, r"\Abrowsers are logged out; .* 0 are revoked here, too: .*tinwatch token list.*\n\Z")
        self.assertEqual(known(daemon.database), held)
        aside = pathlib.Path(re.search(r"the database from before is (\S+);", run.stdout)[1])
        self.assertEqual(known(aside), lost, "what was put aside is all of it")
        self.assertEqual(daemon.database.stat().st_mode & 0o777, 0o640)
        daemon.start()
        for table, rows in known(daemon.database).items():
            self.assertLessEqual(held[table], rows)
        self.assertEqual((daemon.run("db", "check").returncode, daemon.run("verify").returncode), (0, 0))
        until(lambda: lost["articles"] and len(known(daemon.database)["articles"]) >= len(lost["articles"]), "what came since is found again")

    def test_copies_that_follow_each_other(self):
        daemon = self.watching_daemon()
        folder = self.folder / "backups"
        self.assertIn("no such directory", self.refused(daemon, "backup", "--directory", folder))
        folder.mkdir()
        for hour in range(3):
            (folder / f"tinwatch-2020010{hour + 1}T000000Z.db").write_text("old")
        (folder / "tinwatch-20200101T000000Z.db.sha256").write_text("old")
        (folder / "tinwatch-20200105T000000Z.db.partial").write_text("of a killed one")
        (folder / "mine.db").write_text("mine")
        run = daemon.run("db", "backup", "--directory", folder, "--keep", "2")
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        self.assertIn("2 older ones removed", run.stdout)
        names = sorted(path.name for path in folder.iterdir())
        new = [name for name in names if not name.startswith("tinwatch-2020") and name != "mine.db"]
        self.assertEqual(names, sorted(["mine.db", "tinwatch-20200103T000000Z.db", *new]))
        self.assertEqual([len(name) for name in new], [len("tinwatch-20200103T000000Z.db"), len("tinwatch-20200103T000000Z.db.sha256")])
        self.assertTrue(is_sound(folder / new[0]))
        # A damaged database gives no backup: nothing old goes for it, and the advice names the newest one.
        self.assertEqual(daemon.stop()[0], 0)
        with open(daemon.database, "r+b") as file:
            file.seek(4096 * 4)
            file.write(b"\x5a" * 4096 * 6)
        said = self.refused(daemon, "backup", "--directory", folder, "--keep", "1")
        self.assertIn(str(daemon.database), said)
        self.assertEqual(sorted(path.name for path in folder.iterdir()), names)
        check = daemon.run("db", "check")
        self.assertEqual(check.returncode, 1)
        self.assertIn("tinwatch db restore", check.stdout)
        self.assertIn(str(folder / new[0]), check.stdout)
        self.assertEqual(daemon.run("db", "restore", folder / new[0]).returncode, 0)
        daemon.start()

    def test_usage(self):
        daemon = self.daemon("")
        self.assertIn("name a file", self.refused(daemon, "backup", status=2))
        self.assertIn("no database yet", self.refused(daemon, "backup", self.folder / "copy.db"))
        self.assertIn("no database yet", self.refused(daemon, "migrate"))
        self.assertIn("no such file", self.refused(daemon, "restore", self.folder / "none.db"))
        self.assertFalse(daemon.database.exists())

    def test_without_a_daemon_the_next_one_knows_of_it(self):
        daemon = self.watching_daemon()
        self.assertEqual(daemon.stop()[0], 0)
        file = self.folder / "copy.db"
        run = daemon.run("db", "backup", file)
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        self.assertIn("--force", self.refused(daemon, "backup", file))
        self.assertEqual(daemon.run("db", "backup", file, "--force").returncode, 0)
        daemon.start()
        self.assertLess(abs(self.metric(daemon, "tinwatch_backup_last_success_timestamp_seconds") - time.time()), 60)

    def test_kills_leave_nothing_half(self):
        rng = seeded()
        daemon = self.watching_daemon()
        self.grow(daemon, 60)
        file = self.folder / "copy.db"
        begun = time.monotonic()
        self.assertEqual(daemon.run("db", "backup", file).returncode, 0)
        took = time.monotonic() - begun
        halfway = 0
        for _ in range(12):
            file.unlink(missing_ok=True)
            process = subprocess.Popen([daemon.binary, "db", "backup", file, "--config", daemon.config], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            kill_after(process, rng.uniform(0, took))
            halfway += pathlib.Path(f"{file}.partial").exists()
            if file.exists():
                self.assertTrue(is_sound(file), "what is in place is whole")
        print(f"killed 12 times, {halfway} times halfway", flush=True)
        self.assertGreater(halfway, 0)
        self.assertEqual(daemon.run("db", "backup", file, "--force").returncode, 0)
        self.assertFalse(pathlib.Path(f"{file}.partial").exists())
        # The same with restores: whatever the moment, the database is the old one or the new one.
        self.assertEqual(daemon.stop()[0], 0)
        before = known(daemon.database)
        for _ in range(12):
            process = subprocess.Popen([daemon.binary, "db", "restore", file, "--config", daemon.config], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            kill_after(process, rng.uniform(0, took))
            self.assertIn(known(daemon.database), (before, known(file)))
            for aside in self.folder.glob("*.before-restore-*"):
                aside.unlink()
        daemon.start()
        self.assertEqual(daemon.run("db", "check").returncode, 0)

    @unittest.skipIf(os.geteuid() != 0, "only root mounts a small file system")
    def test_a_full_disk_is_one_line_and_loses_nothing(self):
        daemon = self.watching_daemon()
        self.grow(daemon, 20)
        small = self.folder / "small"
        small.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", small], check=True)
        self.addCleanup(subprocess.run, ["umount", "-l", small])
        old = small / "copy.db"
        old.write_text("the backup of yesterday")
        self.assertIn("no room", self.refused(daemon, "backup", old, "--force"))
        self.assertIn("no room", self.refused(daemon, "backup", "--directory", small))
        self.assertEqual([path.name for path in small.iterdir()], ["copy.db"])
        self.assertEqual(old.read_text(), "the backup of yesterday")
        # As if the room went while it is used: SQLite's own pwrite meets the end of it.
        limited = ["prlimit", f"--fsize={6 * 1024 * 1024}", "env", "--ignore-signal=XFSZ"]
        run = subprocess.run([*limited, daemon.binary, "db", "backup", self.folder / "copy.db", "--config", daemon.config], capture_output=True, text=True)
        self.assertEqual((run.returncode, len(run.stderr.splitlines())), (3, 1), run.stderr)
        self.assertFalse(list(self.folder.glob("copy.db*")))
        self.assertTrue(self.play(daemon), "the daemon has noticed nothing")
        # A restore into a full disk.
        self.assertEqual(daemon.run("db", "backup", self.folder / "copy.db").returncode, 0)
        self.assertEqual(daemon.stop()[0], 0)
        elsewhere = self.daemon("", folder=small)
        self.assertIn("no room", self.refused(elsewhere, "restore", self.folder / "copy.db"))
        self.assertFalse(elsewhere.database.exists())


if __name__ == "__main__":
    unittest.main()
