"""Every example of docs/watches.md that shows what is printed prints just that; every query of its tables can be read."""
import json
import os
import re
import subprocess
import unittest

from harness import BIN, ROOT

PAGE = (ROOT / "docs/watches.md").read_text(encoding="utf-8")


def match(cases):
    lines = "\n".join(json.dumps(case) for case in cases) + "\n"
    run = subprocess.run([BIN / "tinwatch", "match", "--jsonl"], input=lines, capture_output=True, text=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


class WatchPage(unittest.TestCase):
    def test_examples_print_what_the_page_shows(self):
        shown = 0
        for block in re.findall(r"```\n(\$ .*?)```", PAGE, re.S):
            for command, output in re.findall(r"\$ (.*?)\n((?:(?!\$ ).*\n)*)", block):
                run = subprocess.run(["bash", "-c", command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                     env={**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}"})
                self.assertEqual(run.stdout, output, command)
                shown += 1
        self.assertEqual(shown, 5)

    def test_queries_of_the_tables_are_queries(self):
        language = PAGE.split("## The language")[1].split("Without a field")[0]
        queries = [q for row in re.findall(r"^\| (`.*?) \|", language, re.M) for q in re.findall(r"`([^`]+)`", row)]
        queries = [q for q in queries if not re.fullmatch(r"[“”„«» ]+", q) and q not in ("NEAR", "title", "lead", "caption", "section")]
        here = re.findall(r"^\| .* \| .* \| (?:[^`|]*)`([^`]+)`", PAGE.split("## Coming from elsewhere")[1], re.M)
        queries += [q for q in here if not q.endswith(":")]
        self.assertGreater(len(queries), 35)
        answers = match([{"id": q, "query": q, "text": "x"} for q in queries])
        self.assertEqual({a["id"]: a["error"] for a in answers if "error" in a}, {})

    def test_the_configuration_of_the_page_is_one(self):
        text = re.search(r"```yaml\n(.*?)```", PAGE, re.S)[1]
        for query in re.findall(r"query: '(.*)'", text):
            answer = match([{"query": query, "mode": "auto", "text": "Tuyến biên giới với Lào"}])[0]
            self.assertTrue(answer["match"])
            self.assertNotIn("warnings", answer)


if __name__ == "__main__":
    unittest.main()
