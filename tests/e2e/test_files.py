"""Files that are no files, secrets that everybody can read, a database that nobody else can."""
import os
import socket
import stat
import subprocess
import unittest

from harness import SECRET, EndToEnd, watching


class Files(EndToEnd):
    receiver = 'receivers: [{name: r, webhook: {url: "https://127.0.0.1/", secret_files: ["other.secret"]}}]\n'

    def odd_files(self, path):
        """Puts one thing after the other at `path` that is no file, and names it."""
        path.mkdir()
        yield "a directory"
        path.rmdir()
        os.mkfifo(path)
        yield "a FIFO"
        path.unlink()
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(str(path))
            yield "a socket"
        path.unlink()
        path.symlink_to("/dev/zero")
        yield "a device"
        path.unlink()

    def refused(self, daemon, path, kind):
        for command in ("check", "run"):
            run = subprocess.run([daemon.binary, command, "--config", daemon.config], capture_output=True, text=True, timeout=20)
            self.assertEqual(run.returncode, 2, run.stdout + run.stderr)
            said = run.stdout if command == "check" else run.stderr
            self.assertEqual(len(said.splitlines()), 1, said)
            self.assertIn(f"{path}: is {kind}, not a file", said)

    def test_a_secret_that_is_no_file(self):
        daemon = self.daemon(self.receiver)
        path = self.folder / "other.secret"
        for kind in self.odd_files(path):
            with self.subTest(kind):
                self.refused(daemon, path, kind)

    def test_a_configuration_that_is_no_file(self):
        daemon = self.daemon("")
        daemon.config.unlink()
        for kind in self.odd_files(daemon.config):
            with self.subTest(kind):
                self.refused(daemon, daemon.config, kind)

    def test_a_profile_that_is_no_file(self):
        daemon = self.daemon('sources: [{name: a, profile: odd, start: ["http://127.0.0.1/"]}]\n')
        path = self.folder / "profiles/odd.yaml"
        for kind in self.odd_files(path):
            with self.subTest(kind):
                self.refused(daemon, path, kind)

    def test_a_reload_onto_a_fifo_does_not_wait(self):
        daemon = self.started(watching(self.newsroom))
        daemon.config.rename(self.folder / "kept.yaml")
        os.mkfifo(daemon.config)
        kept = ["--config", self.folder / "kept.yaml"]
        run = subprocess.run([daemon.binary, "reload", *kept], capture_output=True, text=True, timeout=20)
        self.assertEqual(run.returncode, 2, run.stderr)
        self.assertIn("is a FIFO, not a file", run.stderr)
        self.assertEqual(daemon.get("/-/healthy")[0], 200, "it goes on")
        status, _, why = daemon.get("/-/ready")
        self.assertEqual(status, 503)
        self.assertIn(b"the one before is in force", why)

    def test_a_secret_that_others_can_read_is_warned_of(self):
        daemon = self.daemon(watching(self.newsroom) + self.receiver)
        secret = self.folder / "other.secret"
        secret.write_text(SECRET + "\n")
        secret.chmod(0o644)
        check = daemon.run("check")
        self.assertEqual(check.returncode, 0, check.stderr)
        self.assertIn(" is valid: ", check.stdout)
        self.assertRegex(check.stderr, rf"^{daemon.config}:\d+:\d+: warning: receivers.webhook: {secret} can be read by every user")
        self.assertEqual(len(check.stderr.splitlines()), 1, check.stderr)
        self.assertNotIn("MfKQ9r8", check.stdout + check.stderr)
        daemon.start()
        self.assertIn(f"warning: receivers.webhook: {secret} can be read by every user", daemon.log.read_text())
        daemon.stop()
        secret.chmod(0o640)
        self.assertEqual(daemon.run("check").stderr, "")

    def test_a_range_that_opens_everything_is_warned_of(self):
        daemon = self.daemon(watching(self.newsroom).replace("127.0.0.0/8", "0.0.0.0/0"))
        check = daemon.run("check")
        self.assertEqual(check.returncode, 0)
        self.assertIn("warning: sources: allow_networks: 0.0.0.0/0 is wider than any private range", check.stderr)

    def test_the_database_is_private_by_itself(self):
        before = os.umask(0)
        self.addCleanup(os.umask, before)
        daemon = self.started(watching(self.newsroom))
        self.wait_for_baseline(daemon)
        for suffix in ("", "-wal", "-shm", ".lock", ".parsing"):
            file = daemon.database.with_name(daemon.database.name + suffix)
            self.assertEqual(stat.S_IMODE(file.stat().st_mode), 0o640, file)
        self.assertNotIn("can read the database", daemon.log.read_text())
        daemon.stop()
        daemon.database.chmod(0o644)
        daemon.start()
        self.assertIn("every user of this machine can read the database; chmod 0640", daemon.log.read_text())
        self.assertEqual(stat.S_IMODE(daemon.database.stat().st_mode), 0o644, "what an administrator set stays")


if __name__ == "__main__":
    unittest.main()
