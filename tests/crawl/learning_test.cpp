#include "crawl/crawler.hpp"
#include "crawl/crawler_fixture.hpp"
#include "support/fake_fetcher.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

namespace tinwatch::crawl {
namespace {

using namespace std::chrono_literals;

/// Six names that say nothing of what they lead to.
constexpr std::array<const char*, 6> names = {"old-ferry",   "crane-yard",  "salt-market",
                                              "iron-bridge", "clock-tower", "north-canal"};

std::string piece(const std::string& name) {
  std::string out = "<html><head><title>The " + name +
                    " closes</title></head><body><article><h1>The " + name +
                    " closes for the winter after forty years</h1>";
  for (int i = 0; i < 6; ++i)
    out +=
        "<p>Paragraph " + std::to_string(i) + " about the " + name +
        " tells how the people of the harbour came to look at it once more before the gates were "
        "shut, and what the keeper said to them about the years that went by.</p>";
  return out + "</article></body></html>";
}

/// Rows of headlines that lead away, and no text.
std::string gallery(const std::string& name) {
  std::string out = "<html><head><title>" + name + "</title></head><body><ul>";
  for (int i = 0; i < 20; ++i)
    out += "<li><a href='/g/" + std::to_string(i) +
           "'>What the keeper of the harbour said about number " + std::to_string(i) + "</a></li>";
  return out + "</ul></body></html>";
}

/// A section page with the names from `first` on as its cards, each behind `text`.
std::string section(const std::string& text, int first = 0, bool pictured = false) {
  std::string out = "<html><head><title>Guide</title></head><body><h1>Guide</h1><div>";
  for (int i = first; i < 6; ++i)
    out += "<div class='card'><a href='/guide/" +
           std::string(names.at(static_cast<std::size_t>(i))) + "'>" + text + ' ' +
           names.at(static_cast<std::size_t>(i)) + "</a>" +
           (pictured ? "<img src='/i.jpg' alt=''><p>It was seen by more people than ever before, "
                       "said the keeper of the harbour.</p>"
                     : "") +
           "</div>";
  return out + "</div></body></html>";
}

/// A source whose start page leads to one section.
class LearningTest : public CrawlerTest<test::FakeFetcher> {
 protected:
  LearningTest() {
    Plan plan;
    plan.sources.emplace("bao", source("bao", "https://paper.test/"));
    follow(std::move(plan));
    storage::SourceEntry entry{.name = "bao"};
    entry.start.push_back({"https://paper.test/", "paper.test", TargetKind::listing});
    test::run(io, store.sync_sources({entry}, clock.now()));
    storage::ListCommit home{.frontier = {.row = known("https://paper.test/")->row,
                                          .visited_at = clock.now(),
                                          .end = storage::Seen{.next = {clock.now() + 9999h, {}}}},
                             .source = SourceRow(1),
                             .at = clock.now()};
    home.found = {{guide, "paper.test", TargetKind::listing}};
    test::run(io, store.commit_list(std::move(home)));
    network.on("https://paper.test/robots.txt", test::answer(404));
    for (int i = 0; i < 20; ++i)
      network.on("https://paper.test/g/" + std::to_string(i), test::answer(404));
  }

  const storage::Reader& reader() const { return reader_; }
  std::optional<storage::FrontierItem> known(const std::string& url) const {
    return reader_.frontier_item("bao", url);
  }
  static std::string at(const char* name) {
    return "https://paper.test/guide/" + std::string(name);
  }
  /// The section comes with that content and is read; then whatever is due, for so long.
  void read(const std::string& page, Duration during = 2h) {
    network.change(guide, test::answer(200, page));
    const auto end = clock.now() + during;
    test::run(io, crawler.visit(*known(guide)));
    while (clock.now() < end) {
      clock.advance_to(clock.now() + 1min);
      for (auto& item : reader_.queue({"paper.test", 100}, clock.now()).due)
        if (item.url != guide) test::run(io, crawler.visit(std::move(item)));
    }
  }
  std::size_t asked(const std::string& url) const {
    return static_cast<std::size_t>(
        std::count_if(network.requests.begin(), network.requests.end(),
                      [&](const auto& request) { return request.url == url; }));
  }

  const std::string guide = "https://paper.test/guide/";
  const std::string form = "paper.test/guide/ww";
  storage::Reader reader_{folder / "t.db"};
};

TEST_F(LearningTest, PagesThatAreNoArticlesTeachTheirAddresses) {
  ASSERT_EQ(parsers::address_template(at(names[0])), form);
  const std::string text = "What the keeper of the harbour told us about the";
  for (const auto* name : names) network.on(at(name), test::answer(200, gallery(name)));
  read(section(text, 2));
  ASSERT_TRUE(known(at(names[2]))) << "by its points it is one";
  const auto votes = reader().learned_template("bao", form, clock.now() - 24h);
  ASSERT_TRUE(votes);
  EXPECT_EQ(votes->others, 4) << "each address counts once, however often it was asked";
  EXPECT_EQ(votes->articles, 0);
  // Others of the same form, which the list names later.
  read(section(text));
  EXPECT_FALSE(known(at(names[0]))) << "it is taken for what the others were";
}

TEST_F(LearningTest, AnUnlikelyFormIsTriedAndBelieved) {
  const std::string text = "Down by the";  // no headline
  for (const auto* name : names) network.on(at(name), test::answer(200, piece(name)));
  const auto count = [&] {
    return std::count_if(names.begin(), names.end(), [&](const char* name) {
      const auto item = known(at(name));
      return item && item->kind == TargetKind::article;
    });
  };
  read(section(text, 0, true), 5min);
  EXPECT_EQ(count(), 2) << "by their points they are none, and two tell what they are";
  const auto votes = reader().learned_template("bao", form, clock.now() - 1h);
  ASSERT_TRUE(votes);
  EXPECT_EQ(votes->articles, 2);
  read(section(text, 0, true) + "<!-- another look -->", 5min);
  EXPECT_EQ(count(), 6);
}

TEST_F(LearningTest, ASectionTakenForAnArticleIsReadAsAList) {
  const std::string text = "What the keeper of the harbour told us about the";
  network.on(at(names[5]), test::answer(200, gallery(names[5])));
  read(section(text, 5), 10h);
  EXPECT_EQ(known(at(names[5]))->kind, TargetKind::listing);
  EXPECT_TRUE(known(at(names[5]))->last_success_at) << "and names what it has";
}

}  // namespace
}  // namespace tinwatch::crawl
