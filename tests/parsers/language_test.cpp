#include "language/patterns.hpp"
#include "language/phrase_set.hpp"
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

TEST(Words, SayCheaplyWhatNoneOfThemBegins) {
  const std::vector<LanguageFile> files = {
      {.language = "xx", .text = "next: next, älter, página, ćao"}};
  const Words words(files);
  const auto& next = words.of(WordKind::next);
  for (const auto* const text : {"Nobody", "older", "paper", "caos"})
    EXPECT_FALSE(next.may_begin(text)) << text;
  for (const auto* const text : {"NEXT", "never", "älter", "Página", "p", "ne"})
    EXPECT_TRUE(next.may_begin(text)) << text;
  // A mark makes another letter of the one before it: c and U+0301.
  EXPECT_TRUE(next.may_begin("c\u0301ao"));
  EXPECT_TRUE(next.contains("C\u0301AO"));
  EXPECT_TRUE(next.contains("PA\u0301GINA"));
  EXPECT_TRUE(Words(std::vector<LanguageFile>{{.language = "xx", .text = "topic: office"}})
                  .of(WordKind::topic)
                  .contains("o\uFB03ce"))
      << "a ligature is its letters";
}

TEST(Words, AreFoundByWhatTheyBeginWith) {
  for (std::size_t kind = 0; kind <= static_cast<std::size_t>(WordKind::particle); ++kind) {
    const auto& set = Words::all().of(static_cast<WordKind>(kind));
    for (const auto& word : Words::all().listed(static_cast<WordKind>(kind)))
      EXPECT_TRUE(set.contains(word.text)) << word.text;
  }
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

/// Of all languages; what they do is shown with words that stand in the files.
TEST(PhraseSet, EndsWhereWordsEnd) {
  const PhraseSet pointer{WordKind::pointer};
  EXPECT_TRUE(pointer.opens("Read more: the storm"));
  EXPECT_TRUE(pointer.opens("READ MORE"));
  EXPECT_FALSE(pointer.opens("Read moreover"));
  EXPECT_FALSE(pointer.opens("I read more"));
  EXPECT_TRUE(pointer.opens("相关阅读")) << "no blanks are written";
  const PhraseSet published{WordKind::published};
  const auto found = published.find("(published 4 May)");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->begin, 1U);
  EXPECT_EQ(found->end, 10U);
  EXPECT_FALSE(published.find("unpublished 4 May"));
  EXPECT_FALSE(published.find("publishedly 4 May"));
  EXPECT_TRUE(published.find("2026年发布"));
}

TEST(PhraseSet, KnowsTheMarksInWords) {
  const PhraseSet pointer{WordKind::pointer};
  EXPECT_TRUE(pointer.opens("Don’t miss"));
  EXPECT_TRUE(pointer.opens("Don't miss"));
  EXPECT_TRUE(pointer.opens("Image 12 of 30"));
  const PhraseSet newsletter{WordKind::newsletter};
  EXPECT_TRUE(newsletter.is_whole("Get our daily morning newsletter for free"));
  EXPECT_TRUE(newsletter.is_whole("Subscribe now!"));
  EXPECT_FALSE(newsletter.is_whole("Get our boat. The newsletter says so"));
  EXPECT_FALSE(newsletter.is_whole("Get our newsletter. It is free"));
}

TEST(PhraseSet, TakesTheLongestWordAndAnyWhereNothingElseIsAsked) {
  const PhraseSet by{WordKind::by, WordKind::made_by};
  EXPECT_EQ(by.opening("Written by Jane Rowe"), 10U);
  const PhraseSet views{WordKind::views};
  const auto ends = views.ends("page views today");
  ASSERT_FALSE(ends.empty());
  EXPECT_EQ(ends.back(), 10U);
  EXPECT_TRUE(views.stands_in("1,420 views"));
  EXPECT_TRUE(views.stands_in("1.420 LƯỢT XEM"));
  EXPECT_FALSE(views.stands_in("1,420"));
}

TEST(PhraseSet, OfNoWordFindsNothing) {
  const PhraseSet none{};
  EXPECT_FALSE(none.opens(""));
  EXPECT_FALSE(none.opens("x"));
  EXPECT_FALSE(none.stands_in("x"));
  EXPECT_FALSE(none.find("x"));
  EXPECT_FALSE(PhraseSet{WordKind::views}.is_whole(""));
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
