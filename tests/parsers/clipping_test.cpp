#include "article/clipping.hpp"

#include "core/text.hpp"
#include "parsers/article.hpp"

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

namespace tinwatch::parsers {
namespace {

using namespace std::chrono_literals;

std::size_t text_in(const ArticleRecord& record) {
  std::size_t out = 0;
  for (const auto& block : record.body) out += block.text.size();
  return out;
}

ArticleRecord extracted(const std::string& html) {
  WorkBudget budget(10min);  // a sanitizer's, on a machine that does other things
  return extract_article(decode("https://a.test/mot-bai-viet-123456.html", "", html),
                         Site::generic(TimeZone::fixed(7h)), budget)
      .value();
}

std::string paragraph(int number) {
  return "<p>Đoạn văn thứ " + std::to_string(number) +
         " nói về con sông, về cây cầu gỗ và về những người qua lại trên cầu mỗi ngày.</p>";
}

std::string long_page(int paragraphs) {
  std::string out = "<title>Một bài viết rất dài</title><h1>Một bài viết rất dài</h1>";
  for (int i = 1; i <= paragraphs; ++i) out += paragraph(i);
  return out;
}

TEST(Clipping, LeavesAnArticleAlone) {
  const auto record = extracted(long_page(100));
  EXPECT_FALSE(record.truncated);
  EXPECT_FALSE(to_json(record).contains("truncated"));
}

TEST(Clipping, KeepsAMegabyteOfTextAndSaysSo) {
  const auto record = extracted(long_page(20'000));
  EXPECT_TRUE(record.truncated);
  EXPECT_LE(text_in(record), most_text);
  EXPECT_GT(text_in(record), most_text - 200);
  EXPECT_NE(record.body[1].text.find("thứ 2 "), std::string::npos) << "from the beginning";
  EXPECT_TRUE(is_valid_utf8(record.body.back().text));

  const auto json = to_json(record);
  EXPECT_TRUE(json.at("truncated").as_bool());
  const auto again = record_from_json(boost::json::serialize(json));
  EXPECT_TRUE(again.truncated);
  EXPECT_EQ(editorial_hash(again), editorial_hash(record));
}

TEST(Clipping, IsStable) {
  const auto state = editorial_hash(extracted(long_page(20'000)));
  EXPECT_EQ(editorial_hash(extracted(long_page(20'001))), state)
      << "what is beyond the megabyte is no part of the state";
}

TEST(Clipping, CutsEveryOtherTextToo) {
  ArticleRecord record;
  const std::string giant(3 * most_text, 'x');
  record.headline = record.description = record.site_name = giant;
  record.body = {{BlockType::caption, giant}, {BlockType::paragraph, "y"}};
  record.image = {{"https://a.test/1.jpg", giant, giant}};
  record.author = {giant};
  record.keywords.assign(2 * most_values, giant.substr(0, 3));
  record.related_items.push_back({giant, "https://a.test/", "", giant});
  record.publisher = Publisher{.name = giant, .email = {giant}};
  record.series = Series{.name = giant};
  clip_text(record);
  EXPECT_TRUE(record.truncated);
  ASSERT_EQ(record.body.size(), 1U);
  EXPECT_EQ(record.body[0].text.size(), most_text);
  EXPECT_EQ(record.keywords.size(), most_values);
  EXPECT_LT(boost::json::serialize(to_json(record)).size(), 2 * most_text);
}

TEST(Clipping, CutsBetweenCharacters) {
  ArticleRecord record;
  for (std::size_t i = 0; i < longest_field; ++i) record.headline += "ệ";
  clip_text(record);
  EXPECT_TRUE(is_valid_utf8(record.headline));
  EXPECT_EQ(record.headline.size(), longest_field / 3 * 3);
}

TEST(Clipping, BoundsTheNumberOfBlocks) {
  ArticleRecord record;
  record.body.assign(3 * most_blocks, {BlockType::paragraph, "x"});
  clip_text(record);
  EXPECT_EQ(record.body.size(), most_blocks);
  EXPECT_TRUE(record.truncated);
}

}  // namespace
}  // namespace tinwatch::parsers
