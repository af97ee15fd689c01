#!/usr/bin/env python3
"""Keeps the layout honest: who may include which library, how long a file may be, and that each file of tests is built."""
import pathlib
import re
import sys

# A third-party header is included by these modules alone; everyone else uses them.
OWNERS = {
    r"<curl/": ("fetchers", "daemon/cli"),
    r"<kainjow/": ("daemon/alerts", "daemon/pages"),
    r"<gumbo\.h>": ("parsers/src/html",),
    r"<libpsl\.h>": ("core",),
    r"<libxml/": ("parsers",),
    r"<re2/": ("parsers", "daemon/watch"),
    r"<sqlite3\.h>": ("storage",),
    r"<yaml-cpp/": ("config",),
    r"<prometheus/": ("daemon/telemetry",),
    r"<spdlog/": ("daemon/telemetry",),
    r"<systemd/": ("daemon/app", "daemon/telemetry"),
    r"<CLI/": ("daemon/cli",),
    r"<boost/beast": ("daemon/api",),
    r"<boost/asio": ("async", "daemon/api", "daemon/app", "daemon/cli", "daemon/crawl", "daemon/alerts", "fetchers", "storage"),
    r"<unicode/": ("core", "daemon/watch", "parsers"),
    r"<openssl/": ("core",),
}
# A folder of the parsers' includes files of these alone, and of its own.
FOLDERS = {
    "html": (),
    "language": ("html",),
    "dates": ("html", "language"),
    "site": ("html", "language"),
    "page": ("html", "language", "dates"),
    "article": ("html", "language", "dates", "site", "page"),
    "lists": ("html", "language", "dates", "site"),
}
MODULES = ("core", "async", "daemon/monitor", "daemon/watch", "daemon/alerts", "daemon/crawl",
           "daemon/telemetry", "daemon/search", "daemon/api", "daemon/pages", "daemon/app", "daemon/cli", "fetchers", "parsers", "storage", "config")
LONGEST = 300
# Longer ones, each with its reason.
LONGER = {
    "parsers/src/article/body.cpp": "one walk over the article, with the state that its pictures, captions and tables share",
}


def folder_complaints(name, line):
    inside = re.match(r"parsers/src/(\w+)/", name)
    included = re.match(r'#include "(\w+)/', line)
    if not inside or not included or included[1] not in FOLDERS:
        return
    folder = inside[1]
    if included[1] != folder and included[1] not in FOLDERS.get(folder, ()):
        yield f"parsers/src/{folder} stands below parsers/src/{included[1]} or beside it: it must not include it"


def unbuilt_tests(root):
    """Files of tests that no CMakeLists.txt names, by their name or by that without `_test.cpp`: they pass, and never run."""
    named = set()
    for listed in (root / "tests").rglob("CMakeLists.txt"):
        named.update(re.findall(r"[\w.]+", listed.read_text(encoding="utf-8")))
    for path in sorted((root / "tests").rglob("*_test.cpp")):
        if not {path.name, path.name.removesuffix("_test.cpp")} & named:
            yield f"{path.relative_to(root).as_posix()}:1: tests/CMakeLists.txt does not name it, so that it never runs"


def main(root: pathlib.Path) -> int:
    complaints = list(unbuilt_tests(root))
    for module in MODULES:
        for path in sorted((root / module).rglob("*.?pp")):
            name = path.relative_to(root).as_posix()
            lines = path.read_text(encoding="utf-8").splitlines()
            if len(lines) > LONGEST and name not in LONGER:
                complaints.append(f"{name}:{LONGEST}: longer than {LONGEST} lines ({len(lines)}); split it where it has two subjects")
            for number, line in enumerate(lines, 1):
                for header, owners in OWNERS.items():
                    if re.match(rf"#include {header}", line) and not name.startswith(tuple(f"{owner}/" for owner in owners)):
                        complaints.append(f"{name}:{number}: only {', '.join(owners)} may include this")
                complaints.extend(f"{name}:{number}: {complaint}" for complaint in folder_complaints(name, line))
    if complaints:
        print(*complaints, sep="\n")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
