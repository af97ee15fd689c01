"""Debian's Prometheus and Alertmanager in a tree's network, with the configuration and the rules that the package brings."""
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/e2e"))

from harness import kill_after, until
from mailbox_server import Mailbox

SHIPPED = "/usr/share/tinwatch/prometheus/"
ALERTMANAGER = """\
route: {{receiver: desk, group_by: [alertname], group_wait: 1s}}
receivers:
  - name: desk
    email_configs:
      - {{to: desk@news.example, from: alertmanager@news.example, hello: news.example, smarthost: "127.0.0.1:{port}", require_tls: false}}
"""


def in_a_hurry(rules, alert, threshold):
    """The rules, but for one alert, which needs no patience: (threshold as it is, as it shall be)."""
    block = re.search(rf"      - alert: {alert}\n(?:(?!      - alert).*\n)*", rules)[0]
    hurried = re.sub(r"for: \S+", "for: 1s", block).replace(*threshold)
    assert hurried.count("for: 1s") == 1 and threshold[1] in hurried, hurried
    return rules.replace(block, hurried)


class Monitoring:
    """Both programs, and the mailbox that alerts are sent to; `rules` is what Prometheus reads instead of the package's."""

    def __init__(self, tree, rules):
        self.tree = tree
        self.through = ["nsenter", "-t", tree.container.init, "-n", "--"]
        self.folder = tempfile.TemporaryDirectory(prefix="tinwatch-monitoring-")
        self.processes = []
        self.mailbox = Mailbox(through=self.through)
        folder = pathlib.Path(self.folder.name)
        scrape = tree.path(SHIPPED + "scrape.yml").read_text()
        (folder / "prometheus.yml").write_text(re.sub(r"(scrape|evaluation)_interval: \S+", r"\1_interval: 1s", scrape))
        (folder / "rules.yml").write_text(rules)
        (folder / "alertmanager.yml").write_text(ALERTMANAGER.format(port=self.mailbox.port))
        self.start("prometheus-alertmanager", f"--config.file={folder}/alertmanager.yml", f"--storage.path={folder}/alerts",
                   "--cluster.listen-address=", "--web.listen-address=127.0.0.1:9093")
        self.start("prometheus", f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/series", "--web.listen-address=127.0.0.1:9090")

    def start(self, *command):
        log = pathlib.Path(self.folder.name, command[0] + ".log")
        with open(log, "wb") as out:
            self.processes.append((subprocess.Popen([*self.through, *command], stdout=out, stderr=out), log))

    def ask(self, port, path):
        """What the API answers; None while it does not."""
        for process, log in self.processes:
            assert process.poll() is None, log.read_text()[-2000:]
        status, answer = self.tree.run(f"curl -sf 'http://127.0.0.1:{port}{path}'", check=False)
        return json.loads(answer) if status == 0 else None

    def targets(self):
        """{job: health}"""
        answer = self.ask(9090, "/api/v1/targets")
        return {one["labels"]["job"]: one["health"] for one in answer["data"]["activeTargets"]} if answer else {}

    def firing(self):
        """The alerts that Prometheus fires: {(name, source)}."""
        answer = self.ask(9090, "/api/v1/alerts")
        return {(one["labels"]["alertname"], one["labels"].get("source")) for one in answer["data"]["alerts"] if one["state"] == "firing"}

    def passed_on(self):
        """Those that the Alertmanager holds."""
        return {(one["labels"]["alertname"], one["labels"].get("source")) for one in self.ask(9093, "/api/v2/alerts")}

    def wait(self, condition, what):
        return until(lambda: time.sleep(0.5) or condition(), what, 90)

    def close(self):
        for process, _ in self.processes:
            kill_after(process, 0)
        self.mailbox.close()
        self.folder.cleanup()
