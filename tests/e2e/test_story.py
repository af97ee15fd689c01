"""The newsroom's whole script, as a user sees it: in the database, the API, the commands, the pages."""
import json
import unittest

from harness import EndToEnd, until, watching


class Story(EndToEnd):
    def test_every_step_is_reported_once_and_nothing_else(self):
        daemon = self.started(watching(self.newsroom, tail="watches:\n  - {name: rescue, query: '\"cứu hộ đường thủy\"', metrics: true}\n"))
        self.wait_for_baseline(daemon)
        self.assertEqual(daemon.count("SELECT count(*) FROM events WHERE discovery <> 'baseline'"), 0, "the first sweep alerts nobody")
        for _ in range(15):
            self.play(daemon)

        steps = self.newsroom.truth()["steps"]
        reported = daemon.rows(
            "SELECT replace(e.type, 'tinwatch.article.', ''), a.identifier FROM events e JOIN articles a ON a.row = e.article "
            "WHERE e.discovery = 'live' AND e.type LIKE 'tinwatch.article.%' AND e.type NOT LIKE '%.missing' ORDER BY e.seq")
        self.assertEqual(reported, [(s["type"], s["id"]) for s in steps])
        # A removal is announced first; the imprint and the related box hold the watched words on every page.
        self.assertEqual(daemon.count("SELECT count(*) FROM events WHERE type = 'tinwatch.article.missing'"), 2)
        self.assertEqual(daemon.rows("SELECT a.identifier, h.transition FROM hits h JOIN articles a ON a.row = h.article ORDER BY h.row"),
                         [("60011", "appeared"), ("60012", "appeared")])
        revisions = dict(daemon.rows("SELECT a.identifier, max(r.number) FROM revisions r JOIN articles a ON a.row = r.article GROUP BY 1"))
        self.assertEqual(revisions, {p["id"]: p["version"] for p in self.newsroom.truth()["pieces"]})

        self.commands(daemon)
        self.api(daemon)
        self.pages(daemon)
        self.assertEqual(daemon.stop()[0], 0)
        # The same questions without a daemon.
        self.commands(daemon)

    def commands(self, daemon):
        rows = json.loads(daemon.run("articles", "--format", "json", "--limit", "1000").stdout)
        by_identifier = {row["article"]["identifier"]: row for row in rows}
        self.assertEqual(len(rows), len(self.newsroom.truth()["pieces"]))
        edited = by_identifier["60009"]
        self.assertEqual(edited["revision"]["number"], 2)
        self.assertIn("notBefore", edited["revision"])
        diff = daemon.run("diff", edited["id"])
        self.assertEqual(diff.returncode, 0, diff.stderr)
        self.assertIn("[-5,4-] {+6,1+}", diff.stdout)
        self.assertIn("dân góp một phần mười", diff.stdout)
        by_url = daemon.run("show", edited["article"]["url"], "--format", "json")
        self.assertEqual(json.loads(by_url.stdout)["id"], edited["id"])
        self.assertEqual(by_identifier["60006"]["status"], "removed")
        self.assertEqual(by_identifier["60003"]["status"], "live")
        moved = by_identifier["60005"]
        self.assertEqual(moved["status"], "live")
        old = json.loads(daemon.run("show", moved["id"], "--revision", "1", "--format", "jsonld").stdout)
        self.assertEqual(old["@type"], "NewsArticle")
        self.assertIn("<h1", daemon.run("show", edited["id"], "--raw").stdout)
        events = [json.loads(line) for line in daemon.run("events").stdout.splitlines()]
        self.assertEqual([e["seq"] for e in events], sorted(e["seq"] for e in events))
        change = next(e for e in events if e["type"].endswith(".revised") and e["subject"] == edited["id"])["data"]["change"]
        self.assertEqual(change["fields"], ["body"])
        self.assertEqual(daemon.run("verify").returncode, 0)
        self.assertEqual(daemon.run("db", "check").returncode, 0)
        self.assertIn("newsroom", daemon.run("sources", "list").stdout)
        self.assertIn("articles", daemon.run("status").stdout)
        self.assertEqual(daemon.run("show", "ffffffff").returncode, 1)
        self.assertEqual(daemon.run("articles", "--since", "yesterdayish").returncode, 2)

    def api(self, daemon):
        first = json.loads(daemon.get("/api/v1/articles?limit=5")[2])
        self.assertEqual(len(first["items"]), 5)
        seen = [item["id"] for item in first["items"]]
        while first["next"]:
            first = json.loads(daemon.get(f"/api/v1/articles?limit=5&after={first['next']}")[2])
            seen += [item["id"] for item in first["items"]]
        self.assertEqual(len(seen), len(set(seen)))
        self.assertEqual(len(seen), len(self.newsroom.truth()["pieces"]))
        status, headers, body = daemon.get(f"/api/v1/articles/{seen[0]}")
        self.assertEqual(status, 200)
        self.assertEqual(json.loads(body)["id"], seen[0])
        revisions = json.loads(daemon.get(f"/api/v1/articles/{seen[-1]}/revisions")[2])
        self.assertEqual(revisions["items"][0]["number"], 1)
        status, headers, body = daemon.get("/api/v1/articles/nothing-like-it")
        self.assertEqual((status, headers["Content-Type"]), (404, "application/problem+json"))
        self.assertEqual(daemon.get("/api/v1/articles?limit=0")[0], 400)
        self.assertEqual(daemon.get("/api/v1/articles", Host="evil.example")[0], 403)
        self.assertEqual(daemon.get("/-/healthy")[0], 200)

    def pages(self, daemon):
        status, headers, body = daemon.get("/")
        self.assertEqual(status, 200)
        self.assertIn("default-src 'none'", headers["Content-Security-Policy"])
        page = body.decode()
        self.assertIn("Xã An Lạc Đông khởi công hồ chứa nước ngọt", page)
        stream = daemon.get("/stream?type=tinwatch.article.revised")[2].decode()
        link = stream.split('">what changed</a>')[0].rsplit('href="', 1)[1].replace("&amp;", "&")
        diff = daemon.get(link)[2].decode()
        self.assertIn("<ins>", diff)
        self.assertNotIn("<script>", page + stream + diff)
        self.hostile(daemon, page)

    def hostile(self, daemon, front):
        """The fourth step makes markup of a headline: it is stored as it is, and shown as text wherever it is shown."""
        headline = "Bến phà Cồn Én bán vé điện tử: \"nhanh\" & 'gọn' <script>alert('vé')</script> \u202e– bớt chờ"
        shown = ("Bến phà Cồn Én bán vé điện tử: &quot;nhanh&quot; &amp; &#39;gọn&#39; "
                 "&lt;script&gt;alert(&#39;vé&#39;)&lt;/script&gt; \u202e– bớt chờ")
        article = daemon.count("SELECT id FROM articles WHERE identifier = '60010'")
        self.assertEqual(json.loads(daemon.get(f"/api/v1/articles/{article}")[2])["article"]["headline"], headline)
        for target in ("", f"/articles/{article}", f"/articles/{article}/diff"):
            page = daemon.get(target)[2].decode() if target else front
            self.assertIn(shown, page, target)
            self.assertNotIn("<script>", page, target)


