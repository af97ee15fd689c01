#include "parsers/listing.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace tinwatch::parsers {
namespace {

using namespace std::chrono_literals;

const std::vector<std::string> headlines = {
    "Ferry to the island stops at noon for lack of fuel",
    "Fishermen count forty boats on the first day of spring",
    "Council promises a new landing stage before the summer",
    "Storm bends the old crane beside the market hall",
    "School wins the rowing race for the third time",
    "Harbour office raises the rent of the stalls again"};
const std::vector<std::string> chinese = {"渡轮因缺油中午停航",       "春天第一天渔民清点四十条船",
                                          "镇里承诺夏天前修好新码头", "风暴吹弯市场旁的旧吊车",
                                          "学校第三次赢得划船比赛",   "港务处再次提高摊位租金"};
const std::vector<std::string> thai = {
    "เรือข้ามฟากหยุดวิ่งตั้งแต่เที่ยงวันเพราะขาดน้ำมัน", "ชาวประมงนับเรือได้สี่สิบลำในวันแรกของฤดู",
    "สภาตำบลสัญญาสร้างท่าเรือใหม่ก่อนหน้าร้อน",     "พายุพัดเครนเก่าข้างตลาดจนงอ",
    "โรงเรียนชนะการแข่งเรือเป็นครั้งที่สาม",        "สำนักงานท่าเรือขึ้นค่าเช่าแผงอีกครั้ง"};

std::string link(const std::string& address, const std::string& text) {
  return "<a href=\"" + address + "\">" + text + "</a>";
}

/// Six cards below a menu; the # of the address is a number that grows, its @ a word.
std::string front_page(const std::string& address, const std::vector<std::string>& texts) {
  const std::vector<std::string> names = {"ferry", "boats", "stage", "crane", "school", "harbour"};
  std::string out = "<nav>" + link("/", "Home") + link("/world/", "World") +
                    link("/sport/", "Sport") + link("/about-us", "About us") + "</nav><main>";
  for (std::size_t i = 0; i < texts.size(); ++i) {
    auto here = address;
    if (const auto at = here.find('#'); at != std::string::npos)
      here.replace(at, 1, std::to_string(4123456 + 37 * i));
    if (const auto at = here.find('@'); at != std::string::npos) here.replace(at, 1, names[i]);
    out += "<div class=card><h3>" + link(here, texts[i]) + "</h3></div>";
  }
  return out + "</main><footer>" + link("/privacy-policy", "Privacy policy") + "</footer>";
}

Listing read(const std::string& html, const std::string& url = "https://paper.test/",
             const LearnedTemplates& learned = {}) {
  WorkBudget budget;
  return read_listing({.url = url, .html = html}, Site::generic(TimeZone::fixed(7h)), budget,
                      learned);
}

std::size_t articles(const Listing& listing) {
  return static_cast<std::size_t>(
      std::count_if(listing.links.begin(), listing.links.end(),
                    [](const Link& one) { return one.kind == UrlKind::article; }));
}

const Link& find(const Listing& listing, std::string_view end) {
  const auto found = std::find_if(listing.links.begin(), listing.links.end(),
                                  [&](const Link& one) { return one.url.ends_with(end); });
  return found == listing.links.end() ? listing.links.at(10'000) : *found;
}

TEST(ListLinks, AreArticlesInAnyShapeOfAddress) {
  for (const auto* shape :
       {"/2026/11/28/world/@-town-harbour/index.html", "/2026/11/28/@/", "/2026-11-28/#.html",
        "/n1/2026/1128/c1001-#.html", "/story/@-harbour-town/", "/news/articles/c8x@4zq1k9vo",
        "/article/#", "/en/@-at-the-harbour/a-#", "/world/2026/nov/28/@-in-the-town", "/?p=#",
        "/view.php?id=#", "/@-and-the-town-by-the-sea-#.html", "/@_and_the_town,#.html",
        "/%E6%96%B0%E9%97%BB/%E6%B8%A1%E8%BD%AE-@-%E7%A0%81%E5%A4%B4%E6%96%B0%E9%97%BB"}) {
    const auto listing = read(front_page(shape, headlines));
    EXPECT_EQ(articles(listing), 6U) << shape;
    EXPECT_EQ(find(listing, "/sport/").kind, UrlKind::listing) << shape;
    EXPECT_EQ(find(listing, "/about-us").kind, UrlKind::other) << "no list to poll";
  }
}

TEST(ListLinks, CountWordsOfScriptsWithoutBlanks) {
  EXPECT_EQ(articles(read(front_page("/2026-11-28/#.html", chinese))), 6U);
  EXPECT_EQ(articles(read(front_page("/news/#", chinese))), 6U);
  EXPECT_EQ(articles(read(front_page("/news/#", thai))), 6U);
  const auto sections = read("<div>" + link("/shehui", "社会") + link("/tiyu", "体育") +
                             link("/caijing", "财经") + "</div>");
  EXPECT_EQ(articles(sections), 0U);
}

TEST(ListLinks, OfTopicsAndSectionsAreNoArticlesHoweverTheyRead) {
  const auto page = front_page("/world/@-of-the-town-and-the-sea-#.html", headlines) +
                    "<div class=card><h3>" +
                    link("/topic/what-becomes-of-the-harbour-of-our-town-12345.html",
                         "Special report: what becomes of the harbour of our town") +
                    "</h3></div>";
  const auto listing = read(page);
  EXPECT_EQ(articles(listing), 6U);
  EXPECT_EQ(find(listing, "-12345.html").kind, UrlKind::listing);
}

TEST(ListLinks, LeadToHostsOfTheSameRegistrableDomain) {
  const auto page = front_page("https://harbour.paper.test/2026/11/28/@-of-the-town/", headlines) +
                    link("https://other.test/2026/11/28/news-of-the-town/", headlines[0]);
  for (const auto* own :
       {"https://www.paper.test/", "https://paper.test/", "https://m.paper.test/"})
    EXPECT_EQ(articles(read(page, own)), 6U) << own;
  EXPECT_EQ(articles(read(page, "https://paper.example/")), 0U);
  const auto blogs = front_page("https://one.github.io/2026/11/28/@-of-the-town/", headlines);
  EXPECT_EQ(articles(read(blogs, "https://two.github.io/")), 0U)
      << "a public suffix belongs to nobody";
}

TEST(ListLinks, KnowThePageTheyStandOn) {
  const auto listing = read(front_page("/?id=#", headlines) + link("/?ref=logo", "The Paper"));
  EXPECT_EQ(articles(listing), 6U);
  EXPECT_EQ(find(listing, "/?ref=logo").why, "home");
  const auto section =
      read(front_page("/world/@-of-the-town-#.html", headlines), "https://paper.test/world/");
  EXPECT_EQ(find(section, "/world/").why, "this page");
}

TEST(ListLinks, SayTheLargestPoints) {
  const auto listing = read(front_page("/2026/11/28/@-of-the-town-and-the-sea/", headlines));
  const auto& article = find(listing, "ferry-of-the-town-and-the-sea/");
  EXPECT_EQ(article.why, "dated +4, headlines at such addresses +3, headlines in such places +2");
  EXPECT_GT(article.points, 0);
  EXPECT_LT(find(listing, "/world/").points, 1);
}

TEST(ListLinks, LearnFromWhatTheirTemplateTurnedOutToBe) {
  const auto page = front_page("/guide/@-harbour", headlines);
  const auto plain = read(page);
  const auto form = find(plain, "/ferry-harbour").address_template;
  EXPECT_EQ(form, address_template("https://www.paper.test/guide/crane-market"));
  const auto with = [&](double found, double others) {
    return read(page, "https://paper.test/", {{form, {.articles = found, .others = others}}});
  };
  const auto points = [&](const Listing& listing) {
    return find(listing, "/ferry-harbour").points;
  };
  EXPECT_EQ(points(with(1, 0)), points(plain)) << "one vote never decides";
  EXPECT_EQ(points(with(0, 1)), points(plain));
  EXPECT_EQ(articles(with(9, 1)), 6U);
  EXPECT_EQ(articles(with(0, 9)), 0U);
  EXPECT_EQ(find(with(0, 9), "/ferry-harbour").why.substr(0, 10), "learned -8");
  EXPECT_EQ(articles(with(2, 1)), articles(with(2, 0))) << "one of three is outvoted";
}

TEST(ListLinks, DoNotBelieveAProfileLess) {
  const auto site = Site::compile({.article = {R"(/post/\d+)"}}, TimeZone::fixed(7h)).value();
  const auto listing =
      read_listing({.url = "https://paper.test/",
                    .html = front_page("/2026/11/28/@-of-the-town-and-the-sea/", headlines) +
                            link("/post/12", "x")},
                   site);
  EXPECT_EQ(articles(listing), 1U);
  EXPECT_EQ(find(listing, "/post/12").why, "profile");
}

TEST(ListFeeds, AreFoundWhateverElseTheirLinkSays) {
  const auto listing = read(
      R"(<link rel="alternate nofollow" type="application/rss+xml; charset=utf-8" href="tin.xml">
              <link rel=stylesheet href=a.css><link rel=alternate hreflang=en href=/en>
              <base href="https://paper.test/rss/">)");
  EXPECT_EQ(listing.feeds, std::vector<std::string>{"https://paper.test/rss/tin.xml"});
}

}  // namespace
}  // namespace tinwatch::parsers
