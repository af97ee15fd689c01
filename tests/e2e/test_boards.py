"""Grafana's boards: every query of them through Debian's Prometheus over real daemons, and their JSON against Grafana's schema."""
import json
import math
import pathlib
import re
import shutil
import subprocess
import unittest
import urllib.parse

import yaml

from harness import BIN, ROOT, EndToEnd, free_port, http_request, receiver, until, watching
from test_metrics import documented, many_sources

HERE = pathlib.Path(__file__).parent / "boards"
BOARDS = {path.stem: json.loads(path.read_text()) for path in sorted((ROOT / "deploy/grafana").glob("*.json"))}
MANY = 1000
# What a panel can show at once.
MOST_SERIES = 60
# What is asked where a query finds nothing: 0, in one way or the other.
FALLBACK = re.compile(r' or (on \(\) label_replace\(vector\(0\), "\w+", "none", "", ""\)|vector\(0\))$')
# What does not happen to a daemon that is well, of which one receiver takes nothing for a minute: its queries fall back.
NOTHING_OF_IT = {
    "Tinwatch: Sources in trouble", "Tinwatch: Sources never read", "Tinwatch: Never backed up",
    "Tinwatch: one source: Troubles", "Tinwatch: one source: Conditions",
    "Tinwatch: alerts and delivery: Critical", "Tinwatch: alerts and delivery: Warnings", "Tinwatch: alerts and delivery: Errors answered, a day",
    "Tinwatch: alerts and delivery: What fires", "Tinwatch: alerts and delivery: What fired",
}
# Of an annotation: these belong to the data source, and Grafana's schema does not know them.
OF_THE_SOURCE = ("expr", "step", "titleFormat", "tagKeys", "textFormat", "useValueForTime")
SCHEMA = "@grafana/schema"
TYPES = "./node_modules/@grafana/schema/dist/types/raw/composable/{0}/panelcfg/x/types.gen"
# An enum of strings is, in JSON, one of those strings.
HEAD = """\
import type { Dashboard } from "@grafana/schema";
type Plain<T> = T extends string ? `${T}` : T extends Array<infer E> ? Plain<E>[] : T extends object ? { [K in keyof T]: Plain<T[K]> } : T;
"""


def panels(board):
    return [panel for panel in board["panels"] if panel["type"] != "row"]


def queries(board):
    """(where it stands, expression) of its panels."""
    return [(f"{board['title']}: {panel['title']}", target["expr"]) for panel in panels(board) for target in panel["targets"]]


def notes(board):
    return [(f"{board['title']}: {note['name']}", note["expr"]) for note in board["annotations"]["list"]]


def filled_in(expression, instance, source="newsroom"):
    """As Grafana sends it: values of a variable are escaped where they stand in a regular expression."""
    values = {"$instance": re.escape(instance).replace("\\", "\\\\"), "$source": source, "$receiver": ".+", "$__rate_interval": "1m"}
    for name, value in values.items():
        expression = expression.replace(name, value)
    assert "$" not in expression, expression
    return expression


class Prometheus:
    """Debian's, with the configuration and the rules that are shipped, in a hurry."""

    def __init__(self, folder, daemons):
        self.port = free_port()
        config = folder / "prometheus.yml"
        shipped = (ROOT / "deploy/prometheus/scrape.yml").read_text().replace('"127.0.0.1:9093"', "")  # nobody is told
        targets = ", ".join(f'"127.0.0.1:{daemon.port}"' for daemon in daemons)
        config.write_text(shipped.replace('"127.0.0.1:8390"', targets).replace("15s", "1s"))
        rules = (ROOT / "deploy/prometheus/rules.yml").read_text()
        (folder / "rules.yml").write_text(re.sub(r"^ +interval: \w+\n", "", rules, flags=re.M))
        with open(folder / "prometheus.log", "wb") as log:
            self.process = subprocess.Popen(["prometheus", f"--config.file={config}", f"--storage.tsdb.path={folder}/tsdb",
                                             f"--web.listen-address=127.0.0.1:{self.port}"], stderr=log, stdout=log)

    def close(self):
        self.process.kill()
        self.process.wait()

    def get(self, path, **query):
        """(status, answer); (0, None) while it does not answer."""
        try:
            status, _, body = http_request(self.port, "GET", path + "?" + urllib.parse.urlencode(query))
        except OSError:
            return 0, None
        return status, json.loads(body) if status in (200, 400, 422) else None

    def ask(self, expression):
        """The values, each with its labels; an error of the expression is one of the test."""
        status, answer = self.get("/api/v1/query", query=expression)
        assert status not in (400, 422), (expression, answer)
        return [(one["metric"], float(one["value"][1])) for one in answer["data"]["result"]] if status == 200 else []


