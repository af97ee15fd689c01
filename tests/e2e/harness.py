"""What the end-to-end tests are made of: the real programs, started and asked from outside.

Everything waits for states, never for time to pass: `until` looks again and again until something
holds, and fails loudly when it never does.
"""
import http.client
import http.server
import json
import os
import pathlib
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import threading
import time
import unittest
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(os.environ.get("TINWATCH_BIN", ROOT / "build/dev/bin"))  # the program
TESTS_BIN = pathlib.Path(os.environ.get("TINWATCH_TESTS_BIN", BIN))  # what was built from tests/
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
# Machines differ, and so does what else they do.
PATIENCE = float(os.environ.get("TINWATCH_TEST_PATIENCE", "30"))


def until(condition, what, seconds=None):
    """Returns what `condition` returns once that is true."""
    deadline = time.monotonic() + (seconds or PATIENCE)
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"never happened: {what}")
        time.sleep(0.005)


def kill_after(process, seconds):
    """kill -9, unless it has ended by then."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        pass
    process.kill()
    process.wait()


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def http_request(port, method, target, headers=None, body=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request(method, target, body=body, headers=headers or {})
        response = connection.getresponse()
        return response.status, dict(response.getheaders()), response.read()
    finally:
        connection.close()


class Newsroom:
    """The sample newsroom and its control port; `through` is a command that runs it elsewhere."""

    def __init__(self, through=()):
        self.process = subprocess.Popen([*through, BIN / "newsroom"], stdout=subprocess.PIPE, text=True)
        words = self.process.stdout.readline().split()
        self.origin = words[1].rstrip("/")
        self.port = int(self.origin.rsplit(":", 1)[1])
        self.control_port = int(words[3].rstrip("/").rsplit(":", 1)[1])

    def control(self, method, command, **query):
        target = command + ("?" + urllib.parse.urlencode(query) if query else "")
        status, _, body = http_request(self.control_port, method, target)
        assert status == 200, (target, status)
        return json.loads(body)

    def step(self):
        return self.control("POST", "/step")

    def misbehave(self, path, how, value="", times=1):
        self.control("POST", "/misbehave", path=path, how=how, value=value, times=times)

    def release(self):
        self.control("POST", "/release")

    def wait(self, **counts):
        return self.control("GET", "/await", **counts)

    def truth(self):
        return self.control("GET", "/truth")

    def log(self):
        return self.control("GET", "/log")

    def path(self, identifier):
        return next(p["path"] for p in self.truth()["pieces"] if p["id"] == identifier)

    def close(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


class Sink:
    """A webhook receiver that keeps what it got. `answers` holds the statuses of the next answers
    (200 once they are used up), `body` is what they carry, said to be gzip; while `held` nothing is answered at all."""

    def __init__(self):
        self.requests = []
        self.answers = []
        self.body = b""
        self.gate = threading.Event()
        self.gate.set()
        sink = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = sink.answers.pop(0) if sink.answers else 200
                sink.requests.append({"headers": dict(self.headers), "body": body, "status": status})
                sink.gate.wait(PATIENCE)
                try:
                    self.send_response(status)
                    if sink.body:
                        self.send_header("Content-Encoding", "gzip")
                    self.send_header("Content-Length", str(len(sink.body)))
                    self.end_headers()
                    self.wfile.write(sink.body)
                except OSError:
                    pass  # the daemon was killed meanwhile

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/hook"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def hold(self):
        self.gate.clear()

    def go_on(self):
        self.gate.set()

    def events(self):
        """The events that were answered with 2xx or at least read, in order of arrival."""
        return [json.loads(r["body"]) for r in self.requests]

    def close(self):
        self.gate.set()
        self.server.shutdown()
        self.server.server_close()


class Daemon:
    """One configuration and the process that runs with it, now and again."""

    def __init__(self, folder, text, binary="tinwatch"):
        self.folder = pathlib.Path(folder)
        self.binary = (BIN if binary == "tinwatch" else TESTS_BIN) / binary
        self.port = free_port()
        self.socket = self.folder / "tinwatch.sock"
        self.database = self.folder / "tinwatch.db"
        self.config = self.folder / "tinwatch.yaml"
        self.log = self.folder / "log"
        (self.folder / "profiles").mkdir(exist_ok=True)
        shutil.copy(ROOT / "tests/demo/profiles/newsroom.yaml", self.folder / "profiles")
        secret = self.folder / "hook.secret"
        secret.write_text(SECRET + "\n")
        secret.chmod(0o600)
        self.write(text)
        self.env = None  # as ours
        self.process = None

    def write(self, text):
        head = f"""\
