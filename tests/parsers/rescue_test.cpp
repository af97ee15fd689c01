#include "parsers/article.hpp"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

/// Texts that a page carries outside of its markup.
namespace tinwatch::parsers {
namespace {

using namespace std::chrono_literals;

auto extract(std::string html) {
  return extract_article({.url = "https://bao.test/mot-bai-viet-2026", .html = std::move(html)},
                         Site::generic(TimeZone::fixed(7h)));
}

TEST(Rescue, ReadsTheStateOfAPageThatScriptsDraw) {
  std::string story;
  for (int i = 0; i < 8; ++i)
    story +=
        (i > 0 ? "," : "") + std::string(R"({"type":"text","content":"Đoạn )") + std::to_string(i) +
        R"( của bài nằm trong dữ liệu của trang, <b>dài</b> như một đoạn văn thật, có dấu phẩy."})";
  const auto head =
      R"(<script type="application/ld+json">{"@type":"NewsArticle","headline":"Bài vẽ bằng mã"}</script><title>Bài vẽ bằng mã</title>)";
  const auto record =
      extract(std::string(head) +
              R"(<div id="root"></div><script type="application/json">{"a":{"content_elements":[)" +
              story + "]}}</script>");
  ASSERT_TRUE(record) << record.error().detail;
  EXPECT_EQ(record->body.size(), 8U);
  EXPECT_TRUE(record->body[0].text.starts_with("Đoạn 0 của bài nằm"));
  EXPECT_EQ(record->provenance.at("body"), "heuristic");
  EXPECT_FALSE(extract(std::string(head) + "<div id=root></div>"));
}

TEST(Rescue, ReadsTheStateThatScriptsHandOver) {
  std::string story;
  for (int i = 0; i < 8; ++i)
    story +=
        R"(\u003cp class=\"p\">Đoạn )" + std::to_string(i) +
        R"( của bài nằm trong dữ liệu của trang, dài như một đoạn văn thật, có dấu phẩy.\u003c/p>)";
  const auto page = [&](const std::string& head, const std::string& before,
                        const std::string& behind, const std::string& title = "Bài vẽ bằng mã") {
    return extract(head + "<title>Bài vẽ bằng mã</title>" + "<div id=root></div><script>" + before +
                   R"({"n":[")" + title + R"(",{"html":")" + story + "\"}]}" + behind +
                   "</script>");
  };
  const std::string declared = "<meta property=og:type content=article>";
  for (const auto& [before, behind] :
       std::vector<std::pair<std::string, std::string>>{{"window.state=", ";"},
                                                        {"window.state = ", ";run()"},
                                                        {"self.parts.push(", ")"},
                                                        {"(q=q||[]).push([0,", "])"}}) {
    const auto record = page(declared, before, behind);
    ASSERT_TRUE(record) << before << record.error().detail;
    EXPECT_EQ(record->body.size(), 8U) << before;
  }
  EXPECT_FALSE(page(declared, "window.state=", ";", "Chúng tôi dùng cookie"))
      << "of something else";
  EXPECT_FALSE(page("", "window.state=", ";")) << "what is no article may keep anything";
  EXPECT_FALSE(page(declared, "window.state=[", ";")) << "it breaks off";
  EXPECT_TRUE(page(declared, "a={b:1};window.state=", ";")) << "what comes before is no JSON";
}

}  // namespace
}  // namespace tinwatch::parsers
