#pragma once

#include "core/url.hpp"
#include "crawl/crawler_fixture.hpp"
#include "support/fake_fetcher.hpp"

#include <string>
#include <vector>

/// One site as its pages show it, seen by a crawler: no profile says which article is which.
namespace tinwatch::crawl::one_site {

using namespace std::chrono_literals;

/// What was told, in words.
using Told = std::vector<std::string>;

inline std::string at(const std::string& path) { return "http://a.test/tin-tuc/" + path + ".html"; }

inline std::string title(int number) {
  return "Ghe số " + std::to_string(number) + " cập bến muộn vì gió ngược";
}

inline std::string page(int number, const std::string& canonical = {}, int version = 1) {
  std::string out = "<html><head><title>" + title(number) + "</title>";
  if (!canonical.empty()) out += "<link rel=\"canonical\" href=\"" + canonical + "\">";
  out += "</head><body><article><h1>" + title(number) + "</h1>";
  for (int i = 0; i < 12; ++i)
    out += "<p>Chuyến " + std::to_string(number * 1000 + i * version) +
           " chở gạo và mắm, người lái kể rằng nước rút từ lúc gà gáy, phải chờ con nước sau mới " +
           "vào được bến số " + std::to_string(number + i) + ".</p>";
  return out + "</article></body></html>";
}

inline const std::string maintenance =
    "<html><head><title>Chúng tôi sẽ quay lại</title></head><body><article><h1>Chúng tôi sẽ quay "
    "lại</h1><p>Máy chủ được thay mới trong đêm nay. Xin bạn đọc thứ lỗi và ghé lại sau ít giờ, "
    "khi mọi thứ đâu vào đấy.</p><p>Ban biên tập cảm ơn sự kiên nhẫn của tất cả mọi người, hẹn gặp "
    "sớm.</p></article></body></html>";

/// Removals are told after five minutes, and doubts are gone by then.
class OneSiteTest : public CrawlerTest<test::FakeFetcher> {
 protected:
  OneSiteTest() {
    configure("http://a.test/");
    storage::SourceEntry entry{.name = "bao"};
    entry.start.push_back({"http://a.test/", "a.test", TargetKind::listing});
    test::run(io, store.sync_sources({entry}, clock.now()));
    network.on("http://a.test/robots.txt", test::answer(404));
  }

  storage::FrontierItem item(const std::string& url) const {
    return storage::Reader(folder / "t.db").frontier_item("bao", url).value();
  }
  /// The configuration gives the source another start page.
  void configure(const std::string& start) {
    Plan plan;
    auto bao = source("bao", start);
    bao.removal.over = 5min;
    plan.sources.emplace("bao", std::move(bao));
    follow(std::move(plan));
  }
  /// A list names the address.
  void name(const std::string& url) { name_on_list({url}, 0h); }
  void visit(const std::string& url) { test::run(io, crawler.visit(item(url))); }
  void pass(Duration time) { clock.advance_to(clock.now() + time); }
  /// What was told since the last call, in words.
  Told told() {
    Told out;
    for (const auto& event : storage::Reader(folder / "t.db").events(last_, std::nullopt, 1000)) {
      last_ = event.seq;
      out.emplace_back(word_of(event_type_from(event.type).value()));
    }
    return out;
  }
  /// Articles 0 to `count` are known at their addresses.
  void know(int count) {
    for (int i = 0; i < count; ++i) {
      network.on(at(std::to_string(i)), test::answer(200, page(i)));
      name(at(std::to_string(i)));
      visit(at(std::to_string(i)));
    }
    EXPECT_EQ(told().size(), static_cast<std::size_t>(count));
  }
  /// An article is known at its first address, and was not looked at for a while.
  void publish_at_cu(const std::string& html) {
    network.on(at("cu"), test::answer(200, html));
    name(at("cu"));
    visit(at("cu"));
    EXPECT_EQ(told(), Told{"published"});
    pass(20min);
  }
  std::int64_t articles() const {
    std::int64_t out = 0;
    for (const auto& source : storage::Reader(folder / "t.db").overview(clock.now()).sources)
      out += source.articles;
    return out;
  }

 private:
  std::int64_t last_ = 0;
};

}  // namespace tinwatch::crawl::one_site
