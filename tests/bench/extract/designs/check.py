"""How well does a record survive markup that nobody tuned for? Families of page designs of our own.

    check.py TINWATCH ARTICLES.json [--families A,B] [--designs N] [--seed S] [--config FILE --profile NAME --hosts HOST] [--keep DIR]

Each design shows an article four times with the noise of four fetches, and once with one word edited. Per
field: the share of designs in which it equals what the page prints; `stable`: the four fetches give one
editorialHash; `edit`: the edited page gives another.
"""
import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import families_a
import families_b
import families_c
import families_d
import families_e
import families_f
import texts
from page import Page

FAMILIES = {**families_a.FAMILIES, **families_b.FAMILIES, **families_c.FAMILIES, **families_d.FAMILIES, **families_e.FAMILIES, **families_f.FAMILIES}
FETCHES = 4
FIELDS = ("whole", "headline", "date", "section", "author", "views", "lead", "captions", "body", "body_f1", "stable", "edit")
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


def squeeze(text):
    return " ".join((text or "").translate(INVISIBLE).replace("\xa0", " ").split())


def grams(texts_):
    words = re.findall(r"\w+", " ".join(texts_).lower())
    return collections.Counter(tuple(words[i:i + 4]) for i in range(max(1, len(words) - 3)))


def f1(want, got):
    a, b = grams(want), grams(got)
    return 2 * sum((a & b).values()) / (sum(a.values()) + sum(b.values()))


def compare(truth, got, lang):
    out = {"headline": squeeze(got.get("headline")) == squeeze(truth["headline"])}
    if "datePublished" in truth:
        said = str(got.get("datePublished", ""))
        # Only Vietnamese pages are read in the zone that their texts mean.
        out["date"] = said[:16] == truth["datePublished"][:16] and (lang != "vi" or said[-6:] == truth["datePublished"][-6:])
    if "articleSection" in truth:
        out["section"] = [squeeze(s) for s in got.get("articleSection") or []][-len(truth["articleSection"]):] == truth["articleSection"]
    if "author" in truth:
        out["author"] = [squeeze(a.get("name")) for a in got.get("author") or []] == truth["author"]
    if "viewCount" in truth:
        out["views"] = got.get("viewCount") == truth["viewCount"]
    if "lead" in truth:
        lead, said = squeeze(truth["lead"]), squeeze(got.get("description"))
        out["lead"] = bool(said) and (lead == said or (lead.endswith(said) and len(said) > .8 * len(lead)))
    if "captions" in truth:
        out["captions"] = [squeeze(i["caption"]) for i in got.get("image") or [] if i.get("caption")] == [squeeze(c) for c in truth["captions"]]
    said = [squeeze(b.get("text")) for b in got.get("body") or [] if b.get("type") not in ("caption", "byline", "series_link", "embed")]
    want = [squeeze(s) for s in truth["body"]]
    out["body"] = said == want
    out["body_f1"] = f1(want, said)
    return out


def records_of(binary, lines, more):
    run = subprocess.run([binary, "parse", "article", "--jsonl", *more], input="\n".join(lines) + "\n", capture_output=True, text=True, check=False)
    if not run.stdout:
        sys.exit("no records: " + run.stderr[:300])
    return {row["id"]: row.get("article") or {} for row in map(json.loads, run.stdout.splitlines())}


def articles_of(path):
    return json.loads(pathlib.Path(path).read_text()) + texts.ARTICLES * 3


def render(articles, families, seeds, folder, fetches=FETCHES, edits=True):
    """Writes the pages; gives a line for the program each, and what each shows."""
    folder.mkdir(parents=True, exist_ok=True)
    lines, jobs = [], {}
    for family in families:
        for seed in seeds:
            article = articles[seed % len(articles)]
            paragraphs = sum(kind == "paragraph" for kind, _ in article["blocks"])
            for fetch in (*range(fetches), *(["edit"] if edits else [])):
                page = Page(family, seed, article, fetches if fetch == "edit" else fetch, paragraphs // 2 if fetch == "edit" else None)
                path = folder / f"{family}-{seed}-{fetch}.html"
                path.write_text(FAMILIES[family](page))
                jobs[path.stem] = (family, seed, fetch, page.truth, article["lang"])
                lines.append(json.dumps({"id": path.stem, "url": f"https://{article['host']}/{article['slug']}", "path": str(path)}))
    return lines, jobs


def is_whole(job, record):
    return all(ok for field, ok in compare(job[3], record, job[4]).items() if field != "body_f1")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("articles")
    parser.add_argument("--families")
    parser.add_argument("--designs", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hosts", help="only articles of this host")
    parser.add_argument("--config")
    parser.add_argument("--profile")
    parser.add_argument("--keep")
    parser.add_argument("--worst", type=int, default=12)
    options = parser.parse_args()
    articles = [a for a in articles_of(options.articles) if not options.hosts or a["host"] == options.hosts]
    names = options.families.split(",") if options.families else list(FAMILIES)
    folder = pathlib.Path(options.keep or tempfile.mkdtemp(prefix="designs-"))
    lines, jobs = render(articles, names, range(options.seed, options.seed + options.designs), folder)
    more = ["--config", options.config, "--profile", options.profile] if options.profile else []
    records = records_of(options.binary, lines, more)
    score, hashes, worst = collections.defaultdict(lambda: collections.defaultdict(list)), collections.defaultdict(dict), []
    for key, (family, seed, fetch, truth, lang) in jobs.items():
        got = records.get(key, {})
        hashes[family, seed][fetch] = got.get("editorialHash")
        if fetch != 0:
            continue
        result = compare(truth, got, lang)
        result["whole"] = all(ok for field, ok in result.items() if field != "body_f1")
        for field, ok in result.items():
            score[family][field].append(ok)
        wrong = [field for field, ok in result.items() if ok is False and field != "whole"]
        if wrong:
            worst.append((len(wrong), key, wrong))
    for (family, _), by in hashes.items():
        plain = {by[n] for n in range(FETCHES)}
        score[family]["stable"].append(None not in plain and len(plain) == 1)
        score[family]["edit"].append(by["edit"] is not None and by["edit"] not in plain)
    print(f"{'family':12}{'designs':>8}" + "".join(f"{field:>9}" for field in FIELDS))
    for family in [*names, "all"]:
        row = {field: [x for name in (names if family == "all" else [family]) for x in score[name][field]] for field in FIELDS}
        print(f"{family:12}{len(row['whole']):>8}" + "".join(f"{sum(row[f]) / len(row[f]):>9.3f}" if row[f] else f"{'-':>9}" for f in FIELDS))
    for _, key, wrong in sorted(worst, reverse=True)[:options.worst]:
        print(f"  {key}: {' '.join(wrong)}")
    if options.keep:
        print("pages in", folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
