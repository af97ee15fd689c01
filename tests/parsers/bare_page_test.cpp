#include "parsers/bare_page.hpp"

#include <gtest/gtest.h>

namespace tinwatch::parsers {
namespace {

Bareness of(const std::string& html) {
  return bareness_of({.url = "http://a.test/", .html = html});
}

const std::string text(300, 'a');

TEST(BarePage, APageThatShowsTextIsNone) {
  EXPECT_EQ(of("<title>Bến Nước</title><p>" + text), Bareness::none);
  EXPECT_EQ(of("<meta http-equiv=refresh content=300><p>" + text), Bareness::none);
}

TEST(BarePage, WhatScriptsWouldWriteIsNotThere) {
  EXPECT_EQ(of("<title>Bến Nước</title><div id=app></div><SCRIPT src=/app.js></SCRIPT>"),
            Bareness::scripts);
  EXPECT_EQ(of("<div id=app>Đang tải...</div><noscript>" + text + "</noscript><script>var t = \"" +
               text + "\"</script>"),
            Bareness::scripts)
      << "neither a notice nor what stands in a script is text";
}

TEST(BarePage, ABrowserIsSentElsewhere) {
  EXPECT_EQ(of("<META HTTP-EQUIV=Refresh CONTENT=\"0; URL=/trang-chu\"><script>x</script>"),
            Bareness::refresh);
  EXPECT_EQ(of("<meta http-equiv=refresh content=300>"), Bareness::empty)
      << "the same page again leads nowhere";
}

TEST(BarePage, NothingAtAll) {
  EXPECT_EQ(of(""), Bareness::empty);
  EXPECT_EQ(of("<title>" + text + "</title><body></body>"), Bareness::empty);
}

}  // namespace
}  // namespace tinwatch::parsers
