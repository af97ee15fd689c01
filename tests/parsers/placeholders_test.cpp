#include "outline.hpp"

#include <gtest/gtest.h>

namespace tinwatch::parsers {
namespace {

const std::string line = "một dòng chữ dài hơn chín byte";

std::string read(std::string_view html) { return outline(HtmlTree(html)); }

TEST(Placeholders, GumboReadsTheTagsAndNotTheText) {
  const auto page = prune("<p class=\"" + line + "\" id=a title=b>\n  " + line + "\n</p>");
  EXPECT_EQ(page.html, "<p \U00100000>\n\U000F0000</p>");
  EXPECT_EQ(prune("<p>ngắn</p>").html, "<p>ngắn</p>")
      << "a short text costs as little as what would stand for it";
  EXPECT_EQ(prune("<input type=hidden><b class=k>").html, "<input type=\"hidden\"><b class=\"k\">")
      << "Gumbo looks at these itself";
}

TEST(Placeholders, GumboDoesNotSeePlainPhrases) {
  EXPECT_EQ(prune("<p>a <a href=b>c <b>d</b><br></a> e</p>").html, "<p>a \U000F0002 e</p>");
  EXPECT_EQ(prune("<span>a<div>b</div></span>").html, "<span>\U000F0000<div>b</div></span>");
  EXPECT_EQ(prune("<table>a<b>c</b><td>a<b>c</b></table>").html,
            "<table>a<b>c</b><td>a\U000F0001</table>")
      << "between cells text goes before the table";
  EXPECT_EQ(prune("<i></i><frameset>").html, "<i></i><frameset>") << "it may replace the body";
}

/// `TheTreeIsTheOneOfTheWholePage` has no room for all that can stand around a phrase.
TEST(Placeholders, APhraseInAnySurroundingsIsTheOneOfTheWholePage) {
  const std::vector<std::string> phrases = {"<b>x</b>",
                                            "<a href=b>x<!-- c -->y</tt>z</a>",
                                            "<br>",
                                            "<img src=a>",
                                            "<i></i>",
                                            "<a href='b&amp;c'>x</a>",
                                            "<b class=k>x</b>",
                                            "<span><a>x <em> y</em></a> </span>",
                                            "<span data-cfemail='0a6b4a6824'>x<b>y</b></span>"};
  for (const auto* around : {"%<p>a%b</p>%",
                             "<form>%a</form>%",
                             "<form>%</body>a</form>",
                             "<form>a%b</tr></form>%",
                             "<table>%<tr>%<td>%</table>%",
                             "<table><tr><td><table>%</table>%</table>%",
                             "<table><caption>%<tr>%</table>",
                             "<div><table></div>%",
                             "<select>%<option>%</select>%",
                             "<div><select></div>%",
                             "<a>%</a>%",
                             "<div><a></div>%<a>%</a>",
                             "<p><a>%</p>%",
                             "<b><b><b>%</b></b></b>%",
                             "<p><b><b><b>a</p>%</b></b></b>",
                             "<div><b></div>%%",
                             "<head>%<title>%</title>%",
                             "<noscript>%</noscript>%",
                             "%<frameset>%</frameset>%",
                             "<h1>%</h2>%",
                             "<ul><li>%<li>%</ul>",
                             "<pre>%\n</pre>",
                             "<button>%</button><object>%</object>%",
                             "a</body>%</html>%",
                             "<!doctype html>%",
                             "<svg>%</svg>%",
                             "<font color=red>%</font>",
                             "<a href=1><div><div><div><div><div><div><div><div><div>%</a><p>%%",
                             "<marquee><a><marquee></a></marquee>%%</a>",
                             "<object><a><object></a></object>%%",
                             "<ruby>%<rt>%</ruby>",
                             "<nobr>%<nobr>%",
                             "<custom-box>%</custom-box>"})
    for (const auto& phrase : phrases) {
      std::string html;
      for (const char c : std::string_view(around)) {
        if (c == '%')
          html += phrase;
        else
          html += c;
      }
      EXPECT_EQ(read(html), outline(HtmlTree(html, TextPlace::in_html))) << html;
    }
}

TEST(Placeholders, TheTreeIsTheOneOfTheWholePage) {
  const std::string icon = "\U000F0001";
  for (const auto& html : {
           "<title>" + line + " <b> " + line + "</title><p>" + line,
           "<p>" + line + "&nbsp;" + line + "&amp;amp" + line + "&#7841;x&bogus;" + line + "&",
           "<p>" + line + "<script>x</script>" + line + "<!-- c -->  " + line,
           "<table> " + line + "<tr>\n\n" + line + "<td>" + line + "</table>",
           "  " + line + "<html><head>  " + line + "<title>" + line,
           "<pre>\n\n  " + line + "</pre><textarea>\n" + line + "</textarea>",
           "<b><pre>\n <p>" + line + "</pre><textarea>\n\n" + line + "</textarea>",
           "<select><option>" + line + "<option>" + line + "</select>",
           "<p>" + line + "< " + line + "</ " + line + "><" + line + "</>" + line + "<",
           "<p>" + line + std::string(1, '\0') + line + "\x01" + line + "\xC2\x85" + line,
           "<p>" + line + "\xEF\xBF\xBE" + line + "\xEF\xB7\x90" + line + "\xF0\x9F\xBF\xBF" + line,
           "<p>" + line + "\r\n" + line + "\r" + line + "</p>\r\n\r\n<p>\r" + line,
           "<b class='" + line + "'><b class='" + line + "'><b class='" + line + "'><b class='" +
               line + "'><p>" + line,
           "<a title='" + line + "&quot;' href='" + line + "\r\n" + line + "' rel='" + line + "'>a",
           "<p>" + line + "</p title=\"a > b is long enough\"><p>" + line + "</p t=\"x>\">" + line,
           "<isindex prompt='" + line + "' action='" + line + "' name='" + line + "'>" + line,
           "<p>" + line + "<svg / >" + line + "</svg>" + line + "<script / >" + line + "</script>",
           "<p title='" + line + "\x01' class='\xC2\x85' id='\xEF\xBF\xBE'>" + line,
           "<object>" + line + "</objects>" + line + "<p>" + line,
           "<p TITLE=1 title=2 href='a?b&amp;c' HREF=d id=x " + icon + "=1 " + icon + "='&lt;'>",
           "<body class=a>" + line +
               "<body class=b id=c title='&amp;'><html lang=vi><html lang=en>",
           "<a href='" + line + "'><div>" + line + "<p>" + line + "<a href=b>" + line + "</p>",
           "<table><input type=hidden><input type=text><tr><td hidden>" + line,
           "<p title='" + icon + "'>" + icon + "<i>" + icon + line + "</i>",
           "<p>" + line + "<plaintext>" + line + "<b>" + line,
           "<xmp>" + line + "&amp;" + line + "</xmp><noscript>" + line + "</noscript>",
           "</p>" + line + "</br>" + line + "<body>" + line + "</body>" + line + "</html>" + line,
           "<p>" + line + "\xFF" + line,
       })
    EXPECT_EQ(read(html), outline(HtmlTree(html, TextPlace::in_html))) << html;
}

/// A page that uses the characters of placeholders itself, in whatever way, keeps them: Gumbo reads
/// all of it.
TEST(Placeholders, APageMayUseTheirCharacters) {
  const std::string icon = "\U000F0000";
  for (const auto& written : {icon, std::string("&#xF0000;"), std::string("&#983040"),
                              std::string("&#X0f0000;"), std::string("&#xF0000<!-- -->;")}) {
    const auto html = "<p class=a>" + line + "</p><i>" + written + "</i>";
    EXPECT_EQ(prune(html).placeholders.texts.run_count(), 0U) << written;
    EXPECT_NE(read(html).find('"' + icon), std::string::npos) << written;
    EXPECT_EQ(read(html), outline(HtmlTree(html, TextPlace::in_html))) << written;
  }
  const auto beside = read("<p>" + line + icon + line + "</p><p>\x01" + icon + "</p>");
  EXPECT_NE(beside.find(line + icon + line), std::string::npos) << beside;
  EXPECT_NE(beside.find("\uFFFD" + icon), std::string::npos) << beside;
  EXPECT_GT(
      prune("<p title=" + icon + ">" + line + "&#xEFFFF;\U000E0067").placeholders.texts.run_count(),
      0U)
      << "in an attribute they stand for nothing";
}

TEST(Placeholders, APageCannotMultiplyItsText) {
  for (const auto* forged : {"&#xF0000;", "\U000F0000", "&#x1000F0000;", "&#4295950336;"}) {
    // Markup that is text after all, because no title ends there.
    std::string repeated = "<title>" + line + "</titlex>";
    for (int i = 0; i < 50; ++i) repeated += "<i title='" + std::string(forged) + "'>" + forged;
    const auto read_once = read(repeated);
    EXPECT_NE(read_once.find(line), std::string::npos) << forged;
    EXPECT_EQ(read_once.find(line), read_once.rfind(line)) << forged;
  }
}

/// HTML reads a reference up to the tag behind it, also when that tag means nothing and is cut.
TEST(Placeholders, WhatIsCutJoinsNoReference) {
  for (const std::string cut : {"</x>", "<!-- c -->", "<script>s</script>", "<!x>", "<% s %>"})
    for (const std::string more : {"", " zzzzzzzzzzzzzzzzzzzz"}) {
      const auto reads_as = [&](const std::string& first, const std::string& second,
                                const std::string& text) {
        const auto html = "<p>a " + first + cut + second + more + "</p>";
        EXPECT_EQ(read(html), read("<p>a " + text + more + "</p>")) << html;
        EXPECT_EQ(read(html), outline(HtmlTree(html, TextPlace::in_html))) << html;
      };
      reads_as("&am", "p;", "&amp;amp;");
      reads_as("&", "amp;", "&amp;amp;");
      reads_as("&", "#65;", "&amp;#65;");
      reads_as("&#", "65;", "&amp;#65;");
      reads_as("&#x", "41;", "&amp;#x41;");
      reads_as("&#6", "5;", "&#6;5;");
      reads_as("&#x4", "1;", "&#x4;1;");
      reads_as("&nbsp", "x", "&nbsp;x");
      reads_as("&lt", ";", "&lt;;");
      reads_as("AT&T", "T", "AT&amp;TT");
    }
  EXPECT_EQ(read("<i>&#65abc</i>"), read("<i>Aabc</i>"));
}

TEST(Placeholders, HaveRoomForEveryRun) {
  std::string html;
  for (int i = 0; i < 140'000; ++i) html += "<br>dòng chữ " + std::to_string(i);
  EXPECT_EQ(read(html), outline(HtmlTree(html, TextPlace::in_html)));
}

}  // namespace
}  // namespace tinwatch::parsers