storage: {{url: "sqlite://{self.database}"}}
http: {{listen: ["127.0.0.1:{self.port}"], socket: "{self.socket}"}}
"""
        self.config.write_text(head + text)

    def start(self, wait=True):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen([self.binary, "run", "--config", self.config], stderr=log, cwd=self.folder, env=self.env)
        if wait:
            until(self.is_ready, f"the daemon is ready\n{self.log.read_text(errors='replace')[-2000:]}")

    def is_ready(self):
        if self.process.poll() is not None:
            raise AssertionError(f"the daemon ended with {self.process.returncode}:\n{self.log.read_text()[-3000:]}")
        try:
            return http_request(self.port, "GET", "/-/ready")[0] == 200
        except OSError:
            return False

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """Asks for an orderly end and returns (exit status, seconds it took)."""
        begun = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(PATIENCE)
        return status, time.monotonic() - begun

    def close(self):
        if self.process and self.process.poll() is None:
            self.kill()

    def run(self, *arguments, **options):
        """A command of the same program with the same configuration."""
        command = [self.binary, *arguments, "--config", self.config]
        return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE * 2, **options)

    def get(self, target, **headers):
        return http_request(self.port, "GET", target, headers)

    def rows(self, sql, *parameters):
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=10) as db:
            rows = db.execute(sql, parameters).fetchall()
        db.close()
        return rows

    def count(self, sql, *parameters):
        return self.rows(sql, *parameters)[0][0]

    def event_count(self, event_type, identifier):
        return self.count(
            "SELECT count(*) FROM events e JOIN articles a ON a.row = e.article WHERE e.type = ? AND a.identifier = ?",
            f"tinwatch.article.{event_type}", identifier)


def watching(newsroom, *, poll="150ms", recheck="150ms", extra="", tail=""):
    """The sections of a configuration that watches the newsroom, in a hurry."""
    return f"""\
fetch: {{timeout: 10s, per_host: {{connections: 1, delay: 1ms}}}}
sources:
  - name: newsroom
    profile: newsroom
    start: ["{newsroom.origin}/"]
    poll: {poll}
    recheck: {recheck}
    removal: {{missing_after: 2, over: 100ms, confirmations: 2, confirm_over: 300ms, gone_confirmations: 1}}
    allow_networks: ["127.0.0.0/8"]
{extra}{tail}"""


def receiver(sink):
    return f"""\
receivers:
  - name: sink
    webhook: {{url: "{sink.url}", secret_files: ["hook.secret"]}}
    allow_networks: ["127.0.0.0/8"]
"""


class EndToEnd(unittest.TestCase):
    """A test with a newsroom, a folder, and daemons that end with it."""

    maxDiff = None

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="tinwatch-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.newsroom = Newsroom()
        self.addCleanup(self.newsroom.close)

    def sink(self):
        sink = Sink()
        self.addCleanup(sink.close)
        return sink

    def daemon(self, text, binary="tinwatch", folder=None):
        daemon = Daemon(folder or self.folder, text, binary)
        self.addCleanup(daemon.close)
        return daemon

    def started(self, text):
        daemon = self.daemon(text)
        daemon.start()
        return daemon

    def wait_for_baseline(self, daemon, articles=8):
        until(lambda: daemon.count("SELECT count(*) FROM articles") == articles, "the first sweep is done")
        # The category pages, the feed and the sitemap belong to the first sweep too.
        until(lambda: daemon.count("SELECT count(*) FROM frontier f JOIN checks c ON c.frontier = f.row WHERE f.kind <> 'article' AND c.succeeded_at IS NULL") == 0, "all lists were read")

    def play(self, daemon):
        """One step of the script, and the wait until the daemon has reported it."""
        step = self.newsroom.step()
        before = 0 if step["type"] != "revised" else step["version"] - 2
        until(lambda: daemon.event_count(step["type"], step["id"]) > before, f"{step} is reported")
        return step


def seeded():
    """A generator whose seed is printed, so that a failure can be played again."""
    seed = int(os.environ.get("TINWATCH_SEED", random.randrange(1 << 32)))
    print(f"TINWATCH_SEED={seed}", flush=True)
    return random.Random(seed)
