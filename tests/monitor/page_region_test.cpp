#include "monitor/page_region.hpp"

#include <gtest/gtest.h>

namespace tinwatch::monitor {
namespace {

const std::string padding(300, '-');

/// A page whose counter and box differ from fetch to fetch.
std::string page(const std::string& headline, int views, const std::string& box) {
  return "<html><head><title>" + headline + "</title></head><body><h1>" + headline + "</h1><p>" +
         padding + "</p><span class=\"v\">" + std::to_string(views) + " views</span><p>" + padding +
         "</p><aside><ul>" + box + "</ul></aside><p>" + padding + "</p></body></html>";
}

std::optional<PageRegion> learn(const std::string& before, const std::string& now) {
  const auto regions = PageRegion::learn(before, now, {32});
  if (regions.empty()) return std::nullopt;
  return regions.front();
}

std::optional<PageRegion> learned() {
  return learn(page("A bridge opens", 1001, "<li>one</li><li>two</li>"),
               page("A bridge opens", 1017, "<li>three</li>"));
}

TEST(PageRegion, FitsWhateverStandsWhereThePageChanges) {
  const auto region = learned();
  ASSERT_TRUE(region);
  EXPECT_TRUE(region->fits(page("A bridge opens", 9, "<li>four</li><li>five</li><li>six</li>")));
  EXPECT_TRUE(region->fits(page("A bridge opens", 123456, "<li></li>")));
}

TEST(PageRegion, DoesNotFitWhenAnythingElseDiffers) {
  const auto region = learned();
  ASSERT_TRUE(region);
  EXPECT_FALSE(region->fits(page("A bridge opened", 1001, "<li>one</li>")));
  auto cut = page("A bridge opens", 1001, "<li>one</li>");
  cut.resize(cut.size() / 2);
  EXPECT_FALSE(region->fits(cut));
  EXPECT_FALSE(region->fits(""));
  auto longer = page("A bridge opens", 1001, "<li>one</li>");
  longer.insert(longer.find("<span"), "<p>A correction.</p>");
  EXPECT_FALSE(region->fits(longer)) << "a paragraph beside a place that changes";
  // One byte anywhere but in the counter and the box.
  const auto same = page("A bridge opens", 1001, "<li>one</li>");
  const auto counter = same.find("1001");
  const auto box = same.find("<li>");
  for (std::size_t i = 0; i < same.size(); ++i) {
    auto other = same;
    other[i] = other[i] == 'x' ? 'y' : 'x';
    const bool may_change = (i >= counter && i < counter + 4) || (i >= box + 4 && i < box + 7);
    EXPECT_EQ(region->fits(other), may_change) << i << ' ' << same.substr(i, 10);
  }
}

TEST(PageRegion, MasksOnlyThePlacesThatChange) {
  const auto region = learned();
  ASSERT_TRUE(region);
  const auto masked = region->masked(
      page("A bridge opens", 1001,
           "<li><img class=\"a1\" src=\"/b2.jpg\" alt='Мост'>one 2 <b>Đường</b></li>"));
  ASSERT_TRUE(masked);
  EXPECT_EQ(*masked, page("A bridge opens", 7777,
                          "<li><img class=\"a1\" src=\"/z7.zzz\" alt='zzzz'>zzz 7 "
                          "<b>zzzzz</b></li>"));
}

TEST(PageRegion, SurvivesTheStore) {
  const auto region = learned();
  ASSERT_TRUE(region);
  const auto again = PageRegion::parse(region->serialise());
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->fits(page("A bridge opens", 5, "<li>x</li>")));
  EXPECT_FALSE(again->fits(page("A bridge closes", 5, "<li>x</li>")));
  const auto text = region->serialise();
  for (std::size_t length = 0; length < text.size(); ++length) {
    const auto cut = PageRegion::parse(text.substr(0, length));
    EXPECT_FALSE(cut && cut->fits(page("A bridge opens", 5, "<li>x</li>"))) << length;
  }
  EXPECT_FALSE(PageRegion::parse("nonsense"));
}

TEST(PageRegion, IsNotLearntFromPagesThatShareNothing) {
  std::string a;
  std::string b;
  for (int i = 0; i < 3000; ++i) {
    a += "<p>a" + std::to_string(i) + "</p>";
    b += "<p>b" + std::to_string(i) + "</p>";
  }
  const auto region = learn(a, b);
  EXPECT_TRUE(!region || !region->fits("<p>c</p>"));
}

}  // namespace
}  // namespace tinwatch::monitor
