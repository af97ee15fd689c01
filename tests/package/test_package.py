#!/usr/bin/env python3
"""The Debian package, from its installation on a fresh system to its purge: test_package.py EARLIER_PACKAGE PACKAGE LATER_PACKAGE.
Without an earlier one (`none`) what it is for is left out, with a word.

What people are told to do is taken from docs/operations.md and docs/watches.md and done word by word.
"""
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/e2e"))

from first_alert import FirstAlert  # here, unittest finds it
from harness import BIN, until
from installed import ARTICLES, CONFIG, Installed, version_of
from monitoring import SHIPPED, Monitoring, in_a_hurry
from over_time import OverTime
from repository import Repository  # this one too


class Archive(unittest.TestCase):
    def test_lintian(self):
        lint = subprocess.run(["lintian", "--fail-on", "error,warning", Installed.package], capture_output=True, text=True)
        self.assertEqual(lint.returncode, 0, lint.stdout)

    def test_the_program_that_ships_tells_the_story(self):
        """The release program, stripped, as packaged, against the newsroom."""
        folder = tempfile.TemporaryDirectory(prefix="tinwatch-package-")
        self.addCleanup(folder.cleanup)
        unpacked = pathlib.Path(folder.name)
        subprocess.run(["dpkg-deb", "-x", Installed.package, unpacked], check=True)
        shutil.copy(BIN / "newsroom", unpacked / "usr/bin")
        for name in ("story", "lifecycle"):
            done = subprocess.run([sys.executable, "-B", ROOT / f"tests/e2e/test_{name}.py"], capture_output=True, text=True,
                                  env=os.environ | {"TINWATCH_BIN": str(unpacked / "usr/bin"), "TINWATCH_TEST_PATIENCE": "60"})
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


