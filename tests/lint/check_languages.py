#!/usr/bin/env python3
"""Each file of words is complete, names kinds that exist, and holds words as they are compared; docs/languages.md names the same kinds."""
import pathlib
import re
import sys
import unicodedata

FILES = "parsers/src/language"
# What a language must have. `und` belongs to none and may have anything.
NEEDED = ("now", "today", "yesterday", "day-before-yesterday", "seconds", "minutes", "hours", "days", "weeks",
          "months", "years", "published", "updated", "date-line", "byline", "and", "role", "photo", "views", "counted", "reading-time",
          "advertising", "newsletter", "related", "latest", "comments", "home", "pointer", "posted", "about", "correction", "missing", "maintenance", "consent", "topic",
          "mixed", "service", "article", "next", "more")
EITHER = (("morning", "am"), ("afternoon", "pm"), ("ago", "before-age"), ("by", "made-by"))  # one of them
COUNTED = {"month": 12, "solar": 12, "weekday": 7}
NUMBERED_MONTHS = "month-mark"  # who counts months needs no names for them
DOTTED_CAPITAL = "İ"  # has no small letter that it is compared with


def kinds_of(root):
    header = (root / FILES / "words.hpp").read_text(encoding="utf-8")
    return set(re.findall(r'"([\w-]+)"', re.search(r"kind_names = \{(.*?)\};", header, re.S)[1]))


def is_kind(name, kinds):
    stem, _, number = name.rpartition("-")
    if stem in COUNTED and number.isdigit():
        return 1 <= int(number) <= COUNTED[stem]
    return name in kinds and name not in COUNTED


def read(path, kinds, complain):
    """The words by kind; a complaint for each line that is none and each word that is written otherwise than it is compared."""
    words = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        said = line.split("#")[0].strip()
        if not said:
            continue
        name, colon, rest = said.partition(":")
        if not colon or not is_kind(name, kinds):
            complain(number, f"'{name}' is no kind of words")
            continue
        for word in (part.strip() for part in rest.split(",")):
            if not word:
                complain(number, "a comma with no word before or behind it")
                continue
            if word != unicodedata.normalize("NFC", word):
                complain(number, f"'{word}' is not NFC")
            if word != word.lower() and DOTTED_CAPITAL not in word:
                complain(number, f"'{word}' has capitals")
            key = unicodedata.normalize("NFC", word.casefold())
            if key in words.setdefault(name, {}):
                complain(number, f"'{word}' stands in '{name}' already (line {words[name][key]})")
            words[name].setdefault(key, number)
    return words


def missing(words):
    for name in NEEDED:
        if not words.get(name):
            yield name
    for names in EITHER:
        if not any(words.get(name) for name in names):
            yield " or ".join(names)
    for day in range(1, COUNTED["weekday"] + 1):
        if not words.get(f"weekday-{day}"):
            yield f"weekday-{day}"
    if NUMBERED_MONTHS not in words:
        for month in range(1, COUNTED["month"] + 1):
            if not words.get(f"month-{month}"):
                yield f"month-{month}"


def check_file(root, path, kinds):
    complaints = []
    name = path.relative_to(root).as_posix()
    words = read(path, kinds, lambda line, text: complaints.append(f"{name}:{line}: {text}"))
    if path.stem != "und":
        complaints += [f"{name}: no words of '{kind}'" for kind in missing(words)]
    return complaints


def check_docs(root, kinds):
    """The table of kinds and the example of docs/languages.md are those of the program and of its test."""
    page = (root / "docs/languages.md").read_text(encoding="utf-8")
    named = set()
    for row in re.findall(r"^\| (`.*?) \|", page.partition("## What each kind is")[2], re.M):
        named |= {re.sub(r"-\d+$", "", name) for name in re.findall(r"`([\w-]+)`", row)}
    for kind in sorted(kinds - named):
        yield f"docs/languages.md: the kind '{kind}' has no row"
    for kind in sorted(named - kinds):
        yield f"docs/languages.md: there is no kind '{kind}'"
    example = (root / "tests/parsers/added_language/qaa.txt").read_text(encoding="utf-8")
    if example not in page:
        yield "docs/languages.md: its example is not tests/parsers/added_language/qaa.txt"


def main(root):
    kinds = kinds_of(root)
    complaints = []
    for path in sorted((root / FILES).glob("*.txt")) + sorted((root / "tests/parsers/added_language").glob("*.txt")):
        complaints += check_file(root, path, kinds)
    complaints += check_docs(root, kinds)
    if complaints:
        print(*complaints, sep="\n")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
