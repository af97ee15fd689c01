#include "monitor/copy_words.hpp"

#include <gtest/gtest.h>

namespace tinwatch::monitor {
namespace {

EditorialState state(const std::string& headline, const std::vector<std::string>& paragraphs) {
  ArticleRecord record;
  record.headline = headline;
  for (const auto& text : paragraphs) record.body.push_back({BlockType::paragraph, text});
  return EditorialState(record);
}

constexpr auto lead = "Chiều qua, huyện An Phú khởi công cây cầu mới qua sông Trầu.";

TEST(CopyWords, AreToldByTheWordsAroundTheEdit) {
  const EditedPassages passages(
      state("Cầu Trầu", {lead, "Công trình có vốn 5,4 tỷ đồng, dài 120 m."}),
      state("Cầu Trầu", {lead, "Công trình có vốn 6,1 tỷ đồng, dài 120 m."}));
  EXPECT_EQ(passages.carried_by(
                state("Cầu mới ở An Phú", {"(TTX) - Công trình có vốn 5,4 tỷ đồng, dài 120 m."})),
            CopyWords::before)
      << "another headline, another lead";
  EXPECT_EQ(passages.carried_by(
                state("X", {"Hôm nay. Công trình có vốn 6,1 tỷ đồng, dài 120 m.", "Hết."})),
            CopyWords::after);
  EXPECT_EQ(passages.carried_by(state("X", {lead})), CopyWords::neither);
  EXPECT_EQ(passages.carried_by(state("X", {"Giá vé 5,4 nghìn, rồi 6,1 nghìn."})),
            CopyWords::neither)
      << "the number alone says nothing";
}

TEST(CopyWords, OfAnAdditionAndACut) {
  const auto without = state("H", {lead, "Người dân phấn khởi khi cầu được xây."});
  const auto with = state(
      "H", {lead, "Ông Tám, người đã ba lần bị từ chối đền bù, phản đối dự án này ngay tại lễ.",
            "Người dân phấn khởi khi cầu được xây."});
  const EditedPassages addition(without, with);
  EXPECT_EQ(addition.carried_by(without), CopyWords::before);
  EXPECT_EQ(addition.carried_by(with), CopyWords::after);
  const EditedPassages cut(with, without);
  EXPECT_EQ(cut.carried_by(with), CopyWords::before) << "still says what was cut";
}

TEST(CopyWords, MostOfSeveralDecide) {
  const EditedPassages passages(state("H", {"a b c 1 d e f. g h i 2 j k l. m n o 3 p q r."}),
                                state("H", {"a b c 7 d e f. g h i 8 j k l. m n o 9 p q r."}));
  EXPECT_EQ(passages.carried_by(state("H", {"a b c 7 d e f. g h i 8 j k l. m n o 3 p q r."})),
            CopyWords::after);
  EXPECT_EQ(passages.carried_by(state("H", {"a b c 7 d e f. g h i 2 j k l."})), CopyWords::neither);
}

}  // namespace
}  // namespace tinwatch::monitor
