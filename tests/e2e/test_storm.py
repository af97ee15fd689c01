"""A storm of hits: people are told of it in few messages that lead to all of it, a program of each hit, once."""
import json
import os
import pathlib
import shutil
import tempfile
import unittest

from growing_paper import GrowingPaper
from harness import Daemon, Sink, until

WATCHES = 20
MOST_MESSAGES = 21  # twenty in a minute, and one that counts the rest


class Storm(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="tinwatch-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.paper = GrowingPaper()
        self.addCleanup(self.paper.close)

    def sink(self):
        sink = Sink()
        self.addCleanup(sink.close)
        return sink

    def hits_behind(self, daemon, message):
        """Ids of all hits that a message's link leads to, page by page."""
        out, after = set(), ""
        while True:
            page = json.loads(daemon.get(f"/api/v1/hits?message={message}&limit=1000{after}")[2])
            out |= {item["event"]["id"] for item in page["items"]}
            if not page.get("next"):
                return out
            after = f"&after={page['next']}"

    def test_few_messages_lead_to_every_hit(self):
        articles = int(os.environ.get("TINWATCH_STORM_ARTICLES", "60"))
        chat, hook = self.sink(), self.sink()
        (self.folder / "chat.url").write_text(chat.url + "\n")
        (self.folder / "chat.url").chmod(0o600)
        receivers = f"""\
receivers:
  - {{name: chat, lang: en, allow_networks: ["127.0.0.0/8"], mattermost: {{url_file: chat.url}}}}
  - {{name: hook, allow_networks: ["127.0.0.0/8"], webhook: {{url: "{hook.url}", secret_files: ["hook.secret"]}}}}
watches:
""" + "".join(f"  - {{name: w{i}, title: Bến {i}, query: '\"mở cửa trở lại\"', receivers: [chat, hook]}}\n" for i in range(WATCHES))
        daemon = Daemon(self.folder, self.paper.sources("0s") + receivers)
        self.addCleanup(daemon.close)
        daemon.start()
        until(lambda: daemon.count("SELECT count(*) FROM articles") == 1, "the baseline is read")
        self.assertEqual(daemon.count("SELECT count(*) FROM hits"), 0)
        self.paper.show(1 + articles)
        wanted = articles * WATCHES
        until(lambda: daemon.count("SELECT count(*) FROM hits") == wanted, "all are found", seconds=180)
        until(lambda: daemon.count("SELECT count(*) FROM deliveries WHERE state IN ('pending', 'written')") == 0, "all is told", seconds=300)
        events = {event for event, in daemon.rows("SELECT e.id FROM hits h JOIN events e ON e.seq = h.event")}
        self.assertEqual(len(events), wanted)
        told = [event["id"] for event in hook.events()]
        self.assertEqual(len(told), wanted, "the program is told each once")
        self.assertEqual(set(told), events)
        messages = [message for message, in daemon.rows("SELECT id FROM messages ORDER BY row")]
        self.assertLessEqual(len(messages), MOST_MESSAGES)
        self.assertEqual(len(chat.requests), len(messages))
        behind = [self.hits_behind(daemon, message) for message in messages]
        self.assertEqual(set().union(*behind), events, "no hit is missing from what the messages link to")
        self.assertEqual(sum(map(len, behind)), wanted, "each is behind one message")
        last = json.loads(chat.requests[-1]["body"])["text"]
        self.assertIn(f"{len(behind[-1])} ", last, "the summary counts them")
        self.assertIn(f"/messages/{messages[-1]}", last)
        print(f"{wanted} hits: {len(messages)} messages to the chat, {len(told)} requests to the program", flush=True)


if __name__ == "__main__":
    unittest.main()
