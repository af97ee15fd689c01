"""A tree in which the package is installed by what a document says, and what can be asked there."""
import pathlib
import shutil
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/e2e"))

from guide import Guide
from harness import Newsroom, watching
from tree import Tree

CONFIG = "/etc/tinwatch/tinwatch.yaml"
ARTICLES = 8  # what the newsroom has before its first step


class Installed(unittest.TestCase):
    """The commands are those of `document`; `package` and `later`, to which it is upgraded, come from the command line."""

    maxDiff = None
    document = "docs/operations.md"
    package, later = pathlib.Path(), pathlib.Path()

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

    def edited(self, head="", tail=""):
        """The shipped configuration with the operator's contact, and the newsroom as a second source."""
        shipped = (ROOT / "config/tinwatch.yaml").read_text()
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

    def assert_watching(self, unit="tinwatch"):
        self.assertEqual((self.show("ActiveState", unit), self.show("StatusText", unit)), ("active", "watching"), self.journal(unit))
