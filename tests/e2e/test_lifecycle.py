"""Stop, reload, and what a restart remembers."""
import os
import pathlib
import signal
import socket
import sqlite3
import unittest
import unittest.mock

from harness import EndToEnd, receiver, until, watching


class Stop(EndToEnd):
    def test_sigterm_stops_within_five_seconds_with_everything_committed(self):
        daemon = self.started(watching(self.newsroom))
        self.wait_for_baseline(daemon)
        self.newsroom.misbehave("-0060001s", "stall")
        self.newsroom.wait(stalled=1)  # a page is on the wire
        status, seconds = daemon.stop()
        self.newsroom.release()
        self.assertEqual(status, 0)
        self.assertLess(seconds, 5)
        self.assertIn("stopped", daemon.log.read_text())
        self.assertEqual(daemon.rows("SELECT value FROM meta WHERE key = 'clean'"), [("1",)])
        self.assertFalse(daemon.socket.exists())
        self.assertEqual(daemon.run("db", "check").returncode, 0)

    def test_sigterm_during_a_delivery_and_a_reload_stops_within_five_seconds(self):
        hook = self.sink()
        route = "routes:\n  - {match: {type: 'tinwatch.article.*'}, receivers: [sink]}\n"
        daemon = self.started(watching(self.newsroom, extra=receiver(hook), tail=route))
        self.wait_for_baseline(daemon)
        hook.hold()
        self.newsroom.step()
        until(lambda: hook.requests, "the receiver has read an event and does not answer")
        daemon.process.send_signal(signal.SIGHUP)
        status, seconds = daemon.stop()
        self.assertEqual(status, 0)
        self.assertLess(seconds, 5)
        hook.go_on()
        daemon.start()
        until(lambda: daemon.count("SELECT count(*) FROM deliveries WHERE state = 'delivered'") == 1, "it is told after the restart")
        self.assertEqual(len({r["headers"]["webhook-id"] for r in hook.requests}), 1)

    def test_two_reloads_at_once(self):
        daemon = self.started(watching(self.newsroom))
        import subprocess
        command = [daemon.binary, "reload", "--config", daemon.config]
        reloads = [subprocess.Popen(command) for _ in range(4)]
        self.assertEqual([r.wait(30) for r in reloads], [0, 0, 0, 0])
        self.assertEqual(daemon.stop()[0], 0)

    def test_restart_fetches_nothing_early_and_reports_nothing_twice(self):
        daemon = self.started(watching(self.newsroom, poll="1h", recheck="1h"))
        self.wait_for_baseline(daemon)
        daemon.stop()
        requests = len(self.newsroom.log())
        events = daemon.count("SELECT count(*) FROM events")
        daemon.start()
        answered = daemon.run("recheck", self.newsroom.origin + self.newsroom.path("60002"))
        self.assertEqual(answered.stdout, "1 addresses are due now\n", answered.stderr)
        self.newsroom.wait(requests=requests + 1)
        self.assertEqual(len(self.newsroom.log()), requests + 1)
        self.assertEqual(daemon.count("SELECT count(*) FROM events"), events)


