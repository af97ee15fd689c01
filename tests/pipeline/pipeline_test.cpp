#include "pipeline/pipeline.hpp"

#include "pipeline/pipeline_fixture.hpp"
#include "support/fake_fetcher.hpp"

#include <gtest/gtest.h>

namespace tinwatch::pipeline {
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

class StoredTest : public PipelineTest<test::FakeFetcher> {
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
            .due_at = clock.now(),
            .success = true};
  }
  storage::FrontierItem known() const {
    return *storage::Reader(folder / "t.db").frontier_item("bao", url);
  }
};

TEST_F(StoredTest, ASourceThatFillsTheDiskRestsUntilItsDayIsOver) {
  const auto first_day = clock.now();
  std::size_t asked = 0;
  for (int i = 0; i < 10; ++i) {
    test::run(io, pipeline.visit(known()));
    clock.advance_to(clock.now() + 20min);
    asked = network.requests.size();
  }
  EXPECT_GE(asked, 3U) << "some revisions are stored";
  EXPECT_LE(asked, 6U) << "each is more than 2 KiB, and 16 are a day's share";
  EXPECT_EQ(known().due_at, first_day + 24h);
  EXPECT_EQ(known().failures, 0) << "it is no failure of the page";
  clock.advance_to(first_day + 25h);
  test::run(io, pipeline.visit(known()));
  EXPECT_GT(network.requests.size(), asked);
}

}  // namespace
}  // namespace tinwatch::pipeline
