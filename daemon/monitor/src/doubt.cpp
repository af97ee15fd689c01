#include "monitor/doubt.hpp"

#include "core/text.hpp"
#include "monitor/health.hpp"

#include <algorithm>

namespace tinwatch::monitor {
namespace {

constexpr std::size_t fewest_words = 40;  // of a text that can collapse

bool has_collapsed(const ArticleRecord& before, const ArticleRecord& after) {
  const auto words_before = words(before.article_body()).size();
  return words_before >= fewest_words && words(after.article_body()).size() * 4 <= words_before;
}

}  // namespace

std::string_view label(Doubt doubt) {
  switch (doubt) {
    case Doubt::none: return "none";
    case Doubt::earlier_state: return "an earlier state";
    case Doubt::collapsed: return "most of the text is gone";
    case Doubt::field_lost: return "a field is gone";
  }
  return "";
}

Doubt doubt_about(const ArticleRecord& before, const ArticleRecord& after, bool seen_before) {
  if (seen_before) return Doubt::earlier_state;
  if (has_collapsed(before, after)) return Doubt::collapsed;
  if (!lost_fields(before, after).empty()) return Doubt::field_lost;
  return Doubt::none;
}

HeldState look_again(const HeldState& held, Doubt doubt, const std::string& editorial_hash,
                     Instant now) {
  const bool goes_on = held.editorial_hash == editorial_hash ||
                       (doubt != Doubt::earlier_state && !held.editorial_hash.empty());
  if (!goes_on)
    return {.editorial_hash = editorial_hash, .since = now, .looks = 1, .dropped = held.dropped};
  auto out = held;
  out.editorial_hash = editorial_hash;
  ++out.looks;
  return out;
}

int looks_needed(const Evidence& evidence, const HeldState& held) {
  constexpr int of_old_copies = 12;
  constexpr int most_doublings = 3;
  if (evidence.doubt != Doubt::earlier_state || evidence.dated_later) return 2;
  return of_old_copies << std::min(held.dropped, most_doublings);
}

bool is_believed(const Evidence& evidence, const HeldState& held, Instant now) {
  constexpr auto redesigns_show_by = std::chrono::hours{24};
  Duration least = evidence.between_looks;
  if (evidence.doubt == Doubt::field_lost) {
    if (evidence.other_pages == OtherPages::lost_it) return false;
    if (evidence.other_pages == OtherPages::unknown)
      least = std::max<Duration>(least, redesigns_show_by);
  }
  return held.looks >= looks_needed(evidence, held) && held.since && now - *held.since >= least;
}

HeldState drop(const HeldState& held) {
  if (held.editorial_hash.empty()) return held;
  return {.dropped = held.dropped + 1};
}

}  // namespace tinwatch::monitor
