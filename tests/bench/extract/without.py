"""What each rule of the extraction is worth: every page is read with it and without it.

    without.py TINWATCH DATA [RULE...]     DATA is ../shared/data; without a RULE each that the sources name

TINWATCH is the build of the preset `leave-out` (./dev bench extract --without). A row a rule: the pages of
the public sets whose text, headline, author and day are read better with the rule, and worse (a text by at least
.005 of its word F1), and the page designs of our own that are whole only with it, and only without it. A
rule that helps one page only is none.
"""
import collections
import gzip
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import measure

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parents[2]
sys.path.insert(0, str(HERE / "designs"))
import check  # noqa: E402

LEAST_CHANGE = .005
SEEDS = (*range(1, 15), *range(32, 41))  # the shared texts, and those of our own


def rules():
    found = set()
    for path in sorted((ROOT / "parsers/src").rglob("*.cpp")):
        found.update(re.findall(r'is_left_out\("([a-z-]+)"\)', path.read_text()))
    return sorted(found)


def truths(data):
    """(set, page) -> its address, file, text, title, authors and date."""
    out = {}
    for name in ("aeb", "fundus", "trafilatura", "htmldate"):
        folder = data / "extraction" / name
        for key, truth in json.loads((folder / "ground-truth.json").read_text()).items():
            out[name, key] = (truth.get("url") or "", folder / f"html/{key}.html.gz", truth.get("articleBody"), truth.get("title"), truth.get("author"),
                              truth.get("datePublished"))
    for name in ("wcxb", "readability"):
        folder = data / name
        for key, truth in json.loads((folder / "truth.json").read_text()).items():
            out[name, key] = (truth["url"], folder / f"html/{key}.html.gz", truth["text"], truth.get("title"), truth.get("author"), truth.get("date"))
    return out


def word_f1(want, got):
    a, b = (collections.Counter(re.findall(r"\w+", text.lower())) for text in (want, got))
    return 2 * sum((a & b).values()) / max(1, sum(a.values()) + sum(b.values()))


def read(binary, lines, without):
    run = subprocess.run([binary, "parse", "article", "--jsonl"], input="\n".join(lines) + "\n", capture_output=True, text=True, check=True, env={**os.environ, "TINWATCH_WITHOUT": without})
    return {row["id"]: row.get("article") or {} for row in map(json.loads, run.stdout.splitlines())}


def pages_of(truth, folder):
    lines = []
    for n, (key, (url, path, *_)) in enumerate(truth.items()):
        page = folder / f"{n}.html"
        page.write_bytes(gzip.open(path).read())
        lines.append(json.dumps({"id": "/".join(key), "url": url, "path": str(page)}))
    return lines


def score(truth, records):
    out = {}
    for key, (_, _, text, title, author, date) in truth.items():
        got = records.get("/".join(key), {})
        if text:
            out[key, "text"] = word_f1(text, got.get("articleBody", ""))
        if title:
            out[key, "headline"] = float(measure.folded(title) == measure.folded(got.get("headline")))
        if author:
            out[key, "author"] = float(measure.names(author) == measure.names([a["name"] for a in got.get("author", [])]))
        if date:
            out[key, "day"] = float(bool(measure.days(date) & measure.days(got.get("datePublished") or "")))
    return out


def main():
    binary, data = sys.argv[1], pathlib.Path(sys.argv[2])
    with tempfile.TemporaryDirectory() as temp:
        folder = pathlib.Path(temp)
        truth = truths(data)
        lines = pages_of(truth, folder)
        designs, jobs = check.render(check.articles_of(data / "designs/articles.json"), list(check.FAMILIES), SEEDS, folder / "designs", fetches=1, edits=False)
        with_all = score(truth, read(binary, lines, ""))
        whole = {key: check.is_whole(jobs[key], record) for key, record in read(binary, designs, "").items()}
        print(f"{'without':20}" + "".join(f"{field + ' better':>17}{'worse':>7}" for field in ("text", "headline", "author", "day", "designs")))
        for rule in sys.argv[3:] or rules():
            less = score(truth, read(binary, lines, rule))
            cells = ""
            for field in ("text", "headline", "author", "day"):
                change = [with_all[key] - less[key] for key in with_all if key[1] == field]
                cells += f"{sum(c >= LEAST_CHANGE for c in change):>17}{sum(c <= -LEAST_CHANGE for c in change):>7}"
            other = {key: check.is_whole(jobs[key], record) for key, record in read(binary, designs, rule).items()}
            cells += f"{sum(whole[k] and not other[k] for k in whole):>17}{sum(other[k] and not whole[k] for k in whole):>7}"
            print(f"{rule:20}{cells}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