class Reload(EndToEnd):
    def test_reload_is_whole_or_not_at_all(self):
        daemon = self.started(watching(self.newsroom))
        self.wait_for_baseline(daemon)
        good = watching(self.newsroom, tail="watches:\n  - {name: rescue, query: '\"cứu hộ đường thủy\"', metrics: true}\n")
        daemon.write(good + "surplus: true\n")
        refused = daemon.run("reload")
        self.assertEqual(refused.returncode, 2)
        self.assertIn("unknown key 'surplus'", refused.stderr)
        self.assertIn("tinwatch_config_last_reload_successful 0", daemon.get("/metrics")[2].decode())

        daemon.write(good)
        daemon.process.send_signal(signal.SIGHUP)
        until(lambda: "tinwatch_config_last_reload_successful 1" in daemon.get("/metrics")[2].decode(), "SIGHUP reloads")
        metrics = daemon.get("/metrics")[2].decode()
        self.assertIn('tinwatch_watch_hits_total{watch="rescue"} 0', metrics, "a new watch never fires on stored articles")
        for _ in range(9):
            self.play(daemon)
        until(lambda: 'tinwatch_watch_hits_total{watch="rescue"} 1' in daemon.get("/metrics")[2].decode(), "the new watch hits")

    def test_a_source_taken_out_is_paused_and_its_articles_stay(self):
        daemon = self.started(watching(self.newsroom))
        self.wait_for_baseline(daemon)
        daemon.write("")
        self.assertEqual(daemon.run("reload").returncode, 0)
        self.assertIn("paused", daemon.run("sources", "list").stdout)
        self.assertEqual(daemon.count("SELECT count(*) FROM articles"), 8)
        daemon.write(watching(self.newsroom))
        self.assertEqual(daemon.run("reload").returncode, 0)
        self.play(daemon)

    def test_a_reload_that_cannot_be_written_ends_nothing(self):
        """Another process holds the database's lock: the running configuration stays, and its deliveries go on."""
        hook = self.sink()
        route = "routes:\n  - {match: {type: 'tinwatch.article.*'}, receivers: [sink]}\n"
        told = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.addCleanup(told.close)
        told.bind(str(self.folder / "notify"))
        told.settimeout(30)
        daemon = self.daemon(watching(self.newsroom, poll="1h", recheck="1h", extra=receiver(hook), tail=route))
        with unittest.mock.patch.dict(os.environ, NOTIFY_SOCKET=str(self.folder / "notify")):
            daemon.start()
        self.wait_for_baseline(daemon)
        daemon.write(watching(self.newsroom, poll="1h", recheck="1h"))
        lock = sqlite3.connect(daemon.database, isolation_level=None)
        self.addCleanup(lock.close)
        lock.execute("BEGIN IMMEDIATE")
        refused = daemon.run("reload")
        self.assertEqual(refused.returncode, 3, refused.stderr)
        self.assertIn(f"{daemon.database}: cannot be written", refused.stderr)
        metrics = daemon.get("/metrics")[2].decode()
        self.assertIn("tinwatch_config_last_reload_successful 0", metrics)
        self.assertIn('tinwatch_outbox_pending{receiver="sink"} 0', metrics)
        while b"READY=1" not in told.recv(4096):
            pass
        daemon.process.send_signal(signal.SIGHUP)
        heard = b""
        while b"READY=1" not in heard:
            heard += told.recv(4096)
        self.assertIn(b"RELOADING=1", heard)
        self.assertEqual(daemon.log.read_text().count("configuration not reloaded"), 2, "one line each")
        lock.execute("ROLLBACK")
        self.newsroom.step()
        self.assertEqual(daemon.run("recheck", "newsroom").returncode, 0)
        until(lambda: len(hook.requests) == 1, "the receiver of the running configuration is told")
        self.assertEqual(daemon.run("reload").returncode, 0)
        metrics = daemon.get("/metrics")[2].decode()
        self.assertIn("tinwatch_config_last_reload_successful 1", metrics)
        self.assertNotIn('receiver="sink"', metrics)

    def test_a_receiver_that_does_not_answer_delays_no_reload(self):
        """Nor is anybody told later, or twice, whatever becomes of the receiver meanwhile."""
        mute, hook = self.sink(), self.sink()
        both = receiver(mute) + receiver(hook).replace("receivers:\n", "").replace("sink", "desk")
        route = "routes:\n  - {match: {type: 'tinwatch.article.*'}, receivers: [sink, desk]}\n"
        daemon = self.started(watching(self.newsroom, extra=both, tail=route))
        self.wait_for_baseline(daemon)
        mute.hold()
        self.play(daemon)
        until(lambda: mute.requests and hook.requests, "both have read the first event")
        self.assertEqual(daemon.run("reload").returncode, 0)
        daemon.write(watching(self.newsroom, extra=receiver(hook).replace("sink", "desk"), tail=route.replace("sink, ", "")))
        self.assertEqual(daemon.run("reload").returncode, 0)
        self.play(daemon)
        until(lambda: len(hook.requests) == 2, "the other one is told of the second event")
        daemon.write(watching(self.newsroom, extra=both, tail=route))
        self.assertEqual(daemon.run("reload").returncode, 0)
        self.assertEqual(daemon.count("SELECT count(*) FROM deliveries WHERE receiver = 'sink' AND attempts > 0"), 0, "it has not answered yet")
        self.assertEqual(len(mute.requests), 1)
        mute.go_on()
        self.play(daemon)
        until(lambda: len(mute.requests) == 2, "the third event comes after the first")
        self.assertEqual(len({r["headers"]["webhook-id"] for r in mute.requests}), 2)

    def test_a_reload_that_hangs_on_a_file_holds_up_nothing_else(self):
        daemon = self.started(watching(self.newsroom))
        secret = self.folder / "slow.secret"
        os.mkfifo(secret)
        held = os.open(secret, os.O_RDWR)  # whoever reads it waits until this is closed
        daemon.write(watching(self.newsroom, tail="""\
receivers:
  - {name: slow, webhook: {url: "http://127.0.0.1:1/", secret_files: ["slow.secret"]}, allow_networks: ["127.0.0.0/8"]}
"""))
        daemon.process.send_signal(signal.SIGHUP)
        files = pathlib.Path(f"/proc/{daemon.process.pid}/fd")

        def begun():
            opened = [os.readlink(file) for file in files.iterdir() if os.path.lexists(file)]
            return str(secret) in opened or "configuration not reloaded" in daemon.log.read_text()

        until(begun, "the daemon reads its configuration")
        self.assertEqual(daemon.get("/-/healthy")[0], 200)
        os.close(held)
        until(lambda: "configuration not reloaded" in daemon.log.read_text(), "the file is no secret")
        self.assertEqual(daemon.stop()[0], 0)


if __name__ == "__main__":
    unittest.main()
