"""A signed repository of the package, and apt that installs from it, as docs/operations.md says."""
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/e2e"))

from harness import free_port, kill_after, until
from installed import CONFIG, Installed, version_of

HEADING = "A repository of your own"
ADDRESS = "https://packages.example.org/tinwatch"


class Key:
    """A throw-away key for signing, and a repository that is signed with it."""

    def __init__(self, folder):
        self.home = pathlib.Path(folder)
        self.env = {"GNUPGHOME": str(self.home), "PATH": "/usr/bin:/bin"}
        subprocess.run(["gpg", "--batch", "--quiet", "--passphrase", "", "--quick-generate-key", "packages@news.example", "default", "sign", "never"],
                       env=self.env, check=True, capture_output=True)

    def publish(self, folder, *packages):
        subprocess.run([ROOT / "deploy/debian/repository.sh", folder, "packages@news.example", *packages], env=self.env, check=True, capture_output=True)

    def close(self):
        subprocess.run(["gpgconf", "--kill", "all"], env=self.env, check=False)


class Repository(Installed):
    def key(self):
        folder = tempfile.TemporaryDirectory(prefix="tinwatch-key-")
        self.addCleanup(folder.cleanup)
        key = Key(folder.name)
        self.addCleanup(key.close)
        return key

    def setUp(self):
        super().setUp()
        if not self.tree.booted:
            self.skipTest(f"not booted: {self.tree.why_not_booted}")
        served = tempfile.TemporaryDirectory(prefix="tinwatch-repository-")
        self.addCleanup(served.cleanup)
        self.served = pathlib.Path(served.name)
        self.address = f"http://127.0.0.1:{free_port()}"
        server = subprocess.Popen(["nsenter", "-t", self.tree.container.init, "-n", "--", sys.executable, "-m", "http.server", "--bind", "127.0.0.1",
                                   "--directory", self.served, self.address.rsplit(":", 1)[1]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(kill_after, server, 0)
        until(lambda: self.run_(f"curl -s {self.address}/", check=False)[0] == 0, "it is served")
        # The tree reaches no Debian mirror.
        self.run_("rm -rf /etc/apt/sources.list /etc/apt/sources.list.d/*")

    def told(self, block):
        return self.run_(self.commands(HEADING)[block].replace(ADDRESS, self.address))[1]

    def installed(self):
        return self.run_("dpkg-query -W -f '${Version}' tinwatch")[1]

    def test_apt_installs_and_upgrades_what_is_signed(self):
        key = self.key()
        key.publish(self.served, self.package)
        self.told(0)
        self.assertEqual(self.installed(), version_of(self.package))
        self.assertIn("Origin: Tinwatch", self.run_("apt-cache show tinwatch; cat /var/lib/apt/lists/*InRelease")[1])
        self.run_(f"runuser -u tinwatch -- tinwatch check --config {CONFIG}")

        key.publish(self.served, self.later)
        self.assertIn(version_of(self.package), self.run_("apt update >/dev/null; apt list --all-versions tinwatch")[1], "the one before is there, too")
        self.told(1)
        self.assertEqual(self.installed(), version_of(self.later))

        self.run_("apt purge tinwatch")
        lists = self.served / "dists/bookworm"
        for refused in (self.somebody_elses, self.changed_afterwards, self.not_signed):
            refused(lists)
            status, said = self.run_("rm -rf /var/lib/apt/lists/*; apt update", check=False)
            self.assertNotEqual(status, 0, refused.__name__ + said)
            self.assertNotEqual(self.run_("apt install tinwatch", check=False)[0], 0, refused.__name__)

    def somebody_elses(self, _):
        self.key().publish(self.served, self.later)

    def changed_afterwards(self, lists):
        release = lists / "InRelease"
        release.write_text(release.read_text().replace("Origin: Tinwatch", "Origin: Twinwatch"))
        (lists / "Release").unlink()

    def not_signed(self, lists):
        (lists / "InRelease").unlink()
        (lists / "Release").write_text("Origin: Tinwatch\nSuite: bookworm\nCodename: bookworm\nComponents: main\nArchitectures: amd64\n")
        (lists / "Release.gpg").unlink()
