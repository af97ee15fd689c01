"""kill -9 at the worst moments loses nothing and repeats nothing.

A hundred kills, twenty-five in each of four windows, in an order drawn from a printed seed:
  wire      half of the changed page is on the wire
  received  the page's last byte is sent and its commit is not on disk (the test holds the write lock)
  delivery  the receiver has read the event and has not answered
  commit    the first trace of the visit is visible in the database
Then articles, revisions, events and deliveries are compared, by id, with the newsroom's own script.
"""
import os
import sqlite3
import unittest
from collections import Counter

from harness import EndToEnd, receiver, seeded, until, watching

KILLS_PER_WINDOW = int(os.environ.get("TINWATCH_KILLS_PER_WINDOW", "25"))
MOST_KILLS_OF_A_MUTANT = 400  # one in a dozen or so falls between the two halves
WINDOWS = ("wire", "received", "delivery", "commit")
HAND_WRITTEN = 11


class LostOrDoubled(AssertionError):
    pass


class Kill(EndToEnd):
    def prepare(self, binary):
        self.hook = self.sink()
        text = watching(self.newsroom, poll="60ms", recheck="60ms", extra=receiver(self.hook),
                        tail="routes:\n  - {match: {type: 'tinwatch.article.*'}, receivers: [sink]}\n")
        self.watcher = self.daemon(text, binary)
        self.watcher.start()
        self.wait_for_baseline(self.watcher)
        for _ in range(HAND_WRITTEN):
            self.play(self.watcher)

    def next_identifier(self):
        """Which piece the script's next step is about (tests/newsroom/src/script.cpp)."""
        number = len(self.newsroom.truth()["steps"]) + 1
        return str(60100 + 2 * ((number - 12) // 4) + (number - 12) % 2)

    def stall_next_page(self):
        self.newsroom.misbehave(f"00{self.next_identifier()}s", "stall")
        step = self.newsroom.step()
        self.newsroom.wait(stalled=1)
        return step

    def kill_in(self, window):
        if window == "delivery":
            until(lambda: self.watcher.count("SELECT count(*) FROM deliveries WHERE state = 'pending'") == 0, "the outbox is empty")
            told = len(self.hook.requests)
            self.hook.hold()
            step = self.newsroom.step()
            until(lambda: len(self.hook.requests) > told, "the receiver has read an event")
            self.watcher.kill()
            self.hook.go_on()
            return step
        step = self.stall_next_page()
        if window == "wire":
            self.watcher.kill()
            self.newsroom.release()
        elif window == "received":
            lock = sqlite3.connect(self.watcher.database, timeout=20, isolation_level=None)
            lock.execute("BEGIN IMMEDIATE")
            sent = self.newsroom.wait()["sent"]
            self.newsroom.release()
            self.newsroom.wait(sent=sent + 1)
            self.watcher.kill()
            lock.execute("ROLLBACK")
            lock.close()
        else:
            look = sqlite3.connect(f"file:{self.watcher.database}?mode=ro", uri=True, isolation_level=None)
            revisions = look.execute("SELECT count(*) FROM revisions").fetchone()
            self.newsroom.release()
            until(lambda: look.execute("SELECT count(*) FROM revisions").fetchone() != revisions, "the revision is visible")
            self.watcher.kill()
            look.close()
        return step

    def round(self, window):
        step = self.kill_in(window)
        self.watcher.start()
        before = 0 if step["type"] == "published" else step["version"] - 2
        try:
            until(lambda: self.watcher.event_count(step["type"], step["id"]) > before, f"{step} is reported after a kill in '{window}'", seconds=self.patience)
        except AssertionError as e:
            raise LostOrDoubled(str(e)) from e

    patience = None

    def compare(self):
        """Everything against the script, by id."""
        watcher, hook = self.watcher, self.hook
        until(lambda: watcher.count("SELECT count(*) FROM deliveries WHERE state <> 'delivered'") == 0, "everything is delivered")
        truth = self.newsroom.truth()
        versions = {p["id"]: p["version"] for p in truth["pieces"]}
        articles = Counter(row[0] for row in watcher.rows("SELECT identifier FROM articles"))
        self.assertEqual(dict(articles), dict.fromkeys(versions, 1), "articles")
        revisions = watcher.rows("SELECT a.identifier, r.number FROM revisions r JOIN articles a ON a.row = r.article")
        self.assertEqual(sorted(revisions), sorted((i, n) for i, last in versions.items() for n in range(1, last + 1)), "revisions")
        events = watcher.rows("SELECT replace(type, 'tinwatch.article.', ''), a.identifier, count(*) FROM events e JOIN articles a ON a.row = e.article "
                              "WHERE e.discovery = 'live' AND type NOT LIKE '%.missing' GROUP BY 1, 2")
        expected = Counter((s["type"], s["id"]) for s in truth["steps"])
        self.assertEqual({(t, i): n for t, i, n in events}, dict(expected), "events")
        told = watcher.rows("SELECT d.id, e.id FROM deliveries d JOIN events e ON e.seq = d.event")
        live = watcher.count("SELECT count(*) FROM events WHERE discovery = 'live'")
        self.assertEqual(len(told), live, "one delivery an event")
        received = {(r["headers"]["webhook-id"], event["id"]) for r, event in zip(hook.requests, hook.events())}
        self.assertEqual(received, set(told), "what the receiver got, by id")
        self.assertEqual(watcher.count("SELECT count(*) FROM visits WHERE outcome = 'skipped'"), 0, "pages blamed for a kill")
        self.assertEqual(watcher.run("verify").returncode, 0)
        self.assertEqual(watcher.run("db", "check").returncode, 0)

    def test_a_hundred_kills_lose_and_double_nothing(self):
        random = seeded()
        self.prepare("tinwatch")
        windows = [w for w in WINDOWS for _ in range(KILLS_PER_WINDOW)]
        random.shuffle(windows)
        for window in windows:
            self.round(window)
        self.compare()
        repeated = len(self.hook.requests) - len({r["headers"]["webhook-id"] for r in self.hook.requests})
        print(f"kills: {dict(Counter(windows))}; deliveries repeated with the same id: {repeated}", flush=True)

    def test_the_test_finds_a_transaction_split_in_two(self):
        seeded()
        self.prepare("tinwatch_split_commit")
        self.patience = 3
        with self.assertRaises(LostOrDoubled):
            for _ in range(MOST_KILLS_OF_A_MUTANT):
                self.round("commit")


if __name__ == "__main__":
    unittest.main()
