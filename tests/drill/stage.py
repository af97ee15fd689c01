"""Where a drill plays: the program that ships beside the sample newsroom and a receiver, and a Prometheus with the shipped
rules in a hurry. A drill breaks something, writes down what is noticed and when, mends it, and has the end looked through.
"""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
from harness import ROOT, Daemon, Newsroom, Sink, free_port, http_request, receiver, until, watching  # noqa: E402

# As in the shipped rules, and as a drill can wait for it: times and room are those of a small stage.
HURRY = {
    "> 1800": "> 3",  # an alert that has waited
    "> 18 * 3600": "> 5",  # a source's last list
    "< 256 * 2^20": "< 2^20",  # room on a disk of some megabytes
}
ROUTES = 'routes:\n  - {match: {type: "tinwatch.article.*"}, receivers: [desk]}\n'


class Skipped(Exception):
    """What this machine cannot do, in a word."""


def in_a_hurry(rules):
    """The rules without patience: no `for`, all evaluated every second, windows of ten seconds."""
    for shipped, hurried in HURRY.items():
        assert shipped in rules, f"no rule says '{shipped}' any more"
        rules = rules.replace(shipped, hurried)
    rules = re.sub(r"^ +(for|keep_firing_for|interval): \w+\n", "", rules, flags=re.M)
    return re.sub(r"\[\d+[mhd]\]", "[10s]", rules)


def without_ids(line):
    """A line of the log: its words, and why."""
    words = re.sub(r"^\S+ ", "", line)
    why = re.search(r' why=("(?:[^"\\]|\\.)*"|\S+)', words)
    return re.sub(r" \w+=.*", "", words) + (why.group() if why else "")


class Prometheus:
    def __init__(self, folder, target_port):
        self.port = free_port()
        folder.mkdir()
        rules = (ROOT / "deploy/prometheus/rules.yml").read_text()
        (folder / "rules.yml").write_text(in_a_hurry(rules))
        shipped = (ROOT / "deploy/prometheus/scrape.yml").read_text().replace('"127.0.0.1:9093"', "")  # nobody is told
        (folder / "prometheus.yml").write_text(shipped.replace("127.0.0.1:8390", f"127.0.0.1:{target_port}").replace("15s", "1s"))
        with open(folder / "log", "wb") as log:
            self.process = subprocess.Popen(["prometheus", f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/tsdb",
                                             f"--web.listen-address=127.0.0.1:{self.port}"], stdout=log, stderr=log)

    def ask(self, path, **query):
        status, _, body = http_request(self.port, "GET", path + "?" + urllib.parse.urlencode(query))
        return json.loads(body)["data"] if status == 200 else None

    def firing(self):
        """Names of the alerts that fire; none before it is there."""
        try:
            alerts = (self.ask("/api/v1/alerts") or {"alerts": []})["alerts"]
        except OSError:
            return set()
        return {alert["labels"]["alertname"] for alert in alerts if alert["state"] == "firing"}

    def sees_the_daemon(self):
        try:
            found = self.ask("/api/v1/query", query='up{job="tinwatch"} == 1')
        except OSError:
            return False
        return bool(found and found["result"])

    def close(self):
        self.process.kill()
        self.process.wait()


