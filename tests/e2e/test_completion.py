"""Shells complete what the program parses: asked of real shells, with the scripts that the program writes. The manual names all of it."""
import os
import pathlib
import re
import shutil
import subprocess
import unittest

from harness import BIN

MANUAL = pathlib.Path(__file__).resolve().parents[2] / "docs/man/tinwatch.1"
CONFIGURATION = BIN.parent / "deploy/tinwatch.yaml.5"  # made of the reference


def script(shell):
    return subprocess.run([BIN / "tinwatch", "completion", shell], capture_output=True, text=True, check=True).stdout


class Bash(unittest.TestCase):
    def completed(self, *words):
        """What is offered for the last of the words."""
        line = " ".join(f"'{word}'" for word in ("tinwatch", *words))
        run = subprocess.run(["bash", "--norc", "-c", 'source /dev/stdin; compopt() { echo "OPT $*"; }; '
                              f'COMP_WORDS=({line}); COMP_CWORD={len(words)}; _tinwatch; printf "%s\\n" "${{COMPREPLY[@]}}"'],
                             input=script("bash"), capture_output=True, text=True, check=True)
        self.assertEqual(run.stderr, "")
        return run.stdout.split("\n")[:-1]

    def test_commands_options_and_values(self):
        self.assertIn("search", self.completed(""))
        self.assertEqual(sorted(self.completed("ex")), ["explain", "export"])
        self.assertIn("list", self.completed("alerts", ""))
        self.assertEqual(self.completed("alerts", "sh"), ["show"])
        self.assertEqual(self.completed("articles", "--so"), ["--source"])
        self.assertEqual(self.completed("articles", "--by", "s"), ["seen"])
        self.assertEqual(self.completed("alerts", "list", "--format", ""), ["table", "json", "csv"])
        self.assertEqual(self.completed("articles", "--config", ""), ["OPT -o default", ""], "a file")
        self.assertIn("OPT -o default", self.completed("parse", "feed", ""))
        self.assertEqual(self.completed("articles", "--source", ""), [""], "what only the reader knows")
        self.assertIn("--limit", self.completed("search", "--gone", "--l"), "a flag has no value")


@unittest.skipUnless(shutil.which("zsh"), "zsh is not installed")
class Zsh(unittest.TestCase):
    def completed(self, *words):
        line = " ".join(f"'{word}'" for word in ("tinwatch", *words))
        stubs = ('compdef() { :; }; _describe() { print -l -- "${(P@)2}"; }; compadd() { print -l -- "$@"; }; _files() { print FILES; }; '
                 f'words=({line}); CURRENT={len(words) + 1}; ')
        run = subprocess.run(["zsh", "-f", "-c", stubs + script("zsh")], capture_output=True, text=True, check=True)
        self.assertEqual(run.stderr, "")
        return run.stdout.splitlines()

    def test_commands_options_and_values(self):
        self.assertTrue(any(one.startswith("search:") for one in self.completed("")))
        self.assertTrue(any(one.startswith("show:") for one in self.completed("alerts", "")))
        self.assertEqual(self.completed("articles", "--by", ""), ["published", "seen", "changed"])
        self.assertEqual(self.completed("articles", "--config", ""), ["FILES"])


@unittest.skipUnless(shutil.which("fish"), "fish is not installed")
class Fish(unittest.TestCase):
    def completed(self, line):
        run = subprocess.run(["fish", "--no-config", "-c", f"source (printf %s $argv[1] | psub); complete -C '{line}'", script("fish")],
                             capture_output=True, text=True, check=True)
        self.assertEqual(run.stderr, "")
        return [one.split("\t")[0] for one in run.stdout.splitlines()]

    def test_commands_options_and_values(self):
        self.assertEqual(self.completed("tinwatch ex"), ["explain", "export"])
        self.assertEqual(self.completed("tinwatch alerts sh"), ["show"])
        self.assertEqual(sorted(self.completed("tinwatch articles --by ")), ["changed", "published", "seen"])
        self.assertEqual(self.completed("tinwatch search --gone --li"), ["--limit"], "a flag has no value")
        self.assertEqual(self.completed("tinwatch sources export --wha"), [], "another command of that name")


class Manual(unittest.TestCase):
    def test_every_command_and_option_is_in_it(self):
        text = re.sub(r"\\f[BIRP]|\\", "", MANUAL.read_text())
        missing = []
        for line in script("fish").splitlines()[2:]:
            path = re.findall(r"(?<!not )__fish_seen_subcommand_from ([a-z-]+)", line)
            if option := re.search(r" -l ([a-z-]+)", line):
                if option[1] not in ("help", "config", "version", "format") and "--" + option[1] not in text:
                    missing.append(" ".join(path) + " --" + option[1])
            elif name := re.search(r" -a ([a-z-]+) -d", line):
                if not re.search(rf"(?<![\w-]){name[1]}(?![\w-])", text):
                    missing.append(" ".join([*path, name[1]]))
        self.assertEqual(missing, [])

    @unittest.skipUnless(shutil.which("man"), "man-db is not installed")
    def test_man_shows_both_without_a_warning(self):
        for page in (MANUAL, CONFIGURATION):
            run = subprocess.run(["man", "--warnings=w", "-E", "UTF-8", "-l", page], capture_output=True, text=True, check=True,
                                 env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "MANWIDTH": "100"})
            self.assertEqual(run.stderr, "", page)
            self.assertIn("SEE ALSO", run.stdout)

    @unittest.skipUnless(shutil.which("mandoc"), "mandoc is not installed")
    def test_a_linter_has_nothing_to_say(self):
        for page in (MANUAL, CONFIGURATION):
            # "style" would ask for lines of 80 bytes.
            run = subprocess.run(["mandoc", "-Tlint", "-Wwarning", page], capture_output=True, text=True)
            self.assertEqual((run.returncode, run.stdout), (0, ""), page)


if __name__ == "__main__":
    unittest.main()
