#include "html/prune.hpp"

#include "html/hidden_email.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace tinwatch::parsers {
namespace {

std::string repeated(const std::string& text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

std::string pruned(std::string_view html) { return prune(html, TextPlace::in_html).html; }

TEST(Prune, DropsWhatNobodyReads) {
  const auto page = prune(
      "<p>a<script>if (1<2) '</p>'</script><!-- <b> "
      "--><style>p{}</style><svg><path/></svg>b</p><SCRIPT>x</SCRIPT>");
  EXPECT_EQ(page.html, "<p>ab</p>");
}

TEST(Prune, DropsWhatTheServerDidNotRun) {
  EXPECT_EQ(pruned("<%-- made <b>by</b> hand --%><p>a</p><%@ page x=\"y\" %><p>5 <% 6</p>"),
            "<p>a</p><p>5 &lt;% 6</p>");
}

TEST(Prune, KeepsJsonLdApart) {
  const auto page =
      prune("<script type=\"application/ld+json\">{\"a\":1}</script><script>{}</script>");
  EXPECT_EQ(page.json_ld, std::vector<std::string>{"{\"a\":1}"});
  EXPECT_EQ(page.html, "");
}

TEST(Prune, KeepsAttributesButNotTheHarmfulOnes) {
  EXPECT_EQ(pruned("<a href='x?a=1&b' class=k>t</a>"), "<a href=\"x?a=1&b\" class=\"k\">t</a>");
  EXPECT_EQ(pruned("<img src=\"data:image/gif;base64,AAAA\" data-src=/a.jpg>"),
            "<img data-src=\"/a.jpg\">");
  EXPECT_EQ(pruned("<p style=\"" + std::string(300, 'x') + "\">t</p>"), "<p>t</p>");
  EXPECT_EQ(pruned("<a title='say \"hi\"'>t</a>"), "<a title='say \"hi\"'>t</a>");
}

TEST(Prune, TreatsTextElementsAsText) {
  EXPECT_EQ(pruned("<title>a <b> c</titles></title><p>d</p>"),
            "<title>a &lt;b> c&lt;/titles></title><p>d</p>");
  EXPECT_EQ(pruned("a<plaintext>b<p>c"), "ab<p>c");
}

TEST(Prune, CutsDepthAndAttributes) {
  const auto deep = pruned(repeated("<div>", 20000) + "x" + repeated("</div>", 20000));
  EXPECT_EQ(static_cast<std::size_t>(std::count(deep.begin(), deep.end(), 'x')), 1U);
  EXPECT_EQ(deep, repeated("<div>", deepest_nesting) + "x" + repeated("</div>", deepest_nesting));
  const auto wide = pruned("<p " + repeated("a ", 50000) + ">x</p>");
  EXPECT_LT(wide.size(), most_attributes * 3);
  const auto sloppy = repeated("<p>line<br>", 2000);
  EXPECT_EQ(pruned(sloppy), sloppy) << "paragraphs that nobody closes do not nest";
}

TEST(Prune, CannotBeTalkedOutOfItsDepth) {
  const auto count = [](const std::string& html, const std::string& tag) {
    std::size_t found = 0;
    for (auto at = html.find(tag); at != std::string::npos; at = html.find(tag, at + 1)) ++found;
    return found;
  };
  EXPECT_EQ(count(pruned(repeated("<div></x>", 20000)), "<div>"), deepest_nesting);
  EXPECT_EQ(count(pruned(repeated("<rt>", 20000)), "<rt>"), deepest_nesting);
  EXPECT_EQ(count(pruned(repeated("<b id=1><i class=x>", 1000) + "<p>x"), "<b id"),
            most_formatting / 2);
  EXPECT_EQ(pruned("<</x>div>"), "&lt;div>") << "what is cut does not join its neighbours to a tag";
  EXPECT_LE(count(pruned(repeated("<p><b><i><u><font>x", 60000)), "<p>"),
            most_tags / most_formatting + 1)
      << "what Gumbo opens anew in every paragraph counts";
  EXPECT_EQ(pruned("<p><b class=k onclick=f()>a</b> c</p>"), "<p><b class=\"k\">a</b> c</p>");
  EXPECT_EQ(pruned("<div><b>a</div>b</b>"), "<div><b>a</div>b");
}

TEST(Prune, BoundsAttributes) {
  const auto bodies = prune(repeated("<body a>", 65'000) + repeated("<html b>", 65'000)).html;
  EXPECT_LE(static_cast<std::size_t>(std::count(bodies.begin(), bodies.end(), ' ')),
            most_attributes)
      << "those of one element in the end";
  std::string names;
  for (std::size_t i = 0; i < most_attributes - 1; ++i) names += " n" + std::to_string(i);
  const auto same = pruned("<p" + names + repeated(" zz", 1000) + " last>");
  EXPECT_EQ(same, "<p" + names + " zz>") << "what is written twice counts too";
}

TEST(Prune, BoundsBytesAndSurvivesEveryCut) {
  EXPECT_LE(pruned(repeated("<p>đường</p>", 1000000)).size(), most_markup);
  const std::string page =
      "<!doctype html><a href=\"x\" b='y' c=z><!-- c --><script>s</script><title>t</title></a>";
  for (std::size_t i = 0; i <= page.size(); ++i)
    EXPECT_LE(pruned(std::string_view(page).substr(0, i)).size(), i + 8) << i;
}

TEST(RevealEmail, DecodesCloudflaresForm) {
  EXPECT_EQ(reveal_email("5a383b351a2b316d742c34"), "bao@qk7.vn");
  EXPECT_EQ(reveal_email("1763d4a5766478f6adb67957667c20396179"), "tòasoạn@qk7.vn");
  for (const auto* bad : {"", "5a", "5a3", "zz12"}) EXPECT_EQ(reveal_email(bad), "") << bad;
}

}  // namespace
}  // namespace tinwatch::parsers
