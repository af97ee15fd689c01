#include "watch/match.hpp"

#include <gtest/gtest.h>

namespace tinwatch::watch {
namespace {

bool matches(const std::string& query, const std::string& text, Mode mode = Mode::tone) {
  std::vector<EditorialField> fields{{"headline", "Tin bóng đá"}, {"body", text}};
  return match(Query::parse(query, mode).value(), Haystack(std::move(fields), mode)).matches;
}

EditorialState article(std::string text) {
  return EditorialState({.headline = "H", .body = {{BlockType::paragraph, std::move(text)}}});
}

TEST(Query, CombinesTerms) {
  EXPECT_TRUE(matches("lũ bão", "bão rồi lũ"));
  EXPECT_FALSE(matches("lũ bão", "bão rồi"));
  EXPECT_TRUE(matches("\"biên giới\" AND (Campuchia OR Lào)", "tuyến biên giới với Lào"));
  EXPECT_FALSE(matches("\"biên giới\" AND (Campuchia OR Lào)", "tuyến biên giới phía bắc"));
  EXPECT_FALSE(matches("bão NOT headline:\"bóng đá\"", "bão lớn"));
  EXPECT_TRUE(matches("bão NOT headline:lũ", "bão lớn và lũ"));
  EXPECT_FALSE(matches("headline:bão", "bão lớn")) << "it stands in the body alone";
  EXPECT_TRUE(matches("a OR b AND c", "a"));
  EXPECT_FALSE(matches("(a OR b) AND c", "a"));
  EXPECT_TRUE(matches("NOT NOT a", "a"));
}

TEST(Query, SaysWhatIsWrongAndWhere) {
  const auto fault = [](const char* text) { return Query::parse(text, Mode::tone).error(); };
  EXPECT_EQ(fault(""), "the query is empty");
  EXPECT_EQ(fault("(a"), "'(' is never closed at byte 1");
  EXPECT_EQ(fault("a)"), "')' without '(' at byte 2");
  EXPECT_EQ(fault("a OR"), "'OR' has nothing after it at byte 3");
  EXPECT_EQ(fault("AND a"), "'AND' has nothing before it at byte 1");
  EXPECT_EQ(fault("\"a"), "quotation mark is never closed at byte 1");
  EXPECT_EQ(fault("titel:a").substr(0, 21), "unknown field 'titel'");
  EXPECT_EQ(fault("\"...\""), "no letter or digit in the term at byte 1");
}

TEST(Query, DeepNestingIsALoop) {
  const std::string deep = std::string(100000, '(') + "a" + std::string(100000, ')');
  EXPECT_TRUE(matches(deep, "a"));
}

TEST(Match, KnowsVietnameseWriting) {
  EXPECT_TRUE(matches("\"hòa bình\"", "vì hoà bình, hữu nghị"));
  EXPECT_FALSE(matches("\"hòa bình\"", "vì hoà bình", Mode::exact));
  EXPECT_TRUE(matches("\"quan khu 7\"", "Quân khu 7 Online", Mode::fold));
  EXPECT_FALSE(matches("\"quan khu 7\"", "Quân khu 7 Online"));
  EXPECT_FALSE(matches("\"Quân khu 7\"", "Quân khu 70"));
  EXPECT_FALSE(matches("\"Quân khu 7\"", "thuộc Quân khu, 7 đơn vị"));
  EXPECT_TRUE(matches("\"Quân khu 7\"", "Quân khu\n7"));
  EXPECT_FALSE(matches("\"Quân khu 7\"", "Quân khu\n\n7"));
  EXPECT_TRUE(matches("\"Việt Nam Campuchia\"", "Việt Nam – Campuchia"));
}

TEST(Match, TellsWhereAndWhat) {
  std::vector<EditorialField> fields{{"body", "Đội CỨU HỘ đến."}};
  const auto found = match(Query::parse("\"cứu hộ\"", Mode::tone).value(),
                           Haystack(std::move(fields), Mode::tone));
  ASSERT_EQ(found.hits.size(), 1U);
  EXPECT_EQ(found.hits[0], (Hit{"body", 7, "CỨU HỘ"}));
}

std::optional<WatchHit> compare(const Query& query, const EditorialState* before,
                                const EditorialState& after) {
  WorkBudget budget;
  return Comparison(before, after).find(query, budget);
}

TEST(Compare, SpeaksOfTransitions) {
  const auto query = Query::parse("lũ", Mode::tone).value();
  const auto dry = article("Trời nắng. Không có gì.");
  const auto flood = article("Trời nắng. Có lũ lớn.");
  const auto flood_elsewhere_edited = article("Trời mưa. Có lũ lớn.");
  const auto flood_edited = article("Trời nắng. Có lũ nhỏ.");
  EXPECT_EQ(compare(query, nullptr, flood)->transition, Transition::appeared);
  EXPECT_FALSE(compare(query, nullptr, dry));
  EXPECT_EQ(compare(query, &dry, flood)->transition, Transition::appeared);
  EXPECT_EQ(compare(query, &flood, dry)->transition, Transition::disappeared);
  EXPECT_EQ(compare(query, &flood, flood_edited)->transition, Transition::changed);
  EXPECT_FALSE(compare(query, &flood, flood_elsewhere_edited)) << "an edit elsewhere is no hit";
}

}  // namespace
}  // namespace tinwatch::watch
