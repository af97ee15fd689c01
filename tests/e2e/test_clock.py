"""A machine whose clock is wrong, and is put right while the daemon runs or between two runs."""
import os
import pathlib
import unittest

from harness import EndToEnd, receiver, until

FAKETIME = next(iter(sorted(pathlib.Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))), None)

SOURCE = """\
fetch: {{timeout: 10s, per_host: {{connections: 1, delay: 20ms}}}}
sources:
  - {{name: newsroom, profile: newsroom, start: ["{origin}/"], poll: 1s, recheck: 1s, allow_networks: ["127.0.0.0/8"]}}
"""


@unittest.skipIf(FAKETIME is None, "no libfaketime here")
class Clock(EndToEnd):
    def setUp(self):
        super().setUp()
        self.offset = self.folder / "offset"
        self.set_clock("+0")

    def set_clock(self, offset):
        """Sets the clock of the program, which reads the file anew each time; time goes on as it does."""
        new = self.offset.with_suffix(".new")
        new.write_text(offset + "\n")
        new.rename(self.offset)

    def wrong(self, config):
        daemon = self.daemon(config)
        daemon.env = dict(os.environ, LD_PRELOAD=str(FAKETIME), FAKETIME_TIMESTAMP_FILE=str(self.offset), FAKETIME_NO_CACHE="1",
                          DONT_FAKE_MONOTONIC="1")
        daemon.start()
        return daemon

    def jumps(self, daemon, direction):
        page = daemon.get("/metrics")[2].decode()
        return float(page.split(f'tinwatch_clock_jumps_total{{direction="{direction}"}} ')[1].split()[0])

    def ahead_for_a_while(self, offset):
        hook = self.sink()
        daemon = self.wrong(SOURCE.format(origin=self.newsroom.origin) + receiver(hook) + """
routes:
  - {match: {type: "tinwatch.article.*"}, receivers: [sink]}
""")
        self.wait_for_baseline(daemon)
        self.set_clock(offset)
        until(lambda: self.jumps(daemon, "forward") == 1, "the jump is noticed")
        asked = len(self.newsroom.log())
        self.newsroom.wait(requests=asked + 30)  # all that is due meanwhile is visited at the wrong time
        self.set_clock("+0")
        until(lambda: self.jumps(daemon, "back") == 1, "the way back is noticed")
        asked = len(self.newsroom.log())
        self.newsroom.wait(requests=asked + 30)
        told = len(hook.requests)
        self.play(daemon)
        until(lambda: len(hook.requests) > told, "deliveries go on")
        self.assertEqual(daemon.stop()[0], 0)

    def test_two_hours_ahead_and_put_back_while_the_daemon_runs_stops_nothing(self):
        self.ahead_for_a_while("+2h")

    def test_a_day_ahead_and_put_back_while_the_daemon_runs_stops_nothing(self):
        self.ahead_for_a_while("+1d")

    def test_a_clock_that_was_ahead_in_the_last_run_silences_nobody(self):
        self.set_clock("+10d")
        daemon = self.wrong(SOURCE.format(origin=self.newsroom.origin))
        self.wait_for_baseline(daemon)
        self.assertEqual(daemon.stop()[0], 0)
        self.set_clock("+0")
        asked = len(self.newsroom.log())
        daemon.start()
        self.newsroom.wait(requests=asked + 30)
        self.assertIn("the clock was ahead in an earlier run", daemon.log.read_text())
        self.play(daemon)


if __name__ == "__main__":
    unittest.main()
