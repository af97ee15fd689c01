#include "parsers/article_pages.hpp"

#include "parsers/article.hpp"

#include <gtest/gtest.h>

namespace tinwatch::parsers {
namespace {

using namespace std::chrono_literals;

constexpr auto own = "https://bao.test/phong-su/chuyen-di-qua-ba-con-song";

/// The page that an article at `url` names as the next, where `head` and `below` (behind its text)
/// are added to it.
std::string next_page(const std::string& below, const std::string& url = own,
                      const std::string& head = "") {
  const auto html =
      R"(<html lang="vi"><head><title>Chuyến đi qua ba con sông mùa nước nổi</title>)" + head +
      R"(</head><body><h1>Chuyến đi qua ba con sông mùa nước nổi</h1><div class="noi-dung">
<p>Chiếc ghe nhỏ rời bến từ lúc trời còn tối, mang theo ba người và một chiếc máy đo mực nước đã cũ,
cùng những thúng gạo mà người lái nói là để phòng khi nước lên giữa đường, không về kịp trước khi trời sập tối.</p>
<p>Con sông đầu tiên hẹp và đục, hai bờ là những hàng dừa nước chạy dài đến tận ngã ba, không một bóng nhà,
chỉ có tiếng máy nổ đều đều và mùi bùn non bốc lên mỗi khi ghe tạt vào sát bờ để tránh dòng nước xiết.</p>
<p>Đến con sông thứ ba thì trời đã sáng rõ, người ta bắt đầu gọi nhau từ bờ này sang bờ kia,
hỏi xem đêm qua nước đã lên thêm bao nhiêu phân so với chiều.</p>
</div>)" +
      below + "</body></html>";
  const auto record =
      extract_article({.url = url, .html = html}, Site::generic(TimeZone::fixed(7h)));
  EXPECT_TRUE(record) << record.error().detail;
  return record ? record->next_page : "no record";
}

std::string pager(const std::string& first, const std::string& second) {
  return R"(<div class="phan-trang"><span>1</span> <a href=")" + first + R"(">2</a> <a href=")" +
         second + R"(">3</a></div>)";
}

TEST(NextPage, IsTheArticlesOwnAddressWithTheNextNumber) {
  const std::string at = own;
  EXPECT_EQ(next_page(pager(at + "/2", at + "/3")), at + "/2") << "as WordPress sets it";
  EXPECT_EQ(next_page(pager("?page=2", "?page=3")), at + "?page=2");
  EXPECT_EQ(next_page(pager("?page=1", "?page=2")), at + "?page=1") << "counted from 0";
  EXPECT_EQ(next_page(pager("/tin/lu-12345_2.html", "/tin/lu-12345_3.html"),
                      "https://bao.test/tin/lu-12345.html"),
            "https://bao.test/tin/lu-12345_2.html");
  EXPECT_EQ(next_page(R"(<a href="?trang=2">Trang sau »</a>)"), at + "?trang=2");
  for (const auto* label : {"Next page", "Next ›", "[2]", "Trang 2", "»", "Seite 2", "次のページ",
                            "Следующая страница"})
    EXPECT_EQ(next_page("<a href='?page=2'>" + std::string(label) + "</a>"), at + "?page=2")
        << label;
  EXPECT_EQ(next_page("", own, R"(<link rel="next" href="?page=2">)"), at + "?page=2");
}

TEST(NextPage, FollowsFromLaterPages) {
  const std::string at = own;
  EXPECT_EQ(next_page(R"(<a href="?page=1">1</a><b>2</b><a href="?page=3">3</a>)", at + "?page=2"),
            at + "?page=3");
  EXPECT_EQ(next_page(R"(<a href="?page=1">1</a><b>2</b>)", at + "?page=2"), "") << "the last";
  EXPECT_EQ(next_page(R"(<a href="lu-12345.html">1</a> 2 <a href="lu-12345_3.html">3</a>)",
                      "https://bao.test/tin/lu-12345_2.html"),
            "https://bao.test/tin/lu-12345_3.html");
}

