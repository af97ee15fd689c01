"""What people judged of hits, as cases: a query that was changed is held against them, by command and in the API."""
import contextlib
import json
import signal
import socket
import time
import unittest

from fake_daemon import FakeDaemon, problem
from harness import PATIENCE, EndToEnd, http_request, until, watching

QUERY = "'\"cứu hộ đường thủy\" OR thủy'"


def watches(query):
    return f"watches:\n  - {{name: rescue, query: {query}}}\n"


class WatchCases(EndToEnd):
    def setUp(self):
        super().setUp()
        self.judged = self.started(watching(self.newsroom, tail=watches(QUERY)))
        self.wait_for_baseline(self.judged)
        self.hits = []
        for _ in range(20):
            self.play(self.judged)
            self.hits = json.loads(self.judged.get("/api/v1/hits?watch=rescue")[2])["items"]
            if len(self.hits) >= 1:
                break
        self.assertGreaterEqual(len(self.hits), 1)

    def judge(self, verdict):
        body = json.dumps({"ids": [self.hits[-1]["id"]], "verdict": verdict}).encode()
        self.assertEqual(http_request(self.judged.port, "POST", "/api/v1/hits:triage", {}, body)[0], 200)

    def outcome(self, *name):
        done = self.judged.run("watches", "test", *name)
        return done.returncode, done.stdout.splitlines(), done.stderr.strip()

    def test_a_verdict_that_the_query_does_not_do_as_asked_is_a_line(self):
        hit = self.hits[-1]
        self.assertEqual(self.outcome(), (0, [], "0 verdicts, 0 contradicted, in 1 watches"))
        self.judge("relevant")
        self.assertEqual(self.outcome("rescue"), (0, [], "1 verdicts, 0 contradicted, in 1 watches"))
        self.assertEqual(self.judged.run("check").stderr, "")

        self.judge("irrelevant")
        code, lines, err = self.outcome()
        self.assertEqual((code, len(lines), err), (1, 1, "1 verdicts, 1 contradicted, in 1 watches"))
        self.assertRegex(lines[0], rf"^rescue: hits what is irrelevant: .+ \(newsroom, revision {hit['revision']}, hit {hit['id']}\)$")
        shown = json.loads(self.judged.get("/api/v1/watches/rescue")[2])
        self.assertEqual(shown["cases"], {"tested": 1, "contradicted": [hit["id"]]})
        checked = self.judged.run("check")
        self.assertEqual(checked.returncode, 0)
        self.assertIn("warning: watches: rescue: does not do as 1 of 1 verdicts ask; 'tinwatch watches test rescue' names them", checked.stderr)

        # The file says otherwise now: it is tried before the daemon takes it, and without one.
        self.judged.write(watching(self.newsroom, tail=watches("nothing-of-that")))
        self.assertEqual(self.outcome()[0], 0)
        self.judge("relevant")
        self.judged.stop()
        code, lines, _ = self.outcome()
        self.assertEqual(code, 1)
        self.assertIn("rescue: hits no more what is relevant: ", lines[0])

    def test_a_daemon_that_does_not_answer_keeps_nobody_from_a_check(self):
        self.judge("irrelevant")
        self.judged.process.send_signal(signal.SIGSTOP)
        self.addCleanup(self.judged.process.send_signal, signal.SIGCONT)
        self.checked_quietly()

    def test_nor_does_one_that_lets_nobody_in(self):
        self.judged.stop()
        self.judged.socket.unlink(missing_ok=True)
        with contextlib.ExitStack() as kept:
            door = kept.enter_context(socket.socket(socket.AF_UNIX))
            door.bind(str(self.judged.socket))
            door.listen(1)
            with self.assertRaises(BlockingIOError):
                for _ in range(100):
                    one = kept.enter_context(socket.socket(socket.AF_UNIX))
                    one.setblocking(False)
                    one.connect(str(self.judged.socket))
            self.checked_quietly()

    def checked_quietly(self):
        begun = time.monotonic()
        checked = self.judged.run("check")
        self.assertEqual((checked.returncode, checked.stderr), (0, ""))
        self.assertIn("is valid: 1 sources, 1 watches", checked.stdout)
        self.assertLess(time.monotonic() - begun, PATIENCE)

    def test_the_troubles_of_a_daemon_are_none_of_the_file(self):
        self.judged.stop()
        for status in (400, 403, 404, 500, 503):
            fake = FakeDaemon(self.judged.socket, problem(status, "another trouble"))
            self.checked_quietly()
            self.assertGreaterEqual(len(fake.asked), 1)
            fake.close()

    def test_a_watch_that_was_made_in_the_daemon_is_tried_too(self):
        body = json.dumps({"name": "own", "query": "quân"}).encode()
        self.assertEqual(http_request(self.judged.port, "POST", "/api/v1/watches", {}, body)[0], 201)
        self.assertEqual(self.outcome("own"), (0, [], "0 verdicts, 0 contradicted, in 1 watches"))
        self.assertEqual(self.outcome("gone")[0], 2)
        until(lambda: self.outcome()[2].endswith("in 2 watches"), "both are tried")


if __name__ == "__main__":
    unittest.main(verbosity=2)
