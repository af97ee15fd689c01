"""A chat and a program that are down again and again in every way, and a daemon that is killed meanwhile."""
import collections
import http.server
import json
import os
import pathlib
import shutil
import tempfile
import threading
import unittest

from growing_paper import GrowingPaper
from harness import Daemon, seeded, until

EDITED = 3  # so many articles are edited again and again
FAULTS = ("broken", "busy", "forbidden", "elsewhere", "hang", "close", "half")
STATUS = {"take": 200, "half": 200, "broken": 500, "busy": 429, "forbidden": 403, "elsewhere": 302}


class Faulty:
    """A server that takes what it is sent, or misbehaves while `faulty`; keeps each try and what it took, by path."""

    def __init__(self, dice):
        self.taken, self.tries = collections.defaultdict(list), collections.defaultdict(list)
        self.answers = collections.Counter()
        self.faulty = True
        self.hanging = threading.Event()
        faulty = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                how = dice.choice(("take",) * len(FAULTS) + FAULTS) if faulty.faulty else "take"
                faulty.answers[how] += 1
                faulty.tries[self.path].append(body)
                if how in ("close", "hang"):
                    faulty.hanging.wait(2 if how == "hang" else 0)
                    self.close_connection = True
                    return
                if how in ("take", "half"):
                    faulty.taken[self.path].append(body)
                self.send_response(STATUS[how])
                if how == "busy":
                    self.send_header("Retry-After", "1")
                if how == "elsewhere":
                    self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", "100" if how == "half" else "0")
                self.end_headers()
                if how == "half":
                    self.close_connection = True

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # the daemon was killed meanwhile
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def tried(self):
        return sum(len(all_) for all_ in self.tries.values())

    def close(self):
        self.hanging.set()
        self.server.shutdown()
        self.server.server_close()


class Kills(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="tinwatch-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.dice = seeded()
        self.paper = GrowingPaper()
        self.addCleanup(self.paper.close)
        self.peer = Faulty(self.dice)
        self.addCleanup(self.peer.close)

    def mend(self, daemon):
        """Sends for whoever waits for an hour, as an operator does who has mended what was wrong."""
        for receiver, in daemon.rows("SELECT name FROM receivers WHERE paused_until IS NOT NULL"):
            self.assertIn(daemon.run("alerts", "retry", "--receiver", receiver).returncode, (0, 1))

    def all_is_told(self, daemon):
        self.mend(daemon)
        return (daemon.count("SELECT count(*) FROM articles") == self.paper.shown and
                daemon.count("SELECT count(*) FROM deliveries WHERE state IN ('pending', 'written')") == 0)

    def test_nothing_is_lost_and_all_is_the_same_at_every_try(self):
        (self.folder / "chat.url").write_text(self.peer.url + "/chat\n")
        (self.folder / "chat.url").chmod(0o600)
        daemon = Daemon(self.folder, self.paper.sources("0s", recheck="200ms") + f"""\
receivers:
  - {{name: chat, settle: 0s, pace: 0, timeout: 1s, allow_networks: ["127.0.0.0/8"], mattermost: {{url_file: chat.url}}}}
  - {{name: hook, timeout: 1s, allow_networks: ["127.0.0.0/8"], webhook: {{url: "{self.peer.url}/hook", secret_files: ["hook.secret"]}}}}
routes:
  - {{match: {{type: "tinwatch.article.*"}}, receivers: [chat, hook]}}
""")
        self.addCleanup(daemon.close)
        daemon.start()
        until(lambda: daemon.count("SELECT count(*) FROM articles") == 1, "the baseline is read")
        kills = int(os.environ.get("TINWATCH_RECEIVER_KILLS", "50"))
        for _ in range(kills):
            self.paper.show(self.paper.shown + 2)
            for number in range(EDITED):
                self.paper.edit(number)
            wanted = self.peer.tried() + 1 + self.dice.randrange(6)
            until(lambda: self.peer.tried() >= wanted or self.all_is_told(daemon), "something is tried")
            daemon.kill()
            daemon.start()
        self.peer.faulty = False
        until(lambda: self.all_is_told(daemon), "all is told", seconds=120)
        self.assertEqual(daemon.count("SELECT count(*) FROM deliveries WHERE state = 'dead'"), 0)
        self.check_program(daemon, kills)
        self.check_chat(daemon)
        print(f"killed {kills} times: {dict(self.peer.answers)}", flush=True)

    def check_program(self, daemon, kills):
        events = [event for event, in daemon.rows("SELECT e.id FROM deliveries d JOIN events e ON e.seq = d.event WHERE d.receiver = 'hook'")]
        self.assertGreaterEqual(len(events), 2 * kills, "each article is told")
        told = [json.loads(body) for body in self.peer.taken["/hook"]]
        self.assertEqual({event["id"] for event in told}, set(events), "none is lost, none is invented")
        bodies = collections.defaultdict(set)
        for body in self.peer.tries["/hook"]:
            bodies[json.loads(body)["id"]].add(body)
        self.assertTrue(all(len(one) == 1 for one in bodies.values()), "each try of an event is the same bytes")
        # Once by id, an article's events are in order.
        seen, last = set(), collections.defaultdict(str)
        for event in told:
            if event["id"] in seen:
                continue
            seen.add(event["id"])
            self.assertLess(last[event["subject"]], event["sequence"])
            last[event["subject"]] = event["sequence"]
        print(f"{len(events)} events, {len(self.peer.tries['/hook'])} tries", flush=True)

    def check_chat(self, daemon):
        stored = {body for body, in daemon.rows("SELECT body FROM messages WHERE receiver = 'chat'")}
        self.assertTrue(set(self.peer.tries["/chat"]) <= stored, "what was sent is what was written down")
        self.assertEqual(set(self.peer.taken["/chat"]), stored, "each message is told")
        rows = daemon.rows("SELECT e.article, d.revision, m.row, m.state FROM deliveries d JOIN events e ON e.seq = d.event JOIN message_parts p ON p.delivery = d.seq "
                           "JOIN messages m ON m.row = p.message WHERE d.receiver = 'chat' ORDER BY m.row, d.event")
        self.assertEqual(len(rows), daemon.count("SELECT count(*) FROM deliveries WHERE receiver = 'chat'"), "every event is in one message")
        self.assertEqual({state for *_, state in rows}, {"delivered"})
        last = {}
        for article, revision, *_ in rows:
            self.assertLess(last.get(article, 0), revision, "an article's messages are in order")
            last[article] = revision
        print(f"{len(stored)} messages, {len(self.peer.tries['/chat'])} tries", flush=True)


if __name__ == "__main__":
    unittest.main()
