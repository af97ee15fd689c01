#include "core/robots.hpp"

#include "support/growth.hpp"
#include "support/robots_model.hpp"

#include <gtest/gtest.h>

#include <random>

namespace tinwatch {
namespace {

using namespace std::chrono_literals;

bool allows(std::string_view text, std::string_view path) {
  return Robots::parse(text, "tinwatch").allows(path);
}

TEST(Robots, LongestMatchWinsAndAllowWinsATie) {
  constexpr auto text = "User-agent: *\nDisallow: /a\nAllow: /a/b\n";
  EXPECT_FALSE(allows(text, "/a/x"));
  EXPECT_TRUE(allows(text, "/a/b/c"));
  EXPECT_TRUE(allows("User-agent: *\nDisallow: /p\nAllow: /p\n", "/p"));
  EXPECT_TRUE(allows("User-agent: *\nDisallow:\n", "/"));
  EXPECT_TRUE(allows("User-agent: *\nDisallow: /\n", "/robots.txt"));
}

TEST(Robots, OwnGroupBeatsTheStar) {
  constexpr auto text =
      "User-agent: *\nDisallow: /\n\nUser-agent: other\nUser-agent: TinWatch/2.0\nDisallow: /x\n";
  EXPECT_TRUE(allows(text, "/"));
  EXPECT_FALSE(allows(text, "/x"));
}

TEST(Robots, SeveralGroupsOfOneAgentAreOne) {
  constexpr auto text =
      "User-agent: tinwatch\nDisallow: /a\nUser-agent: b\nDisallow: /\nUser-agent: "
      "tinwatch\nDisallow: /c\n";
  EXPECT_FALSE(allows(text, "/a"));
  EXPECT_FALSE(allows(text, "/c"));
  EXPECT_TRUE(allows(text, "/d"));
}

TEST(Robots, WildcardsAndEnd) {
  EXPECT_FALSE(allows("User-agent: *\nDisallow: /*.pdf$\n", "/x/y.pdf"));
  EXPECT_TRUE(allows("User-agent: *\nDisallow: /*.pdf$\n", "/x/y.pdf?z"));
  EXPECT_FALSE(allows("User-agent: *\nDisallow: /a*b*c\n", "/axxbyyc/"));
  EXPECT_FALSE(allows("User-agent: *\nDisallow: /tin-tức\n", "/tin-t%e1%bb%a9c"));
}

TEST(Robots, ADollarBeforeTheEndIsACharacter) {
  EXPECT_FALSE(allows("User-agent: *\nDisallow: /a$b\n", "/a$b/c"));
  EXPECT_FALSE(allows("User-agent: *\nDisallow: /a%24b\n", "/a$b/c"));
  EXPECT_TRUE(allows("User-agent: *\nDisallow: /a$b\n", "/a"));
  EXPECT_FALSE(allows("User-agent: *\nDisallow: /a%2A\n", "/a*"));
  EXPECT_TRUE(allows("User-agent: *\nDisallow: /a%2A\n", "/ab"));
}

TEST(Robots, TheStricterReadingOfAnEncodingCounts) {
  const std::string only = "User-agent: *\nDisallow: /\nAllow: ";
  EXPECT_TRUE(allows(only + "/tin-tức\n", "/tin-t%E1%BB%A9c"));
  EXPECT_TRUE(allows(only + "/tin-t%e1%bb%a9c\n", "/tin-t%E1%BB%A9c"));
  EXPECT_FALSE(allows(only + "/tin-tức\n", "/tin-tức")) << "addresses are encoded";
  EXPECT_FALSE(allows(only + "/%62%61%7A\n", "/baz"));
  EXPECT_TRUE(allows(only + "/%62%61%7A\n", "/%62%61%7A"));
  EXPECT_TRUE(allows(only + "/%7Ean\n", "/~an"));
  EXPECT_FALSE(allows("User-agent: *\nDisallow: /%62%61%7A\n", "/baz"));
}

TEST(Robots, StarsInARowAreOneAndCountInTheLength) {
  EXPECT_FALSE(allows("User-agent: *\nDisallow: /a***b\nAllow: /a*b\n", "/ab"));
  EXPECT_TRUE(allows("User-agent: *\nDisallow: /a***b\nAllow: /axxxxb\n", "/axxxxb"));
}

TEST(Robots, AgreesWithTheModelOnAnyFile) {
  std::mt19937 random(1);
  const auto any_of = [&](const std::vector<std::string>& words) {
    return words[random() % words.size()];
  };
  const std::vector<std::string> signs = {"/", "a", "b", "*", "$", "%61", "%2f", "\xC4\x91", "?"};
  const auto path = [&] {
    std::string out = "/";
    for (auto n = random() % 8; n > 0; --n) out += any_of(signs);
    return out;
  };
  for (int file = 0; file < 3000; ++file) {
    std::string text;
    for (auto n = random() % 12; n > 0; --n)
      text += any_of({"User-agent: *", "User-agent: tinwatch/1", "user-agent: other",
                      "Allow: " + path(), "Disallow: " + path(), "Disallow: " + path(),
                      "disallow " + path(), "Crawl-delay: 1", "# x", "Disallow:"}) +
              any_of({"\n", "\r\n", "\r"});
    const auto robots = Robots::parse(text, "tinwatch");
    const test::RobotsModel model(text, "tinwatch");
    for (int i = 0; i < 10; ++i) {
      const auto asked = path();
      ASSERT_EQ(robots.allows(asked), model.allows(asked)) << text << "\nasked: " << asked;
    }
  }
}

/// Lines of `line`, as many as fit into `bytes`.
std::string full_of(const std::string& line, std::size_t bytes) {
  std::string text = "User-agent: *\n";
  while (text.size() + line.size() < bytes) text += line;
  return text;
}

TEST(Robots, ReadingIsLinear) {
  for (const auto* line : {"Disallow: /*a\n", "Disallow: /\xE1\xBB\xA9\xE1\xBB\xA9\n", "\n", "a",
                           "::::\n", "User-agent: tinwatch\n", "Allow: /**********$$$$$$$$$$\n"})
    EXPECT_TRUE(test::grows_linearly(
        robots_limit / 4, [&](std::size_t size) { return full_of(line, size); },
        [](const std::string& text) { static_cast<void>(Robots::parse(text, "tinwatch")); }))
        << line;
}

TEST(Robots, ALookUpIsLinearInTheRulesAndInThePath) {
  std::string stars = "Disallow: /";
  for (int i = 0; i < 100; ++i) stars += "*a";
  const std::string line = stars + "b\n";
  const auto look_up = [](const std::pair<Robots, std::string>& input) {
    for (int i = 0; i < 10; ++i) EXPECT_TRUE(input.first.allows(input.second));
  };
  EXPECT_TRUE(test::grows_linearly(
      32 * 1024,
      [&](std::size_t size) {
        return std::pair(Robots::parse(full_of(line, size), "tinwatch"),
                         '/' + std::string(500, 'a'));
      },
      look_up));
  EXPECT_TRUE(test::grows_linearly(
      500,
      [&](std::size_t size) {
        return std::pair(Robots::parse(full_of(line, 128 * 1024), "tinwatch"),
                         '/' + std::string(size, 'a'));
      },
      look_up));
}

TEST(Robots, RulesThatCostTooMuchForbid) {
  // 512 KiB that scan the whole path once a rule; none of them matches.
  const auto robots = Robots::parse(full_of("Disallow: /*aaaaab\n", robots_limit), "tinwatch");
  const auto path = '/' + std::string(1900, 'a');
  EXPECT_TRUE(robots.allows("/" + std::string(50, 'a'))) << "addresses of a usual length are read";
  EXPECT_GT(robots.most_steps(path), Robots::step_limit);
  const auto before = test::thread_cpu_ms();
  EXPECT_FALSE(robots.allows(path));
  EXPECT_LT(test::thread_cpu_ms() - before, 300) << "unbounded it is 60 million steps";
}

TEST(Robots, TheLongestFilesOfRealSitesAreReadToTheirEnd) {
  // 5,000 rules with two stars, asked for an address of 200 bytes.
  std::string text = "User-agent: *\n";
  for (int i = 0; i < 5000; ++i) text += "Disallow: /*/folder-" + std::to_string(i) + "/*.html$\n";
  const auto robots = Robots::parse(text, "tinwatch");
  const auto rest = std::string(150, 'x');
  EXPECT_FALSE(robots.allows("/vi/folder-4999/" + rest + ".html"));
  EXPECT_TRUE(robots.allows("/vi/folder-5000/" + rest + ".html"));
}

TEST(Robots, ReadsCrawlDelayAndSitemapsAndSloppyLines) {
  const auto robots = Robots::parse(
      "\xEF\xBB\xBFuser-agent : *  # all\r\ncrawl-delay: 1.5\r\rSitemap: "
      "https://a.test/s.xml\nnonsense\ndisallow: /x",
      "tinwatch");
  EXPECT_EQ(robots.crawl_delay(), 1500ms);
  EXPECT_EQ(robots.sitemaps(), std::vector<std::string>{"https://a.test/s.xml"});
  EXPECT_FALSE(robots.allows("/x"));
}

TEST(Robots, SitemapsAreBounded) {
  const auto robots = Robots::parse("Sitemap: /" + std::string(3000, 'x') + '\n' +
                                        full_of("Sitemap: https://a.test/s.xml\n", 10000),
                                    "tinwatch");
  EXPECT_EQ(robots.sitemaps(), std::vector<std::string>(100, "https://a.test/s.xml"));
}

TEST(Robots, ALineCutAtTheLimitSaysNothing) {
  std::string text = "User-agent: *\n";
  text += std::string(robots_limit - text.size() - 12, '#') + '\n';
  const std::string last = "Disallow: /private\n";  // 512 KiB end behind its slash
  ASSERT_EQ((text + last).substr(0, robots_limit).substr(text.size()), "Disallow: /");
  EXPECT_TRUE(allows(text + last, "/public"));
  EXPECT_TRUE(allows((text + last).substr(0, robots_limit), "/public"));
}

TEST(Robots, ReadsNoMoreThanItsLimit) {
  const std::string text = "User-agent: *\n" + std::string(robots_limit, '#') + "\nDisallow: /\n";
  EXPECT_TRUE(allows(text, "/"));
}

}  // namespace
}  // namespace tinwatch
