"""`tinwatch parse` against the shared pages: public benchmarks, Vietnamese papers, printed dates.

Scores are a gate: an edit that costs more than a page or two of a set is found here. Speed is not; it belongs to `./dev bench extract`.
"""
import json
import pathlib
import subprocess
import sys
import unittest

from harness import BIN, ROOT

sys.path.insert(0, str(ROOT / "tests/bench/extract"))
import measure  # noqa: E402
import vietnamese  # noqa: E402

DATA = ROOT.parent / "shared/data"
LEAST = {
    "aeb": {"f1": 0.982, "exact": 0.50},
    "fundus": {"f1": 0.964, "title": 0.80, "day": 0.984, "author": 0.84},
    "fundus80": {"f1": 0.964, "rouge": 95.8},
    "trafilatura": {"snippets": 0.92, "title": 0.805, "day": 0.865, "author": 0.603},
    "htmldate": {"day": 0.905},
}


@unittest.skipUnless((DATA / "extraction").is_dir(), f"there is no {DATA}/extraction")
class Benchmarks(unittest.TestCase):
    def test_scores(self):
        for folder, least in LEAST.items():
            with self.subTest(folder):
                scores = measure.run(DATA / "extraction" / folder, measure.tinwatch_command(BIN / "tinwatch"))
                self.assertEqual(scores["status"], 0)
                self.assertEqual(scores["answered"], scores["pages"])
                for name, bound in least.items():
                    self.assertGreaterEqual(round(scores[name], 3), bound, name)
                print(folder, {name: round(scores[name], 3) for name in least}, flush=True)


@unittest.skipUnless((DATA / "vn_html").is_dir(), f"there is no {DATA}/vn_html")
class VietnamesePapers(unittest.TestCase):
    def test_articles(self):
        truth = json.loads((vietnamese.TRUTH / "vn_articles.json").read_text())
        self.assertEqual(len(truth), 18)
        missing = 0
        for name, one in truth.items():
            with self.subTest(name):
                faults = vietnamese.article_faults(BIN / "tinwatch", DATA / "vn_html", name, one)
                missing += sum(int(fault.split()[0]) for fault in faults if fault.endswith("paragraphs missing"))
                self.assertEqual([fault for fault in faults if not fault.endswith("paragraphs missing")], [])
        self.assertLessEqual(missing, 4, "of 280 paragraphs")

    def test_listings(self):
        truth = json.loads((vietnamese.TRUTH / "vn_listings.json").read_text())
        self.assertEqual(len(truth), 22)
        counts = [vietnamese.listing_counts(BIN / "tinwatch", DATA / "vn_html", name, one) for name, one in truth.items()]
        self.assertTrue(all(is_listing for *_, is_listing in counts))
        found, there, called, wrong = (sum(len(c[i]) if isinstance(c[i], list) else c[i] for c in counts) for i in range(4))
        self.assertGreaterEqual(found / there, 0.99)
        self.assertGreaterEqual(1 - wrong / called, 0.97)


@unittest.skipUnless((DATA / "vi_dates_dev.tsv").exists(), f"there is no {DATA}/vi_dates_dev.tsv")
class Dates(unittest.TestCase):
    def test_printed_dates(self):
        lines = [line for line in (DATA / "vi_dates_dev.tsv").read_text().splitlines() if line and not line.startswith("#")]
        header = lines[0].split("\t")
        cases = [dict(zip(header, line.split("\t"))) for line in lines[1:]]
        self.assertGreater(len(cases), 50)
        asked = "".join(json.dumps({"id": c["id"], "text": json.loads('"' + c["input"].replace('"', '\\"') + '"'), "reference": c["reference_time"]}) + "\n" for c in cases)
        command = [BIN / "tinwatch", "parse", "date", "--config", ROOT / "config/tinwatch.yaml", "--jsonl"]
        run = subprocess.run(command, input=asked, capture_output=True, text=True, check=True)
        answers = [json.loads(line) for line in run.stdout.splitlines()]
        self.assertEqual(len(answers), len(cases))
        for case, answer in zip(cases, answers):
            with self.subTest(case["id"], text=case["input"]):
                self.assertEqual(answer["date"] or "", case["expected_iso"])
                if case["expected_iso"]:
                    self.assertEqual(answer["precision"], case["precision"])


if __name__ == "__main__":
    unittest.main()