class Stage:
    """Everything that a drill needs, and what it wrote down."""

    def __init__(self):
        self.closing = []
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="tinwatch-drill-"))
        self.finally_do(lambda: shutil.rmtree(self.folder, ignore_errors=True))
        self.newsroom = Newsroom()
        self.finally_do(self.newsroom.close)
        self.sink = Sink()
        self.finally_do(self.sink.close)
        self.daemon = Daemon(self.folder, self.configuration())
        self.finally_do(self.daemon.close)
        self.ask_ready = lambda: self.daemon.get("/-/ready")
        self.prometheus = None
        self.log_read = 0
        self.noticed = {}  # what was noticed -> seconds
        self.broken_at = self.well_after = None
        self.alert = self.said = self.logged = self.shown = self.after = ""

    def finally_do(self, action):
        self.closing.append(action)

    def close(self):
        while self.closing:
            self.closing.pop()()

    def configuration(self, poll="500ms", origin=None):
        text = watching(self.newsroom, poll=poll, recheck=poll, extra=receiver(self.sink).replace("name: sink", "name: desk"), tail=ROUTES)
        if origin:
            text = text.replace(f'start: ["{self.newsroom.origin}/"]', f'start: ["{origin}/"]')
            text = text.replace("fetch: {", 'fetch: {contact: "https://drill.test/", ')
        return text

    def begin(self, through=(), env=None, text=None):
        """Starts the daemon (`through`: a command that runs it) and waits for its first sweep."""
        if text:
            self.daemon.write(text)
        self.daemon.env = env
        if through:
            command, self.daemon.binary = [*through, self.daemon.binary], self.daemon.binary
            with open(self.daemon.log, "ab") as log:
                self.daemon.process = subprocess.Popen([*command, "run", "--config", self.daemon.config], stderr=log, cwd=self.folder, env=env)
            until(self.daemon.is_ready, "the daemon is ready")
        else:
            self.daemon.start()
        self.prometheus = Prometheus(self.folder / "prometheus", self.daemon.port)
        self.finally_do(self.prometheus.close)
        until(lambda: self.daemon.count("SELECT count(*) FROM articles") == 8, "the first sweep is done")
        self.told_of_a_step("before the fault")
        until(self.prometheus.sees_the_daemon, "Prometheus sees the daemon")

    def step(self):
        """Something happens on the site."""
        return self.newsroom.step()

    def told(self, step):
        """How often the receiver has accepted this step's event."""
        return sum(1 for request in list(self.sink.requests) if request["status"] == 200 and self.is_about(json.loads(request["body"]), step))

    @staticmethod
    def is_about(event, step):
        article = event.get("data", {}).get("article", {})
        return article.get("identifier") == step["id"] and event["type"].endswith(step["type"]) and \
            (step["type"] != "revised" or event["data"]["revision"] == step["version"])

    def told_of_a_step(self, when):
        step = self.step()
        until(lambda: self.told(step), f"{step} is told {when}", 90)

    # The fault.

    def break_it(self, action):
        self.log_read = len(self.log())
        self.broken_at = time.monotonic()
        return action()

    def seconds(self):
        return time.monotonic() - self.broken_at

    def log(self):
        return self.daemon.log.read_text(errors="replace")

    def new_lines(self):
        return self.log()[self.log_read:].splitlines()

    def expect_alert(self, name, seconds=60):
        until(lambda: name in self.prometheus.firing(), f"{name} fires; firing: {self.prometheus.firing()}", seconds)
        self.noticed.setdefault("alert", self.seconds())
        self.alert = name

    def ready_lines(self):
        status, _, body = self.ask_ready()
        return [] if status == 200 else [line[2:] for line in body.decode().splitlines() if line.startswith("- ")]

    def expect_unready(self, words, seconds=60):
        self.said = until(lambda: next((line for line in self.ready_lines() if words in line), None), f"/-/ready says '{words}'", seconds)
        self.noticed.setdefault("ready", self.seconds())

    def still_ready(self):
        assert self.daemon.get("/-/ready")[0] == 200, self.ready_lines()
        self.said = "ready"

    def expect_log(self, words, seconds=60):
        line = until(lambda: next((line for line in self.new_lines() if words in line), None), f"the log says '{words}'\n" + self.log()[-1500:], seconds)
        if self.well_after is None:  # what is said at the end of it tells of no fault
            self.noticed.setdefault("log", self.seconds())
        self.logged = without_ids(line)

    def expect_status(self, words, exit_status=0):
        shown = self.daemon.run("status")
        lines = re.sub(r"  +", "  ", shown.stdout + shown.stderr).splitlines()
        self.shown = next((line for line in lines if words in line), None)
        assert self.shown and shown.returncode == exit_status, (words, shown)

    # The end of it.

    def mend(self, action, missed=()):
        """Puts right what was broken: the daemon has to go on by itself, and what it missed to be told."""
        mended_at = time.monotonic()
        action()
        self.ask_ready = lambda: self.daemon.get("/-/ready")
        until(lambda: self.daemon.get("/-/ready")[0] == 200, "it is ready again", 90)
        for step in missed:
            until(lambda s=step: self.told(s), f"{step} is told after the fault\n{self.log()[-1500:]}", 120)
        self.well_after = time.monotonic() - mended_at
        self.told_of_a_step("after the fault")
        if self.alert:
            until(lambda: self.alert not in self.prometheus.firing(), f"{self.alert} ends", 90)

    def look_through(self, missed=(), at_most=1):
        """Nothing is lost, nothing told twice (a crash may repeat what was under way), and the file is sound."""
        stored = until(self.all_delivered, "everything is delivered", 120)
        accepted = {}
        for request in list(self.sink.requests):
            if request["status"] == 200:
                event = json.loads(request["body"])
                accepted[event["id"]] = accepted.get(event["id"], 0) + 1
        lost = stored - set(accepted)
        assert not lost, f"never told: {lost}"
        assert not set(accepted) - stored, "told, and not in the database"
        assert max(accepted.values(), default=0) <= at_most, "told twice"
        for step in missed:
            assert 1 <= self.told(step) <= at_most, (step, self.told(step))
        status, _ = self.daemon.stop()
        assert status == 0, status
        for command in (("db", "check"), ("verify",)):
            run = self.daemon.run(*command)
            assert run.returncode == 0, (command, run.stdout, run.stderr)
        self.after = "sound; nothing lost, nothing told twice" if at_most == 1 else "sound; nothing lost"

    def all_delivered(self):
        if self.daemon.count("SELECT count(*) FROM deliveries WHERE state NOT IN ('delivered')"):
            return None
        return {row[0] for row in self.daemon.rows("SELECT e.id FROM events e JOIN deliveries d ON d.event = e.seq WHERE d.receiver = 'desk'")}
