"""The measures of the public extraction benchmarks, written anew from their descriptions.

Body: multisets of four-word shingles (words are \\w+, case kept), as article-extraction-benchmark's
evaluate.py counts them: precision and recall are means over pages, F1 is of these two means; `exact` is
the share of pages whose word sequence is the truth's. Title: equal after NFKC, folded quotes, dashes and
case. Day: the calendar day, in the printed zone or UTC. Author: F1 over sets of normalised names.
Snippets: trafilatura's with/without phrases, found or not in the text with squeezed white space.
"""
import collections
import datetime
import gzip
import json
import os
import pathlib
import re
import subprocess
import tempfile
import time
import unicodedata

WORD = re.compile(r"\w+")
FOLD = str.maketrans({"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-", "−": "-", "‐": "-",
                      "‑": "-", "…": "...", "\u00ad": None, "\u200b": None})


def shingles(text):
    words = WORD.findall(text or "")
    if len(words) <= 4:
        return collections.Counter([tuple(words)] if words else [])
    return collections.Counter(zip(*(words[i:] for i in range(4))))


def overlap(truth, found):
    same = sum(min(count, found[key]) for key, count in truth.items() if key in found)
    return same, sum(found.values()) - same, sum(truth.values()) - same


def ratio(a, b):
    return a / (a + b) if a + b else 0.0


def harmonic(p, r):
    return 2 * p * r / (p + r) if p + r else 0.0


def mean(values):
    values = list(values)
    return sum(values) / len(values) if values else float("nan")


def folded(text):
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text or "").translate(FOLD).casefold()).strip()


def names(authors):
    out = set()
    for one in [authors] if isinstance(authors, str) else authors or []:
        words = re.sub(r"[^\w\s]", " ", re.sub(r"^by (?=\S)", "", folded(one))).replace("_", " ").split()
        if words:
            out.add(" ".join(words))
    return out


def days(text):
    """The days a date may mean: as printed, and in UTC."""
    try:
        date = datetime.datetime.fromisoformat(str(text).replace("Z", "+00:00"))
    except ValueError:
        found = re.match(r"\d{4}-\d{2}-\d{2}", str(text))
        return {found.group(0)} if found else set()
    out = {date.date().isoformat()}
    if date.tzinfo:
        out.add(date.astimezone(datetime.timezone.utc).date().isoformat())
    return out


def body_row(truth, alternative, found):
    """(same, extra, missing) and whether the words are equal; the better of two truths counts."""
    rows = [(overlap(shingles(one), shingles(found)), WORD.findall(one) == WORD.findall(found)) for one in (truth, alternative) if one]
    return max(rows, key=lambda row: harmonic(ratio(row[0][0], row[0][1]), ratio(row[0][0], row[0][2])))


def score(truth, extra, found):
    """All measures for which the set has a truth."""
    out = {"pages": len(truth)}
    rows = [body_row(t["articleBody"], (extra.get(k) or {}).get("bodyAlt"), found.get(k, {}).get("articleBody") or "") for k, t in truth.items() if "articleBody" in t]
    if rows:
        p = mean(1.0 if not b + c else ratio(a, b) for (a, b, c), _ in rows if a + b)
        r = mean(1.0 if not b + c else ratio(a, c) for (a, b, c), _ in rows if a + c)
        out.update(precision=p, recall=r, f1=harmonic(p, r), exact=mean(float(same) for _, same in rows))
    titles = [(t["title"], found.get(k, {}).get("title")) for k, t in truth.items() if t.get("title")]
    if titles:
        out["title"] = mean(folded(a) == folded(b) for a, b in titles)
    dates = [(t["datePublished"], found.get(k, {}).get("datePublished")) for k, t in truth.items() if t.get("datePublished")]
    if dates:
        out["day"] = mean(bool(b and days(a) & days(b)) for a, b in dates)
    authors = [(names(t["author"]), names(found.get(k, {}).get("author"))) for k, t in truth.items() if t.get("author")]
    if authors:
        same, extra_names, missing = (sum(len(f(a, b)) for a, b in authors) for f in (set.__and__, lambda a, b: b - a, set.__sub__))
        out["author"] = harmonic(ratio(same, extra_names), ratio(same, missing))
    counts = collections.Counter()
    for key in truth:
        text = re.sub(r"\s+", " ", found.get(key, {}).get("articleBody") or "").strip()
        for kind in ("with", "without"):
            for snippet in (extra.get(key) or {}).get(kind) or []:
                counts[kind, bool(text) and re.sub(r"\s+", " ", snippet).strip() in text] += 1
    if counts["with", True]:
        out["snippets"] = harmonic(ratio(counts["with", True], counts["without", True]), ratio(counts["with", True], counts["with", False]))
    return out


