"""Sources from and for other readers of feeds: `sources import` and `sources export`, and the files that `include:` names."""
import re
import unittest
import xml.etree.ElementTree as ElementTree

from harness import EndToEnd, until, watching

INCLUDE = "include: [\"sources.d/*.yaml\"]\n"
# Loopback needs no contact.
HEAD = "fetch: {timeout: 10s, per_host: {delay: 1ms}}\n" + INCLUDE


def opml(feeds, title="My feeds"):
    """Feeds in groups of ten, as readers write them."""
    groups = [feeds[at:at + 10] for at in range(0, len(feeds), 10)]
    body = "".join(f'<outline text="Group {n}">' + "".join(
        f'<outline type="rss" text="{name}" title="{name}" xmlUrl="{url}" htmlUrl="http://127.0.0.1/"/>' for name, url in group) + "</outline>"
                   for n, group in enumerate(groups))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0"><head><title>{title}</title></head><body>{body}</body></opml>\n'


def feeds(count):
    """Many of one title, some without letters that a name may have."""
    names = ("Báo Đời Sống &amp; Tin", "新华网", "World", "News {n}")
    return [(names[n % 4].format(n=n), f"http://127.0.0.1:8{n:03}/feed{n}.xml?a=1&amp;b={n}") for n in range(count)]


