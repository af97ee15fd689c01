"""What a build calls itself: versions rise from commit to commit, as dpkg sorts them, and name the commit."""
import itertools
import pathlib
import re
import subprocess
import tempfile
import unittest

from harness import BIN, ROOT

SCRIPT = f"""
include({ROOT}/cmake/version.cmake)
tinwatch_version(${{CMAKE_CURRENT_LIST_DIR}} 0.1.0)
message("${{TINWATCH_VERSION}} ${{TINWATCH_REVISION}}")
"""


class Version(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="tinwatch-version-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "ask.cmake").write_text(SCRIPT)

    def git(self, *arguments, date="2026-11-28T23:59:59+07:00"):
        subprocess.run(["git", "-C", self.folder, "-c", "user.name=A", "-c", "user.email=a@news.example", *arguments], check=True,
                       capture_output=True, env={"PATH": "/usr/bin:/bin", "GIT_COMMITTER_DATE": date, "GIT_CONFIG_NOSYSTEM": "1"})

    def commit(self, **date):
        self.git("commit", "--allow-empty", "-m", "one more", **date)
        return self.named()

    def named(self):
        said = subprocess.run(["cmake", "-P", self.folder / "ask.cmake"], capture_output=True, text=True, check=True, cwd=self.folder)
        return said.stderr.split()

    def assert_rising(self, versions):
        for lower, higher in itertools.pairwise(versions):
            order = subprocess.run(["dpkg", "--compare-versions", lower, "lt", higher], capture_output=True, text=True)
            self.assertEqual((order.returncode, order.stderr), (0, ""), f"{lower} < {higher}")

    def test_rises(self):
        self.assertEqual(self.named(), ["0.1.0", "unknown"], "outside of git")
        self.git("init")
        self.git("add", "ask.cmake")
        # Within one second, past the number 9, on the next day (of UTC).
        named = [self.commit() for _ in range(11)] + [self.commit(date="2026-11-29T07:00:00+07:00")]
        self.assert_rising(["0.1.0", *(version for version, _ in named)])
        for version, revision in named:
            self.assertRegex(version, rf"^0\.1\.0\+git2026112[89]\.\d+\.{revision}$")
        (self.folder / "ask.cmake").write_text(SCRIPT + "\n")
        version, revision = self.named()
        self.assertEqual((version, revision), (named[-1][0] + ".dirty", named[-1][1] + "-dirty"))

    def test_the_program_tells_its_own(self):
        said = subprocess.run([BIN / "tinwatch", "--version"], capture_output=True, text=True, check=True).stdout
        version, revision = re.fullmatch(r"tinwatch (\S+) \((\S+)\)\n", said).groups()
        if revision != "unknown":
            self.assertTrue(version.endswith(revision.replace("-", ".")) or "+git" not in version, said)


if __name__ == "__main__":
    unittest.main()
