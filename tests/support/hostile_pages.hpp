#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::test {

[[nodiscard]] inline std::string repeat(std::string_view text, std::size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

/// A page built to cost more than it is long. `make(n)` gives one of about n x 2.5 KB; what nests
/// does so 4 n deep, so that a cost of size times depth grows with the square of n too (to n = 95:
/// deeper nesting is cut).
struct HostilePage {
  const char* name;
  std::function<std::string(std::size_t n)> make;
};

namespace hostile {

inline constexpr std::size_t unit = 2500;  // bytes

inline const std::string prose =
    "<p>This is a paragraph of prose that says enough to be taken for an article by anybody, "
    "really it does say enough. It goes on.</p>\n";
inline const std::string top = "<title>A title of some words</title><h1>A title of some words</h1>";

/// Headline, some prose, and `piece` over and over.
[[nodiscard]] inline HostilePage many(const char* name, std::string piece,
                                      std::string before = top + repeat(prose, 3)) {
  return {name, [piece, before](std::size_t n) {
            return before + repeat(piece, n * unit / piece.size());
          }};
}

/// The same inside of `open`, nested.
[[nodiscard]] inline HostilePage deep(const char* name, std::string open, std::string piece,
                                      std::string before = top + repeat(prose, 3)) {
  return {name, [open, piece, before](std::size_t n) {
            return before + repeat(open, 4 * n) + repeat(piece, n * unit / piece.size());
          }};
}

/// In a head, between two texts.
[[nodiscard]] inline HostilePage head(const char* name, std::string open, std::string piece,
                                      std::string close) {
  return {name, [open, piece, close](std::size_t n) {
            return open + repeat(piece, n * unit / piece.size()) + close + top + repeat(prose, 9);
          }};
}

[[nodiscard]] inline std::string attributes(std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += " a" + std::to_string(100 + i);
  return out;
}

/// Links whose addresses are as long as they may be.
[[nodiscard]] inline std::string long_links(std::size_t n) {
  std::string out;
  for (std::size_t i = 0; i < n; ++i)
    out += "<a href=\"/" + repeat("a/", 900) + std::to_string(i) + "\">Some words of a link</a>";
  return out;
}

}  // namespace hostile

/// One page of each kind.
[[nodiscard]] inline std::vector<HostilePage> hostile_pages() {
  using namespace hostile;
  const auto script = [](const std::string& fields) {
    return "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"A b "
           "c\"," +
           fields;
  };
  return {
      // Trees
      many("nested", "<div>x", top),
      many("unclosed", "<p><div><span><li>x"),
      many("adopted_links", "<a href=x><div>y</a>z", top),
      many("adopted_formatting", "<a><b><i><u><em><strong><div>x</a></b></i></u></em></strong>",
           top),
      many("spans_around_blocks", "<span><div>x</span>", top),
      many("forms_around_blocks", "<form><div></form>x", top),
      many("tables_in_blocks", "<div><table></div>x", top),
      many("headings_in_headings", "<h1><div><h2><div></h1>x", top),
      many("nested_tables", "<table><tr><td>x", top),
      many("nested_lists", "<ul><li>x", top),
      many("definitions", "<dl><dt>x<dd>y", top),
      {"attributes",
       [](std::size_t n) { return top + repeat("<p" + attributes(400) + ">x</p>", n); }},
      {"one_tag_of_attributes",
       [](std::size_t n) { return top + "<p" + attributes(500 * n) + '>'; }},
      many("breaks", "<br>", top + "<p>x"),
      many("comments", "<!---->x", top),
      // Writers
      {"headings_over_lives",
       [](std::size_t n) {
         return top + "<div>" + repeat(prose, 3) + repeat("<h6>Author</h6>", n * unit / 15) +
                repeat(prose, 9) + "</div>";
       }},
      // Text
      many("one_paragraph", "word of prose that goes on, ", top + "<p>"),
      many("one_word", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxx", top + "<p>"),
      many("entities", "&amp;&eacute;&#x1F600;", top + "<p>"),
      many("controls", "\x01\x02 a\x7f", top + "<p>"),
      many("emoji", "\U0001F600 ", top + "<p>"),
      many("contact_words", "get our comment kommentar our get newslette ", top + "<p>"),
      // Headlines
      head("title_of_bars", "<title>", "a | ", "</title>"),
      head("title_of_colons", "<title>", "aa bb cc: ", "</title>"),
      deep("nested_headlines", "<h1><div>", "word ", ""),
      {"broken_headline",
       [](std::size_t n) { return "<h1>" + repeat("word<br><br>", 200 * n) + "</h1>" + prose; }},
      {"headline_in_parts",
       [](std::size_t n) {
         return "<meta property=og:title content=\"" + repeat("a b c d ", 25 * n) + "\"><h1>" +
                repeat("<span>", 4 * n) + repeat("a b c d ", 50 * n) + repeat("</span>", 4 * n) +
                "</h1>" + repeat(prose, 9);
       }},
      {"repeated_leads",
       [](std::size_t n) {
         return top + repeat("<p class=lead>one two three four five six</p>", 25 * n) +
                repeat(prose, 3) + repeat("<p>seven eight nine ten eleven</p>", 50 * n) +
                "<p>one two three four five six</p>" + prose;
       }},
      many("headed_boxes", "<h2>Related</h2><p><a href=/x>y z</a></p>"),
      // Dates
      many("dates", "<p>12/03/2024 10:20 GMT+7</p>"),
      many("hardly_dates", "<p>1 a 1/2 b 3-4 c 5.6 d 7 tháng</p>"),
      many("times", "<time class=published datetime=\"1 1 1\">y 1</time>"),
      many("declared_dates", "<b itemprop=datePublished content=\"1 2 3\" title=\"4 5\">6</b>"),
      deep("dates_in_menus", "<div class=\"zq zq zq zq zq zq zq zq zq zq zq zq\">",
           "<p>1 1 1 1 1</p>", "<nav>"),
      deep("times_in_headers", "<div class=\"zq zq zq zq zq zq zq zq zq zq zq zq\">",
           "<time>1 1 1</time>", top + prose + "<header>"),
      // Authors, sections, teasers
      many("bylines", "<p class=author>By a 1, b 2, c 3, d 4</p>"),
      many("names", "<a rel=author href=/author/>Aa Ba,Ca Da,Ea Fa,Ga Ha,Ia Ja,Ka La,Ma Na</a>"),
      deep("nested_authors", "<div itemprop=author>", "<a href=\"/author/\">1</a>"),
      deep("comments_in_comments", "<div class=\"zq zq zq zq zq zq zq zq zq zq zq zq\">",
           "<i>x</i>"),
      deep("nested_breadcrumbs", "<div class=breadcrumb>", "<a href=x>home</a>"),
      deep("nested_related", "<div class=related>", "<a href=\"javascript:\">x</a>"),
      deep("nested_bodies", "<div itemprop=articleBody>", "<i itemprop=articleBody>x</i>"),
      many("teasers", "<div class=c><h3><a href=/x>Some headline</a></h3></div>"),
      deep("rows_of_entries",
           repeat("<div class=c><h3><a href=//b.co>x</a></h3></div>", 3) + "<div class=c>",
           "<h3><a href=//b.co>x</a> y z and more of what is no link</h3>"),
      many("summaries", "<h3><a href=/x>Some headline of six words</a></h3>" + prose, ""),
      {"linked_headline",
       [](std::size_t n) {
         return "<h1>" + repeat("<a href=?>A headline of some words</a>", 60 * n) + "</h1>" +
                repeat(prose, 3) + repeat("<a href=/x>Some headline of six words</a>", 12);
       }},
      many("captions", "<p class=caption>Photo: a b c d</p>"),
      many("imprints", "<p>Cơ quan chủ quản: a: b 1 giấy phép số: 1 ngày 2</p>"),
      // Scripts
      head("keywords", script("\"keywords\":\""), "a&,", "\"}</script>"),
      head("authors", script("\"author\":{\"name\":["), "\"a&\",", "\"b\"]}}</script>"),
      head("body_lines", script("\"articleBody\":\""), "&\\n", "\"}</script>"),
      head("objects", "<script type=\"application/ld+json\">[", "{\"@type\":\"NewsArticle\"},",
           "{}]</script>"),
      {"handed_over",
       [](std::size_t n) {
         return "<meta property=og:type content=article><title>" + repeat("a ", 600 * n) +
                "</title><script>x={\"a\":[" + repeat("\"aaaaaaaaaaaaaa\",", 70 * n) +
                "1]}</script>";
       }},
      {"many_handed_over",
       [](std::size_t n) {
         return "<meta property=og:type content=article><title>A title</title><script>" +
                repeat("x=[1,", 500 * n) + "</script>";
       }},
      head("state", "<script type=\"application/json\">[", "{\"a\":[0]},", "0]</script>"),
      // Lists
      deep("long_names", "<div class=\"" + repeat("author-of ", 40) + "\">",
           "<a href=/x>Some words of a link</a><a href=/y>z</a>", ""),
      many("links", "<a href=\"/a-b-c-d-e-12345.html\">Some headline of six words</a>"),
      {"long_links", long_links},
      deep("nested_links", "<a href=/x><table><tr><td>", "word ", ""),
  };
}

}  // namespace tinwatch::test
