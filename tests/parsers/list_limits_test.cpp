#include "core/text.hpp"
#include "lists/xml_reader.hpp"
#include "parsers/listing.hpp"
#include "support/growth.hpp"
#include "support/gzip.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace tinwatch::parsers {
namespace {

using namespace std::chrono_literals;
using test::grows_linearly;
using test::gzip;

constexpr std::size_t plenty = 10 * 1024 * 1024;

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

/// `text` with a number for its #, times over.
std::string numbered(const std::string& text, std::size_t times) {
  const auto at = text.find('#');
  std::string out;
  for (std::size_t i = 0; i < times; ++i) {
    out.append(text, 0, at);
    out += std::to_string(i);
    out.append(text, at + 1);
  }
  return out;
}

Result<Feed, std::string> feed(std::string_view body) {
  return read_feed(body, "https://a.test/", TimeZone::fixed(7h));
}

Result<Sitemap, std::string> sitemap(std::string_view body, std::size_t max_body = plenty) {
  return read_sitemap(body, "https://a.test/", TimeZone::fixed(7h), max_body);
}

std::vector<std::string> addresses(const std::vector<Item>& items) {
  std::vector<std::string> out;
  for (const auto& item : items) out.push_back(item.url);
  return out;
}

using Addresses = std::vector<std::string>;

std::string utf16(std::string_view ascii) {
  std::string out = "\xFF\xFE";
  for (const char c : ascii) {
    out += c;
    out += '\0';
  }
  return out;
}

TEST(SloppyXml, IsReadBehindAnError) {
  const auto found = feed(
      "<rss><channel><item><link>/a?x=1&amp;y=2</link><title>x <b y</title></item>"
      "<item><link>/b?x=1&amp;y=2</link><title>1 < 2 & 3 ]]> 4</title></item></channel></rss>");
  ASSERT_TRUE(found);
  EXPECT_EQ(addresses(found->items),
            (Addresses{"https://a.test/a?x=1&y=2", "https://a.test/b?x=1&y=2"}));
  EXPECT_EQ(found->items[1].headline, "1 < 2 & 3 ]]> 4");
}

TEST(SloppyXml, EndsWhereItIsCut) {
  const auto found =
      feed("<rss><channel><title>T</title><item><link>/a</link></item><item><link>/b");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->title, "T");
  EXPECT_EQ(addresses(found->items), (Addresses{"https://a.test/a", "https://a.test/b"}));
}

TEST(SloppyXml, MayBeginWithABrokenDeclaration) {
  for (const auto* head :
       {"<?xml version='1.0'>", "<?xml version='1.0' encoding='x-none'?>\n<?xml-stylesheet x?>",
        "<!DOCTYPE rss [<!ENTITY a '>]'> <!-- '> ]> --> ]>", "<!doctype rss>", "\n\xEF\xBB\xBF"})
    EXPECT_TRUE(feed(head + std::string("<rss><channel><item><link>/a</link></item></channel>")))
        << head;
}

TEST(SloppyXml, IsReadInTheEncodingItNames) {
  EXPECT_EQ(feed("<?xml version='1.0' encoding='windows-1258'?><rss><title>\xD0\xE0</title></rss>")
                ->title,
            "Đà");
  EXPECT_EQ(feed(utf16("<rss><title>T</title></rss>"))->title, "T");
}

TEST(XmlNames, MayHaveAnyPrefixThatTheRootHas) {
  EXPECT_EQ(addresses(sitemap("<sm:urlset xmlns:sm='u'><sm:url><sm:loc>/a</sm:loc></sm:url>"
                              "<m:url><m:loc>/b</m:loc></m:url></sm:urlset>")
                          ->entries),
            (Addresses{"https://a.test/a", "https://a.test/b"}))
      << "declared or not";
  EXPECT_EQ(addresses(feed("<a:feed><a:entry><a:link href='/a'/></a:entry></a:feed>")->items),
            Addresses{"https://a.test/a"});
}

TEST(XmlLimits, KeepFourHundredAttributesOfATag) {
  const auto link = [](std::size_t before) {
    return "<feed><entry><link " + numbered("a#='>' ", before) + "href='/a'/></entry></feed>";
  };
  EXPECT_EQ(feed(link(399))->items.size(), 1U);
  EXPECT_EQ(feed(link(400))->items.size(), 0U);
  EXPECT_EQ(feed("<feed><entry " + numbered("a#='' ", 1000) + "/><entry><link href='/b'/></entry>")
                ->items.size(),
            1U)
      << "and the tag still ends where it does";
}

