#include "crawl/crawler.hpp"

#include "crawl/crawler_fixture.hpp"
#include "support/fake_fetcher.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace tinwatch::crawl {
namespace {

using namespace std::chrono_literals;

const std::string url = "http://a.test/tin-tuc/nuoc-len-o-ben-do-cu-100234.html";

std::string page(int version) {
  std::string out =
      "<html><head><title>Nước lên ở bến đò cũ</title></head><body><article>"
      "<h1>Nước lên ở bến đò cũ</h1>";
  for (int i = 0; i < 12; ++i)
    out += "<p>Đoạn thứ " + std::to_string(i) +
           " kể rằng nước lên từ sáng sớm, người ta chuyển đồ lên gác, trẻ con nghỉ học ngày " +
           std::to_string(version * 100 + i) + ", và con đò nằm yên dưới gốc cây gạo.</p>";
  return out + "</article></body></html>";
}

class StoredTest : public CrawlerTest<test::FakeFetcher> {
 protected:
  StoredTest() {
    Plan plan;
    plan.sources.emplace("bao", source("bao", "http://a.test/"));
    plan.most_stored_a_day = 16;
    follow(std::move(plan));
    storage::SourceEntry entry{.name = "bao"};
    entry.start.push_back({"http://a.test/", "a.test", TargetKind::listing});
    test::run(io, store.sync_sources({entry}, clock.now()));
    storage::ListCommit list{.frontier = item("http://a.test/"), .source = SourceRow(1)};
    list.at = clock.now();
    list.found = {{url, "a.test", TargetKind::article}};
    test::run(io, store.commit_list(std::move(list)));
    network.on("http://a.test/robots.txt", test::answer(404));
    for (int version = 1; version < 20; ++version)
      network.on(url, test::answer(200, page(version)));
  }

  storage::FrontierUpdate item(const std::string& at) const {
    return {.row = storage::Reader(folder / "t.db").frontier_item("bao", at)->row,
            .visited_at = clock.now(),
            .end = storage::Seen{.next = {clock.now(), {}}}};
  }
  storage::FrontierItem known() const {
    return *storage::Reader(folder / "t.db").frontier_item("bao", url);
  }
};

TEST_F(StoredTest, ASourceThatFillsTheDiskRestsUntilItsDayIsOver) {
  const auto first_day = clock.now();
  std::size_t asked = 0;
  for (int i = 0; i < 10; ++i) {
    test::run(io, crawler.visit(known()));
    clock.advance_to(clock.now() + 20min);
    asked = network.requests.size();
  }
  EXPECT_GE(asked, 3U) << "some revisions are stored";
  EXPECT_LE(asked, 6U) << "each is more than 2 KiB, and 16 are a day's share";
  EXPECT_EQ(known().due_at, first_day + 24h);
  EXPECT_EQ(known().failures, 0) << "it is no failure of the page";
  clock.advance_to(first_day + 25h);
  test::run(io, crawler.visit(known()));
  EXPECT_GT(network.requests.size(), asked);
}

class CanonicalTest : public StoredTest {};

TEST_F(CanonicalTest, APageDeclaresNoAddressThatIsNotTheSourcesOwn) {
  Plan plan;
  plan.sources.emplace("bao", source("bao", "http://a.test/"));
  follow(std::move(plan));
  const std::string own = "http://a.test/tin-tuc/nuoc-len-100235.html";
  auto declaring = page(1);
  declaring.replace(declaring.find("<title>"), 0,
                    "<link rel=\"canonical\" href=\"http://a.test:3306/tin-100234.html\">");
  network.on(own, test::answer(200, declaring));
  storage::ListCommit list{.frontier = item("http://a.test/"), .source = SourceRow(1)};
  list.at = clock.now();
  list.found = {{own, "a.test", TargetKind::article}};
  test::run(io, store.commit_list(std::move(list)));
  const storage::Reader reader(folder / "t.db");
  test::run(io, crawler.visit(*reader.frontier_item("bao", own)));
  ASSERT_TRUE(reader.article(own)) << "it is known by the address that showed it";
  EXPECT_FALSE(reader.frontier_item("bao", "http://a.test:3306/tin-100234.html"))
      << "nobody is sent to another port";
}

class StartPageTest : public CrawlerTest<test::FakeFetcher> {
 protected:
  void SetUp() override {
    Plan plan;
    plan.sources.emplace("bao", source("bao", start));
    follow(std::move(plan));
    storage::SourceEntry entry{.name = "bao"};
    entry.start.push_back({start, "a.test", TargetKind::listing});
    test::run(io, store.sync_sources({entry}, clock.now()));
    network.on("http://a.test/robots.txt", test::answer(404));
  }
  void visit() { test::run(io, crawler.visit(item())); }
  storage::FrontierItem item() const {
    return *storage::Reader(folder / "t.db").frontier_item("bao", start);
  }

