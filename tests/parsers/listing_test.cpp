#include "parsers/listing.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace tinwatch::parsers {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t plenty = 10 * 1024 * 1024;

std::string repeated(const std::string& text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

TEST(ReadListing, JudgesLinksWithoutAProfile) {
  const Document page{.url = "https://bao.test/",
                      .html = R"(<link rel="alternate" type="application/rss+xml" href="/rss">
    <nav><a href="/the-thao">Thể thao</a></nav>
    <a href="/mot-bai-viet-rat-hay-12345.html"><img></a><a href="/mot-bai-viet-rat-hay-12345.html?utm_source=x">Một bài viết rất hay</a>
    <a href="https://khac.test/bai-viet-tren-trang-khac-12345">Một trang khác, không phải của ta</a><a href="/anh-dep-nhat-nam-nay-1.jpg">Ảnh</a><a href="#top">x</a>)"};
  const auto listing = read_listing(page, Site::generic(TimeZone::fixed(7h)));
  ASSERT_EQ(listing.links.size(), 3U);
  EXPECT_EQ(listing.links[0].kind, UrlKind::listing);
  EXPECT_EQ(listing.links[1].kind, UrlKind::article);
  EXPECT_EQ(listing.links[1].text, "Một bài viết rất hay");
  EXPECT_EQ(listing.links[2].kind, UrlKind::other);
  EXPECT_EQ(listing.feeds, std::vector<std::string>{"https://bao.test/rss"});
}

TEST(ReadListing, KnowsThePageBehindThisOne) {
  const auto next_page = [](const std::string& url, const std::string& html) {
    return read_listing({.url = url, .html = html}, Site::generic(TimeZone::fixed(7h))).next_page;
  };
  const std::string pager =
      R"(<a href="/tin?page=1">1</a><a href="/tin?page=2">2</a><a href="/tin?page=3">3</a>
         <a href="/tin?page=125">125</a><a href="/tin?page=125">Trang cuối</a>)";
  EXPECT_EQ(next_page("https://bao.test/tin", pager), "https://bao.test/tin?page=2");
  EXPECT_EQ(next_page("https://bao.test/tin?page=2", pager), "https://bao.test/tin?page=3");
  EXPECT_EQ(next_page("https://bao.test/tin?page=125", pager), "");
  EXPECT_EQ(next_page("https://bao.test/tin", R"(<a href="/tin/trang-2">Trang sau</a>)"),
            "https://bao.test/tin/trang-2");
  EXPECT_EQ(next_page("https://bao.test/tin", R"(<a href="/tin/trang-2?loc=moi">Trang sau</a>)"),
            "https://bao.test/tin/trang-2?loc=moi");
  EXPECT_EQ(next_page("https://bao.test/tin", pager + R"(<a rel="next" href="/tin?p=b">»</a>)"),
            "https://bao.test/tin?p=b");
  EXPECT_EQ(next_page("https://bao.test/tin", R"(<a rel="next" href="https://khac.test/2">2</a>)"),
            "");
  const std::string article = "https://bao.test/mot-bai-viet-rat-hay-cua-nguoi-dan-p12.html";
  const auto commented = "<a href=\"" + article +
                         "\">Một bài viết rất hay của người dân</a><a href=\"" + article +
                         "\">2</a>";
  const auto listing = read_listing({.url = "https://bao.test/tin", .html = commented},
                                    Site::generic(TimeZone::fixed(7h)));
  ASSERT_EQ(listing.links.size(), 1U);
  EXPECT_EQ(listing.links[0].kind, UrlKind::article);
  EXPECT_EQ(listing.next_page, "") << "the number of its comments";
}

TEST(Site, GivesIdentityAndOneAddress) {
  const auto site =
      Site::compile({.origin = "https://bao.vn",
                     .hosts = {"bao.vn", "www.bao.vn"},
                     .article = {R"(/.+-00(?P<id>\d+)s\d{3}10gs)", R"(/View\?idPost=(?P<id>\d+))"},
                     .strip_path = {R"(/\(X\(1\)S\([a-z0-9]+\)\))"},
                     .drop_parameters = {"Auto"}},
                    TimeZone::fixed(7h))
          .value();
  EXPECT_EQ(site->canonical("http://www.bao.vn/(X(1)S(q2ng))/a-b--12-0042s34210gs?Auto=1#x"),
            "https://bao.vn/a-b--12-0042s34210gs");
  EXPECT_EQ(site->identifier("http://www.bao.vn/a-b--12-0042s34210gs"), "42");
  EXPECT_EQ(site->identifier("https://bao.vn/View?idPost=42"), "42");
  EXPECT_EQ(site->identifier("https://other.vn/a-b--12-0042s34210gs"), "");
  EXPECT_FALSE(site->kind("https://bao.vn/about")) << "this profile names no lists";
  const auto fault = [](std::string pattern) {
    return Site::compile({.article = {std::move(pattern)}}, TimeZone::fixed(7h)).error();
  };
  EXPECT_NE(fault("\\pL{1000}").find("pattern too large"), std::string::npos)
      << "it unfolds to half a million instructions";
  EXPECT_NE(fault(std::string(1001, 'a')).find("longer than 1000 bytes"), std::string::npos);
  EXPECT_NE(Site::compile({.article = {"("}}, TimeZone::fixed(7h)).error().find("bad pattern '('"),
            std::string::npos);
}

TEST(ReadFeed, ReadsEveryKind) {
  const auto rss = read_feed(
      R"(<?xml version="1.0"?><rss><channel><title>Báo</title><item><title>A &amp; &lt;b&gt;B&lt;/b&gt;</title><link>/a</link><pubDate>Wed, 04 Mar 2026 09:44:00 GMT</pubDate></item></channel></rss>)",
      "https://a.test/rss", TimeZone::fixed(7h));
  ASSERT_TRUE(rss);
  EXPECT_EQ(rss->kind, "rss");
  EXPECT_EQ(rss->items[0].url, "https://a.test/a");
  EXPECT_EQ(rss->items[0].headline, "A & B");
  EXPECT_EQ(rss->items[0].date_published->text(), "2026-03-04T09:44:00Z");
  const auto atom = read_feed(
      R"(<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><title>X</title><link rel="alternate" href="https://a.test/x"/><updated>2026-03-04T09:44:00Z</updated></entry></feed>)",
      "https://a.test/", TimeZone::fixed(7h));
  EXPECT_EQ(atom->items[0].url, "https://a.test/x");
  const auto json = read_feed(
      R"({"version":"https://jsonfeed.org/version/1.1","title":"T","items":[{"url":"https://a.test/j","title":"J"}]})",
      "https://a.test/", TimeZone::fixed(7h));
  EXPECT_EQ(json->items[0].headline, "J");
  EXPECT_FALSE(read_feed("<html><body>no</body></html>", "https://a.test/", TimeZone::fixed(7h)));
  EXPECT_FALSE(read_feed("", "https://a.test/", TimeZone::fixed(7h)));
}

TEST(ReadFeed, BearsHostileXml) {
  const std::string laughs =
      R"(<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&b;&c;</title><link>/a</link></item></channel></rss>)";
  const auto feed = read_feed(laughs, "https://a.test/", TimeZone::fixed(7h));
  ASSERT_TRUE(feed);
  EXPECT_EQ(feed->items[0].headline, "&b;&c;") << "nothing is expanded and nothing is read";
  static_cast<void>(
      read_feed(repeated("<rss><item>", 100000), "https://a.test/", TimeZone::fixed(7h)));
  EXPECT_EQ(read_feed("<rss><channel>" + repeated("<item><link>/a</link></item>", 5000) +
                          "</channel></rss>",
                      "https://a.test/", TimeZone::fixed(7h))
                ->items.size(),
            1000U);
}

TEST(ReadSitemap, ReadsUrlsIndexesAndNews) {
  const auto map = read_sitemap(
      R"(<urlset xmlns:news="n"><url><loc> https://a.test/1 </loc><lastmod>2026-03-04</lastmod><news:news><news:title>T</news:title><news:publication_date>2026-03-04T16:44:00+07:00</news:publication_date></news:news></url></urlset>)",
      "https://a.test/s.xml", TimeZone::fixed(7h), plenty);
  EXPECT_EQ(map->entries[0].headline, "T");
  EXPECT_EQ(map->entries[0].date_published->text(), "2026-03-04T16:44:00+07:00");
  EXPECT_EQ(read_sitemap(
                "<sitemapindex><sitemap><loc>https://a.test/2.xml</loc></sitemap></sitemapindex>",
                "https://a.test/", TimeZone::fixed(7h), plenty)
                ->kind,
            "sitemapindex");
  EXPECT_EQ(read_sitemap("\x1f\x8b broken", "https://a.test/", TimeZone::fixed(7h), plenty).error(),
            "bad gzip data");
}

TEST(KindOfList, IsToldByTheFirstElement) {
  EXPECT_EQ(kind_of_list("<!DOCTYPE html><html>"), ListKind::html);
  EXPECT_EQ(kind_of_list("<?xml version='1.0'?>\n<rss version='2.0'>"), ListKind::feed);
  EXPECT_EQ(kind_of_list("<urlset>"), ListKind::sitemap);
}

}  // namespace
}  // namespace tinwatch::parsers
