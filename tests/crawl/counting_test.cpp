#include "crawl/crawler_fixture.hpp"
#include "support/fake_fetcher.hpp"

namespace tinwatch::crawl {
namespace {

/// What a visit adds to the metrics.
class CountingTest : public CrawlerTest<test::FakeFetcher> {
 protected:
  CountingTest() {
    Plan plan;
    plan.sources.emplace("bao", source("bao", start));
    follow(std::move(plan));
    metrics.declare({.sources = {"bao"}, .receivers = {}, .watches = {}});
    storage::SourceEntry entry{.name = "bao"};
    entry.start.push_back({start, "a.test", TargetKind::listing});
    test::run(io, store.sync_sources({entry}, clock.now()));
    storage::ListCommit list{.frontier = {.row = item(start).row, .end = storage::Seen{}},
                             .source = SourceRow(1)};
    list.at = clock.now();
    list.found = {{article, "a.test", TargetKind::article}};
    test::run(io, store.commit_list(std::move(list)));
  }
  storage::FrontierItem item(const std::string& url) const {
    return *storage::Reader(folder / "t.db").frontier_item("bao", url);
  }
  void visit(const std::string& url) { test::run(io, crawler.visit(item(url))); }
  double value(const std::string& series) const {
    const auto page = '\n' + metrics.serialise();
    const auto at = page.find('\n' + series + ' ');
    if (at == std::string::npos) throw std::runtime_error("no series " + series);
    return std::stod(page.substr(at + series.size() + 2));
  }
  double failed(const std::string& kind, const std::string& reason) const {
    return value("tinwatch_fetch_errors_total{kind=\"" + kind + "\",reason=\"" + reason + "\"}");
  }
  double answered(const std::string& kind) const {
    return value("tinwatch_fetch_duration_seconds_count{kind=\"" + kind + "\"}");
  }
  double missing(const std::string& field) const {
    return value("tinwatch_article_fields_missing_total{field=\"" + field + "\",source=\"bao\"}");
  }

  const std::string start = "http://a.test/";
  const std::string article = "http://a.test/mot-bai-viet-123456.html";
};

TEST_F(CountingTest, AHostThatCannotBeReachedIsARobotsThatCannotBeRead) {
  network.on("http://a.test/robots.txt", test::failure(FetchFailure::connect));
  visit(start);
  EXPECT_EQ(failed("robots", "connect"), 1);
  EXPECT_EQ(failed("listing", "robots"), 0) << "nothing forbids the list";
  EXPECT_EQ(answered("robots"), 0);
  EXPECT_EQ(value("tinwatch_fetches_total{outcome=\"failed\",source=\"bao\"}"), 1);
}

TEST_F(CountingTest, WhatRobotsForbidsIsCountedAsThat) {
  network.on("http://a.test/robots.txt", test::answer(200, "User-agent: *\nDisallow: /\n"));
  visit(start);
  EXPECT_EQ(answered("robots"), 1);
  EXPECT_EQ(answered("listing"), 0) << "it was not asked";
  EXPECT_EQ(failed("listing", "robots"), 1);
}

TEST_F(CountingTest, RobotsAnsweredWithAnErrorAreAnErrorOfTheirKind) {
  network.on("http://a.test/robots.txt", test::answer(503)).on(start, test::answer(200, "<p>"));
  visit(start);
  EXPECT_EQ(failed("robots", "http_5xx"), 1);
  EXPECT_EQ(answered("robots"), 1);
  EXPECT_EQ(failed("listing", "http_5xx"), 0);
}

TEST_F(CountingTest, APageWithoutAHeadlineOrATextLacksIt) {
  const std::string text =
      "<p>Đoạn văn thứ nhất nói về con sông, về cây cầu gỗ và về những người qua lại trên cầu mỗi "
      "ngày.</p><p>Đoạn văn thứ hai nói về cây cầu mới, dài hơn và rộng hơn, mà người dân đã đợi "
      "từ lâu.</p>";
  network.on("http://a.test/robots.txt", test::answer(200, ""))
      .on(article, test::answer(200, "<article>" + text + "</article>"))
      .on(article, test::answer(200, "<title>Cầu gỗ</title><h1>Cầu gỗ qua sông</h1>"))
      .on(article, test::answer(200, "<title>Cầu gỗ</title><h1>Cầu gỗ qua sông</h1>" + text));
  visit(article);
  EXPECT_EQ(missing("headline"), 1);
  EXPECT_EQ(missing("body"), 0);
  visit(article);
  EXPECT_EQ(missing("headline"), 1);
  EXPECT_EQ(missing("body"), 1);
  visit(article);
  EXPECT_EQ(missing("body"), 1);
  EXPECT_EQ(missing("date"), 1);
  EXPECT_EQ(missing("author"), 1);
  EXPECT_EQ(value("tinwatch_articles_parsed_total{source=\"bao\"}"), 3);
}

}  // namespace
}  // namespace tinwatch::crawl
