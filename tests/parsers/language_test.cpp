#include "language/patterns.hpp"
#include "language/words.hpp"
#include "regex.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace tinwatch::parsers::language {
namespace {

TEST(LanguageFiles, HoldWordsOfKnownKindsOnly) {
  for (const auto& fault : Words::all().faults()) ADD_FAILURE() << fault;
}

TEST(LanguageFiles, AreThereForEachLanguageWithAllThatListsNeed) {
  for (const auto* language :
       {"vi", "en", "de", "fr", "es", "pt", "it", "nl", "pl", "ru", "uk", "tr",
        "ar", "fa", "hi", "th", "id", "zh", "ja", "ko", "cs", "da", "sv"}) {
    const auto files = language_files();
    const auto file = std::find_if(files.begin(), files.end(),
                                   [&](const auto& one) { return one.language == language; });
    ASSERT_NE(file, files.end()) << language;
    const Words words({file, 1});
    for (const auto kind : {WordKind::topic, WordKind::mixed, WordKind::service, WordKind::article,
                            WordKind::next, WordKind::more})
      EXPECT_FALSE(words.of(kind).empty())
          << language << ": " << kind_names.at(static_cast<std::size_t>(kind));
  }
}

TEST(Words, AreReadFromLinesAndSayWhatIsNone) {
  const std::vector<LanguageFile> files = {
      {.language = "xx", .text = "# comment\ntopic: one, two words ,\ntopic: Ärger\n"},
      {.language = "yy", .text = "\ntopik: three\nfour\n"}};
  const Words words(files);
  const auto& topics = words.of(WordKind::topic);
  EXPECT_TRUE(topics.contains("one"));
  EXPECT_TRUE(topics.contains("Two Words"));
  EXPECT_TRUE(topics.contains("ÄRGER"));
  EXPECT_FALSE(topics.contains(""));
  EXPECT_FALSE(topics.contains("three"));
  EXPECT_EQ(words.faults(), (std::vector<std::string>{"yy:2: 'topik' is no kind of words",
                                                      "yy:3: 'four' is no kind of words"}));
}

TEST(Words, AreNumberedWhereTheirKindCounts) {
  const std::vector<LanguageFile> files = {
      {.language = "xx", .text = "month-1: one\nmonth-12: two, three\nmonth-mark: m\n"},
      {.language = "yy", .text = "month-13: no\nmonth: no\nmonth-: no\ntopic-1: no\nmonth-1x: no"}};
  const Words words(files);
  const auto& months = words.listed(WordKind::month);
  ASSERT_EQ(months.size(), 3U);
  EXPECT_EQ(months[0].number, 1);
  EXPECT_EQ(months[2].text, "three");
  EXPECT_EQ(months[2].number, 12);
  EXPECT_EQ(words.listed(WordKind::month_mark).size(), 1U);
  EXPECT_EQ(words.faults().size(), 5U);
}

/// Patterns are of all languages; what they do is shown with words that stand in the files.
TEST(Patterns, EndWhereWordsEnd) {
  const RE2 opening('^' + any_opening({WordKind::pointer}), any_case());
  EXPECT_TRUE(RE2::PartialMatch("Read more: the storm", opening));
  EXPECT_TRUE(RE2::PartialMatch("READ MORE", opening));
  EXPECT_FALSE(RE2::PartialMatch("Read moreover", opening));
  EXPECT_TRUE(RE2::PartialMatch("相关阅读", opening)) << "no blanks are written";
  const RE2 whole(any_whole({WordKind::published}), any_case());
  EXPECT_TRUE(RE2::PartialMatch("(published 4 May)", whole));
  EXPECT_FALSE(RE2::PartialMatch("unpublished 4 May", whole));
  EXPECT_TRUE(RE2::PartialMatch("2026年发布", whole));
}

TEST(Patterns, KnowTheMarksInWords) {
  const RE2 pointer('^' + any_opening({WordKind::pointer}), any_case());
  EXPECT_TRUE(RE2::PartialMatch("Don’t miss", pointer));
  EXPECT_TRUE(RE2::PartialMatch("Don't miss", pointer));
  EXPECT_TRUE(RE2::PartialMatch("Image 12 of 30", pointer));
  const RE2 newsletter('^' + any_of({WordKind::newsletter}) + '$', any_case());
  EXPECT_TRUE(RE2::PartialMatch("Get our daily morning newsletter for free", newsletter));
  EXPECT_FALSE(RE2::PartialMatch("Get our boat. The newsletter says so", newsletter));
  EXPECT_FALSE(RE2::PartialMatch("Get our newsletter. It is free", newsletter));
}

TEST(Patterns, OfNoWordMatchNothing) {
  const RE2 none(any_of({}));
  EXPECT_TRUE(none.ok());
  EXPECT_FALSE(RE2::PartialMatch("", none));
  EXPECT_FALSE(RE2::PartialMatch("x", none));
}

TEST(CountWords, CountsAsReadersDo) {
  EXPECT_DOUBLE_EQ(count_words(""), 0);
  EXPECT_DOUBLE_EQ(count_words("Phà ra cù lao ngừng chạy"), 6);
  EXPECT_DOUBLE_EQ(count_words("Ferry – stopped!"), 2) << "a dash is no word";
  EXPECT_DOUBLE_EQ(count_words("渡轮因缺油中午停航吗啊"), 5);
  EXPECT_DOUBLE_EQ(count_words("東京ABC大阪"), 4 / 2.2 + 1);
  EXPECT_GT(count_words("เรือข้ามฟากหยุดวิ่งตั้งแต่เที่ยงวัน"), 5);
  EXPECT_LT(count_words("กีฬา"), 1.5) << "Sport";
}

}  // namespace
}  // namespace tinwatch::parsers::language
