#include "monitor/noise.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tinwatch::monitor {
namespace {

const std::string first =
    "The harbour bridge opened on Monday after two years of work, and the first buses went over it "
    "at noon.";
const std::string second =
    "Councillor Jane Rowe said that 1,420 people had come to see it, more than anybody expected.";
const std::string promo =
    "Our newsletter brings you the stories of the week every Sunday morning; subscribe to it here.";

Block line(const std::string& text) { return {BlockType::paragraph, text}; }

ArticleRecord page(std::vector<Block> body) {
  ArticleRecord out;
  out.headline = "A bridge opens";
  out.body = std::move(body);
  return out;
}
/// A page of two paragraphs with that line between them.
ArticleRecord with(const std::string& text, BlockType type = BlockType::paragraph) {
  return page({line(first), {type, text}, line(second)});
}
ArticleRecord without() { return page({line(first), line(second)}); }

std::vector<std::string> forms(const ArticleRecord& before, const ArticleRecord& now) {
  const auto out = restless_difference(ReadArticle(before), ReadArticle(now));
  if (!out) return {"an edit"};
  std::vector<std::string> all(out->forms.begin(), out->forms.end());
  if (out->has_prose) all.emplace_back("(prose)");
  return all;
}
using Forms = std::vector<std::string>;
const Forms edit{"an edit"};

TEST(Noise, IsANumberInALineThatIsNoSentence) {
  EXPECT_EQ(forms(with("1,420 views · 79 shares · 56 comments"),
                  with("1,433 views · 79 shares · 57 comments")),
            Forms{"# views · # shares · # comments"});
  EXPECT_EQ(forms(with("Aktualisiert vor 5 Minuten"), with("Aktualisiert vor 12 Minuten")),
            Forms{"Aktualisiert vor # Minuten"});
  EXPECT_EQ(forms(with("3 phút đọc"), with("4 phút đọc")), Forms{"# phút đọc"});
  EXPECT_EQ(forms(with("阅读 1024 次"), with("阅读 1031 次")), Forms{"阅读 # 次"});
  EXPECT_EQ(forms(with("Tỷ lệ 4.5/5"), with("Tỷ lệ 4/5")), Forms{"Tỷ lệ #/#"});
}

TEST(Noise, IsNoNumberInASentence) {
  auto edited = second;
  edited.replace(edited.find("1,420"), 5, "1,520");
  EXPECT_EQ(forms(without(), page({line(first), line(edited)})), edit);
  EXPECT_EQ(forms(with("Bão làm 12 người chết."), with("Bão làm 15 người chết.")), edit);
  EXPECT_EQ(forms(with("台风造成12人死亡。"), with("台风造成15人死亡。")), edit);
  EXPECT_EQ(forms(with("“Twelve? 13!”"), with("“Twelve? 14!”")), edit) << "inside of quotes";
  const auto unclosed = [](const std::string& number) {
    return "so wrote the captain of the 7th ship of the line to its owners in the old town by the "
           "bridge that " +
           number + " men were lost";
  };
  EXPECT_EQ(forms(with(unclosed("12")), with(unclosed("15"))), edit) << "too long for a line";
}

TEST(Noise, IsNothingThatAnEditorSets) {
  for (const auto type : {BlockType::caption, BlockType::lead, BlockType::quote})
    EXPECT_EQ(forms(with("Ngày 12/3", type), with("Ngày 13/3", type)), edit) << label(type);
  auto renamed = with("5 views");
  renamed.headline = "Two bridges open";
  EXPECT_EQ(forms(with("4 views"), renamed), edit) << "beside another edit";
  auto corrected = with("5 views");
  corrected.body[0].text += " Then it rained.";
  EXPECT_EQ(forms(with("4 views"), corrected), edit);
}

TEST(Noise, IsALineThatComesAndGoes) {
  EXPECT_EQ(forms(without(), with("Quảng cáo")), Forms{"Quảng cáo"});
  EXPECT_EQ(forms(with("Quảng cáo"), without()), Forms{"Quảng cáo"});
  EXPECT_EQ(forms(with("The old name"), with("The new name")), edit) << "other words in its place";
}

TEST(Noise, IsABoxThatTurnsUnderItsHeading) {
  const auto box = [](const std::string& a, const std::string& b) {
    return page({line(first), line("Đọc nhiều"), line(a), line(b), line(second)});
  };
  EXPECT_EQ(forms(box("Cầu mới khánh thành", "Nước lên ở bến đò"),
                  box("Giá gạo tăng nhẹ", "Nước lên ở bến đò")),
            Forms{"behind Đọc nhiều"});
  EXPECT_EQ(forms(box("Cầu mới khánh thành", "Nước lên ở bến đò"),
                  box("Cầu mới khánh thành", "Giá gạo tăng nhẹ")),
            Forms{"behind Đọc nhiều"});
}

TEST(Noise, IsAParagraphOnlyToTheLetter) {
  const auto come = restless_difference(ReadArticle(without()), ReadArticle(with(promo)));
  ASSERT_TRUE(come);
  EXPECT_TRUE(come->has_prose);
  ASSERT_EQ(come->forms.size(), 1U);
  auto before = with(promo);
  EXPECT_EQ(take_out(come->forms, before), come->forms);
  EXPECT_EQ(before.body, without().body);
  auto edited = with(promo + " Or not.");
  EXPECT_TRUE(take_out(come->forms, edited).empty()) << "its edit is one";
  EXPECT_EQ(forms(with(promo), with(promo + " Or not.")), edit);
  const auto wandered = restless_difference(
      ReadArticle(page({line(promo), line(first), line(second)})), ReadArticle(with(promo)));
  ASSERT_TRUE(wandered);
  EXPECT_EQ(wandered->forms, come->forms);
}

TEST(Noise, TakesNothingElseOut) {
  const std::set<NoiseForm> noise{"# views", "behind Đọc nhiều"};
  auto record = page({line("12 views"),
                      line(first),
                      line("12 views of the bridge"),
                      {BlockType::caption, "12 views"},
                      line("Đọc nhiều"),
                      line("Một tin khác"),
                      line(second),
                      line("Một tin nữa")});
  EXPECT_EQ(take_out(noise, record), noise);
  EXPECT_EQ(record.body, (std::vector<Block>{line(first),
                                             line("12 views of the bridge"),
                                             {BlockType::caption, "12 views"},
                                             line("Đọc nhiều"),
                                             line(second),
                                             line("Một tin nữa")}));
}

TEST(Noise, HasAValueAtEachLook) {
  const NoiseForm form = "# views";
  const auto value = [&](const ArticleRecord& record) {
    return values_of(record, {form, "Quảng cáo"})[form];
  };
  EXPECT_EQ(value(without()), "");
  EXPECT_EQ(value(with("12 views")), value(with("12 views")));
  EXPECT_NE(value(with("12 views")), value(with("13 views")));
  EXPECT_NE(value(with("12 views")), value(page({line("12 views"), line(first), line(second)})))
      << "where it stands";
  EXPECT_EQ(value(with("12 views")),
            value(page({line("Quảng cáo"), line(first), line("12 views"), line(second)})))
      << "what moves beside it does not count";
}

TEST(Noise, IsProvedByNoSingleMove) {
  EXPECT_FALSE(is_noise("# views", {.moves = 2, .fresh = 2, .articles = 1}));
  EXPECT_TRUE(is_noise("# views", {.moves = 3, .fresh = 3, .articles = 1}));
  EXPECT_FALSE(is_noise("# views", {.moves = 1, .fresh = 1, .articles = 2}));
  EXPECT_TRUE(is_noise("# views", {.moves = 2, .fresh = 2, .articles = 2}));
  EXPECT_FALSE(is_noise("# views", {.moves = 50, .fresh = 2, .articles = 1}))
      << "back and forth: servers that do not all have an edit yet";
  EXPECT_FALSE(is_noise("# views", {.moves = 50, .fresh = 0, .articles = 9}));
  EXPECT_FALSE(is_noise("Quảng cáo", {.moves = 50, .fresh = 2, .articles = 1}));
  EXPECT_TRUE(is_noise("Quảng cáo", {.moves = 2, .fresh = 0, .articles = 2}));
}

TEST(Noise, AnotherTextIsNoNoise) {
  std::vector<Block> many;
  std::vector<Block> others;
  for (int i = 0; i < 500; ++i) {
    many.push_back(
        line("line " + std::string(1, static_cast<char>('a' + i % 26)) + std::to_string(i)));
    others.push_back(line("row " + std::to_string(i)));
  }
  EXPECT_EQ(forms(page(many), page(others)), edit);
  EXPECT_EQ(forms(without(), without()), edit) << "there is no difference";
}

}  // namespace
}  // namespace tinwatch::monitor
