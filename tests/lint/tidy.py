#!/usr/bin/env python3
"""clang-tidy over every product file, two at a time; files that were clean and have not changed since
(nor any header) are not looked at again."""
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDERS = ("core/", "async/", "daemon/", "fetchers/", "parsers/", "storage/", "config/", "tests/newsroom/")


def without_gcc_only(command):
    """clang cannot read g++'s precompiled header: the includes are all there without it."""
    words = shlex.split(command)
    if os.path.basename(words[0]) == "ccache":
        words = words[1:]
    out = []
    skip = False
    for at, word in enumerate(words):
        if skip:
            skip = False
            continue
        if word == "-include" and words[at + 1].endswith("cmake_pch.hxx"):
            skip = True
            continue
        if word in ("-Winvalid-pch", "-fpch-preprocess", "-fuse-ld=mold", "-Wno-mismatched-new-delete",
                    "-Wno-restrict", "-Wno-stringop-overflow", "-Wno-stringop-overread"):
            continue
        out.append(word)
    return shlex.join(out)


def main(build):
    database = []
    for entry in json.loads((build / "compile_commands.json").read_text()):
        name = os.path.relpath(entry["file"], ROOT)
        if name.startswith(FOLDERS):
            database.append({"directory": entry["directory"], "file": entry["file"], "command": without_gcc_only(entry["command"])})
    folder = build / "tidy"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "compile_commands.json").write_text(json.dumps(database))

    shared = hashlib.sha256((ROOT / ".clang-tidy").read_bytes())
    for header in sorted(p for f in FOLDERS for p in (ROOT / f).rglob("*.hpp")):
        shared.update(header.read_bytes())

    def look(entry):
        file = pathlib.Path(entry["file"])
        key = hashlib.sha256(shared.digest() + file.read_bytes() + entry["command"].encode()).hexdigest()
        mark = folder / (key + ".clean")
        if mark.exists():
            return set()
        run = subprocess.run(["clang-tidy", "--quiet", "-p", folder, file], capture_output=True, text=True)
        if run.returncode == 0:
            mark.touch()
            return set()
        return set(re.findall(r"^.*(?:error|warning): .*$", run.stdout, flags=re.M)) or {run.stdout + run.stderr}

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        # A finding in a header is met by every file that includes it.
        findings = sorted(set().union(*pool.map(look, database)))
    print(*findings, sep="\n")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
