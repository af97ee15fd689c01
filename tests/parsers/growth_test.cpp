#include "support/growth.hpp"

#include "parsers/article.hpp"
#include "parsers/listing.hpp"
#include "parsers/outline.hpp"
#include "support/hostile_pages.hpp"

#include <gtest/gtest.h>

namespace tinwatch::parsers {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t size = 12;  // of 2.5 KB, and then of four times as much

Document document_of(const test::HostilePage& page, std::size_t n,
                     const char* url = "https://a.test/mot-bai-viet-123456.html") {
  return decode(url, "text/html; charset=utf-8", page.make(n));
}

class Growth : public testing::TestWithParam<test::HostilePage> {
 protected:
  std::shared_ptr<const Site> site = Site::generic(TimeZone::fixed(7h));
};

TEST_P(Growth, OfReadingAnArticleIsLinear) {
  EXPECT_TRUE(test::grows_linearly(
      size, [](std::size_t n) { return document_of(GetParam(), n); },
      [this](const Document& document) { static_cast<void>(extract_article(document, site)); }));
}

TEST_P(Growth, OfReadingAtAnAddressThatSaysNothingIsLinear) {
  EXPECT_TRUE(test::grows_linearly(
      size, [](std::size_t n) { return document_of(GetParam(), n, "https://a.test/local"); },
      [this](const Document& document) { static_cast<void>(extract_article(document, site)); }));
}

TEST_P(Growth, OfReadingAListIsLinear) {
  EXPECT_TRUE(test::grows_linearly(
      size, [](std::size_t n) { return document_of(GetParam(), n); },
      [this](const Document& document) { static_cast<void>(read_listing(document, site)); }));
}

TEST_P(Growth, OfTheTreesDepthIsBounded) {
  const HtmlTree tree(GetParam().make(40));
  EXPECT_LE(depth_of(Dom(tree)), deepest_tree);
}

INSTANTIATE_TEST_SUITE_P(Pages, Growth, testing::ValuesIn(test::hostile_pages()),
                         [](const auto& page) { return std::string(page.param.name); });

/// A budget whose clock moves by itself: it counts looks and no time.
class Looks {
 public:
  WorkBudget budget(int most) {
    looks_ = 0;
    return WorkBudget(std::chrono::nanoseconds(most),
                      [this] { return std::chrono::nanoseconds(looks_++); });
  }
  [[nodiscard]] int count() const { return looks_; }

 private:
  int looks_ = 0;
};

TEST(Budget, IsLookedAtBetweenTheStagesOfAPage) {
  const auto site = Site::generic(TimeZone::fixed(7h));
  const auto page = document_of(test::hostile::many("prose", test::hostile::prose), 1);
  Looks looks;
  auto enough = looks.budget(1000);
  EXPECT_TRUE(extract_article(page, site, enough));
  EXPECT_GE(looks.count(), 8);
  for (int most = 0; most < 8; ++most) {
    auto budget = looks.budget(most);
    EXPECT_THROW(static_cast<void>(extract_article(page, site, budget)), OverBudget) << most;
  }
  auto none = looks.budget(0);
  EXPECT_THROW(static_cast<void>(read_listing(page, site, none)), OverBudget);
}

TEST(Budget, IsLookedAtInsideTheStagesOfALongPage) {
  const auto site = Site::generic(TimeZone::fixed(7h));
  const auto looks_at = [&](std::size_t n) {
    Looks looks;
    auto budget = looks.budget(1'000'000);
    static_cast<void>(extract_article(
        document_of(test::hostile::many("dates", "<p>12/03/2024 10:20</p>"), n), site, budget));
    return looks.count();
  };
  EXPECT_GT(looks_at(60), looks_at(1) + 10);
}

}  // namespace
}  // namespace tinwatch::parsers
