#include "monitor/near_duplicate.hpp"

#include <gtest/gtest.h>

#include <random>

namespace tinwatch::monitor {
namespace {

using Words = std::vector<std::string>;

Words made_text(unsigned seed, std::size_t count) {
  std::mt19937 random(seed);
  Words out;
  for (std::size_t i = 0; i < count; ++i) out.push_back("tu" + std::to_string(random() % 3000));
  return out;
}

ArticleRecord record(const Words& words) {
  std::string text;
  for (const auto& word : words) text += word + ' ';
  ArticleRecord out;
  out.body.push_back({BlockType::paragraph, text});
  return out;
}

double alike(const Words& a, const Words& b) {
  return likeness(signature_of(record(a))->bytes(), signature_of(record(b))->bytes());
}

TEST(NearDuplicate, ACopyWithAnotherLeadAndACutEndIsACopy) {
  int copies = 0;
  int shared_bands = 0;
  for (unsigned seed = 1; seed <= 100; ++seed) {
    const auto original = made_text(seed, 500);
    auto copy = original;
    copy.erase(copy.begin(), copy.begin() + 30);
    copy.resize(copy.size() - 40);
    copy.insert(copy.begin(), {"theo", "hang", "tin", "dia", "phuong"});
    copies += alike(original, copy) >= least_likeness_of_copies ? 1 : 0;
    const auto a = signature_of(record(original))->band_keys();
    const auto b = signature_of(record(copy))->band_keys();
    bool shared = false;
    for (std::size_t i = 0; i < a.size(); ++i) shared = shared || a[i] == b[i];
    shared_bands += shared ? 1 : 0;
  }
  EXPECT_GE(copies, 99);
  EXPECT_GE(shared_bands, 97);
}

TEST(NearDuplicate, TheSameStoryInOtherWordsIsNone) {
  for (unsigned seed = 1; seed <= 200; ++seed) {
    const auto a = made_text(seed, 400);
    auto b = made_text(seed + 1000, 400);
    // Names and quotations are shared: a quarter of the text.
    std::copy(a.begin(), a.begin() + 100, b.begin() + 50);
    EXPECT_LT(alike(a, b), least_likeness_of_copies) << seed;
  }
}

TEST(NearDuplicate, CaseMarksAndPunctuationDoNotCount) {
  Words accented;
  Words plain;
  const Words syllables = {"Đường", "phố", "SÔNG,", "“Trầu”", "mở", "lối", "–", "hoà"};
  const Words folded = {"duong", "pho", "song", "trau", "mo", "loi", "", "hoa"};
  std::mt19937 random(3);
  for (int i = 0; i < 300; ++i) {
    const auto pick = random() % syllables.size();
    accented.push_back(syllables[pick]);
    plain.push_back(folded[pick]);
  }
  EXPECT_EQ(alike(accented, plain), 1);
}

TEST(NearDuplicate, AShortTextHasNoSignature) {
  EXPECT_FALSE(signature_of(record(made_text(1, 59))));
  EXPECT_TRUE(signature_of(record(made_text(1, 60))));
  EXPECT_EQ(likeness("", ""), 0);
  EXPECT_EQ(likeness("abc", "abc"), 0);
}

}  // namespace
}  // namespace tinwatch::monitor
