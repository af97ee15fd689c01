"""`tinwatch sources test` says what a new source would find, and stores nothing."""
import json
import pathlib
import unittest

from harness import EndToEnd, free_port, watching
from page_server import PageServer

TEXT = "".join(f"<p>Dòng nước số {n} dâng lên qua bến đò cũ trong đêm, và người dân phải dời đồ lên cao.</p>" for n in range(8))
PAGES = {
    "/app": "<title>Bến Nước</title><div id=app></div><script src=/app.js></script>",
    "/moved": '<meta http-equiv=refresh content="0; url=/elsewhere"><p>Xin chờ</p>',
    "/empty": "<title>Bến Nước</title>",
    "/tin-10023456.html": f"<title>Nước lên ở bến đò cũ</title><h1>Nước lên ở bến đò cũ</h1><p>04/03/2026 16:44</p>{TEXT}",
    "/about": f"<title>Giá nước</title><table>{''.join(f'<tr><td>Bến {n}<td>{n} m' for n in range(60))}</table>",
}


class Site(PageServer):
    """A newspaper with a page of each kind that names no article."""

    def page(self, path):
        return PAGES.get(path) or ""


class SourcesTest(EndToEnd):
    def probe(self, daemon, url, *arguments):
        return daemon.run("sources", "test", url, *arguments)

    def test_a_newspaper_is_found_and_read_and_nothing_is_stored(self):
        daemon = self.daemon(watching(self.newsroom))
        answered = self.probe(daemon, self.newsroom.origin + "/", "--format", "json")
        self.assertEqual(answered.returncode, 0, answered.stderr)
        report = json.loads(answered.stdout)
        self.assertGreaterEqual(report["articles"], 8)
        self.assertEqual(report["lists"][0]["kind"], "page")
        self.assertIn("feed", {one.get("kind") for one in report["lists"]})
        self.assertEqual(len(report["read"]), 3)
        self.assertTrue(all(page["article"]["headline"] for page in report["read"]))
        text = self.probe(daemon, self.newsroom.origin + "/").stdout
        self.assertIn(f"{report['articles']} articles named, 3 looked at", text)
        self.assertEqual(list(pathlib.Path(daemon.folder).glob("*.db*")), [])

    def test_what_names_no_article_says_why(self):
        site = Site()
        self.addCleanup(site.close)
        daemon = self.daemon(watching(self.newsroom).replace(self.newsroom.origin, site.origin))
        for path, why in (
            ("/app", "written by its scripts"),
            ("/moved", "sends browsers elsewhere"),
            ("/empty", "it is empty"),
            ("/tin-10023456.html", "it is an article and no list"),
            ("/about", "no link to an article"),
            ("/nothing", "HTTP status 404"),
        ):
            with self.subTest(path=path):
                answered = self.probe(daemon, site.origin + path)
                self.assertEqual(answered.returncode, 1, answered.stderr)
                self.assertIn(why, answered.stdout)
                self.assertIn("0 articles named", answered.stdout)

    def test_an_address_that_may_not_be_asked_is_refused(self):
        daemon = self.daemon(watching(self.newsroom))
        answered = self.probe(daemon, f"http://127.0.0.1:{free_port()}/")
        self.assertEqual(answered.returncode, 1)
        self.assertIn("not in allow_networks", answered.stdout + answered.stderr)
        answered = self.probe(daemon, "not a url")
        self.assertEqual((answered.returncode, answered.stdout), (2, ""))
        answered = self.probe(daemon, "https://paper.example/")
        self.assertEqual((answered.returncode, answered.stdout), (2, ""))
        self.assertIn("fetch.contact", answered.stderr)


if __name__ == "__main__":
    unittest.main()
