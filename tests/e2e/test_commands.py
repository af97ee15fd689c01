"""What commands say to people who mistype, who ask a stopped daemon, and who paste what they were shown."""
import contextlib
import csv
import io
import json
import os
import shutil
import sqlite3
import subprocess
import unittest
import urllib.parse
import xml.etree.ElementTree

from harness import BIN, EndToEnd, receiver, until, watching


def said(*arguments):
    run = subprocess.run([BIN / "tinwatch", *arguments], capture_output=True, text=True)
    return run.returncode, run.stdout, run.stderr.strip()


class Mistyped(unittest.TestCase):
    def test_the_nearest_command_and_option_are_named(self):
        for arguments, message in (
                (["chekc"], "tinwatch: 'tinwatch' has no command 'chekc'; did you mean 'check'?"),
                (["sources", "lst"], "tinwatch: 'tinwatch sources' has no command 'lst'; did you mean 'list'?"),
                (["articles", "--fromat", "json"], "tinwatch: 'tinwatch articles' has no option '--fromat'; did you mean '--format'?"),
                (["articles", "--sice=today"], "tinwatch: 'tinwatch articles' has no option '--sice'; did you mean '--since'?"),
                (["quite-another-thing"], "tinwatch: 'tinwatch' has no command 'quite-another-thing'; --help names them")):
            self.assertEqual(said(*arguments), (2, "", message))
        code, out, err = said("sources")
        self.assertEqual((code, out), (2, ""))
        self.assertIn("'tinwatch sources' needs a command: list, test", err)
        self.assertEqual(said("--help")[0], 0)
        self.assertEqual(said("articles", "--limit", "many")[0], 2, "what is known but wrong is told as before")