TEST(NextPage, IsNoOtherArticleListOrPageOfComments) {
  const std::string at = own;
  EXPECT_EQ(next_page(R"(<a rel="next" href="/phong-su/cho-noi-cuoi-nam">Bài sau</a>)"), "");
  EXPECT_EQ(next_page("", own, R"(<link rel="next" href="/phong-su/cho-noi-cuoi-nam">)"), "");
  EXPECT_EQ(next_page("", "https://bao.test/nhat-ky/ngay-5.html",
                      R"(<link rel="next" href="/nhat-ky/ngay-6.html">)"),
            "")
      << "the next day of a diary is an article of its own";
  EXPECT_EQ(next_page("", own, R"(<link rel="next" href="/phong-su?page=2">)"), "")
      << "the list it stands in";
  EXPECT_EQ(
      next_page(
          R"(<div>Tin mới <a href="/phong-su?page=2">2</a> <a href="/phong-su?page=3">3</a></div>)"),
      "");
  EXPECT_EQ(
      next_page(
          R"(<div id="comments"><p>Hay!</p><a href="?page=1">2</a> <a href="?page=1" rel="next">Tiếp theo</a></div>)"),
      "");
  EXPECT_EQ(next_page(R"(<div id="comments"><a href="?page=2">2</a></div>)", own,
                      R"(<link rel="next" href="?page=2">)"),
            "");
  EXPECT_EQ(
      next_page(
          R"(<a href="?cpage=2">2</a><a href="/phong-su/chuyen-di-qua-ba-con-song/comment-page-2/">2</a>)"),
      "");
  EXPECT_EQ(next_page(R"(<a href="#trang-2">2</a><a href="?page=1">1</a>)"), "")
      << "the page itself";
}

ArticleRecord page_of(std::vector<Block> body, std::string next = {}) {
  ArticleRecord out{.url = "https://bao.test/a", .headline = "Ba con sông"};
  out.body = std::move(body);
  out.next_page = std::move(next);
  return out;
}

std::vector<std::string> texts(const ArticleRecord& record) {
  std::vector<std::string> out;
  for (const auto& block : record.body) out.push_back(block.text);
  return out;
}

using Texts = std::vector<std::string>;

TEST(JoinPages, SetsTheTextOfAllPagesInOrder) {
  auto first =
      page_of({{BlockType::lead, "Sapo."}, {BlockType::paragraph, "Một."}}, "https://bao.test/a/2");
  auto second = page_of({{BlockType::paragraph, "Hai."},
                         {BlockType::paragraph, "Một."},
                         {BlockType::paragraph, "Hai rưỡi."}},
                        "https://bao.test/a/3");
  auto third = page_of({{BlockType::paragraph, "Ba."}});
  second.headline = "Ba con sông (2)";
  second.author = {"Lê Mẫu"};
  second.provenance["author"] = "text";
  third.author = {"Người Khác"};
  const auto joined = join_pages({first, second, third});
  EXPECT_EQ(joined.headline, "Ba con sông");
  EXPECT_EQ(joined.url, "https://bao.test/a");
  EXPECT_EQ(texts(joined), (Texts{"Sapo.", "Một.", "Hai.", "Một.", "Hai rưỡi.", "Ba."}))
      << "a line may come twice in a text";
  EXPECT_EQ(joined.author, std::vector<std::string>{"Lê Mẫu"})
      << "what the first page does not say";
  EXPECT_EQ(joined.provenance.at("author"), "text");
  EXPECT_TRUE(joined.next_page.empty());
  EXPECT_EQ(join_pages({first, second}).next_page, "https://bao.test/a/3") << "more is to come";
}

TEST(JoinPages, KeepsOnceWhatEachPagePrints) {
  const Block lead{BlockType::lead, "Sapo của bài."};
  const Block caption{BlockType::caption, "Bến đò lúc sáng sớm."};
  const Block byline{BlockType::byline, "Lê Mẫu"};
  const Block to_come{BlockType::paragraph, "(Còn tiếp)"};
  auto first = page_of({lead, caption, {BlockType::paragraph, "Một."}, byline});
  auto second = page_of({{BlockType::subheading, "Ba con sông"},
                         lead,
                         {BlockType::paragraph, "Hai."},
                         caption,
                         {BlockType::caption, "Bến đò buổi chiều."},
                         byline});
  first.image = {{.url = "https://bao.test/anh/ben-do.jpg?w=600"}};
  second.image = {{.url = "https://bao.test/anh/ben-do.jpg?w=800"},
                  {.url = "https://bao.test/anh/chieu.jpg"}};
  first.keywords = {"sông"};
  second.keywords = {"sông", "lũ"};
  const auto joined = join_pages({first, second});
  EXPECT_EQ(texts(joined), (Texts{"Sapo của bài.", "Bến đò lúc sáng sớm.", "Một.", "Hai.",
                                  "Bến đò buổi chiều.", "Lê Mẫu"}));
  EXPECT_EQ(joined.image.size(), 2U);
  EXPECT_EQ(joined.keywords, (Texts{"sông", "lũ"}));
  EXPECT_EQ(texts(join_pages({page_of({{BlockType::paragraph, "Một."}, to_come}),
                              page_of({{BlockType::paragraph, "Hai."}, to_come})})),
            (Texts{"Một.", "Hai.", "(Còn tiếp)"}));
}

TEST(JoinPages, TakesNothingFromAPageThatIsTheFirstAgain) {
  const auto first = page_of(
      {{BlockType::lead, "Sapo."}, {BlockType::paragraph, "Một."}, {BlockType::byline, "Lê Mẫu"}});
  const auto joined = join_pages({first, first, first});
  EXPECT_EQ(texts(joined), texts(first));
  EXPECT_FALSE(joined.truncated);
}

TEST(JoinPages, EndsWithTheLastPageThatCounts) {
  std::vector<ArticleRecord> pages;
  for (std::size_t n = 0; n < most_article_pages + 1; ++n)
    pages.push_back(page_of({{BlockType::paragraph, "Đoạn " + std::to_string(n)}},
                            "https://bao.test/a/" + std::to_string(n + 2)));
  const auto joined = join_pages(pages);
  EXPECT_EQ(joined.body.size(), most_article_pages);
  EXPECT_TRUE(joined.truncated);
  EXPECT_EQ(join_pages({pages.front()}).body.size(), 1U);
}

}  // namespace
}  // namespace tinwatch::parsers
