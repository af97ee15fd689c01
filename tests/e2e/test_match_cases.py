"""`tinwatch match --jsonl` against the matching model's cases, in all three modes."""
import json
import subprocess
import unittest

from harness import BIN, ROOT

CASES = ROOT.parent / "shared/data/vi_match_cases_dev.tsv"


@unittest.skipUnless(CASES.exists(), f"there is no {CASES}")
class MatchCases(unittest.TestCase):
    def test_every_case_in_every_mode(self):
        asked, wanted = [], {}
        for line in CASES.read_text().splitlines():
            cells = line.split("\t")
            if line.startswith("#") or cells[0] == "id":
                continue
            query, text = (json.loads('"' + c.replace('"', '\\"') + '"') for c in cells[1:3])
            for mode, verdict in zip(("exact", "tone", "fold"), cells[3:6]):
                key = f"{cells[0]} {mode}"
                asked.append(json.dumps({"id": key, "query": f'"{query}"', "mode": mode, "text": text}))
                wanted[key] = verdict == "1"
        run = subprocess.run([BIN / "tinwatch", "match", "--jsonl"], input="\n".join(asked) + "\n", capture_output=True, text=True)
        found = {answer["id"]: answer.get("match") for answer in map(json.loads, run.stdout.splitlines())}
        self.assertGreater(len(wanted), 100)
        self.assertEqual({k: found.get(k) for k in wanted if found.get(k) != wanted[k]}, {})


if __name__ == "__main__":
    unittest.main()
