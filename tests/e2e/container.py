"""A booted systemd in a container of systemd-nspawn, and commands inside of it."""
import os
import shutil
import signal
import subprocess
import sys

from harness import until


def why_not():
    """Why no container can be booted on this machine; None when one can."""
    if os.geteuid() != 0:
        return "only root can boot a container"
    if not shutil.which("systemd-nspawn"):
        return "systemd-nspawn is not installed"
    try:
        probe = subprocess.run(["systemd-nspawn", "-q", "-D", "/", "--volatile=yes", "--register=no", "--keep-unit", "/bin/true"],
                               capture_output=True, text=True, timeout=60)
    except subprocess.TimeoutExpired:
        return "systemd-nspawn hangs here"
    return None if probe.returncode == 0 else f"systemd-nspawn does not work here: {probe.stderr.strip()[-200:]}"


class Container:
    """Boots with systemd-nspawn's `options`; what the console says goes to the file `console`."""

    def __init__(self, console, *options):
        self.console = console
        self.options = options
        try:
            self.boot(60)
        except AssertionError as first:
            # Seen on a loaded machine: a job of the tree's own never ends. Nothing of ours has begun by then.
            print(f"booting again: {first}", file=sys.stderr)
            self.boot(120)

    def boot(self, seconds):
        self.log = open(self.console, "wb")
        self.process = subprocess.Popen(
            ["systemd-nspawn", "-q", "--register=no", "--keep-unit", "--console=read-only", "--boot", *self.options,
             "--", "systemd.firstboot=no", "systemd.unit=multi-user.target"],
            stdout=self.log, stderr=self.log, stdin=subprocess.DEVNULL)
        self.init = None

        def init():
            assert self.process.poll() is None, open(self.console, errors="replace").read()[-2000:]
            found = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True).stdout.split()
            return found and found[0]

        try:
            self.init = until(init, "systemd is started")
            until(lambda: self.inside("systemctl", "is-system-running").stdout.strip() in ("running", "degraded"),
                  "systemd has booted", seconds=seconds)
        except AssertionError as failure:
            jobs = self.inside("systemctl", "list-jobs", "--no-pager").stdout if self.init else ""
            self.close()
            raise AssertionError(f"{failure}; {jobs.strip() or 'no job waits'}") from None
        except BaseException:
            self.close()
            raise

    def inside(self, *command, timeout=60):
        return subprocess.run(["nsenter", "-t", self.init, "-a", "--", *command], capture_output=True, text=True, timeout=timeout,
                              stdin=subprocess.DEVNULL)

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            # Killed alone, nspawn leaves its payload behind, which breaks every later container.
            if self.init:
                os.kill(int(self.init), signal.SIGKILL)
            self.process.kill()
            self.process.wait()
        self.log.close()
