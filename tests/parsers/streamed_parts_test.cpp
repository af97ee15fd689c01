#include "html/streamed_parts.hpp"

#include "html/prune.hpp"
#include "parsers/article.hpp"
#include "support/growth.hpp"

#include <gtest/gtest.h>

/// Pages that are put together where they are read: sent in parts, or with trees in templates.
namespace tinwatch::parsers {
namespace {

using namespace std::chrono_literals;

const std::string moves_nothing = "<p>a</p><div hidden id=\"S:0\">b</div>";

TEST(StreamedParts, StandWhereTheirPlaceIs) {
  EXPECT_EQ(parts_in_place(
                "<main><!--$?--><template id=\"B:0\"></template><i>wait</i><!--/$--></main>"
                "<div hidden id=\"S:0\"><p>late</p></div><script>$RC(\"B:0\",\"S:0\")</script>"),
            "<main><!--$?--><p>late</p><!--/$--></main><script>$RC(\"B:0\",\"S:0\")</script>");
}

TEST(StreamedParts, StandInOneAnother) {
  EXPECT_EQ(parts_in_place("<!--$?--><template id=\"B:0\"></template><!--/$-->"
                           "<div hidden id=\"S:0\">a<template "
                           "id=\"P:1\"></template>c</div><script>$RC(\"B:0\",\"S:0\")</script>"
                           "<div hidden id=\"S:1\">b</div><script>$RS(\"S:1\",\"P:1\")</script>"),
            "<!--$?-->abc<!--/$--><script>$RC(\"B:0\",\"S:0\")</"
            "script><script>$RS(\"S:1\",\"P:1\")</script>");
}

TEST(StreamedParts, TakeTheWholeOfWhatStandsInForThem) {
  EXPECT_EQ(parts_in_place("<!--$?--><template id=\"B:0\"></template>x<!--$-->y<!--/$-->z<!--/$-->"
                           "<div hidden id=\"S:0\">late</div><template data-bid=\"B:0\" "
                           "data-sid=\"S:0\"></template>"),
            "<!--$?-->late<!--/$--><template data-bid=\"B:0\" data-sid=\"S:0\"></template>");
}

TEST(StreamedParts, StayWhereNothingMovesThem) {
  EXPECT_EQ(parts_in_place(moves_nothing), moves_nothing);
  const std::string endless = "<template id=\"B:0\"></template><div hidden id=\"S:0\"><div>b</div>";
  EXPECT_EQ(parts_in_place(endless), endless);
}

TEST(StreamedParts, CostNoMoreThanThePageIsLong) {
  const auto hostile = [](std::size_t n) {
    std::string page;
    for (std::size_t i = 0; i < 20 * n; ++i)
      page += "<template id=\"B:" + std::to_string(i) +
              "\"></template><!--$--><div hidden id=\"S:" + std::to_string(i) +
              "\">x</div><script>$RC(\"B:" + std::to_string(i) + "\",\"S:" + std::to_string(i) +
              "\")</script>";
    return page;
  };
  EXPECT_TRUE(test::grows_linearly(
      12, hostile, [](const std::string& page) { static_cast<void>(parts_in_place(page)); }));
}

TEST(StreamedParts, AreTheTextOfTheirArticle) {
  std::string late;
  for (int n = 1; n < 6; ++n)
    late += "<p>Câu thứ " + std::to_string(n) +
            " kể rằng phà ngang sông Trầu đã chạy lại từ sáng nay, sau ba tuần nằm bến.</p>";
  const auto record =
      extract_article({.url = "https://bao.test/pha-song-trau-chay-lai-48213.html",
                       .html = "<html lang=vi><head><title>Phà sông Trầu chạy "
                               "lại</title></head><body><main><h1>Phà sông Trầu chạy lại</h1>"
                               "<!--$?--><template id=\"B:1\"></template><div>Đang "
                               "tải</div><!--/$--></main><footer>Báo</footer>"
                               "<div hidden id=\"S:1\">" +
                               late + "</div><script>$RC(\"B:1\",\"S:1\")</script></body></html>"},
                      Site::generic(TimeZone::fixed(7h)));
  ASSERT_TRUE(record) << record.error().detail;
  EXPECT_EQ(record->body.size(), 5U);
}

TEST(ShadowTrees, AreRead) {
  EXPECT_EQ(prune("<x-a><template "
                  "shadowrootmode=\"open\"><style>p{}</style><p>a</p></template>b</"
                  "x-a><template><p>c</p></template>",
                  TextPlace::in_html)
                .html,
            "<x-a><p>a</p>b</x-a>");
}

}  // namespace
}  // namespace tinwatch::parsers
