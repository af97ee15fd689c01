"""/metrics against the documented table, against promtool, and through a real Prometheus."""
import collections
import contextlib
import glob
import gzip
import pathlib
import re
import subprocess
import unittest

import yaml

from harness import ROOT, EndToEnd, free_port, receiver, until, watching

# Beyond the contract.
OURS = {"tinwatch_receiver_disabled", "tinwatch_receiver_failing", "tinwatch_retention_deleted_total", "tinwatch_store_failures_total"}
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
         "tinwatch_source_condition", "tinwatch_backup_last_success_timestamp_seconds", "tinwatch_retention_deleted_total",
         "tinwatch_receiver_disabled", "tinwatch_receiver_failing", "tinwatch_store_failures_total"}


def many_sources(count):
    """The sections of a configuration of so many sources, of which none is there."""
    nobody = free_port()
    return "fetch: {per_host: {connections: 1, delay: 1ms}}\nsources:\n" + "".join(
        f'  - {{name: s{i:04}, start: ["http://127.1.{i // 250}.{i % 250 + 1}:{nobody}/"], poll: 1000h, allow_networks: ["127.0.0.0/8"]}}\n' for i in range(count))


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
        # One in trouble: a condition that has not held since the start has no series, but for never_read.
        daemon.write(daemon.config.read_text().partition("\nhttp:")[2].partition("\n")[2].replace(
            "receivers:\n", f'  - {{name: nobody, start: ["http://127.0.0.1:{free_port()}/"], allow_networks: ["127.0.0.0/8"]}}\nreceivers:\n', 1))
        self.assertEqual(daemon.run("reload").returncode, 0)
        daemon.get("/metrics")
        page = daemon.get("/metrics")[2].decode()
        self.assertEqual({line for line in page.splitlines() if line.startswith("tinwatch_source_condition")},
                         {'tinwatch_source_condition{source="nobody",condition="never_read"} 1',
                          'tinwatch_source_condition{source="newsroom",condition="never_read"} 0'})
        found = exported(page)
        self.assertEqual({n for n in found if n.startswith("process_")}, CONVENTIONAL)
        ours = {name: of for name, of in found.items() if name.startswith("tinwatch_")}
        self.assertEqual(ours, documented((ROOT / "docs/metrics.md").read_text()), "docs/metrics.md")
        check = subprocess.run(["promtool", "check", "metrics"], input=page, capture_output=True, text=True)
        self.assertEqual((check.returncode, check.stderr), (0, ""))
        self.assertLessEqual(len([line for line in page.splitlines() if 'source="newsroom"' in line]), 20)

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

    def test_it_is_gzip_for_whom_asks_for_it(self):
        daemon = self.busy_daemon()
        for accepted in ("gzip", "br;q=0.9, gzip;q=0.1", "*"):
            status, headers, body = daemon.get("/metrics", **{"Accept-Encoding": accepted})
            self.assertEqual((status, headers["Content-Encoding"], headers["Vary"]), (200, "gzip", "Accept-Encoding"))
            self.assertEqual(int(headers["Content-Length"]), len(body))
            self.assertEqual(exported(gzip.decompress(body).decode()), exported(daemon.get("/metrics")[2].decode()))
        for accepted in ("identity", "gzip;q=0", "br"):
            _, headers, body = daemon.get("/metrics", **{"Accept-Encoding": accepted})
            self.assertNotIn("Content-Encoding", headers)
            self.assertEqual(headers["Vary"], "Accept-Encoding", "a cache must not hand one for the other")
            self.assertTrue(body.startswith(b"# HELP "))
        self.assertNotIn("Vary", daemon.get("/-/healthy")[1])

    def test_a_receiver_that_fails_is_seen_and_one_that_is_gone(self):
        hook = self.sink()
        hook.answers = [404] + [410] * 100
        daemon = self.started(watching(self.newsroom, extra=receiver(hook), tail="""\
routes:
  - {match: {type: "tinwatch.article.*"}, receivers: [sink]}
"""))
        self.wait_for_baseline(daemon)

        def at(series):
            return values(daemon.get("/metrics")[2].decode())[series]

        self.assertEqual((at('tinwatch_receiver_failing{receiver="sink"}'), at('tinwatch_receiver_disabled{receiver="sink"}')), (0, 0))
        self.play(daemon)
        until(lambda: at('tinwatch_receiver_failing{receiver="sink"}') == 1, "the receiver is set up wrongly")
        daemon.run("alerts", "retry", "--receiver", "sink")
        until(lambda: at('tinwatch_receiver_disabled{receiver="sink"}') == 1, "the receiver says that it is gone")
        self.assertEqual(at('tinwatch_deliveries_total{outcome="disabled",receiver="sink"}'), 1)


