"""tinwatch events -f: begins with the last ten, tells what happens as it happens, and goes on where it was when the daemon comes again."""
import json
import queue
import signal
import subprocess
import threading
import unittest

from harness import PATIENCE, EndToEnd, watching


class Follower:
    """The command, and the lines that it prints."""

    def __init__(self, daemon, *arguments):
        self.process = subprocess.Popen([daemon.binary, "events", "-f", *arguments, "--config", daemon.config], stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True)
        self.said = queue.Queue()
        self.complained = queue.Queue()
        for stream, lines in ((self.process.stdout, self.said), (self.process.stderr, self.complained)):
            threading.Thread(target=self.read, args=(stream, lines), daemon=True).start()

    @staticmethod
    def read(stream, lines):
        for line in stream:
            lines.put(line.rstrip("\n"))

    def line(self):
        return self.said.get(timeout=PATIENCE)

    def complaint(self):
        return self.complained.get(timeout=PATIENCE)

    def seqs(self, count):
        return [json.loads(self.line())["seq"] for _ in range(count)]

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()


class Follow(EndToEnd):
    def setUp(self):
        super().setUp()
        self.watched = self.started(watching(self.newsroom))
        self.wait_for_baseline(self.watched)
        for _ in range(12 - self.newest() if self.newest() < 12 else 0):
            self.play(self.watched)

    def newest(self):
        return self.watched.count("SELECT coalesce(max(seq), 0) FROM events")

    def stored(self, after=0):
        return [row[0] for row in self.watched.rows("SELECT seq FROM events WHERE seq > ? ORDER BY seq", after)]

    def follower(self, *arguments):
        follower = Follower(self.watched, *arguments)
        self.addCleanup(follower.close)
        return follower

    def test_it_begins_with_the_last_ten_and_goes_on(self):
        follower = self.follower()
        self.assertEqual(follower.seqs(10), self.stored()[-10:])
        last = self.newest()
        self.play(self.watched)
        told = follower.seqs(1)
        self.assertEqual(told, self.stored(last)[:1])
        follower.process.send_signal(signal.SIGINT)
        self.assertEqual(follower.process.wait(PATIENCE), -signal.SIGINT, "a shell says 130")

    def test_where_it_begins_can_be_said(self):
        self.assertEqual(self.follower("-n", "3").seqs(3), self.stored()[-3:])
        self.assertEqual(self.follower("--since", "2000-01-01").seqs(self.newest()), self.stored())
        heads = self.follower("--format", "csv", "-n", "1")
        self.assertTrue(heads.line().startswith("seq,id,time,type"))
        self.assertEqual(heads.line().split(",")[0], str(self.newest()))

    def test_it_goes_on_where_it_was_when_the_daemon_comes_again(self):
        follower = self.follower()
        told = follower.seqs(10)
        self.watched.stop()
        self.assertIn("no daemon runs any more; waiting for one at", follower.complaint())
        self.watched.start()
        last = self.newest()
        for _ in range(2):
            self.play(self.watched)
        new = self.stored(last)
        self.assertGreaterEqual(len(new), 2)
        told += follower.seqs(len(new))
        self.assertEqual(told, self.stored()[-len(told):], "nothing is lost, and nothing is told twice")
        self.assertIsNone(follower.process.poll())

    def test_without_a_daemon_it_begins_with_what_is_stored(self):
        self.watched.stop()
        follower = self.follower()
        last = self.stored()
        self.assertEqual(follower.seqs(10), last[-10:])
        self.assertIn("no daemon runs, so nothing happens; waiting for one at", follower.complaint())
        self.watched.start()
        self.play(self.watched)
        self.assertEqual(follower.seqs(1), self.stored(last[-1])[:1])

    def test_a_question_that_is_wrong_ends_it(self):
        follower = self.follower("--since", "never")
        self.assertEqual(follower.process.wait(PATIENCE), 2)
        self.assertIn("since must be RFC 3339", follower.complaint())


if __name__ == "__main__":
    unittest.main(verbosity=2)
