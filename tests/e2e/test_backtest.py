"""A watch asked of what is stored: with the daemon running and without, and what `check` says of one that hits too often."""
import json
import unittest

from harness import EndToEnd, until

CONFIG = """\
fetch: {{timeout: 10s, per_host: {{connections: 1, delay: 1ms}}}}
sources:
  - {{name: one, profile: newsroom, start: ["{origin}/"], poll: 100ms, recheck: 100ms, allow_networks: ["127.0.0.0/8"]}}
watches:
  - {{name: much, query: "/./", include: [baseline]}}
"""


class Backtest(EndToEnd):
    def test_history_is_asked_again_and_fires_nothing(self):
        daemon = self.started(CONFIG.format(origin=self.newsroom.origin))
        until(lambda: daemon.count("SELECT count(*) FROM articles") == 8, "the site is read")
        self.newsroom.step()
        self.newsroom.step()
        until(lambda: daemon.count("SELECT count(*) FROM articles") == 10, "two new pieces")
        step = self.newsroom.step()
        self.assertEqual(step["type"], "revised")
        until(lambda: daemon.event_count("revised", step["id"]) == 1, "the edit is seen")
        events = daemon.count("SELECT count(*) FROM events")

        def asked(*words):
            run = daemon.run("backtest", *words, "--format", "json")
            self.assertEqual(run.returncode, 0, run.stderr)
            return [json.loads(line) for line in run.stdout.splitlines()], run.stderr

        every, summary = asked("--query", "/./", "--baseline")
        self.assertEqual(len([one for one in every if one["transition"] == "appeared"]), 10)
        self.assertIn("hits in 11 revisions", summary)
        live, _ = asked("--query", "/./")
        self.assertLess(len(live), len(every), "the first sweep is told to nobody")
        watched, _ = asked("--watch", "much")
        self.assertEqual(watched, every, "as the watch says itself")
        self.assertTrue(all(one["hits"][0]["sentence"] for one in every))
        none, _ = asked("--query", "/./", "--since", "2999-01-01", "--baseline")
        self.assertEqual(none, [])
        text = daemon.run("backtest", "--query", "/./", "--baseline").stdout
        self.assertIn("appeared", text)
        self.assertEqual(daemon.count("SELECT count(*) FROM events"), events, "nothing was told")
        wrong = daemon.run("backtest", "--query", "a AND")
        self.assertEqual(wrong.returncode, 2)
        self.assertIn("nothing behind 'AND'", wrong.stderr)
        self.assertEqual(daemon.run("backtest", "--watch", "nobody").returncode, 2)

        daemon.stop()
        stopped, _ = asked("--watch", "much")
        self.assertEqual(stopped, every, "without the daemon")

    def test_check_warns_of_what_is_asked_of_every_text(self):
        daemon = self.started(CONFIG.format(origin=self.newsroom.origin))
        check = daemon.run("check")
        self.assertEqual(check.returncode, 0, check.stderr)
        self.assertIn("asked of every text", check.stderr)


if __name__ == "__main__":
    unittest.main()
