#include "nearest.hpp"

#include <gtest/gtest.h>

namespace tinwatch::cli {
namespace {

TEST(Nearest, IsWhatWasMeant) {
  const std::vector<std::string> known{"articles", "check", "events", "show", "status"};
  EXPECT_EQ(nearest("chekc", known), "check") << "exchanged";
  EXPECT_EQ(nearest("chck", known), "check") << "left out";
  EXPECT_EQ(nearest("sttatus", known), "status") << "added";
  EXPECT_EQ(nearest("srow", known), "show");
  EXPECT_EQ(nearest("artikels", known), "articles") << "two";
  EXPECT_EQ(nearest("search", known), std::nullopt);
  EXPECT_EQ(nearest("go", {"no"}), std::nullopt) << "half of it";
  EXPECT_EQ(nearest("", known), std::nullopt);
  EXPECT_EQ(nearest(std::string(1'000'000, 'a'), known), std::nullopt);
}

}  // namespace
}  // namespace tinwatch::cli
