"""`tinwatch explain` tells a URL's life from the stored facts."""
import json
import unittest

from harness import EndToEnd, until, watching


class Explain(EndToEnd):
    def explain(self, daemon, path, *arguments):
        return daemon.run("explain", self.newsroom.origin + path, *arguments)

    def about(self, daemon, path):
        answered = self.explain(daemon, path, "--format", "json")
        self.assertEqual(answered.returncode, 0, answered.stderr)
        return json.loads(answered.stdout)[0]

    def test_it_tells_where_a_url_was_found_what_came_and_what_comes_next(self):
        daemon = self.started(watching(self.newsroom))
        self.wait_for_baseline(daemon)
        path = self.newsroom.path("60001")
        until(lambda: {v["outcome"] for v in self.about(daemon, path)["visits"]} >= {"new", "not_modified"}, "it was polled")
        known = self.about(daemon, path)
        self.assertEqual(known["foundOn"], self.newsroom.origin + "/")
        self.assertEqual((known["kind"], known["state"], known["discovery"]), ("article", "waiting", "baseline"))
        self.assertEqual(known["dueReason"], "every 150ms (recheck)")
        self.assertEqual(known["article"]["revision"], 1)
        self.assertTrue(known["host"]["robots"]["allowed"])
        text = self.explain(daemon, path).stdout
        for part in ("found", "next", "article", "host", "not_modified"):
            self.assertIn(part, text)

        self.newsroom.misbehave("-0060001s", "hollow", times=100000)
        self.newsroom.control("POST", "/set", validators=0)
        until(lambda: any(v["outcome"] == "revised" for v in self.about(daemon, path)["visits"]), "half a page stays")
        held = [v for v in self.about(daemon, path)["visits"] if v["outcome"] == "held"]
        self.assertIn("most of the text is gone", held[-1]["detail"])

        self.newsroom.misbehave("-0060002s", "status", "404", times=100000)
        gone = self.newsroom.path("60002")
        until(lambda: self.about(daemon, gone)["article"]["status"] == "removed", "a takedown")
        self.assertIn("HTTP status 404", {v.get("detail") for v in self.about(daemon, gone)["visits"]})

        # The same answers come from the file when no daemon runs.
        daemon.stop()
        self.assertEqual(self.about(daemon, gone)["article"]["status"], "removed")

    def test_what_it_does_not_know_it_says_in_one_line(self):
        daemon = self.started(watching(self.newsroom))
        self.wait_for_baseline(daemon)
        answered = self.explain(daemon, "/never-heard-of")
        self.assertEqual((answered.returncode, answered.stdout), (1, ""))
        self.assertIn("no list, feed or sitemap", answered.stderr)
        answered = daemon.run("explain", "not a url")
        self.assertEqual(answered.returncode, 2)
        self.assertEqual(len(answered.stderr.splitlines()), 1)


if __name__ == "__main__":
    unittest.main()
