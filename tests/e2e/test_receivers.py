"""What people and other programs are told, by real peers: an SMTP server, Alertmanager, chats that refuse what the real
ones refuse."""
import base64
import json
import shutil
import socket
import sqlite3
import subprocess
import unittest

from chat_services import Chat, refuse_slack, refuse_telegram
from harness import PATIENCE, EndToEnd, free_port, http_request, until, watching
from mailbox_server import Mailbox, why_no_mail

WATCH = "watches:\n  - {name: rescue, title: Cứu hộ, query: '\"CỨU HỘ đường thuỷ\" NOT headline:diễn', receivers: [%s]}\n"
CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"


def why_no_mounts():
    """Why no other certificate can be trusted for a while."""
    if not shutil.which("openssl"):
        return "openssl is not installed"
    probe = subprocess.run(["unshare", "--mount", "sh", "-c", f"mount --bind {CERTIFICATES} {CERTIFICATES}"], capture_output=True, text=True, check=False)
    return None if probe.returncode == 0 else f"no mount namespace here: {probe.stderr.strip()}"


class Receivers(EndToEnd):
    def told(self, settings, name="desk", tail=""):
        """A daemon with that receiver, the script played up to the piece whose text gets the watched phrase."""
        text = watching(self.newsroom, extra=f"receivers:\n  - {settings}\n", tail=WATCH % name + tail)
        daemon = self.started(text)
        self.wait_for_baseline(daemon)
        for _ in range(8):
            self.play(daemon)
        self.newsroom.step()
        return daemon

    def mailbox(self, *options):
        mailbox = Mailbox(*options)
        self.addCleanup(mailbox.close)
        return mailbox

    def chat(self, refuse, answer=b'{"ok":true}'):
        chat = Chat(refuse, answer)
        self.addCleanup(chat.close)
        return chat

    def secret(self, name, text):
        path = self.folder / name
        path.write_text(text + "\n")
        path.chmod(0o600)
        return path

    @unittest.skipIf(why_no_mail(), why_no_mail())
    def test_mail(self):
        mailbox = self.mailbox()
        self.told(f"{{name: desk, lang: vi, allow_networks: ['127.0.0.0/8'], email: {{server: 'smtp://127.0.0.1:{mailbox.port}', "
                  "tls: none, from: 'tinwatch@example.org', to: ['desk@example.org', 'chief@example.org']}}")
        until(lambda: len(mailbox.mails) == 2, "both have their mail")
        self.assertEqual({m["to"][0] for m in mailbox.mails}, {"desk@example.org", "chief@example.org"})
        self.assertEqual(len({m["message"]["Message-ID"] for m in mailbox.mails}), 2)
        mail = mailbox.mails[0]
        message = mail["message"]
        self.assertEqual(mail["from"], "tinwatch@example.org")
        self.assertIn("[newsroom] sửa: ", message["Subject"])
        self.assertRegex(message["Message-ID"], r"^<[0-9a-f-]{36}@example\.org>$")
        self.assertRegex(message["References"], r"^<article-[0-9a-f-]{36}@example\.org>$")
        self.assertEqual(message["List-Id"], "<rescue.tinwatch.example.org>")
        self.assertEqual(message["Auto-Submitted"], "auto-generated")
        text = message.get_body(("plain",)).get_content()
        page = message.get_body(("html",)).get_content()
        for part in (text, page):
            self.assertIn("cứu hộ đường thủy", part)
            self.assertIn("/articles/", part)
        self.assertIn("<mark>cứu hộ đường thủy</mark>", page)
        self.assertTrue(all(len(line) <= 998 for line in mail["raw"].split("\r\n")))
        self.assertNotRegex(page, r"<(img|script|link|iframe)|src=", "nothing is loaded from elsewhere")

    @unittest.skipIf(why_no_mail(), why_no_mail())
    @unittest.skipIf(why_no_mounts(), why_no_mounts())
    def test_mail_over_starttls_with_a_password(self):
        key, certificate = self.folder / "key.pem", self.folder / "cert.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
                        "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate], check=True, capture_output=True)
        mailbox = self.mailbox("--tls", str(certificate), str(key), "--user", "tinwatch:g3heim", "--answer", "451 later", "--answer", "550 no")
        self.secret("mail.secret", "g3heim")
        settings = (f"{{name: desk, allow_networks: ['127.0.0.0/8'], email: {{server: 'smtp://127.0.0.1:{mailbox.port}', username: tinwatch, "
                    "password_file: mail.secret, from: 'tinwatch@example.org', to: ['desk@example.org']}}")
        daemon = self.daemon(watching(self.newsroom, extra=f"receivers:\n  - {settings}\n"))
        # In a mount namespace of its own the daemon trusts this certificate alone.
        script = f'mount --bind "{certificate}" {CERTIFICATES} && exec "$0" "$@"'
        with open(daemon.log, "ab") as log:
            daemon.process = subprocess.Popen(["unshare", "--mount", "sh", "-c", script, daemon.binary, "run", "--config", daemon.config],
                                              stderr=log, cwd=self.folder)
        until(daemon.is_ready, "the daemon is ready")
        later = daemon.run("receivers", "test", "desk")
        self.assertEqual(later.returncode, 3, later)
        self.assertIn("451", later.stderr)
        refused = daemon.run("receivers", "test", "desk")
        self.assertIn("550", refused.stderr)
        sent = daemon.run("receivers", "test", "desk")
        self.assertEqual(sent.returncode, 0, sent.stderr)
        until(lambda: mailbox.mails, "the mail is there")
        mail = mailbox.mails[0]
        self.assertTrue(mail["tls"])
        self.assertEqual(mail["user"], "tinwatch")
        self.assertIn("5,4 → 6,1", mail["message"]["Subject"])
        self.assertNotIn("g3heim", daemon.log.read_text())
        self.secret("mail.secret", "wrong")
        self.assertEqual(daemon.run("reload").returncode, 0)
        self.assertNotEqual(daemon.run("receivers", "test", "desk").returncode, 0, "it is not let in")

    @unittest.skipIf(why_no_mail(), why_no_mail())
    def test_a_server_without_tls_is_told_nothing(self):
        mailbox = self.mailbox()
        settings = (f"{{name: desk, allow_networks: ['127.0.0.0/8'], email: {{server: 'smtp://127.0.0.1:{mailbox.port}', "
                    "from: 'tinwatch@example.org', to: ['desk@example.org']}}")
        daemon = self.started(watching(self.newsroom, extra=f"receivers:\n  - {settings}\n"))
        self.assertEqual(daemon.run("receivers", "test", "desk").returncode, 3)
        self.assertEqual(mailbox.mails, [])

    def test_telegram(self):
        chat = self.chat(refuse_telegram)
        self.secret("telegram.token", "123:ABC-def")
        daemon = self.told(f"{{name: desk, lang: en, allow_networks: ['127.0.0.0/8'], telegram: {{api: 'http://127.0.0.1:{chat.port}', "
                           "token_file: telegram.token, chat: '-1001234'}}")
        until(lambda: chat.bodies, "the message is there")
        self.assertEqual(chat.refused, [])
        body = chat.bodies[0]
        self.assertEqual(body["chat_id"], "-1001234")
        self.assertTrue(body["text"].startswith("<b>[newsroom] edited: "), body["text"])
        self.assertIn("<b>cứu hộ đường thủy</b>", body["text"])
        self.assertEqual(daemon.run("receivers", "test", "desk").returncode, 0)
        message = daemon.rows("SELECT id FROM messages")[0][0]
        shown = json.loads(daemon.run("alerts", "show", message).stdout)
        self.assertEqual((shown["state"], shown["receiver"]), ("delivered", "desk"))
        hits = json.loads(daemon.get(f"/api/v1/hits?message={message}")[2])["items"]
        self.assertIn("rescue", {hit.get("watch") for hit in hits})
        self.assertEqual(daemon.get(f"/messages/{message}")[0], 200)
        self.assertNotIn("ABC-def", daemon.log.read_text())

    def test_a_chat_that_takes_no_markup(self):
        chat = self.chat(lambda *request: "can't parse entities" if request[-1].get("parse_mode") else refuse_telegram(*request))
        self.secret("telegram.token", "123:ABC-def")
        self.told(f"{{name: desk, allow_networks: ['127.0.0.0/8'], telegram: {{api: 'http://127.0.0.1:{chat.port}', "
                  "token_file: telegram.token, chat: '1'}}")
        until(lambda: chat.bodies, "the plain text is there")
        self.assertEqual(len(chat.refused), 1)
        self.assertNotIn("<b>", chat.bodies[0]["text"])

    def test_slack(self):
        chat = self.chat(refuse_slack, b"ok")
        self.secret("slack.url", f"http://127.0.0.1:{chat.port}/services/T/B/x")
        self.told("{name: desk, allow_networks: ['127.0.0.0/8'], slack: {url_file: slack.url}}")
        until(lambda: chat.bodies, "the message is there")
        self.assertEqual(chat.refused, [])

    def test_a_program_and_a_file(self):
        out = self.folder / "out.json"
        script = self.folder / "on-news"
        script.write_text(f"#!/bin/sh\ncat >'{out}'\n")
        script.chmod(0o755)
        file = self.folder / "events.jsonl"
        daemon = self.told(f"{{name: desk, exec: {{command: ['{script}']}}}}\n  - {{name: log, file: {{path: '{file}'}}}}",
                           tail='routes:\n  - {match: {type: "tinwatch.article.*"}, receivers: [log]}\n')
        until(lambda: out.exists() and out.stat().st_size, "the program was run")
        until(lambda: daemon.count("SELECT count(*) FROM deliveries WHERE receiver = 'log' AND state <> 'delivered'") == 0, "the file has all")
        self.assertEqual(json.loads(out.read_text())["type"], "tinwatch.watch.hit")
        events = [json.loads(line) for line in file.read_text().splitlines()]
        self.assertEqual(len({event["id"] for event in events}), len(events))
        self.assertEqual(len(events), daemon.count("SELECT count(*) FROM deliveries WHERE receiver = 'log'"))

    def test_a_heartbeat(self):
        chat = self.chat(lambda *_: None)
        with socket.create_server(("127.0.0.1", 0)) as silent:  # takes connections and answers none
            beats = "".join(f"  - {{name: {name}, timeout: 60s, allow_networks: ['127.0.0.0/8'], heartbeat: {{url: 'http://127.0.0.1:{port}/ping', every: 1s}}}}\n"
                            for name, port in (("dead", silent.getsockname()[1]), ("pulse", chat.port)))
            self.started(watching(self.newsroom, extra="receivers:\n" + beats))
            until(lambda: len(chat.bodies) >= 3, "it is asked again and again, beside one that hangs")
            silent.accept()[0].close()
            silent.settimeout(0)
            with self.assertRaises(BlockingIOError, msg="the one that hangs is not asked anew before it has answered"):
                silent.accept()

    def test_by_hand(self):
        chat = self.chat(lambda *_: "no")
        self.secret("slack.url", f"http://127.0.0.1:{chat.port}/x")
        daemon = self.told("{name: desk, allow_networks: ['127.0.0.0/8'], slack: {url_file: slack.url}}\n  - {name: log, file: {path: '%s'}}"
                           % (self.folder / "events.jsonl"))
        until(lambda: daemon.count("SELECT count(*) FROM messages WHERE state = 'dead'") == 1, "it is dead")
        listed = daemon.run("alerts", "list", "--state", "dead", "--receiver", "desk")
        self.assertIn("HTTP status 400", listed.stdout)
        self.assertEqual(daemon.run("alerts", "retry").returncode, 2)
        self.assertEqual(daemon.run("alerts", "retry", "--dead", "--receiver", "desk").returncode, 0)
        until(lambda: len(chat.refused) >= 3, "it was tried again")
        until(lambda: daemon.count("SELECT count(*) FROM messages WHERE state = 'dead'") == 1, "it is dead again")
        self.assertEqual(daemon.run("alerts", "move", "desk", "nobody").returncode, 2)
        self.assertEqual(daemon.run("alerts", "move", "desk", "log").returncode, 0)
        until(lambda: daemon.count("SELECT count(*) FROM deliveries WHERE receiver = 'log' AND state = 'delivered'") >= 1, "the other has it")
        self.assertEqual(daemon.run("alerts", "drop", "desk").returncode, 1, "nothing is left there")
        self.assertIn("log", daemon.run("receivers", "list").stdout)


