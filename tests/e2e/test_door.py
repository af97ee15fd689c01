"""Our own door: what is no HTTP request, who hangs on, and what is asked of a large database."""
import json
import re
import socket
import sqlite3
import subprocess
import unittest

from harness import PATIENCE, EndToEnd, http_request, until, watching

HALF = b"GET /-/healthy HTTP/1.1\r\nHost: 127.0.0.1"


class Door(EndToEnd):
    def quiet(self):
        """A daemon that watches nothing."""
        return self.started("")

    def raw(self, daemon, data):
        """All that is answered to these bytes until the daemon closes."""
        with socket.create_connection(("127.0.0.1", daemon.port), timeout=PATIENCE) as peer:
            peer.sendall(data)
            answer = b""
            while block := peer.recv(65536):
                answer += block
        return answer

    def statuses(self, daemon, data):
        return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d+) ", self.raw(daemon, data))]

    def counted(self, daemon, code):
        found = re.search(rf'tinwatch_http_requests_total{{code="{code}",handler="other"}} (\d+)', daemon.get("/metrics")[2].decode())
        return int(found.group(1)) if found else 0


class Framing(Door):
    def test_what_is_no_request_is_answered_counted_and_closed(self):
        daemon = self.quiet()
        second = "GET /-/healthy HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        bad = {
            "an unknown coding": f"GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: xchunked\r\n\r\n{second}",
            "a coding after chunked": f"GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked, identity\r\n\r\n{second}",
            "a coding and a length": f"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc{second}",
            "two hosts": f"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n{second}",
            "no host": f"GET / HTTP/1.1\r\n\r\n{second}",
            "half a host": f"GET / HTTP/1.1\r\nHost: [::1]x.evil.com\r\n\r\n{second}",
            "garbage": "garbage\r\n\r\n",
            "TLS": "\x16\x03\x01\x00\x05hello\r\n\r\n",
        }
        for what, data in bad.items():
            before = self.counted(daemon, 400)
            self.assertEqual(self.statuses(daemon, data.encode("latin-1")), [400], what)
            self.assertEqual(self.counted(daemon, 400), before + 1, what)
        post = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10000000\r\n\r\n"
        self.assertEqual(self.statuses(daemon, b"GET / HTTP/1.1\r\nA: " + b"a" * 20000), [431])
        self.assertEqual(self.statuses(daemon, post), [413])
        self.assertEqual(self.statuses(daemon, HALF), [408], "it does not come to an end")
        for code in (431, 413, 408):
            self.assertEqual(self.counted(daemon, code), 1, code)
        self.assertEqual(self.statuses(daemon, b"GET http://LOCALHOST/-/healthy HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), [200])
        self.assertEqual(self.statuses(daemon, b"GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), [403])

    def test_methods_and_sites(self):
        daemon = self.quiet()
        for method, path in (("POST", "/api/v1/articles"), ("DELETE", "/"), ("TRACE", "/metrics")):
            status, headers, _ = http_request(daemon.port, method, path)
            self.assertEqual((status, headers["Allow"]), (405, "GET, HEAD"), path)
        image = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}
        link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
        self.assertEqual(http_request(daemon.port, "GET", "/api/v1/articles", image)[0], 403)
        self.assertEqual(http_request(daemon.port, "GET", "/", link)[0], 200)
        for method, path, refusal in (("POST", "/-/reload", 403), ("POST", "/api/v1/recheck?target=newsroom", 401), ("GET", "/api/v1/check", 401),
                                      ("POST", "/api/v1/fetch?url=http://a.test/", 401), ("GET", "/api/v1/verify", 401)):
            status, _, body = http_request(daemon.port, method, path)
            self.assertEqual(status, refusal, path)
            self.assertIn("local socket", json.loads(body)["detail"], path)
        self.assertEqual(daemon.run("reload").returncode, 0)
        self.assertEqual(daemon.run("verify").returncode, 0)
        self.assertEqual(daemon.run("db", "check").returncode, 0)


class HangingOn(Door):
    def test_half_sent_requests_keep_nobody_out(self):
        daemon = self.quiet()
        hanging = []
        self.addCleanup(lambda: [peer.close() for peer in hanging])
        for _ in range(600):
            peer = socket.create_connection(("127.0.0.1", daemon.port), timeout=PATIENCE)
            hanging.append(peer)
            peer.sendall(HALF)
        # A connection that hangs on is answered 408 after ten seconds: nobody has to wait for that.
        self.assertEqual(self.counted(daemon, 408), 0)
        self.assertEqual(daemon.get("/-/healthy")[0], 200)
        self.assertEqual(daemon.run("status").returncode, 0)
        self.assertEqual(self.counted(daemon, 408), 0, "answered before any of them was given up")


class Large(Door):
    def fill(self, daemon, articles, body_bytes):
        """Copies an article, its text grown to so many bytes."""
        db = sqlite3.connect(daemon.database)
        with db:
            def columns(table):
                return [row[1] for row in db.execute(f"PRAGMA table_info({table})") if row[1] != "row"]

            [article] = db.execute("SELECT row FROM articles LIMIT 1").fetchone()
            for i in range(articles):
                values = {name: name for name in columns("articles")}
                values |= {"id": f"'{i:08x}-0000-7000-8000-000000000000'", "identifier": f"'copy-{i}'", "canonical_url": f"canonical_url || '?{i}'", "head_revision": "1"}
                db.execute(f"INSERT INTO articles ({','.join(values)}) SELECT {','.join(values.values())} FROM articles WHERE row = ?", (article,))
                row = db.execute("SELECT max(row) FROM articles").fetchone()[0]
                values = {name: name for name in columns("revisions")}
                values |= {"id": f"'revision-{i}'", "article": str(row),
                           "record": f"json_set(record, '$.articleBody', hex(zeroblob({body_bytes // 2})), '$.body[0].text', hex(zeroblob({body_bytes // 2})))"}
                db.execute(f"INSERT INTO revisions ({','.join(values)}) SELECT {','.join(values.values())} FROM revisions WHERE article = ? AND number = 1", (article,))
        db.close()

    def peak_kib(self, daemon):
        with open(f"/proc/{daemon.process.pid}/status") as status:
            return int(re.search(r"VmHWM:\s+(\d+)", status.read()).group(1))

    def test_a_list_of_long_articles_is_short(self):
        daemon = self.started(watching(self.newsroom, poll="1h", recheck="1h"))
        self.wait_for_baseline(daemon)
        daemon.stop()
        self.fill(daemon, articles=40, body_bytes=6_000_000)
        daemon.start()
        before = self.peak_kib(daemon)
        _, _, body = daemon.get("/api/v1/articles?limit=1000")
        self.assertLess(len(body), 300_000)
        items = json.loads(body)["items"]
        self.assertEqual(len(items), 48)
        self.assertTrue(all("articleBody" not in item["article"] for item in items))
        listed = daemon.run("articles", "--format", "json", "--limit", "1000")
        self.assertEqual(len(json.loads(listed.stdout)), 48)
        self.assertEqual(daemon.get("/")[0], 200)
        # One of them at a time is in memory, and what it is parsed into.
        self.assertLess(self.peak_kib(daemon) - before, 200_000)

    def test_a_damaged_row_costs_itself_alone(self):
        daemon = self.started(watching(self.newsroom, poll="1h", recheck="1h"))
        self.wait_for_baseline(daemon)
        daemon.stop()
        with sqlite3.connect(daemon.database) as db:
            db.execute("UPDATE events SET discovery = 'live'")
            db.execute("UPDATE events SET data = '{' WHERE seq = 1")
        db.close()
        daemon.start()
        self.assertEqual(daemon.get("/")[0], 200)
        status, _, body = daemon.get("/api/v1/events")
        self.assertEqual((status, len(json.loads(body)["items"])), (200, 7))
        until(lambda: "a stored row is damaged" in daemon.log.read_text() and "event 1: " in daemon.log.read_text(), "the row is named in the log")

    def test_an_endless_question_does_not_hold_up_the_end(self):
        """A view without an end in a table's place: polling goes on, and SIGTERM is obeyed."""
        daemon = self.started(watching(self.newsroom))
        self.wait_for_baseline(daemon)
        with sqlite3.connect(daemon.database) as db:
            db.execute("ALTER TABLE deliveries RENAME TO kept_deliveries")
            db.execute("CREATE VIEW deliveries AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
                       "SELECT i AS seq, 'd' AS id, 'r' AS receiver, 't' AS team, 0 AS event, 'pending' AS state, 0 AS attempts, "
                       "0 AS created_at, 0 AS next_at, NULL AS delivered_at, '' AS last_error FROM n")
        db.close()
        asking = []
        self.addCleanup(lambda: [peer.close() for peer in asking])
        for _ in range(4):
            peer = socket.create_connection(("127.0.0.1", daemon.port), timeout=PATIENCE)
            peer.sendall(b"GET /api/v1/status HTTP/1.1\r\nHost: localhost\r\n\r\n")
            asking.append(peer)
        polled = len(self.newsroom.log())
        self.newsroom.wait(requests=polled + 20)
        status, seconds = daemon.stop()
        self.assertEqual(status, 0)
        self.assertLess(seconds, 5)

    def test_one_examination_at_a_time_and_none_after_the_end(self):
        daemon = self.quiet()
        with sqlite3.connect(daemon.database) as db:
            names = [row[1] for row in db.execute("PRAGMA table_info(revisions)") if row[1] != "row"]
            db.execute("ALTER TABLE revisions RENAME TO kept")
            db.execute("CREATE VIEW revisions AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
                       f"SELECT n.i AS row, {', '.join('k.' + name for name in names)} FROM n LEFT JOIN kept k ON k.row = n.i")
        db.close()
        command = [daemon.binary, "verify", "--config", daemon.config]
        asked = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(3)]
        for command in asked:
            self.addCleanup(command.communicate)
            self.addCleanup(command.kill)
        until(lambda: sum(command.poll() is not None for command in asked) == 2, "two of the three are turned away")
        for command in asked:
            if command.poll() is not None:
                self.assertEqual((command.returncode, "another check" in command.stderr.read()), (3, True))
        self.assertEqual(daemon.run("status").returncode, 0)
        status, seconds = daemon.stop()
        self.assertEqual(status, 0)
        self.assertLess(seconds, 5)


if __name__ == "__main__":
    unittest.main()
