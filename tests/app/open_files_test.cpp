#include "open_files.hpp"

#include "storage/file_descriptor.hpp"
#include "support/temp_dir.hpp"

#include <gtest/gtest.h>

#include <sys/resource.h>

namespace tinwatch::app {
namespace {

/// Lowers how many files this process may have open, for as long as it lives.
class FewFiles {
 public:
  explicit FewFiles(rlim_t most) {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    const rlimit now{.rlim_cur = most, .rlim_max = before_.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &now);
  }
  FewFiles(const FewFiles&) = delete;
  FewFiles& operator=(const FewFiles&) = delete;
  ~FewFiles() { ::setrlimit(RLIMIT_NOFILE, &before_); }

 private:
  rlimit before_{};
};

TEST(OpenFiles, CountsWhatIsOpen) {
  const auto before = open_files();
  EXPECT_GE(before.open, 3U);
  EXPECT_GT(before.most, before.open);
  const test::TempDir folder;
  const storage::FileDescriptor one(folder / "one");
  EXPECT_EQ(open_files().open, before.open + 1);
}

TEST(OpenFiles, SeesThatNoneIsLeftWhereNotEvenThatCanBeLookedUp) {
  const FewFiles few(open_files().open);
  const auto files = open_files();
  EXPECT_EQ(files.open, files.most);
}

}  // namespace
}  // namespace tinwatch::app
