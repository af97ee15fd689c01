#include "monitor/change.hpp"

#include "parsers/note.hpp"

#include <gtest/gtest.h>

namespace tinwatch::monitor {
namespace {

ArticleRecord record(std::string headline, std::string text) {
  return {.url = "https://a.test/",
          .headline = std::move(headline),
          .body = {{BlockType::paragraph, std::move(text)}}};
}

std::optional<Change> change_between(const ArticleRecord& before, const ArticleRecord& after) {
  return detect_change(EditorialState(before), EditorialState(after), parsers::note_in);
}

TEST(DetectChange, NamesFieldsAndWords) {
  const auto change =
      change_between(record("H", "chi phí 5 tỷ đồng"), record("H", "chi phí 6 tỷ đồng"));
  ASSERT_TRUE(change);
  EXPECT_EQ(change->fields, std::vector<std::string>{"body"});
  EXPECT_EQ(change->words_removed, std::vector<std::string>{"5"});
  EXPECT_EQ(change->words_added, std::vector<std::string>{"6"});
  EXPECT_EQ(change->change_class, ChangeClass::fact);
  EXPECT_GT(change->significance, 0);
}

TEST(DetectChange, ClassesByFieldAndAmount) {
  EXPECT_EQ(change_between(record("H", "x"), record("K", "x"))->change_class,
            ChangeClass::headline);
  EXPECT_EQ(change_between(record("H", "x"), record("H", "x a b c d e f g"))->change_class,
            ChangeClass::addition);
  EXPECT_EQ(change_between(record("H", "x a b c d e f g"), record("H", "x"))->change_class,
            ChangeClass::cut);
  auto with_image = record("H", "x");
  with_image.image.push_back({"https://a.test/1.jpg", "", ""});
  EXPECT_EQ(change_between(record("H", "x"), with_image)->change_class, ChangeClass::image);
}

TEST(DetectChange, SeesNoneInReadings) {
  auto after = record("H", "x");
  after.view_count = 7;
  EXPECT_FALSE(change_between(record("H", "x"), after));
}

}  // namespace
}  // namespace tinwatch::monitor
