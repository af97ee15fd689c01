"""A minimal Debian tree in which the package can be installed, booted where the machine allows it.

The tree holds what the package depends on and what the guide uses besides, from the Debian mirrors this machine is set up for; it has
no network but loopback. Making it takes a minute or two, so its archive is kept.
"""
import hashlib
import pathlib
import platform
import re
import shutil
import subprocess
import sys

from container import Container, why_not
from harness import ROOT

KEPT = ROOT / "build/package-test"
# apt for the guide, an init to boot; the guide asks with curl and copies with sqlite3.
BESIDES = ("curl", "init", "sqlite3")
CLEAN = ["env", "-i", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LC_ALL=C.UTF-8"]


def dependencies(deb):
    """The package names of Depends; of alternatives the first."""
    depends = subprocess.run(["dpkg-deb", "-f", deb, "Depends"], capture_output=True, text=True, check=True).stdout
    return [re.match(r"[a-z0-9.+-]+", one.strip()).group() for one in depends.split(",")], depends


def mirrors():
    """Where this machine gets Debian's packages from, as lines of a sources.list."""
    asked = ["apt-get", "indextargets", "--format", "deb $(REPO_URI) $(RELEASE) $(COMPONENT)", "Created-By: Packages", "Origin: Debian"]
    lines = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    if not lines:  # never updated: apt does not know yet whose mirrors they are
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        lines = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    return lines


def archive(deb):
    """The tar file of a tree with the dependencies of `deb`; made if it is not there."""
    names, depends = dependencies(deb)
    kept = KEPT / f"tree-{hashlib.sha256((depends + ','.join(BESIDES)).encode()).hexdigest()[:12]}.tar"
    if not kept.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        for old in KEPT.glob("tree-*.tar"):
            old.unlink()
        print("making a minimal Debian tree", file=sys.stderr, flush=True)
        release = platform.freedesktop_os_release()["VERSION_CODENAME"]
        made = kept.with_suffix(".new.tar")
        subprocess.run(["mmdebstrap", "--quiet", "--mode=root", "--variant=apt", "--include=" + ",".join([*names, *BESIDES]),
                        release, made, "-"], input=mirrors(), text=True, check=True)
        made.rename(kept)
    return kept


class Tree:
    """The unpacked tree. `run` runs shell scripts in it as root; `booted` says whether systemd runs there."""

    def __init__(self, deb):
        self.root = KEPT / "root"
        shutil.rmtree(self.root, ignore_errors=True)
        self.root.mkdir(parents=True)
        subprocess.run(["tar", "-C", self.root, "--numeric-owner", "-xpf", archive(deb)], check=True)
        # Whoever follows the guide says yes, keeps the configuration that was edited, and has an account.
        (self.root / "etc/apt/apt.conf.d/90yes").write_text('APT::Get::Assume-Yes "true";\nDpkg::Options {"--force-confold";};\n')
        self.why_not_booted = why_not()
        self.booted = self.why_not_booted is None
        self.container = None
        if self.booted:
            self.container = Container(KEPT / "console", "-D", self.root, "--private-network", "--resolv-conf=off", "--timezone=off",
                                       "--link-journal=no")
        self.run("useradd --create-home alice")

    def run(self, script, check=True):
        """Returns (exit status, standard output and error)."""
        shell = [*CLEAN, "sh", "-ec", "exec 2>&1; cd /root\n" + script]
        if self.booted:
            done = self.container.inside(*shell, timeout=300)
        else:
            done = subprocess.run(["chroot", self.root, *shell], capture_output=True, text=True, timeout=300, stdin=subprocess.DEVNULL)
        if check and done.returncode != 0:
            raise AssertionError(f"{script}\nended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.returncode, done.stdout

    def path(self, name) -> pathlib.Path:
        return self.root / name.lstrip("/")

    def close(self):
        if self.container:
            self.container.close()
        shutil.rmtree(self.root, ignore_errors=True)
