"""What happens to data over the years: an earlier version is upgraded, is gone back to, and its machine is replaced."""
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/e2e"))

from harness import until
from installed import ARTICLES, Installed, version_of

DATABASE = "/var/lib/tinwatch/tinwatch.db"


class OverTime(Installed):
    """Steps of a test, in this order."""

    def known(self):
        """All that must not get lost."""
        tables = ("SELECT 'revision', row, article, hash FROM revisions", "SELECT 'event', seq, id, type FROM events",
                  "SELECT 'article', row, id, identifier FROM articles")
        rows = set(self.run_(f"sqlite3 {DATABASE} \"{'; '.join(tables)}\"")[1].splitlines())
        self.assertGreater(len(rows), 3 * ARTICLES)
        return rows

    def assert_nothing_is_lost(self):
        self.assertEqual(self.before - self.known(), set())
        self.run_("runuser -u tinwatch -- tinwatch verify")

    def schema(self):
        return int(self.run_(f"sqlite3 {DATABASE} 'PRAGMA user_version'")[1])

    def clean_machine(self):
        self.run_("rm -rf /etc/tinwatch /etc/default/tinwatch* /etc/systemd/system/tinwatch* /var/lib/tinwatch /var/backups/tinwatch; systemctl daemon-reload; userdel tinwatch")

    def earlier_version(self):
        self.put(self.earlier)
        self.answer(self.edited(deb=self.earlier))
        self.guide("Install")
        until(lambda: self.articles().count("\n") == ARTICLES + 1, f"it crawls\n{self.journal()[-2000:]}")
        step = f"curl -s -X POST 127.0.0.1:{self.newsroom.control_port}/step"
        revised = f"sqlite3 {DATABASE} \"SELECT count(*) FROM events WHERE type = 'tinwatch.article.revised'\""
        until(lambda: self.run_(step) and int(self.run_(revised)[1]), "an article is edited", seconds=120)
        self.assert_running_version(self.earlier)
        self.first_schema = self.schema()

    def upgrade_with_data(self):
        self.before = self.known()
        self.put(self.package)
        said = self.guide("Upgrade")
        self.assertIn(version_of(self.package), said.splitlines()[-1])
        self.assert_running_version(self.package)
        self.assert_watching()
        self.assertGreater(self.schema(), self.first_schema)
        self.assert_nothing_is_lost()
        copy = self.run_(f"stat -c '%n %U %a' {DATABASE.removesuffix('.db')}.schema-*.db")[1]
        self.assertEqual(copy.strip(), f"/var/lib/tinwatch/tinwatch.schema-{self.first_schema}.db tinwatch 600")

    def no_way_down(self):
        """apt wants to be told so; dpkg does it, and the program of then refuses what it does not know."""
        self.put(self.earlier)
        status, said = self.run_("apt install ./tinwatch_*.deb", check=False)
        self.assertNotEqual(status, 0, said)
        self.assertIn("downgraded", said)
        self.assert_running_version(self.package)
        self.run_("systemctl stop tinwatch")
        seen = self.known()
        self.run_("apt install --allow-downgrades ./tinwatch_*.deb")
        until(lambda: self.show("ActiveState") != "active", "it does not start")
        self.assertIn("is from a newer tinwatch", self.journal()[-2000:])
        self.assertEqual(self.known(), seen, "nothing was changed")
        self.put(self.package)
        self.guide("Upgrade")
        self.run_("systemctl reset-failed tinwatch; systemctl start tinwatch")
        self.assert_watching()

    def way_back(self):
        self.put(self.earlier)
        self.guide("Upgrade", 1)
        self.assert_running_version(self.earlier)
        self.assertEqual(self.show("ActiveState"), "active", self.journal()[-2000:])
        self.assertEqual(self.schema(), self.first_schema)
        self.assert_nothing_is_lost()

    def upgrade_once_more(self):
        self.put(self.package)
        self.guide("Upgrade")
        self.assert_watching()
        self.assert_nothing_is_lost()

    def move_out(self):
        self.guide("Moving to another machine")
        self.assertEqual(self.show("ActiveState"), "inactive")

    def another_machine(self):
        """One that has not seen Tinwatch, and whose users have other numbers."""
        self.run_("apt purge tinwatch")
        number = self.run_("id -u tinwatch")[1].strip()
        self.clean_machine()
        self.run_(f"useradd --system --uid {number} somebody")
        self.number = number

    def move_in(self):
        self.put(self.package)
        self.guide("Moving to another machine", 1)
        self.assertNotEqual(self.run_("id -u tinwatch")[1].strip(), self.number)
        self.assert_watching()
        self.assert_nothing_is_lost()
        self.run_("runuser -u alice -- tinwatch status")
