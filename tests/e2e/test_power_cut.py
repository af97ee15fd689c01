"""Power cuts: the file system under the database is shut down mid-work (ext4 on a loop mount), so that
what was not flushed is gone. What a receiver was told must still be there.
"""
import fcntl
import os
import pathlib
import sqlite3
import struct
import subprocess
import unittest

from harness import EndToEnd, receiver, until, watching

CUTS = int(os.environ.get("TINWATCH_POWER_CUTS", "25"))
EXT4_IOC_SHUTDOWN = 0x8004587D
NOLOGFLUSH = 2


def why_not():
    if os.geteuid() != 0:
        return "only root can mount a file system to cut the power of"
    probe = pathlib.Path("/tmp/tinwatch-mount-probe")
    try:
        probe.mkdir(exist_ok=True)
        subprocess.run(["truncate", "-s", "8M", f"{probe}.img"], check=True)
        subprocess.run(["mkfs.ext4", "-q", "-F", f"{probe}.img"], check=True)
        mounted = subprocess.run(["mount", "-o", "loop", f"{probe}.img", probe], capture_output=True, text=True)
        if mounted.returncode != 0:
            return f"this machine cannot mount an image: {mounted.stderr.strip()}"
        subprocess.run(["umount", probe], check=True)
        return None
    except OSError as e:
        return f"this machine cannot mount an image: {e}"
    finally:
        pathlib.Path(f"{probe}.img").unlink(missing_ok=True)
        probe.rmdir()


@unittest.skipIf(why_not(), why_not())
class PowerCut(EndToEnd):
    def setUp(self):
        super().setUp()
        self.image = self.folder / "disk.img"
        self.disk = self.folder / "disk"
        self.disk.mkdir()
        subprocess.run(["truncate", "-s", "96M", self.image], check=True)
        subprocess.run(["mkfs.ext4", "-q", "-F", self.image], check=True)
        self.mount()
        self.addCleanup(lambda: subprocess.run(["umount", "-l", self.disk], capture_output=True))

    def mount(self):
        subprocess.run(["mount", "-o", "loop", self.image, self.disk], check=True)

    def cut_the_power(self, daemon):
        descriptor = os.open(self.disk, os.O_RDONLY)
        fcntl.ioctl(descriptor, EXT4_IOC_SHUTDOWN, struct.pack("i", NOLOGFLUSH))
        os.close(descriptor)
        daemon.kill()
        until(lambda: subprocess.run(["umount", self.disk], capture_output=True).returncode == 0, "the dead disk is unmounted")
        self.mount()

    @staticmethod
    def is_about(event, step):
        article = event["data"]["article"]["identifier"] == step["id"]
        return article and event["type"].endswith(step["type"]) and (step["type"] != "revised" or event["data"]["revision"] == step["version"])

    def lost_after_cuts(self, binary, cuts):
        """Ids of events that a receiver was told and that are not in the database after a cut."""
        hook = self.sink()
        text = watching(self.newsroom, poll="60ms", recheck="60ms", extra=receiver(hook),
                        tail="routes:\n  - {match: {type: 'tinwatch.article.*'}, receivers: [sink]}\n")
        daemon = self.daemon(text, binary)
        daemon.database = self.disk / "tinwatch.db"
        daemon.write(text)
        daemon.start()
        self.wait_for_baseline(daemon)
        lost = set()
        for _ in range(cuts):
            step = self.newsroom.step()
            until(lambda: any(self.is_about(event, step) for event in hook.events()), f"{step} is told")
            self.cut_the_power(daemon)
            with sqlite3.connect(daemon.database) as db:
                self.assertEqual(db.execute("PRAGMA integrity_check").fetchone()[0], "ok")
                stored = {row[0] for row in db.execute("SELECT id FROM events")}
            db.close()
            lost |= {event["id"] for event in hook.events()} - stored
            if lost:
                break
            daemon.start()
        return lost

    def test_power_cuts_lose_no_acknowledged_row(self):
        self.assertEqual(self.lost_after_cuts("tinwatch", CUTS), set())
        print(f"power cuts: {CUTS}, acknowledged rows lost: 0", flush=True)

    def test_the_test_finds_a_missing_flush(self):
        self.assertNotEqual(self.lost_after_cuts("tinwatch_no_flush", CUTS), set())


if __name__ == "__main__":
    unittest.main()
