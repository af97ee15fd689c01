"""/metrics against the documented table, against promtool, and through a real Prometheus."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import time
import unittest

from harness import ROOT, EndToEnd, free_port, http_request, receiver, until, watching

# Beyond the contract.
OURS = {"tinwatch_retention_deleted_total"}
CONVENTIONAL = {"process_cpu_seconds_total", "process_open_fds", "process_max_fds", "process_virtual_memory_bytes",
                "process_resident_memory_bytes", "process_start_time_seconds"}
CONTRACT = ROOT.parent / "shared/design/contract.md"


def documented(text):
    """name -> (type, label names) of a table `| names | type; labels |`."""
    out = {}
    for line in text.splitlines():
        cells = re.match(r"\| (`tinwatch_.*?) \| (.*) \|$", line)
        if not cells:
            continue
        kind, _, rest = re.sub(r"\(.*?\)", lambda m: m.group() if m.group().startswith("(and ") else "", cells.group(2)).partition(";")
        shared = [w.strip() for w in re.sub(r"\(and .*?\)", "", rest).split(",") if w.strip()]
        also = re.search(r"\(and (\w+)", cells.group(2))
        names = re.findall(r"`(tinwatch_\w+)`", cells.group(1))
        for name in names:
            labels = {w.split()[0] for w in shared}
            # "(and field: ...)" speaks of the last name of its row.
            if also and name == names[-1]:
                labels.add(also.group(1))
            out[name] = (kind.split()[0], labels)
        inner = re.search(r"`(tinwatch_\w+)`; (\w+)", cells.group(2))
        if inner:
            out[inner.group(1)] = ("counter", {inner.group(2)})
    return out


def exported(text):
    kinds = dict(re.findall(r"^# TYPE (\w+) (\w+)$", text, flags=re.M))
    labels = {name: set() for name in kinds}
    for name, inside in re.findall(r"^(\w+)(?:\{(.*?)\})? ", text, flags=re.M):
        base = name if name in kinds else re.sub(r"_(bucket|sum|count)$", "", name)
        labels[base] |= set(re.findall(r'(\w+)="', inside)) - {"le"}
    return {name: (kinds[name], labels[name]) for name in kinds}


def values(text):
    """series as it stands on the page -> value"""
    return {series: float(value) for series, value in re.findall(r"^(tinwatch_\w+(?:\{.*\})?) (\S+)$", text, flags=re.M)}


# Nothing of this happens to a busy daemon that is well.
STILL = {"tinwatch_reparsed_total", "tinwatch_clock_jumps_total", "tinwatch_hosts_blocked", "tinwatch_outbox_pending", "tinwatch_outbox_dead",
         "tinwatch_outbox_oldest_timestamp_seconds", "tinwatch_detection_latency_unknown_total", "tinwatch_loop_lag_seconds", "tinwatch_frontier_oldest_due_timestamp_seconds",
         "tinwatch_source_condition", "tinwatch_backup_last_success_timestamp_seconds", "tinwatch_retention_deleted_total"}


class Metrics(EndToEnd):
    def busy_daemon(self):
        """A daemon whose every metric has moved."""
        hook = self.sink()
        daemon = self.started(watching(self.newsroom, extra=receiver(hook), tail="""\
watches:
  - {name: rescue, query: '"cứu hộ đường thủy"', metrics: true, receivers: [sink]}
routes:
  - {match: {type: "tinwatch.article.*"}, receivers: [sink]}
"""))
        self.wait_for_baseline(daemon)
        return daemon

    def test_table_and_program_agree_both_ways(self):
        daemon = self.busy_daemon()
        for _ in range(9):
            self.play(daemon)
        daemon.get("/metrics")
        page = daemon.get("/metrics")[2].decode()
        found = exported(page)
        self.assertEqual({n for n in found if n.startswith("process_")}, CONVENTIONAL)
        ours = {name: of for name, of in found.items() if name.startswith("tinwatch_")}
        self.assertEqual(ours, documented((ROOT / "docs/metrics.md").read_text()), "docs/metrics.md")
        check = subprocess.run(["promtool", "check", "metrics"], input=page, capture_output=True, text=True)
        self.assertEqual((check.returncode, check.stderr), (0, ""))
        self.assertLess(len([line for line in page.splitlines() if 'source="newsroom"' in line]), 26)

    def test_every_metric_moves(self):
        daemon = self.busy_daemon()
        for _ in range(9):
            self.play(daemon)
        self.newsroom.control("POST", "/set", validators=0)
        self.newsroom.misbehave("-0060001s", "anonymous", times=100000)
        self.newsroom.misbehave("-0060003s", "status", "500")

        def at(series):
            return values(daemon.get("/metrics")[2].decode())[series]

        until(lambda: at('tinwatch_article_fields_missing_total{field="author",source="newsroom"}') > 0, "a page lost its author")
        until(lambda: at('tinwatch_fetch_errors_total{kind="article",reason="http_5xx"}') > 0, "a page is not served")
        lists = daemon.count("SELECT sum(times) FROM visits v JOIN frontier f ON f.row = v.frontier WHERE f.kind <> 'article'")
        page = values(daemon.get("/metrics")[2].decode())
        for name in documented((ROOT / "docs/metrics.md").read_text()):
            moved = sum(value for series, value in page.items() if re.match(name + r"(_count)?(\{|$)", series))
            self.assertTrue(moved > 0 or name in STILL, name)
        self.assertGreater(page['tinwatch_fetch_duration_seconds_count{kind="robots"}'], 0)
        polls = sum(value for series, value in page.items() if series.startswith("tinwatch_polls_total"))
        self.assertGreaterEqual(page["tinwatch_store_commit_duration_seconds_count"], polls + lists, "every visit is a commit")

    def test_a_reload_takes_off_the_page_what_left_the_configuration(self):
        hook = self.sink()
        hook.answers = [500] * 100
        daemon = self.started(watching(self.newsroom, extra=receiver(hook), tail="""\
