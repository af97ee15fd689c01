#include "parsers/listing.hpp"

#include <gtest/gtest.h>

namespace tinwatch::parsers {
namespace {

using namespace std::chrono_literals;

const auto hanoi = TimeZone::fixed(7h);

Feed feed(std::string_view body, std::string_view content_type = {}) {
  auto out = read_feed(body, "https://a.test/rss/home.xml", hanoi, content_type);
  EXPECT_TRUE(out) << out.error();
  return out ? std::move(*out) : Feed{};
}

std::string rss(const std::string& items) {
  return "<rss version='2.0'><channel><title>T</title>\n" + items + "</channel></rss>";
}

std::string item(const std::string& inside) { return "<item>" + inside + "</item>\n"; }

std::string only(const std::string& inside) {
  const auto found = feed(rss(item(inside)));
  return found.items.size() == 1 ? found.items[0].url : std::to_string(found.items.size());
}

TEST(OldAtom, TextMayBeCodedInBase64) {
  const auto headline = [](const std::string& title) {
    const auto found = feed("<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry>" + title +
                            "<link rel='alternate' href='/a'/></entry></feed>");
    return found.items.size() == 1 ? found.items[0].headline : std::string("?");
  };
  EXPECT_EQ(headline("<title mode='base64'> QuG6v24gdMOgdQ== </title>"), "Bến tàu");
  EXPECT_EQ(headline("<title mode='base64' type='text/html'>PGI+QuG6v248L2I+</title>"), "Bến");
  EXPECT_EQ(headline("<title mode='base64'>no code</title>"), "no code");
  EXPECT_EQ(headline("<title mode='base64'>/w==</title>"), "\uFFFD");
}

TEST(UnclosedElements, HideNoItemBehindThem) {
  for (const auto* sloppy :
       {"<description>one<br>two</description>", "<description><img src='a'><p>b</description>",
        "<media:content url='a'>", "<enclosure url='x'>", "<title>A<b>B</title>",
        "</b></description>", "<title>no end", "<guid isPermaLink='false'>7"}) {
    const auto found =
        feed(rss(item("<link>/a</link>" + std::string(sloppy)) +
                 item(std::string(sloppy) + "<link>/b</link>") + item("<link>/c</link>")));
    ASSERT_EQ(found.items.size(), 3U) << sloppy;
    EXPECT_EQ(found.items[2].url, "https://a.test/c");
    EXPECT_EQ(found.count.in_bytes, 3U);
    EXPECT_EQ(found.count.read, 3U);
    EXPECT_EQ(found.count.cut_at, 0U) << "nothing is lost: " << sloppy;
  }
}

TEST(UnclosedElements, EndWithTheNextItem) {
  const auto found =
      feed(rss("<item><title>A</title><link>/a</link>\n<item><link>/b</link><title>B</title>\n"));
  ASSERT_EQ(found.items.size(), 2U);
  EXPECT_EQ(found.items[0].headline, "A");
  EXPECT_EQ(found.items[1].url, "https://a.test/b");
}

TEST(UnclosedElements, AreSeenWhereADocumentBreaksOff) {
  const auto cut = feed("<rss><channel>\n<item><link>/a</link></item>\n<item><link>/b");
  EXPECT_EQ(cut.items.size(), 2U);
  EXPECT_EQ(cut.count.cut_at, 3U) << "the line";
  EXPECT_EQ(feed(rss(item("<link>/a</link>") + "<!-- <item>")).count.in_bytes, 1U);
  const auto map =
      read_sitemap("<urlset>\n<url><loc>/a</loc></url><url>", "https://a.test/", hanoi, 1 << 20);
  EXPECT_EQ(map->count.in_bytes, 2U);
  EXPECT_EQ(map->count.cut_at, 2U);
}

TEST(CutFeeds, OfJsonGiveTheirWholeItemsAndCountTheRest) {
  const std::string whole =
      R"({"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [
{"id": "1", "url": "/a", "title": "A", "attachments": [{"url": "/a.mp3"}]},
{"id": "2", "url": "/b", "title": "B"},
{"id": "3", "title": "an item without address"},
{"id": "4", "url": "/c", "title": "C"}]})";
  EXPECT_EQ(feed(whole).count.in_bytes, 4U);
  EXPECT_EQ(feed(whole).count.read, 4U);
  EXPECT_EQ(feed(whole).count.cut_at, 0U);
  // Wherever it ends, what was whole is read; only where the list has not begun there is nothing.
  const auto begun = whole.find('[');
  for (std::size_t size = 1; size < whole.size(); ++size) {
    const auto found = read_feed(whole.substr(0, size), "https://a.test/feed.json", hanoi);
    ASSERT_EQ(found.has_value(), size > begun) << size;
    if (!found) continue;
    EXPECT_GT(found->count.cut_at, 0U) << size;
    EXPECT_GE(found->count.in_bytes, found->count.read) << size;
    EXPECT_LE(found->count.in_bytes - found->count.read, 1U) << size;
  }
  const auto cut = feed(whole.substr(0, whole.find("\"C\"")));
  ASSERT_EQ(cut.items.size(), 2U);
  EXPECT_EQ(cut.title, "T");
  EXPECT_EQ(cut.items[1].headline, "B");
  EXPECT_EQ(cut.count.in_bytes, 4U);
  EXPECT_EQ(cut.count.read, 3U);
  EXPECT_EQ(cut.count.cut_at, 5U) << "the line";
}

