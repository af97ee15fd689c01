#include "core/content_coding.hpp"

#include "support/gzip.hpp"

#include <gtest/gtest.h>

#include <zstd.h>

namespace tinwatch {
namespace {

constexpr std::size_t plenty = 10 * 1024 * 1024;

using test::gzip;

std::string zstd(const std::string& text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
  return out;
}

TEST(UndoCoding, GivesBackTheText) {
  const std::string text(100000, 'x');
  EXPECT_EQ(undo_coding("gzip", gzip(text), plenty).value(), text);
  EXPECT_EQ(undo_coding("X-GZIP", gzip(text), plenty).value(), text);
  EXPECT_EQ(undo_coding("zstd", zstd(text), plenty).value(), text);
  EXPECT_EQ(undo_coding("", text, plenty).value(), text);
  EXPECT_EQ(undo_coding("identity", text, plenty).value(), text);
  // printf abc | brotli -c
  EXPECT_EQ(undo_coding("br", std::string_view("\x0b\x01\x80\x61\x62\x63\x03", 7), plenty).value(),
            "abc");
}

TEST(UndoCoding, ReadsSeveralGzipMembersAsOneText) {
  EXPECT_EQ(undo_coding("gzip", gzip("a") + gzip("b") + std::string(8, '\0'), plenty).value(),
            "ab");
}

TEST(UndoCoding, RefusesBombs) {
  const auto bomb = gzip(std::string(8 * 1024 * 1024, '\0'));
  EXPECT_EQ(undo_coding("gzip", bomb, plenty).error(), CodingError::too_large)
      << "ratio above 100 over 1 MiB";
  EXPECT_EQ(undo_coding("zstd", zstd(std::string(8 * 1024 * 1024, '\0')), plenty).error(),
            CodingError::too_large);
  EXPECT_EQ(undo_coding("gzip", gzip(std::string(2000, 'x')), 1000).error(),
            CodingError::too_large);
}

TEST(UndoCoding, TellsDamageAndTheUnknown) {
  EXPECT_EQ(undo_coding("gzip", gzip("abc").substr(0, 12), plenty).error(), CodingError::damaged);
  EXPECT_EQ(undo_coding("br", "not brotli at all", plenty).error(), CodingError::damaged);
  EXPECT_EQ(undo_coding("zstd", "not zstd at all", plenty).error(), CodingError::damaged);
  EXPECT_EQ(undo_coding("gzip, gzip", gzip(gzip("x")), plenty).error(), CodingError::unknown);
  for (const auto* registered : {"compress", "x-compress", "deflate", "dcz", "EXI"})
    EXPECT_EQ(undo_coding(registered, "x", plenty).error(), CodingError::unknown) << registered;
}

TEST(UndoCoding, WhatIsNoCodingUndoesNothing) {
  for (const auto* name : {"utf-8", "none", "UTF8", "binary", "8bit", " identity "}) {
    EXPECT_EQ(undo_coding(name, "Nước lên", plenty).value(), "Nước lên") << name;
    EXPECT_EQ(undo_coding_of_prefix(name, "Nước lên", 3).value(), "Nư") << name;
  }
}

/// Bytes that hardly pack, so that a piece of the packed text holds a piece of the text.
std::string noise(std::size_t size) {
  std::string out;
  std::uint32_t state = 1;
  while (out.size() < size) out += static_cast<char>((state = state * 1664525 + 1013904223) >> 24U);
  return out;
}

TEST(UndoCodingOfPrefix, GivesTheFirstBytesWhateverFollows) {
  const auto text = noise(300000);
  for (const auto& [coding, packed] :
       {std::pair("gzip", gzip(text)), std::pair("zstd", zstd(text)), std::pair("", text)}) {
    EXPECT_EQ(undo_coding_of_prefix(coding, packed, plenty).value(), text) << coding;
    EXPECT_EQ(undo_coding_of_prefix(coding, packed, 1000).value(), text.substr(0, 1000)) << coding;
    // The body was cut on its way, in the middle of a block.
    const auto piece = undo_coding_of_prefix(coding, packed.substr(0, 200000), plenty).value();
    EXPECT_GT(piece.size(), 100000U) << coding;
    EXPECT_TRUE(text.starts_with(piece)) << coding;
  }
  EXPECT_EQ(
      undo_coding_of_prefix("br", std::string_view("\x0b\x01\x80\x61\x62\x63\x03", 7), 2).value(),
      "ab");
  EXPECT_EQ(undo_coding_of_prefix("gzip", gzip("a") + gzip("b") + std::string(8, '\0'), 9).value(),
            "ab");
}

TEST(UndoCodingOfPrefix, StopsAtItsLimitInABombAndTellsDamage) {
  const auto bomb = gzip(std::string(8 * 1024 * 1024, 'x'));
  EXPECT_EQ(undo_coding_of_prefix("gzip", bomb, 5000).value(), std::string(5000, 'x'));
  EXPECT_EQ(undo_coding_of_prefix("zstd", zstd(std::string(8 * 1024 * 1024, 'x')), 5000).value(),
            std::string(5000, 'x'));
  for (const auto* coding : {"gzip", "br", "zstd"})
    EXPECT_EQ(undo_coding_of_prefix(coding, "not packed at all", plenty).error(),
              CodingError::damaged)
        << coding;
}

}  // namespace
}  // namespace tinwatch
