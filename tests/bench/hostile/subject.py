"""The daemon under attack, and what is looked at from outside while it is."""
import contextlib
import http.client
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
WATCHDOG = 6.0  # seconds; the unit has 30
# Both sources in a hurry; nothing between a request and the next but what the daemon itself wants.
CONFIG = """\
storage: {{url: "sqlite://{folder}/tinwatch.db"}}
http: {{listen: ["127.0.0.1:{door}"], socket: "{folder}/tinwatch.sock"}}
fetch: {{per_host: {{connections: 1, delay: 10ms, requests_per_hour: 36000}}}}
sources:
  - {{name: honest, start: ["http://127.0.0.1:{honest}/"], poll: 500ms, recheck: 500ms, allow_networks: ["127.0.0.0/8"]}}
{hostile}receivers:
  - name: desk
    webhook: {{url: "http://127.0.0.1:{honest}/hook", secret_files: ["{folder}/hook.secret"]}}
    allow_networks: ["127.0.0.0/8"]
watches:
  - {{name: flood, query: '"nước lũ"', receivers: [desk]}}
"""
HOSTILE = """\
  - {{name: hostile, profile: hostile, start: [{start}], poll: 200ms, recheck: 200ms, allow_networks: ["127.0.0.0/8"]}}
"""


def free_port():
    with socket.socket() as s:
        s.bind(("0.0.0.0", 0))
        return s.getsockname()[1]


def new_folder(path):
    """An empty one."""
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    return path


def server(script, *arguments, nice=0):
    """A server's process, once it serves."""
    process = subprocess.Popen(["nice", "-n", str(nice), sys.executable, "-B", HERE / script, *map(str, arguments)],
                               stdout=subprocess.PIPE, text=True)
    if process.stdout.readline() != "ready\n":
        sys.exit(f"hostile: {script} did not start")
    return process


def ask(port, target, timeout):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request("GET", target)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


@contextlib.contextmanager
def ahead_of_all():
    """Whoever measures must not wait for whoever is measured; without the right to it, it does."""
    try:
        os.setpriority(os.PRIO_PROCESS, 0, -5)
    except PermissionError:
        pass
    yield
    os.setpriority(os.PRIO_PROCESS, 0, 0)


def peak_bytes(pid):
    """The most memory that a process ever had; 0 of one that has ended."""
    found = re.search(r"VmHWM:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text())
    return int(found.group(1)) * 1024 if found else 0


class Notifications:
    """systemd's end of NOTIFY_SOCKET: when the watchdog was fed."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(str(path))
        self.fed = []
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            try:
                if b"WATCHDOG=1" in self.socket.recv(4096):
                    self.fed.append(time.monotonic())
            except OSError:
                return

    def longest_gap(self, since, until):
        times = [since, *(at for at in self.fed if since < at < until), until]
        return max(later - earlier for earlier, later in zip(times, times[1:]))


class Health:
    """Asks /-/healthy twenty times a second, on a new connection each. An answer's delay counts from when it was to be
    asked, so that one long silence is as many slow answers as it held up."""

    EACH = 0.05

    def __init__(self, port):
        self.port = port
        self.delays = []

    def watch(self, seconds):
        with ahead_of_all():
            self.ask_again_and_again(seconds)

    def ask_again_and_again(self, seconds):
        begun = time.monotonic()
        for number in range(int(seconds / self.EACH)):
            due = begun + number * self.EACH
            time.sleep(max(0.0, due - time.monotonic()))
            left = begun + seconds - time.monotonic()
            try:
                if left > 0 and ask(self.port, "/-/healthy", timeout=left)[0] == 200:
                    self.delays.append(time.monotonic() - due)
                    continue
            except (OSError, http.client.HTTPException):
                time.sleep(max(0.0, min(self.EACH, begun + seconds - time.monotonic())))
            self.delays.append(max(seconds, 1.0))  # no answer is as bad as one at the end

    def percentile(self, part):
        ordered = sorted(self.delays)
        return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


class Subject:
    """A daemon with a fresh database that watches the honest source and, when one is given, a hostile one."""

    def __init__(self, binary, folder, door, honest_port, site=None):
        new_folder(folder)
        (folder / "profiles").mkdir()
        (folder / "hook.secret").write_text("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n")
        (folder / "hook.secret").chmod(0o600)
        self.folder, self.door = folder, door
        hostile = ""
        if site:
            hostile = HOSTILE.format(start=", ".join(f'"{site.origin}{path}"' for path in site.start))
            names = "".join(f'  - "{site.host(n)}"\n' for n in range(site.host_count))
            own = f"127.0.0.1:{site.port}"
            (folder / "profiles/hostile.yaml").write_text(f'hosts:\n  - "{own}"\n{names}' if names else "drop_lines: []\n")
        config = folder / "tinwatch.yaml"
        config.write_text(CONFIG.format(folder=folder, door=self.door, honest=honest_port, hostile=hostile))
        self.notifications = Notifications(folder / "notify")
        environment = dict(os.environ, NOTIFY_SOCKET=str(folder / "notify"), WATCHDOG_USEC=str(int(WATCHDOG * 1e6)))
        environment.pop("WATCHDOG_PID", None)
        self.log = open(folder / "log", "wb")
        self.process = subprocess.Popen([binary, "run", "--config", config], env=environment, stdout=self.log, stderr=self.log)

    def wait_until_ready(self, seconds=30):
        until = time.monotonic() + seconds
        while time.monotonic() < until and self.is_running():
            try:
                if ask(self.door, "/-/ready", timeout=1)[0] == 200:
                    return True
            except (OSError, http.client.HTTPException):
                pass
            time.sleep(0.01)
        return False

    def is_running(self):
        return self.process.poll() is None

    def stop(self, patience=15.0):
        """Seconds from SIGTERM to the end; infinite when it had to be killed."""
        begun = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(patience)
            return time.monotonic() - begun
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return float("inf")
        finally:
            self.close()

    def close(self):
        if self.is_running():
            self.process.kill()
            self.process.wait()
        self.notifications.socket.close()
        self.log.close()