class FullDisk(EndToEnd):
    def test_writes_that_the_disk_does_not_take_are_counted(self):
        disk = self.folder / "disk"
        disk.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "none", disk], capture_output=True, text=True)
        if mounted.returncode:
            self.skipTest(f"no disk of its own here: {mounted.stderr.strip()}")
        self.addCleanup(subprocess.run, ["umount", "--lazy", disk], check=True)
        daemon = self.daemon("")
        daemon.database = disk / "tinwatch.db"
        daemon.write(watching(self.newsroom))
        daemon.start()
        self.wait_for_baseline(daemon)

        def at(series):
            return values(daemon.get("/metrics")[2].decode())[series]

        self.assertEqual(at("tinwatch_store_failures_total"), 0)
        filler = disk / "filler"
        with open(filler, "wb", buffering=0) as file:
            for size in (1 << 20, 1 << 12):
                with contextlib.suppress(OSError):  # no space left on device
                    while True:
                        file.write(bytes(size))
        self.assertLess(at("tinwatch_store_free_bytes"), 1 << 16)
        self.newsroom.step()
        until(lambda: at("tinwatch_store_failures_total") > 0, "a write fails, and is counted")
        filler.unlink()
        self.assertGreater(at("tinwatch_store_free_bytes"), 1 << 20)
        until(lambda: daemon.get("/-/ready")[0] == 200, "it writes again", 120)


class Cost(EndToEnd):
    def cpu_ms(self, daemon):
        """Of all threads, user and system."""
        return sum(int(pathlib.Path(path).read_text().split()[0]) for path in glob.glob(f"/proc/{daemon.process.pid}/task/*/schedstat")) / 1e6

    def test_a_scrape_of_1000_sources_is_cheap(self):
        daemon = self.started(many_sources(1000))

        def failed():
            page = values(daemon.get("/metrics")[2].decode())
            return sum(value for series, value in page.items() if series.startswith("tinwatch_fetches_total") and 'outcome="failed"' in series)

        until(lambda: failed() >= 1000, "each source was visited", 120)
        page = daemon.get("/metrics")[2].decode()
        counts = collections.Counter(re.findall(r'source="(\w+)"', page))
        self.assertEqual((len(counts), max(counts.values()) <= 20), (1000, True), counts.most_common(1))
        # Whatever else works meanwhile costs it caches: the round that was disturbed least counts.
        rounds = []
        for _ in range(8):
            before = self.cpu_ms(daemon)
            for _ in range(10):
                packed = daemon.get("/metrics", **{"Accept-Encoding": "gzip"})[2]
            rounds.append((self.cpu_ms(daemon) - before) / 10)
        each = min(rounds)
        print(f"1000 sources: {len(values(page))} series, {max(counts.values())} of a source; {len(page)} bytes, {len(packed)} as gzip; {each:.1f} ms of CPU a scrape ({max(rounds):.1f} in the worst round)", flush=True)
        self.assertLessEqual(each, 20, rounds)


