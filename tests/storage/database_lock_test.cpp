#include "storage/database_lock.hpp"

#include "storage/error.hpp"
#include "support/temp_dir.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

namespace tinwatch::storage {
namespace {

namespace fs = std::filesystem;

uid_t owner_of(const std::string& file) {
  struct stat known {};
  return ::lstat(file.c_str(), &known) == 0 ? known.st_uid : static_cast<uid_t>(-1);
}

TEST(DatabaseLock, IsHeldByOneAtATime) {
  const test::TempDir folder;
  {
    const auto held = DatabaseLock::try_acquire(folder / "t.db");
    EXPECT_TRUE(held);
    EXPECT_FALSE(DatabaseLock::try_acquire(folder / "t.db"));
  }
  EXPECT_TRUE(DatabaseLock::try_acquire(folder / "t.db"));
}

/// What root makes in a folder of the daemon's user.
class RootsLock : public testing::Test {
 protected:
  static constexpr uid_t daemon = 4321;
  static constexpr uid_t other = 4322;

  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "only root can give files away";
    own(folder / ".", daemon);
  }
  static void own(const std::string& file, uid_t user) {
    ASSERT_EQ(::lchown(file.c_str(), user, user), 0) << file;
  }

  test::TempDir folder;
  std::string database = folder / "t.db";
  std::string lock = database + ".lock";
};

TEST_F(RootsLock, BelongsToWhomTheDatabaseBelongs) {
  EXPECT_TRUE(DatabaseLock::try_acquire(database));
  EXPECT_EQ(owner_of(lock), daemon) << "there is none yet: whom the folder belongs to";
  fs::remove(lock);
  std::ofstream(database) << "x";
  own(database, other);
  EXPECT_TRUE(DatabaseLock::try_acquire(database));
  EXPECT_EQ(owner_of(lock), other);
}

TEST_F(RootsLock, WhatIsThereAlreadyIsNotGivenAway) {
  const test::TempDir elsewhere;
  const auto secret = elsewhere / "secret";
  std::ofstream(secret) << "x";
  fs::create_symlink(secret, lock);
  EXPECT_TRUE(DatabaseLock::try_acquire(database));
  EXPECT_EQ(owner_of(secret), 0U);
}

}  // namespace
}  // namespace tinwatch::storage
