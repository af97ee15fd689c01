#include "core/text.hpp"
#include "html/text_reader.hpp"
#include "html/writer.hpp"

#include <gtest/gtest.h>

#include <array>

namespace tinwatch::parsers {
namespace {

const std::string line = "một dòng chữ dài hơn chín byte";

void start(HtmlWriter& writer, std::string_view name) {
  const std::string html = '<' + std::string(name) + '>';
  writer.aside(HtmlWriter::StartTag{Name(name), 0, html});
}
void end(HtmlWriter& writer, std::string_view name) {
  writer.aside(HtmlWriter::EndTag{Name(name)});
}
void text(HtmlWriter& writer, std::string_view html) { writer.aside(HtmlWriter::Text{html}); }

std::string phrase(const TextTape& tape, const TextTape::Run& run) {
  using Kind = TextTape::Step::Kind;
  std::string out;
  std::vector<std::string> open;
  for (const auto& step : tape.steps(run)) {
    switch (step.kind) {
      case Kind::text: out += tape.text(step); break;
      case Kind::open:
        open.emplace_back(gumbo_normalized_tagname(step.tag));
        out += '<' + open.back() + '>';
        break;
      case Kind::close:
        if (open.back() != "br") out += "</" + open.back() + '>';
        open.pop_back();
        break;
    }
  }
  EXPECT_TRUE(open.empty());
  return out;
}

/// The page: the HTML with what stands beside it in its place.
std::string page_of(const HtmlWriter::Written& written) {
  const auto& [html, tape] = written;
  std::string out;
  for (std::size_t at = 0; at < html.size();) {
    auto next = at;
    static_cast<void>(next_code_point(html, next));
    if (const auto number = tape.run_at(html, at)) {
      const auto& run = tape.run(*number);
      out += run.kind == TextTape::Run::Kind::elements ? phrase(tape, run)
                                                       : std::string(tape.text(run));
    } else {
      out.append(html, at, next - at);
    }
    at = next;
  }
  return out;
}

using Call = void (*)(HtmlWriter&);
constexpr std::array<Call, 11> calls = {
    [](HtmlWriter& w) { w.literal("<div>"); }, [](HtmlWriter& w) { start(w, "b"); },
    [](HtmlWriter& w) { start(w, "span"); },   [](HtmlWriter& w) { start(w, "br"); },
    [](HtmlWriter& w) { end(w, "b"); },        [](HtmlWriter& w) { end(w, "span"); },
    [](HtmlWriter& w) { end(w, "i"); },        [](HtmlWriter& w) { text(w, " " + line + ' '); },
    [](HtmlWriter& w) { text(w, "&lt;"); },    [](HtmlWriter& w) { text(w, " \x01"); },
    [](HtmlWriter& w) { text(w, " "); }};

TEST(HtmlWriter, WhateverIsCalledInWhateverOrderGivesThePage) {
  constexpr std::size_t length = 5;
  std::size_t orders = 1;
  for (std::size_t i = 0; i < length; ++i) orders *= calls.size();
  for (std::size_t order = 0; order < orders; ++order) {
    HtmlWriter aside(TextPlace::aside, 0);
    HtmlWriter in_html(TextPlace::in_html, 0);
    for (auto rest = order, i = std::size_t{0}; i < length; ++i, rest /= calls.size()) {
      calls[rest % calls.size()](aside);
      calls[rest % calls.size()](in_html);
    }
    ASSERT_EQ(page_of(aside.take()), in_html.take().html) << order;
  }
}

TEST(HtmlWriter, APhraseIsOneCharacter) {
  HtmlWriter writer(TextPlace::aside, 0);
  writer.literal("<p>");
  start(writer, "span");
  text(writer, "a");
  start(writer, "br");
  start(writer, "b");
  text(writer, line);
  end(writer, "b");
  end(writer, "span");
  end(writer, "p");
  EXPECT_EQ(writer.take().html, "<p>\U000F0002</p>");
}

TEST(HtmlWriter, AnEmptyPhraseIsOneWhereNoFramesetCanReplaceTheBodyAnyMore) {
  HtmlWriter writer(TextPlace::aside, 0);
  start(writer, "b");
  text(writer, " ");
  end(writer, "b");
  start(writer, "wbr");
  start(writer, "br");
  start(writer, "b");
  end(writer, "b");
  EXPECT_EQ(writer.take().html, "<b> </b><wbr>\U000F0000\U000F0001");
}

TEST(HtmlWriter, WhatGumboMustSeeKeepsThePhraseAroundItInTheHtml) {
  const auto written = [](Call inside) {
    HtmlWriter writer(TextPlace::aside, 0);
    text(writer, line);  // no <frameset> can come any more
    start(writer, "b");
    text(writer, "a");
    inside(writer);
    end(writer, "b");
    return writer.take().html;
  };
  const std::string before = "\U000F0000";
  EXPECT_EQ(written([](HtmlWriter& w) { text(w, "c"); }), before + "\U000F0003");
  EXPECT_EQ(written([](HtmlWriter& w) { w.literal("<div>"); }), before + "<b>\U000F0001<div></b>");
  EXPECT_EQ(written([](HtmlWriter& w) { text(w, "&lt;"); }), before + "<b>\U000F0001&lt;</b>");
  EXPECT_EQ(written([](HtmlWriter& w) { text(w, "\x01"); }), before + "<b>\U000F0001\x01</b>");
  EXPECT_EQ(written([](HtmlWriter& w) { end(w, "i"); }), before + "<b>\U000F0001</i></b>");
}

TEST(HtmlWriter, APhraseThatTextCannotFollowInAFormIsParted) {
  HtmlWriter writer(TextPlace::aside, 0);
  writer.literal("<form>");
  start(writer, "b");
  text(writer, line);
  end(writer, "b");
  text(writer, "a");
  end(writer, "form");
  end(writer, "form");
  EXPECT_EQ(writer.take().html, "<form>\U000F0001<!---->a</form></form>");
}

/// Between the two texts a tag was cut.
std::string read_apart(std::string_view first, std::string_view second, TextPlace place) {
  HtmlWriter writer(place, 0);
  text(writer, first);
  text(writer, second);
  EXPECT_FALSE(writer.is_ambiguous());
  return page_of(writer.take());
}

TEST(HtmlWriter, NoReferenceGoesOnBehindACut) {
  for (const auto place : {TextPlace::aside, TextPlace::in_html}) {
    EXPECT_EQ(read_apart("a &am", "p;", place), "a &am&#112;;");
    EXPECT_EQ(read_apart("&", "#65;", place), "&&#35;65;");
    EXPECT_EQ(read_apart("&#6", "5;", place), "&#6&#53;;");
    EXPECT_EQ(read_apart("&#x4", ";", place), "&#x4&#59;");
    EXPECT_EQ(read_apart("&lt;", "b", place), "&lt;b");
    EXPECT_EQ(read_apart("&am", " p;", place), "&am p;");
    EXPECT_EQ(read_apart("a&b c", "d", place), "a&b cd");
  }
  EXPECT_EQ(read_apart("&am", "p;" + line, TextPlace::aside), "&amp;" + line)
      << "what stands between them in the HTML is no letter";
}

TEST(HtmlWriter, NoticesCharactersThatPlaceholdersCouldBe) {
  const auto is_ambiguous = [](std::string_view html) {
    HtmlWriter writer(TextPlace::aside, 0);
    text(writer, html);
    return writer.is_ambiguous();
  };
  const std::vector<std::string> ours = {
      "\U000F0000",     "a \U0010FFFD",  line + "\U000F1234" + line,
      "\x01\U000FFFFF", "&#xF0000;",     "a &#983040",
      "&#X10ffff;",     "&#4295950336;", "&#x1000F0000;"};
  for (const auto& html : ours) EXPECT_TRUE(is_ambiguous(html)) << html;
  // A flag of England, the end of the plane before, an icon of the first plane.
  const std::vector<std::string> others = {"\U0001F3F4\U000E0067\U000E007F",
                                           line + "\U000EFFFD",
                                           "\uE000",
                                           "&#xEFFFF;",
                                           "&#983039;",
                                           "&#xF000;0",
                                           "&#;",
                                           "&#x;",
                                           "&F0000;",
                                           "#983040;"};
  for (const auto& html : others) EXPECT_FALSE(is_ambiguous(html)) << html;
}

TEST(HtmlWriter, KeepsWorkingWhenTheTapeIsFull) {
  HtmlWriter writer(TextPlace::aside, 0);
  for (std::size_t i = 0; i < most_placeholders; ++i) text(writer, line);
  start(writer, "b");
  text(writer, line);
  end(writer, "b");
  start(writer, "br");
  const auto written = writer.take();
  EXPECT_EQ(written.texts.run_count(), most_placeholders);
  EXPECT_EQ(written.html.substr(most_placeholders * placeholder_width), "<b>" + line + "</b><br>");
}

TEST(TextReader, GivesARunOnceWhateverTheTreeIs) {
  TextTape tape;
  tape.add_text(line);
  std::string placeholder;
  append_utf8(placeholder, tape.add_run({0, tape.end(), TextTape::Run::Kind::text}));
  std::deque<std::string> written;
  TextReader reader(tape, written);
  const auto read = [&](std::string_view shown) {
    std::string out;
    for (const auto& piece : reader.read(shown)) out += piece.text;
    return out;
  };
  EXPECT_EQ(read(placeholder + placeholder), line + placeholder);
  EXPECT_EQ(read(placeholder), placeholder);
}

}  // namespace
}  // namespace tinwatch::parsers
