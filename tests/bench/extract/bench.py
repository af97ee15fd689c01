"""`./dev bench extract`: the extractor against the public benchmarks, beside what their tools reach.

    bench.py TINWATCH DATA [NODE_MODULES]     DATA is ../shared/data

Figures of the peers are the published or measured ones of docs/extraction.md; Mozilla Readability runs
here, in the same minute on the same core, when node and its packages are there.
"""
import json
import os
import pathlib
import sys

import measure

HERE = pathlib.Path(__file__).parent
COLUMNS = ("precision", "recall", "f1", "exact", "snippets", "title", "day", "author")


def row(name, scores):
    cells = "".join(f"{scores[c]:9.3f}" if c in scores else " " * 8 + "-" for c in COLUMNS)
    speed = f"{scores['pages_per_cpu_second']:9.0f}{scores['peak_megabytes']:7.0f}{scores['longest_ms']:8.0f}" if "pages_per_cpu_second" in scores else ""
    if "rouge" in scores:
        speed += f"   ROUGE-Lsum {scores['rouge']:.2f}"
    print(f"  {name:26}{cells}{speed}", flush=True)


def main():
    tinwatch, data = sys.argv[1], pathlib.Path(sys.argv[2])
    modules = pathlib.Path(sys.argv[3]) if len(sys.argv) > 3 else None
    peers = json.loads((HERE / "peers.json").read_text())
    if not (data / "extraction").is_dir():
        print(f"no benchmark pages: {data}/extraction is not there", file=sys.stderr)
        return 3
    for folder in ("aeb", "fundus", "fundus80", "trafilatura", "htmldate"):
        print(f"{folder}\n  {'':26}" + "".join(f"{c:>9}" for c in COLUMNS) + f"{'pages/s':>9}{'MB':>7}{'max ms':>8}")
        row("tinwatch", measure.run(data / "extraction" / folder, measure.tinwatch_command(tinwatch)))
        if modules and folder in ("aeb", "fundus80"):
            script = modules / "readability.mjs"
            script.write_text((HERE / "readability.mjs").read_text())
            row("readability (here)", measure.run(data / "extraction" / folder, ["node", os.fspath(script)]))
        for name, scores in peers[folder].items():
            row(name, scores)
    print("pages/s: pages a CPU second, bytes to record; MB: peak memory of the process; max ms: the slowest page. Peers: docs/extraction.md.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
