#include "lists/address_date.hpp"
#include "lists/address_segment.hpp"
#include "lists/address_signs.hpp"

#include <gtest/gtest.h>

namespace tinwatch::parsers {
namespace {

AddressSigns signs(const std::string& rest) {
  return read_address(parse_url("https://www.a.test" + rest).value());
}

TEST(AddressDate, IsReadInTheFormsOfNewsSystems) {
  for (const auto* path :
       {"/2026/11/28/ferry", "/2026-11-28/ferry", "/2026/nov/28/ferry",
        "/n1/2026/1128/c1001-5.html", "/ferry-20261128", "/ferry-20261128191050762.htm",
        "/202611/ferry", "/2026/11/ferry", "/26_novembre_28/ferry", "/26/11/28/ferry",
        "/26/1128/ferry", "/omn/20261128/20261128A0"})
    EXPECT_TRUE(date_in_path(path)) << path;
  for (const auto* path : {"/2026/13/28/ferry", "/ferry-1234567", "/20261328/a", "/2026/ferry",
                           "/1503344/ferry", "/ferry-2026", "/99/99/99/a", "/0,,5016109,00.html"})
    EXPECT_FALSE(date_in_path(path)) << path;
  EXPECT_TRUE(date_in_path("/2026/11/")->closes_path);
  EXPECT_FALSE(date_in_path("/2026/11/a")->closes_path);
}

TEST(AddressSigns, TellAnArchiveFromAnArticle) {
  EXPECT_TRUE(signs("/2026/11/28/ferry/").dated);
  EXPECT_TRUE(signs("/2026/11/28/town/ferry/index.html").dated);
  for (const auto* archive : {"/2026/11/28/", "/2026/11/", "/2026/", "/2026/11/28/index.html"})
    EXPECT_FALSE(signs(archive).dated) << archive;
  EXPECT_TRUE(signs("/2026/11/").archive);
  EXPECT_FALSE(signs("/2026/11/28/page/2").dated);
}

TEST(AddressSigns, ReadNumbersAndWords) {
  EXPECT_TRUE(signs("/a/mot-bai-viet-123456.html").numbered);
  EXPECT_TRUE(signs("/a/a-7012345").numbered);
  EXPECT_TRUE(signs("/1503344/").numbered);
  EXPECT_FALSE(signs("/a/mot-bai-viet-1234").numbered);
  EXPECT_TRUE(signs("/news/articles/c8x4zq1k9v0o").hashed);
  EXPECT_FALSE(signs("/news/articles/article1234").hashed);
  EXPECT_TRUE(signs("/xem.php?id=50000").query_number);
  EXPECT_TRUE(signs("/?p=50000").query_number);
  EXPECT_FALSE(signs("/tin?page=50").query_number);
  EXPECT_TRUE(signs("/tin?page=2").page_number);
  EXPECT_TRUE(signs("/chu-de/ben-pha.html").topic);
  EXPECT_FALSE(signs("/tin/chu-de").topic);
  EXPECT_TRUE(signs("/tin/chu-de").topic_last);
  EXPECT_TRUE(signs("/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/x").article_word) << "Arabic, encoded";
  EXPECT_TRUE(signs("/Impressum.html").service);
  EXPECT_FALSE(signs("/how-the-press-of-our-town-was-saved").service) << "a headline names one";
  EXPECT_DOUBLE_EQ(signs("/a/the-ferry-of-2026-and-12-boats").slug_words, 5);
  EXPECT_DOUBLE_EQ(signs("/%E6%B8%A1%E8%BD%AE%E5%81%9C%E8%88%AA%E4%BA%86%E5%95%8A%E5%A5%BD%E5%90%"
                         "A7%E5%97%AF%E5%93%A6%E5%97%AF")
                       .slug_words,
                   5);
}

TEST(AddressTemplate, IsOneForAllArticlesOfASection) {
  EXPECT_EQ(signs("/xa-hoi/mot-bai-viet-20221224191050762.htm").address_template,
            "a.test/xa-hoi/SLUG+n.htm");
  EXPECT_EQ(signs("/xa-hoi/hai-nguoi-moi-toi-20221224191050763.htm").address_template,
            signs("/xa-hoi/mot-bai-viet-20221224191050762.htm").address_template);
  EXPECT_NE(signs("/the-thao/mot-bai-viet-1.htm").address_template,
            signs("/xa-hoi/mot-bai-viet-1.htm").address_template);
  EXPECT_EQ(signs("/2026/11/28/ferry-stops-at-noon/").address_template, "a.test/D/D/D/SLUG/");
  EXPECT_EQ(signs("/v.php?id=50000&ref=top&cat=3").address_template, "a.test/w.php?cat&id");
}

TEST(Segments, AreFewHoweverLongThePathIs) {
  std::string path;
  for (int i = 0; i < 500; ++i) path += "/a";
  const auto segments = segments_of(path + "/the-last-one.html");
  ASSERT_EQ(segments.size(), most_segments);
  EXPECT_EQ(segments.back().stem, "the-last-one");
}

}  // namespace
}  // namespace tinwatch::parsers
