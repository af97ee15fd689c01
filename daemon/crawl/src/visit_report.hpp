#pragma once

#include "core/fetch_outcome.hpp"
#include "crawl/list_page.hpp"
#include "decide_article.hpp"
#include "decide_retry.hpp"
#include "fetchers/fetcher.hpp"
#include "monitor/health.hpp"
#include "monitor/rebuilds.hpp"
#include "monitor/site_guard.hpp"
#include "parsers/listing.hpp"
#include "storage/frontier.hpp"
#include "telemetry/metrics.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tinwatch::crawl {

/// What came of one request.
struct RequestReport {
  FetchOutcome outcome = FetchOutcome::failed;
  /// Nothing: there was none, or nobody asked for the page because its robots.txt failed, which is
  /// counted as that.
  std::optional<FetchFailure> failure;
  struct Received {
    Duration elapsed{};
    std::size_t wire_bytes = 0;
  };
  std::optional<Received> received;  ///< nothing: there was no answer
  int hops = 0;                      ///< redirects that were followed
  int status = 0;                    ///< 0: there was no answer
  std::string url;                   ///< that answered; of a page behind the first, or asked for
  std::string why;                   ///< there was no answer; for people
};
[[nodiscard]] RequestReport report_of(const fetchers::FetchResult& result);

/// What the visit of an article's address brought.
struct ArticleReport {
  struct Parse {
    std::chrono::nanoseconds took{};
    std::vector<telemetry::PageField> lacks;
  };
  std::optional<Parse> parse;
  std::optional<monitor::PageFields>
      page;                    ///< of an article's page; nothing: that was not looked at
  std::optional<bool> is_new;  ///< it showed an article that was not known; nothing: not seen
  std::string no_article;      ///< the kind of a page that is none
  /// What was written of an article; null: nothing was.
  std::shared_ptr<const Decision> decision;
  std::string headline;                  ///< of it
  std::optional<PrintedDate> published;  ///< as the page prints it
  /// What the look saw of an article that was known.
  struct Look {
    ArticleRow article;
    monitor::Sign sign = monitor::Sign::well;
    std::uint64_t text = 0;  ///< a hash of what was shown instead
  };
  std::optional<Look> look;
  /// How its page was built; nothing: that was not looked at.
  std::optional<monitor::Rebuilds::Look> build;
  struct Alias {
    std::string shown_at;
    std::string known_at;
  };
  std::optional<Alias> alias;    ///< one more address of a known article
  std::string detour;            ///< where an unknown address led that is not believed yet
  bool validators_lied = false;  ///< the server would have said "not modified" of an edit
};

/// What the visit of a list brought.
struct ListReport {
  bool names_all_news = false;  ///< as it should: what it does not name is held against it
  bool answered = false;
  struct Content {
    std::vector<std::string> articles;  ///< that it names
    std::optional<NoArticles> none;     ///< why it names none
    parsers::EntryCount entries;        ///< of a feed or a sitemap
  };
  std::optional<Content> content;              ///< nothing: it was not read
  std::optional<storage::ListResult> brought;  ///< nothing: nothing was written
  bool is_live = false;                        ///< what it names first is news
  std::string next_host;                       ///< of the list's next page
};

/// What one visit did and found, as values: the visit touches nobody's counters, memories or logs.
/// It is filled in step by step, so that what a visit did before it broke off counts too.
struct VisitReport {
  std::optional<RequestReport> request;    ///< nothing: none was made, or it was cut short
  std::vector<RequestReport> further;      ///< for the pages behind an article's first
  std::optional<FetchFailure> page_fault;  ///< the page that came cannot be used
  struct Retry {
    Miss::Kind kind = Miss::Kind::unreadable;
    std::string why;
    std::optional<Duration> wait;  ///< nothing: it is given up
  };
  std::optional<Retry> retry;  ///< the visit came to nothing
  Instant at{};                ///< when it was decided what it means
  ArticleReport article;
  ListReport list;
};

}  // namespace tinwatch::crawl