class Asked(EndToEnd):
    def setUp(self):
        super().setUp()
        self.told = self.sink()
        tail = "routes:\n  - {match: {type: \"tinwatch.article.*\"}, receivers: [sink]}\n"
        self.web = self.started(watching(self.newsroom, extra=receiver(self.told), tail=tail))
        self.wait_for_baseline(self.web)
        for _ in range(5):
            self.play(self.web)
        until(lambda: self.web.count("SELECT count(*) FROM deliveries WHERE state = 'delivered'") >= 5, "all were told")

    def lines(self, *arguments):
        run = self.web.run(*arguments)
        self.assertEqual(run.returncode, 0, run.stderr)
        return run.stdout.splitlines()

    def test_status_says_first_whether_the_daemon_runs(self):
        self.assertEqual(self.lines("status")[0], "daemon    running")
        self.assertIs(json.loads(self.web.run("status", "--format", "json").stdout)["running"], True)
        self.web.stop()
        stopped = self.web.run("status")
        self.assertEqual((stopped.returncode, stopped.stdout.splitlines()[0]), (1, "daemon    NOT RUNNING: this is what its database says"))
        as_json = self.web.run("status", "--format", "json")
        self.assertEqual((as_json.returncode, json.loads(as_json.stdout)["running"]), (1, False))

    def test_lists_are_printed_in_each_format(self):
        for command in (["articles"], ["sources", "list"], ["alerts", "list"], ["receivers", "list"]):
            with self.subTest(command=command):
                items = json.loads(self.web.run(*command, "--format", "json").stdout)
                rows = list(csv.DictReader(io.StringIO(self.web.run(*command, "--format", "csv").stdout)))
                self.assertEqual(len(self.lines(*command)), len(items))
                self.assertEqual(len(rows), len(items))
                self.assertGreater(len(items), 0)
        events = [json.loads(line) for line in self.lines("events", "--format", "json")]
        rows = list(csv.DictReader(io.StringIO(self.web.run("events", "--format", "csv").stdout)))
        self.assertEqual([row["id"] for row in rows], [event["id"] for event in events])
        self.assertEqual(len(self.lines("events", "--format", "table")), len(events))

    def test_the_tables_own_time_means_the_same(self):
        newest = self.lines("articles", "--limit", "1")[0]
        when = newest.split()[0]
        self.assertTrue(when.endswith("Z"), when)
        self.assertIn(newest, self.lines("articles", "--since", when))

    def test_events_begin_with_the_last_ones(self):
        every = self.lines("events")
        self.assertGreater(len(every), 10)
        self.assertEqual(self.lines("events", "-n", "3"), every[-3:])
        self.assertEqual(self.web.run("events", "-n", "3", "--since", "today").returncode, 2)
        follow = subprocess.Popen([BIN / "tinwatch", "events", "-f", "--config", self.web.config], stdout=subprocess.PIPE, text=True)
        self.addCleanup(follow.stdout.close)
        self.addCleanup(follow.wait)
        self.addCleanup(follow.kill)
        self.assertEqual([follow.stdout.readline().strip() for _ in range(10)], every[-10:])
        self.play(self.web)
        self.assertEqual(json.loads(follow.stdout.readline())["seq"], len(every) + 1)

    def test_an_article_is_found_by_what_people_paste(self):
        one = json.loads(self.web.run("articles", "--limit", "1", "--format", "json").stdout)[0]
        url = one["article"]["url"]
        for pasted in (url, url + "/", url.replace("http:", "https:"), url.replace("http:", "https:") + "/", one["id"], one["id"][:20]):
            found = self.web.run("show", pasted, "--format", "json")
            if len(pasted) == 20 and found.returncode:
                continue  # others were found in the same millisecond
            self.assertEqual(json.loads(found.stdout)["id"], one["id"], pasted)
        several = self.web.run("show", one["id"][:4])
        self.assertEqual(several.returncode, 1)
        self.assertRegex(several.stderr, r"\d+ articles begin with '" + one["id"][:4] + "'; give more of the id")
        self.assertEqual(self.web.run("show", "ffffffff").returncode, 1)

    def test_what_nobody_reads_is_refused(self):
        for target, status, detail in (
                ("/api/v1/articles?cursor=x", 400, "there is no parameter 'cursor' here, but source, since, until, by, after, limit"),
                ("/api/v1/events?sourc=x", 400, "there is no parameter 'sourc' here, but source, type, after, since, last, limit"),
                ("/api/v1/status?x=1", 400, "there is no parameter 'x' here"),
                ("/api/v1/events?last=2&after=1", 400, "last goes without after and since"),
                ("/api/v1/articles?source=nope", 404, "no source 'nope'; 'tinwatch sources list' names them")):
            answered, headers, body = self.web.get(target)
            self.assertEqual((answered, headers["Content-Type"]), (status, "application/problem+json"), target)
            self.assertEqual(json.loads(body)["detail"], detail)
        nope = self.web.run("articles", "--source", "nope")
        self.assertEqual((nope.returncode, nope.stdout), (1, ""))
        self.assertIn("no source 'nope'", nope.stderr)

    def test_exports_are_whole(self):
        count = self.web.count
        revisions = [json.loads(line) for line in self.lines("export")]
        self.assertEqual(len(revisions), count("SELECT count(*) FROM revisions"))
        self.assertEqual([one["observedAt"] for one in revisions], sorted(one["observedAt"] for one in revisions), "oldest first")
        edited = next(one for one in revisions if one["revision"] == 2)
        self.assertTrue(edited["change"]["class"])
        self.assertTrue(edited["article"]["articleBody"])
        file = self.folder / "revisions.csv"
        self.assertEqual(self.web.run("export", "--format", "csv", "--bom", "-o", file).returncode, 0)
        text = file.read_bytes().decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        self.assertEqual(file.read_bytes()[:3], b"\xef\xbb\xbf")
        self.assertEqual([(row["id"], int(row["revision"])) for row in rows], [(one["id"], one["revision"]) for one in revisions])
        self.assertEqual([row["articleBody"] for row in rows], [one["article"]["articleBody"] for one in revisions])
        self.assertEqual(len(self.lines("export", "--what", "events")), count("SELECT count(*) FROM events"))
        self.assertEqual(len(self.lines("export", "--what", "hits")), 0)
        self.assertEqual(len(self.lines("export", "--source", "another")), 0)
        self.assertEqual(len(self.lines("export", "--what", "events", "--since", "2100-01-01")), 0)
        refused = self.web.run("export", "--since", "never", "-o", self.folder / "nothing.jsonl")
        self.assertEqual((refused.returncode, list(self.folder.glob("nothing*"))), (2, []))
        nowhere = self.web.run("export", "-o", self.folder / "no" / "such" / "folder.jsonl")
        self.assertEqual(nowhere.returncode, 3)
        self.assertIn("cannot write this file", nowhere.stderr)

    def test_a_feed_reader_takes_the_stream(self):
        answered, headers, body = self.web.get("/stream.atom?source=newsroom")
        self.assertEqual((answered, headers["Content-Type"]), (200, "application/atom+xml; charset=utf-8"))
        atom = "{http://www.w3.org/2005/Atom}"
        feed = xml.etree.ElementTree.fromstring(body)
        entries = feed.findall(atom + "entry")
        self.assertEqual(len(entries), self.web.count("SELECT count(*) FROM events WHERE discovery = 'live'"))
        for one in (feed, *entries):
            self.assertTrue(all(one.find(atom + name) is not None for name in ("id", "title", "updated")))
        self.assertRegex(entries[0].find(atom + "id").text, r"\Aurn:uuid:[0-9a-f-]{36}\Z")
        for entry in entries:
            link = urllib.parse.urlsplit(entry.find(atom + "link").get("href"))
            self.assertEqual(self.web.get(link.path + "?" + link.query)[0], 200)
        self.assertEqual(self.web.get("/stream.atom?source=newsroom", **{"If-None-Match": headers["ETag"]})[0], 304)
        if shutil.which("newsboat"):
            urls, cache = self.folder / "urls", self.folder / "cache.db"
            urls.write_text(f"http://127.0.0.1:{self.web.port}/stream.atom?source=newsroom\n")
            subprocess.run(["newsboat", "-q", "-u", urls, "-c", cache, "-C", "/dev/null", "-x", "reload"], check=True, capture_output=True,
                           env={**os.environ, "HOME": str(self.folder)})
            with contextlib.closing(sqlite3.connect(cache)) as known:
                titles = {row[0] for row in known.execute("SELECT title FROM rss_item")}
            self.assertEqual(titles, {entry.find(atom + "title").text for entry in entries})


if __name__ == "__main__":
    unittest.main()