@unittest.skipUnless(shutil.which("prometheus-alertmanager"), "prometheus-alertmanager is not installed")
class Alertmanager(EndToEnd):
    def setUp(self):
        super().setUp()
        self.port = free_port()
        config = self.folder / "alertmanager.yml"
        config.write_text("route: {receiver: none}\nreceivers: [{name: none}]\n")
        self.process = subprocess.Popen(
            ["prometheus-alertmanager", f"--config.file={config}", f"--storage.path={self.folder / 'am'}", "--cluster.listen-address=",
             f"--web.listen-address=127.0.0.1:{self.port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(self.process.wait)
        self.addCleanup(self.process.kill)
        until(self.is_ready, "Alertmanager is ready")

    def is_ready(self):
        try:
            return http_request(self.port, "GET", "/-/ready")[0] == 200
        except OSError:
            return False

    def alerts(self, *matchers):
        shown = subprocess.run(["amtool", f"--alertmanager.url=http://127.0.0.1:{self.port}", "alert", "query", "-o", "json", *matchers],
                               capture_output=True, text=True, timeout=PATIENCE, check=True)
        return json.loads(shown.stdout)

    def test_shows_and_resolves(self):
        settings = f"{{name: prom, alertmanager: {{url: 'http://127.0.0.1:{self.port}/'}}, allow_networks: ['127.0.0.0/8']}}"
        daemon = self.started(watching(self.newsroom, extra=f"receivers:\n  - {settings}\n", tail=(
            'routes:\n  - {match: {type: "tinwatch.article.*"}, receivers: [prom]}\n')))
        self.wait_for_baseline(daemon)
        step = self.play(daemon)
        alert = until(lambda: self.alerts("source=newsroom"), f"{step} is shown")[0]
        self.assertTrue(alert["labels"]["alertname"].startswith("TinwatchArticle"))
        self.assertEqual(alert["labels"]["source"], "newsroom")
        self.assertIn("/articles/", alert["generatorURL"])
        self.assertLess(alert["startsAt"], alert["endsAt"])
        # A trouble begins and is over.
        for kind, data in (("silent", {"reason": "nothing_new"}), ("recovered", {"from": "silent"})):
            self.add_event(daemon, f"tinwatch.source.{kind}", data)
            if kind == "silent":
                until(lambda: self.alerts("alertname=TinwatchSourceSilent"), "the source is silent")
        until(lambda: not self.alerts("alertname=TinwatchSourceSilent"), "the trouble is resolved")

    def add_event(self, daemon, kind, data):
        """As the daemon would have written it: the condition itself takes hours."""
        daemon.stop()
        with sqlite3.connect(daemon.database) as db:
            number = db.execute("UPDATE counters SET value = value + 1 WHERE name = 'events' RETURNING value").fetchone()[0]
            at = db.execute("SELECT CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)").fetchone()[0]
            db.execute("INSERT INTO events (seq, id, type, source, article, at, sequence, discovery, data) VALUES (?, ?, ?, 1, NULL, ?, 0, 'live', ?)",
                       (number, f"own-{number}", kind, at, json.dumps(data)))
            db.execute("INSERT INTO deliveries (id, receiver, team, event, severity, state, created_at, next_at) "
                       "VALUES (?, 'prom', 'default', ?, 'normal', 'pending', ?, ?)", (f"own-d{number}", number, at, at))
        db.close()
        daemon.start()


if __name__ == "__main__":
    unittest.main()
