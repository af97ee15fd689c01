#include "crawl/page_work.hpp"

#include "crawl/crawler_fixture.hpp"
#include "support/fake_fetcher.hpp"

#include <boost/asio/static_thread_pool.hpp>
#include <gtest/gtest.h>

#include <fstream>
#include <latch>
#include <new>
#include <thread>

namespace tinwatch::crawl {
namespace {

using namespace std::chrono_literals;

template <class Failure>
std::optional<std::string> fault(Failure failure) {
  return fault_of_page(std::make_exception_ptr(failure));
}

TEST(FaultOfPage, IsTimeOrMemoryAndNothingElse) {
  EXPECT_EQ(fault(OverBudget("too long")), "too long");
  EXPECT_EQ(fault(std::bad_alloc()), "reading it takes more memory than there is");
  EXPECT_EQ(fault(std::length_error("string")), "reading it takes more memory than there is");
  EXPECT_EQ(fault(std::runtime_error("the disk is full")), std::nullopt);
}

TEST(FindStuck, NamesTheWorkThatHasUsedMost) {
  EXPECT_FALSE(find_stuck({}));
  EXPECT_FALSE(find_stuck({{"bao", "http://a.test/1", stuck_after}}));
  const auto stuck = find_stuck({{"bao", "http://a.test/1", 11s},
                                 {"bao", "http://a.test/2", 12s},
                                 {"tin", "http://b.test/", 3s}});
  ASSERT_TRUE(stuck);
  EXPECT_EQ(stuck->url, "http://a.test/2");
}

/// A library that does not come back until the test lets it.
struct Library {
  std::latch entered{1};
  std::atomic<bool> left{false};
};

bool work_in(Library* library) {
  library->entered.count_down();
  while (!library->left) {
  }
  return true;
}

std::size_t first_row_in(const std::string& journal) {
  std::ifstream file(journal, std::ios::binary);
  std::int64_t row = 0;
  file.read(reinterpret_cast<char*>(&row), sizeof row);
  return file ? static_cast<std::size_t>(row) : 0;
}

TEST(WorkWatch, SeesTheThreadThatIsStuckAndTheJournalBlamesItsPage) {
  const test::TempDir folder;
  const auto path = folder / "parsing";
  storage::ParseJournal journal(path);
  const auto page = std::make_shared<PageWork>();
  page->source = "bao";
  page->url = "http://a.test/1";
  page->mark.emplace(journal, FrontierRow(7));
  WorkWatch watch;
  const WorkWatch::Watched watched(watch, page);
  EXPECT_EQ(watch.size(), 1U);
  EXPECT_TRUE(watch.under_way().empty()) << "it waits for a thread";
  EXPECT_EQ(first_row_in(path), 0U) << "and is not to blame";

  Library library;
  std::thread thread([&] {
    EXPECT_TRUE((do_page_work<bool (*)(Library*), Library*>(page, 1s, &work_in, &library)));
  });
  library.entered.wait();
  while (!find_stuck(watch.under_way(), 1ms)) {
  }
  EXPECT_EQ(find_stuck(watch.under_way(), 1ms)->url, "http://a.test/1");
  EXPECT_EQ(first_row_in(path), 7U);
  library.left = true;
  thread.join();
  EXPECT_TRUE(watch.under_way().empty());
  EXPECT_EQ(first_row_in(path), 0U);
}

/// A visit of one article, with everything but the network.
class VisitTest : public CrawlerTest<test::FakeFetcher> {
 protected:
  VisitTest() {
    storage::ListCommit found{.frontier = {.row = FrontierRow(1), .end = storage::Seen{}},
                              .source = SourceRow(1),
                              .at = clock.now(),
                              .discovery = Discovery::live,
                              .url = start};
    found.found.push_back({article, "a.test", TargetKind::article});
    storage::SourceEntry entry{.name = "bao", .title = "Báo"};
    entry.start.push_back({start, "a.test", TargetKind::listing});
    test::run(io, store.sync_sources({entry}, clock.now()));
    test::run(io, store.commit_list(std::move(found)));
    network.on("http://a.test/robots.txt", test::answer(404))
        .on(article, test::answer(200, page))
        .on(start, test::answer(200, page));
  }

  storage::FrontierItem visit(const std::string& url, WorkBudget::Time most_work) {
    Plan plan;
    plan.most_work = most_work;
    plan.sources.emplace("bao", source("bao", start));
    follow(std::move(plan));
    test::run(io, crawler.visit(*storage::Reader(path).frontier_item("bao", url)));
    EXPECT_EQ(crawler.working(), 0U);
    return *storage::Reader(path).frontier_item("bao", url);
  }

  const std::string start = "http://a.test/";
  const std::string article = "http://a.test/mot-bai-viet-dai-123456.html";
  const std::string page =
      "<title>Một bài viết dài về sông</title><h1>Một bài viết dài về sông</h1><p>Đoạn văn thứ "
      "nhất nói về con sông, về cây cầu gỗ và về những người qua lại trên cầu mỗi ngày.</p><p>Đoạn "
      "văn thứ hai nói về cây cầu mới, dài hơn và rộng hơn, mà người dân đã đợi từ lâu.</p>";
  const std::string path = folder / "t.db";
};

TEST_F(VisitTest, OfAPageThatCostsTooMuchFailsAndSaysWhy) {
  for (const auto& [url, kind] : {std::pair{article, "article"}, {start, "listing"}}) {
    const auto item = visit(url, 0s);
    EXPECT_EQ(item.failures, 1) << url;
    EXPECT_EQ(item.parse_attempts, 0) << "the daemon is well";
    EXPECT_NE(metrics.serialise().find("tinwatch_fetch_errors_total{kind=\"" + std::string(kind) +
                                       "\",reason=\"too_large\"} 1"),
              std::string::npos)
        << kind;
  }
  EXPECT_TRUE(storage::Reader(path).events(0, std::nullopt, 10).empty());
}

TEST_F(VisitTest, OfAnyOtherPageDoesNot) {
  EXPECT_EQ(visit(article, WorkBudget::longest).failures, 0);
  EXPECT_EQ(storage::Reader(path).events(0, std::nullopt, 10).size(), 1U);
}

}  // namespace
}  // namespace tinwatch::crawl
