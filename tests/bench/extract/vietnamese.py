"""The Vietnamese pages against truth/: headline, date, lead, author, body; links of the listings.

    vietnamese.py TINWATCH DATA        DATA is ../shared/data/vn_html
"""
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import unicodedata
from urllib.parse import unquote

TRUTH = pathlib.Path(__file__).parent / "truth"


def digest(text):
    text = re.sub("[\u200b\ufeff\u00ad]", "", unicodedata.normalize("NFC", text))
    return hashlib.sha256(re.sub(r"\s+", " ", text).strip().encode()).hexdigest()[:16]


def url_digests(url):
    """A link may be written encoded or not, with or without a closing slash: any of its forms counts."""
    forms = {url, unquote(url)}
    forms |= {form.rstrip("/") for form in forms}
    return {digest(form) for form in forms}


def run(tinwatch, what, page, url):
    config = pathlib.Path(__file__).parents[3] / "config/tinwatch.yaml"
    command = [tinwatch, "parse", what, "--config", config, "--url", url, page]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout)


def same_date(found, truth):
    """Equal as far as both print it; a declared time may carry seconds that the page does not show."""
    return found is not None and found[:16] == truth[:16] and found[-6:] == truth[-6:]


def article_faults(tinwatch, data, name, truth):
    answer = run(tinwatch, "article", data / name, truth["url"])
    if "error" in answer:
        return [f"called {answer['error']['page']}"]
    faults = []
    if digest(answer["headline"]) != truth["headline"]:
        faults.append(f"headline: {answer['headline']}")
    if truth.get("datePublished") and not same_date(answer.get("datePublished"), truth["datePublished"]):
        faults.append(f"date {answer.get('datePublished')}, not {truth['datePublished']}")
    leads = {digest(block["text"]) for block in answer["body"] if block["type"] == "lead"} | {digest(answer.get("description", ""))}
    if truth["lead"] and not leads & set(truth["lead"]):
        faults.append(f"lead: {answer.get('description', 'none')}")
    authors = [one["name"] for one in answer.get("author", [])]
    if truth["author"] and authors != truth["author"]:
        faults.append(f"author {authors}, not {truth['author']}")
    optional = set(truth.get("optional", [])) | set(truth["lead"]) | {truth["headline"]}
    wanted = set(truth["paragraphs"]) | set(truth["captions"])
    # A photo story's captions may be told as paragraphs and the other way round.
    found = {digest(block["text"]): block for block in answer["body"] if block["type"] not in ("byline", "embed")}
    missing = [one for one in truth["paragraphs"] if one not in found]
    extra = [block for key, block in found.items() if key not in wanted | optional and block["type"] != "caption"]
    junk = [block for key, block in found.items() if key in truth["junk"]]
    if missing:
        faults.append(f"{len(missing)} of {len(truth['paragraphs'])} paragraphs missing")
    faults += [f"not of the body: {block['type']}: {block['text'][:80]}" for block in extra]
    faults += [f"related box: {block['text'][:80]}" for block in junk if block not in extra]
    return faults


def listing_counts(tinwatch, data, name, truth):
    """(articles found, articles there, called articles, of these right, page is called a listing)"""
    kind = run(tinwatch, "article", data / name, truth["url"]).get("error", {}).get("page")
    links = run(tinwatch, "listing", data / name, truth["url"])["links"]
    wanted, doubtful = set(truth["articles"]), set(truth.get("doubtful", []))
    called = [link["url"] for link in links if link["kind"] == "article"]
    found = {one for url in called for one in url_digests(url)} & wanted
    scored = [url for url in called if not url_digests(url) & doubtful]
    wrong = [url for url in scored if not url_digests(url) & wanted]
    return len(found), len(wanted), len(scored), wrong, kind in ("listing", "home")


def main():
    tinwatch, data = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    verbose = "-v" in sys.argv
    articles = json.loads((TRUTH / "vn_articles.json").read_text())
    good = 0
    for name, truth in articles.items():
        faults = article_faults(tinwatch, data, name, truth)
        good += not faults
        for fault in faults:
            print(f"{name}: {fault}")
    print(f"articles: {good} of {len(articles)} as the truth has them")
    listings = json.loads((TRUTH / "vn_listings.json").read_text())
    totals = [0, 0, 0, 0, 0]
    for name, truth in listings.items():
        found, there, called, wrong, is_listing = listing_counts(tinwatch, data, name, truth)
        totals = [a + b for a, b in zip(totals, (found, there, called, len(wrong), is_listing))]
        if found < there or wrong or not is_listing:
            print(f"{name}: {found} of {there} found, {len(wrong)} of {called} wrong{'' if is_listing else ', NOT CALLED A LISTING'}")
            for url in wrong if verbose else []:
                print("   wrong", url)
    recall, precision = totals[0] / totals[1], 1 - totals[3] / totals[2]
    print(f"listings: {totals[4]} of {len(listings)} called so; links: recall {recall:.4f}, precision {precision:.4f}")
    return 0 if good == len(articles) and totals[4] == len(listings) and recall >= 0.99 and precision >= 0.97 else 1


if __name__ == "__main__":
    sys.exit(main())
