#pragma once

#include "core/editorial_state.hpp"
#include "core/work_budget.hpp"
#include "crawl/cadence.hpp"
#include "crawl/plan.hpp"
#include "monitor/change.hpp"
#include "monitor/copy_words.hpp"
#include "monitor/doubt.hpp"
#include "page_noise.hpp"
#include "storage/article.hpp"
#include "storage/views.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// What a look at an article means, decided by pure functions: the visit only carries it out.
namespace tinwatch::crawl {

/// A page that shows an article, fetched and read. Never changed after that.
struct Sighting {
  storage::FrontierItem item;
  Pace pace;
  std::string address;               ///< where it was shown: final, canonical by the site's rules
  bool redirected = false;           ///< the address that was asked for sent us on to it
  bool dated_later = false;          ///< by the server, than what it answered last
  bool breaks_off = false;           ///< the page has no end
  std::vector<std::string> further;  ///< its pages behind the first; the last may not have come
  /// The page shows less than is known, to those who do not pay: `article` has the known text.
  bool behind_paywall = false;
  /// The page shows values that come and go: `article` has the known ones in their place.
  bool shows_alternates = false;
  storage::CapturePtr capture;
  storage::Validators validators;
  ReadArticle article;  ///< without noise
  PageNoisePtr noise = page_noise({}, {});
  std::set<monitor::NoiseForm> noise_met;          ///< that was taken out
  std::optional<storage::NewSignature> signature;  ///< of a page not known yet
};

/// What is known of an article when its page comes; looked up anew for each try to write.
struct Background {
  Instant now{};
  std::optional<storage::StoredArticle> stored;  ///< nothing: a new one
  /// The state to compare with: the stored record, or what today's extractor makes of the stored
  /// bytes. Empty without stored bytes: then the state is taken over silently.
  std::optional<ReadArticle> before;
  /// The state before lacked pages that had not come: what they say is no edit.
  bool is_completed = false;
  int earlier_revision = 0;  ///< the newest, before the head, with the state shown; 0: none
  monitor::OtherPages other_pages = monitor::OtherPages::unknown;  ///< of a field it has lost
  bool is_of_site = false;  ///< other articles of the source lost as much, or show the same
  /// The source has shown nothing of its own since the page was in doubt first.
  bool lacks_witness = false;
  bool had_end = true;      ///< the page kept of it did not break off; no page is kept: it may
  bool is_rebuilt = false;  ///< the page kept of it was built by another template
  monitor::OtherPages rebuilt_pages = monitor::OtherPages::unknown;  ///< of what it did to others
  bool names_paywall = false;              ///< its markup does, and that of the page kept did not
  std::vector<storage::Suspect> suspects;  ///< of the page's template
  std::vector<storage::CopyView> copies;   ///< of a known article, itself included
  monitor::CopiesCarry copies_carry;
  std::optional<ArticleRow> copy_of;  ///< another source's article with a new one's text
};

/// What to write, and what to count once it is written.
struct Decision {
  storage::ArticleCommit commit;
  std::optional<PollResult> poll_result;  ///< nothing: the article was not there
  std::optional<monitor::Change> change;
  bool reparsed = false;
  monitor::Doubt doubt = monitor::Doubt::none;  ///< about the new state, which is not believed yet
  std::vector<std::string> watch_hits;          ///< names of watches with metrics: true

  /// The state is as it was, whatever the page shows.
  [[nodiscard]] bool is_held() const { return doubt != monitor::Doubt::none; }
};

/// The part that is written; it keeps all of the decision alive.
[[nodiscard]] inline std::shared_ptr<const storage::ArticleCommit> commit_of(
    const std::shared_ptr<const Decision>& decision) {
  return {decision, &decision->commit};
}

/// Ids are taken from `now`. Throws OverBudget where comparing and matching cost too much.
[[nodiscard]] Decision decide_sighting(const Plan& plan, const Sighting& sighting,
                                       const Background& known, WorkBudget& budget);

/// The page is as it was: `poll_result` says how it was told.
[[nodiscard]] Decision decide_unchanged(const Plan& plan, const storage::FrontierItem& item,
                                        const Pace& pace, Instant now, PollResult poll_result,
                                        const storage::StoredArticle& stored);

/// An address that no longer shows its article.
struct NotThere {
  bool gone = false;            ///< by 410
  bool is_of_site = false;      ///< nor do those of other articles of the source: nothing is told
  bool lacks_witness = false;   ///< no other article of the source was seen since it is not there
  bool may_have_moved = false;  ///< no list of the source was read since
  bool is_down = false;         ///< its lists fail, and nothing of its own was seen since
  std::string why;              ///< for people
};
[[nodiscard]] Decision decide_absence(const Plan& plan, const storage::FrontierItem& item,
                                      Instant now, NotThere absence,
                                      const storage::StoredArticle& stored);

/// Whether the stored state was made by another extractor or profile than today's.
[[nodiscard]] bool is_outdated(const storage::StoredArticle& stored, const parsers::Site& site);

}  // namespace tinwatch::crawl
