"""`tinwatch match --jsonl` against the matching model's cases, in all three modes."""
import json
import re
import subprocess
import unittest

from harness import BIN, ROOT

CASES = ROOT.parent / "shared/data/vi_match_cases_dev.tsv"
QUERIES = ROOT.parent / "shared/data/query_cases_dev.tsv"
FIELD = re.compile(r"(headline|description|body): ")


def unescaped(cell):
    return re.sub(r"\\(u[0-9a-fA-F]{4}|.)", lambda m: {"n": "\n", "t": "\t"}.get(m[1]) or (chr(int(m[1][1:], 16)) if len(m[1]) > 1 else m[1]), cell)


def case_of(cells):
    """A row of the queries: its fields, or the text alone."""
    text = unescaped(cells[3])
    case = {"id": cells[0], "query": unescaped(cells[1]), "mode": cells[2], "aliases": [["LLVT", "lực lượng vũ trang"]]}
    if FIELD.match(text):
        case["fields"] = dict(part.strip().split(": ", 1) for part in text.split("|"))
    else:
        case["text"] = text
    return case


def answers(cases):
    run = subprocess.run([BIN / "tinwatch", "match", "--jsonl"], input="\n".join(map(json.dumps, cases)) + "\n", capture_output=True, text=True)
    return {answer["id"]: answer for answer in map(json.loads, run.stdout.splitlines())}


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

    def test_every_query_gives_its_result(self):
        rows = [line.split("\t") for line in QUERIES.read_text().splitlines() if line and not line.startswith(("#", "id\t"))]
        found = answers([case_of(row) for row in rows])
        word = {key: "error" if "error" in one else "1" if one["match"] else "0" for key, one in found.items()}
        self.assertGreater(len(rows), 60)
        self.assertEqual({row[0]: word[row[0]] for row in rows if word[row[0]] != row[4]}, {})
        for row in rows:
            if row[4] == "error":
                self.assertRegex(found[row[0]]["error"], r"^line \d+, column \d+: .{15,}")


if __name__ == "__main__":
    unittest.main()