class Shipped(unittest.TestCase):
    def test_rules(self):
        test = subprocess.run(["promtool", "test", "rules", "rules_test.yml"], cwd=ROOT / "deploy/prometheus", capture_output=True, text=True)
        self.assertEqual(test.returncode, 0, test.stdout + test.stderr)
        check = subprocess.run(["promtool", "check", "config", "scrape.yml"], cwd=ROOT / "deploy/prometheus", capture_output=True, text=True)
        self.assertEqual(check.returncode, 0, check.stdout + check.stderr)

    def test_the_guide_adds_to_prometheus_what_is_shipped(self):
        text = (ROOT / "docs/operations.md").read_text()
        told = yaml.safe_load(re.search(r"```yaml\n(.*?)```", text[text.index("\n## Prometheus and Grafana\n"):], re.S)[1])
        shipped = yaml.safe_load((ROOT / "deploy/prometheus/scrape.yml").read_text())
        self.assertEqual([told[part] for part in ("alerting", "scrape_configs")], [shipped[part] for part in ("alerting", "scrape_configs")])
        copied = re.search(r"install -m 0644 /usr/share/tinwatch/prometheus/rules.yml (\S+)", text)[1]
        self.assertEqual(told["rule_files"], [copied])

    def test_each_alert_says_what_it_is_and_has_its_runbook_and_fires_and_is_silent_in_a_test(self):
        rules = yaml.safe_load((ROOT / "deploy/prometheus/rules.yml").read_text())
        tests = yaml.safe_load((ROOT / "deploy/prometheus/rules_test.yml").read_text())["tests"]
        looks = [look for test in tests for look in test["alert_rule_test"]]
        runbook = (ROOT / "docs/troubleshooting.md").read_text()
        alerts = {rule["alert"]: rule for group in rules["groups"] for rule in group["rules"] if "alert" in rule}
        self.assertGreater(len(alerts), 25)
        # Each alert is a heading, and each heading that is the name of one leads to one.
        self.assertEqual(sorted(re.findall(r"^#+ (Tinwatch[A-Z]\w+)$", runbook, flags=re.M)), sorted(alerts))
        for name, rule in alerts.items():
            with self.subTest(name):
                self.assertIn(rule["labels"]["severity"], ("critical", "warning", "info"))
                self.assertEqual(set(rule["annotations"]), {"summary", "description", "runbook_url"})
                self.assertEqual(rule["annotations"]["runbook_url"], f"file:///usr/share/doc/tinwatch/docs/troubleshooting.md#{name.lower()}")
                of_it = [look for look in looks if look["alertname"] == name]
                self.assertTrue(any(look.get("exp_alerts") for look in of_it), "it fires in a test")
                self.assertTrue(any(not look.get("exp_alerts") for look in of_it), "it stays silent in a test")

    def test_troubleshooting_quotes_messages_that_the_program_writes(self):
        sources = "".join(path.read_text() for folder in ("config", "core", "daemon", "fetchers", "storage") for path in sorted((ROOT / folder).rglob("*.[ch]pp")))
        literal = re.sub(r'"\s*\n\s*"', "", sources)  # those that stand on several lines
        table = re.findall(r"^\| `([^`]+)`.*\|.*\|$", (ROOT / "docs/troubleshooting.md").read_text(), flags=re.M)
        self.assertGreater(len(table), 30)
        for message in table:
            for part in message.split(" ... "):
                self.assertIn(part, literal, message)

    def test_troubleshooting_has_every_line_of_ready(self):
        text = (ROOT / "docs/troubleshooting.md").read_text()
        section = text.partition("\n## `/-/ready` says\n")[2].partition("\n## ")[0]
        table = re.findall(r"^\| `([^`]+)`", section, flags=re.M)
        source = re.sub(r'"\s*\n\s*"', "", (ROOT / "daemon/app/src/readiness.cpp").read_text())
        body = source.partition("std::vector<std::string> why_not_ready(")[2].partition("\n}\n")[0]
        # What it says: each statement that adds a line; that of a lost file has its words elsewhere.
        lines = re.findall(r"(?:return \{\"|out\.(?:push|emplace)_back\().*?;\n", body, flags=re.S)
        self.assertEqual(len(lines), len(table), (lines, table))
        for line in lines:
            said = [one for one in table if one in line] or [one for one in table if "lost_file" in line and "moved, replaced or deleted" in one]
            self.assertEqual(len(said), 1, line)


if __name__ == "__main__":
    unittest.main()
