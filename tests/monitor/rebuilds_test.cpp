#include "monitor/rebuilds.hpp"

#include "monitor/page_template.hpp"
#include "support/growth.hpp"

#include <gtest/gtest.h>

namespace tinwatch::monitor {
namespace {

using namespace std::chrono_literals;

const Instant now = Instant{} + 1000h;
using Fields = std::vector<std::string>;

OtherPages asked(const Rebuilds& rebuilds, const Fields& fields, Instant kept_since = now - 100h,
                 std::optional<Instant> held_since = now) {
  return rebuilds.others("bao", {ArticleRow(1), true, fields, {}, now + 1h}, kept_since,
                         held_since);
}

TEST(Rebuilds, WhatHappenedToTwoOthersIsTheTemplates) {
  Rebuilds rebuilds;
  rebuilds.note("bao", {ArticleRow(1), true, {"body"}, {}, now});
  rebuilds.note("bao", {ArticleRow(2), true, {"body", "author"}, {}, now + 1min});
  EXPECT_EQ(asked(rebuilds, {"body"}), OtherPages::unknown) << "one other";
  rebuilds.note("bao", {ArticleRow(3), true, {"body"}, {}, now + 2min});
  EXPECT_EQ(asked(rebuilds, {"body"}), OtherPages::lost_it);
  EXPECT_EQ(asked(rebuilds, {"image"}), OtherPages::have_it) << "none of them differs in that";
  EXPECT_EQ(asked(rebuilds, {"body"}, now + 3min), OtherPages::unknown)
      << "our page is of the new template already";
  rebuilds.note("bao", {ArticleRow(3), false, {}, {}, now + 3min});
  EXPECT_EQ(asked(rebuilds, {"body"}), OtherPages::lost_it) << "it is known by its new page now";
}

TEST(Rebuilds, AnotherArticleThatIsAsEverSaysThatOneAloneWasSetAnew) {
  Rebuilds rebuilds;
  rebuilds.note("bao", {ArticleRow(2), false, {}, {}, now - 1min});
  EXPECT_EQ(asked(rebuilds, {"body"}), OtherPages::unknown) << "that was before";
  rebuilds.note("bao", {ArticleRow(2), false, {}, {}, now + 1min});
  EXPECT_EQ(asked(rebuilds, {"body"}), OtherPages::have_it);
}

TEST(Rebuilds, AParagraphThatCameToTwoOthersIsTheTemplatesWheneverTheyWereLookedAt) {
  Rebuilds rebuilds;
  const auto asked_with = [&](const std::vector<std::uint64_t>& lines) {
    return rebuilds.others("bao", {ArticleRow(1), true, {"body"}, lines, now + 900h}, now + 800h,
                           now);
  };
  rebuilds.note("bao", {ArticleRow(1), true, {"body"}, {7}, now});
  rebuilds.note("bao", {ArticleRow(2), true, {"body"}, {7}, now});
  EXPECT_EQ(asked_with({7}), OtherPages::unknown) << "one other";
  rebuilds.note("bao", {ArticleRow(3), true, {"body"}, {7, 8}, now});
  EXPECT_EQ(asked_with({7}), OtherPages::lost_it);
  EXPECT_EQ(asked_with({7, 8}), OtherPages::unknown) << "one of its own besides";
  EXPECT_EQ(asked_with({}), OtherPages::unknown);
}

TEST(Rebuilds, AreBounded) {
  Rebuilds rebuilds;
  for (int i = 0; i < 10'000; ++i) rebuilds.note("bao", {ArticleRow(i), true, {"body"}, {}, now});
  EXPECT_EQ(rebuilds.size(), 40U);
  for (int i = 0; i < 10'000; ++i)
    rebuilds.note("bao", {ArticleRow(i), true, {"body"}, {static_cast<std::uint64_t>(i)}, now});
  EXPECT_EQ(rebuilds.size(), 40U + 60U);
}

EditorialState state(const std::string& headline, const std::vector<std::string>& paragraphs) {
  ArticleRecord record;
  record.headline = headline;
  for (const auto& text : paragraphs) record.body.push_back({BlockType::paragraph, text});
  return EditorialState(record);
}

TEST(Editing, IsWhatNoTemplateDoes) {
  const auto before = state("A bridge opens", {"The bridge over the river was opened at nine.",
                                               "Boats will pass below from Monday on."});
  const auto edits = [&](const std::string& headline, const std::vector<std::string>& paragraphs) {
    return shows_editing(before, state(headline, paragraphs));
  };
  const std::string first = "The bridge over the river was opened at nine.";
  const std::string second = "Boats will pass below from Monday on.";
  EXPECT_TRUE(edits("A bridge closes", {first, second}));
  EXPECT_FALSE(edits("A bridge opens | The Paper", {first, second}));
  EXPECT_TRUE(edits("A bridge opens", {"The bridge over the river was opened at ten.", second}));
  EXPECT_TRUE(edits("A bridge opens", {first, "Boats will not pass below from Monday on."}));
  EXPECT_FALSE(edits("A bridge opens", {first, second, "Write to us about bridges."}));
  EXPECT_FALSE(edits("A bridge opens", {second}));
  EXPECT_FALSE(edits("A bridge opens", {"RIVERTOWN - " + first, second})) << "a dateline";
  EXPECT_FALSE(edits("A bridge opens", {first + ' ' + second})) << "paragraphs were joined";
  EXPECT_FALSE(edits("A bridge opens",
                     {"\u201CThe bridge over the river was opened at nine.\u201D", second}))
      << "quotes";
}

std::string page(const std::string& prefix, int items) {
  std::string out;
  for (int i = 0; i < 12; ++i)
    out += "<div class=\"" + prefix + static_cast<char>('a' + i) + "\"></div>";
  for (int i = 0; i < items; ++i) out += "<li id=\"" + prefix + "item" + std::to_string(i) + "\">";
  return out;
}

TEST(Template, IsToldByTheKindsOfItsElements) {
  EXPECT_TRUE(have_same_template(page("x-", 3), page("x-", 300)));
  EXPECT_FALSE(have_same_template(page("x-", 3), page("y-", 3)));
  EXPECT_TRUE(have_same_template("<p>a", "<div>b")) << "pages of hardly any markup say nothing";
  EXPECT_TRUE(have_same_template("", page("x-", 3)));
}

TEST(Template, CostsWhatThePagesAreLong) {
  for (const std::string piece :
       {"<a class=", "<a class=\"x", "< ", "<a b c='", "<a =", "<a class=q ", "<a class='x y'>"}) {
    const auto make = [&](std::size_t n) {
      std::string html;
      while (html.size() < n) html += piece;
      return html;
    };
    const auto run = [](const std::string& html) { return have_same_template(html, html); };
    EXPECT_TRUE(test::grows_linearly(200'000, make, run)) << piece;
  }
}

}  // namespace
}  // namespace tinwatch::monitor
