#include "monitor/doubt.hpp"

#include "core/text.hpp"
#include "monitor/health.hpp"
#include "monitor/word_share.hpp"

#include <algorithm>

namespace tinwatch::monitor {
namespace {

/// Before the hash of a held state that may only be restless: it says nothing for one that is in
/// doubt for another reason.
constexpr char restless_mark = '~';

constexpr std::size_t fewest_words = 40;  // of a text that can collapse

/// A text that shares less than this of its words with another has nothing of it: small words of a
/// language stand in every text.
constexpr double foreign = 0.3;

bool has_collapsed(const ArticleRecord& before, const ArticleRecord& after) {
  const auto words_before = words(before.article_body()).size();
  return words_before >= fewest_words && words(after.article_body()).size() * 4 <= words_before;
}

/// Neither the headline nor the text has anything of the one before: an article that was written
/// anew keeps something of either.
bool is_replaced(const ArticleRecord& before, const ArticleRecord& after) {
  return share_of(before.headline, after.headline) < foreign &&
         share_of(before.article_body(), after.article_body()) < foreign;
}

bool was_restless(const HeldState& held) { return held.editorial_hash.starts_with(restless_mark); }

/// A page that breaks off shows the beginning of the text and no more.
bool is_shorter(const ArticleRecord& before, const ArticleRecord& after) {
  return words(after.article_body()).size() < words(before.article_body()).size();
}

}  // namespace

std::string_view label(Doubt doubt) {
  switch (doubt) {
    case Doubt::none: return "none";
    case Doubt::earlier_state: return "an earlier state";
    case Doubt::collapsed: return "most of the text is gone";
    case Doubt::field_lost: return "a field is gone";
    case Doubt::replaced: return "another page stands in its place";
    case Doubt::cut_short: return "the page breaks off";
    case Doubt::restless: return "only what may move by itself differs";
    case Doubt::paywall: return "a paywall was put up or taken away";
    case Doubt::rebuilt: return "the page was built anew";
  }
  return "";
}

Doubt doubt_about(const ArticleRecord& before, const ArticleRecord& after, const PageSigns& page) {
  if (page.paywall_turned) return Doubt::paywall;
  if (page.seen_before) return Doubt::earlier_state;
  if (is_replaced(before, after)) return Doubt::replaced;
  if (page.breaks_off && is_shorter(before, after)) return Doubt::cut_short;
  if (has_collapsed(before, after)) return Doubt::collapsed;
  if (!lost_fields(before, after).empty()) return Doubt::field_lost;
  if (page.rebuilt) return Doubt::rebuilt;
  return Doubt::none;
}

HeldState look_again(const HeldState& held, Doubt doubt, const std::string& shown, Instant now) {
  const bool is_restless = doubt == Doubt::restless;
  const auto state = is_restless ? restless_mark + shown : shown;
  const bool may_differ = doubt != Doubt::earlier_state && doubt != Doubt::paywall && !is_restless;
  const bool goes_on = held.editorial_hash == state ||
                       (may_differ && !held.editorial_hash.empty() && !was_restless(held));
  if (!goes_on) {
    auto out = held.editorial_hash.empty() ? held : drop(held, now);
    out.editorial_hash = state;
    out.since = now;
    out.looks = 1;
    return out;
  }
  auto out = held;
  out.editorial_hash = state;
  ++out.looks;
  return out;
}

int looks_needed(const Evidence& evidence, const HeldState& held) {
  constexpr int of_half_pages = 12;
  constexpr int of_old_copies = 12;
  constexpr int most_doublings = 3;
  constexpr int of_the_restless = 3;
  if (evidence.doubt == Doubt::restless) return of_the_restless;
  const int doublings = std::min(held.dropped, most_doublings);
  if (evidence.doubt == Doubt::cut_short) return of_half_pages << doublings;
  if (evidence.doubt == Doubt::earlier_state)
    return evidence.dated_later ? 2 : of_old_copies << doublings;
  return 2 << doublings;
}

bool is_believed(const Evidence& evidence, const HeldState& held, Instant now) {
  constexpr auto redesigns_show_by = std::chrono::hours{24};
  constexpr auto longest_without_witness = std::chrono::hours{24};
  Duration least = evidence.between_looks;
  if (evidence.is_of_site) return false;
  if (evidence.doubt == Doubt::replaced && evidence.lacks_witness)
    least = std::max<Duration>(least, longest_without_witness);
  if (evidence.doubt == Doubt::restless) least = Duration{0};
  if (evidence.doubt == Doubt::field_lost || evidence.doubt == Doubt::rebuilt) {
    if (evidence.other_pages == OtherPages::lost_it) return false;
    if (evidence.other_pages == OtherPages::unknown)
      least = std::max<Duration>(least, redesigns_show_by);
  }
  return held.looks >= looks_needed(evidence, held) && held.since && now - *held.since >= least;
}

HeldState drop(const HeldState& held, Instant now) {
  constexpr auto forgotten_after = std::chrono::hours{24};
  const bool is_forgotten = !held.went_at || now - *held.went_at > forgotten_after;
  if (held.editorial_hash.empty()) return is_forgotten ? HeldState{} : held;
  const int dropped = is_forgotten ? 0 : held.dropped;
  // What moves by itself comes and goes: that says nothing of old copies.
  if (was_restless(held)) {
    auto out = is_forgotten ? HeldState{} : held;
    out.editorial_hash.clear();
    out.since.reset();
    out.looks = 0;
    return out;
  }
  return {.dropped = dropped + 1, .went = held.editorial_hash, .went_at = now};
}

bool comes_and_goes(const Evidence& evidence, const HeldState& held, Instant unchanged_since,
                    Instant now) {
  constexpr int went_before = 2;
  constexpr int looks_of_old_copies = 12;  // an edit is followed by them for an hour at most
  if (evidence.doubt == Doubt::none || evidence.doubt == Doubt::restless || evidence.is_of_site ||
      held.dropped < went_before)
    return false;
  if (evidence.doubt == Doubt::rebuilt || evidence.doubt == Doubt::field_lost) return false;
  // Half a page is half another one each time: that is no state.
  if (evidence.doubt != Doubt::earlier_state && held.went != held.editorial_hash) return false;
  return now - unchanged_since >= evidence.between_looks * looks_of_old_copies;
}

}  // namespace tinwatch::monitor
