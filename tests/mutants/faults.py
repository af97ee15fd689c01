"""The planted faults as data: faults/*.toml, one table a fault.

    [name_of_the_fault]
    wrong = "what the program does then"
    file = "daemon/monitor/src/removal.cpp"
    find = "the exact text, which stands in the file once"
    with = "what takes its place"
    tests = ["unit:monitor"]      # those of which one must fail, asked in this order

A test is `unit:MODULE` (all of tests/MODULE) or `unit:MODULE:FILTER` (a GoogleTest filter), `scenario:FILTER`, or
`e2e:NAME` (tests/e2e/test_NAME.py) or `e2e:NAME:CLASS.METHOD`.
"""
import dataclasses
import pathlib
import tomllib

FIELDS = {"wrong", "file", "find", "with", "tests"}
SECONDS = {"unit": 10, "scenario": 40, "e2e": 60}  # what one takes, about: for parts of one length


@dataclasses.dataclass(frozen=True)
class Test:
    """One thing to run: what has to be built for it, and the command, in the build folder."""
    text: str

    @property
    def kind(self):
        return self.text.split(":")[0]

    @property
    def subject(self):
        return (self.text.split(":", 2) + ["", ""])[1]

    @property
    def filter(self):
        if self.kind == "scenario":
            return self.subject
        return (self.text.split(":", 2) + ["", ""])[2]

    @property
    def targets(self):
        if self.kind == "unit":
            return [f"tinwatch_{self.subject}_tests"]
        return ["tinwatch_scenario_tests"] if self.kind == "scenario" else ["tinwatch", "newsroom"]

    def command(self, tree, build):
        if self.kind == "e2e":
            only = [self.filter] if self.filter else []
            return ["python3", "-B", str(tree / f"tests/e2e/test_{self.subject}.py"), "-f", *only]
        return [str(build / "bin" / self.targets[0]), "--gtest_fail_fast", f"--gtest_filter={self.filter or '*'}"]


@dataclasses.dataclass(frozen=True)
class Fault:
    name: str
    wrong: str
    file: str
    find: str
    replacement: str
    tests: tuple

    @property
    def seconds(self):
        return sum(SECONDS[test.kind] for test in self.tests)

    def planted(self, text):
        """The file with the fault; None where its text is not found once."""
        return text.replace(self.find, self.replacement) if text.count(self.find) == 1 else None


def load(folder):
    """All faults of the folder; those of one program and one file stand together, so that little is built anew for each."""
    faults = []
    for path in sorted(pathlib.Path(folder).glob("*.toml")):
        for name, table in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if set(table) != FIELDS or not table["tests"]:
                raise SystemExit(f"mutants: {path.name}: {name} has not the fields {', '.join(sorted(FIELDS))}")
            faults.append(Fault(name, table["wrong"], table["file"], table["find"], table["with"], tuple(map(Test, table["tests"]))))
    names = [fault.name for fault in faults]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise SystemExit(f"mutants: two faults are named {', '.join(sorted(twice))}")
    return sorted(faults, key=lambda fault: (fault.tests[0].targets, fault.file, fault.name))


def part(faults, number, of):
    """The number-th of so many parts that take about as long as each other; neighbours stay together."""
    whole = sum(fault.seconds for fault in faults)
    out, begun = [], 0
    for fault in faults:
        if int((begun + fault.seconds / 2) * of / whole) == number - 1:
            out.append(fault)
        begun += fault.seconds
    return out
