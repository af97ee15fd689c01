#!/usr/bin/env python3
"""clang-tidy over every product file, two runs at a time. Files of one folder are looked at in batches, as one
translation unit: most of a run's time goes into the headers they share. A batch with findings, or one that does not
compile together, is looked at by halves, and only what is found in a file by itself counts. What was clean and has not changed
since (nor any header) is not looked at again."""
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
BATCH = 24
# What a file defines for itself, at the start of a line between "namespace {" and its end: two of one name cannot
# stand in one translation unit.
FOR_ITSELF = re.compile(r"^namespace \{$(.*?)^\}  // namespace$", re.M | re.S)
OWN_NAME = re.compile(r"^(?!namespace|using namespace|//|#)\S.*?\b(\w+)(?=\s*(?:\(|\{|=|;|\[|final|:[^:]))", re.M)


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
    return out


def flags_of(entry):
    """The command without what names the file and its object."""
    words = without_gcc_only(entry["command"])
    return words[:words.index("-o")]


def own_names(text):
    """What each name stands for: two files may say the same thing twice, as `using Index = Dom::Index;`."""
    names = {}
    for part in FOR_ITSELF.findall(text):
        for found in OWN_NAME.finditer(part):
            line = part[found.start():part.find("\n", found.start())]
            names[found[1]] = line if line.startswith("using ") else object()
    return names


def clash(names, others):
    return any(others.get(name, meaning) != meaning for name, meaning in names.items())


def batches_of(entries):
    """Lists of entries: same folder, same flags, no name twice."""
    open_batches = {}
    done = []
    for entry in sorted(entries, key=lambda e: e["file"]):
        folder = os.path.dirname(entry["file"])
        names = own_names(pathlib.Path(entry["file"]).read_text())
        candidates = open_batches.setdefault((folder, tuple(flags_of(entry))), [])
        for batch in candidates:
            if not clash(names, batch["names"]):
                break
        else:
            batch = {"names": {}, "entries": []}
            candidates.append(batch)
        batch["names"] |= names
        batch["entries"].append(entry)
        if len(batch["entries"]) == BATCH:
            candidates.remove(batch)
            done.append(batch["entries"])
    return done + [b["entries"] for candidates in open_batches.values() for b in candidates]


def findings_of(run):
    found = set(re.findall(r"^.*(?:error|warning): .*$", run.stdout, flags=re.M))
    return found or ({run.stdout + run.stderr} if run.returncode else set())


def main(build):
    entries = list({e["file"]: e for e in json.loads((build / "compile_commands.json").read_text())
                    if os.path.relpath(e["file"], ROOT).startswith(FOLDERS)}.values())
    folder = build / "tidy"
    folder.mkdir(parents=True, exist_ok=True)

    shared = hashlib.sha256((ROOT / ".clang-tidy").read_bytes() + pathlib.Path(__file__).read_bytes())
    for header in sorted(p for f in FOLDERS for p in (ROOT / f).rglob("*.hpp")):
        shared.update(header.read_bytes())

    def mark_of(batch):
        key = hashlib.sha256(shared.digest())
        for entry in batch:
            key.update(entry["file"].encode() + pathlib.Path(entry["file"]).read_bytes() + " ".join(flags_of(entry)).encode())
        return folder / (key.hexdigest() + ".clean")

    def tidy(file, flags, *options):
        return findings_of(subprocess.run(["clang-tidy", "--quiet", f"--config-file={ROOT}/.clang-tidy", *options, file, "--", *flags[1:]],
                                          capture_output=True, text=True, cwd=build))

    def findings_in(batch, mark):
        if len(batch) == 1:
            return tidy(batch[0]["file"], flags_of(batch[0]))
        together = folder / f"{mark.stem}.cpp"
        together.write_text("".join(f'#line 1 "{e["file"]}"\n{pathlib.Path(e["file"]).read_text()}\n' for e in batch))
        # A header that two files include is there twice by right; what one file has for itself is hidden in the next.
        found = tidy(together, [*flags_of(batch[0]), "-Wno-shadow", "-iquote", os.path.dirname(batch[0]["file"])],
                     "--checks=-readability-duplicate-include")
        together.unlink()
        return found

    def look(batch):
        mark = mark_of(batch)
        if mark.exists() or all(mark_of([entry]).exists() for entry in batch):
            return set()
        findings = findings_in(batch, mark)
        if not findings:
            mark.touch()
        if not findings or len(batch) == 1:
            return findings
        half = len(batch) // 2
        return look(batch[:half]) | look(batch[half:])

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        # A finding in a header is met by every file that includes it.
        findings = sorted(set().union(*pool.map(look, batches_of(entries))))
    print(*findings, sep="\n")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
