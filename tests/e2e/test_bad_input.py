"""Bad input gets one clear line (where, what, what to do) and the right exit status, and damages nothing."""
import hashlib
import os
import pathlib
import socket
import sqlite3
import subprocess
import unittest

from harness import ROOT, EndToEnd, until, watching


class BadConfiguration(EndToEnd):
    def fault(self, text, *expected, status=2):
        daemon = self.daemon(text)
        run = subprocess.run([daemon.binary, "run", "--config", daemon.config], capture_output=True, text=True, timeout=30)
        self.assertEqual(run.returncode, status, run.stderr)
        lines = run.stderr.splitlines()
        self.assertEqual(len(lines), 1, run.stderr)
        for part in expected:
            self.assertIn(part, lines[0])
        self.assertEqual(run.stdout, "")

    def test_unknown_key(self):
        self.fault("sorces: []\n", "tinwatch.yaml:3:1:", "unknown key 'sorces'")

    def test_yaml_error(self):
        self.fault("sources: [\n  - {name: a\n", "tinwatch.yaml:", "illegal block entry", "look at the brackets")

    def test_duplicate_key(self):
        self.fault("timezone: UTC\ntimezone: UTC\n", "tinwatch.yaml:4:1:", "stands twice")

    def test_wrong_type(self):
        self.fault("fetch: {timeout: soon}\n", "tinwatch.yaml:3:18:", "90s")

    def test_missing_contact(self):
        self.fault('sources: [{name: a, start: ["https://example.org/"]}]\n', "tinwatch.yaml:3:11:", "fetch.contact")

    def test_missing_profile(self):
        self.fault('sources: [{name: a, profile: nothing, start: ["http://127.0.0.1/"]}]\n', "profile 'nothing' not found")

    def test_bad_query(self):
        self.fault("watches: [{name: w, query: '(a OR'}]\n", "tinwatch.yaml:3:28:", "query: line 1, column 4: nothing behind 'OR'")

    def test_check_finds_every_fault(self):
        daemon = self.daemon("timezone: Mars/Olympus\nfetch: {max_body: 1B}\nwatches: [{name: Bad Name, query: a}]\n")
        check = daemon.run("check")
        self.assertEqual(check.returncode, 2)
        self.assertEqual(len(check.stdout.splitlines()), 3, check.stdout)

    def test_shipped_configurations_are_valid(self):
        for name in ("tinwatch.yaml", "reference.yaml"):
            check = subprocess.run([self.daemon("").binary, "check", "--config", ROOT / "config" / name], capture_output=True, text=True)
            self.assertEqual(check.returncode, 0, check.stdout)

    def test_secret_is_never_shown(self):
        secret = self.folder / "short.secret"
        secret.write_text("whsec_c2hvcnQ=\n")
        self.fault('receivers: [{name: r, webhook: {url: "https://127.0.0.1/", secret_files: ["short.secret"]}}]\n', "short.secret", "24 to 64 random bytes")
        run = self.daemon('receivers: [{name: r, webhook: {url: "https://127.0.0.1/", secret_files: ["short.secret"]}}]\n').run("check")
        self.assertNotIn("c2hvcnQ", run.stdout + run.stderr)


class BadSurroundings(EndToEnd):
    def one_line(self, daemon, status, *expected):
        run = subprocess.run([daemon.binary, "run", "--config", daemon.config], capture_output=True, text=True, timeout=30)
        self.assertEqual(run.returncode, status, run.stderr)
        errors = [line for line in run.stderr.splitlines() if " info: " not in line]
        self.assertEqual(len(errors), 1, run.stderr)
        for part in expected:
            self.assertIn(part, errors[0])

    def test_database_from_a_newer_version(self):
        daemon = self.daemon(watching(self.newsroom))
        with sqlite3.connect(daemon.database) as db:
            db.execute("PRAGMA user_version = 99")
        db.close()
        before = hashlib.sha256(daemon.database.read_bytes()).hexdigest()
        self.one_line(daemon, 3, str(daemon.database), "newer tinwatch (schema 99", "restore a backup")
        self.assertEqual(hashlib.sha256(daemon.database.read_bytes()).hexdigest(), before)
        self.assertEqual(daemon.run("articles").returncode, 3)

    def test_not_a_database(self):
        daemon = self.daemon(watching(self.newsroom))
        daemon.database.write_bytes(b"This is a diary, not a database. " * 100)
        before = daemon.database.read_bytes()
        self.one_line(daemon, 3, str(daemon.database), "file is not a database")
        self.assertEqual(daemon.database.read_bytes(), before)

    def test_unwritable_directory(self):
        daemon = self.daemon(watching(self.newsroom))
        daemon.database = pathlib.Path("/proc/tinwatch/tinwatch.db")
        daemon.write(watching(self.newsroom))
        self.one_line(daemon, 3, "/proc/tinwatch/tinwatch.db", "cannot write here", "give the directory to the user")

    def test_port_in_use(self):
        daemon = self.daemon(watching(self.newsroom))
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", daemon.port))
            taken.listen()
            self.one_line(daemon, 3, f"127.0.0.1:{daemon.port}", "Address already in use", "http.listen")

    def test_two_daemons_on_one_database(self):
        first = self.started(watching(self.newsroom))
        second = self.daemon(watching(self.newsroom))
        self.one_line(second, 3, str(first.database), "another tinwatch uses this database")
        first.write(watching(self.newsroom))
        self.assertEqual(first.get("/-/ready")[0], 200)

    def test_usage(self):
        daemon = self.daemon(watching(self.newsroom))
        for arguments in (["bogus"], ["show"], ["articles", "--limit", "0"], ["diff", "x", "--format", "pdf"]):
            run = subprocess.run([daemon.binary, *arguments], capture_output=True, text=True)
            self.assertEqual(run.returncode, 2, arguments)
            self.assertEqual(run.stdout, "")
        self.assertEqual(subprocess.run([daemon.binary, "--version"], capture_output=True).returncode, 0)
        self.assertEqual(daemon.run("recheck", "newsroom").returncode, 3, "no daemon runs")


class Private(EndToEnd):
    def test_addresses_that_are_not_public_are_refused(self):
        """Without allow_networks loopback is not asked, not even for robots.txt."""
        text = watching(self.newsroom).replace('    allow_networks: ["127.0.0.0/8"]\n', "")
        daemon = self.started(text)
        until(lambda: daemon.count("SELECT count(*) FROM checks WHERE failures > 0") == 1, "the visit failed")
        until(lambda: "not on the public internet" in daemon.log.read_text(), "the log says why")
        self.assertEqual(self.newsroom.log(), [])

    def test_proxy_variables_are_ignored(self):
        os.environ["http_proxy"] = "http://127.0.0.1:1/"
        self.addCleanup(os.environ.pop, "http_proxy")
        daemon = self.started(watching(self.newsroom))
        self.wait_for_baseline(daemon)


if __name__ == "__main__":
    unittest.main()