TEST(CutFeeds, OfJsonBreakInTheMiddleOrGoOnBehindTheirEnd) {
  const auto broken =
      feed(R"({"items": [{"url": "/a"}, {"url": /b"}, {"url": "/c"}, {"url": "/d"}]})");
  ASSERT_EQ(broken.items.size(), 1U);
  EXPECT_EQ(broken.count.read, 1U);
  EXPECT_GT(broken.count.in_bytes, 1U);
  EXPECT_EQ(broken.count.cut_at, 1U);
  const auto behind = feed(R"({"items": [{"url": "/a"}]} <!-- made in 12 ms -->)");
  EXPECT_EQ(behind.items.size(), 1U);
  EXPECT_EQ(behind.count.cut_at, 0U) << "nothing is lost";
  EXPECT_FALSE(read_feed(R"({"items": "none")", "https://a.test/", hanoi));
  EXPECT_FALSE(read_feed(R"({"error": [1, 2)", "https://a.test/", hanoi));
}

TEST(Vocabularies, TheItemsOwnGoesBeforeAnyOther) {
  const auto found = feed(
      "<rss xmlns:media='http://search.yahoo.com/mrss/' "
      "xmlns:dc='http://purl.org/dc/elements/1.1/'>"
      "<channel><item><title>Own</title><media:title>Picture</media:title><link>/a</link>"
      "<atom:link rel='self' href='/no'/><x:link>/no</x:link><description>D</description>"
      "<media:description>P</media:description><pubDate>Wed, 06 Nov 2024 10:00:00 EST</pubDate>"
      "<dc:date>2020-01-01</dc:date><dc:date></dc:date></item></channel></rss>");
  ASSERT_EQ(found.items.size(), 1U);
  EXPECT_EQ(found.items[0].headline, "Own");
  EXPECT_EQ(found.items[0].description, "D");
  EXPECT_EQ(found.items[0].url, "https://a.test/a");
  EXPECT_EQ(found.items[0].date_published->text(), "2024-11-06T10:00:00-05:00");
  EXPECT_EQ(feed(rss(item("<link>/a</link><dc:date>2024-11-06</dc:date><dc:date/>")))
                .items[0]
                .date_published->text(),
            "2024-11-06")
      << "an empty one is none";
}

TEST(AtomLinks, LeadToThePage) {
  const auto url = [](const std::string& entry, const std::string& base = "") {
    const auto found = feed("<feed " + base + "><entry>" + entry + "</entry></feed>");
    return found.items.empty() ? std::string() : found.items[0].url;
  };
  EXPECT_EQ(url("<link type='text/html' href='/a'/><link type='application/pdf' href='/a.pdf'/>"),
            "https://a.test/a");
  EXPECT_EQ(url("<link type='application/pdf' href='/a.pdf'/><link href='/a'/>"),
            "https://a.test/a");
  EXPECT_EQ(url("<id>https://a.test/b</id>"), "https://a.test/b");
  EXPECT_EQ(url("<id>tag:a.test,2024:1</id>"), "");
  EXPECT_EQ(url("<link href='c'/>", "xml:base='https://b.test/x/'"), "https://b.test/x/c");
  EXPECT_EQ(url("<link xml:base='y/' href='c'/>", "xml:base='https://b.test/x/'"),
            "https://b.test/x/y/c");
}

TEST(AtomTitles, AreWhatTheirTypeSays) {
  const auto title = [](const std::string& element) {
    return feed("<feed><entry><link href='/a'/>" + element + "</entry></feed>").items[0].headline;
  };
  EXPECT_EQ(title("<title>The &lt;b&gt; element</title>"), "The <b> element");
  EXPECT_EQ(title("<title type='html'>The &lt;b&gt;bold&lt;/b&gt;</title>"), "The bold");
  EXPECT_EQ(title("<title type='xhtml'><div xmlns='x'>A <em>bold</em><p>title</p></div></title>"),
            "A bold title");
  EXPECT_EQ(title("<title>Ben &amp;amp; co</title>"), "Ben & co");
  EXPECT_EQ(
      feed(rss(item("<title>A <i>slanted</i> title</title><link>/a</link>"))).items[0].headline,
      "A slanted title");
}

