#include "schema.hpp"
#include "sqlite.hpp"
#include "storage/backup.hpp"
#include "storage/store_fixture.hpp"
#include "storage/tokens.hpp"

#include <filesystem>
#include <fstream>

namespace tinwatch::storage {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

/// A backup that knows two tokens and a browser; the first token is revoked after it.
class RestoredTokensTest : public testing::Test {
 protected:
  RestoredTokensTest() {
    asio::io_context io;
    Store store(database);
    for (const auto* id : {"lost", "kept"}) {
      const NewToken token{.id = id, .name = id, .sha256 = sha256_hex(id), .created_at = now};
      const auto row = test::run(io, store.write(&create_token, token, std::string()));
      test::run(io, store.write(&create_session, sha256_hex(std::string("of ") + id), row, now));
    }
    static_cast<void>(back_up({.database = database, .file = backup}));
    test::run(io, store.write(&revoke_token, std::string("lost"), now + 1h, std::string()));
  }
  bool holds(const std::string& token) const {
    return find_token(Reader(database), sha256_hex(token), now + 2h).has_value();
  }
  std::int64_t sessions() const {
    sqlite::Connection db(database);
    return db.prepare("SELECT count(*) FROM sessions").number().value_or(-1);
  }
  std::vector<std::string> beside_it() const {
    std::vector<std::string> out;
    for (const auto* log : {".partial", ".partial-wal", ".partial-shm", ".partial-journal"})
      if (fs::exists(database + log)) out.emplace_back(log);
    return out;
  }

  test::TempDir folder;
  std::string database = folder / "t.db";
  std::string backup = folder / "backup.db";
};

TEST_F(RestoredTokensTest, WhatWasRevokedSinceStaysSoAndBrowsersAreLoggedOut) {
  const auto restored = restore(database, backup, now);
  EXPECT_EQ(restored.revoked_since, 1);
  EXPECT_FALSE(holds("lost"));
  EXPECT_TRUE(holds("kept"));
  EXPECT_EQ(tokens(Reader(database), 0, 9).back().revoked_at, now + 1h);
  EXPECT_EQ(sessions(), 0);
  EXPECT_EQ(beside_it(), std::vector<std::string>{});
}

TEST_F(RestoredTokensTest, ADatabaseThatCannotTellIsNoHindrance) {
  std::ofstream(database) << "no database";
  for (const auto* log : {"-wal", "-shm"}) fs::remove(database + log);
  EXPECT_EQ(restore(database, backup, now).revoked_since, std::nullopt);
  EXPECT_TRUE(holds("lost")) << "nobody knows better";
  EXPECT_EQ(sessions(), 0);
  fs::remove(database);
  EXPECT_EQ(restore(database, backup, now).revoked_since, std::nullopt);
  EXPECT_EQ(sessions(), 0);
}

TEST_F(RestoredTokensTest, WhatAKilledRestoreLeftIsNotPlayedBack) {
  std::ofstream(database + ".partial-journal") << "old";
  std::ofstream(database + ".partial-wal") << "old";
  EXPECT_EQ(restore(database, backup, now).revoked_since, 1);
  EXPECT_FALSE(holds("lost"));
  EXPECT_EQ(beside_it(), std::vector<std::string>{});
}

TEST_F(RestoredTokensTest, ABackupFromBeforeTokensHasNone) {
  {
    sqlite::Connection db(folder / "older.db");
    migrate(db, folder / "older.db", 7);
  }
  static_cast<void>(back_up({.database = folder / "older.db", .file = folder / "older.backup"}));
  const auto restored = restore(database, folder / "older.backup", now);
  EXPECT_EQ(restored.schema, 7);
  EXPECT_EQ(restored.revoked_since, std::nullopt);
}

}  // namespace
}  // namespace tinwatch::storage
