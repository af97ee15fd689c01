#include "sqlite.hpp"
#include "storage/retention.hpp"
#include "storage/store_fixture.hpp"

namespace tinwatch::storage {
namespace {

using namespace std::chrono_literals;

const std::string first = "http://a.test/1";
const std::string second = "http://a.test/1/2";

class FurtherPagesTest : public StoreTest {
 protected:
  /// The article with a page behind its first that says so.
  ArticleCommit of_two_pages(ArticleCommit commit, const std::string& says) {
    auto capture = std::make_shared<Capture>(*commit.capture);
    capture->further.push_back(std::make_shared<const Capture>(
        Capture{.url = second,
                .final_url = second,
                .fetched_at = commit.at,
                .status = 200,
                .request = "GET /1/2 HTTP/1.1\r\n",
                .headers = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n",
                .body = says,
                .sha256 = sha256_hex(says)}));
    commit.capture = std::move(capture);
    commit.further_pages = std::vector<std::string>{second};
    return commit;
  }
  std::int64_t kept() {
    sqlite::Connection db(path, sqlite::Access::query_only);
    auto query = db.prepare("SELECT count(*) FROM further_captures");
    query.step();
    return query.integer(0);
  }
};

TEST_F(FurtherPagesTest, AreKeptWithTheFirst) {
  test::run(io, store.commit(of_two_pages(published(first), "<p>two")));
  const Reader reader(path);
  EXPECT_EQ(find(first)->further_pages, 1);
  const auto capture = reader.last_capture(find(first)->row);
  ASSERT_EQ(capture->further.size(), 1U);
  EXPECT_EQ(capture->further[0]->url, second);
  EXPECT_EQ(capture->further[0]->body, "<p>two");
  EXPECT_EQ(capture->further[0]->content_type, "text/html");
  EXPECT_EQ(reader.article_of_page(SourceRow(1), second), first);
  EXPECT_EQ(reader.article_of_page(SourceRow(1), first), "");
  EXPECT_EQ(reader.article_of_page(SourceRow(2), second), "");
  EXPECT_EQ(reader.verify("").faults, std::vector<std::string>{});
}

TEST_F(FurtherPagesTest, GoWithTheFirst) {
  test::run(io, store.commit(of_two_pages(published(first), "<p>two")));
  auto look = of_two_pages(again(first), "<p>other");  // no revision: the page of the last look
  look.revision.reset();
  look.events.clear();
  test::run(io, store.commit(look));
  EXPECT_EQ(kept(), 2) << "a revision rests on one, the next look compares with the other";
  look = again(first);
  look.revision.reset();
  look.events.clear();
  look.further_pages = std::vector<std::string>{};
  test::run(io, store.commit(look));
  EXPECT_EQ(kept(), 1);
  EXPECT_EQ(find(first)->further_pages, 0);
  EXPECT_EQ(Reader(path).article_of_page(SourceRow(1), second), "");
  test::run(io, delete_old_pages(store, now + 1h));
  EXPECT_EQ(kept(), 0);
  EXPECT_EQ(Reader(path).integrity_faults(), std::vector<std::string>{});
}

TEST_F(FurtherPagesTest, AreNoAddressesOfTheirOwn) {
  test::run(io, store.commit(of_two_pages(published(first), "<p>two")));
  ListCommit list{.frontier = {.row = FrontierRow(1), .visited_at = now, .end = Seen{}},
                  .source = SourceRow(1),
                  .at = now};
  list.found = {{second, "a.test"}, {"http://a.test/2", "a.test"}};
  EXPECT_EQ(test::run(io, store.commit_list(std::move(list))).added.at("a.test"), 1);
  EXPECT_FALSE(Reader(path).frontier_item("bao", second));
}

TEST_F(FurtherPagesTest, AChangedOneIsFound) {
  test::run(io, store.commit(of_two_pages(published(first), "<p>two")));
  {
    sqlite::Connection db(path);
    db.execute("UPDATE further_captures SET sha256 = 'x'");
  }
  EXPECT_EQ(Reader(path).verify("").faults.size(), 1U);
}

}  // namespace
}  // namespace tinwatch::storage