watches:
  - {name: rescue, query: '"cứu hộ đường thủy"', metrics: true, receivers: [sink]}
routes:
  - {match: {type: "tinwatch.article.*"}, receivers: [sink]}
"""))
        self.wait_for_baseline(daemon)
        self.play(daemon)
        until(lambda: values(daemon.get("/metrics")[2].decode())['tinwatch_outbox_pending{receiver="sink"}'] > 0, "a delivery waits")
        daemon.write("")
        self.assertEqual(daemon.run("reload").returncode, 0)
        page = daemon.get("/metrics")[2].decode()
        for label in ('source="newsroom"', 'receiver="sink"', 'watch="rescue"'):
            self.assertEqual([line for line in page.splitlines() if label in line], [])
        daemon.write(watching(self.newsroom, extra=receiver(hook)))
        self.assertEqual(daemon.run("reload").returncode, 0)
        page = values(daemon.get("/metrics")[2].decode())
        self.assertGreater(page['tinwatch_outbox_pending{receiver="sink"}'], 0, "it waits still")
        self.assertGreater(page['tinwatch_articles{source="newsroom"}'], 0)

    @unittest.skipUnless(CONTRACT.exists(), "the contract is not beside this clone")
    def test_table_is_the_contracts(self):
        table = {n: of for n, of in documented((ROOT / "docs/metrics.md").read_text()).items() if n not in OURS}
        self.assertEqual(table, documented(CONTRACT.read_text()))

    def test_text_of_pages_never_reaches_the_page(self):
        daemon = self.busy_daemon()
        self.assertNotIn("Cầu gỗ", daemon.get("/metrics")[2].decode())

    def test_prometheus_scrapes_and_every_board_query_returns_data(self):
        daemon = self.busy_daemon()
        port = free_port()
        config = self.folder / "prometheus.yml"
        shipped = (ROOT / "deploy/prometheus/scrape.yml").read_text()
        config.write_text(shipped.replace("127.0.0.1:8390", f"127.0.0.1:{daemon.port}").replace("15s", "250ms"))
        shutil.copy(ROOT / "deploy/prometheus/rules.yml", self.folder)
        with open(self.folder / "prometheus.log", "wb") as log:
            prometheus = subprocess.Popen(["prometheus", f"--config.file={config}", f"--storage.tsdb.path={self.folder}/tsdb",
                                           f"--web.listen-address=127.0.0.1:{port}"], stderr=log, stdout=log)
        self.addCleanup(prometheus.wait)
        self.addCleanup(prometheus.kill)

        def ask(path, **query):
            from urllib.parse import urlencode
            try:
                status, _, body = http_request(port, "GET", path + "?" + urlencode(query))
            except OSError:
                return None
            return json.loads(body)["data"] if status == 200 else None

        until(lambda: (ask("/api/v1/query", query='up{job="tinwatch"}') or {}).get("result", []) and
              ask("/api/v1/query", query='up{job="tinwatch"}')["result"][0]["value"][1] == "1", "Prometheus sees the daemon up")
        for _ in range(9):
            self.play(daemon)
        board = json.loads((ROOT / "deploy/grafana/tinwatch.json").read_text())
        queries = [t["expr"].replace("$__rate_interval", "1m") for p in board["panels"] for t in p.get("targets", [])]
        self.assertGreater(len(queries), 20)
        for query in queries:
            until(lambda q=query: ask("/api/v1/query", query=q) and ask("/api/v1/query", query=q)["result"], f"data for {query}")
        rules = ask("/api/v1/rules")
        self.assertEqual([r["name"] for g in rules["groups"] for r in g["rules"]], 
                         ["TinwatchDown", "TinwatchSourceSilent", "TinwatchSourceNeverRead", "TinwatchSourceNoArticles", "TinwatchOutboxStuck", "TinwatchAlertsDead",
                          "TinwatchBackupOld"])
        self.assertTrue(all(r["health"] != "err" for g in rules["groups"] for r in g["rules"]))


class Shipped(unittest.TestCase):
    def test_rules(self):
        test = subprocess.run(["promtool", "test", "rules", "rules_test.yml"], cwd=ROOT / "deploy/prometheus", capture_output=True, text=True)
        self.assertEqual(test.returncode, 0, test.stdout + test.stderr)
        check = subprocess.run(["promtool", "check", "config", "scrape.yml"], cwd=ROOT / "deploy/prometheus", capture_output=True, text=True)
        self.assertEqual(check.returncode, 0, check.stdout + check.stderr)

    def test_board(self):
        board = json.loads((ROOT / "deploy/grafana/tinwatch.json").read_text())
        ids = [p["id"] for p in board["panels"]]
        self.assertEqual(len(ids), len(set(ids)))
        for panel in board["panels"]:
            place = panel["gridPos"]
            self.assertLessEqual(place["x"] + place["w"], 24, panel["title"])
            if panel["type"] != "row":
                self.assertEqual(panel["datasource"]["uid"], "${datasource}", panel["title"])


if __name__ == "__main__":
    unittest.main()
