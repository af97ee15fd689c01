#include "monitor/doubt.hpp"

#include "core/text.hpp"

#include <algorithm>

namespace tinwatch::monitor {
namespace {

constexpr std::size_t fewest_words = 40;  // of a text that can collapse

bool has_collapsed(const ArticleRecord& before, const ArticleRecord& after) {
  const auto words_before = words(before.article_body()).size();
  return words_before >= fewest_words && words(after.article_body()).size() * 4 <= words_before;
}

bool has_lost_a_field(const ArticleRecord& before, const ArticleRecord& after) {
  return (before.date_published && !after.date_published) ||
         (!before.author.empty() && after.author.empty()) ||
         (!before.article_section.empty() && after.article_section.empty()) ||
         (!before.headline.empty() && after.headline.empty());
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
  if (has_lost_a_field(before, after)) return Doubt::field_lost;
  return Doubt::none;
}

HeldState look_again(const HeldState& held, const std::string& editorial_hash, Instant now) {
  if (held.editorial_hash != editorial_hash)
    return {.editorial_hash = editorial_hash, .since = now, .looks = 1, .dropped = held.dropped};
  auto out = held;
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
  const int needed = looks_needed(evidence, held);
  return held.looks >= needed && held.since && now - *held.since >= evidence.between_looks;
}

HeldState drop(const HeldState& held) {
  if (held.editorial_hash.empty()) return held;
  return {.dropped = held.dropped + 1};
}

}  // namespace tinwatch::monitor
