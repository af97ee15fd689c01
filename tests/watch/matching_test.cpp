#include "sentences.hpp"
#include "watch/watch_set.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace tinwatch::watch {
namespace {

std::vector<Hit> hits(const std::string& query, const std::string& text, Mode mode = Mode::tone) {
  const ArticleText article({{"body", text}});
  WorkBudget budget;
  auto found =
      WatchSet::compile(
          {{"w", std::make_shared<const Query>(Query::parse(query, {.mode = mode}).value())}})
          ->compare(nullptr, article, {}, budget);
  return found.empty() ? std::vector<Hit>() : std::move(found.front().hit.hits);
}

bool matches(const std::string& query, const std::string& text, Mode mode = Mode::tone) {
  return !hits(query, text, mode).empty();
}

TEST(Matching, KnowsVietnameseWriting) {
  EXPECT_TRUE(matches("\"hòa bình\"", "vì hoà bình, hữu nghị"));
  EXPECT_FALSE(matches("\"hòa bình\"", "vì hoà bình", Mode::exact));
  EXPECT_TRUE(matches("\"quan khu 7\"", "Quân khu 7 Online", Mode::fold));
  EXPECT_FALSE(matches("\"quan khu 7\"", "Quân khu 7 Online"));
  EXPECT_FALSE(matches("\"Quân khu 7\"", "Quân khu 70"));
  EXPECT_TRUE(matches("\"Việt Nam Campuchia\"", "Việt Nam – Campuchia"));
  EXPECT_TRUE(matches("điện", "\u0111i\u00ea\u0323n")) << "partly composed";
  EXPECT_TRUE(matches("Đảng", "\u00d0ẢNG ỦY")) << "Eth for D with stroke";
}

TEST(Matching, PhrasesRunOverWhatJoins) {
  EXPECT_TRUE(matches("\"Quân khu 7\"", "Quân khu\n7"));
  EXPECT_FALSE(matches("\"Quân khu 7\"", "Quân khu\n\n7"));
  EXPECT_FALSE(matches("\"Quân khu 7\"", "Quân khu\r\n \r\n7"));
  EXPECT_FALSE(matches("\"Quân khu 7\"", "thuộc Quân khu, 7 đơn vị"));
  EXPECT_TRUE(matches("\"mực, tiêu\"", "mực, tiêu"));
  EXPECT_TRUE(matches("\"mực, tiêu\"", "mực tiêu")) << "blanks always join";
  EXPECT_FALSE(matches("\"mực, tiêu\"", "mực; tiêu"));
  EXPECT_TRUE(matches("\"TP Hồ\"", "TP. Hồ Chí Minh"));
  EXPECT_FALSE(matches("\"hết lũ\"", "đã hết. Lũ lên"));
}

TEST(Matching, TokensOfOtherScripts) {
  EXPECT_TRUE(matches("straße", "STRASSE", Mode::exact));
  EXPECT_TRUE(matches("東京", "在東京都")) << "written without blanks: each sign is a word";
  EXPECT_FALSE(matches("東都", "在東京都"));
  EXPECT_TRUE(matches("กรุงเทพ", "ที่กรุงเทพมหานคร"));
  EXPECT_TRUE(matches("हिन्दी", "मैं हिन्दी बोलता")) << "vowel signs are of the word";
  EXPECT_FALSE(matches("ह", "हिन्दी"));
  EXPECT_TRUE(matches("москва", "МОСКВА"));
}

TEST(Matching, TellsWhereAndWhat) {
  const auto found = hits("\"cứu hộ\"", "Đêm qua mưa. Đội CỨU  HỘ đến lúc 5.30. Xong.");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].field, "body");
  EXPECT_EQ(found[0].offset, 17U) << "characters, not bytes";
  EXPECT_EQ(found[0].words, "CỨU HỘ");
  EXPECT_EQ(found[0].sentence, "Đội CỨU HỘ đến lúc 5.30.");
}

TEST(Matching, CountsCharactersOfALongText) {
  std::string text;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < 40; ++i) {  // 100 characters and 137 bytes each
    places.push_back(100 * i);
    text +=
        "Đò về. Nước ở bến đã rút, người bán hàng quay lại chợ, thuyền buồm ra khơi từ lúc trời "
        "hãy còn tối. ";
  }
  const auto found = hits("\"đò về\"", text);
  ASSERT_EQ(found.size(), places.size());
  for (std::size_t i = 0; i < places.size(); ++i) {
    EXPECT_EQ(found[i].offset, places[i]);
    EXPECT_EQ(found[i].sentence, "Đò về.");
  }
}

