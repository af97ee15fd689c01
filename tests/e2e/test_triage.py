"""A press officer's day: a watch made by hand, what it finds, what becomes of that, and a snooze; all of it lasts."""
import json
import unittest
import urllib.parse

from harness import EndToEnd, http_request, receiver, until, watching

PHRASE = '"cứu hộ đường thủy"'
HIT = "tinwatch.watch.hit"


class Triage(EndToEnd):
    def setUp(self):
        super().setUp()
        self.hook = self.sink()
        # A receiver that is told of every edit: it says when the daemon has told all it tells.
        routes = "routes:\n  - {match: {type: 'tinwatch.article.*'}, receivers: [sink]}\n"
        self.text = watching(self.newsroom, extra=receiver(self.hook), tail=routes)
        self.subject = self.started(self.text)
        self.wait_for_baseline(self.subject)

    def send(self, method, target, body=None, **headers):
        """What is answered: its status, its headers in small letters, and the body, as JSON where it is."""
        data = body if isinstance(body, str) or body is None else json.dumps(body)
        status, named, answer = http_request(self.subject.port, method, target, headers, data.encode() if data is not None else None)
        sent = {name.lower(): value for name, value in named.items()}
        return status, sent, json.loads(answer) if "json" in sent["content-type"] else answer.decode()

    def ask(self, method, target, body=None):
        status, sent, answer = self.send(method, target, body)
        made = method == "POST" and target == "/api/v1/watches"
        self.assertEqual(status, 201 if made else 200, (method, target, answer))
        if made:
            self.assertEqual(sent["location"], f"/api/v1/watches/{body['name']}")
            self.assertNotIn("refresh", sent)
        return answer

    def form(self, target, **fields):
        return self.send("POST", target, urllib.parse.urlencode(fields), **{"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html",
                                                                            "Origin": f"http://127.0.0.1:{self.subject.port}"})

    def told(self):
        return [event for event in self.hook.events() if event["type"] == HIT]

    def hits(self, query=""):
        return self.ask("GET", "/api/v1/hits" + query)["items"]

    def play_until(self, hits):
        """The script goes on until so many hits are stored and everything is told."""
        for _ in range(20):
            if self.subject.count("SELECT count(*) FROM hits") >= hits:
                break
            self.play(self.subject)
        until(lambda: self.subject.count("SELECT count(*) FROM hits") == hits, f"{hits} hits")
        until(lambda: self.subject.count("SELECT count(*) FROM deliveries WHERE state = 'pending'") == 0, "everything is told")

    def test_a_watch_from_its_beginning_to_its_end(self):
        made = self.ask("POST", "/api/v1/watches", {"name": "rescue", "title": "Cứu hộ", "query": PHRASE, "receivers": ["sink"]})
        self.assertEqual((made["origin"], made["inForce"]), ("api", True))
        self.assertEqual(self.hits(), [])

        # It finds what is published from now on, and tells.
        self.play_until(1)
        [hit] = self.hits("?verdict=new&watch=rescue")
        self.assertEqual((hit["watch"], hit["origin"], hit["verdict"]), ("rescue", "api", "new"))
        until(lambda: len(self.told()) == 1, "the receiver is told")
        page = self.ask("GET", "/hits")
        self.assertIn(f'name="hit:{hit["id"]}"', page)
        self.assertIn("Cứu hộ", page)
        self.assertIn('<a href="/hits?watch=rescue"', self.ask("GET", "/"))
        [listed] = self.ask("GET", "/api/v1/watches")["items"]
        self.assertEqual((listed["openHits"], sum(listed["hitsPerDay"])), (1, 1))

        # It is judged by a form, as a browser without script does it.
        status, headers, _ = self.form("/hits", **{f"hit:{hit['id']}": "1", "verdict": "relevant", "note": "gọi toà soạn", "of_verdict": "new", "of_watch": "rescue"})
        self.assertEqual((status, headers["location"]), (303, "/hits?verdict=new&watch=rescue"))
        self.assertEqual(self.hits("?verdict=new"), [])
        [judged] = self.hits("?verdict=relevant")
        self.assertEqual((judged["id"], judged["note"]), (hit["id"], "gọi toà soạn"))

        # Snoozed, it finds and tells nobody.
        asleep = self.ask("PUT", "/api/v1/snoozes/rescue", {"for": "4h"})
        self.assertIn("snoozedUntil", asleep)
        self.play_until(2)
        self.assertEqual(self.subject.rows("SELECT state FROM deliveries WHERE watch = 'rescue' ORDER BY seq"), [("delivered",), ("snoozed",)])
        self.assertEqual(len(self.told()), 1)

        # All of it is there after a restart.
        self.assertEqual(self.subject.stop()[0], 0)
        self.subject.start()
        watch = self.ask("GET", "/api/v1/watches/rescue")
        self.assertEqual((watch["definition"]["query"], watch["snoozedUntil"]), (PHRASE, asleep["snoozedUntil"]))
        self.assertEqual([(h["verdict"], h["note"]) for h in self.hits("?verdict=relevant")], [("relevant", "gọi toà soạn")])
        self.assertEqual(len(self.hits("?verdict=new")), 1)

        # Awake again, then deleted: what it found stays.
        self.assertNotIn("snoozedUntil", self.ask("DELETE", "/api/v1/snoozes/rescue"))
        self.assertEqual(self.ask("DELETE", "/api/v1/watches/rescue"), {"deleted": "rescue"})
        self.assertEqual(self.send("GET", "/api/v1/watches/rescue")[0], 404)
        self.assertEqual(len(self.hits()), 2)
        actions = [row[0] for row in self.subject.rows("SELECT action FROM audit ORDER BY row")]
        self.assertEqual(actions, ["watch.added", "hit.judged", "watch.snoozed", "watch.woken", "watch.deleted"])
        self.assertEqual(self.subject.stop()[0], 0)

    def test_the_form_previews_and_says_what_is_wrong(self):
        for _ in range(10):
            self.play(self.subject)
        status, _, page = self.form("/watches", query=PHRASE, mode="tone", action="preview")
        self.assertEqual(status, 200)
        self.assertRegex(page, r"<strong>[1-9]\d* hits</strong> \d+ revisions were read")
        self.assertIn("đường thủy", page)
        status, _, page = self.form("/watches", name="w", query='"cứu hộ', mode="tone", action="save")
        self.assertEqual(status, 400)
        self.assertRegex(page, r"query: line 1, column \d+: ")
        self.assertIn(">&quot;cứu hộ</textarea>", page)
        status, headers, _ = self.form("/watches", name="w", query="cứu hộ", mode="tone", action="save", **{"receiver:sink": "1"})
        self.assertEqual((status, headers["location"]), (303, "/watches/w"))
        # Against the watch as it is: fewer, and none that it has not.
        found = self.ask("POST", "/api/v1/watches:preview", {"name": "w", "query": PHRASE})
        self.assertEqual(found["added"], 0)
        self.assertTrue(found["complete"])
        self.assertGreater(found["hits"], 0)
        status, _, refused = self.send("POST", "/api/v1/watches", {"name": "v", "query": "a NEAR/0 b"})
        self.assertEqual(status, 400)
        self.assertEqual(refused["query"]["line"], 1)
        self.assertGreater(refused["query"]["column"], 1)

    def test_the_configuration_has_the_last_word(self):
        self.ask("POST", "/api/v1/watches", {"name": "rescue", "query": "một"})
        self.subject.write(self.text + "watches:\n  - {name: rescue, query: 'hai'}\n  - {name: border, query: 'ba', receivers: [sink]}\n")
        self.assertEqual(self.subject.run("reload").returncode, 0)
        watch = self.ask("GET", "/api/v1/watches/rescue")
        self.assertEqual((watch["origin"], watch["definition"]["query"]), ("file", "hai"))
        self.assertIn("the configuration has a watch of this name", self.subject.log.read_text())
        for method, target in (("PUT", "/api/v1/watches/rescue"), ("PUT", "/api/v1/watches/border")):
            self.assertEqual(self.send(method, target, {"query": "x"})[0], 409)
        self.assertEqual(self.send("POST", "/api/v1/watches", {"name": "border", "query": "x"})[0], 409)
        self.assertIn("stands in the configuration", self.ask("GET", "/watches/border"))
        # Anybody may snooze it; it wakes by itself.
        self.ask("PUT", "/api/v1/snoozes/border", {"for": "1s"})
        until(lambda: "snoozedUntil" not in self.ask("GET", "/api/v1/watches/border"), "it wakes by itself")
        # Out of the configuration again, the one that was made here holds.
        self.subject.write(self.text)
        self.assertEqual(self.subject.run("reload").returncode, 0)
        watch = self.ask("GET", "/api/v1/watches/rescue")
        self.assertEqual((watch["origin"], watch["definition"]["query"]), ("api", "một"))

    def test_another_site_may_not_send_our_forms(self):
        form = urllib.parse.urlencode({"name": "w", "query": "x", "mode": "tone", "action": "save"})
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        for foreign in ({"Origin": "http://evil.test"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "null"}):
            self.assertEqual(self.send("POST", "/watches", form, **kind, **foreign)[0], 403, foreign)
            self.assertEqual(self.send("POST", "/api/v1/watches", {"name": "w", "query": "x"}, **foreign)[0], 403, foreign)
        self.assertEqual(self.ask("GET", "/api/v1/watches")["items"], [])


if __name__ == "__main__":
    unittest.main()
