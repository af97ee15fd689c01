"""What a family of page designs gives to rules that were not made for it.

    left_out.py TINWATCH DATA [FAMILY...]     DATA is ../shared/data

TINWATCH is the build of the preset `leave-out` (./dev bench extract --left-out). For each family the rules are
judged as if it did not exist: one that elsewhere helps no more than one page and one design is left out, as it
would never have been kept, and the family is read without it. A row a family: its records that are whole with
all rules, those that are without the rules which stand on it alone, and these rules.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import without
from without import check

LEAST_HELPED = 2  # pages and designs together


def whole_by_family(binary, lines, jobs, rules):
    records = without.read(binary, lines, rules)
    out = {}
    for key, record in records.items():
        out.setdefault(jobs[key][0], {})[key] = check.is_whole(jobs[key], record)
    return out


def helped(before, after):
    return sum(before[key] and not after[key] for key in before)


def share(row):
    return sum(row.values()) / len(row)


def main():
    binary, data = sys.argv[1], pathlib.Path(sys.argv[2])
    families = sys.argv[3:] or list(check.FAMILIES)
    with tempfile.TemporaryDirectory() as temp:
        folder = pathlib.Path(temp)
        truth = without.truths(data)
        pages = without.pages_of(truth, folder)
        designs, jobs = check.render(check.articles_of(data / "designs/articles.json"), list(check.FAMILIES), without.SEEDS, folder / "designs", fetches=1, edits=False)
        with_all = without.score(truth, without.read(binary, pages, ""))
        whole = whole_by_family(binary, designs, jobs, "")
        support = {}  # rule -> what it helps: pages, and designs by family
        for rule in without.rules():
            less = without.score(truth, without.read(binary, pages, rule))
            support[rule] = {"pages": sum(with_all[key] - less[key] >= without.LEAST_CHANGE for key in with_all)}
            other = whole_by_family(binary, designs, jobs, rule)
            support[rule].update({family: helped(whole[family], other[family]) for family in whole})
        print(f"{'family':14}{'whole':>8}{'left out':>10}  rules that stand on it alone")
        for family in families:
            alone = [rule for rule, helps in support.items() if helps[family] and sum(helps.values()) - helps[family] < LEAST_HELPED]
            row = whole_by_family(binary, [line for line in designs if jobs[json.loads(line)["id"]][0] == family], jobs, ",".join(alone))[family]
            print(f"{family:14}{share(whole[family]):>8.3f}{share(row):>10.3f}  {' '.join(alone)}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
