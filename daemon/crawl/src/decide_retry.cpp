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

/// Of an address whose page is no article. One that a list took for an article as others of its
/// form, which are none, is asked once; a list needs no day to be known as one.
int most_tries_of_no_article(const storage::FrontierItem& item, const Miss& miss) {
  if (item.last_success_at) return endless;
  if (!miss.unknown || item.is_sure) return most_tries_of_nothing;
  if (miss.unknown->is_usual) return 1;
  return miss.unknown->is_list ? quick_tries : most_tries_of_nothing;
}

/// After how many failures in a row the address is given up.
int most_tries(const storage::FrontierItem& item, const Miss& miss) {
  const bool once = item.further_page > 0 || miss.is_alias;
  switch (miss.kind) {
    case Miss::Kind::unreadable: return once ? most_tries_once : endless;
    case Miss::Kind::dead_link: return most_tries_of_nothing;
    case Miss::Kind::no_article: return most_tries_of_no_article(item, miss);
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

/// Whether the page counts now for what pages of its form are: once. One that says that it is a
/// list does at first sight; another may be the page of a moment.
bool counts(const Miss::Unknown& unknown, int failures, bool given_up) {
  if (unknown.is_list) return failures == 1;
  return failures == quick_tries || (given_up && failures < quick_tries);
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
  const bool given_up = failures >= most_tries(item, miss);
  if (auto& unknown = miss.unknown)
    if (counts(*unknown, failures, given_up)) out.vote = std::move(unknown->vote);
  if (given_up && miss.unknown && miss.unknown->is_list && !item.is_sure)
    out.end = storage::Failed{
        .next = {now, "it is a list and no article"}, .failures = 1, .becomes_list = true};
  else if (given_up)
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
