#include "lists/pager.hpp"

#include <gtest/gtest.h>

namespace tinwatch::parsers {
namespace {

TEST(PagedAddress, IsTheListAndANumber) {
  struct Case {
    const char* url;
    const char* list;
    std::size_t number;
  };
  for (const auto& [url, list, number] : {
           Case{"https://a.test/tin?page=3", "https://a.test/tin", 3},
           Case{"https://a.test/tin/page/3/", "https://a.test/tin", 3},
           Case{"https://a.test/tin/trang-3.html", "https://a.test/tin", 3},
           Case{"https://a.test/tin-p3.html", "https://a.test/tin", 3},
           Case{"https://a.test/tin/3", "https://a.test/tin", 3},
           Case{"https://a.test/tin/index_3.html", "https://a.test/tin", 3},
           Case{"https://a.test/archives/3", "https://a.test", 3},
           Case{"https://a.test/3/", "https://a.test", 3},
           Case{"https://a.test/tin?start=40", "https://a.test/tin", 0},
       }) {
    const auto page = paged_address(url);
    EXPECT_TRUE(page.paged) << url;
    EXPECT_EQ(page.list, list) << url;
    EXPECT_EQ(page.number, number) << url;
  }
  for (const auto* url : {"https://a.test/tin", "https://a.test/tin/bai-viet-12",
                          "https://a.test/tin/12345", "https://a.test/tin?id=3"})
    EXPECT_FALSE(paged_address(url).paged) << url;
}

std::string next(const std::string& own, const std::string& url, std::string_view text) {
  Pager pager(own);
  pager.look_at(url, text, false);
  return pager.next();
}

TEST(Pager, ReadsTheWordsOfManyLanguages) {
  for (const auto* text : {"2", "Next", "NEXT »", "Older posts", "Trang sau", "Nächste Seite",
                           "Page suivante", "Siguiente", "Далее", "التالي", "下一页", "次へ", "›",
                           "Load more", "Xem thêm", "もっと見る"})
    EXPECT_EQ(next("https://a.test/tin", "https://a.test/tin/page/2", text),
              "https://a.test/tin/page/2")
        << text;
  EXPECT_EQ(next("https://a.test/tin", "https://a.test/tin/page/2", "The next page of our town"),
            "");
}

TEST(Pager, IsOfThisListOnly) {
  const std::string thread = "https://a.test/forum/a-thread?page=2";
  EXPECT_EQ(next("https://a.test/", thread, "2"), "") << "a forum's, on a front page";
  EXPECT_EQ(next("https://a.test/forum/a-thread", thread, "2"), thread);
  EXPECT_EQ(next("https://a.test/?s=ferry", "https://a.test/?s=boats&page=2", "2"), "");
  Pager front("https://a.test/");
  front.look_at("https://a.test/?thread=17&p=2", "2", false);
  EXPECT_TRUE(front.pages().empty());
  EXPECT_EQ(next("https://a.test/?s=ferry", "https://a.test/?page=2&s=ferry", "2"),
            "https://a.test/?page=2&s=ferry");
}

TEST(Pager, GoesOnFromWhereItIs) {
  EXPECT_EQ(next("https://a.test/tin/4", "https://a.test/tin/5", "5"), "https://a.test/tin/5");
  EXPECT_EQ(next("https://a.test/tin/4", "https://a.test/tin/3", "3"), "");
  EXPECT_EQ(next("https://a.test/tin/4", "https://a.test/tin/3", "Next"), "") << "it goes back";
  EXPECT_EQ(next("https://a.test/tin?start=20", "https://a.test/tin?start=40", "Next"),
            "https://a.test/tin?start=40");
  EXPECT_EQ(next("https://a.test/tin", "https://a.test/tin?page=1", "Next ›"),
            "https://a.test/tin?page=1")
      << "counted from 0";
  EXPECT_EQ(next("https://a.test/tin?page=1", "https://a.test/tin?page=2", "3"),
            "https://a.test/tin?page=2");
  EXPECT_EQ(next("https://a.test/2024", "https://a.test/2024/2", "2"), "https://a.test/2024/2")
      << "a year is a list too";
}

TEST(Pager, PrefersWhatIsDeclared) {
  Pager pager("https://a.test/tin");
  pager.look_at("https://a.test/tin/page/2", "2", false);
  pager.look_at("https://a.test/tin?cursor=b", "", true);
  EXPECT_EQ(pager.next(), "https://a.test/tin?cursor=b");
  EXPECT_EQ(pager.pages().size(), 2U);
  pager.drop("https://a.test/tin?cursor=b");
  EXPECT_EQ(pager.next(), "");
  EXPECT_EQ(pager.pages().size(), 1U);
}

}  // namespace
}  // namespace tinwatch::parsers
