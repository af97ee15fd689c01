#!/usr/bin/env python3
"""Keeps the SQL of storage/ in words that SQLite and PostgreSQL both understand, and that mean the same to both.

usage: check_sql.py ROOT
"""
import pathlib
import re
import sys

STATEMENT = re.compile(r"(SELECT|INSERT|UPDATE|DELETE|WITH)\b")
SQL = re.compile(r"\b(SELECT|INSERT INTO|INSERT OR|UPDATE|DELETE FROM|WITH RECURSIVE|PRAGMA|FROM|JOIN|WHERE|ORDER BY|ON CONFLICT)\b")
# What is SQLite's own stands in files with these names.
OWN = re.compile(r"(sqlite|schema)")
FORBIDDEN = (
    (r"\bifnull\s*\(", "ifnull: write coalesce"),
    (r"\biif\s*\(", "iif: write CASE"),
    (r"\bINSERT OR\b", "INSERT OR: write ON CONFLICT"),
    (r"\bIS NOT \?", "IS NOT between values: write IS DISTINCT FROM"),
    (r"\b(min|max)\s*\([^()]*,", "min or max of two values: write CASE"),
    (r"\bsum\s*\([^()]*(<=|>=|=|<|>)[^()]*\)", "sum of a condition: write count(*) FILTER (WHERE ...)"),
    (r"\bINSERT INTO \w+ (VALUES|SELECT)\b", "INSERT without column names"),
    (r"\bSELECT \*", "SELECT without column names"),
    (r"\bDO UPDATE SET (?:\w+ = (?:excluded\.)?\w+, )*(\w+) = \1 [+-]", "a bare column in DO UPDATE: name its table"),
    (r"\bFROM \((?:[^()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))*\)(?! AS\b)(?=\s*(WHERE|GROUP|ORDER|JOIN|LEFT|$))",
     "a subquery without a name"),
    (r"\browid\b", "rowid"),
    (r"\bGLOB\b", "GLOB"),
    (r"\b(strftime|datetime|julianday|unixepoch)\s*\(", "times are computed in C++"),
    (r"\bgroup_concat\s*\(", "group_concat"),
    (r"\bjson_each\b|->>", "JSON is read in C++"),
    (r"\b(total_changes|last_insert_rowid|changes)\s*\(", "write RETURNING"),
    (r"\bNOT \?", "a number is no condition: write ?N = 0"),
)
CODE = (
    (r"\blast_row\s*\(|sqlite3_last_insert_rowid", "last_row: write RETURNING"),
    (r"\bchanges\s*\(\)", "changes(): write RETURNING"),
)


def literals(text):
    """Of C++ source: each run of string literals as one text, with the number of its line."""
    token = re.compile(r'//[^\n]*|R"(\w*)\((?P<raw>.*?)\)\1"|"(?P<plain>(?:[^"\\\n]|\\.)*)"|\'(?:[^\'\\\n]|\\.)\'|(?P<code>[^\s"\'])', re.S)
    parts, line = [], 0
    for match in token.finditer(text):
        piece = match["raw"] if match["raw"] is not None else match["plain"]
        if piece is not None:
            if not parts:
                line = text.count("\n", 0, match.start()) + 1
            parts.append(re.sub(r"--[^\n]*", "", piece) if match["raw"] is not None else piece.replace('\\"', '"').replace("\\n", "\n"))
        elif match["code"] and parts:
            yield line, "".join(parts)
            parts = []


def sql_of(path):
    for line, literal in literals(path.read_text(encoding="utf-8")):
        flat = " ".join(literal.split())
        if SQL.search(flat) or re.fullmatch(r"\w\.\w+", flat):
            yield line, flat


def literals_below(folder):
    """All pieces of SQL of the sources in `folder`, but those that are SQLite's own."""
    return [flat for path in sorted(folder.glob("*.cpp")) if not OWN.match(path.name) for _, flat in sql_of(path)]


def main(root):
    complaints = []
    for path in sorted((root / "storage").rglob("*.?pp")):
        if OWN.match(path.name):
            continue
        name = path.relative_to(root).as_posix()
        for line, flat in sql_of(path):
            complaints += [f"{name}:{line}: {why}" for pattern, why in FORBIDDEN if re.search(pattern, flat)]
            if "PRAGMA" in flat:
                complaints.append(f"{name}:{line}: PRAGMA stands in sqlite*.cpp and schema*.cpp")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            complaints += [f"{name}:{number}: {why}" for pattern, why in CODE if re.search(pattern, line)]
    if complaints:
        print(*complaints, sep="\n")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
