"""A watch's way to a receiver: signed, once by id, whatever happens on the way."""
import base64
import hashlib
import hmac
import json
import sqlite3
import time
import unittest

from harness import SECRET, EndToEnd, receiver, until, watching

WATCH = "watches:\n  - {name: rescue, title: Cứu hộ, query: '\"CỨU HỘ đường thuỷ\" NOT headline:diễn', receivers: [sink]}\n"


def signature_is_good(request):
    """Standard Webhooks, checked with Python's own HMAC."""
    headers = request["headers"]
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + request["body"]
    wanted = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return wanted in headers["webhook-signature"].split() and abs(time.time() - int(headers["webhook-timestamp"])) < 300


class Webhook(EndToEnd):
    def watch_published_phrase(self, hook, before_phrase):
        """Plays the script up to the piece whose text gets the phrase (step 9) and a headline that the
        watch leaves out (step 11). Returns the daemon."""
        daemon = self.started(watching(self.newsroom, extra=receiver(hook), tail=WATCH))
        self.wait_for_baseline(daemon)
        for _ in range(8):
            self.play(daemon)
        self.assertEqual(hook.requests, [], "nothing is told before the phrase is published")
        before_phrase(daemon)
        self.newsroom.step()
        return daemon

    def check_story(self, daemon, hook):
        until(lambda: daemon.count("SELECT count(*) FROM deliveries WHERE state = 'delivered'") == 1, "the hit is delivered", seconds=90)
        for _ in range(3):
            self.play(daemon)
        self.assertTrue(all(signature_is_good(r) for r in hook.requests))
        self.assertEqual(len({r["headers"]["webhook-id"] for r in hook.requests}), 1)
        self.assertEqual(len({event["id"] for event in hook.events()}), 1)
        event = hook.events()[-1]
        self.assertEqual(hook.requests[-1]["headers"]["Content-Type"], "application/cloudevents+json")
        self.assertEqual((event["specversion"], event["type"]), ("1.0", "tinwatch.watch.hit"))
        self.assertEqual(event["subject"], event["data"]["article"]["id"])
        self.assertEqual(event["data"]["watch"], {"name": "rescue", "title": "Cứu hộ"})
        self.assertEqual(event["data"]["transition"], "appeared")
        self.assertEqual(event["data"]["hits"][0]["words"], "cứu hộ đường thủy")
        self.assertEqual(event["data"]["hits"][0]["field"], "body")
        listed = daemon.run("alerts", "list").stdout
        self.assertEqual(len(listed.splitlines()), 1)
        self.assertIn("delivered", listed)

    def test_reaches_the_receiver_signed(self):
        hook = self.sink()
        daemon = self.watch_published_phrase(hook, lambda _: None)
        self.check_story(daemon, hook)
        self.assertEqual(len(hook.requests), 1)

    def test_a_long_body_that_is_not_what_it_says_is_no_failure(self):
        hook = self.sink()
        hook.body = b"thank you" * 100_000
        daemon = self.watch_published_phrase(hook, lambda _: None)
        self.check_story(daemon, hook)
        self.assertEqual(len(hook.requests), 1)

    def test_receiver_down_for_the_first_three_tries(self):
        hook = self.sink()
        hook.answers = [503, 500, 503]
        daemon = self.watch_published_phrase(hook, lambda _: None)
        self.check_story(daemon, hook)
        self.assertEqual([r["status"] for r in hook.requests], [503, 500, 503, 200])

    def test_killed_between_two_tries(self):
        hook = self.sink()
        hook.answers = [503]
        daemon = self.watch_published_phrase(hook, lambda _: None)
        until(lambda: daemon.count("SELECT count(*) FROM deliveries WHERE attempts = 1") == 1, "the first try failed")
        daemon.kill()
        daemon.start()
        self.check_story(daemon, hook)

    def test_killed_after_the_receiver_read_and_before_it_answered(self):
        hook = self.sink()
        daemon = self.watch_published_phrase(hook, lambda _: hook.hold())
        until(lambda: len(hook.requests) == 1, "the receiver has read the hit")
        daemon.kill()
        hook.go_on()
        daemon.start()
        self.check_story(daemon, hook)
        self.assertEqual(len(hook.requests), 2)

    def test_a_damaged_event_is_given_up_alone(self):
        hook = self.sink()
        hook.hold()
        route = "routes:\n  - {match: {type: 'tinwatch.article.*'}, receivers: [sink]}\n"
        daemon = self.started(watching(self.newsroom, extra=receiver(hook), tail=route))
        self.wait_for_baseline(daemon)
        for _ in range(3):
            self.play(daemon)
        daemon.stop()
        hook.go_on()
        with sqlite3.connect(daemon.database) as db:
            db.execute("UPDATE events SET data = '{broken' WHERE seq = (SELECT event FROM deliveries ORDER BY seq LIMIT 1)")
        db.close()
        daemon.start()
        until(lambda: [row[0] for row in daemon.rows("SELECT state FROM deliveries ORDER BY seq LIMIT 3")] == ["dead", "delivered", "delivered"],
              "the others are told")
        for path in ("/api/v1/events", "/"):
            self.assertEqual(daemon.get(path)[0], 200, path)
        metrics = daemon.get("/metrics")[2].decode()
        self.assertIn('tinwatch_deliveries_total{outcome="dead",receiver="sink"} 1', metrics)
        self.assertIn('tinwatch_outbox_dead{receiver="sink"} 1', metrics)
        self.assertIn('tinwatch_http_requests_total{code="200",handler="/api/v1/events"} 1', metrics)
        self.assertIn('tinwatch_http_requests_total{code="200",handler="/"} 1', metrics)

    def test_what_waits_for_a_receiver_that_left_is_told_and_kept(self):
        hook = self.sink()
        hook.answers = [503]
        route = "routes:\n  - {match: {type: 'tinwatch.article.*'}, receivers: [sink]}\n"
        daemon = self.started(watching(self.newsroom, extra=receiver(hook), tail=route))
        self.wait_for_baseline(daemon)
        self.play(daemon)
        until(lambda: daemon.count("SELECT count(*) FROM deliveries WHERE attempts = 1") == 1, "the first try failed")
        daemon.write(watching(self.newsroom))
        self.assertEqual(daemon.run("reload").returncode, 0)
        self.assertIn("deliveries wait for a receiver that is not in the configuration receiver=sink waiting=1", daemon.log.read_text())
        self.assertRegex(daemon.run("status").stdout, "outbox    sink +1 pending")
        daemon.write(watching(self.newsroom, extra=receiver(hook).replace("/hook", "/new"), tail=route))
        self.assertEqual(daemon.run("reload").returncode, 0)
        until(lambda: daemon.count("SELECT count(*) FROM deliveries WHERE state = 'delivered'") == 1, "it is told when the receiver is back")

    def test_a_watch_that_is_edited_while_its_receiver_is_down_withdraws_nothing(self):
        hook = self.sink()
        hook.answers = [500] * 50
        daemon = self.watch_published_phrase(hook, lambda _: None)
        until(lambda: daemon.count("SELECT count(*) FROM deliveries WHERE attempts > 0") == 1, "the first try failed")
        other = WATCH.replace("Cứu hộ", "Khác").replace("CỨU HỘ đường thuỷ", "không có chữ này")
        daemon.write(watching(self.newsroom, extra=receiver(hook), tail=other))
        self.assertEqual(daemon.run("reload").returncode, 0)
        hook.answers = []
        self.assertEqual(daemon.run("alerts", "retry", "--receiver", "sink").returncode, 0)
        until(lambda: daemon.count("SELECT count(*) FROM deliveries WHERE state = 'delivered'") == 1, "it is told")
        event = hook.events()[-1]
        self.assertEqual(event["data"]["watch"], {"name": "rescue", "title": "Cứu hộ"}, "as it was decided")
        self.assertEqual(len({told["id"] for told in hook.events()}), 1)
        self.assertEqual(daemon.count("SELECT count(*) FROM hits"), 1, "and the watch as it is now fires on nothing that is stored")

    def test_gone_and_rejected(self):
        """410 disables the receiver until a reload; a 4xx about the message costs that one delivery."""
        hook = self.sink()
        route = "routes:\n  - {match: {type: 'tinwatch.article.*'}, receivers: [sink]}\n"
        daemon = self.started(watching(self.newsroom, extra=receiver(hook), tail=route))
        self.wait_for_baseline(daemon)
        hook.answers = [422, 200, 410]
        for _ in range(3):
            self.play(daemon)
        until(lambda: len(hook.requests) == 3, "three tries")
        until(lambda: daemon.count("SELECT count(*) FROM receivers WHERE disabled = 1") == 1, "the receiver is disabled")
        self.assertEqual(daemon.rows("SELECT state FROM deliveries ORDER BY seq"), [("dead",), ("delivered",), ("pending",)])
        self.assertEqual(daemon.run("reload").returncode, 0)
        until(lambda: len(hook.requests) == 4, "told again after a reload")


if __name__ == "__main__":
    unittest.main()
