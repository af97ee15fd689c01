"""What `systemctl status` shows of the daemon: the worst trouble, while it lasts."""
import os
import queue
import signal
import socket
import threading
import unittest
import unittest.mock

from harness import PATIENCE, EndToEnd, watching


class UnitStatus(EndToEnd):
    def setUp(self):
        super().setUp()
        place = self.folder / "notify"
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(str(place))
        self.heard = queue.Queue()
        self.said = "watching"  # from the first moment
        threading.Thread(target=self.listen, daemon=True).start()
        with unittest.mock.patch.dict(os.environ, NOTIFY_SOCKET=str(place)):
            self.watcher = self.started(watching(self.newsroom))

    def tearDown(self):
        self.socket.close()

    def listen(self):
        while True:
            try:
                message = self.socket.recv(4096).decode()
            except OSError:
                return
            for line in message.splitlines():
                if line.startswith("STATUS="):
                    self.heard.put(line.removeprefix("STATUS="))

    def next_status(self):
        """The next one that says something else."""
        before = self.said
        while self.said == before:
            self.said = self.heard.get(timeout=PATIENCE)
        return self.said

    def test_it_names_the_worst_trouble_and_is_refreshed_by_itself(self):
        self.assertEqual(self.next_status(), "watching 1 source")
        self.watcher.write(watching(self.newsroom, tail="surplus: 1\n"))
        self.watcher.process.send_signal(signal.SIGHUP)
        self.assertIn("unknown key 'surplus'", self.next_status())
        away = self.folder / "elsewhere.db"
        self.watcher.database.rename(away)
        lost = self.next_status()
        self.assertIn(f"{self.watcher.database}: the database was moved, replaced or deleted", lost)
        self.assertTrue(lost.endswith("; and 1 more"), lost)
        self.assertEqual(self.watcher.run("status").stdout.count("\ntrouble "), 2)
        away.rename(self.watcher.database)
        self.assertIn("unknown key 'surplus'", self.next_status())
        self.watcher.write(watching(self.newsroom))
        self.assertEqual(self.watcher.run("reload").returncode, 0)
        self.assertEqual(self.next_status(), "watching 1 source")
        self.assertNotIn("trouble", self.watcher.run("status").stdout)
        log = self.watcher.log.read_text()
        self.assertEqual((log.count("warning: not ready"), log.count("info: ready again")), (1, 1))
        self.assertEqual(self.watcher.stop()[0], 0)
        self.assertEqual(self.next_status(), "stopping")


if __name__ == "__main__":
    unittest.main()
