"""tinwatch events -f: begins with the last ten, tells what happens as it happens, and goes on where it was when the daemon comes again."""
import json
import queue
import signal
import subprocess
import threading
import unittest

from fake_daemon import FakeDaemon, problem, stream
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

    def test_one_that_waited_is_not_ended_by_a_daemon_that_starts(self):
        self.watched.stop()
        follower = self.follower("-n", "1")
        follower.seqs(1)
        self.assertIn("no daemon runs, so nothing happens", follower.complaint())
        fake = FakeDaemon(self.watched.socket, (500, {}, "no JSON at all"), stream({"seq": 99}))
        self.addCleanup(fake.close)
        self.assertEqual(follower.complaint(), "tinwatch: the daemon answers with status 500; asking again")
        self.assertEqual(follower.seqs(1), [99])
        self.assertEqual({target for target, _, _ in fake.asked[:2]}, {fake.asked[0][0]})
        self.assertIn("after=", fake.asked[0][0])


class InTrouble(EndToEnd):
    """A daemon that is there and does not tell."""

    def follower(self, *answers):
        asked = self.daemon("")
        self.fake = FakeDaemon(asked.socket, *answers)
        self.addCleanup(self.fake.close)
        follower = Follower(asked)
        self.addCleanup(follower.close)
        return follower

    def test_whom_it_told_nothing_yet_it_may_refuse_for_a_while(self):
        full = "1000 others listen, as many as may be"
        follower = self.follower(stream(), problem(503, full, Retry_After="4"), problem(503, full), problem(400, "asked wrongly"))
        self.assertEqual(follower.complaint(), f"tinwatch: {full}; asking again")
        self.assertEqual(follower.process.wait(PATIENCE), 2)
        self.assertEqual(follower.complaint(), "tinwatch: asked wrongly", "what it waits for is said once, and not that none runs")
        times = [when for _, _, when in self.fake.asked]
        self.assertEqual(len(times), 4)
        self.assertGreaterEqual(times[2] - times[1], 3.9, "as Retry-After says")
        self.assertLess(times[3] - times[2], PATIENCE)

    def test_each_trouble_is_said_anew_after_it_told_again(self):
        follower = self.follower(stream({"seq": 1}), problem(503, "full"), stream({"seq": 2}), problem(503, "full again"), stream({"seq": 3}))
        self.assertEqual(follower.seqs(3), [1, 2, 3])
        self.assertEqual([follower.complaint() for _ in range(2)], ["tinwatch: full; asking again", "tinwatch: full again; asking again"])
        self.assertEqual(self.fake.asked[3][1]["last-event-id"], "2")

    def test_the_first_question_that_is_refused_ends_it(self):
        follower = self.follower(problem(503, "full", Retry_After="60"))
        self.assertEqual(follower.process.wait(PATIENCE), 3)
        self.assertEqual(follower.complaint(), "tinwatch: full")


if __name__ == "__main__":
    unittest.main(verbosity=2)
