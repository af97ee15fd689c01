#include "monitor/alternates.hpp"

#include <gtest/gtest.h>

namespace tinwatch::monitor {
namespace {

using namespace std::chrono_literals;

const Instant now = Instant{} + 10'000h;

EditorialState state(const std::string& headline, const std::string& author = "Lan") {
  ArticleRecord record;
  record.headline = headline;
  record.author = {author};
  return EditorialState(record);
}

using Fields = std::vector<std::string>;

TEST(Alternates, ValuesThatComeAndGoAreAlike) {
  Alternates alternates;
  alternates.learn(state("A"), state("B"), now);
  EXPECT_EQ(alternates.alike(state("A"), state("B")), Fields{"headline"});
  EXPECT_EQ(alternates.alike(state("B"), state("A")), Fields{"headline"});
  EXPECT_EQ(alternates.alike(state("A"), state("C")), Fields{}) << "an edit";
  EXPECT_EQ(alternates.alike(state("A"), state("B", "Mai")), Fields{"headline"})
      << "and who wrote it was edited";
  EXPECT_EQ(alternates.alike(state("A"), state("A")), Fields{});
}

TEST(Alternates, APageThatBreaksOffNowHereNowThereIsOneState) {
  const auto whole = state("The boats came home with rice");
  const auto cut = state("The boats came ho\xEF\xBF\xBD");
  const auto elsewhere = state("The boats ca");
  Alternates alternates;
  alternates.learn(whole, cut, now, true);
  EXPECT_EQ(alternates.alike(whole, elsewhere, true), Fields{"headline"});
  EXPECT_EQ(alternates.alike(whole, elsewhere, false), Fields{}) << "a whole page was shortened";
  EXPECT_EQ(alternates.alike(whole, state("The nets are dry"), true), Fields{}) << "an edit";
  Alternates other;
  other.learn(whole, cut, now, false);
  EXPECT_EQ(other.alike(whole, elsewhere, true), Fields{}) << "none was cut before";
}

TEST(Alternates, OutliveTheRunAndAreForgottenAfterAMonth) {
  Alternates alternates;
  alternates.learn(state("A"), state("B"), now);
  alternates.learn_paywall(now + 24h);
  const auto text = alternates.serialise();
  EXPECT_TRUE(Alternates(text, now + 30 * 24h).has_paywall());
  EXPECT_EQ(Alternates(text, now + 30 * 24h).alike(state("A"), state("B")), Fields{"headline"});
  EXPECT_EQ(Alternates(text, now + 30 * 24h + 1ms).alike(state("A"), state("B")), Fields{});
  EXPECT_FALSE(Alternates(text, now + 32 * 24h).has_paywall());
}

TEST(Alternates, AreBoundedAndTakeNoOtherText) {
  Alternates alternates;
  for (int i = 0; i < 1000; ++i)
    alternates.learn(state(std::to_string(i)), state(std::to_string(i + 1)), now);
  EXPECT_LE(alternates.serialise().size(), Alternates::most_values * 48);
  EXPECT_EQ(alternates.alike(state("999"), state("1000")), Fields{"headline"});
  for (const auto* text : {"", " ", "a", "a:b", "a:b:c", ":b:1", "a:b:99999999999999999999"})
    EXPECT_EQ(Alternates(text, now).serialise(), "") << text;
}

TEST(Alternates, AFieldIsTakenWithWhatBelongsToIt) {
  ArticleRecord known;
  known.headline = "A";
  known.body = {{BlockType::paragraph, "text"}, {BlockType::caption, "a boat"}};
  known.image = {{.url = "http://a.test/1.jpg"}};
  for (const auto& field : editorial_fields(known)) {
    ArticleRecord shown;
    take_field(shown, known, field.name);
    for (const auto& one : editorial_fields(shown))
      if (one.name == field.name) {
        EXPECT_EQ(one, field);
      }
  }
}

}  // namespace
}  // namespace tinwatch::monitor
