#include "core/secret.hpp"

#include <gtest/gtest.h>

#include <set>

namespace tinwatch {
namespace {

TEST(Secret, IsLongAndNeverTheSame) {
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const auto secret = new_secret();
    EXPECT_EQ(secret.size(), 64U);
    EXPECT_EQ(secret.find_first_not_of("0123456789abcdef"), std::string::npos);
    EXPECT_TRUE(seen.insert(secret).second);
  }
}

TEST(Secret, IsComparedWhole) {
  EXPECT_TRUE(is_same_secret("abc", "abc"));
  EXPECT_TRUE(is_same_secret("", ""));
  for (const auto* other : {"", "ab", "abd", "bbc", "abcd", "ABC"})
    EXPECT_FALSE(is_same_secret("abc", other)) << other;
}

}  // namespace
}  // namespace tinwatch