class Queries(EndToEnd):
    def busy(self):
        """A daemon that watches the newsroom, with a receiver that takes what it is sent and one that does not."""
        works, fails = self.sink(), self.sink()
        fails.answers = [500] * 10000
        refused = receiver(fails).replace("receivers:\n", "").replace("name: sink", "name: refused")
        daemon = self.started(watching(self.newsroom, extra=receiver(works) + refused, tail="""\
watches:
  - {name: rescue, query: '"cứu hộ đường thủy"', metrics: true, receivers: [sink]}
routes:
  - {match: {type: "tinwatch.article.*"}, receivers: [sink, refused]}
"""))
        self.wait_for_baseline(daemon)
        self.assertEqual(daemon.run("db", "backup", self.folder / "backup.db").returncode, 0)
        return daemon

    def large(self):
        """One with 1,000 sources, of which none is there."""
        folder = self.folder / "large"
        folder.mkdir()
        daemon = self.daemon(many_sources(MANY), folder=folder)
        daemon.start()
        return daemon

    def test_every_query_answers_with_a_number_and_with_no_more_than_a_panel_can_show(self):
        daemon, large = self.busy(), self.large()
        prometheus = Prometheus(self.folder, [daemon, large])
        self.addCleanup(prometheus.close)
        for one in (daemon, large):
            until(lambda o=one: prometheus.ask(f'up{{instance="127.0.0.1:{o.port}"}} == 1'), "Prometheus sees the daemon up")
        for _ in range(15):
            self.play(daemon)
        until(lambda: prometheus.ask(f'tinwatch_article_events_total{{instance="127.0.0.1:{daemon.port}", event="removed"}} > 0'), "what was played is scraped")

        for board in BOARDS.values():
            for where, query in queries(board):
                with self.subTest(where):
                    self.look_at_query(prometheus, where, filled_in(query, f"127.0.0.1:{daemon.port}"))
        for name in ("overview", "alerts"):
            for where, query in queries(BOARDS[name]):
                with self.subTest(where, sources=MANY):
                    found = prometheus.ask(filled_in(query, f"127.0.0.1:{large.port}"))
                    self.assertLessEqual(len(found), MOST_SERIES)
                    if "never read" in where:
                        self.assertEqual([value for _, value in found], [MANY])
        for board in BOARDS.values():
            for where, query in notes(board):
                with self.subTest(where):
                    prometheus.ask(filled_in(query, f"127.0.0.1:{daemon.port}"))
        self.ask_variables(prometheus, daemon)
        self.look_at_rules(prometheus)

    def look_at_query(self, prometheus, where, asked):
        """It finds something by itself, without what it falls back to; or, of what does not happen here, 0."""
        if where in NOTHING_OF_IT:
            self.assertEqual(prometheus.ask(FALLBACK.sub("", asked)), [], asked)
            self.assertEqual([value for _, value in prometheus.ask(asked)], [0], asked)
            return
        by_itself = FALLBACK.sub("", asked)
        found = until(lambda: prometheus.ask(by_itself), f"data for {by_itself}")
        self.assertFalse([labels for labels, value in found if math.isnan(value)], asked)

    def ask_variables(self, prometheus, daemon):
        """label_values(SERIES, LABEL), as Grafana asks for it."""
        expected = {"instance": f"127.0.0.1:{daemon.port}", "source": "newsroom", "receiver": "refused"}
        for board in BOARDS.values():
            for variable in board["templating"]["list"]:
                if variable["type"] != "query":
                    continue
                series, label = re.fullmatch(r"label_values\((.*), (\w+)\)", variable["query"]["query"]).groups()
                _, answer = prometheus.get(f"/api/v1/label/{label}/values", **{"match[]": filled_in(series, f"127.0.0.1:{daemon.port}")})
                self.assertIn(expected[variable["name"]], answer["data"])

    def look_at_rules(self, prometheus):
        """Every rule was evaluated without a fault, and the receiver that takes nothing is about to be told."""
        def rules():
            _, answer = prometheus.get("/api/v1/rules")
            return [rule for group in answer["data"]["groups"] for rule in group["rules"]]

        until(lambda: all(rule["health"] == "ok" for rule in rules()), f"every rule is well: {rules()}")
        for rule in rules():
            prometheus.ask(rule["query"])
        waits = until(lambda: prometheus.ask('tinwatch_outbox_pending{receiver="refused"} > 0'), "the receiver that takes nothing is behind")
        self.assertEqual(len(waits), 1)
        never_read = next(rule for rule in rules() if rule["name"] == "TinwatchSourceNeverRead")
        self.assertEqual(len(never_read["alerts"]), MANY, "each source that was never read")
        self.assertEqual({alert["state"] for alert in never_read["alerts"]}, {"pending"})


