"""Every chat service takes every message, however an article tries to break its form."""
import json
import sqlite3
import unittest

from chat_services import Services
from harness import EndToEnd, watching

WORDS = "Đoàn thuyền chở lúa về bến lúc nửa đêm; "
HOSTILE = {
    "markup": "</b><script>alert(1)</script> *a* _b_ ~c~ `d` **e ~~f [x](http://evil.test) <http://evil.test|y> @everyone @here <!channel> <@U1> # g",
    "signs": "{{line}} {{{line}}} {{#stories}} \"},{\" \\ \\\\ $(id) `id` ;rm -rf / & &amp; &lt; < > | ' %0d%0a %s {} []",
    "lines": "a\r\nBcc: evil@evil.test\r\n\r\n> quote\n# title\n- item\n\n```\ncode\n\u2028\u2029\v\f\0x",
    "unseen": "\u202egpj.exe\u202c \u2066isolate\u2069 \u200b\u2060\ufeff \U000e0041 tag e\u0301\u0301\u0301",
    "long": WORDS * 3000,
    "wide": "🛶" * 6000,
    "word": "đ" * 50_000,
    "closing": "\\" * 3999,
    "ampersands": "&<>" * 5000,
    "stars": "*_`~" * 4000,
}


class ChatFormats(EndToEnd):
    def secret(self, name, text):
        path = self.folder / name
        path.write_text(text + "\n")
        path.chmod(0o600)

    def setUp(self):
        super().setUp()
        self.services = Services()
        self.addCleanup(self.services.close)
        url = self.services.url
        for name in ("slack", "discord", "mattermost", "teams"):
            self.secret(f"{name}.url", f"{url}/{name}/hook")
        self.secret("telegram.token", "123:ABC-def")
        self.secret("token", "t0k3n")
        blocks = {"telegram": f"{{api: '{url}', token_file: telegram.token, chat: '-1001234'}}",
                  "matrix": f"{{homeserver: '{url}', room: '!room:example.org', token_file: token}}",
                  "ntfy": f"{{url: '{url}/ntfy/desk', token_file: token}}"}
        blocks |= {name: f"{{url_file: {name}.url}}" for name in ("slack", "discord", "mattermost", "teams")}
        self.names = sorted(blocks)
        receivers = "receivers:\n" + "".join(
            f"  - {{name: {name}, lang: {'vi' if name < 'n' else 'en'}, allow_networks: ['127.0.0.0/8'], {name}: {block}}}\n" for name, block in blocks.items())
        self.running = self.daemon(watching(self.newsroom, extra=receivers))
        self.running.start()
        self.wait_for_baseline(self.running)

    def add_events(self):
        """As the daemon would have written them; what a site prints stands in headline, sentence, words and reason."""
        self.running.stop()
        with sqlite3.connect(self.running.database) as db:
            article, = db.execute("SELECT row FROM articles LIMIT 1").fetchone()
            last, = db.execute("SELECT value FROM counters WHERE name = 'events'").fetchone()
            for number, (name, text) in enumerate(HOSTILE.items(), last + 1):
                data = {"article": {"id": "0190-a", "headline": text, "url": "https://bao.test/a?b=1&c='\"<>"}, "revision": 1, "transition": "appeared",
                        "watch": {"name": "w", "title": text[:200]}, "reason": text[:300],
                        "hits": [{"field": "body", "words": text[:40], "sentence": text + " " + text, "offset": 0}]}
                db.execute("INSERT INTO events (seq, id, type, source, article, at, sequence, discovery, data) VALUES (?, ?, 'tinwatch.watch.hit', 1, ?, 0, ?, 'live', ?)",
                           (number, f"hostile-{name}", article, 1000 + number, json.dumps(data)))
            db.execute("UPDATE counters SET value = value + ? WHERE name = 'events'", (len(HOSTILE),))
        db.close()
        self.running.start()

    def test_each_is_taken_as_text(self):
        self.add_events()
        for name in self.names:
            for event in HOSTILE:
                done = self.running.run("receivers", "test", name, "--event", f"hostile-{event}")
                self.assertEqual(done.returncode, 0, f"{name}, {event}: {done.stdout}{done.stderr}{self.services.refused[-1:]}"[:3000])
        self.assertEqual(self.services.refused, [])
        self.assertEqual({begin: len(bodies) for begin, bodies in self.services.taken.items()}, dict.fromkeys(Services.begins, len(HOSTILE)))
        for bodies in self.services.taken.values():
            self.assertIn("alert(1)", json.dumps(bodies[0]).replace("\\\\", "").replace("\\u2060", ""), "what was said is there to be read")


if __name__ == "__main__":
    unittest.main()
