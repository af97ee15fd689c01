#!/usr/bin/env python3
"""Plants one fault at a time in a copy of the tree and asks the tests: a fault that no test notices is a test that is missing.

    mutants.py [--part I/N] [--only NAME]... [--list] [--check]

The faults are data (faults/*.toml, described in faults.py). The copy lies in build/mutants/tree and is built there, so that
the tree itself is never changed; what was built stays for the next time. First the tests must pass without a fault. Then,
for each fault: it is planted, what its tests need is built, and one of them must fail. Prints a table in Markdown; exit
status 1 when a fault survives, does not compile, or has a text that does not stand in its file exactly once.
"""
import argparse
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time

import faults as data

ROOT = pathlib.Path(__file__).resolve().parents[2]
TREE = ROOT / "build/mutants/tree"
BUILD = TREE / "build/dev"
LONGEST = {"unit": 60, "scenario": 300, "e2e": 300}  # seconds; a test that does not end has noticed


class NotBuilt(Exception):
    """The compiler refused it; says why."""


def files_of(root):
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=root, check=True, capture_output=True)
    return {name for name in listed.stdout.decode().split("\0") if name and (root / name).is_file()}


def copy_tree():
    """The files as they are now, edits included. Equal ones are left alone, so that they are not built again."""
    wanted = files_of(ROOT)
    for name in wanted:
        source, copy = ROOT / name, TREE / name
        if copy.is_file() and copy.read_bytes() == source.read_bytes():
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, copy)
    built = TREE / "build"
    for path in TREE.rglob("*"):
        if built not in (path, *path.parents) and path.is_file() and path.relative_to(TREE).as_posix() not in wanted:
            path.unlink()


def build(targets):
    done = subprocess.run(["cmake", "--build", str(BUILD), "--target", *targets], capture_output=True, text=True, errors="replace")
    if done.returncode != 0:
        first = re.search(r"error: .*", done.stdout)
        raise NotBuilt(first.group() if first else done.stdout[-500:] + done.stderr[-500:])


def failed_test(kind, output):
    """The first test that failed, by what its program printed."""
    if kind == "e2e":
        found = re.search(r"^(?:FAIL|ERROR): \S+ \((?:__main__\.)?([^)\s]+)", output, re.M)
        return found.group(1) if found else "the end"
    begun = re.findall(r"^\[ RUN      \] (\S+)", output, re.M)
    found = re.findall(r"^\[  FAILED  \] (\S+?)(?: \(|,|$)", output, re.M)
    # A program that dies has not said so: the test that was under way is to blame.
    return (found[:1] or begun[-1:] or ["the program's end"])[0]


def run(test):
    """The name of the test that failed; nothing when all passed."""
    environment = dict(os.environ, TINWATCH_BIN=str(BUILD / "bin"), TINWATCH_TEST_PATIENCE="60")
    # In a session of its own, so that what it started can be ended with it.
    running = subprocess.Popen(test.command(TREE, BUILD), cwd=BUILD, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                               text=True, errors="replace", start_new_session=True)
    try:
        output = running.communicate(timeout=LONGEST[test.kind])[0]
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)
        running.communicate()
        return f"it does not end within {LONGEST[test.kind]} s"
    return failed_test(test.kind, output) if running.returncode else None


def ask(fault):
    """Plants the fault. (killed, by whom or why not)"""
    path = TREE / fault.file
    text = path.read_text(encoding="utf-8")
    with_fault = fault.planted(text)
    if with_fault is None:
        return False, "**its text is not there once**"
    path.write_text(with_fault, encoding="utf-8")
    try:
        for test in fault.tests:
            build(test.targets)
            if failed := run(test):
                return True, f"{test.text.split(':')[0]} `{failed}`"
        return False, "**survived**"
    except NotBuilt as refusal:
        return False, f"**does not compile**: {refusal}"
    finally:
        path.write_text(text, encoding="utf-8")


def check(faults):
    """Complaints about faults that cannot be planted in the tree as it is: without building anything."""
    out = []
    for fault in faults:
        path = ROOT / fault.file
        times = path.read_text(encoding="utf-8").count(fault.find) if path.is_file() else 0
        if times != 1:
            out.append(f"tests/mutants/faults: {fault.name}: its text stands {times} times in {fault.file}, not once")
        elif fault.find == fault.replacement:
            out.append(f"tests/mutants/faults: {fault.name} changes nothing")
    return out


def passes_without_a_fault(faults):
    tests = dict.fromkeys(test for fault in faults for test in fault.tests)
    build(sorted({target for test in tests for target in test.targets}))
    red = {test.text: failed for test in tests if (failed := run(test))}
    for text, failed in red.items():
        print(f"mutants: without any fault, {text} fails: {failed}", file=sys.stderr)
    return not red


def plant_all(faults):
    # The compiler's results are shared with the tree's own build.
    os.environ.setdefault("CCACHE_BASEDIR", str(ROOT))
    os.environ.setdefault("CCACHE_NOHASHDIR", "1")
    TREE.mkdir(parents=True, exist_ok=True)
    copy_tree()
    if not (BUILD / "build.ninja").is_file():
        subprocess.run(["cmake", "--preset", "dev"], cwd=TREE, check=True, stdout=subprocess.DEVNULL)
    begun = time.monotonic()
    try:
        if not passes_without_a_fault(faults):
            return 1
    except NotBuilt as refusal:
        print(f"mutants: without any fault, the tests cannot be built: {refusal}", file=sys.stderr)
        return 1
    print(f"{len(faults)} faults; built and passed without any in {time.monotonic() - begun:.0f} s\n")
    print("| fault | what is wrong | killed by | s |")
    print("| --- | --- | --- | ---: |", flush=True)
    survivors = 0
    for fault in faults:
        asked = time.monotonic()
        killed, how = ask(fault)
        survivors += not killed
        print(f"| `{fault.name}` | {fault.wrong} | {how} | {time.monotonic() - asked:.0f} |", flush=True)
    print(f"\n{len(faults)} faults, {len(faults) - survivors} killed, {survivors} not; {time.monotonic() - begun:.0f} s")
    return 1 if survivors else 0


def chosen(arguments, faults):
    if arguments.only:
        unknown = set(arguments.only) - {fault.name for fault in faults}
        if unknown:
            sys.exit(f"mutants: no fault {', '.join(sorted(unknown))}; see --list")
        return [fault for fault in faults if fault.name in arguments.only]
    number, of = (int(text) for text in arguments.part.split("/"))
    if not 1 <= number <= of:
        sys.exit("mutants: --part is I/N, such as 1/3")
    return data.part(faults, number, of)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--part", default="1/1", metavar="I/N", help="the I-th of N parts that take about as long as each other")
    parser.add_argument("--only", action="append", metavar="NAME")
    parser.add_argument("--list", action="store_true", help="names them and plants none")
    parser.add_argument("--check", action="store_true", help="only whether each one's text stands in its file once")
    arguments = parser.parse_args()
    faults = chosen(arguments, data.load(ROOT / "tests/mutants/faults"))
    if arguments.list:
        for fault in faults:
            print(f"{fault.name:44}{fault.wrong} ({', '.join(test.text for test in fault.tests)})")
        return 0
    if complaints := check(faults):
        print(*complaints, sep="\n")
        if arguments.check:
            return 1
    return 0 if arguments.check else plant_all(faults)


if __name__ == "__main__":
    sys.exit(main())
