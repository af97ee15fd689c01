#include "watch/query.hpp"

#include "simple_match.hpp"
#include "watch/watch_set.hpp"

#include <gtest/gtest.h>

namespace tinwatch::watch {
namespace {

std::shared_ptr<const Aliases> aliases() {
  return Aliases::compile(
             {{"LLVT", "lực lượng vũ trang"}, {"TP.HCM", "Thành phố Hồ Chí Minh", "Sài Gòn"}})
      .value();
}

/// As the engine has it; both have to agree on every row below.
bool matches(const std::string& query, std::vector<EditorialField> fields, Mode mode = Mode::tone) {
  auto parsed = Query::parse(query, {.mode = mode, .aliases = aliases()});
  if (!parsed) {
    ADD_FAILURE() << query << ": " << parsed.error().text();
    return false;
  }
  const auto shared = std::make_shared<const Query>(std::move(*parsed));
  const ArticleText text(std::move(fields));
  WorkBudget budget;
  const bool found =
      !WatchSet::compile({{"w", shared}})->compare(nullptr, text, {}, budget).empty();
  if (shared->conditions().empty() && !shared->asks_of_an_edit()) {
    EXPECT_EQ(found, simple::Matcher(text).matches(*shared).value_or(false)) << query;
  }
  return found;
}

bool matches(const std::string& query, const std::string& text, Mode mode = Mode::tone) {
  return matches(query, {{"headline", "Tin bóng đá"}, {"body", text}}, mode);
}

std::string fault(const std::string& query) {
  const auto parsed = Query::parse(query);
  return parsed ? "none" : parsed.error().text();
}

std::string warnings(const std::string& query) {
  const auto parsed = Query::parse(query);
  if (!parsed) return parsed.error().text();
  std::string out;
  for (const auto& one : parsed->warnings()) out += one.text() + "\n";
  return out;
}

testing::AssertionResult holds(const std::string& text, const std::string& part) {
  if (text.find(part) != std::string::npos) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "'" << text << "' does not say '" << part << "'";
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
  EXPECT_TRUE(matches("NOT a b", "b")) << "NOT binds tighter than AND";
  EXPECT_FALSE(matches("NOT (a OR b)", "b"));
}

TEST(Query, TakesAllQuotationMarks) {
  for (const auto* query :
       {"\"biên giới\"", "“biên giới”", "„biên giới“", "«biên giới»", "“biên giới\""}) {
    EXPECT_TRUE(matches(query, "biên giới Việt Nam")) << query;
    EXPECT_FALSE(matches(query, "biên ải giới")) << query;
  }
}

TEST(Query, AMinusSignIsNotBeforeAPrimaryAlone) {
  EXPECT_TRUE(matches("cat -dog", "a cat sat"));
  EXPECT_FALSE(matches("cat -dog", "a cat and a dog"));
  EXPECT_FALSE(matches("cat -\"hot dog\"", "a cat ate a hot dog"));
  EXPECT_FALSE(matches("cat -(dog OR bird)", "cat bird"));
  EXPECT_FALSE(matches("cat -headline:bóng", "cat"));
  EXPECT_TRUE(matches("(-dog cat)", "cat"));
  EXPECT_FALSE(matches("Covid-19", "Covid 20")) << "in a word it joins";
  EXPECT_TRUE(matches("Covid -19", "Covid 20"));
  for (const auto* alone :
       {"kinh tế - xã hội", "kinh tế – xã hội", "kinh tế -- xã hội", "kinh tế ! xã hội"})
    EXPECT_TRUE(matches(alone, "xã hội, kinh tế")) << alone << ": alone it is punctuation";
  EXPECT_TRUE(matches("\"a\"-b", "a b")) << "right behind a phrase as well";
}

TEST(Query, NearIsWithinAParagraphInEitherOrder) {
  EXPECT_TRUE(matches("cháy NEAR/3 nhà", "cháy lớn tại một nhà"));
  EXPECT_TRUE(matches("nhà NEAR/3 cháy", "cháy lớn tại một nhà"));
  EXPECT_FALSE(matches("nhà NEAR/2 cháy", "cháy lớn tại một nhà"));
  EXPECT_FALSE(matches("cháy NEAR/3 nhà", "vụ cháy.\n\nNhà dân"));
  EXPECT_FALSE(matches("bóng NEAR bão", "bão")) << "one field";
  EXPECT_TRUE(matches("(a OR \"b c\") NEAR/1 d", "d x b c"));
  EXPECT_FALSE(matches("a NEAR/3 a", "a")) << "not with itself";
  EXPECT_FALSE(matches("\"a b\" NEAR/3 b", "a b")) << "not with a part of itself";
  EXPECT_TRUE(matches("a NEAR b OR c", "c")) << "binds tighter than OR";
  EXPECT_TRUE(matches("x a NEAR/1 b", "a b c x")) << "and than AND";
  EXPECT_TRUE(matches("cháy NEAR nhà", "cháy 1 2 3 4 5 6 7 8 9 10 nhà"));
  EXPECT_FALSE(matches("cháy NEAR nhà", "cháy 1 2 3 4 5 6 7 8 9 10 11 nhà"));
}

TEST(Query, PrefixesAreOfLetters) {
  EXPECT_TRUE(matches("demo*", "demonstration"));
  EXPECT_TRUE(matches("demo*", "a demo"));
  EXPECT_FALSE(matches("demo*", "dem"));
  EXPECT_TRUE(matches("\"quân khu*\"", "quân khuya"));
  EXPECT_TRUE(matches("nghi*", "nghiệm thu")) << "the tone stands behind the prefix";
  EXPECT_FALSE(matches("toa*", "bài toán")) << "it stands on one of its letters";
  EXPECT_TRUE(matches("toa*", "bài toán", Mode::fold));
  EXPECT_TRUE(matches("hoà*", "hoàn hòan")) << "on whichever of its letters";
  EXPECT_TRUE(matches("case:WH*", "WHO"));
  EXPECT_FALSE(matches("case:WH*", "who"));
}

TEST(Query, RegularExpressionsAreRe2) {
  EXPECT_TRUE(matches("/qk[0-9]+/i", "Quân khu QK7"));
  EXPECT_FALSE(matches("/qk[0-9]+/", "Quân khu QK7"));
  EXPECT_TRUE(matches("headline:/bóng đ./ bão", "bão"));
  EXPECT_TRUE(matches("/a \\/ b|(c d)/", "x a / b"));
  EXPECT_TRUE(matches("22/7/1983", "ngày 22/7/1983"));
  EXPECT_TRUE(matches("km/h", "60 km/h"));
  EXPECT_TRUE(holds(fault("/(a)\\1/"), "RE2 refuses"));
  EXPECT_TRUE(holds(fault("/((a{1000}){1000}){1000}/"), "RE2 refuses"));
  EXPECT_TRUE(holds(fault("/\\pL{50}/"), "64 KiB"));
  EXPECT_TRUE(holds(fault("a /b"), "no '/' closes"));
  EXPECT_TRUE(holds(fault("/a/g"), "expected a blank or 'i'"));
  EXPECT_TRUE(holds(fault("//"), "nothing in it"));
}

TEST(Query, ScopesNestAndTakeGroups) {
  const std::vector<EditorialField> fields{{"headline", "Cháy lớn"},
                                           {"description", "vụ nổ"},
                                           {"body", "không WHO"},
                                           {"keywords", "PCCC"}};
  EXPECT_TRUE(matches("headline:cháy title:lớn", fields));
  EXPECT_FALSE(matches("body:cháy", fields));
  EXPECT_TRUE(matches("lead:nổ", fields));
  EXPECT_TRUE(matches("keywords:pccc", fields));
  EXPECT_FALSE(matches("headline:(nổ OR không)", fields));
  EXPECT_TRUE(matches("headline:(nổ OR cháy) không", fields)) << "the scope ends with the group";
  EXPECT_TRUE(matches("added:headline:cháy", fields))
      << "on a first publication everything is added";
  EXPECT_FALSE(matches("removed:cháy", fields));
  EXPECT_FALSE(matches("case:who", fields));
  EXPECT_TRUE(matches("body:case:WHO", fields));
  EXPECT_TRUE(matches("headline:count(lớn) >= 1", fields));
  EXPECT_TRUE(matches("10:30", "lúc 10:30 sáng"));
  EXPECT_TRUE(matches("đường:5", "đường: 5")) << "not of ASCII letters: punctuation";
}

TEST(Query, CountsOccurrencesOnce) {
  EXPECT_FALSE(matches("count(\"LLVT\") >= 3", "LLVT, LLVT"));
  EXPECT_TRUE(matches("count(LLVT) > 1 AND tỉnh", "LLVT tỉnh và lực lượng vũ trang huyện"));
  EXPECT_TRUE(matches("count(lũ) = 0", "bão"));
  EXPECT_TRUE(matches("count(lũ) <= 1 count(lũ) < 2", "lũ"));
  EXPECT_TRUE(matches("count(lũ) = 1", {{"description", "có lũ"}, {"body", "có lũ\n\nhết"}}))
      << "the lead stands in the body, too";
  EXPECT_TRUE(matches("count", "a count"));
  EXPECT_TRUE(matches("significance published", "published significance"))
      << "no comparison follows";
}

TEST(Query, AliasesMeanOneAnother) {
  EXPECT_TRUE(matches("LLVT", "lực lượng vũ trang tỉnh"));
  EXPECT_TRUE(matches("\"lực lượng vũ trang\"", "LLVT tỉnh"));
  EXPECT_FALSE(matches("=LLVT", "lực lượng vũ trang"));
  EXPECT_TRUE(matches("=LLVT", "LLVT"));
  EXPECT_TRUE(matches("\"Sài Gòn\" NEAR/2 cháy", "cháy ở TP.HCM"));
  EXPECT_TRUE(matches("sai gon", "TP.HCM", Mode::automatic) == false)
      << "two words are not the phrase";
  EXPECT_TRUE(matches("\"sai gon\"", "tại TP.HCM", Mode::automatic));
}

TEST(Query, AutoDecidesForEachTerm) {
  EXPECT_TRUE(matches("\"toà án\"", "tòa án", Mode::automatic));
  EXPECT_FALSE(matches("\"tòa án\"", "toa an", Mode::automatic));
  EXPECT_TRUE(matches("\"toa an\"", "tòa án", Mode::automatic));
  EXPECT_TRUE(matches("toa NEAR/3 án", "tòa án", Mode::automatic)) << "one of each, side by side";
  EXPECT_TRUE(matches("doan", "đoàn", Mode::automatic));
}

TEST(Query, ConditionsAreOfTheArticle) {
  const std::vector<EditorialField> fields{{"body", "lũ"},
                                           {"url", "https://example.org/tin/1"},
                                           {"source", "qk7"},
                                           {"inLanguage", "vi-VN"},
                                           {"datePublished", "2026-03-04T23:30:00+07:00"}};
  EXPECT_TRUE(matches("lũ source:qk7 lang:vi url:/\\/tin\\//", fields));
  EXPECT_FALSE(matches("lũ lang:v", fields));
  EXPECT_TRUE(matches("lũ published = 2026-03-04", fields)) << "the day that is printed";
  EXPECT_TRUE(matches("lũ published>=2026-03-04 published < 2026-03-05", fields));
  EXPECT_TRUE(matches("lũ published < 2026-03-04T17:00:00Z", fields));
  EXPECT_FALSE(matches("lũ published > 2026-03-04", fields));
  EXPECT_FALSE(matches("lũ published < 2026-01-01", "lũ")) << "without a date";
  EXPECT_FALSE(matches("lũ NOT published < 2026-01-01", "lũ")) << "nor its NOT";
  EXPECT_TRUE(matches("lũ OR published < 2026-01-01", "lũ"));
  EXPECT_TRUE(matches("event:published", fields));
  EXPECT_FALSE(matches("event:revised", fields));
  EXPECT_FALSE(matches("class:fact", fields));
  EXPECT_TRUE(matches("lũ significance >= 0.5", fields)) << "of a first publication all is new";
}

TEST(Query, SaysWhatIsWrongAndWhere) {
  EXPECT_TRUE(holds(fault(""), "line 1, column 1: the query is empty"));
  EXPECT_TRUE(holds(fault("(a"), "line 1, column 1: '(' is never closed"));
  EXPECT_TRUE(holds(fault("a)"), "line 1, column 2: ')' without '('"));
  EXPECT_TRUE(holds(fault("a OR"), "line 1, column 3: nothing behind 'OR'; expected a word"));
  EXPECT_TRUE(holds(fault("AND a"), "line 1, column 1: nothing before 'AND'"));
  EXPECT_TRUE(
      holds(fault("đê\n  \"lũ"), "line 2, column 3: a quotation mark that is never closed"));
  EXPECT_TRUE(
      holds(fault("đê titel:a"), "line 1, column 4: unknown field 'titel'; did you mean 'title'?"));
  EXPECT_TRUE(holds(fault("\"...\""), "no letter or digit"));
  EXPECT_TRUE(holds(fault("..."), "no letter or digit"));
  EXPECT_TRUE(holds(fault("headline:"), "no value"));
  EXPECT_TRUE(holds(fault("headline: a"), "right behind the colon"));
  EXPECT_TRUE(holds(fault("a AND OR b"), "column 7: nothing before 'OR'"));
  EXPECT_TRUE(holds(fault("headline:body:a"), "inside of another field"));
  EXPECT_TRUE(holds(fault("added:(a removed:b)"), "write one of them"));
  EXPECT_TRUE(holds(fault("headline:(a class:fact)"), "a condition has no field"));
  EXPECT_TRUE(holds(fault("event:publised"), "did you mean 'published'?"));
  EXPECT_TRUE(holds(fault("event:missing"), "no event that watches are asked of"));
  EXPECT_TRUE(holds(fault("class:typos"), "did you mean 'typo'?"));
  EXPECT_TRUE(holds(fault("significance >= 5"), "from 0 to 1"));
  EXPECT_TRUE(holds(fault("published > hôm"), "YYYY-MM-DD"));
  EXPECT_TRUE(holds(fault("count(a b) > 1"), "expected ')'"));
  EXPECT_TRUE(holds(fault("count(a)"), "the end; expected one of >="));
  EXPECT_TRUE(holds(fault("count(a) => 2"), "expected one of >="));
  EXPECT_TRUE(holds(fault("count(a) > x"), "whole number"));
  EXPECT_TRUE(holds(fault("NOT -x"), "two signs of NOT"));
  EXPECT_TRUE(holds(fault("NOT NOT x"), "two signs of NOT"));
  EXPECT_TRUE(holds(fault("--x"), "two signs of NOT"));
  EXPECT_TRUE(holds(fault("headline:-x"), "before the field"));
  EXPECT_TRUE(holds(fault("headline:NOT x"), "before the field"));
  EXPECT_TRUE(holds(fault("a NEAR/0 b"), "from 1 to 100"));
  EXPECT_TRUE(holds(fault("a NEAR/x b"), "from 1 to 100"));
  EXPECT_TRUE(holds(fault("(a AND b) NEAR/2 c"), "a group of these with OR"));
  EXPECT_TRUE(holds(fault("a NEAR b NEAR c"), "NEAR beside NEAR"));
  EXPECT_TRUE(holds(fault("headline:a NEAR body:b"), "between two fields"));
  EXPECT_TRUE(holds(fault("NOT a NEAR b"), "a group of these with OR"));
}

TEST(Query, KnowsTheSignsOfOtherPrograms) {
  for (const auto& [query, instead] : std::vector<std::pair<std::string, std::string>>{
           {"+cat", "write cat"},
           {"!cat", "write NOT cat"},
           {"cat~2", "no search for similar"},
           {"cat && dog", "write AND"},
           {"cat || dog", "write OR"},
           {"cat | dog", "write OR"},
           {"1..5", "no range"},
           {"*mo", "stem*"},
           {"de*mo", "stem*"},
           {"* cat", "NEAR"},
           {"NEAR(a, b)", "a NEAR/5 b"},
           {"a AROUND(3) b", "NEAR/n"},
           {"'a b'", "double quotes"},
           {"‘a b’", "double quotes"},
           {"–cat", "write -cat"},
           {"−cat", "write -cat"},
           {"\"a b\"~5", "NEAR/5"},
           {"\"a * b\"", "NEAR/5"},
           {"cat^2", "no weights"},
           {"site:qk7.vn", "source:NAME"},
           {"intitle:cat", "headline:"},
           {"inurl:x", "url:/…/"},
           {"http://x.example/a", "url:/…/"},
           {"url:x", "url:/…/"},
           {"class:(fact OR cut)", "class:a OR class:b"},
           {"”a b”", "closes a phrase"},
           {"\"quân khu\"*", "inside of"}}) {
    EXPECT_TRUE(holds(fault(query), instead)) << query;
  }
  EXPECT_TRUE(matches("#LLVT", "LLVT")) << "a hash is punctuation";
  EXPECT_TRUE(matches("AT&T", "hãng AT&T"));
  EXPECT_TRUE(matches("email@example.org", "gửi email@example.org"));
  EXPECT_TRUE(matches("Ch'năm", "Choi Ch’năm"));
}

TEST(Query, WarnsOfWhatIsHardlyMeant) {
  EXPECT_TRUE(holds(warnings("cat or dog"), "line 1, column 5: 'or' is a word here; write OR"));
  EXPECT_TRUE(holds(warnings("cat Not dog"), "write NOT"));
  EXPECT_TRUE(holds(warnings("a near/3 b"), "write NEAR/5"));
  EXPECT_TRUE(holds(warnings("a - b"), "'-' is punctuation here and left out; NOT is -word"));
  EXPECT_TRUE(holds(warnings("cháy, nổ"), "write OR where either will do"));
  EXPECT_TRUE(holds(warnings("quân khu 7"),
                    "these are 3 conditions, each anywhere in the article; for the words side by "
                    "side write \"quân khu 7\""));
  EXPECT_TRUE(holds(warnings("/a*/"), "matches every text"));
  EXPECT_EQ(warnings("\"quân khu 7\" -x \"a b\" OR c*"), "");
  EXPECT_EQ(warnings("a b c d e f"),
            "line 1, column 1: these are 6 conditions, each anywhere in the article; for the words "
            "side by side write \"a b c d e f\"\n")
      << "once";
}

TEST(Query, AnyOfPhrasesTakesThemAsTheyAre) {
  const auto query = Query::any_of({"quân khu 7", "AT&T (Mỹ)", "cat -dog"}, {});
  ASSERT_TRUE(query);
  EXPECT_EQ(query->terms().size(), 3U);
  EXPECT_EQ(Query::any_of({"a", "…"}, {}).error().line, 2U);
  EXPECT_FALSE(Query::any_of({}, {}));
}

}  // namespace
}  // namespace tinwatch::watch
