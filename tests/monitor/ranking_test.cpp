#include "core/text.hpp"
#include "monitor/change.hpp"
#include "parsers/note.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iostream>

/// What people are shown first. The sentences of ranking.tsv and the last thirty of disclosed.tsv
/// measure: the rules were not tuned on them.
namespace tinwatch::monitor {
namespace {

std::vector<std::vector<std::string>> rows(const std::string& file) {
  std::ifstream in(std::string(TINWATCH_ROOT "/tests/monitor/change_pairs/") + file);
  std::vector<std::vector<std::string>> out;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with('#') || line.empty()) continue;
    auto& row = out.emplace_back();
    for (const auto cell : split(line, '\t')) row.emplace_back(cell);
  }
  return out;
}

/// A long article with the sentence in its middle.
EditorialState article(const std::string& sentence) {
  ArticleRecord record;
  record.headline = "Chuyện ở một huyện ven sông";
  for (int i = 0; i < 40; ++i) {
    record.body.push_back(
        {BlockType::paragraph, "Đoạn thứ " + std::to_string(i) +
                                   " kể về bến đò, con đường và những mùa nước nổi của vùng này."});
    if (i == 20) record.body.push_back({BlockType::paragraph, sentence});
  }
  return EditorialState(record);
}

std::optional<Change> change_between(const EditorialState& before, const EditorialState& after) {
  return detect_change(before, after, parsers::note_in);
}

TEST(Ranking, ANumberANameOrADateStandsAboveATypoAndAToneMark) {
  std::vector<std::pair<double, std::string>> facts;
  std::vector<std::pair<double, std::string>> slips;
  for (const auto& row : rows("ranking.tsv")) {
    const auto change = change_between(article(row[1]), article(row[2]));
    ASSERT_TRUE(change) << row[1];
    auto& list = row[0] == "typo" || row[0] == "tone" ? slips : facts;
    list.emplace_back(change->significance,
                      std::string(label(change->change_class)) + ": " + row[1] + " -> " + row[2]);
  }
  ASSERT_EQ(facts.size(), 50U);
  ASSERT_EQ(slips.size(), 50U);
  std::size_t right = 0;
  for (const auto& fact : facts)
    for (const auto& slip : slips) right += fact.first > slip.first ? 1 : 0;
  for (const auto& [significance, what] : facts)
    if (significance < 0.5) std::cout << significance << ' ' << what << '\n';
  for (const auto& [significance, what] : slips)
    if (significance > 0.1) std::cout << significance << ' ' << what << '\n';
  const double share =
      static_cast<double>(right) / static_cast<double>(facts.size() * slips.size());
  std::cout << "in order: " << share << '\n';
  EXPECT_GE(share, 0.98);
}

TEST(Ranking, DisclosedIsWhatThePagePrintsANoteAbout) {
  std::size_t right = 0;
  const auto all = rows("disclosed.tsv");
  ASSERT_EQ(all.size(), 130U);
  for (const auto& row : all) {
    const auto change = change_between(article("Vụ việc xảy ra ở 5 xã."),
                                       article("Vụ việc xảy ra ở 6 xã.\n\n" + row[1]));
    ASSERT_TRUE(change);
    if (change->disclosed == (row[0] == "1"))
      ++right;
    else
      std::cout << row[0] << ' ' << row[1] << '\n';
  }
  std::cout << "right: " << right << " of " << all.size() << '\n';
  EXPECT_GE(right, 124U);
}

TEST(Ranking, ANoteThatStoodThereBeforeDisclosesNothing) {
  const auto note = std::string("\n\nĐính chính: số liệu ở đoạn hai.");
  EXPECT_FALSE(change_between(article("Có 5 xã." + note), article("Có 6 xã." + note))->disclosed);
  ArticleRecord before;
  before.body = {{BlockType::paragraph, "Có 5 xã."}};
  auto after = before;
  after.body[0].text = "Có 6 xã.";
  after.correction = "Rettelse: tallet var forkert.";
  EXPECT_TRUE(change_between(EditorialState(before), EditorialState(after))->disclosed)
      << "in any language";
}

TEST(Ranking, ClassComesFirstThenExtent) {
  const auto of = [](const std::string& before, const std::string& after) {
    return change_between(article(before), article(after))->significance;
  };
  const auto fact = of("Có 5 xã.", "Có 6 xã.");
  EXPECT_GT(fact, of("Trời đẹp lắm.", "Bầu trời hôm ấy trong xanh một màu."));
  EXPECT_LT(fact, of("Có 5 xã, 7 thôn.", "Có 6 xã, 8 thôn.")) << "more of it";
  EXPECT_GE(
      of("Có 5 xã ngập.", "Có 6 xã ngập. Nước vẫn lên nhanh, người dân di dời trong đêm mưa."), 0.5)
      << "a fact exchanged beside an addition";
}

TEST(Ranking, ANameSpelledAsItWasElsewhereIsATypo) {
  EXPECT_EQ(change_between(article("Bà Trần Thị Lành nói. Theo bà Trần Thị Lanhh, nước lên."),
                           article("Bà Trần Thị Lành nói. Theo bà Trần Thị Lành, nước lên."))
                ->change_class,
            ChangeClass::typo);
}

}  // namespace
}  // namespace tinwatch::monitor
