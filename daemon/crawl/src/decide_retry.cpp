#include "decide_retry.hpp"

#include "core/back_off.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace tinwatch::crawl {
namespace {

using namespace std::chrono_literals;

constexpr int most_tries_once = 3;  // of a page that is to be read once
constexpr int most_tries_of_a_dead_link = 2;
constexpr int most_tries_of_no_article = 5;
constexpr int endless = std::numeric_limits<int>::max();

/// After how many failures in a row the address is given up.
int most_tries(const storage::FrontierItem& item, Miss::Kind kind) {
  const bool once = item.further_page > 0;
  switch (kind) {
    case Miss::Kind::unreadable: return once ? most_tries_once : endless;
    case Miss::Kind::dead_link: return most_tries_of_a_dead_link;
    case Miss::Kind::no_article: return item.last_success_at ? endless : most_tries_of_no_article;
    case Miss::Kind::killer: return once ? 0 : endless;
    case Miss::Kind::full_disk: return endless;
  }
  return endless;
}

storage::NextVisit next_try(const Miss& miss, int failures, Instant now) {
  switch (miss.kind) {
    case Miss::Kind::unreadable:
    case Miss::Kind::no_article:
      return {now + std::max(back_off(failures), miss.least_wait),
              "tried again after " + std::to_string(failures) +
                  (failures == 1 ? " failure" : " failures")};
    case Miss::Kind::dead_link: return {now + 5min, "a link that led nowhere is tried once more"};
    case Miss::Kind::killer: return {now + longest_back_off, "after a day it is tried again"};
    case Miss::Kind::full_disk:
      return {now + miss.least_wait, "then a new day of what the source may store begins"};
  }
  return {};
}

VisitOutcome outcome_of(Miss::Kind kind) {
  switch (kind) {
    case Miss::Kind::unreadable:
    case Miss::Kind::no_article: return VisitOutcome::failed;
    case Miss::Kind::dead_link: return VisitOutcome::absent;
    case Miss::Kind::killer: return VisitOutcome::skipped;
    case Miss::Kind::full_disk: return VisitOutcome::rests;
  }
  return VisitOutcome::failed;
}

}  // namespace

storage::FrontierUpdate decide_retry(const storage::FrontierItem& item, Miss miss, Instant now) {
  const auto kind = miss.kind;
  const bool was_asked = kind != Miss::Kind::killer && kind != Miss::Kind::full_disk;
  // A full disk is no fault of the address.
  const int failures = item.failures + (kind == Miss::Kind::full_disk ? 0 : 1);
  storage::FrontierUpdate out{.row = item.row, .visited_at = now, .outcome = outcome_of(kind)};
  if (failures >= most_tries(item, kind))
    out.end = storage::Retired{.failures = failures, .keep_parse_attempts = !was_asked};
  else
    out.end = storage::Failed{.next = next_try(miss, failures, now),
                              .failures = failures,
                              .keep_parse_attempts = !was_asked};
  out.detail = std::move(miss.why);
  return out;
}

std::optional<Duration> wait_of(const storage::FrontierUpdate& update) {
  const auto* failed = std::get_if<storage::Failed>(&update.end);
  if (!failed) return std::nullopt;
  return failed->next.at - update.visited_at;
}

}  // namespace tinwatch::crawl
