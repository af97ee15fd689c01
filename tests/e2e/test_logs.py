"""The log: its two forms, the journal's fields, the ids that join what belongs together, repeats, and that no secret is in any of it."""
import json
import os
import pathlib
import re
import signal
import socket
import sqlite3
import struct
import subprocess
import sys
import unittest

from chat_services import Chat
from harness import EndToEnd, free_port, receiver, until, watching

WATCH = "watches:\n  - {name: rescue, query: '\"CỨU HỘ đường thuỷ\" NOT headline:diễn', receivers: [sink]}\n"
JOURNAL = "/run/systemd/journal/socket"
# Each is a secret somewhere below; none may be in a log.
CANARIES = {"hook": "Y2FuYXJ5LWhvb2stY2FuYXJ5LWhvb2stY2FuYXJ5", "user": "canary-user", "password": "canary-password", "query": "canary-query",
            "path": "canary-path", "mail": "canary-mail", "bot": "4242:canary-bot", "header": "canary-header", "feed": "canary-feed",
            "wrong": "tw_" + "c" * 64}


class Logs(EndToEnd):
    def run_with(self, daemon, *arguments, **options):
        """The daemon with more arguments, until it is ready."""
        with open(daemon.log, "ab") as log:
            daemon.process = subprocess.Popen([daemon.binary, "run", "--config", daemon.config, *arguments], stderr=log, cwd=daemon.folder, **options)
        until(daemon.is_ready, "it is ready")

    def lines(self, daemon):
        return daemon.log.read_text().splitlines()

    def objects(self, daemon):
        """Of the lines that are whole by now."""
        return [json.loads(line) for line in daemon.log.read_text().rpartition("\n")[0].splitlines()]

    def find(self, daemon, msg, **fields):
        return [one for one in self.objects(daemon) if one["msg"] == msg and all(one.get(name) == value for name, value in fields.items())]

    def test_begins_with_version_and_revision(self):
        daemon = self.started(watching(self.newsroom))
        version, revision = re.fullmatch(r"tinwatch (\S+) \((\S+)\)\n", daemon.run("--version").stdout).groups()
        self.assertRegex(self.lines(daemon)[0], rf"^20\S+ info: tinwatch starts version={re.escape(version)} revision={re.escape(revision)} config=\S+ pid={daemon.process.pid}$")

    def test_json_joins_fetch_revision_event_and_delivery(self):
        sink = self.sink()
        daemon = self.started("log: {format: json, level: debug}\n" + watching(self.newsroom, extra=receiver(sink), tail=WATCH))
        self.wait_for_baseline(daemon)
        while not any(json.loads(r["body"])["type"].endswith("watch.hit") for r in sink.requests):
            self.play(daemon)
        until(lambda: self.find(daemon, "delivered"), "the delivery is logged")
        for one in self.objects(daemon):
            self.assertEqual(list(one)[:3], ["time", "level", "msg"])
            self.assertRegex(one["time"], r"^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
            self.assertIn(one["level"], ("debug", "info", "warning", "error"))

        hit = self.find(daemon, "watch hit: rescue")[0]
        told = self.find(daemon, "delivered", event=hit["event"])
        self.assertEqual(len(told), 1, "one line a delivery")
        self.assertEqual(told[0]["article"], hit["article"])
        self.assertEqual(told[0]["tries"], 1)
        sent = [r for r in sink.requests if r["headers"]["webhook-id"] == told[0]["delivery"]]
        self.assertEqual(json.loads(sent[0]["body"])["id"], hit["event"], "the receiver knows it by the same id")
        ids = daemon.rows("SELECT e.id, a.id, r.number FROM events e JOIN articles a ON a.row = e.article JOIN revisions r ON r.article = a.row WHERE e.id = ?", hit["event"])
        self.assertIn((hit["event"], hit["article"], hit["revision"]), ids)
        fetched = [one for one in self.find(daemon, "fetched", source="newsroom", status=200) if one["url"] == hit["url"]]
        self.assertTrue(fetched, "the page it was seen on")
        self.assertGreater(fetched[0]["bytes"], 100)
        self.assertGreaterEqual(fetched[0]["elapsed_ms"], 0)
        for event in daemon.rows("SELECT id FROM events WHERE article IS NOT NULL"):
            self.assertEqual(len([one for one in self.objects(daemon) if one["level"] == "info" and one.get("event") == event[0]]), 1, "one line an event")

    def test_reloads_unless_the_command_line_says_it(self):
        text = watching(self.newsroom, poll="1h", recheck="1h")
        daemon = self.started(text)
        daemon.write("log: {format: json, level: debug}\n" + text)
        self.assertEqual(daemon.run("reload").returncode, 0)
        last = json.loads(until(lambda: [line for line in self.lines(daemon) if "configuration reloaded" in line], "it says so")[-1])
        self.assertEqual((last["level"], last["sources"]), ("info", 1))
        daemon.write("log: {format: json, level: loud}\n" + text)
        refused = daemon.run("reload")
        self.assertEqual(refused.returncode, 2)
        self.assertRegex(refused.stdout + refused.stderr, r"tinwatch.yaml:3:28: log: level must be debug, info, warning or error, not 'loud'")
        daemon.stop()

        daemon.log.unlink()
        daemon.write(text)
        self.run_with(daemon, "--log-level", "warning")
        daemon.write("log: {format: json, level: debug}\n" + text)
        self.assertEqual(daemon.run("reload").returncode, 0)
        daemon.write("http: {}\n")  # stands twice
        self.assertEqual(daemon.run("reload").returncode, 2)
        until(lambda: self.lines(daemon), "the fault is told")
        self.assertEqual({json.loads(line)["level"] for line in self.lines(daemon)}, {"error"}, "the format is followed, the level stays")

    def test_one_trouble_of_many_visits_is_told_once(self):
        daemon = self.started(watching(self.newsroom))
        self.wait_for_baseline(daemon)
        with sqlite3.connect(daemon.database) as db:
            db.execute("CREATE TRIGGER full BEFORE UPDATE ON frontier BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END")
        db.close()
        metric = "tinwatch_fetches_total"

        def fetches():
            page = daemon.get("/metrics")[2].decode()
            return sum(float(line.rsplit(" ", 1)[1]) for line in page.splitlines() if line.startswith(metric + "{"))

        until(lambda: any("a task failed" in line for line in self.lines(daemon)), "it is told")
        before = fetches()
        until(lambda: fetches() > before, "others fail, too")
        daemon.stop()
        failed = [line for line in self.lines(daemon) if "a task failed" in line and "disk is full" in line]
        self.assertRegex(failed[0], r" error: a task failed; it will be tried again source=newsroom url=\S+ why=\"[^\"]*database or disk is full[^\"]*\"$")
        self.assertLessEqual(len(failed), 3, "once a minute, however many fail")
        self.assertRegex(failed[-1], r"repeated=\d+$")

    # --- Secrets.

    def canary_config(self, chat):
        """Receivers that fail, each in its own way, with all that is secret about them."""
        c = CANARIES
        for name, text in (("canary.secret", f"whsec_{c['hook']}"), ("mail.pass", c["mail"]), ("bot.token", c["bot"]), ("body.mustache", '{"text": "news"}')):
            (self.folder / name).write_text(text + "\n")
            (self.folder / name).chmod(0o600)
        closed = free_port()
        open_here = "allow_networks: ['127.0.0.0/8']"
        ways = {"refused": f"webhook: {{url: 'http://127.0.0.1:{chat.port}/{c['path']}?token={c['query']}', secret_files: [canary.secret]}}",
                "closed": f"webhook: {{url: 'http://127.0.0.1:{closed}/{c['path']}?token={c['query']}', secret_files: [canary.secret]}}",
                "unknown": f"webhook: {{url: 'http://canary.invalid/{c['path']}?token={c['query']}', secret_files: [canary.secret]}}",
                "chat": f"telegram: {{token_file: bot.token, chat: '-1001', api: '{chat.url}'}}",
                "mail": f"email: {{server: 'smtp://127.0.0.1:{closed}', tls: none, username: u, password_file: mail.pass, from: 'a@b.test', to: ['c@d.test']}}",
                "any": f"http: {{url: 'http://127.0.0.1:{chat.port}/{c['path']}', headers: {{X-Api-Key: {c['header']}}}, body: body.mustache}}"}
        receivers = "receivers:\n" + "".join(f"  - {{name: {name}, {open_here}, {way}}}\n" for name, way in ways.items())
        feed = f"  - {{name: feed, start: ['{self.newsroom.origin}/nothing?token={c['feed']}&page=1'], poll: 150ms, allow_networks: ['127.0.0.0/8']}}\n"
        routes = f"routes:\n  - {{receivers: [{', '.join(ways)}]}}\n"
        return watching(self.newsroom, extra=feed, tail=receivers + routes), set(ways)

    def no_secret_at_debug(self, form):
        chat = Chat(lambda *_: "not today")
        self.addCleanup(chat.close)
        text, ways = self.canary_config(chat)
        daemon = self.daemon(f"log: {{format: {form}, level: debug}}\n" + text)
        daemon.start(wait=False)
        until(daemon.is_ready, "it is ready")
        made = daemon.run("token", "create", "--scope", "read,admin").stdout.strip()
        self.assertRegex(made, r"^tw_[0-9a-f]{64}$")
        for token in (made, CANARIES["wrong"]):
            daemon.get(f"/stream.atom?token={token}")
            daemon.get("/api/v1/status/config", Authorization=f"Bearer {token}")
        for name in ways:
            daemon.run("receivers", "test", name)
        for _ in range(3):
            self.newsroom.step()

        def troubled():
            log = daemon.log.read_text()
            return all(re.search(rf'receiver(=|":"){name}\b', log) for name in ways)

        until(troubled, f"each receiver is in the log\n{daemon.log.read_text()[-1500:]}")
        until(lambda: "nothing?token=<secret>&page=1" in daemon.log.read_text(), "and so is the source, masked")
        daemon.write(f"log: {{format: {form}, level: debug}}\n" + text.replace("poll: 150ms", "poll: 200ms"))
        self.assertEqual(daemon.run("reload").returncode, 0)
        # Faults quote what is wrong, and what is wrong may be a secret.
        login = f"{CANARIES['user']}:{CANARIES['password']}@"
        said = ""
        for wrong in (text.replace("http://canary.invalid", f"http://{login}canary.invalid"), text.replace("start: ['http://", f"start: ['http://{login}")):
            self.assertIn(login, wrong)
            daemon.write(wrong)
            for command in ("reload", "check"):
                refused = daemon.run(command)
                self.assertEqual(refused.returncode, 2)
                said += refused.stdout + refused.stderr
        until(lambda: daemon.log.read_text().count("configuration not reloaded") == 2, "it is logged")
        self.assertEqual(daemon.stop()[0], 0)
        log = daemon.log.read_text() + said
        self.assertIn("debug", log)
        for what, secret in (*CANARIES.items(), ("made", made)):
            self.assertNotIn(secret, log, what)

    def test_no_secret_in_logfmt(self):
        self.no_secret_at_debug("logfmt")

    def test_no_secret_in_json(self):
        self.no_secret_at_debug("json")


def why_no_namespace():
    """Why the journal's socket cannot stand where the library looks for it."""
    probe = subprocess.run(["unshare", "--mount", "mount", "-t", "tmpfs", "none", "/run"], capture_output=True, text=True, check=False)
    return None if probe.returncode == 0 else f"no mount namespace here: {probe.stderr.strip()}"


def fields_of(datagram):
    """An entry as the journal's own protocol writes it (systemd.io/JOURNAL_NATIVE_PROTOCOL)."""
    out = {}
    while datagram:
        line, _, datagram = datagram.partition(b"\n")
        name, equals, value = line.partition(b"=")
        if not equals:
            size = struct.unpack("<Q", datagram[:8])[0]
            value, datagram = datagram[8:8 + size], datagram[9 + size:]
        out[name.decode()] = value.decode()
    return out


def journal_of(command):
    """Runs in a mount namespace: takes what `command` sends to the journal's socket, and prints each entry as JSON."""
    subprocess.run(["mount", "-t", "tmpfs", "none", "/run"], check=True)
    pathlib.Path(JOURNAL).parent.mkdir(parents=True)
    journal = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    journal.bind(JOURNAL)
    with open("stderr", "wb") as stderr:
        stream = os.fstat(stderr.fileno())
        process = subprocess.Popen(command, stderr=stderr, env={**os.environ, "JOURNAL_STREAM": f"{stream.st_dev}:{stream.st_ino}"})
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    journal.settimeout(0.2)
    while True:
        try:
            print(json.dumps(fields_of(journal.recv(1 << 20))), flush=True)
        except socket.timeout:
            if process.poll() is not None:
                return process.returncode


@unittest.skipIf(why_no_namespace(), why_no_namespace())
class Journal(EndToEnd):
    def test_fields(self):
        daemon = self.daemon(watching(self.newsroom))
        with open(daemon.log, "ab") as log:
            daemon.process = subprocess.Popen(["unshare", "--mount", sys.executable, "-B", __file__, "--journal-of", daemon.binary, "run", "--config", daemon.config],
                                              stdout=log, cwd=self.folder)
        until(lambda: "watching" in daemon.log.read_text(), "it runs")
        self.wait_for_baseline(daemon)
        self.newsroom.step()
        until(lambda: daemon.log.read_text().count("TINWATCH_EVENT"), "an event is told")
        self.assertEqual(daemon.stop()[0], 0)
        entries = [json.loads(line) for line in daemon.log.read_text().splitlines()]
        self.assertEqual({e["SYSLOG_IDENTIFIER"] for e in entries}, {"tinwatch"})
        self.assertEqual(entries[0]["PRIORITY"], "6")
        self.assertTrue(entries[0]["MESSAGE"].startswith("tinwatch starts version="), entries[0])
        told = next(e for e in entries if "TINWATCH_EVENT" in e)
        self.assertEqual(told["TINWATCH_SOURCE"], "newsroom")
        self.assertIn(f"article={told['TINWATCH_ARTICLE']}", told["MESSAGE"])
        self.assertIn(f"event={told['TINWATCH_EVENT']}", told["MESSAGE"])
        self.assertEqual(daemon.count("SELECT count(*) FROM events WHERE id = ?", told["TINWATCH_EVENT"]), 1)
        self.assertEqual((self.folder / "stderr").read_text(), "", "and nothing twice")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--journal-of"]:
        sys.exit(journal_of(sys.argv[2:]))
    unittest.main()
