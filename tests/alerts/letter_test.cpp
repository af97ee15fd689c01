#include "core/text.hpp"
#include "edits.hpp"
#include "escape.hpp"
#include "letters.hpp"

#include <gtest/gtest.h>

#include <array>

namespace tinwatch::alerts {
namespace {

using Fate = Run::Fate;
using Runs = std::vector<Run>;

std::string rendered(const Letter& letter, const LetterStyle& style = vietnamese()) {
  return shipped("text", Markup::plain).render(letter, style);
}

TEST(Letter, SaysWhatHappenedInTheFirstLine) {
  EXPECT_EQ(first_line(letter_of({edited()}), vietnamese()),
            "[Báo Quân khu 7] sửa: 5,4 → 6,1 tỷ đồng");
  auto fresh = edited();
  fresh.type = EventType::article_published;
  EXPECT_EQ(first_line(letter_of({fresh}), vietnamese()),
            "[Báo Quân khu 7] mới: Khởi công cầu Bến Mới");
  auto gone = fresh;
  gone.type = EventType::article_removed;
  EXPECT_EQ(first_line(letter_of({gone}), vietnamese()),
            "[Báo Quân khu 7] gỡ: Khởi công cầu Bến Mới");
  EXPECT_EQ(first_line(letter_of({gone, fresh}), english()),
            "[Báo Quân khu 7] removed: Khởi công cầu Bến Mới (+1 more)");
  auto whole = edited();
  whole.edits.front().runs[1].text = std::string(100, 'x');
  EXPECT_EQ(first_line(letter_of({whole}), english()),
            "[Báo Quân khu 7] edited: Khởi công cầu Bến Mới")
      << "an edit that long is no line";
  const Story silent{.type = EventType::source_silent, .source = "Báo", .reason = "no_articles"};
  EXPECT_EQ(first_line(letter_of({silent}), english()), "[Báo] source silent: no_articles");
}

TEST(Letter, IsWrittenOutInBothLanguages) {
  EXPECT_EQ(
      rendered(letter_of({edited()})),
      "[Báo Quân khu 7] sửa: 5,4 → 6,1 tỷ đồng\n"
      "\n"
      "Khởi công cầu Bến Mới\n"
      "Từ khoá theo dõi: Cầu đường (câu bị sửa)\n"
      "  Kinh phí là [-5,4-] {+6,1+} tỷ đồng trong năm\n"
      "  Kinh phí *cầu* là 6,1 tỷ.\n"
      "sự kiện, số liệu; trang không ghi là đã sửa\n"
      "Mức: cao. Thấy lúc 2026-03-02 14:02 +07:00; lần xem trước 2026-03-02 13:47 +07:00\n"
      "So sánh: https://t.test/articles/0190-a/diff?from=1&to=2\n"
      "Bài đã lưu: https://t.test/articles/0190-a\n"
      "Trang gốc: https://bao.test/a?x=1&y=2\n"
      "Lý do: https://t.test/api/v1/explain?url=https%3A%2F%2Fbao.test%2Fa%3Fx%3D1%26y%3D2\n");
  const auto english_text = rendered(letter_of({edited()}), english());
  for (const auto* part :
       {"Watch: Cầu đường (changed)", "fact; the page does not say that it was edited",
        "Severity: high. Seen 2026-03-02 14:02 +07:00; previous check", "Original page: "})
    EXPECT_NE(english_text.find(part), std::string::npos) << part << english_text;
}

TEST(Letter, OfWhatWasTakenDownSpreadsNoText) {
  auto gone = edited();
  gone.type = EventType::article_removed;
  const auto text = rendered(letter_of({gone}));
  EXPECT_NE(text.find("Khởi công"), std::string::npos);
  EXPECT_NE(text.find("https://bao.test/a"), std::string::npos);
  EXPECT_EQ(text.find("Kinh phí"), std::string::npos) << text;
}

TEST(Letter, ASentenceIsCutAroundItsWords) {
  auto story = edited();
  const std::string long_text(400, 'x');
  story.sentences = {
      {"body", {{Fate::same, long_text}, {Fate::matched, "cầu"}, {Fate::same, long_text}}}};
  const auto text = rendered(letter_of({story}));
  EXPECT_NE(text.find("…" + std::string(100, 'x') + "*cầu*" + std::string(100, 'x') + "…"),
            std::string::npos)
      << text;
}

TEST(Letter, ASummaryCountsAndLinksToAll) {
  auto summary = letter_of({edited()});
  summary.is_summary = true;
  summary.deliveries = 9980;
  summary.counts = {{EventType::watch_hit, "Cầu đường", 9000},
                    {EventType::article_published, "", 980}};
  const auto text = rendered(summary, english());
  EXPECT_EQ(text,
            "[Tinwatch] 9980 alerts\n- Cầu đường: 9000\n- new: 980\n\n"
            "See all: https://t.test/messages/0190-m\n");
  const auto vietnamese_text = rendered(summary, vietnamese());
  EXPECT_NE(vietnamese_text.find("\n- mới: 980\n"), std::string::npos) << vietnamese_text;
}

TEST(Letter, WhatDoesNotFitIsLeftOutAndCounted) {
  std::vector<Story> stories;
  for (int i = 0; i < 50; ++i) stories.push_back(edited("Tin số " + std::to_string(i)));
  const auto letter = letter_of(std::move(stories));
  const auto markdown = shipped("markdown", Markup::markdown);
  const auto units = [](std::string_view text) {
    std::size_t out = 0;
    for (std::size_t at = 0; at < text.size();) out += next_code_point(text, at) > 0xffff ? 2 : 1;
    return out;
  };
  for (const std::size_t most : {20000U, 4096U, 2000U, 700U}) {
    const auto text = markdown.render(letter, english(), most);
    EXPECT_LE(units(text), most);
    EXPECT_NE(text.find("more"), std::string::npos) << most;
    EXPECT_NE(text.find("https://t.test/messages/0190-m"), std::string::npos) << most;
  }
  const auto line = markdown.render(letter, english(), 40);
  EXPECT_LE(units(line), 40U);
  EXPECT_FALSE(line.empty());
}

TEST(LetterTemplate, RefusesWhatWouldNotBeEscaped) {
  for (const auto* wrong : {"{{{headline}}}", "{{& headline}}", "{{ &headline}}", "{{\n&headline}}",
                            "{{=<% %>=}}", "{{#stories}}", "{{"})
    EXPECT_FALSE(LetterTemplate::parse(wrong, Markup::html)) << wrong;
  EXPECT_TRUE(LetterTemplate::parse("{{#stories}}{{headline}}{{/stories}}", Markup::html));
}

TEST(LetterTemplate, OtherPeoplesTextStaysText) {
  auto story = edited(hostile);
  story.source = hostile;
  story.watches.front().title = hostile;
  story.sentences.front().runs[1].text = hostile;
  story.edits.front().runs[1].text = hostile;
  story.edits.front().runs[2].text = hostile;
  const auto letter = letter_of({story});
  const auto has = [](const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
  };
  const auto html = shipped("html", Markup::html).render(letter, english());
  EXPECT_FALSE(has(html, "<script")) << html;
  EXPECT_FALSE(has(html, "</b>"));
  const auto telegram = shipped("telegram", Markup::html).render(letter, english());
  EXPECT_FALSE(has(telegram, "<script"));
  EXPECT_FALSE(has(telegram, "<!channel"));
  const auto slack = shipped("slack", Markup::mrkdwn).render(letter, english());
  for (const auto* live : {"<!channel", "<@U1", "*a*", "_b_", "~c~", "`d`", "@everyone"})
    EXPECT_FALSE(has(slack, live)) << live << slack;
  const auto markdown = shipped("markdown", Markup::markdown).render(letter, english());
  for (const auto* live : {"[x](", "@everyone", "*a*", "`d`", "</b>"}) {
    // An escaped sign is no markup: none stands there without its backslash.
    for (auto at = markdown.find(live); at != std::string::npos; at = markdown.find(live, at + 1))
      EXPECT_EQ(markdown[at - 1], '\\') << live << markdown;
  }
  for (const auto& text : {html, telegram, slack, markdown,
                           shipped("text", Markup::plain).render(letter, english())}) {
    EXPECT_FALSE(has(text, "\xE2\x80\xAE")) << "the direction of writing is not turned";
    EXPECT_FALSE(has(text, "\r"));
    EXPECT_FALSE(has(text, "\nBcc:")) << text;
  }
  EXPECT_TRUE(has(slack, "{{line}}")) << "a template's signs in a text are text";
}

TEST(Escape, AnAddressStaysOneThatCanBeFollowed) {
  const auto* const url = "https://bao.test/a_b*c/(d)?x=1&y=<2>#e|f";
  EXPECT_EQ(escape(Markup::mrkdwn, url), "https://bao.test/a_b%2Ac/(d)?x=1&amp;y=%3C2%3E#e%7Cf");
  EXPECT_EQ(escape(Markup::markdown, url), "https://bao.test/a_b%2Ac/%28d%29?x=1&y=%3C2%3E#e|f");
  EXPECT_EQ(escape(Markup::html, url), "https://bao.test/a_b*c/(d)?x=1&amp;y=&lt;2&gt;#e|f");
  EXPECT_EQ(escape(Markup::json, "a\"b\\c"), "a\\\"b\\\\c");
}

ArticleRecord record(const std::string& body) {
  ArticleRecord out;
  out.headline = "H";
  out.body = {{BlockType::paragraph, body}};
  return out;
}

TEST(Edits, AreThePlacesThatDiffer) {
  const auto edits =
      edits_between(record("Kinh phí là 5,4 tỷ đồng."), record("Kinh phí là 6,1 tỷ đồng."));
  ASSERT_EQ(edits.passages.size(), 1U);
  EXPECT_EQ(edits.passages[0].field, "body");
  EXPECT_EQ(edits.passages[0].runs, (Runs{{Fate::same, "Kinh phí là"},
                                          {Fate::removed, "5,4"},
                                          {Fate::added, "6,1"},
                                          {Fate::same, "tỷ đồng."}}));
  EXPECT_TRUE(edits_between(record("a"), record("a")).passages.empty());
}

TEST(Edits, FarFromOneAnotherAreTwoPlaces) {
  std::string middle;
  for (int i = 0; i < 60; ++i) middle += " w" + std::to_string(i);
  const auto edits =
      edits_between(record("one" + middle + " two"), record("eins" + middle + " zwei"));
  ASSERT_EQ(edits.passages.size(), 2U);
  EXPECT_EQ(edits.passages[0].runs.back().text, "w0 w1 w2 w3 w4 w5 w6 w7 w8 w9 …");
  EXPECT_EQ(edits.passages[1].runs.front().text, "… w50 w51 w52 w53 w54 w55 w56 w57 w58 w59");
}

TEST(Edits, BeyondTheFirstTenAreCounted) {
  std::string before;
  std::string after;
  for (int i = 0; i < 14; ++i) {
    for (int word = 0; word < 30; ++word) {
      before += " w" + std::to_string(i * 30 + word);
      after += " w" + std::to_string(i * 30 + word);
    }
    before += " old" + std::to_string(i);
    after += " new" + std::to_string(i);
  }
  const auto edits = edits_between(record(before), record(after));
  EXPECT_EQ(edits.passages.size(), 10U);
  EXPECT_EQ(edits.further, 4);
}

TEST(Edits, WordsAreMarkedWhereTheyStand) {
  EXPECT_EQ(marked("lũ về, lũ lên", {"lũ", "lên"}),
            (Runs{{Fate::matched, "lũ"}, {Fate::same, " về, lũ "}, {Fate::matched, "lên"}}));
  EXPECT_EQ(marked("abc", {"ab", "bc"}), (Runs{{Fate::matched, "ab"}, {Fate::matched, "c"}}));
  EXPECT_EQ(marked("abc", {"x", ""}), (Runs{{Fate::same, "abc"}}));
}

}  // namespace
}  // namespace tinwatch::alerts
