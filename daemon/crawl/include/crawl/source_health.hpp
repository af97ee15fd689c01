#pragma once

#include "crawl/cadence.hpp"
#include "crawl/list_page.hpp"
#include "crawl/plan.hpp"
#include "monitor/doubt.hpp"
#include "monitor/health.hpp"
#include "monitor/list_coverage.hpp"
#include "monitor/site_guard.hpp"
#include "storage/source.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::crawl {

/// In a condition's text, before a list's URL.
inline constexpr std::string_view drifted_list_prefix = "list:";

/// Whether each source is well: it answers, it publishes as it does, its pages are read as they
/// were. What is wrong is told once when it begins and once when it is over, restarts included.
/// Belongs to the io thread.
class SourceHealth {
 public:
  SourceHealth(const Cadence& cadence, Instant now) : cadence_(cadence), watching_since_(now) {}

  /// What earlier runs saw.
  void restore(const Plan& plan, const std::vector<storage::PastHour>& hours,
               const std::vector<storage::SourceCondition>& conditions, Instant now);

  /// A list named the article's `url`, and it is new.
  void note_article(const SourcePlan& source, const std::string& url, Instant now);
  void note_list(const std::string& source, bool was_read, Instant now);
  /// Whether one of its lists was read after `since`: what moved would have been named.
  [[nodiscard]] bool has_read_list(const std::string& source, Instant since) const;
  /// Whether none of its lists was read since one failed.
  [[nodiscard]] bool lists_fail(const std::string& source) const;
  /// An article of the source was seen as it is, or for the first time.
  void note_shown(const std::string& source, Instant now) { states_[source].shown_at = now; }
  /// Such a list is as it was when it was read last.
  void note_unchanged(const std::string& source, const std::string& list, Instant now);
  /// Whether the source has shown something of its own after `since`: an article, or a list that
  /// names some. A site that closes for a while shows nothing but that.
  [[nodiscard]] bool has_shown(const std::string& source, Instant since) const;
  /// A list that should name all news was asked for...
  void note_visit(const std::string& source, const std::string& list, bool answered, Instant now);
  /// ...and was read again, and names these articles.
  void note_names(const std::string& source, const std::string& list,
                  const std::vector<std::string>& urls, Instant now);
  /// What one of these lists was read as.
  struct Content {
    std::optional<NoArticles> none;  ///< why it names no article; nothing: it names some
    std::size_t cut_at = 0;          ///< the line where it breaks off (EntryCount)
  };
  void note_content(const std::string& source, const std::string& list, Content content,
                    Instant now);
  /// A page at an article's address.
  void note_page(const std::string& source, const monitor::PageFields& page, Instant now);

  /// A look at a known article saw this, and those at most of the source's articles that: its site
  /// is worked on, has lost its pages, or gives half of them.
  void note_site(const std::string& source, std::optional<monitor::Sign> state, monitor::Sign look);
  /// Which parameters of its addresses carry nothing, as EmptyParameters has it.
  void note_parameters(const std::string& source, std::string names);

  /// An article lost a field: for a while, what other pages still have is asked for, of those too
  /// that came as they were.
  void note_doubt(const std::string& source, Instant now);
  [[nodiscard]] bool asks(const std::string& source, Instant now) const;

  /// Whether the site's pages do not fill fields that they used to fill: then it was built anew.
  [[nodiscard]] bool is_drifted(const std::string& source) const;
  /// Whether, since that time, other pages of the site had all of what `after` has lost. `page` is
  /// what it fills itself: it counts, and has not been noted yet.
  [[nodiscard]] monitor::OtherPages other_pages(const std::string& source,
                                                const monitor::PageFields& page,
                                                const ArticleRecord& before,
                                                const ArticleRecord& after,
                                                std::optional<Instant> since, Instant now) const;

  /// Whether its lists are read and none of them names an article.
  [[nodiscard]] bool names_no_article(const std::string& source) const;
  /// Whether one of them breaks off before its items.
  [[nodiscard]] bool is_cut(const std::string& source) const;

  /// The clock was set: what was noted goes on to be as long ago as it is.
  void clock_was_set(Duration by);

  /// What began or ended since the last time.
  [[nodiscard]] std::vector<storage::SourceReport> examine(const Plan& plan, Instant now);

 private:
  struct State {
    monitor::Volume volume;
    monitor::FillRatio fill;
    monitor::ListCoverage lists;
    std::optional<Instant> last_article;
    std::optional<Instant> doubted;
    std::optional<Instant> list_read_at;
    std::optional<Instant> shown_at;  // anything of its own
    std::optional<Instant> lists_fail_since;
    int lists_failed = 0;                     // in a row
    std::optional<Instant> heard_since;       // lists are read, without a failure
    std::map<std::string, Content> contents;  // of each list that was read and should name all news
    std::optional<Instant> no_articles_since;  // in any of them
    std::optional<Instant> cut_since;          // one of them
    std::optional<monitor::Sign> site;         // what most articles show
    bool shows_articles = false;  // one was seen as it is, since the start and since `site`
    bool learnt = false;          // what is kept of the source has to be written
    storage::SourceCondition condition;
  };
  void examine_reach(const Plan& plan, Instant now, State& state,
                     std::vector<storage::NewEvent>& events) const;
  static void look_at_contents(State& state, Instant now);
  void examine_silence(const Plan& plan, const SourcePlan& source, Instant now, State& state,
                       std::vector<storage::NewEvent>& events);
  void note_volume(const SourcePlan& source, Instant now);
  void examine_source(const Plan& plan, const SourcePlan& source, Instant now,
                      std::vector<storage::SourceReport>& out);

  const Cadence& cadence_;
  Instant watching_since_;
  std::map<std::string, State> states_;
};

}  // namespace tinwatch::crawl
