#pragma once

#include "async/clock.hpp"
#include "config/config.hpp"
#include "core/record.hpp"
#include "crawl/plan.hpp"
#include "fetchers/http_fetcher.hpp"
#include "fetchers/polite_fetcher.hpp"
#include "parsers/listing.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/static_thread_pool.hpp>

#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace tinwatch::cli {

/// What a source would find, looked up in a dozen requests by the daemon's own path, robots.txt and
/// delay included. Nothing is stored.
class SourceProbe {
 public:
  /// A list that was asked for.
  struct List {
    std::string url;
    int status = 0;                         ///< 0: no answer
    std::optional<parsers::ListKind> kind;  ///< nothing: it was not read
    std::size_t articles = 0;
    std::size_t lists = 0;  ///< feeds, sitemaps and category pages that it leads to
    std::string trouble;    ///< for people; empty: none
  };
  /// One of the articles that they name, read.
  struct Page {
    std::string url;
    std::optional<ArticleRecord> record;
    std::string trouble;  ///< why there is no record
  };
  struct Report {
    std::vector<List> lists;
    std::vector<Page> pages;
    std::size_t articles = 0;  ///< named by all lists, each address once
    /// Whether the source would bring what can be read.
    [[nodiscard]] bool is_well() const;
  };

  /// `config` and the `plan` made of it give the manners, `source` the rules.
  SourceProbe(const config::Config& config, std::shared_ptr<const crawl::Plan> plan,
              crawl::SourcePlan source);

  /// Blocks for as long as the hosts' delays want.
  [[nodiscard]] Report run();

 private:
  Task<> look();
  Task<> read_list(std::string url);
  void note(List& list, fetchers::FetchResponse response);
  Task<> read_article(std::string url);
  void note(Page& page, fetchers::FetchResponse response);
  Task<fetchers::FetchResult> fetch(std::string url);

  std::shared_ptr<const crawl::Plan> plan_;
  crawl::SourcePlan source_;
  asio::io_context io_;
  SystemClock clock_;
  asio::static_thread_pool cpu_{1};
  fetchers::HttpFetcher http_;
  fetchers::PoliteFetcher polite_;
  Report report_;
  std::deque<std::string> next_lists_;
  std::set<std::string> lists_;
  std::vector<std::string> articles_;  // in the order in which they were named
  std::set<std::string> named_;        // the same
};

}  // namespace tinwatch::cli
