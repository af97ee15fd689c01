"""One text at two sources: who had it first, which copies exist, and what happens when one is edited."""
import json
import unittest

from harness import EndToEnd, until

CONFIG = """\
fetch: {{timeout: 10s, per_host: {{connections: 1, delay: 1ms}}}}
sources:
  - {{name: one, profile: newsroom, start: ["{origin}/"], poll: 100ms, recheck: 100ms, allow_networks: ["127.0.0.0/8"]}}
  - {{name: two, profile: newsroom, start: ["{origin}/rss/tin-moi.rss"], poll: 100ms, recheck: 100ms, allow_networks: ["127.0.0.0/8"]}}
"""


class Copies(EndToEnd):
    def test_copies_find_each_other_and_an_edit_of_one_names_the_others(self):
        # Two sources that read one site have each of its pieces twice.
        daemon = self.started(CONFIG.format(origin=self.newsroom.origin))
        until(lambda: daemon.count("SELECT count(*) FROM articles") == 16, "both sources are read")
        pairs = daemon.count("SELECT count(*) FROM (SELECT story FROM articles WHERE story IS NOT NULL GROUP BY story HAVING count(*) = 2)")
        self.assertEqual(pairs, daemon.count("SELECT count(*) FROM signatures") / 2, "each piece that is long enough has its copy")
        self.assertGreater(pairs, 0)
        self.assertEqual(daemon.count("SELECT count(*) FROM articles a JOIN articles b ON a.story = b.story AND a.headline <> b.headline"), 0)

        self.newsroom.step()
        self.newsroom.step()
        until(lambda: daemon.count("SELECT count(*) FROM articles") == 20, "two new pieces, at both")
        step = self.newsroom.step()
        self.assertEqual(step["type"], "revised")
        until(lambda: daemon.event_count("revised", step["id"]) == 2, "the edit is seen at both")
        rows = daemon.rows("SELECT e.data FROM events e JOIN articles a ON a.row = e.article WHERE e.type = 'tinwatch.story.edited' AND a.identifier = ?",
                           step["id"])
        self.assertEqual(len(rows), 2)
        data = json.loads(rows[0][0])
        self.assertEqual({copy["source"] for copy in data["copies"]}, {"one", "two"})
        self.assertIn("class", data["change"])

        shown = daemon.run("show", data["article"]["id"]).stdout
        self.assertIn("first by", shown)
        self.assertIn("also by", shown)


if __name__ == "__main__":
    unittest.main()
