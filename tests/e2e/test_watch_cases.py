"""What people judged of hits, as cases: a query that was changed is held against them, by command and in the API."""
import json
import unittest

from harness import EndToEnd, http_request, until, watching

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

    def tested(self, *name):
        done = self.judged.run("watches", "test", *name)
        return done.returncode, done.stdout.splitlines(), done.stderr.strip()

    def test_a_verdict_that_the_query_does_not_do_as_asked_is_a_line(self):
        hit = self.hits[-1]
        self.assertEqual(self.tested(), (0, [], "0 verdicts, 0 contradicted, in 1 watches"))
        self.judge("relevant")
        self.assertEqual(self.tested("rescue"), (0, [], "1 verdicts, 0 contradicted, in 1 watches"))
        self.assertEqual(self.judged.run("check").stderr, "")

        self.judge("irrelevant")
        code, lines, err = self.tested()
        self.assertEqual((code, len(lines), err), (1, 1, "1 verdicts, 1 contradicted, in 1 watches"))
        self.assertRegex(lines[0], rf"^rescue: hits what is irrelevant: .+ \(newsroom, revision {hit['revision']}, hit {hit['id']}\)$")
        shown = json.loads(self.judged.get("/api/v1/watches/rescue")[2])
        self.assertEqual(shown["cases"], {"tested": 1, "contradicted": [hit["id"]]})
        checked = self.judged.run("check")
        self.assertEqual(checked.returncode, 0)
        self.assertIn("warning: watches: rescue: does not do as 1 of 1 verdicts ask; 'tinwatch watches test rescue' names them", checked.stderr)

        # The file says otherwise now: it is tried before the daemon takes it, and without one.
        self.judged.write(watching(self.newsroom, tail=watches("nothing-of-that")))
        self.assertEqual(self.tested()[0], 0)
        self.judge("relevant")
        self.judged.stop()
        code, lines, _ = self.tested()
        self.assertEqual(code, 1)
        self.assertIn("rescue: hits no more what is relevant: ", lines[0])

    def test_a_watch_that_was_made_in_the_daemon_is_tried_too(self):
        body = json.dumps({"name": "own", "query": "quân"}).encode()
        self.assertEqual(http_request(self.judged.port, "POST", "/api/v1/watches", {}, body)[0], 201)
        self.assertEqual(self.tested("own"), (0, [], "0 verdicts, 0 contradicted, in 1 watches"))
        self.assertEqual(self.tested("gone")[0], 2)
        until(lambda: self.tested()[2].endswith("in 2 watches"), "both are tried")


if __name__ == "__main__":
    unittest.main(verbosity=2)
