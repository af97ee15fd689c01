#include "core/gzip.hpp"

#include "core/content_coding.hpp"

#include <gtest/gtest.h>

namespace tinwatch {
namespace {

TEST(Gzip, HoldsTheText) {
  std::string long_one;
  for (int i = 0; i < 20'000; ++i) long_one += "series " + std::to_string(i * i) + '\n';
  for (const auto& text : {std::string(), std::string("a\0b", 3), long_one}) {
    const auto packed = gzip(text);
    const auto unpacked = undo_coding("gzip", packed, 1 << 24U);
    ASSERT_TRUE(unpacked) << text.size();
    EXPECT_EQ(*unpacked, text);
  }
  EXPECT_LT(gzip(long_one).size(), long_one.size() / 2);
}

}  // namespace
}  // namespace tinwatch
