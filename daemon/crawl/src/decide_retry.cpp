#include "decide_retry.hpp"

#include "core/back_off.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace tinwatch::crawl {
namespace {

using namespace std::chrono_literals;

constexpr int most_tries_once = 3;  // of a page that is to be read once
/// Of a page that was never an article's: over a day. It is tried on while a list names it.
constexpr int most_tries_of_nothing = 16;
constexpr int quick_tries = 5;  // the page may come a little later than the list that names it
constexpr int endless = std::numeric_limits<int>::max();

/// After how many failures in a row the address is given up.
int most_tries(const storage::FrontierItem& item, const Miss& miss) {
  const bool once = item.further_page > 0 || miss.is_alias;
  switch (miss.kind) {
    case Miss::Kind::unreadable: return once ? most_tries_once : endless;
    case Miss::Kind::dead_link: return most_tries_of_nothing;
    case Miss::Kind::no_article: return item.last_success_at ? endless : most_tries_of_nothing;
    case Miss::Kind::killer: return once ? 0 : endless;
    case Miss::Kind::full_disk: return endless;
  }
  return endless;
}

/// A list that was read once is read within minutes of its site's return: what it names goes by.
Duration longest_wait(const storage::FrontierItem& item) {
  const bool is_list = item.kind != TargetKind::article && item.last_success_at;
  return is_list && item.further_page == 0 ? Duration(5min) : longest_back_off;
}

std::string tried_after(int failures) {
  return "tried again after " + std::to_string(failures) +
         (failures == 1 ? " failure" : " failures");
}

/// Until an address that a list names and that shows no article yet is looked at again.
Duration wait_for_a_page(int failures) {
  return failures < quick_tries ? back_off(failures) : failures * failures * 1min;
}

storage::NextVisit next_try(const storage::FrontierItem& item, const Miss& miss, int failures,
                            Instant now) {
  switch (miss.kind) {
    case Miss::Kind::unreadable:
      return {now + std::max(std::min(back_off(failures), longest_wait(item)), miss.least_wait),
              tried_after(failures)};
    case Miss::Kind::no_article:
    case Miss::Kind::dead_link:
      return {now + std::max(item.last_success_at ? std::min(back_off(failures), longest_wait(item))
                                                  : wait_for_a_page(failures),
                             miss.least_wait),
              tried_after(failures)};
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
  if (failures >= most_tries(item, miss))
    out.end = storage::Retired{.failures = failures, .keep_parse_attempts = !was_asked};
  else
    out.end = storage::Failed{.next = next_try(item, miss, failures, now),
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
