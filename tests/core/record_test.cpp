#include "core/record.hpp"

#include "core/editorial_state.hpp"
#include "core/uuid.hpp"

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

namespace tinwatch {
namespace {

using namespace std::chrono_literals;

ArticleRecord full() {
  ArticleRecord record{.url = "https://a.test/1",
                       .canonical_url = "https://a.test/1",
                       .identifier = "1",
                       .in_language = "vi",
                       .site_name = "A",
                       .headline = "Tiêu đề",
                       .article_section = {"Gốc", "Nhánh"},
                       .dateline = "QK7 Online",
                       .description = "Sapo.",
                       .author = {"Một Người"},
                       .image = {{"https://a.test/1.jpg", "Chú thích", ""}},
                       .body = {{BlockType::lead, "(QK7 Online) - Sapo."},
                                {BlockType::paragraph, "Đoạn một."},
                                {BlockType::caption, "Chú thích"}},
                       .keywords = {"a"},
                       .view_count = 12,
                       .related_items = {{"Bài khác", "https://a.test/2"}}};
  record.date_published = PrintedDate{.time = {*civil(2026, 3, 4, 9, 44, 0), 7h},
                                      .raw = "Thứ tư, 04/03/2026, 16:44 (GMT+7)",
                                      .precision = DatePrecision::minute};
  record.provenance["headline"] = "text";
  return record;
}

TEST(Record, SurvivesItsJson) {
  const auto record = full();
  const auto again = record_from_json(boost::json::serialize(to_json(record)));
  EXPECT_EQ(boost::json::serialize(to_json(again)), boost::json::serialize(to_json(record)));
  EXPECT_EQ(again.date_published, record.date_published);
  EXPECT_EQ(again.body, record.body);
}

TEST(Record, AnEmptyFieldIsAbsent) {
  const auto json = to_json(ArticleRecord{.url = "https://a.test/", .headline = "x"});
  EXPECT_FALSE(json.contains("author"));
  EXPECT_FALSE(json.contains("datePublished"));
  EXPECT_FALSE(json.contains("dateline"));
}

TEST(EditorialHash, IgnoresReadingsAndChrome) {
  auto record = full();
  const auto hash = editorial_hash(record);
  record.view_count = 9999;
  record.related_items.clear();
  record.date_modified = record.date_published;
  record.site_name = "B";
  record.provenance.clear();
  EXPECT_EQ(editorial_hash(record), hash);
  record.body[1].text = "Đoạn hai.";
  EXPECT_NE(editorial_hash(record), hash);
}

TEST(EditorialState, IsWhatTheRecordTellsWhenItIsWritten) {
  const ReadArticle read(full());
  EXPECT_EQ(read.state.fields, editorial_fields(full()));
  EXPECT_EQ(read.state.hash, editorial_hash(full()));
  EXPECT_EQ(to_json(read.record, read.state.hash), to_json(full()));
}

TEST(PrintedDate, IsReducedToItsPrecision) {
  PrintedDate date{.time = {*civil(2024, 1, 1, 0, 0, 0), 0min},
                   .raw = "2024-01",
                   .precision = DatePrecision::month};
  EXPECT_EQ(date.text(), "2024-01");
  date.precision = DatePrecision::day;
  EXPECT_EQ(date.text(), "2024-01-01");
}

TEST(Uuid, IsVersion7AndSortsByTime) {
  const auto a = new_uuid(*civil(2026, 3, 4, 0, 0, 0));
  const auto b = new_uuid(*civil(2026, 3, 4, 0, 0, 1));
  EXPECT_TRUE(is_uuid(a));
  EXPECT_EQ(a[14], '7');
  EXPECT_LT(a, b);
  EXPECT_FALSE(is_uuid("not-a-uuid"));
}

}  // namespace
}  // namespace tinwatch
