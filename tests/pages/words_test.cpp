#include "words.hpp"

#include "page_files.hpp"

#include <gtest/gtest.h>

#include <set>

namespace tinwatch::pages {
namespace {

TEST(Words, EachLanguageHasTheSame) {
  const auto names = [](Language language) {
    std::set<std::string> out;
    for (const auto& [name, text] : words(language)) out.insert(name);
    return out;
  };
  EXPECT_GT(names(Language::en).size(), 80U);
  EXPECT_EQ(names(Language::en), names(Language::vi));
  EXPECT_EQ(word(Language::vi, "lang"), "vi");
  EXPECT_THROW((void)word(Language::en, "no such word"), std::out_of_range);
}

TEST(Words, TemplatesNameNoOthersAndEscapeAllButTheFrame) {
  for (const auto* name :
       {"article",    "articles",   "atom",          "atom_entry",      "chart",    "csrf_field",
        "deliveries", "difference", "event_list",    "fault",           "frame",    "hits",
        "login",      "message",    "overview",      "receivers_table", "row_list", "search",
        "source",     "sources",    "sources_table", "sparkline",       "stream",   "watch",
        "watch_form", "watches"}) {
    const auto text = page_template(name);
    ASSERT_FALSE(text.empty()) << name;
    for (auto at = text.find("{{t."); at != std::string_view::npos; at = text.find("{{t.", at)) {
      at += 4;
      const auto said = text.substr(at, text.find("}}", at) - at);
      EXPECT_TRUE(words(Language::en).contains(said)) << name << ": " << said;
    }
    const bool is_frame = std::string_view(name) == "frame";
    EXPECT_EQ(text.find("{{{") != std::string_view::npos, is_frame) << name;
    EXPECT_EQ(text.find("{{&"), std::string_view::npos) << name;
    EXPECT_EQ(text.find("style="), std::string_view::npos) << name << ": the CSP forbids it";
  }
}

TEST(Words, TheLanguageThatIsWantedMost) {
  EXPECT_EQ(language_of(""), Language::en);
  EXPECT_EQ(language_of("*"), Language::en);
  EXPECT_EQ(language_of("vi"), Language::vi);
  EXPECT_EQ(language_of("VI-vn"), Language::vi);
  EXPECT_EQ(language_of("en-GB, vi;q=0.9"), Language::en);
  EXPECT_EQ(language_of("en;q=0.2, vi;q=0.25"), Language::vi);
  EXPECT_EQ(language_of("vi;q=0"), Language::en);
  EXPECT_EQ(language_of(std::string(100'000, ',') + "vi"), Language::en) << "a bounded look";
}

}  // namespace
}  // namespace tinwatch::pages
