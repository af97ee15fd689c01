#include "core/model.hpp"

#include <array>
#include <cstddef>

namespace tinwatch {
namespace {

template <class Enum, std::size_t n>
std::optional<Enum> from_label(const std::array<Enum, n>& all, std::string_view word) {
  for (const auto value : all)
    if (label(value) == word) return value;
  return std::nullopt;
}

}  // namespace

std::string_view label(Discovery discovery) {
  switch (discovery) {
    case Discovery::live: return "live";
    case Discovery::baseline: return "baseline";
    case Discovery::backfill: return "backfill";
  }
  return "";
}

std::string_view label(ArticleStatus status) {
  switch (status) {
    case ArticleStatus::live: return "live";
    case ArticleStatus::missing: return "missing";
    case ArticleStatus::removed: return "removed";
    case ArticleStatus::moved: return "moved";
    case ArticleStatus::erased: return "erased";
  }
  return "";
}

std::string_view label(TargetKind kind) {
  switch (kind) {
    case TargetKind::listing: return "listing";
    case TargetKind::feed: return "feed";
    case TargetKind::sitemap: return "sitemap";
    case TargetKind::article: return "article";
  }
  return "";
}

std::string_view label(VisitOutcome outcome) {
  switch (outcome) {
    case VisitOutcome::is_new: return "new";
    case VisitOutcome::revised: return "revised";
    case VisitOutcome::text_equal: return "text_equal";
    case VisitOutcome::not_modified: return "not_modified";
    case VisitOutcome::bytes_equal: return "bytes_equal";
    case VisitOutcome::region_equal: return "region_equal";
    case VisitOutcome::held: return "held";
    case VisitOutcome::absent: return "absent";
    case VisitOutcome::read: return "read";
    case VisitOutcome::failed: return "failed";
    case VisitOutcome::rests: return "rests";
    case VisitOutcome::skipped: return "skipped";
  }
  return "";
}

VisitOutcome outcome_of(PollResult result) {
  switch (result) {
    case PollResult::is_new: return VisitOutcome::is_new;
    case PollResult::revised: return VisitOutcome::revised;
    case PollResult::text_equal: return VisitOutcome::text_equal;
    case PollResult::not_modified: return VisitOutcome::not_modified;
    case PollResult::bytes_equal: return VisitOutcome::bytes_equal;
    case PollResult::region_equal: return VisitOutcome::region_equal;
  }
  return VisitOutcome::failed;
}

std::string_view label(PollResult result) { return label(outcome_of(result)); }

std::string_view label(ChangeClass change_class) {
  switch (change_class) {
    case ChangeClass::typo: return "typo";
    case ChangeClass::wording: return "wording";
    case ChangeClass::correction: return "correction";
    case ChangeClass::headline: return "headline";
    case ChangeClass::fact: return "fact";
    case ChangeClass::addition: return "addition";
    case ChangeClass::cut: return "cut";
    case ChangeClass::image: return "image";
    case ChangeClass::metadata: return "metadata";
  }
  return "";
}

std::string_view label(Transition transition) {
  switch (transition) {
    case Transition::appeared: return "appeared";
    case Transition::disappeared: return "disappeared";
    case Transition::changed: return "changed";
  }
  return "";
}

std::string_view label(DeliveryOutcome outcome) {
  switch (outcome) {
    case DeliveryOutcome::delivered: return "delivered";
    case DeliveryOutcome::retried: return "retried";
    case DeliveryOutcome::dead: return "dead";
    case DeliveryOutcome::disabled: return "disabled";
  }
  return "";
}

std::string_view label(SilentReason reason) {
  switch (reason) {
    case SilentReason::nothing_new: return "nothing_new";
    case SilentReason::no_articles: return "no_articles";
    case SilentReason::feed_cut: return "feed_cut";
  }
  return "";
}

std::optional<SilentReason> silent_reason_from(std::string_view word) {
  return from_label(
      std::array{SilentReason::nothing_new, SilentReason::no_articles, SilentReason::feed_cut},
      word);
}

std::optional<ChangeClass> change_class_from(std::string_view word) {
  return from_label(all_change_classes, word);
}

std::optional<Discovery> discovery_from(std::string_view word) {
  return from_label(std::array{Discovery::live, Discovery::baseline, Discovery::backfill}, word);
}

std::optional<ArticleStatus> article_status_from(std::string_view word) {
  return from_label(std::array{ArticleStatus::live, ArticleStatus::missing, ArticleStatus::removed,
                               ArticleStatus::moved, ArticleStatus::erased},
                    word);
}

std::optional<TargetKind> target_kind_from(std::string_view word) {
  return from_label(
      std::array{TargetKind::listing, TargetKind::feed, TargetKind::sitemap, TargetKind::article},
      word);
}

}  // namespace tinwatch