class Shipped(unittest.TestCase):
    def test_boards_stand_on_their_own_and_lead_to_each_other(self):
        self.assertEqual(set(BOARDS), {"overview", "source", "alerts"})
        self.assertEqual(len({board["uid"] for board in BOARDS.values()}), 3)
        for name, board in BOARDS.items():
            self.assertEqual((name, board["schemaVersion"], board["tags"]), (name, 39, ["tinwatch"]))
            self.assertTrue(any(link["type"] == "dashboards" and link["tags"] == ["tinwatch"] and link["includeVars"] for link in board["links"]), name)
            ids = [panel["id"] for panel in board["panels"]]
            self.assertEqual(len(ids), len(set(ids)), name)
            for panel in board["panels"]:
                place = panel["gridPos"]
                self.assertLessEqual(place["x"] + place["w"], 24, panel["title"])
            for note in board["annotations"]["list"]:
                self.assertEqual(note["target"]["expr"], note["expr"], note["name"])
            for part in [*panels(board), *board["annotations"]["list"], *(target for panel in panels(board) for target in panel["targets"])]:
                self.assertEqual(part["datasource"], {"type": "prometheus", "uid": "${datasource}"}, part.get("title"))
        uids = {board["uid"] for board in BOARDS.values()}
        linked = set(re.findall(r'"url": "/d/([\w-]+)', "".join(json.dumps(board) for board in BOARDS.values())))
        self.assertTrue(linked and linked <= uids, linked)

    def test_panels_do_not_overlap(self):
        for board in BOARDS.values():
            taken = {}
            for panel in board["panels"]:
                at = panel["gridPos"]
                for cell in ((x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])):
                    self.assertNotIn(cell, taken, f"{panel['title']} lies over {taken.get(cell)}")
                    taken[cell] = panel["title"]

    def test_queries_ask_for_metrics_that_there_are_and_of_the_instance_that_is_chosen(self):
        known = set(documented((ROOT / "docs/metrics.md").read_text()))
        for board in BOARDS.values():
            variables = {variable["name"] for variable in board["templating"]["list"]}
            for where, query in queries(board) + notes(board):
                names = {re.sub(r"_(bucket|count|sum)$", "", name) for name in re.findall(r"\btinwatch_\w+", query)}
                self.assertLessEqual(names, known, where)
                self.assertNotIn('job="', query, where)
                self.assertLessEqual(set(re.findall(r"\$(\w+)", query)) - {"__rate_interval"}, variables, where)
                # TinwatchAbsent is of no instance.
                self.assertIn('instance=~"$instance|"' if "ALERTS" in query else 'instance=~"$instance"', query, where)
                if re.search(r"by \([^)]*(source|receiver|watch)", query) and "count(" not in query and (where, query) not in notes(board):
                    self.assertRegex(query, "topk", f"{where}: one line for each of 1,000")

    def test_a_condition_is_compared_wherever_it_is_asked_for(self):
        """Its series stays, at 0, when it is over: whoever counts series counts what is well."""
        asked = [query for board in BOARDS.values() for _, query in queries(board) + notes(board)]
        rules = yaml.safe_load((ROOT / "deploy/prometheus/rules.yml").read_text())
        asked += [rule["expr"] for group in rules["groups"] for rule in group["rules"]]
        found = [query for query in asked if "tinwatch_source_condition" in query]
        self.assertGreater(len(found), 10)
        for query in found:
            self.assertEqual(re.findall(r"tinwatch_source_condition(?!\{[^}]*\} == 1\b)", query), [], query)

    @unittest.skipUnless(shutil.which("npm"), "npm is not installed")
    def test_json_is_as_grafanas_schema_has_it(self):
        folder = BIN.parent / "boards"
        if not (folder / "node_modules" / SCHEMA).exists():
            folder.mkdir(exist_ok=True)
            for name in ("package.json", "package-lock.json"):
                shutil.copy(HERE / name, folder)
            made = subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=folder, capture_output=True, text=True)
            if made.returncode:
                self.skipTest(f"{SCHEMA} cannot be installed: {made.stderr.strip()[:300]}")
        (folder / "tsconfig.json").write_text(json.dumps({
            "compilerOptions": {"noEmit": True, "strict": True, "skipLibCheck": True, "module": "nodenext", "types": []}, "include": ["*.ts"]}))
        for name, board in BOARDS.items():
            (folder / f"{name}.ts").write_text(self.as_typescript(board))
        self.assertEqual(self.compile(folder), "")
        # And what is not would have been noticed.
        for change in ({"graphTooltip": "shared"}, {"pannels": []}, {"refresh": 30}):
            (folder / "overview.ts").write_text(self.as_typescript({**BOARDS["overview"], **change}))
            self.assertIn("overview.ts", self.compile(folder), change)
        stat = next(panel for panel in panels(BOARDS["overview"]) if panel["type"] == "stat")
        for options, defaults in (({"colorMode": "colour"}, {}), ({}, {"thresholds": {"mode": "total", "steps": []}})):
            wrong = {**stat, "options": options, "fieldConfig": {"defaults": defaults, "overrides": []}}
            (folder / "overview.ts").write_text(self.as_typescript({**BOARDS["overview"], "panels": [wrong]}))
            self.assertIn("overview.ts", self.compile(folder), wrong)

    @staticmethod
    def as_typescript(board):
        board = json.loads(json.dumps(board))
        for note in board["annotations"]["list"]:
            for key in OF_THE_SOURCE:
                note.pop(key, None)
            note["target"] = {"refId": note["target"]["refId"]}
        out = HEAD + f"export const board = {json.dumps(board, indent=1)} satisfies Plain<Partial<Dashboard>>;\n"
        for kind in {panel["type"] for panel in panels(board)}:
            out += f'import type * as {kind} from "{TYPES.format(kind)}";\n'
        for panel in panels(board):
            out += f"export const options{panel['id']} = {json.dumps(panel['options'])} satisfies Plain<Partial<{panel['type']}.Options>>;\n"
            if custom := panel["fieldConfig"]["defaults"].get("custom"):
                out += f"export const custom{panel['id']} = {json.dumps(custom)} satisfies Plain<Partial<{panel['type']}.FieldConfig>>;\n"
        return out

    @staticmethod
    def compile(folder):
        return subprocess.run(["node_modules/.bin/tsc", "-p", "."], cwd=folder, capture_output=True, text=True).stdout


if __name__ == "__main__":
    unittest.main()
