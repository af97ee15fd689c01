"""A reload while the store, the file or a port is not as it should be: whole or not at all, whoever asks for it."""
import contextlib
import itertools
import signal
import socket
import sqlite3
import subprocess
import unittest

from harness import EndToEnd, receiver, until, watching

ROUTE = "routes:\n  - {match: {type: 'tinwatch.article.*'}, receivers: [sink]}\n"


class Faults(EndToEnd):
    def setUp(self):
        super().setUp()
        self.hook = self.sink()
        self.good = watching(self.newsroom, poll="1h", recheck="1h", extra=receiver(self.hook), tail=ROUTE)
        self.silent = watching(self.newsroom, poll="1h", recheck="1h")  # tells nobody
        self.disk = self.small_disk()
        self.subject = self.daemon(self.good)
        self.subject.database = self.disk / "tinwatch.db"
        self.subject.write(self.good)
        self.subject.start()
        self.wait_for_baseline(self.subject)

    def small_disk(self):
        """A disk of its own for the database, which can really be full; where none can be mounted, a folder that cannot."""
        disk = self.folder / "disk"
        disk.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "none", disk], capture_output=True, text=True, check=False)
        self.is_small = mounted.returncode == 0
        if self.is_small:
            self.addCleanup(subprocess.run, ["umount", "--lazy", disk], check=True)
        else:
            print(f"no disk of its own here ({mounted.stderr.strip()}): a full one is a refusal", flush=True)
        return disk

    # What is wrong while the reload is asked for; each gives how the reload ends.

    @contextlib.contextmanager
    def locked(self):
        self.subject.write(self.silent)
        lock = sqlite3.connect(self.subject.database, isolation_level=None)
        try:
            lock.execute("BEGIN IMMEDIATE")
            yield "store"
        finally:
            lock.close()

    def refusing(self, message):
        """The store refuses what a reload writes, as SQLite words it."""
        self.subject.write(self.silent)
        with sqlite3.connect(self.subject.database, timeout=30) as db:
            db.execute(f"CREATE TRIGGER refusal BEFORE UPDATE ON sources BEGIN SELECT RAISE(ABORT, '{message}'); END")
        db.close()
        try:
            yield "store"
        finally:
            with sqlite3.connect(self.subject.database, timeout=30) as db:
                db.execute("DROP TRIGGER refusal")
            db.close()

    @contextlib.contextmanager
    def full(self):
        if not self.is_small:
            yield from self.refusing("database or disk is full")
            return
        self.subject.write(self.silent)
        filler = self.disk / "filler"
        try:
            with open(filler, "wb", buffering=0) as file:
                for size in (1 << 20, 1 << 12):
                    with contextlib.suppress(OSError):  # no space left on device
                        while True:
                            file.write(bytes(size))
            yield "store"
        finally:
            filler.unlink()

    @contextlib.contextmanager
    def read_only(self):
        yield from self.refusing("attempt to write a readonly database")

    @contextlib.contextmanager
    def bad_file(self):
        self.subject.write(self.silent + "surplus: true\n")
        yield "file"

    @contextlib.contextmanager
    def taken_port(self):
        """Ports do not reload: the listener stays where it is, and the rest is put in force."""
        taken = socket.create_server(("127.0.0.1", 0))
        try:
            port = taken.getsockname()[1]
            self.subject.write(self.good)
            text = self.subject.config.read_text().replace(f"127.0.0.1:{self.subject.port}", f"127.0.0.1:{port}")
            self.subject.config.write_text(text)
            yield "none"
        finally:
            taken.close()

    # Who asks; each says how it was answered.

    def lines(self):
        log = self.subject.log.read_text(errors="replace")
        return log.count("configuration not reloaded"), log.count("configuration reloaded")

    def by_command(self, before):
        return {0: "none", 2: "file", 3: "store"}[self.subject.run("reload").returncode]

    def by_signal(self, before):
        self.subject.process.send_signal(signal.SIGHUP)
        until(lambda: self.lines() != before, "the signal is answered in the log")
        last = [line for line in self.subject.log.read_text(errors="replace").splitlines() if "configuration not reloaded" in line]
        if self.lines()[0] == before[0]:
            return "none"
        return "store" if "cannot be written" in last[-1] else "file"

    def by_post(self, before):
        with socket.socket(socket.AF_UNIX) as door:
            door.settimeout(60)
            door.connect(str(self.subject.socket))
            door.sendall(b"POST /-/reload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            answer = b""
            while b"\r\n" not in answer:
                answer += door.recv(4096)
        return {b"200": "none", b"500": "file", b"503": "store"}[answer.split()[1]]

    def test_each_fault_by_each_way(self):
        faults = (self.locked, self.full, self.read_only, self.bad_file, self.taken_port)
        ways = (self.by_command, self.by_signal, self.by_post)
        for fault, way in itertools.product(faults, ways):
            with self.subTest(fault=fault.__name__, way=way.__name__):
                before = self.lines()
                with fault() as expected:
                    self.assertEqual(way(before), expected)
                    page = self.subject.get("/metrics")[2].decode()
                    self.assertIn(f"tinwatch_config_last_reload_successful {1 if expected == 'none' else 0}", page)
                    self.assertIn('tinwatch_outbox_pending{receiver="sink"}', page, "the configuration in force names it")
                refused, done = self.lines()
                self.assertEqual((refused - before[0], done - before[1]), (0, 1) if expected == "none" else (1, 0), "one line each")
                told = len(self.hook.requests)
                while self.newsroom.step()["type"] != "published":
                    pass
                self.assertEqual(self.subject.run("recheck", "newsroom").returncode, 0)
                until(lambda: len(self.hook.requests) > told, "deliveries go on")
                self.subject.write(self.good)
        self.assertEqual(self.subject.run("reload").returncode, 0)
        self.assertEqual(self.subject.stop()[0], 0)


if __name__ == "__main__":
    unittest.main()
