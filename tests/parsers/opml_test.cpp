#include "parsers/opml.hpp"

#include "support/growth.hpp"

#include <gtest/gtest.h>

namespace tinwatch::parsers {
namespace {

TEST(Opml, NamesTheFeedsOfAllGroups) {
  const auto opml = read_opml(R"(<?xml version="1.0"?>
<!-- <outline xmlUrl="http://commented.test/"/> -->
<opml version="2.0"><head><title>Báo &amp; đài</title></head><body>
<outline text="Group" title="Group">
  <outline text="Short" title=" Tuổi  Trẻ &#8220;Online&#8221; " type="rss" xmlUrl="https://a.test/rss?x=1&amp;y=2" htmlUrl="https://a.test/"/>
  <outline text='Inner'><outline text='Deep' xmlURL='http://b.test/feed'></outline></outline>
</outline>
<outline type="link" text="No feed" url="http://c.test/"/>
<outline type="rss" text="Names none"/>
</body></opml>)");
  ASSERT_TRUE(opml) << opml.error();
  EXPECT_EQ(opml->title, "Báo & đài");
  EXPECT_FALSE(opml->is_cut);
  ASSERT_EQ(opml->feeds.size(), 3U);
  EXPECT_EQ(opml->feeds[0].title, "Tuổi Trẻ “Online”") << "title comes before text";
  EXPECT_EQ(opml->feeds[0].url, "https://a.test/rss?x=1&y=2");
  EXPECT_EQ(opml->feeds[0].site, "https://a.test/");
  EXPECT_EQ(opml->feeds[0].line, 5U);
  EXPECT_EQ(opml->feeds[1].title, "Deep");
  EXPECT_EQ(opml->feeds[1].url, "http://b.test/feed");
  EXPECT_EQ(opml->feeds[1].line, 6U);
  EXPECT_EQ(opml->feeds[2].title, "Names none");
  EXPECT_EQ(opml->feeds[2].url, "");
}

TEST(Opml, SloppyFilesAreRead) {
  const auto opml = read_opml(
      "<opml><body><outline text=\"A & B\" xmlUrl=\"http://a.test/?a=1&b=2\">"
      "<outline text=B xmlUrl=http://b.test/ ><br></body></opml>");
  ASSERT_TRUE(opml) << opml.error();
  ASSERT_EQ(opml->feeds.size(), 2U);
  EXPECT_EQ(opml->feeds[0].title, "A & B");
  EXPECT_EQ(opml->feeds[0].url, "http://a.test/?a=1&b=2");
  EXPECT_EQ(opml->feeds[1].url, "http://b.test/");
  EXPECT_TRUE(read_opml("<opml><body><outline text='cut' xmlUrl='http://a.te")->is_cut);
  EXPECT_TRUE(read_opml("<opml><body><outline xmlUrl='http://a.test/'/>")->is_cut);
}

TEST(Opml, WhatIsNoneIsRefused) {
  for (const auto* other :
       {"", "<rss><channel/></rss>", "not xml at all", "{\"opml\": 1}", "<!-- <opml></opml> -->"}) {
    const auto opml = read_opml(other);
    ASSERT_FALSE(opml) << other;
    EXPECT_NE(opml.error().find("not OPML"), std::string::npos);
  }
}

TEST(Opml, NothingDeclaredIsExpandedAndNothingIsLoaded) {
  const auto opml = read_opml(
      "<!DOCTYPE opml [<!ENTITY a SYSTEM \"file:///etc/passwd\"><!ENTITY b \"&a;&a;&a;\">]>"
      "<opml><body><outline text=\"&a;&b;\" xmlUrl=\"http://a.test/\"/></body></opml>");
  ASSERT_TRUE(opml) << opml.error();
  ASSERT_EQ(opml->feeds.size(), 1U);
  EXPECT_EQ(opml->feeds.front().title, "&a;&b;");
}

TEST(Opml, NumberAndLengthAreBounded) {
  const auto of = [](std::size_t feeds) {
    std::string out = "<opml><body>";
    for (std::size_t i = 0; i < feeds; ++i) out += "<outline xmlUrl='http://a.test/'/>";
    return out + "</body></opml>";
  };
  EXPECT_EQ(read_opml(of(most_opml_feeds))->feeds.size(), most_opml_feeds);
  const auto more = read_opml(of(most_opml_feeds + 1));
  ASSERT_FALSE(more);
  EXPECT_NE(more.error().find("more than 10000 feeds"), std::string::npos);
  const auto named = read_opml("<opml><outline xmlUrl='http://a.test/' title='" +
                               std::string(100'000, 'x') + "'/></opml>");
  EXPECT_LE(named->feeds.front().title.size(), 300U);
}

TEST(Opml, HostileBytesCostTheirLengthAndNoMore) {
  for (const auto* part : {"<outline>", "<outline text='", "<!--", "<![CDATA[", "</outline>", "<",
                           "<opml><title>", "<outline a='&amp;&x;' ", "\n"}) {
    const auto make = [&](std::size_t bytes) {
      std::string text = "<opml>";
      while (text.size() < bytes) text += part;
      return text;
    };
    EXPECT_TRUE(test::grows_linearly(200'000, make, [](const std::string& text) {
      static_cast<void>(read_opml(text));
    })) << part;
  }
}

TEST(Opml, WhatIsWrittenIsRead) {
  const Opml made{
      .title = "Tất cả <nguồn>",
      .feeds = {
          {.url = "https://a.test/rss?x=1&y=2", .title = "\"A\" & <B>", .site = "https://a.test/"},
          {.url = "http://b.test/", .title = "B\tB\x01"}}};
  const auto written = write_opml(made);
  const auto read = read_opml(written);
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ(read->title, made.title);
  EXPECT_FALSE(read->is_cut);
  ASSERT_EQ(read->feeds.size(), 2U);
  EXPECT_EQ(read->feeds[0].url, made.feeds[0].url);
  EXPECT_EQ(read->feeds[0].title, made.feeds[0].title);
  EXPECT_EQ(read->feeds[0].site, made.feeds[0].site);
  EXPECT_EQ(written.find('\x01'), std::string::npos) << "XML has no such character";
}

}  // namespace
}  // namespace tinwatch::parsers