class Unedited(EndToEnd):
    def test_misbehaviour_makes_no_revision(self):
        """Status codes, slow and cut answers, redirect loops, a lying charset: no event at all."""
        daemon = self.started(watching(self.newsroom))
        self.wait_for_baseline(daemon)
        path = self.newsroom.path("60001")
        self.newsroom.control("POST", "/set", validators=0)
        events = daemon.count("SELECT count(*) FROM events")
        # What blames the host (503) or costs a back-off comes last.
        for how, value in (("charset", "iso-8859-1"), ("slow", ""), ("truncate", "")):
            checks = daemon.count("SELECT checked_at FROM checks c JOIN frontier f ON f.row = c.frontier WHERE f.url LIKE '%' || ?", path)
            self.newsroom.misbehave(path, how, value)
            daemon.run("recheck", self.newsroom.origin + path)
            until(lambda: daemon.count("SELECT checked_at FROM checks c JOIN frontier f ON f.row = c.frontier WHERE f.url LIKE '%' || ?", path) > checks, f"a visit meets '{how}'")
        for how, value in (("loop", ""), ("status", "500"), ("status", "403")):
            checks = daemon.count("SELECT checked_at FROM checks c JOIN frontier f ON f.row = c.frontier WHERE f.url LIKE '%' || ?", path)
            self.newsroom.misbehave(path, how, value, times=3 if how == "loop" else 1)
            daemon.run("recheck", self.newsroom.origin + path)
            until(lambda: daemon.count("SELECT checked_at FROM checks c JOIN frontier f ON f.row = c.frontier WHERE f.url LIKE '%' || ?", path) > checks, f"a visit meets '{how}'")
        self.assertEqual(daemon.count("SELECT count(*) FROM events"), events)
        self.assertEqual(daemon.count("SELECT max(number) FROM revisions"), 1)
        self.assertEqual(daemon.count("SELECT count(*) FROM articles WHERE status <> 'live'"), 0)


class Takedown(EndToEnd):
    def test_a_redirect_to_another_article_or_to_a_list_is_a_takedown(self):
        daemon = self.started(watching(self.newsroom))
        self.wait_for_baseline(daemon)
        for gone, target in (("60001", self.newsroom.path("60002")), ("60007", "/ExtAppCommon/Home_V2/NewsCategory?idItem=340")):
            self.newsroom.misbehave(self.newsroom.path(gone), "redirect", target, times=1000)
            until(lambda: daemon.event_count("removed", gone) == 1, f"{gone} is removed")
        self.assertEqual(daemon.count("SELECT count(*) FROM articles WHERE status = 'live'"), 6)
        self.assertEqual(daemon.count("SELECT count(*) FROM events WHERE type LIKE '%.moved' OR type LIKE '%.revised'"), 0)


if __name__ == "__main__":
    unittest.main()
