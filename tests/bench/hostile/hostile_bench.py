#!/usr/bin/env python3
"""A hostile source beside an honest one: what the honest one, and whoever looks after the daemon, notices.

    hostile_bench.py BUILD [--part I/N] [--only NAME] [--seconds S] [--keep FOLDER] [--list]
    hostile_bench.py BUILD hosts

Each behaviour of catalogue.py meets a daemon of its own, which also polls honest_server.py. Asked for: the honest source
keeps 95 % of the polls that it has in a calm run before, /-/healthy answers within 50 ms (99th percentile), the daemon
stays under 200 MB, feeds its watchdog and ends within 5 s of SIGTERM. Prints a table in Markdown; exit status 1 when a
behaviour fails.
"""
import argparse
import pathlib
import shutil
import sys
import tempfile
import time

import catalogue
import hosts_bench
from subject import WATCHDOG, Health, Subject, ask, free_port, new_folder, peak_bytes, server

LEAST_POLLS = 0.95   # of the calm run's
MOST_DELAY = 0.050   # seconds, of /-/healthy at the 99th percentile
MOST_MEMORY = 200e6  # bytes, VmHWM
MOST_STOP = 5.0      # seconds after SIGTERM
WARM_UP = 1.0        # seconds after the start, for the first sweep


class Measured:
    """One run: what was counted, and what of it is not as asked."""

    def __init__(self, polls, health, memory, stop, gap, asked, status):
        self.polls, self.delay, self.memory, self.stop, self.gap = polls, health.percentile(0.99), memory, stop, gap
        self.asked, self.status = asked, status

    def faults(self, calm, least_asked):
        out = []
        if self.status is not None:
            out.append(f"ended with status {self.status}")
        if self.polls < LEAST_POLLS * calm:
            out.append("polls")
        if self.delay > MOST_DELAY:
            out.append("health")
        if self.memory > MOST_MEMORY:
            out.append("memory")
        if self.stop > MOST_STOP:
            out.append("stop")
        if self.gap > WATCHDOG:
            out.append("watchdog")
        if self.asked < least_asked:
            out.append("was not tried")
        return out

    def cells(self, calm):
        share = 100 * self.polls / calm
        delay = f"{1000 * self.delay:.0f} ms" if self.delay < 10 else "none"
        stop = f"{self.stop:.1f} s" if self.stop < 60 else "killed"
        return f"{self.asked} | {self.polls} ({share:.0f} %) | {delay} | {self.memory / 1e6:.0f} MB | {stop} | {self.gap:.1f} s"


class Bench:
    def __init__(self, binary, folder, seconds):
        self.binary, self.folder, self.seconds = binary, folder, seconds
        self.honest_port = free_port()
        self.honest = server("honest_server.py", self.honest_port)

    def polls(self):
        return int(ask(self.honest_port, "/count", timeout=10)[1])

    def measure(self, name=None):
        """One daemon for `seconds`, beside the behaviour of that name or alone."""
        site, hostile, door = None, None, free_port()
        if name:
            port = free_port()
            site = catalogue.BEHAVIOURS[name](port)
            hostile = server("hostile_server.py", name, port, door, nice=10)
        subject = Subject(self.binary, self.folder / (name or "calm"), door, self.honest_port, site)
        try:
            if not subject.wait_until_ready():
                sys.exit(f"hostile: the daemon did not start; see {subject.folder}/log")
            ready = time.monotonic()
            time.sleep(WARM_UP)
            before = self.polls()
            health = Health(subject.door)
            health.watch(self.seconds)
            polls = self.polls() - before
            gap = subject.notifications.longest_gap(ready, time.monotonic())
            status = None if subject.is_running() else subject.process.returncode
            memory = peak_bytes(subject.process.pid)
            stop = subject.stop()
            asked = 0
            if hostile:
                hostile.terminate()
                asked = int(hostile.stdout.read() or 0)
                hostile.wait()
            return Measured(polls, health, memory, stop, gap, asked, status)
        finally:
            subject.close()
            if hostile and hostile.poll() is None:
                hostile.kill()
                hostile.wait()

    def close(self):
        self.honest.kill()
        self.honest.wait()


def names_of(arguments):
    names = list(catalogue.BEHAVIOURS)
    if arguments.only:
        unknown = [name for name in arguments.only if name not in names]
        if unknown:
            sys.exit(f"hostile: no behaviour {', '.join(unknown)}; see --list")
        return arguments.only
    part, of = (int(number) for number in arguments.part.split("/"))
    return names[part - 1::of]


def run(arguments, binary, folder):
    bench = Bench(binary, folder, arguments.seconds)
    failed = 0
    names = names_of(arguments)
    try:
        calm = bench.measure()
        print("| behaviour | requests | honest polls | /-/healthy p99 | memory | SIGTERM | watchdog gap | |")
        print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |")
        print(f"| calm: the honest source alone | {calm.cells(calm.polls)} | |", flush=True)
        if calm.polls < 5 * arguments.seconds:
            sys.exit(f"hostile: {calm.polls} polls in the calm run are too few to compare with; is the machine busy?")
        for name in names:
            measured = bench.measure(name)
            faults = measured.faults(calm.polls, catalogue.BEHAVIOURS[name].least)
            failed += bool(faults)
            print(f"| `{name}`: {catalogue.BEHAVIOURS[name].__doc__} | {measured.cells(calm.polls)} | {', '.join(faults) or 'ok'} |", flush=True)
    finally:
        bench.close()
    print(f"\n{len(names)} behaviours, {len(names) - failed} as asked, {failed} not")
    return 1 if failed else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("mode", nargs="?", choices=["sources", "hosts"], default="sources")
    parser.add_argument("--part", default="1/1", help="I/N: every N-th behaviour from the I-th on; with 4 parts each takes seven minutes")
    parser.add_argument("--only", action="append", metavar="NAME")
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--keep", type=pathlib.Path, metavar="FOLDER", help="where databases and logs stay")
    parser.add_argument("--list", action="store_true")
    arguments = parser.parse_args()
    if arguments.list:
        for name, site in catalogue.BEHAVIOURS.items():
            print(f"{name:26}{site.__doc__}")
        return 0
    folder = (arguments.keep or pathlib.Path(tempfile.mkdtemp(prefix="tinwatch-hostile-"))).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        if arguments.mode == "hosts":
            return hosts_bench.run(arguments.build / "bin/tinwatch", new_folder(folder / "hosts"))
        return run(arguments, arguments.build / "bin/tinwatch", folder)
    finally:
        if not arguments.keep:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