TEST(FieldPlaces, KeepsSoManySentencesAndTellsOfAll) {
  std::string text;
  while (text.size() < 60'000) text += "nước lên ";  // and no full stop
  FieldPlaces places(text);
  const auto step = std::string("nước lên ").size();
  for (std::size_t at = 0; at + step <= text.size(); at += step) {
    const auto sentence = places.sentence_at(at, at + 4);
    ASSERT_LE(sentence.size(), 4'010U);
    ASSERT_EQ(sentence, places.sentence_at(at, at + 4));
  }
  EXPECT_EQ(places.kept(), FieldPlaces::most_kept);
}

TEST(Matching, ASentenceEndsWithItsQuotationAndInAnyScript) {
  const auto sentence = [](const std::string& query, const std::string& text) {
    return hits(query, text).at(0).sentence;
  };
  EXPECT_EQ(sentence("lũ", "Ông nói: “Nước rút.” Đêm qua lũ về. Xong."), "Đêm qua lũ về.");
  EXPECT_EQ(sentence("rút", "Ông nói: “Nước rút.” Đêm qua lũ về."), "Ông nói: “Nước rút.”");
  EXPECT_EQ(sentence("東京", "大阪。東京は雨！晴れ。"), "東京は雨！");
  EXPECT_EQ(sentence("晴", "大阪。東京は雨！晴れ。"), "晴れ。");
}

TEST(Matching, WhatIsBehindTheLastHitThatIsListedIsNoEdit) {
  std::string text;
  for (int i = 0; i < 80; ++i) text += "Bến " + std::to_string(i) + " có lũ. ";
  const ArticleText before({{"body", text}});
  const ArticleText after({{"body", "Bến mới có lũ. " + text}});
  const auto set =
      WatchSet::compile({{"w", std::make_shared<const Query>(Query::parse("lũ").value())}});
  WorkBudget budget;
  const auto found = set->compare(&before, after, {.event = "revised"}, budget);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].hit.hits.size(), 50U);
  EXPECT_EQ(found[0].hit.hits[0].sentence, "Bến mới có lũ.");
  EXPECT_TRUE(std::none_of(found[0].hit.hits.begin(), found[0].hit.hits.end(), [](const Hit& hit) {
    return hit.in_old_text;
  })) << "nothing is gone";
}

TEST(Matching, HitsAreOfWhatMadeItMatch) {
  const auto words = [](const std::vector<Hit>& all) {
    std::vector<std::string> out;
    for (const auto& one : all) out.push_back(one.words);
    return out;
  };
  using Words = std::vector<std::string>;
  EXPECT_EQ(words(hits("(a AND x) OR b", "a b")), Words{"b"}) << "the other half did not";
  EXPECT_EQ(words(hits("a NOT c", "a b")), Words{"a"});
  EXPECT_EQ(words(hits("a NEAR/1 b", "a 1 2 b 3 4 A B")), (Words{"A", "B"}))
      << "only those that stand near";
  EXPECT_EQ(words(hits("/b./", "a bc bd")), (Words{"bc", "bd"}));
  EXPECT_EQ(hits("a",
                 [] {
                   std::string out;
                   for (int i = 0; i < 200; ++i) out += "a ";
                   return out;
                 }())
                .size(),
            50U);
}

TEST(Matching, TheLeadIsFoundOnce) {
  const ArticleText article({{"description", "có lũ"}, {"body", "có lũ\n\nhết"}});
  WorkBudget budget;
  const auto set =
      WatchSet::compile({{"all", std::make_shared<const Query>(Query::parse("lũ").value())},
                         {"lead", std::make_shared<const Query>(Query::parse("lead:lũ").value())}});
  const auto found = set->compare(nullptr, article, {}, budget);
  ASSERT_EQ(found.size(), 2U);
  ASSERT_EQ(found[0].hit.hits.size(), 1U);
  EXPECT_EQ(found[0].hit.hits[0].field, "body");
  EXPECT_EQ(found[1].hit.hits[0].field, "description");
}

TEST(Matching, TheDatelineIsNobodys) {
  const ArticleRecord record{
      .headline = "H",
      .dateline = "Đồng Nai",
      .description = "Lũ lớn",
      .body = {{BlockType::lead, "(Đồng Nai) - Lũ lớn"}, {BlockType::paragraph, "Tại Đồng Nai"}},
      .keywords = {"mưa", "lũ quét"}};
  const EditorialState state(record);
  const ArticleText article(record, state, "qk7");
  WorkBudget budget;
  const auto set = WatchSet::compile(
      {{"place", std::make_shared<const Query>(Query::parse("\"Đồng Nai\"").value())},
       {"tag",
        std::make_shared<const Query>(Query::parse("keywords:\"lũ quét\" source:qk7").value())}});
  const auto found = set->compare(nullptr, article, {}, budget);
  ASSERT_EQ(found.size(), 2U);
  ASSERT_EQ(found[0].hit.hits.size(), 1U);
  EXPECT_EQ(found[0].hit.hits[0].offset, 25U) << "the second one";
}

}  // namespace
}  // namespace tinwatch::watch
