#include "storage/backup.hpp"

#include "core/hash.hpp"
#include "schema.hpp"
#include "sqlite.hpp"
#include "storage/database_lock.hpp"
#include "storage/error.hpp"
#include "storage/store_fixture.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sys/file.h>
#include <sys/stat.h>
#include <thread>
#include <utility>

namespace tinwatch::storage {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

std::string content(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write(const std::string& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

std::int64_t count(const std::string& database, const std::string& sql) {
  sqlite::Connection db(database);
  return db.prepare(sql).number().value_or(-1);
}

/// What Unusable says; empty: nothing was thrown.
template <class Work>
std::string refusal(Work work) {
  try {
    static_cast<void>(work());
  } catch (const Unusable& why) {
    return why.what();
  }
  return {};
}

unsigned mode_of(const std::string& file) {
  struct stat known {};
  return ::stat(file.c_str(), &known) == 0 ? known.st_mode & 0777U : 0U;
}

class BackupTest : public StoreTest {
 protected:
  void publish() { test::run(io, store.commit(published("http://a.test/1"))); }
  std::vector<std::string> files() {
    std::vector<std::string> out;
    for (const auto& entry : fs::directory_iterator(folder / "."))
      out.push_back(entry.path().filename().string());
    std::sort(out.begin(), out.end());
    return out;
  }
  bool leaves_nothing_partial() {
    const auto all = files();
    return std::none_of(all.begin(), all.end(),
                        [](const auto& f) { return f.ends_with(".partial"); });
  }

  std::string file = folder / "copy.db";
};

TEST_F(BackupTest, HoldsWhatWasCommittedAndIsNotYetInTheFile) {
  publish();
  ASSERT_GT(fs::file_size(path + "-wal"), 0U) << "it stands in the log";
  const auto made = back_up({.database = path, .file = file});
  EXPECT_EQ(made.file, file);
  EXPECT_EQ(made.schema, schema_version);
  EXPECT_EQ(made.bytes, static_cast<std::int64_t>(fs::file_size(file)));
  EXPECT_EQ(mode_of(file), 0600U);
  EXPECT_EQ(made.sha256, sha256_hex(content(file)));
  EXPECT_EQ(content(file + ".sha256"), made.sha256 + "  copy.db\n");
  EXPECT_EQ(count(file, "SELECT count(*) FROM revisions"), 1);
  EXPECT_EQ(Reader(file).integrity_faults(), std::vector<std::string>{});
}

TEST_F(BackupTest, IsOneStateWhateverIsWrittenMeanwhile) {
  // Each commit brings one row to each of two tables: a copy of two states would hold more of one.
  {
    sqlite::Connection db(path);
    db.execute("CREATE TABLE a (n INTEGER, filler TEXT); CREATE TABLE b (n INTEGER, filler TEXT)");
  }
  std::atomic<bool> ends = false;
  std::atomic<int> commits = 0;
  std::thread writer([&] {
    sqlite::Connection db(path);
    while (!ends) {
      db.execute(
          "BEGIN IMMEDIATE; INSERT INTO a VALUES (1, zeroblob(9000)); INSERT INTO b VALUES (1, "
          "zeroblob(9000)); COMMIT");
      ++commits;
    }
  });
  while (commits < 50) std::this_thread::yield();
  for (int i = 0; i < 5; ++i) {
    const int before = commits;
    static_cast<void>(back_up({.database = path, .file = file, .replace = true}));
    const auto held = count(file, "SELECT count(*) FROM a");
    EXPECT_GE(held, before);
    EXPECT_EQ(held, count(file, "SELECT count(*) FROM b"));
  }
  ends = true;
  writer.join();
}

TEST_F(BackupTest, NeverTakesThePlaceOfAFileUnasked) {
  write(file, "mine");
  EXPECT_NE(refusal([&] { return back_up({.database = path, .file = file}); }).find("--force"),
            std::string::npos);
  EXPECT_EQ(content(file), "mine");
  static_cast<void>(back_up({.database = path, .file = file, .replace = true}));
  EXPECT_NE(content(file), "mine");
  EXPECT_NE(refusal([&] {
              return back_up({.database = path, .file = path, .replace = true});
            }).find("itself"),
            std::string::npos);
}

TEST_F(BackupTest, OfADamagedDatabaseIsNone) {
  publish();
  const auto whole = folder / "whole.db";
  static_cast<void>(back_up({.database = path, .file = whole}));
  auto bytes = content(whole);
  for (std::size_t at = 3 * 4096; at < 6 * 4096; ++at) bytes[at] = '\x5a';
  const auto damaged = folder / "damaged.db";
  write(damaged, bytes);
  EXPECT_THROW(static_cast<void>(back_up({.database = damaged, .file = file})), Damaged);
  EXPECT_FALSE(fs::exists(file));
  EXPECT_TRUE(leaves_nothing_partial());
}

TEST_F(BackupTest, WithoutADatabaseOrARoomIsRefused) {
  EXPECT_NE(refusal([&] {
              return back_up({.database = folder / "none.db", .file = file});
            }).find("no database yet"),
            std::string::npos);
  EXPECT_NE(
      refusal([&] { return back_up({.database = path, .file = folder / "no/such/copy.db"}); }), "");
}

TEST_F(BackupTest, IsMadeByOneProcessAtATime) {
  write(file + ".partial", "what a killed one left");
  {
    const FileDescriptor other(file + ".partial");
    ASSERT_EQ(::flock(other.get(), LOCK_EX), 0);
    EXPECT_NE(refusal([&] { return back_up({.database = path, .file = file}); }).find("another"),
              std::string::npos);
    EXPECT_EQ(content(file + ".partial"), "what a killed one left");
  }
  static_cast<void>(back_up({.database = path, .file = file}));
  EXPECT_TRUE(leaves_nothing_partial());
}

TEST_F(BackupTest, FollowsNoLink) {
  const auto other = folder / "other";
  write(other, "somebody's");
  fs::create_symlink(other, file + ".partial");
  EXPECT_NE(refusal([&] { return back_up({.database = path, .file = file}); }).find("link"),
            std::string::npos);
  EXPECT_EQ(content(other), "somebody's");
}

class RotationTest : public BackupTest {
 protected:
  RotationTest() { fs::create_directory(directory); }
  std::vector<std::string> kept() {
    std::vector<std::string> out;
    for (const auto& entry : fs::directory_iterator(directory))
      out.push_back(entry.path().filename().string());
    std::sort(out.begin(), out.end());
    return out;
  }
  RotatedBackup back_up_at(Instant at, std::size_t keep) {
    return back_up_in_turn(path, {.directory = directory, .keep = keep}, at);
  }

  std::string directory = folder / "backups";
  Instant day = Instant{} + 20'000 * 24h;
};

TEST_F(RotationTest, KeepsTheNewestAndTheirHashes) {
  for (int hour = 0; hour < 4; ++hour) static_cast<void>(back_up_at(day + hour * 1h, 4));
  const auto out = back_up_at(day + 4h, 2);
  EXPECT_EQ(out.removed, 3U);
  EXPECT_EQ(kept(),
            (std::vector<std::string>{"t-20241004T030000Z.db", "t-20241004T030000Z.db.sha256",
                                      "t-20241004T040000Z.db", "t-20241004T040000Z.db.sha256"}));
  EXPECT_EQ(newest_in(directory, path), out.made.file);
}

TEST_F(RotationTest, TouchesNothingElse) {
  const std::vector<std::string> others{"t-20241003T030000Z.db.old", "s-20241003T030000Z.db",
                                        "t.db", "t-before-the-move.db", "mine.partial"};
  for (const auto& other : others) write(directory + "/" + other, "x");
  static_cast<void>(back_up_at(day, 1));
  static_cast<void>(back_up_at(day + 1h, 1));
  for (const auto& other : others) EXPECT_TRUE(fs::exists(directory + "/" + other)) << other;
  EXPECT_EQ(kept().size(), others.size() + 2);
}

TEST_F(RotationTest, NoOldOneGoesBeforeThereIsANewOne) {
  static_cast<void>(back_up_at(day, 1));
  const auto before = kept();
  EXPECT_NE(refusal([&] {
              return back_up_in_turn(folder / "none.db", {.directory = directory, .keep = 1}, day);
            }),
            "");
  EXPECT_EQ(kept(), before);
}

TEST_F(RotationTest, TheNewOneStaysWhateverTheClockSaid) {
  const auto ahead = back_up_at(day + 24h, 1).made.file;
  const auto made = back_up_at(day, 1).made.file;
  EXPECT_TRUE(fs::exists(made));
  EXPECT_FALSE(fs::exists(ahead));
  EXPECT_NE(back_up_at(day, 9).made.file, made) << "two within a second";
}

TEST_F(RotationTest, WhatAKilledOneLeftGoes) {
  const auto left = directory + "/t-20241003T030000Z.db.partial";
  const auto made_now = directory + "/t-20241003T040000Z.db.partial";
  write(left, "half");
  write(directory + "/t-20241003T020000Z.db.sha256.partial", "half");
  const FileDescriptor other(made_now);
  ASSERT_EQ(::flock(other.get(), LOCK_EX), 0);
  static_cast<void>(back_up_at(day, 3));
  EXPECT_FALSE(fs::exists(left));
  EXPECT_FALSE(fs::exists(directory + "/t-20241003T020000Z.db.sha256.partial"));
  EXPECT_TRUE(fs::exists(made_now)) << "another process makes it";
}

TEST_F(BackupTest, TheDaemonKnowsOfTheLastOne) {
  EXPECT_FALSE(last_backup(Reader(path)));
  EXPECT_TRUE(test::run(io, store.write(&note_backup, now + 1h)));
  EXPECT_EQ(last_backup(Reader(path)), now + 1h);
  note_backup_in(path, now + 2h);
  EXPECT_EQ(last_backup(Reader(path)), now + 2h);
}

/// A database that nobody has open, and a backup of another one.
class RestoreTest : public testing::Test {
 protected:
  RestoreTest() {
    make(database, "of-now");
    make(folder / "other.db", "of-then");
    made = back_up({.database = folder / "other.db", .file = backup});
  }
  static void make(const std::string& file, const std::string& source,
                   int schema = schema_version) {
    sqlite::Connection db(file);
    migrate(db, file, schema);
    db.execute("INSERT INTO sources (name, title, active) VALUES ('" + source + "', '', 1)");
  }
  static std::string source_in(const std::string& file) {
    sqlite::Connection db(file);
    auto query = db.prepare("SELECT name FROM sources");
    return query.step() ? query.text(0) : "";
  }
  Restored restore_it() { return restore(database, backup, now); }
  /// Refused, with a word of why, and nothing changed.
  void expect_refused(const std::string& why) {
    const auto before = content(database);
    const auto said = refusal([&] { return restore_it(); });
    EXPECT_NE(said.find(why), std::string::npos) << said;
    EXPECT_NE(said.find("the database is as it was"), std::string::npos) << said;
    EXPECT_EQ(content(database), before);
    EXPECT_FALSE(fs::exists(database + ".partial"));
  }
  /// The backup with other bytes, and no hash that would tell.
  void change(const std::string& bytes) {
    write(backup, bytes);
    fs::remove(backup + ".sha256");
  }

  test::TempDir folder;
  std::string database = folder / "t.db";
  std::string backup = folder / "backup.db";
  Backup made;
};

TEST_F(RestoreTest, PutsTheBackupInPlaceAndKeepsWhatWasThere) {
  const auto restored = restore_it();
  EXPECT_EQ(source_in(database), "of-then");
  EXPECT_EQ(mode_of(database), 0640U);
  EXPECT_EQ(restored.schema, schema_version);
  EXPECT_EQ(restored.bytes, made.bytes);
  EXPECT_TRUE(restored.is_hash_known);
  EXPECT_EQ(restored.put_aside, database + ".before-restore-19700211T160000Z");
  EXPECT_EQ(source_in(restored.put_aside), "of-now");
  EXPECT_EQ(source_in(backup), "of-then") << "the backup itself stays";
}

TEST_F(RestoreTest, TakesAwayWhatBelongsToTheOldOne) {
  // As kill -9 leaves it: a log that holds a commit, and pages that were being read.
  const auto live = folder / "live.db";
  make(live, "of-now");
  {
    sqlite::Connection db(live);
    db.execute("PRAGMA journal_mode = WAL; UPDATE sources SET name = 'in-the-log'");
    for (const auto* part : {"", "-wal"})
      fs::copy_file(live + part, database + part, fs::copy_options::overwrite_existing);
  }
  write(database + ".parsing", "12345678");
  ASSERT_GT(fs::file_size(database + "-wal"), 0U);
  const auto restored = restore_it();
  EXPECT_EQ(source_in(database), "of-then");
  EXPECT_FALSE(fs::exists(database + ".parsing"));
  EXPECT_EQ(source_in(restored.put_aside), "in-the-log") << "what was kept is all of it";
}

TEST_F(RestoreTest, WorksWhereThereIsNoDatabaseYetAndWhereItIsDamaged) {
  fs::remove(database);
  EXPECT_EQ(restore_it().put_aside, "");
  EXPECT_EQ(source_in(database), "of-then");
  EXPECT_NE(restore_it().put_aside, restore_it().put_aside) << "two within a second";
  write(database, "no database, but somebody's last hope");
  EXPECT_EQ(content(restore_it().put_aside), "no database, but somebody's last hope");
  EXPECT_EQ(source_in(database), "of-then");
}

TEST_F(RestoreTest, RefusesWhatIsUnsound) {
  const auto whole = content(backup);
  change(whole.substr(0, whole.size() / 2));
  expect_refused("malformed");
  auto torn = whole;
  for (std::size_t at = 3 * 4096; at < 9 * 4096; ++at) torn[at] = '\x5a';
  change(torn);
  expect_refused("not restored");
  change("a letter");
  expect_refused("not a database");
  change("");
  expect_refused("no database of tinwatch's");
  {
    fs::remove(backup);
    sqlite::Connection foreign(backup);
    foreign.execute("CREATE TABLE meta (a); PRAGMA user_version = 3");
  }
  expect_refused("no database of tinwatch's");
  fs::remove(backup);
  expect_refused("no such file");
}

TEST_F(RestoreTest, RefusesWhatIsNotTheFileThatWasHashed) {
  auto bytes = content(backup);
  bytes[bytes.size() - 10] ^= 1;
  write(backup, bytes);
  expect_refused(".sha256");
}

TEST_F(RestoreTest, RefusesANewerSchemaAndMovesAnOlderOneLater) {
  {
    sqlite::Connection db(backup);
    db.execute("PRAGMA user_version = " + std::to_string(schema_version + 1));
  }
  fs::remove(backup + ".sha256");
  expect_refused("newer tinwatch");
  make(folder / "older.db", "older", 7);
  static_cast<void>(back_up({.database = folder / "older.db", .file = backup, .replace = true}));
  const auto restored = restore_it();
  EXPECT_EQ(restored.schema, 7);
  EXPECT_EQ(restored.next_schema, schema_version);
  EXPECT_EQ(source_in(database), "older");
}

TEST_F(RestoreTest, RefusesADatabaseInUse) {
  fs::remove(backup);
  make(backup, "in-use");
  sqlite::Connection db(backup);
  db.execute("PRAGMA journal_mode = WAL; UPDATE sources SET name = 'x'");
  expect_refused("-wal");
  backup = database;
  expect_refused("the database itself");
}

/// A database of an earlier version.
class BackupBeforeMigrationTest : public testing::Test {
 protected:
  BackupBeforeMigrationTest() {
    sqlite::Connection db(database);
    migrate(db, database, 7);
  }
  static int schema_in(const std::string& file) {
    sqlite::Connection db(file);
    return schema_of(db);
  }

  test::TempDir folder;
  std::string database = folder / "t.db";
  std::string copy = folder / "t.schema-7.db";
};

TEST_F(BackupBeforeMigrationTest, IsMadeBesideTheDatabaseOnceForAll) {
  write(copy, "what an earlier try left");
  const auto made = back_up_before_migration(database);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->file, copy);
  EXPECT_EQ(schema_in(copy), 7);
  EXPECT_EQ(schema_in(database), 7) << "it is not moved by this";
  EXPECT_EQ(migrate_database(database), 7);
  EXPECT_EQ(migrate_database(database), std::nullopt);
  EXPECT_EQ(schema_in(database), schema_version);
  EXPECT_FALSE(back_up_before_migration(database)) << "there is nothing to move any more";
  EXPECT_EQ(schema_in(copy), 7);
  EXPECT_FALSE(back_up_before_migration(folder / "none.db"));
}

TEST_F(BackupBeforeMigrationTest, SaysThatItGetsOn) {
  {
    sqlite::Connection db(database);
    db.execute(R"sql(
      INSERT INTO sources (name, title, active) VALUES ('bao', '', 1);
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
      INSERT INTO frontier (source, url, host, kind, state, discovery, priority, found_at, due_at, etag, last_modified, body_sha256)
        SELECT 1, 'http://a.test/' || i, 'a.test', 'article', 'waiting', 'live', 1, 1, 60, '', '', '' FROM n
    )sql");
  }
  int times = 0;
  const Progress gets_on = [&times] { ++times; };
  ASSERT_TRUE(back_up_before_migration(database, gets_on));
  EXPECT_GT(std::exchange(times, 0), 1) << "the copy, and what reads it through";
  EXPECT_EQ(migrate_database(database, gets_on), 7);
  EXPECT_GT(std::exchange(times, 0), 10) << "five thousand rows are moved";
  EXPECT_FALSE(back_up_before_migration(database, gets_on));
  EXPECT_EQ(times, 0);
}

TEST_F(BackupBeforeMigrationTest, WhoeverGoesBackIsToldOfIt) {
  static_cast<void>(back_up_before_migration(database));
  static_cast<void>(migrate_database(database));
  {
    sqlite::Connection db(database);
    db.execute("PRAGMA user_version = " + std::to_string(schema_version + 1));
  }
  const auto said = refusal([&] { return Store(database).was_clean(); });
  EXPECT_NE(said.find("newer tinwatch"), std::string::npos) << said;
  EXPECT_NE(said.find("tinwatch db restore " + copy), std::string::npos) << said;
  EXPECT_NE(refusal([&] { return Reader(database).has_source(""); }).find(copy), std::string::npos);
}

TEST_F(BackupBeforeMigrationTest, WithoutItNothingIsMoved) {
  fs::create_directory(copy);  // so that no file can be put there
  const auto said = refusal([&] { return back_up_before_migration(database).has_value(); });
  EXPECT_NE(said.find("--without-backup"), std::string::npos) << said;
  EXPECT_EQ(schema_in(database), 7);
}

}  // namespace
}  // namespace tinwatch::storage
