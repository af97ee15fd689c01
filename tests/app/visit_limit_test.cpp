#include "visit_limit.hpp"

#include <gtest/gtest.h>

namespace tinwatch::app {
namespace {

TEST(MostVisits, LeavesDescriptorsForEverythingElse) {
  EXPECT_EQ(most_visits(524'288), 64U);
  EXPECT_EQ(most_visits(1024), 64U);
  EXPECT_EQ(most_visits(156), 20U);
  EXPECT_EQ(most_visits(96), 2U);
  EXPECT_EQ(most_visits(0), 2U);
  for (std::size_t descriptors = 128; descriptors < 2048; ++descriptors)
    EXPECT_LE(3 * most_visits(descriptors) + 96, std::max<std::size_t>(descriptors, 102));
}

}  // namespace
}  // namespace tinwatch::app