  const std::string start = "http://a.test/song.html";
};

TEST_F(StartPageTest, OneThatIsAnArticleIsWatchedAsOne) {
  network.on(start, test::answer(200, page(1)));
  visit();
  EXPECT_EQ(item().kind, TargetKind::article);
  EXPECT_EQ(item().due_at, clock.now());
  EXPECT_TRUE(crawler.health().names_no_article("bao")) << "it leads to nothing else";
  visit();
  EXPECT_TRUE(storage::Reader(folder / "t.db").article(start));
}

TEST_F(StartPageTest, OneThatHasNamedArticlesIsAListWhateverItShows) {
  std::string list = "<title>Bến Nước</title>";
  for (int i = 0; i < 9; ++i)
    list += "<h2><a href=\"/tin-tuc/nuoc-len-o-ben-do-cu-10023" + std::to_string(i) +
            ".html\">Nước lên ở bến đò cũ trong đêm thứ " + std::to_string(i) + "</a></h2>";
  network.on(start, test::answer(200, list)).on(start, test::answer(200, page(1)));
  visit();
  EXPECT_EQ(item().kind, TargetKind::listing);
  EXPECT_FALSE(crawler.health().names_no_article("bao"));
  clock.advance_to(clock.now() + 1h);
  visit();
  EXPECT_EQ(item().kind, TargetKind::listing);
  EXPECT_TRUE(crawler.health().names_no_article("bao"));
}

class TurnsTest : public CrawlerTest<test::FakeFetcher> {
 protected:
  void add(Plan& plan, const std::string& name, const std::vector<std::string>& hosts) {
    const auto start = "http://" + hosts.front() + '/';
    plan.sources.emplace(name, source(name, start));
    storage::SourceEntry entry{.name = name};
    entry.start.push_back({start, hosts.front(), TargetKind::listing});
    entries.push_back(std::move(entry));
    for (const auto& host : hosts) network.on("http://" + host + "/robots.txt", test::answer(404));
  }
  static std::string address(const std::string& host) {
    return "http://" + host + "/tin-12345.html";
  }

  std::vector<storage::SourceEntry> entries;
};

// There is one thread for pages, and the heavy source has eight of them in hand at once. The test
// is that thread, so that it sees whose page comes when.
TEST_F(TurnsTest, ASourceWithManyPagesQueuesUpBehindItself) {
  std::vector<std::string> hosts;
  for (int i = 0; i < 8; ++i) hosts.push_back("h" + std::to_string(i) + ".test");
  Plan plan;
  add(plan, "heavy", hosts);
  add(plan, "light", {"a.test"});
  asio::io_context pages;
  const auto more_pages = asio::make_work_guard(pages);
  Crawler turns{polite,
                store,
                pages.get_executor(),
                1,
                clock,
                metrics,
                std::make_shared<const Plan>(std::move(plan))};
  test::run(io, store.sync_sources(entries, clock.now()));
  hosts.emplace_back("a.test");
  const storage::Reader reader(folder / "t.db");
  std::vector<storage::FrontierItem> items;
  for (const auto& host : hosts) {
    const auto name = host == "a.test" ? "light" : "heavy";
    storage::ListCommit list{
        .frontier =
            {.row = reader.frontier_item(name, entries[host == "a.test" ? 1 : 0].start[0].url)->row,
             .end = storage::Seen{}},
        .source = SourceRow(host == "a.test" ? 2 : 1),
        .at = clock.now()};
    list.found = {{address(host), host, TargetKind::article}};
    test::run(io, store.commit_list(std::move(list)));
    network.on(address(host), test::answer(200, page(static_cast<int>(items.size()))));
    items.push_back(*reader.frontier_item(name, address(host)));
  }
  io.restart();
  for (auto& item : items)
    asio::co_spawn(io, turns.visit(std::move(item)), [](const std::exception_ptr& failure) {
      if (failure) std::rethrow_exception(failure);
    });
  const auto events = [&] { return reader.events(0, std::nullopt, 100); };
  // Every page is read in pieces; the next piece begins when whoever had one has asked for more.
  do {
    while (turns.working() < items.size() && events().empty()) io.run_one();
    if (events().empty()) pages.run_one();
    io.poll();
  } while (events().empty());
  EXPECT_EQ(events().front().source, "light") << "it came last, and had every other turn";
  while (events().size() < items.size()) {
    pages.poll();
    io.poll();
  }
  io.run();
}

}  // namespace
}  // namespace tinwatch::crawl