class Package(OverTime):
    def test_from_install_to_purge(self):
        steps = [self.install, self.monitored, self.back_up, self.secrets, self.restore, self.more_instances, self.another_port,
                 self.upgrade, self.faults_at_an_upgrade, self.remove_and_come_back, self.purge,
                 self.clean_machine, self.earlier_version, self.upgrade_with_data, self.no_way_down, self.way_back, self.upgrade_once_more,
                 self.move_out, self.another_machine, self.move_in]
        if not self.earlier.is_file():
            print("NO EARLIER PACKAGE: the upgrade with data, the way back and the move to another machine are left out", file=sys.stderr)
            steps = steps[:steps.index(self.clean_machine)]
        if not self.tree.booted:
            print(f"NOT BOOTED ({self.tree.why_not_booted}): installed in a chroot, without its service", file=sys.stderr)
            steps = [self.install_in_chroot, self.upgrade_in_chroot, self.purge]
        for step in steps:
            begun = time.monotonic()
            step()
            print(f"  {step.__name__}: {time.monotonic() - begun:.1f} s", file=sys.stderr, flush=True)

    def assert_links_lead_somewhere(self):
        """The documents' links, and the unit's."""
        folder = self.tree.path("/usr/share/doc/tinwatch")
        documents = list(folder.rglob("*.md"))
        for completion in ("bash-completion/completions/tinwatch", "zsh/vendor-completions/_tinwatch", "fish/vendor_completions.d/tinwatch.fish"):
            self.assertIn("backup", self.tree.path(f"/usr/share/{completion}").read_text(), completion)
        self.assertIn(folder / "docs/operations.md", documents)
        for document in documents:
            for link in re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text()):
                self.assertTrue((document.parent / link).exists(), f"{document}: {link}")
        unit = self.tree.path("/usr/lib/systemd/system/tinwatch.service").read_text()
        for link in re.findall(r"file://(\S+)", unit):
            self.assertTrue(self.tree.path(link).exists(), link)
        for link in re.findall(r"file://([^\s#\"]+)", self.tree.path(SHIPPED + "rules.yml").read_text()):
            self.assertTrue(self.tree.path(link).exists(), link)
        for program in re.findall(r"man:(\w+)\(1\)", unit):
            self.assertTrue(self.tree.path(f"/usr/share/man/man1/{program}.1.gz").exists(), program)

    def names(self):
        """What of the package is on the system, its log and what dpkg and apt note aside."""
        found = self.run_("find / -xdev \\( -path /root -o -path /var/log -o -path /var/lib/dpkg \\) -prune -o -name '*tinwatch*' -print")[1]
        return sorted(found.split())

    # The steps.

    def install(self):
        self.assertEqual(self.names(), [])
        self.put(self.package)
        self.answer(self.edited())
        said = self.guide("Install")
        self.assertEqual(said.count("is valid"), 2, f"as shipped and as edited\n{said}")
        self.assert_watching()
        self.assert_running_version(self.package)
        self.run_("runuser -u alice -- tinwatch status")
        self.run_("systemd-analyze verify --man=no /lib/systemd/system/tinwatch*")
        self.run_("bash -ec '. /usr/share/bash-completion/completions/tinwatch; complete -p tinwatch'")
        modes = self.run_(f"stat -c '%n %U:%G %a' /usr/bin/tinwatch /etc/tinwatch {CONFIG} /var/lib/tinwatch /run/tinwatch/tinwatch.sock "
                          "/var/lib/tinwatch/tinwatch.db")[1]
        self.assertEqual(modes.splitlines(), [
            "/usr/bin/tinwatch root:root 755", "/etc/tinwatch root:root 755", f"{CONFIG} root:root 644", "/var/lib/tinwatch tinwatch:tinwatch 750",
            "/run/tinwatch/tinwatch.sock tinwatch:tinwatch 660", "/var/lib/tinwatch/tinwatch.db tinwatch:tinwatch 640"])
        self.assert_links_lead_somewhere()
        until(lambda: self.articles().count("\n") == ARTICLES + 1, f"it crawls\n{self.journal()[-2000:]}")

    def monitored(self):
        """Prometheus reads it as the package says, and who stops publishing is told by mail."""
        silent = ("TinwatchSourceSilent", "newsroom")
        rules = in_a_hurry(self.tree.path(SHIPPED + "rules.yml").read_text(), silent[0], ("18 * 3600", "5"))
        monitoring = Monitoring(self.tree, rules)
        self.addCleanup(monitoring.close)
        monitoring.wait(lambda: monitoring.targets().get("tinwatch") == "up", "it is scraped")
        self.assertEqual((monitoring.firing(), monitoring.mailbox.mails), (set(), []))
        self.newsroom.process.send_signal(signal.SIGSTOP)
        try:
            monitoring.wait(lambda: silent in monitoring.firing(), "the rule fires")
            monitoring.wait(lambda: silent in monitoring.passed_on(), "the Alertmanager has it")
            monitoring.wait(lambda: monitoring.mailbox.mails, "a mail arrives")
        finally:
            self.newsroom.process.send_signal(signal.SIGCONT)
        mail = monitoring.mailbox.mails[0]
        self.assertEqual(mail["to"], ["desk@news.example"])
        self.assertIn(silent[0], mail["message"]["Subject"])
        self.assertIn("No list of newsroom was read", mail["message"].get_body(("html",)).get_content())
        self.run_("tinwatch recheck newsroom")
        monitoring.wait(lambda: silent not in monitoring.firing(), "and is over when it is read again")
        monitoring.close()

    def back_up(self):
        listed = self.guide("Back up")
        self.kept = self.articles()
        self.assertRegex(listed, r"-rw------- 1 tinwatch tinwatch +\d+ .* tinwatch-\d{8}T\d{6}Z\.db\n")
        self.assertIn("backed up", self.journal(), "the daemon was told")
        self.assertEqual(self.show("Result", "tinwatch-backup.service"), "success")
        self.assertEqual(self.show("ActiveState", "tinwatch-backup.timer"), "active")
        self.run_("systemd-analyze verify --man=no /lib/systemd/system/tinwatch-backup.timer /lib/systemd/system/tinwatch-backup@.timer")
        self.guide("Back up", 1)
        self.assertEqual(self.run_("stat -c %U /var/backups/tinwatch/*.db")[1].split(), ["tinwatch"] * 2)
        self.run_("rm /etc/default/tinwatch-backup /var/backups/tinwatch/tinwatch-*; rm -r /etc/systemd/system/tinwatch-backup.service.d; systemctl daemon-reload")

    def secrets(self):
        hook = 'receivers:\n  - name: newsroom\n    webhook: {{url: "https://hooks.news.example/tinwatch", {}}}\n'
        self.answer(self.edited(tail=hook.format('secret_files: ["hook.secret"]')))
        said = self.guide("Secrets")
        self.assertIn("1 receivers", said)
        self.assertEqual(self.run_("stat -c '%U:%G %a' /etc/tinwatch/hook.secret")[1].strip(), "root:tinwatch 640")
        self.assertNotEqual(self.run_("runuser -u nobody -- cat /etc/tinwatch/hook.secret", check=False)[0], 0, "nobody else reads it")
        self.run_("chown root:root /etc/tinwatch/hook.secret; chmod 0600 /etc/tinwatch/hook.secret")
        self.assertNotEqual(self.run_("runuser -u tinwatch -- tinwatch check", check=False)[0], 0, "checked as its user, a file for root alone is a fault")
        self.answer(self.edited(tail=hook.format("credential: hook")))
        self.guide("Secrets", 1)
        self.assert_watching()
        self.run_("systemctl reload tinwatch")

    def restore(self):
        self.run_("systemctl kill -s KILL tinwatch; systemctl stop tinwatch")  # a -wal is left
        self.run_("runuser -u tinwatch -- sqlite3 /var/lib/tinwatch/tinwatch.db 'DELETE FROM checks; DELETE FROM frontier'")
        self.guide("Restore")
        self.assert_watching()
        self.assertEqual(self.articles(), self.kept)
        self.run_("rm /var/lib/tinwatch/tinwatch.db.before-restore-*")

    def more_instances(self):
        keys = self.commands("Two instances")[1]
        text = "\n".join(line for line in self.edited().splitlines() if not line.startswith("storage:"))
        self.answer(f"{keys}\n{text}\n", "second.yaml")
        self.assertIn("is valid", self.guide("Two instances"))
        self.run_("sed 's/second/third/g; s/8391/8392/g' /etc/tinwatch/second.yaml >/etc/tinwatch/third.yaml; systemctl enable --now tinwatch@third")
        units = {"tinwatch": CONFIG, "tinwatch@second": "/etc/tinwatch/second.yaml", "tinwatch@third": "/etc/tinwatch/third.yaml"}
        for port in (8391, 8392):
            self.assertEqual(self.run_(f"curl -s 127.0.0.1:{port}/-/ready")[1].strip(), "Tinwatch is ready.")
        for stopped in units:
            self.run_(f"systemctl stop {stopped}")
            for other, config in units.items():
                if other != stopped:
                    self.run_(f"tinwatch status --config {config}; systemctl reload {other}")
                    self.assert_watching(other)
            self.run_(f"systemctl start {stopped}")
            self.assert_watching(stopped)
        owned = self.run_("stat -c '%n %U %a' /run/tinwatch/third /run/tinwatch/third/tinwatch.sock /var/lib/tinwatch/third")[1]
        self.assertEqual(owned.splitlines(), ["/run/tinwatch/third tinwatch 750", "/run/tinwatch/third/tinwatch.sock tinwatch 660",
                                              "/var/lib/tinwatch/third tinwatch 750"])
        self.run_("systemctl start tinwatch-backup@second; cd /var/lib/tinwatch/second/backups; sha256sum -c *.sha256")
        self.run_("systemctl disable --now tinwatch@third; rm -r /etc/tinwatch/third.yaml /var/lib/tinwatch/third")

    def another_port(self):
        heading = "Another port, a reverse proxy, more arguments"
        before = self.tree.path(CONFIG).read_text()
        self.answer(self.edited(head='http: {listen: ["127.0.0.1:9000"], external_url: "https://news.example.org/"}\n'))
        self.guide(heading)
        self.assert_watching()
        ask = "curl -s -o /dev/null -w '%{http_code}' -H 'Host: NAME' 127.0.0.1:9000/"
        self.assertEqual(self.run_(ask.replace("NAME", "news.example.org"))[1], "200")
        self.assertEqual(self.run_(ask.replace("NAME", "other.example.org"))[1], "403")
        self.guide(heading, 1)
        self.assertIn("--log-level\0debug", self.tree_cmdline())
        self.run_("rm /etc/systemd/system/tinwatch.service.d/port.conf /etc/default/tinwatch; systemctl daemon-reload")
        self.tree.path(CONFIG).write_text(before)
        self.run_("systemctl restart tinwatch")

    def tree_cmdline(self):
        return self.run_(f"cat /proc/{self.show('MainPID')}/cmdline")[1]

    def upgrade(self):
        pids = {unit: self.show("MainPID", unit) for unit in ("tinwatch", "tinwatch@second")}
        self.put(self.later)
        said = self.guide("Upgrade")
        self.assertIn(version_of(self.later), said.splitlines()[-1])
        for unit, pid in pids.items():
            self.assert_watching(unit)
            self.assertNotEqual(self.show("MainPID", unit), pid, f"{unit} was restarted\n{said}")
        self.assert_running_version(self.later)
        self.assertEqual(self.articles(), self.kept)

    def faults_at_an_upgrade(self):
        pid = self.show("MainPID")
        good = self.tree.path(CONFIG).read_text()
        self.tree.path(CONFIG).write_text(good + "surplus: 1\n")
        said = self.run_("apt install --reinstall ./tinwatch_*.deb")[1]
        self.assertIn("unknown key 'surplus'", said)
        self.assertIn("was left running. Mend them, then: systemctl restart tinwatch.service", said)
        self.assertEqual(self.show("MainPID"), pid)
        self.assert_watching()
        self.tree.path(CONFIG).write_text(good)
        self.run_("systemctl restart tinwatch.service")
        self.assert_watching()

    def remove_and_come_back(self):
        self.guide("Remove")
        self.assertNotEqual(self.run_("systemctl cat tinwatch", check=False)[0], 0, "systemd has forgotten the unit")
        for left in (CONFIG, "/var/lib/tinwatch/tinwatch.db"):
            self.assertTrue(self.tree.path(left).exists(), left)
        for gone in ("/usr/bin/tinwatch", "/run/tinwatch"):
            self.assertNotEqual(self.run_(f"test -e {gone}", check=False)[0], 0, gone)
        self.put(self.package)
        self.run_("apt install ./tinwatch_*.deb")
        for unit in ("tinwatch", "tinwatch@second"):
            self.assertEqual(self.run_(f"systemctl is-enabled {unit}")[1].strip(), "enabled")
            self.assert_watching(unit)
        self.assert_running_version(self.package)
        self.assertEqual(self.articles(), self.kept)

    def purge(self):
        self.guide("Remove", 1)
        if self.tree.booted:
            self.run_("test -f /var/lib/tinwatch/tinwatch.db")  # evidence, which nobody was asked about
        self.run_("rm -rf /var/lib/tinwatch")
        own = ["/etc/tinwatch", "/etc/systemd/system/tinwatch.service.d", "/var/backups/tinwatch",
               "/var/backups/tinwatch/etc/tinwatch.yaml"] if self.tree.booted else []
        self.assertEqual(self.names(), sorted(own), "the operator's own files")
        if self.tree.booted:
            self.assertEqual(sorted(p.name for p in self.tree.path("/etc/tinwatch").iterdir()), ["hook.secret", "profiles", "second.yaml"])
            self.assertEqual(self.run_("systemctl list-units --all --no-legend 'tinwatch*'")[1], "")
            self.assertEqual(self.run_("find /etc/systemd -xtype l -name '*tinwatch*'")[1], "", "no link leads nowhere")
        self.run_("getent passwd tinwatch")

    def install_in_chroot(self):
        self.put(self.package)
        self.run_("apt install ./tinwatch_*.deb")
        self.assertIn("is valid", self.run_("runuser -u tinwatch -- tinwatch check")[1])
        self.assertIn(f"tinwatch {version_of(self.package)} (", self.run_("tinwatch --version")[1])
        self.assert_links_lead_somewhere()

    def upgrade_in_chroot(self):
        self.put(self.later)
        self.assertIn(version_of(self.later), self.guide("Upgrade").splitlines()[-1])


if __name__ == "__main__":
    Installed.later = pathlib.Path(sys.argv.pop())
    Installed.package = pathlib.Path(sys.argv.pop())
    Installed.earlier = pathlib.Path(sys.argv.pop())
    unittest.main(verbosity=2)
