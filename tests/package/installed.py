"""A tree in which the package is installed by what a document says, and what can be asked there."""
import pathlib
import shutil
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/e2e"))

from guide import Guide
from harness import Newsroom, watching
from tree import Tree

CONFIG = "/etc/tinwatch/tinwatch.yaml"
ARTICLES = 8  # what the newsroom has before its first step


def version_of(deb):
    return subprocess.run(["dpkg-deb", "-f", deb, "Version"], capture_output=True, text=True, check=True).stdout.strip()


def file_of(deb, name):
    """The text of a file that a package brings."""
    files = subprocess.run(["dpkg-deb", "--fsys-tarfile", deb], capture_output=True, check=True).stdout
    return subprocess.run(["tar", "-xO", "." + name], input=files, capture_output=True, check=True).stdout.decode()


class Installed(unittest.TestCase):
    """The commands are those of `document`. From the command line come `package`, `earlier`, which is upgraded to it, and `later`, to which
    it is upgraded."""

    maxDiff = None
    document = "docs/operations.md"
    earlier, package, later = pathlib.Path(), pathlib.Path(), pathlib.Path()

    def setUp(self):
        self.document_ = Guide(ROOT / self.document)
        self.tree = Tree(self.package)
        self.addCleanup(self.tree.close)
        self.run_ = self.tree.run
        self.newsroom = None
        if self.tree.booted:
            # In the tree's network, of which loopback is all.
            self.newsroom = Newsroom(through=["nsenter", "-t", self.tree.container.init, "-n", "--"])
            self.addCleanup(self.newsroom.close)

    # What people do.

    def commands(self, heading):
        return self.document_.commands(heading)

    def guide(self, heading, block=0):
        return self.run_(self.commands(heading)[block])[1]

    def answer(self, text, name="tinwatch.yaml"):
        """What the next `editor` will make of the file."""
        editor = self.tree.path("/usr/local/bin/editor")
        editor.write_text('#!/bin/sh\ncp -r /root/profiles /etc/tinwatch/\ncat "/root/edited/${1##*/}" >"$1"\n')
        editor.chmod(0o755)
        shutil.copytree(ROOT / "tests/demo/profiles", self.tree.path("/root/profiles"), dirs_exist_ok=True)
        self.tree.path("/root/edited").mkdir(exist_ok=True)
        self.tree.path(f"/root/edited/{name}").write_text(text)

    def edited(self, head="", tail="", deb=None):
        """The configuration that a package ships with the operator's contact, and the newsroom as a second source."""
        shipped = file_of(deb or self.package, CONFIG)
        contact = '"https://example.org/tinwatch"'
        self.assertIn(contact, shipped)
        shipped = shipped.replace(contact, '"mailto:alice@news.example"\n  per_host: {delay: 10ms}')
        source = watching(self.newsroom).split("sources:\n")[1] if self.newsroom else ""
        return head + shipped.replace("sources:\n", "sources:\n" + source) + tail

    def put(self, deb):
        for old in self.tree.path("/root").glob("tinwatch_*.deb"):
            old.unlink()
        shutil.copy(deb, self.tree.path("/root"))

    # What is so.

    def show(self, name, unit="tinwatch"):
        return self.run_(f"systemctl show -P {name} {unit}")[1].strip()

    def journal(self, unit="tinwatch"):
        return self.run_(f"journalctl -u {unit} -o cat --no-pager")[1]

    def articles(self):
        return self.run_("tinwatch articles --source newsroom --format csv")[1]

    def assert_running_version(self, deb):
        """Program, process and package agree."""
        version = version_of(deb)
        self.assertIn(f"tinwatch {version} (", self.run_("tinwatch --version")[1])
        self.assertEqual(self.run_("dpkg-query -W -f '${Version}' tinwatch")[1], version)
        self.assertIn(f'version="{version}"', self.run_("curl -s 127.0.0.1:8390/metrics | grep ^tinwatch_build_info")[1])

    def assert_watching(self, unit="tinwatch"):
        self.assertEqual(self.show("ActiveState", unit), "active", self.journal(unit))
        self.assertRegex(self.show("StatusText", unit), r"\Awatching( \d+ sources?)?\Z", self.journal(unit))
