#include "decide_list.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tinwatch::crawl {
namespace {

using namespace std::chrono_literals;
using storage::FoundUrl;

const Instant now = Instant{} + 10'000h;

/// A list that is looked at. Addresses are paths at http://a.test.
struct Look {
  bool seen_before = true;  ///< and named articles
  bool was_empty = false;   ///< seen before, and named none
  bool is_start = false;
  Discovery found_in = Discovery::baseline;  ///< the sweep that found the list
  bool source_has_articles = true;
  int further_page = 0;
  int shortcuts = 0;
  VisitOutcome outcome = VisitOutcome::read;
  std::vector<std::string> articles = {};
  std::vector<std::string> lists = {};
  std::string next;  ///< its next page
  std::optional<NoArticles> none = {};
  std::vector<std::string> sitemaps = {};  ///< in the robots.txt
};

class DecideListTest : public testing::Test {
 protected:
  DecideListTest() {
    source.start = {"http://a.test/"};
    source.scope = std::make_shared<const SiteScope>(SiteScope::make(source.start, {}).value());
    source.poll = {.min = 15min, .max = 15min};
  }

  static std::string at(const std::string& path) { return "http://a.test" + path; }

  storage::ListCommit decide(const Look& look) const {
    ListSighting sighting{.now = now, .outcome = look.outcome, .sitemaps = look.sitemaps};
    auto& item = sighting.item;
    item.row = FrontierRow(7);
    item.source_row = SourceRow(1);
    item.source = "bao";
    item.url = at("/list");
    item.host = "a.test";
    item.further_page = look.further_page;
    item.shortcuts = look.shortcuts;
    if (look.is_start) item.url = source.start[0];
    item.discovery = look.found_in;
    item.has_named = look.seen_before;
    item.source_has_articles = look.source_has_articles;
    if (look.seen_before || look.was_empty) item.last_success_at = now - 1h;
    sighting.validators.etag = "new";
    sighting.wait = 15min;
    if (look.outcome == VisitOutcome::read) {
      ReadList list{.none = look.none};
      for (const auto& path : look.articles)
        list.found.push_back({at(path), "a.test", TargetKind::article});
      for (const auto& path : look.lists)
        list.found.push_back({at(path), "a.test", TargetKind::listing});
      if (!look.next.empty()) list.next = FoundUrl{at(look.next), "a.test", TargetKind::listing};
      sighting.list = std::move(list);
    }
    return decide_list(source, std::move(sighting), urls);
  }