TEST(XmlLimits, ALongCdataSectionHidesNoMarkup) {
  const auto found =
      feed("<rss><channel><title><![CDATA[" + std::string(10'000'100, 'x') +
           "</title><item><link>/no</link></item>]]></title><item><link>/a</link></item>");
  ASSERT_TRUE(found);
  EXPECT_EQ(addresses(found->items), Addresses{"https://a.test/a"});
}

TEST(XmlLimits, ADepthWithoutEndHidesNoItem) {
  for (const auto* end : {"</a>", ""}) {
    const auto found =
        feed("<rss><channel><item><link>/a</link></item>" + repeated("<a>", 100'000) +
             repeated(end, 100'000) + "<item><link>/b</link></item>");
    ASSERT_TRUE(found);
    EXPECT_EQ(addresses(found->items), (Addresses{"https://a.test/a", "https://a.test/b"}));
  }
}

TEST(XmlLimits, ReadingEndsInTheMiddleOfAText) {
  // What stands behind a broken tag is the first that tells of it, and that it is enough.
  EXPECT_FALSE(feed("<html><b x " + std::string(1000, 'x')));
  EXPECT_FALSE(sitemap("<html><\xC3\xB1" + std::string(1000, 'x') + "</b>"));
}

TEST(XmlLimits, OfAFeedAreAThousandItemsAndAMebibyteOfText) {
  const auto many =
      feed("<rss><channel>" + repeated("<item><link>/a</link></item>", 5000) + "</channel></rss>");
  EXPECT_EQ(many->items.size(), 1000U);
  const auto longest =
      feed("<feed><entry><link href='/a'/><title>" + repeated("đ", 1'000'000) + "</title></entry>");
  EXPECT_LE(longest->items[0].headline.size(), 1024U * 1024U);
  EXPECT_TRUE(is_valid_utf8(longest->items[0].headline));
}

TEST(XmlLimits, OfASitemapAreFiftyThousandEntries) {
  EXPECT_EQ(sitemap("<urlset>" + repeated("<url><loc>/a</loc></url>", 60'000))->entries.size(),
            50'000U);
  EXPECT_EQ(sitemap(repeated("http://a.test/b\n", 60'000))->entries.size(), 50'000U);
  EXPECT_EQ(sitemap("<urlset><url><loc>/a</loc>" + repeated("<image><loc>/b</loc></image>", 2000) +
                    "</url>")
                ->entries[0]
                .images.size(),
            1000U);
}

TEST(PackedSitemap, IsUnpackedAsAnyBodyIs) {
  const std::string text = "<urlset><url><loc>/a</loc></url></urlset>";
  EXPECT_EQ(sitemap(gzip(text))->entries.size(), 1U);
  EXPECT_EQ(sitemap(gzip(text.substr(0, 20)) + gzip(text.substr(20)))->entries.size(), 1U);
  EXPECT_EQ(
      sitemap(gzip(text), 20).error(),
      "larger than 20 bytes unpacked (fetch.max_body), or over 1 MiB and 100 times its packed "
      "size");
  // 49 MiB in 75 KB, within any max_body.
  const auto bomb = gzip("<urlset>" + repeated("<a/>b", 10'000'000));
  EXPECT_FALSE(sitemap(bomb, std::size_t{256} * 1024 * 1024));
}

TEST(JsonFeed, TakesTheLastOfEachName) {
  const auto found = feed(
      R"({"items":[{"url":"/no"}],"title":1,"items":[{"url":"/no","title":"a","author":{"title":"no"},"url":["/no"],
         "external_url":"/a","summary":"s","tags":["t"]},{"id":"/no"},7,[{"url":"/no"}]],"title":"\u0054"})");
  ASSERT_TRUE(found) << found.error();
  EXPECT_EQ(found->title, "T");
  EXPECT_EQ(addresses(found->items), Addresses{"https://a.test/a"});
  EXPECT_EQ(found->items[0].headline, "a");
  EXPECT_EQ(found->items[0].description, "s");
}

TEST(JsonFeed, SaysWhatIsWrong) {
  EXPECT_EQ(feed("{}").error(), "a JSON Feed without items");
  EXPECT_EQ(feed(R"({"items":{}})").error(), "a JSON Feed without items");
  EXPECT_EQ(feed("{} x").error(), "not JSON: extra data");
  EXPECT_EQ(feed(R"({"items":)").error(), "not JSON: incomplete JSON");
  EXPECT_EQ(feed(R"({"x":)" + std::string(100'000, '[')).error(), "not JSON: too deep");
  EXPECT_EQ(feed(R"({"items":)" + std::string(100'000, '['))->count.cut_at, 1U)
      << "no more is read";
}

// What costs more than its length in a reader that is not bounded.
struct Shape {
  const char* name;
  std::string before;
  std::string unit;  ///< numbered where it holds a #
  std::size_t bytes = 100'000;
};

class ReadingAList : public testing::TestWithParam<Shape> {};

TEST_P(ReadingAList, TakesLinearTime) {
  const auto make = [](std::size_t n) {
    const auto& [name, before, unit, bytes] = GetParam();
    const auto times = n / unit.size();
    return before + (unit.find('#') == unit.npos ? repeated(unit, times) : numbered(unit, times));
  };
  const auto read = [](const std::string& body) {
    if (body.starts_with("<urlset"))
      static_cast<void>(sitemap(body));
    else
      static_cast<void>(feed(body));
  };
  EXPECT_TRUE(grows_linearly(GetParam().bytes, make, read));
}

constexpr std::size_t megabyte = 1'000'000;

INSTANTIATE_TEST_SUITE_P(
    Shapes, ReadingAList,
    testing::Values(
        Shape{"Attributes", "<rss ", "a#='x' "},
        Shape{"AttributesWithPrefixes", "<rss xmlns:p='u' ", "p:a#='x' "},
        Shape{"AttributesBetweenComments", "<rss ", "a#='x' <!---->"},
        Shape{"AttributesBetweenInstructions", "<rss ", "a#='x' <?p?>"},
        Shape{"AttributesInCdata", "<rss><![CDATA[]]\xEF\xBF\xBF> <a ", "a#='x' "},
        Shape{"Namespaces", "<rss ", "xmlns:a#='u' "},
        Shape{"NamespacesInScope", "<rss>", "<a:b xmlns:a='#'>", megabyte},
        Shape{"LongNames", "<rss>", "<" + std::string(5000, 'a') + "#/>", megabyte},
        Shape{"Names", "<rss>", "<a#/>", megabyte},
        Shape{"EndNames", "<rss>", "<a></a#>", megabyte},
        Shape{"InstructionNames", "<rss>", "<?a#?>", megabyte}, Shape{"Deep", "<rss>", "<a>"},
        Shape{"Unclosed", "<rss>", "<a b='"}, Shape{"BrokenTags", "<rss>", "<a "},
        Shape{"Ends", "<rss>", "</a>"}, Shape{"EndsOfNone", "<rss>" + repeated("<b>", 99), "</a>"},
        Shape{"OpenItems", "<rss><channel>", "<item><b><i>"},
        Shape{"OpenQuotes", "<rss>", "<a b=\"c='"}, Shape{"QuotesInATag", "<rss a", "='\""},
        Shape{"Comments", "<rss>", "<!---->"}, Shape{"OpenComments", "<rss>", "<!--"},
        Shape{"Cdata", "<rss>", "<![CDATA[]]>"}, Shape{"OpenCdata", "<rss>", "<![CDATA["},
        Shape{"Instructions", "<rss>", "<?a b?>"}, Shape{"OpenInstructions", "<rss>", "<?a"},
        Shape{"References", "<rss>", "&a#;", megabyte / 4}, Shape{"Numbers", "<rss>", "&#38;"},
        Shape{"Ampersands", "<rss>", "&"}, Shape{"Brackets", "<rss>", "]]>"},
        Shape{"LessThan", "<rss>", "<"},
        Shape{"Entities", "<!DOCTYPE a [", "<!ENTITY a# 'b'>", megabyte},
        Shape{"Defaults", "<!DOCTYPE a [<!ATTLIST a ", "b# CDATA 'c' "},
        Shape{"Parameters", "<!DOCTYPE a [<!ENTITY % a ''>", "%a;"},
        Shape{"Quotes", "<!DOCTYPE a [", "'\""},
        Shape{"Titles", "<rss><channel>", "<title>&lt;b></title>"},
        Shape{"Links", "<rss><channel><item>", "<link>/a</link>"},
        Shape{"Dates", "<rss><channel><item><link>/a</link>", "<created>1 May</created>"},
        Shape{"Locations", "<urlset><url>", "<loc>/a</loc>"},
        Shape{"Entries", "<urlset>", "<url><loc>/a</loc></url>"},
        Shape{"Images", "<urlset><url><loc>/a</loc><image>", "<loc>/a</loc>"},
        Shape{"JsonItems", "{\"items\":[", "{\"url\":\"/a\"},"},
        Shape{"JsonNames", "{\"items\":[{\"url\":\"/a\"", ",\"a#\":0"}),
    [](const auto& shape) { return std::string(shape.param.name); });

}  // namespace
}  // namespace tinwatch::parsers
