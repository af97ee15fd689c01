#include "core/scope.hpp"

#include <gtest/gtest.h>

namespace tinwatch {
namespace {

constexpr Scope all[] = {Scope::read, Scope::watch, Scope::metrics, Scope::feed, Scope::admin};

TEST(Scope, IsWrittenAndReadAgain) {
  for (const auto scope : all) EXPECT_EQ(scope_from(label(scope)), scope);
  EXPECT_FALSE(scope_from("")) << "nothing is no scope";
  EXPECT_FALSE(scope_from("Read"));
  const Scopes some{Scope::watch, Scope::read};
  EXPECT_EQ(to_text(some), "read,watch");
  EXPECT_EQ(scopes_from(" watch , read "), some);
  EXPECT_EQ(to_text(Scopes()), "");
  for (const auto* bad : {"", ",", "read,", "read,none", "read;watch", "read watch"})
    EXPECT_FALSE(scopes_from(bad)) << bad;
}

TEST(Scope, AllowsItselfAndNoOther) {
  for (const auto given : all)
    for (const auto asked : all) {
      const bool more = given == Scope::admin || (given == Scope::read && asked == Scope::feed);
      EXPECT_EQ(Scopes{given}.allow(asked), given == asked || more)
          << label(given) << " for " << label(asked);
    }
  for (const auto asked : all) EXPECT_FALSE(Scopes().allow(asked)) << label(asked);
  EXPECT_TRUE(Scopes().is_empty());
  EXPECT_FALSE(Scopes{Scope::feed}.is_empty());
}

}  // namespace
}  // namespace tinwatch
