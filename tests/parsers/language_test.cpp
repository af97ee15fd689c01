#include "language/words.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace tinwatch::parsers::language {
namespace {

TEST(LanguageFiles, HoldWordsOfKnownKindsOnly) {
  for (const auto& fault : Words::all().faults()) ADD_FAILURE() << fault;
}

TEST(LanguageFiles, AreThereForEachLanguageWithAllThatListsNeed) {
  for (const auto* language : {"vi", "en", "de", "fr", "es", "ru", "ar", "zh", "ja"}) {
    const auto files = language_files();
    const auto file = std::find_if(files.begin(), files.end(),
                                   [&](const auto& one) { return one.language == language; });
    ASSERT_NE(file, files.end()) << language;
    const Words words({file, 1});
    for (std::size_t kind = 0; kind < kind_names.size(); ++kind)
      EXPECT_FALSE(words.of(static_cast<WordKind>(kind)).empty())
          << language << ": " << kind_names.at(kind);
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
