"""`tinwatch verify` and `tinwatch db check` over a real newsroom's database, whole and forged."""
import shutil
import sqlite3
import unittest

from harness import EndToEnd, until, watching


def forge(database, *statements):
    """What somebody does who may write the file."""
    with sqlite3.connect(database) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        for statement in statements:
            db.execute(statement)
    db.close()


class Verify(EndToEnd):
    def setUp(self):
        super().setUp()
        self.live = self.daemon(watching(self.newsroom))
        self.live.start()
        self.wait_for_baseline(self.live)
        for _ in range(15):
            self.play(self.live)

    def copy(self):
        """The database as it is, under a configuration of its own without a daemon."""
        folder = self.folder / f"copy{len(list(self.folder.glob('copy*')))}"
        folder.mkdir()
        other = self.daemon(watching(self.newsroom), folder=folder)
        for suffix in ("", "-wal"):
            if (file := self.live.database.with_name(self.live.database.name + suffix)).exists():
                shutil.copy(file, folder)
        return other

    def test_whole_and_forged(self):
        """What days of edits, takedowns, returns and moves leave is whole, asked of the daemon and of the file."""
        asked = self.live.run("verify")
        self.assertEqual(asked.returncode, 0, asked.stdout)
        self.assertEqual(self.live.stop()[0], 0)
        whole = self.copy().run("verify")
        self.assertEqual(whole.returncode, 0, whole.stdout)
        lines = whole.stdout.splitlines()
        count = self.live.count("SELECT count(*) FROM revisions")
        articles = self.live.count("SELECT count(*) FROM articles")
        head = self.live.count("SELECT chain_head FROM sources")
        self.assertIn(f"source    newsroom        {count} revisions, head {head}", lines)
        kept = self.live.count("SELECT count(*) FROM captures")
        self.assertIn(f"raw pages {kept} kept and hashed anew, 0 not kept any more", lines)
        self.assertTrue(lines[-1].startswith(f"the chain is whole: {count} revisions, {articles} articles, "), lines)
        self.assertTrue(any(line.startswith("not seen  ") and "notBefore" in line for line in lines), lines)

        article, newest = self.live.rows("SELECT id, head_revision FROM articles WHERE head_revision > 1 LIMIT 1")[0]
        row = f"(SELECT row FROM articles WHERE id = '{article}')"
        last = f"(SELECT max(row) FROM revisions WHERE article = {row})"
        for statements, fault in (
            (["UPDATE captures SET body = (SELECT body FROM captures ORDER BY row DESC LIMIT 1) WHERE row = "
              f"(SELECT capture FROM revisions WHERE row = {last})"],
             f"article {article} revision {newest}: its raw page was changed after it was stored"),
            (["UPDATE captures SET (body, coding, sha256) = (SELECT body, coding, sha256 FROM captures ORDER BY row DESC LIMIT 1) "
              f"WHERE row = (SELECT capture FROM revisions WHERE row = {last})"],
             f"article {article} revision {newest}: its raw page is another one than it was made of"),
            ([f"UPDATE revisions SET capture = (SELECT max(row) FROM captures) WHERE row = {last}"],
             f"article {article} revision {newest}: its raw page is another one than it was made of"),
            ([f"UPDATE sources SET chain_head = (SELECT previous_hash FROM revisions WHERE row = {last})",
              f"UPDATE articles SET head_revision = head_revision - 1 WHERE row = {row}", f"DELETE FROM revisions WHERE row = {last}"],
             f"names revision {newest}, which is missing"),
            (["DELETE FROM sources"], f"source in row 1: is missing, with {articles} articles left of it"),
            (["DELETE FROM revisions", "UPDATE sources SET chain_head = ''"], f"article {article}: all its revisions are missing"),
            (["DELETE FROM events WHERE seq > 3"], "events: numbers 4 to "),
            (["UPDATE articles SET status = 'live' WHERE status = 'removed'"], ": its row says live, its events say removed"),
        ):
            with self.subTest(fault):
                forged = self.copy()
                forge(forged.database, *statements)
                found = forged.run("verify")
                self.assertEqual(found.returncode, 1, found.stdout)
                self.assertTrue(any(fault in line for line in found.stdout.splitlines()), found.stdout)
                self.assertIn("the chain is not whole: ", found.stdout.splitlines()[-1])

    def test_pages_that_are_not_kept_any_more(self):
        self.assertEqual(self.live.stop()[0], 0)
        later = self.copy()
        # As the hourly tidying does it.
        with sqlite3.connect(later.database) as db:
            db.execute("PRAGMA foreign_keys = ON")
            gone = db.execute("DELETE FROM captures WHERE NOT EXISTS (SELECT 1 FROM articles WHERE last_capture = captures.row)").rowcount
        db.close()
        self.assertGreater(gone, 0)
        whole = later.run("verify")
        self.assertEqual(whole.returncode, 0, whole.stdout)
        self.assertIn(f", {gone} not kept any more (the newest of 20", whole.stdout)

    def test_damage_is_an_answer(self):
        """A damaged file: exit status 1, the file's name, what to do; the other commands fail with its name."""
        self.assertEqual(self.live.stop()[0], 0)
        sound = self.copy().run("db", "check")
        self.assertEqual((sound.returncode, sound.stdout), (0, "the database is sound\n"))
        torn = self.copy()
        with open(torn.database, "r+b") as file:
            file.seek(4096 * 3)
            file.write(b"x" * 4096 * 40)
        broken = self.copy()
        broken.database.write_bytes(b"This is a diary, not a database. " * 1000)
        broken.database.with_name(broken.database.name + "-wal").unlink(missing_ok=True)
        for database in (torn, broken):
            found = database.run("db", "check")
            self.assertEqual(found.returncode, 1, found.stdout + found.stderr)
            self.assertTrue(found.stdout.startswith(f"{database.database}: "), found.stdout)
            self.assertIn("restore a backup", found.stdout)
            self.assertEqual(database.run("verify").returncode, 1)
        failed = broken.run("articles")
        self.assertEqual(failed.returncode, 3)
        self.assertIn(f"{broken.database}: file is not a database; stop the daemon", failed.stderr)


if __name__ == "__main__":
    unittest.main()