class OpmlTest(EndToEnd):
    def file(self, name, text):
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def imported(self, daemon, path, *options, status=0):
        done = daemon.run("sources", "import", str(path), *options)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done

    def test_three_hundred_feeds_and_back(self):
        daemon = self.daemon(HEAD)
        path = self.file("Theo dõi.opml", opml(feeds(300)))
        done = self.imported(daemon, path)
        written = self.folder / "sources.d/theo-doi.yaml"
        self.assertIn(f"300 sources in {written}", done.stdout)
        checked = daemon.run("check")
        self.assertEqual(checked.returncode, 0, checked.stdout)
        self.assertIn("300 sources", checked.stdout)
        names = re.findall(r'- name: "(.*)"', written.read_text())
        self.assertEqual(len(set(names)), 300)
        self.assertTrue(all(re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,62}", name) for name in names), names)
        self.assertIn("bao-doi-song-tin", names)

        exported = daemon.run("sources", "export")
        self.assertEqual(exported.returncode, 0, exported.stderr)
        outlines = list(ElementTree.fromstring(exported.stdout).iter("outline"))
        self.assertEqual({one.get("xmlUrl") for one in outlines}, {url.replace("&amp;", "&") for _, url in feeds(300)})
        self.assertEqual(outlines[0].get("title"), "Báo Đời Sống & Tin")
        again = self.imported(daemon, self.file("again.opml", exported.stdout))
        self.assertEqual(again.stdout, "")
        self.assertIn("nothing to add: 300 feeds, 300 in the configuration already", again.stderr)
        self.assertEqual([one.name for one in (self.folder / "sources.d").iterdir()], ["theo-doi.yaml"], "no file for nothing, and no rest of one")

        # A grown list adds what is new, in a file of its own; the same file gives the same names.
        path.write_text(opml(feeds(302)))
        self.assertIn("2 sources in", self.imported(daemon, path).stdout)
        self.assertTrue((self.folder / "sources.d/theo-doi-2.yaml").exists())
        (self.folder / "twin").mkdir()
        twin = self.daemon(HEAD, folder=self.folder / "twin")
        path.write_text(opml(feeds(300)))
        self.imported(twin, path)
        self.assertEqual((self.folder / "twin/sources.d/theo-doi.yaml").read_text().splitlines()[1:], written.read_text().splitlines()[1:])

    def test_without_include_it_is_printed(self):
        daemon = self.daemon("fetch: {timeout: 10s}\nsources: []\n")
        path = self.file("a.opml", opml(feeds(2)))
        done = self.imported(daemon, path)
        self.assertIn("include:", done.stderr)
        self.assertFalse((self.folder / "sources.d").exists())
        daemon.write("fetch: {timeout: 10s}\n" + done.stdout)
        self.assertIn("2 sources", daemon.run("check").stdout)
        self.assertIn("nothing to add", self.imported(daemon, path).stderr)
        # From standard input to a file of one's own.
        daemon.write("fetch: {timeout: 10s}\n")
        out = self.folder / "mine.yaml"
        piped = daemon.run("sources", "import", "-", "-o", str(out), input=path.read_text())
        self.assertEqual(piped.returncode, 0, piped.stderr)
        self.assertEqual(out.read_text().count("- name:"), 2)
        refused = self.imported(daemon, path, "-o", str(out), status=2)
        self.assertIn("is there already", refused.stderr)

    def test_what_is_refused_is_named_and_the_rest_is_imported(self):
        daemon = self.daemon(HEAD)
        path = self.file("mixed.opml", '<opml version="2.0"><body>\n<outline text="good" xmlUrl="http://127.0.0.1/good"/>\n'
                                       '<outline text="old" xmlUrl="ftp://127.0.0.1/x"/>\n<outline type="rss" text="bare"/>\n'
                                       '<outline text="\x1b[31mred" xmlUrl="javascript:alert(1)"/>\n'
                                       '<outline text="twice" xmlUrl="https://127.0.0.1/good/"/>\n</body></opml>')
        done = self.imported(daemon, path, status=1)
        self.assertIn(f"{path}:3: 'old': 'ftp://127.0.0.1/x' is no http(s) address", done.stderr)
        self.assertIn(f"{path}:4: 'bare': it has no xmlUrl", done.stderr)
        self.assertIn(f"{path}:5: ", done.stderr)
        self.assertNotIn("\x1b", done.stderr)
        self.assertIn("1 source in", done.stdout)
        self.assertIn("1 named twice, 3 refused", done.stdout)
        self.assertIn("1 sources", daemon.run("check").stdout)

    def test_hostile_files_end_in_one_line(self):
        daemon = self.daemon(HEAD)
        deep = "<opml><body>" + "<outline text='g'>" * 200_000 + "<outline text='bottom' xmlUrl='http://127.0.0.1/bottom'/>"
        bomb = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + "".join(f"<!ENTITY a{n} '&a{n - 1 or ''};&a{n - 1 or ''};'>" for n in range(1, 40)) + "]>"
        for name, text, status, says in (
            ("rss", "<rss><channel/></rss>", 2, "not OPML"),
            ("nothing", "", 2, "not OPML"),
            ("bytes", bytes(range(256)) * 100, 2, "not OPML"),
            ("large", b"<opml>" + b" " * (16 << 20), 3, "larger than 16 MiB"),
            ("many", "<opml>" + "<outline xmlUrl='http://127.0.0.1/'/>" * 10_001 + "</opml>", 2, "more than 10000 feeds"),
            ("deep", deep, 1, "breaks off"),
            ("bomb", bomb + "<opml><body><outline text='&a39;' xmlUrl='http://127.0.0.1/bomb'/></body></opml>", 0, ""),
        ):
            with self.subTest(file=name):
                done = self.imported(daemon, self.file(name + ".opml", text), status=status)
                self.assertIn(says, done.stderr)
                self.assertLess(len(done.stderr.splitlines()), 3)
        self.assertIn("2 sources", daemon.run("check").stdout, "the deep one and the one with entities")
        self.assertIn("is a directory", self.imported(daemon, self.folder, status=3).stderr)

    def test_a_configuration_that_would_be_wrong_stays_as_it_is(self):
        daemon = self.daemon(HEAD)
        elsewhere = self.file("elsewhere.opml", opml([("Elsewhere", "https://paper.example/feed")]))
        self.assertIn("fetch.contact is missing", self.imported(daemon, elsewhere, status=2).stderr)
        daemon.write(HEAD + "sources: [{name: broken}]\n")
        done = self.imported(daemon, self.file("a.opml", opml(feeds(1))), status=2)
        self.assertIn("nothing was imported: the configuration has faults", done.stderr)
        self.assertFalse((self.folder / "sources.d").exists())

    def test_a_reload_reads_what_was_imported(self):
        text = watching(self.newsroom)
        daemon = self.started(text + INCLUDE)
        path = self.file("more.opml", opml([("Feed of the newsroom", self.newsroom.origin + "/feed.rss")]))
        self.imported(daemon, path)
        listed = lambda: daemon.run("sources", "list").stdout
        self.assertNotIn("feed-of-the-newsroom", listed())
        reloaded = daemon.run("reload")
        self.assertEqual(reloaded.returncode, 0, reloaded.stderr)
        until(lambda: "feed-of-the-newsroom" in listed(), "the daemon has the new source")
        # What is wrong in such a file is told with its place, and nothing of it comes into force.
        (self.folder / "sources.d/wrong.yaml").write_text("sources:\n  - {name: newsroom, start: [\"http://127.0.0.1/\"]}\n  - {name: b}\n")
        wrong = daemon.run("reload")
        self.assertEqual(wrong.returncode, 2)
        place = f"{self.folder}/sources.d/wrong.yaml"
        self.assertIn(f"{place}:2:5: sources: the name 'newsroom' stands twice; first at {daemon.config}:", wrong.stderr)
        self.assertIn(f"{place}:3:5: sources: start names no page", wrong.stderr)
        self.assertEqual(daemon.run("check").stdout.splitlines(), [line.removeprefix("tinwatch: ") for line in wrong.stderr.splitlines()])


if __name__ == "__main__":
    unittest.main()
