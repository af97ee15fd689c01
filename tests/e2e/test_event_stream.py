"""/api/v1/events as server-sent events: what happens is told at once, and who is cut off goes on where he was."""
import contextlib
import json
import os
import re
import select
import socket
import sqlite3
import time
import unittest

from harness import PATIENCE, EndToEnd, until, watching

HEARTBEAT = 15


class Ear:
    """One who listens to the stream."""

    def __init__(self, port, query="", last_event_id=None, accept="text/event-stream"):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        cut_off = f"Last-Event-ID: {last_event_id}\r\n" if last_event_id is not None else ""
        self.socket.sendall(f"GET /api/v1/events{query} HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\n{cut_off}\r\n".encode())
        self.heard = b""
        self.head = self.until(b"\r\n\r\n").decode()
        self.status = int(self.head.split()[1])

    def until(self, mark):
        while mark not in self.heard:
            more = self.socket.recv(65536)
            if not more:
                raise AssertionError(f"the stream ended: {self.heard[-300:]}")
            self.heard += more
        out, _, self.heard = self.heard.partition(mark)
        return out

    def block(self):
        """The next block of lines, a heartbeat or an event."""
        return self.until(b"\n\n").decode()

    def event(self):
        """(id, name, data) of the next event; what is none is passed over."""
        while True:
            lines = [line.partition(": ") for line in self.block().split("\n")]
            fields = {name: value for name, _, value in lines if name}
            if "data" in fields:
                return int(fields["id"]), fields.get("event", "message"), json.loads(fields["data"])

    def close(self):
        self.socket.close()


class EventStream(EndToEnd):
    def setUp(self):
        super().setUp()
        self.watched = self.started(watching(self.newsroom, tail="""\
watches:
  - {name: rescue, query: '"cứu hộ đường thủy"'}
"""))
        self.wait_for_baseline(self.watched)

    def ear(self, *arguments, **named):
        ear = Ear(self.watched.port, *arguments, **named)
        self.addCleanup(ear.close)
        return ear

    def newest(self):
        return self.watched.count("SELECT coalesce(max(seq), 0) FROM events")

    def listed(self, after):
        return json.loads(self.watched.get(f"/api/v1/events?after={after}&limit=1000")[2])["items"]

    def test_what_happens_is_told_as_the_list_has_it(self):
        begin = self.newest()
        ear = self.ear()
        self.assertEqual(ear.status, 200)
        self.assertIn("Content-Type: text/event-stream", ear.head)
        for _ in range(9):
            self.play(self.watched)
        told = []
        while len(told) < self.newest() - begin:
            seq, name, data = ear.event()
            self.assertEqual((name, data["seq"]), ("message", seq))
            told.append(data)
        self.assertEqual(told, self.listed(begin))
        self.assertGreaterEqual(len(told), 9)

    def test_who_is_cut_off_goes_on_and_nothing_is_lost_or_twice(self):
        begin = self.newest()
        first = self.ear()
        seen = []
        for _ in range(4):
            self.play(self.watched)
        for _ in range(2):
            seen.append(first.event()[0])
        first.close()
        for _ in range(2):
            self.play(self.watched)
        again = self.ear("?after=0", last_event_id=seen[-1])
        for _ in range(2):
            self.play(self.watched)
        while len(seen) < self.newest() - begin:
            seen.append(again.event()[0])
        self.assertEqual(seen, [event["seq"] for event in self.listed(begin)])

    def test_an_id_from_before_what_is_kept_or_from_another_life(self):
        for _ in range(5):
            self.play(self.watched)
        newest = self.newest()
        with contextlib.closing(sqlite3.connect(self.watched.database, timeout=20)) as db, db:
            db.execute("DELETE FROM events WHERE seq < 3 AND seq NOT IN (SELECT event FROM deliveries)")
            oldest = db.execute("SELECT min(seq) FROM events").fetchone()[0]
        self.assertGreater(oldest, 2)
        old = self.ear(last_event_id=1)
        self.assertEqual(old.event(), (oldest - 1, "tinwatch.stream.gap", {"after": 1, "resumesAfter": oldest - 1}))
        self.assertEqual(old.event()[0], oldest)
        ahead = self.ear(last_event_id=10**9)
        self.assertEqual(ahead.event(), (newest, "tinwatch.stream.gap", {"after": 10**9, "resumesAfter": newest}))
        self.play(self.watched)
        self.assertGreater(ahead.event()[0], newest, "and it goes on")
        for wrong in ("x", "-1", 2**63):
            self.assertEqual(self.ear(last_event_id=wrong).status, 400, wrong)

    def test_silence_has_a_heartbeat(self):
        ear = self.ear("?type=tinwatch.store.full")
        self.assertEqual(ear.block(), "retry: 2000")
        begun = time.monotonic()
        self.assertEqual(ear.block(), ":")
        self.assertEqual(ear.block(), ":")
        self.assertGreater(time.monotonic() - begun, HEARTBEAT)
        self.assertLess(time.monotonic() - begun, 3 * HEARTBEAT)

    def test_the_filter_of_the_stream_is_that_of_the_list(self):
        query = "?after=0&type=tinwatch.article.published&source=newsroom"
        ear = self.ear(query)
        others = self.ear("?after=0&source=nobody")
        for _ in range(9):
            self.play(self.watched)
        listed = json.loads(self.watched.get(f"/api/v1/events{query}")[2])["items"]
        self.assertTrue(listed)
        self.assertEqual([ear.event()[2] for _ in listed], listed)
        self.assertEqual({event["type"] for event in listed}, {"tinwatch.article.published"})
        self.assertEqual(others.block(), "retry: 2000")
        self.assertEqual(select.select([others.socket], [], [], 0)[0], [], "nothing of another source")
        for wrong in ("?limit=5", "?type=x", "?nonsense=1", "?last=1&since=today"):
            self.assertEqual(self.ear(wrong).status, 400, wrong)

    def test_two_hundred_listen_beside_everybody_else(self):
        ears = [self.ear() for _ in range(200)]
        deaf = ears.pop()  # hears nothing of what is said
        self.assertEqual({ear.status for ear in ears}, {200})
        begin = self.newest()
        for _ in range(6):
            self.play(self.watched)
        count = self.newest() - begin
        heard = [[ear.event()[0] for _ in range(count)] for ear in ears]
        self.assertEqual({tuple(one) for one in heard}, {tuple(event["seq"] for event in self.listed(begin))})
        self.assertEqual(self.watched.get("/api/v1/articles")[0], 200, "the door is open for the others")
        for ear in ears:
            ear.close()
        deaf.close()
        descriptors = f"/proc/{self.watched.process.pid}/fd"
        until(lambda: len(os.listdir(descriptors)) < 100, "who left is let go")

    def test_an_end_of_the_daemon_ends_the_stream_in_order(self):
        ear = self.ear()
        self.assertEqual(ear.block(), "retry: 2000")
        status, seconds = self.watched.stop()
        self.assertEqual(status, 0)
        self.assertLess(seconds, 10)
        with self.assertRaises((AssertionError, OSError)):
            ear.event()
        log = self.watched.log.read_text()
        self.assertIsNone(re.search("level=error", log), log[-2000:])


if __name__ == "__main__":
    unittest.main(verbosity=2)