TEST(Encodings, OfFeedsAreFoundOut) {
  const auto title = [](const std::string& body, std::string_view type = {}) {
    const auto found = feed(body, type);
    return found.title;
  };
  const std::string plain = "<rss><channel><title>B\xE4r</title></channel></rss>";
  EXPECT_EQ(title(plain), "Bär");
  EXPECT_EQ(
      title("<rss><title>\xE0\xF0\xF5\xE8\xE2</title></rss>", "text/xml; charset=windows-1251"),
      "архив")
      << "the header, where the declaration says nothing";
  EXPECT_EQ(title("<?xml version='1.0' encoding='x-none'?><rss><title>Bến</title></rss>"), "Bến");
  std::string wide;
  for (const char c : std::string("<rss><title>T</title></rss>")) wide += {c, '\0'};
  EXPECT_EQ(title(wide), "T") << "UTF-16 without a byte order mark";
}

TEST(Warnings, MayStandBeforeAFeed) {
  EXPECT_EQ(feed("<br />\n<b>Warning</b>: x in <b>y.php</b>\n<?xml version='1.0'?>\n" +
                 rss(item("<link>/a</link>")))
                .items.size(),
            1U);
}

TEST(Guids, AreAddressesUnlessTheySayNo) {
  EXPECT_EQ(only("<guid>https://a.test/g</guid>"), "https://a.test/g");
  EXPECT_EQ(only("<guid isPermaLink='false'>https://a.test/g</guid>"), "0");
  EXPECT_EQ(only("<guid>https://a.test/g</guid><link>/a</link>"), "https://a.test/a");
  EXPECT_EQ(only("<guid>HTTPS://a.test/g</guid>"), "https://a.test/g");
  EXPECT_EQ(only("<guid>/tin/g.html</guid>"), "https://a.test/tin/g.html");
  EXPECT_EQ(only("<guid>/ no address</guid>"), "0");
}

TEST(Sitemaps, TellPicturesFromPages) {
  const auto map =
      read_sitemap("<urlset><url><loc>/a</loc><image:loc>/b.jpg</image:loc></url></urlset>",
                   "https://a.test/", hanoi, 1 << 20);
  ASSERT_EQ(map->entries.size(), 1U);
  EXPECT_EQ(map->entries[0].url, "https://a.test/a");
  EXPECT_EQ(map->entries[0].images, std::vector<std::string>{"https://a.test/b.jpg"});
}

TEST(KindOfList, IsToldByStructure) {
  const std::string comment = "<!--" + std::string(5000, 'x') + "-->";
  for (const auto& body :
       {std::string("<atom:feed>"), std::string("<r:RDF>"), comment + "<rss>",
        std::string("\xEF\xBB\xBF{\"a\": 1, \"items\": []}"),
        "{\"x\": \"" + std::string(5000, 'x') + "\", \"version\": \"https://jsonfeed.org/1\"}",
        std::string("<br /><b>Warning</b>\n<?xml?><rss>"),
        std::string("\xFF\xFE<\0r\0s\0s\0>\0", 12)})
    EXPECT_EQ(kind_of_list(body), ListKind::feed) << body.substr(0, 40);
  for (const auto& body : {std::string("<sm:urlset>"), std::string("https://a.test/1\nx"),
                           std::string("\xEF\xBB\xBFhttp://a.test/1")})
    EXPECT_EQ(kind_of_list(body), ListKind::sitemap) << body;
  for (const auto& body :
       {std::string("<html><script>\"<feed\"</script>"), std::string("<feed-item>x</feed-item>"),
        std::string("<!doctype html><rss>"), std::string("{\"a\": 1}"),
        std::string("https://a.test/ is down <b>today</b>"), std::string()})
    EXPECT_EQ(kind_of_list(body), ListKind::html) << body;
}

TEST(HeadLinks, AreReadAsBrowsersReadThem) {
  const auto feeds = [](const std::string& head) {
    return read_listing({.url = "https://a.test/tin/", .html = "<head>" + head + "</head>"},
                        Site::generic(hanoi))
        .feeds;
  };
  using Feeds = std::vector<std::string>;
  EXPECT_EQ(feeds("<link rel='alternate nofollow' type='application/rss+xml; charset=utf-8' "
                  "href='/r'>"),
            Feeds{"https://a.test/r"});
  EXPECT_EQ(feeds("<link rel=alternate type=application/atom+xml href=r><base href='/x/'>"),
            Feeds{"https://a.test/x/r"});
  EXPECT_EQ(feeds("<link rel='alternate' type='text/html' href='/r'>"), Feeds{});
}

}  // namespace
}  // namespace tinwatch::parsers
