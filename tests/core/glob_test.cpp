#include "glob.hpp"

#include "support/robots_model.hpp"

#include <gtest/gtest.h>

#include <random>

namespace tinwatch {
namespace {

bool matches(std::string_view pattern, std::string_view text) {
  GlobMatcher matcher;
  return matcher.matches(pattern, text);
}

std::string times(std::size_t count, std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += text;
  return out;
}

TEST(Glob, MatchesWhatStartsWithThePattern) {
  EXPECT_TRUE(matches("/a", "/abc"));
  EXPECT_FALSE(matches("/a", "/"));
  EXPECT_TRUE(matches("/a$", "/a"));
  EXPECT_FALSE(matches("/a$", "/ab"));
  EXPECT_TRUE(matches("/*.php$", "/x.php/y.php"));
  EXPECT_FALSE(matches("/*.php$", "/x.php/y"));
  EXPECT_TRUE(matches("/a*", "/a"));
  EXPECT_TRUE(matches("/a*$", "/abc"));
  EXPECT_TRUE(matches("*aab", "aaaab"));
  EXPECT_FALSE(matches("/*ab*ab", "/xaby"));
  EXPECT_FALSE(matches("/*ab*b$", "/ab")) << "a byte is taken once";
  EXPECT_TRUE(matches("", "/"));
  EXPECT_FALSE(matches("$", "/"));
}

TEST(Glob, AgreesWithTheModel) {
  std::mt19937 random(1);
  const auto word = [&](std::string_view letters, std::size_t longest) {
    std::string out;
    for (auto n = random() % (longest + 1); n > 0; --n) out += letters[random() % letters.size()];
    return out;
  };
  for (int i = 0; i < 200000; ++i) {
    const auto pattern = word("aaab**$", 9);
    const auto text = word("aab", 14);
    ASSERT_EQ(matches(pattern, text), test::glob_model(pattern, text))
        << "pattern " << pattern << " text " << text;
  }
}

TEST(Glob, TakesAsManyStepsAsThereAreBytes) {
  // Each kind is quadratic for a matcher that goes back in the text.
  const auto kinds = {std::pair<std::string_view, std::string_view>{"*a", ""},
                      {"*aab", ""},
                      {"a", "b"},
                      {"*", "b"},
                      {"ab*", "$"}};
  for (const std::size_t n : {500U, 2000U, 8000U}) {
    for (const auto& [part, end] : kinds) {
      const auto pattern = "*" + times(n / part.size(), part) + std::string(end);
      const auto text = times(2 * n, "a");
      GlobMatcher matcher;
      static_cast<void>(matcher.matches(pattern, text));
      EXPECT_LE(matcher.steps(), 2 * pattern.size() + text.size() + 1) << pattern.substr(0, 10);
    }
  }
}

}  // namespace
}  // namespace tinwatch
