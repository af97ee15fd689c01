"""The newsroom's own log against the host policy, over restarts and a kill."""
import time
import unittest

from harness import EndToEnd, until

DELAY_MS = 250
# The newsroom notes when it answers, not when it is asked: on a busy machine one answer comes late and the next does not.
TOLERANCE_MS = 100

CONFIG = """\
fetch: {{timeout: 10s, per_host: {{connections: 1, delay: {delay}ms}}}}
sources:
  - {{name: one, profile: newsroom, start: ["{origin}/"], poll: 1s, recheck: 1s, allow_networks: ["127.0.0.0/8"]}}
  - {{name: two, profile: newsroom, start: ["{origin}/rss/tin-moi.rss"], poll: 1s, recheck: 1s, allow_networks: ["127.0.0.0/8"]}}
"""


class Politeness(EndToEnd):
    def too_close(self):
        """Runs of requests that came faster than one each delay."""
        times = sorted(entry["at"] for entry in self.newsroom.log())
        out = []
        for first in range(len(times)):
            for last in range(first + 1, min(first + 40, len(times))):
                if times[last] - times[first] < (last - first) * DELAY_MS - TOLERANCE_MS:
                    out.append((first, last, times[last] - times[first]))
        return out

    def test_the_delay_holds_over_three_restarts_and_a_kill(self):
        daemon = self.started(CONFIG.format(delay=DELAY_MS, origin=self.newsroom.origin))
        asked = 0
        for end in ("stop", "stop", "kill", "stop", "reload"):
            # Both sources want to be asked all the time: there is always more due than is allowed.
            asked += 12
            self.newsroom.wait(requests=asked)
            if end == "stop":
                self.assertEqual(daemon.stop()[0], 0)
                daemon.start()
            elif end == "kill":
                daemon.kill()
                daemon.start()
            else:
                self.assertEqual(daemon.run("reload").returncode, 0)
            asked = len(self.newsroom.log())
        self.newsroom.wait(requests=asked + 12)
        self.assertGreaterEqual(len(self.newsroom.log()), 60)
        self.assertEqual(self.too_close(), [])

    def test_a_host_that_asks_for_quiet_has_it_over_a_restart(self):
        daemon = self.started(CONFIG.format(delay=10, origin=self.newsroom.origin))
        self.wait_for_baseline(daemon, articles=16)
        self.newsroom.misbehave("/", "status", "503", times=1)
        until(lambda: daemon.count("SELECT count(*) FROM hosts WHERE blocked_until IS NOT NULL") == 1, "the 503 is remembered")
        self.assertRegex(daemon.run("status").stdout,
                         r"(?m)^host +127\.0\.0\.1:\d+ left alone until 20\S+Z, failures in a row: 1$")
        answered = len(self.newsroom.log())
        for _ in range(2):
            daemon.stop()
            daemon.start()
        daemon.kill()
        daemon.start()
        # Without Retry-After the first quiet is a minute; nothing may leave before.
        time.sleep(1)
        self.assertEqual(len(self.newsroom.log()), answered)


if __name__ == "__main__":
    unittest.main()
