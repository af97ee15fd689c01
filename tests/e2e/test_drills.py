"""The drills of `./dev drill` that are quick, and that the drills' Prometheus has the shipped rules."""
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "drill"))
import drill  # noqa: E402
import stage  # noqa: E402

QUICK = ["read-only", "no-memory", "stopped", "receiver-down"]


class Drills(unittest.TestCase):
    def test_rules_in_a_hurry_are_the_shipped_ones(self):
        shipped = (stage.ROOT / "deploy/prometheus/rules.yml").read_text()
        hurried = stage.in_a_hurry(shipped)
        self.assertEqual(hurried.count("- alert:"), shipped.count("- alert:"))
        self.assertNotIn("\n        for:", hurried)

    def test_quick_drills_end_as_they_should(self):
        for name in QUICK:
            with self.subTest(name):
                played, trouble = drill.play(name)
                if trouble and trouble.startswith("skipped"):
                    print(f"{name}: {trouble}", flush=True)
                    continue
                self.assertIsNone(trouble)
                print(drill.row(name, played), flush=True)


if __name__ == "__main__":
    unittest.main()
