"""`tinwatch parse article` against the ten pages of the first site's shape."""
import json
import pathlib
import subprocess
import sys
import unittest

from harness import BIN, ROOT

DATA = pathlib.Path(sys.argv.pop()) if len(sys.argv) > 1 and sys.argv[-1].endswith("qk7") else ROOT.parent / "shared/data/qk7"
PLAIN = ("headline", "datePublished", "datePublishedRaw", "datePublishedPrecision", "viewCount", "description", "dateline", "articleBody", "wordCount")


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
                for field in PLAIN:
                    self.assertEqual(record.get(field), truth.get(field), field)
                self.assertEqual(record.get("articleSection", []), truth["articleSection"])
                self.assertEqual([a["name"] for a in record.get("author", [])], [a["name"] for a in truth["author"]])
                self.assertEqual([(b["type"], b["text"]) for b in record["body"]], [(b["type"], b["text"]) for b in truth["body"]])
        print(f"{len(expected)} pages equal", flush=True)


if __name__ == "__main__":
    unittest.main()