def sentences(text):
    """Lines, and in them sentences, as lists of lower-case words: the units of ROUGE-Lsum."""
    out = []
    for line in re.split(r"\n+", text or ""):
        for one in re.split(r"(?<=[.!?])[\"”’)]*\s+(?=[A-Z\"“‘(])", line):
            words = re.sub(r"[^a-z0-9]+", " ", one.lower()).split()
            if words:
                out.append(words)
    return out


def common_subsequence(a, b):
    """Places in `a` of one longest common subsequence with `b`."""
    rows = [[0] * (len(b) + 1)]
    for x in a:
        row = [0] * (len(b) + 1)
        for j, y in enumerate(b):
            row[j + 1] = rows[-1][j] + 1 if x == y else max(rows[-1][j + 1], row[j])
        rows.append(row)
    i, j, out = len(a), len(b), []
    while i and j:
        if a[i - 1] == b[j - 1]:
            i, j = i - 1, j - 1
            out.append(i)
        elif rows[i - 1][j] >= rows[i][j - 1]:
            i -= 1
        else:
            j -= 1
    return out


def rouge_lsum(truth, alternative, found):
    """ROUGE-Lsum F1 (Lin 2004, summary level) in per cent, of the better of two truths."""
    best = 0.0
    hypothesis = sentences(found)
    sets = [set(one) for one in hypothesis]
    for reference in (sentences(one) for one in (truth, alternative) if one):
        left, right = collections.Counter(w for u in reference for w in u), collections.Counter(w for u in hypothesis for w in u)
        hits = 0
        for unit in reference:
            places = set()
            for other, words in zip(hypothesis, sets):
                if unit == other:
                    places = set(range(len(unit)))
                    break
                if words & set(unit):
                    places.update(common_subsequence(unit, other))
            for word in (unit[i] for i in places):
                if left[word] > 0 and right[word] > 0:
                    hits += 1
                    left[word] -= 1
                    right[word] -= 1
        sizes = sum(map(len, hypothesis)), sum(map(len, reference))
        if all(sizes):
            best = max(best, harmonic(hits / sizes[0], hits / sizes[1]))
    return 100 * best


def fields(answer):
    """What is scored of a record, or of another tool's answer with the same names."""
    record = answer.get("article")
    if record is None:
        return answer
    return {"articleBody": record.get("articleBody"), "title": record.get("headline"), "datePublished": record.get("datePublished"),
            "author": [one["name"] for one in record.get("author", []) if one.get("name")]}


def run(folder, command):
    """Runs a batch command ({"id","url","path"} a line in, an answer a line out) over a set; scores and costs."""
    truth = json.loads((folder / "ground-truth.json").read_text())
    extra = json.loads((folder / "extra.json").read_text()) if (folder / "extra.json").exists() else {}
    with tempfile.TemporaryDirectory() as temp:
        lines, size = [], 0
        for key in sorted(truth):
            page = gzip.open(folder / f"html/{key}.html.gz").read()
            size += len(page)
            path = pathlib.Path(temp) / f"{len(lines)}.html"
            path.write_bytes(page)
            lines.append(json.dumps({"id": key, "url": truth[key].get("url") or "", "path": str(path)}))
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        found, longest = {}, 0.0
        for line in lines:
            begun = time.perf_counter()
            process.stdin.write(line + "\n")
            process.stdin.flush()
            answer = json.loads(process.stdout.readline())
            longest = max(longest, time.perf_counter() - begun)
            found[answer["id"]] = fields(answer)
        process.stdin.close()
        process.stdout.close()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    out = score(truth, extra, found)
    if folder.name == "fundus80":
        out["rouge"] = mean(rouge_lsum(truth[k]["articleBody"], (extra.get(k) or {}).get("bodyAlt"), found[k].get("articleBody") or "") for k in truth)
    out["longest_ms"] = 1000 * longest
    cpu = usage.ru_utime + usage.ru_stime
    out.update(pages_per_cpu_second=len(truth) / cpu, megabytes_per_cpu_second=size / 1e6 / cpu, peak_megabytes=usage.ru_maxrss / 1024, status=process.returncode,
               answered=len(found))
    return out


def tinwatch_command(binary):
    config = pathlib.Path(__file__).parents[3] / "config/tinwatch.yaml"
    return [os.fspath(binary), "parse", "article", "--config", os.fspath(config), "--jsonl"]
