"""The unit: its exposure, and a real systemd that boots with it (systemd-nspawn, the machine's own /usr)."""
import json
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from container import Container, why_not
from harness import BIN, ROOT, Newsroom, until, watching

UNIT = BIN.parent / "deploy/tinwatch.service"
BACKUP = BIN.parent / "deploy/tinwatch-backup.service"


class Exposure(unittest.TestCase):
    def test_exposure(self):
        """In tenths, of every service that ships."""
        for name, most in (("tinwatch", 11), ("tinwatch-backup", 2)):
            for unit in (f"{name}.service", f"{name}@.service"):
                check = subprocess.run(["systemd-analyze", "security", "--offline=true", "--no-pager", f"--threshold={most}", UNIT.with_name(unit)],
                                       capture_output=True, text=True)
                self.assertEqual(check.returncode, 0, check.stdout[-400:] + check.stderr)


@unittest.skipIf(why_not(), why_not())
class Booted(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="tinwatch-boot-"))
        cls.newsroom = Newsroom()
        etc = cls.folder / "etc"
        (etc / "profiles").mkdir(parents=True)
        shutil.copy(ROOT / "tests/demo/profiles/newsroom.yaml", etc / "profiles")
        cls.config = etc / "tinwatch.yaml"
        cls.config.write_text(watching(cls.newsroom))
        subprocess.run(["chmod", "-R", "a+rX", cls.folder], check=True)
        # The program and the unit as the package would install them; only the path differs, because the
        # container's /usr is the machine's own and read-only.
        unit = re.sub(r"=\S+/bin/tinwatch", "=/opt/tinwatch/tinwatch", UNIT.read_text()).replace("WatchdogSec=30s", "WatchdogSec=2s")
        (cls.folder / "tinwatch.service").write_text(unit)
        (cls.folder / "tinwatch-backup.service").write_text(re.sub(r"=\S+/bin/tinwatch", "=/opt/tinwatch/tinwatch", BACKUP.read_text()))
        shutil.copy(BACKUP.with_suffix(".timer"), cls.folder)
        cls.container = Container(
            cls.folder / "console", "-D", "/", "--volatile=yes", f"--bind-ro={BIN}:/opt/tinwatch", f"--bind-ro={etc}:/etc/tinwatch",
            *(f"--bind-ro={cls.folder}/{unit}:/etc/systemd/system/{unit}" for unit in ("tinwatch.service", "tinwatch-backup.service", "tinwatch-backup.timer")),
            f"--bind-ro={ROOT}/deploy/systemd/tinwatch.sysusers.conf:/etc/sysusers.d/tinwatch.conf")
        cls.inside = cls.container.inside

    @classmethod
    def tearDownClass(cls):
        cls.container.close()
        cls.newsroom.close()
        shutil.rmtree(cls.folder, ignore_errors=True)

    def show(self, name, unit="tinwatch"):
        return self.inside("systemctl", "show", "-P", name, unit).stdout.strip()

    def journal(self):
        return self.inside("journalctl", "-u", "tinwatch", "-o", "cat", "--no-pager").stdout

    def test_ready_reload_watchdog_stop_journal(self):
        verify = self.inside("systemd-analyze", "verify", "--man=no", "/etc/systemd/system/tinwatch.service")
        self.assertEqual((verify.returncode, verify.stderr), (0, ""))
        started = self.inside("systemctl", "start", "tinwatch")
        self.assertEqual(started.returncode, 0, started.stderr + self.journal())
        self.assertEqual(self.show("ActiveState"), "active", "READY=1 came")
        until(lambda: self.show("StatusText") == "watching 1 source", "the status says what it does")
        until(lambda: "published" in self.journal(), f"it crawls in its sandbox\n{self.journal()[-1500:]}")
        self.journal_is_asked_by_field()
        pid = self.show("MainPID")
        self.assertEqual(self.inside("stat", "-c", "%U %a", "/var/lib/tinwatch").stdout.strip(), "tinwatch 750")
        self.assertEqual(self.inside("stat", "-c", "%U %a", "/run/tinwatch/tinwatch.sock").stdout.strip(), "tinwatch 660")

        self.backs_up_by_its_timer()

        reloaded = self.inside("systemctl", "reload", "tinwatch")
        self.assertEqual(reloaded.returncode, 0, reloaded.stderr)
        self.assertEqual(self.show("MainPID"), pid)
        good = self.config.read_text()
        self.config.write_text(good + "surplus: 1\n")
        self.assertNotEqual(self.inside("systemctl", "reload", "tinwatch").returncode, 0, "a bad file fails the reload")
        self.assertIn("unknown key 'surplus'", self.journal())
        self.assertEqual((self.show("ActiveState"), self.show("MainPID")), ("active", pid), "and the daemon goes on")
        self.config.write_text(good)
        self.inside("kill", "-HUP", pid)
        until(lambda: self.journal().count("configuration reloaded") == 2, "SIGHUP reloads")

        self.inside("kill", "-STOP", pid)  # hangs: the watchdog must notice
        until(lambda: self.show("NRestarts") == "1" and self.show("ActiveState") == "active", "the watchdog restarts it", seconds=60)
        self.assertNotEqual(self.show("MainPID"), pid)
        self.assertIn("Watchdog timeout", self.inside("journalctl", "--no-pager", "-u", "tinwatch").stdout)

        stopped = self.inside("systemctl", "stop", "tinwatch")
        self.assertEqual(stopped.returncode, 0, stopped.stderr)
        self.assertEqual(self.show("Result"), "success")
        self.assertIn("stopped", self.journal())

    def journal_is_asked_by_field(self):
        def asked(*matches):
            said = self.inside("journalctl", "-u", "tinwatch", "-o", "json", "--no-pager", *matches).stdout
            return [json.loads(line) for line in said.splitlines()]

        first = asked()
        began = next(entry for entry in first if entry["MESSAGE"].startswith("tinwatch starts version="))
        self.assertEqual((began["SYSLOG_IDENTIFIER"], began["PRIORITY"], began["_SYSTEMD_UNIT"]), ("tinwatch", "6", "tinwatch.service"))
        of_source = asked("TINWATCH_SOURCE=newsroom")
        self.assertTrue(of_source)
        self.assertEqual({entry["TINWATCH_SOURCE"] for entry in of_source}, {"newsroom"})
        event = next(entry for entry in of_source if "TINWATCH_EVENT" in entry)
        self.assertEqual(len(asked(f"TINWATCH_EVENT={event['TINWATCH_EVENT']}")), 1)
        self.assertIn(f"article={event['TINWATCH_ARTICLE']}", event["MESSAGE"])
        self.assertEqual(asked("TINWATCH_SOURCE=nobody"), [])

    def backs_up_by_its_timer(self):
        """In a sandbox of its own, beside the daemon, which is told."""
        verify = self.inside("systemd-analyze", "verify", "--man=no", "/etc/systemd/system/tinwatch-backup.timer", "/etc/systemd/system/tinwatch-backup.service")
        self.assertEqual((verify.returncode, verify.stderr), (0, ""))
        self.inside("systemctl", "start", "tinwatch-backup.timer")
        hour = self.inside("systemctl", "list-timers", "--no-legend", "tinwatch-backup.timer").stdout
        self.assertRegex(hour, r":00:00 .*tinwatch-backup\.service", "the next full hour")
        started = self.inside("systemctl", "start", "tinwatch-backup")
        said = self.inside("journalctl", "-u", "tinwatch-backup", "-o", "cat", "--no-pager").stdout
        self.assertEqual(started.returncode, 0, started.stderr + said)
        self.assertRegex(said, r"backed up to /var/lib/tinwatch/backups/tinwatch-\d{8}T\d{6}Z\.db: ")
        self.assertNotIn("warning", said)
        self.assertIn("backed up", self.journal())
        self.assertEqual(self.inside("sh", "-c", "stat -c '%U %a' /var/lib/tinwatch/backups /var/lib/tinwatch/backups/*").stdout.split("\n")[:3],
                         ["tinwatch 750", "tinwatch 600", "tinwatch 600"])


if __name__ == "__main__":
    unittest.main()
