"""`tinwatch parse article` against the ten pages of the first site's shape."""
import json
import pathlib
import subprocess
import sys
import unittest

from harness import BIN, ROOT

DATA = pathlib.Path(sys.argv.pop()) if len(sys.argv) > 1 and sys.argv[-1].endswith("qk7") else ROOT.parent / "shared/data/qk7"
PLAIN = ("siteName", "inLanguage", "headline", "dateModified", "viewCount", "commentCount", "description", "dateline", "articleBody", "wordCount", "series")
DATE = ("datePublished", "datePublishedRaw", "datePublishedPrecision")


def none_if_empty(value):
    """In the oracle null and [] mean: the page does not print it."""
    return value or None


def pictures(images):
    return [(one.get("caption"), one.get("creditText")) for one in images]


def teasers(items):
    return [(one["headline"], one.get("datePublished"), one.get("description")) for one in items]


@unittest.skipUnless(DATA.exists(), f"there is no {DATA}")
class ParsedPages(unittest.TestCase):
    maxDiff = None

    def test_ten_pages(self):
        expected = json.loads((DATA / "expected.json").read_text())
        self.assertEqual(len(expected), 10)
        for name, truth in expected.items():
            with self.subTest(name):
                run = subprocess.run([BIN / "tinwatch", "parse", "article", "--url", truth["url"], DATA / f"{name}.html"], capture_output=True, text=True)
                self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
                record = json.loads(run.stdout)
                for field in PLAIN + ("hasAudioReader",):
                    self.assertEqual(none_if_empty(record.get(field)), none_if_empty(truth.get(field)), field)
                # A date out of the address is as right as none (the oracle's README).
                if record["provenance"].get("datePublished") != "url":
                    for field in DATE:
                        self.assertEqual(record.get(field), truth.get(field), field)
                self.assertEqual(record.get("articleSection", []), truth["articleSection"])
                self.assertEqual([a["name"] for a in record.get("author", [])], [a["name"] for a in truth["author"]])
                self.assertEqual([(b["type"], b["text"]) for b in record["body"]], [(b["type"], b["text"]) for b in truth["body"]])
                self.assertEqual(pictures(record.get("image", [])), pictures(truth["image"]))
                self.assertTrue(all(one["url"].startswith("https://") for one in record.get("image", [])))
                self.assertEqual(teasers(record.get("relatedItems", [])), teasers(truth["relatedItems"]))
                self.check_publisher(record.get("publisher"), truth["publisher"])
        print(f"{len(expected)} pages equal", flush=True)

    def check_publisher(self, found, truth):
        if truth is None:
            self.assertIsNone(found)
            return
        fields = ("name", "parentOrganization", "licenseNumber", "licenseDate", "address", "editorInChief", "deputyEditorInChief", "copyrightNotice")
        for field in fields:
            self.assertEqual(found.get(field), truth[field], field)
        # All pages carry the same two hidden addresses; the oracle of page 001 was made from a text where they stayed hidden.
        self.assertEqual(found["email"], ["bao@qk7.vn", "info@baoquankhu7.vn"])


if __name__ == "__main__":
    unittest.main()
