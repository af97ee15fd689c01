"""Every revision is found by its words: by command, API and page, with the daemon and without, and what is gone too."""
import csv
import html
import io
import json
import re
import unittest
import urllib.parse

from harness import EndToEnd, until, watching


class Search(EndToEnd):
    def setUp(self):
        super().setUp()
        self.web = self.started(watching(self.newsroom))
        self.wait_for_baseline(self.web)
        for _ in range(5):
            self.play(self.web)
        self.is_indexed()

    def is_indexed(self):
        until(lambda: self.web.count("SELECT value FROM counters WHERE name = 'text_index'") == self.web.count("SELECT max(row) FROM revisions"),
              "what is stored is in the index")

    def found(self, query, *options):
        run = self.web.run("search", query, "--format", "json", *options)
        self.assertEqual(run.returncode, 0, run.stderr)
        return json.loads(run.stdout)

    def asked(self, target):
        status, _, body = self.web.get(target)
        return status, body.decode()

    def id_of(self, identifier):
        return self.web.rows("SELECT id FROM articles WHERE identifier = ?", identifier)[0][0]

    def test_what_was_edited_is_found_as_it_was_and_as_it_is(self):
        edited = self.id_of("60009")
        old = self.found('"5,4 tỷ đồng"')
        self.assertEqual([(one["id"], one["revision"], one["gone"]) for one in old], [(edited, 1, True)])
        self.assertIn("5,4 tỷ đồng", old[0]["hits"][0]["sentence"])
        new = self.found('"6,1 ty dong"')
        self.assertEqual([(one["id"], one["revision"], one["gone"]) for one in new], [(edited, 2, False)])
        self.assertEqual([one["id"] for one in self.found('"tỷ đồng" body:"5,4"', "--gone")], [edited])
        self.assertEqual(self.found('"6,1 ty dong"', "--gone"), [])
        # The same from the file, when no daemon runs.
        self.web.stop()
        self.assertEqual(self.found('"5,4 tỷ đồng"'), old)

    def test_command_api_and_page_say_the_same(self):
        query = "dân OR nước OR trạm"
        by_command = self.found(query, "--limit", "1000")
        self.assertGreater(len(by_command), 1)
        self.assertEqual(by_command, sorted(by_command, key=lambda one: one["observedAt"], reverse=True))
        rows = list(csv.DictReader(io.StringIO(self.web.run("search", query, "--format", "csv", "--limit", "1000").stdout)))
        self.assertEqual([row["id"] for row in rows], [one["id"] for one in by_command])
        by_api, after = [], None
        while True:
            target = "/api/v1/search?limit=1&q=" + urllib.parse.quote(query) + (f"&after={after}" if after else "")
            status, body = self.asked(target)
            self.assertEqual(status, 200)
            by_api += json.loads(body)["items"]
            after = json.loads(body)["next"]
            if after is None:
                break
        self.assertEqual(by_api, by_command)
        status, page = self.asked("/search?q=" + urllib.parse.quote(query))
        self.assertEqual(status, 200)
        for one in by_command[:20]:
            self.assertIn("/articles/" + one["id"], page)
        self.assertIn("<mark>", page)
        keep = html.unescape(re.search(r'href="(/watches[?][^"]+)"', page)[1])
        self.assertIn(f">{query}</textarea>", self.asked(keep)[1], "the search begins the form of a watch")
        self.assertNotIn("<script>alert", page)

    def test_what_cannot_be_asked_is_refused_in_words(self):
        for query, why in (("", "q must be given"), ("(a", "line 1"), ("added:a", "asks of an edit")):
            status, body = self.asked("/api/v1/search?q=" + urllib.parse.quote(query))
            self.assertEqual(status, 400, body)
            self.assertIn(why, json.loads(body)["detail"])
        self.assertEqual(self.asked("/api/v1/search?q=a&source=none")[0], 404)
        self.assertEqual(self.asked("/api/v1/search?q=a&sort=best")[0], 400)
        status, page = self.asked("/search?q=" + urllib.parse.quote("(a"))
        self.assertEqual(status, 400)
        self.assertIn('role="alert"', page)
        self.assertEqual(self.web.run("search", "(a").returncode, 2)


if __name__ == "__main__":
    unittest.main()