  SourcePlan source{.name = "bao"};
  monitor::UrlBudget urls{{}};
};

std::vector<std::string> pages(int count) {
  std::vector<std::string> out;
  for (int i = 1; i <= count; ++i) out.push_back("/" + std::to_string(i));
  return out;
}

/// `read live: 3 found, gap 5, next /p2 as 1, again in 900 s`.
std::string told(const storage::ListCommit& commit) {
  std::string out(label(commit.frontier.outcome));
  out += ' ' + std::string(label(commit.discovery)) + ": " + std::to_string(commit.found.size()) +
         " found";
  if (commit.next)
    out += ", gap " + std::to_string(commit.gap) + ", next " + commit.next->url.substr(13) +
           " as " + std::to_string(commit.further_page);
  if (const auto* seen = std::get_if<storage::Seen>(&commit.frontier.end)) {
    out += seen->becomes_article ? ", an article" : "";
    out += ", again in " +
           std::to_string(std::chrono::floor<std::chrono::seconds>(seen->next.at - now).count()) +
           " s";
  } else {
    out += std::get<storage::Retired>(commit.frontier.end).was_seen ? ", retired" : ", failed";
  }
  return out;
}

TEST_F(DecideListTest, SaysWhatIsNewsAndWhetherSomeWentBy) {
  struct Row {
    const char* name;
    Look look;
    const char* told;
  };
  const std::vector<Row> rows = {
      {"the first sweep: all of it was there before",
       {.seen_before = false, .articles = pages(9), .next = "/p2"},
       "read baseline: 9 found, again in 900 s"},
      {"later: it is news, and its next page is read if most of it is",
       {.articles = pages(9), .next = "/p2"},
       "read live: 9 found, gap 6, next /p2 as 1, again in 900 s"},
      {"two thirds, rounded up",
       {.articles = pages(10), .next = "/p2"},
       "read live: 10 found, gap 7, next /p2 as 1, again in 900 s"},
      {"of a short list five at least",
       {.articles = pages(3), .next = "/p2"},
       "read live: 3 found, gap 5, next /p2 as 1, again in 900 s"},
      {"other lists are no articles",
       {.articles = pages(9), .lists = {"/x", "/y"}, .next = "/p2"},
       "read live: 11 found, gap 6, next /p2 as 1, again in 900 s"},
      {"a further page is read once, and leads on",
       {.seen_before = false, .further_page = 1, .articles = pages(9), .next = "/p3"},
       "read live: 9 found, gap 6, next /p3 as 2, retired"},
      {"the ninth one",
       {.further_page = 9, .articles = pages(9), .next = "/p11"},
       "read live: 9 found, gap 6, next /p11 as 10, retired"},
      {"the tenth is the last",
       {.further_page = 10, .articles = pages(9), .next = "/p12"},
       "read live: 9 found, retired"},
      {"not modified",
       {.outcome = VisitOutcome::not_modified},
       "not_modified live: 0 found, again in 900 s"},
      {"the same bytes",
       {.outcome = VisitOutcome::bytes_equal},
       "bytes_equal live: 0 found, again in 900 s"},
      {"an article, at the first look: it is visited as one",
       {.seen_before = false, .none = NoArticles::is_article},
       "read baseline: 0 found, an article, again in 0 s"},
      {"an article, where a list was",
       {.none = NoArticles::is_article},
       "read live: 0 found, again in 900 s"},
      {"sitemaps of its own site",
       {.sitemaps = {"http://a.test/s.xml", "http://b.test/s.xml", "no address"}},
       "read live: 1 found, again in 900 s"},
  };
  for (const auto& row : rows) EXPECT_EQ(told(decide(row.look)), row.told) << row.name;
}

TEST_F(DecideListTest, OnlyTheFirstSweepAndNewStartPagesAreABaseline) {
  const auto discovery = [&](Look look, int articles = 9) {
    look.articles = pages(articles);
    return decide(look).discovery;
  };
  EXPECT_EQ(discovery({.seen_before = false}), Discovery::baseline) << "found by the first sweep";
  EXPECT_EQ(discovery({.seen_before = false, .found_in = Discovery::live}), Discovery::live)
      << "a section that is new, the sitemap of a new day";
  EXPECT_EQ(discovery({.seen_before = false, .is_start = true, .found_in = Discovery::live}),
            Discovery::baseline)
      << "a start page that was added";
  const Look empty{.seen_before = false, .was_empty = true};
  auto first = empty;
  first.source_has_articles = false;
  EXPECT_EQ(discovery(first), Discovery::baseline) << "a challenge or a maintenance page at first";
  EXPECT_EQ(discovery(first, 1), Discovery::baseline);
  EXPECT_EQ(discovery(empty), Discovery::baseline) << "a list that cannot have grown so fast";
  EXPECT_EQ(discovery(empty, 3), Discovery::live) << "a feed that was empty";
  EXPECT_EQ(decide({}).list_read_at, now - 1h);
}

TEST_F(DecideListTest, NewsComesFirstAndTheBaselineLast) {
  using storage::Priority;
  const auto news = decide({.articles = {"/1"}, .lists = {"/x"}});
  EXPECT_EQ(news.found[0].priority, Priority::news);
  EXPECT_EQ(news.found[1].priority, Priority::known);
  EXPECT_EQ(decide({.seen_before = false, .articles = {"/1"}}).found[0].priority,
            Priority::backlog);
}

TEST_F(DecideListTest, NoHostBringsMoreThanItsDayLeaves) {
  const auto before = decide({.articles = {"/1"}}).most_new.at("a.test");
  EXPECT_EQ(before, urls.room("a.test", now));
  urls.note_added("bao", "a.test", before - 2, now);
  const auto commit = decide({.articles = {"/1"}});
  EXPECT_EQ(commit.most_new.at("a.test"), 2);
  EXPECT_EQ(commit.most_of_source, urls.room_of_source("bao", now));
  EXPECT_EQ(commit.most_new_hosts, urls.new_hosts("bao", now));
}

TEST_F(DecideListTest, IsLookedAtAgainAsTheConfigurationOrTheSiteSays) {
  const auto next = [&] {
    return std::get<storage::Seen>(decide({.outcome = VisitOutcome::not_modified}).frontier.end)
        .next;
  };
  EXPECT_EQ(next().at, now + 15min) << "to the second where it is fixed";
  EXPECT_EQ(next().reason, "every 15m (poll)");
  source.poll = {.min = 1min, .max = 1h};
  EXPECT_GE(next().at, now + 13min);
  EXPECT_LE(next().at, now + 17min);
  EXPECT_EQ(next().reason,
            "by when the site publishes, what this list brings, and what its host may be asked");
  source.poll = {.min = 20min, .max = 1h};
  EXPECT_EQ(next().at, now + 20min) << "never sooner than the least";
}

TEST_F(DecideListTest, CountsPollsThatDidNotReadThePage) {
  const auto seen = [&](VisitOutcome outcome) {
    return std::get<storage::Seen>(decide({.shortcuts = 3, .outcome = outcome}).frontier.end);
  };
  EXPECT_EQ(seen(VisitOutcome::not_modified).shortcuts, 4);
  EXPECT_EQ(seen(VisitOutcome::bytes_equal).shortcuts, 0) << "equal bytes are the whole page";
  EXPECT_EQ(seen(VisitOutcome::read).shortcuts, 0);
  EXPECT_EQ(seen(VisitOutcome::read).validators.etag, "new");
}

TEST(NamesAllNews, StartPagesFeedsAndTheOneSitemapDo) {
  const auto names = [](const char* url, TargetKind kind, bool is_start, bool from_robots) {
    storage::FrontierItem item{.url = url, .kind = kind};
    return names_all_news(item, is_start, from_robots);
  };
  EXPECT_TRUE(names("http://a.test/", TargetKind::listing, true, false));
  EXPECT_TRUE(names("http://a.test/rss", TargetKind::feed, false, false));
  EXPECT_TRUE(names("http://a.test/sitemap.xml", TargetKind::sitemap, false, true));
  EXPECT_FALSE(names("http://a.test/sitemap-2024-3.xml", TargetKind::sitemap, false, true))
      << "last month's names nothing new";
  EXPECT_FALSE(names("http://a.test/sport", TargetKind::listing, false, false));
  EXPECT_FALSE(names("http://a.test/sitemap.xml", TargetKind::sitemap, false, false));
}

}  // namespace
}  // namespace tinwatch::crawl
