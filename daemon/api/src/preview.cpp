#include "api/preview.hpp"

#include "core/editorial_state.hpp"
#include "core/record.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "storage/recent_revisions.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <optional>

namespace tinwatch::api {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_sentence = 300;  // bytes

watch::Occasion occasion_of(const std::string& change) {
  watch::Occasion out{.event = "revised", .significance = 0};
  const auto value = json::parse(change);
  const auto& fields = value.as_object();
  if (const auto* name = fields.if_contains("class"))
    out.change_class = change_class_from(name->as_string());
  if (const auto* significance = fields.if_contains("significance"))
    out.significance = significance->to_number<double>();
  return out;
}

/// Whether the watch would have been asked of it: an edit is told, whatever the article was found
/// as.
bool is_included(const PreviewQuestion& question, const storage::PastRevision& revision) {
  if (!revision.previous.empty()) return true;
  switch (revision.discovery) {
    case Discovery::live: return true;
    case Discovery::baseline: return question.include_baseline;
    case Discovery::backfill: return question.include_backfill;
  }
  return false;
}

PreviewHit shown_of(const storage::PastRevision& revision, const std::string& headline,
                    const watch::WatchHit& hit, PreviewHit::Kind kind) {
  PreviewHit out{.kind = kind,
                 .article = revision.article,
                 .source = revision.source,
                 .headline = clipped(headline, longest_sentence),
                 .revision = revision.number,
                 .at = revision.observed_at,
                 .transition = hit.transition,
                 .sentence = {}};
  if (!hit.hits.empty()) out.sentence = clipped(hit.hits.front().sentence, longest_sentence);
  return out;
}

/// Keeps the newest of what differs, and of what does not as many as have a place behind those.
class Shown {
 public:
  void add(PreviewHit hit) {
    auto& list = hit.kind == PreviewHit::Kind::same ? same_ : different_;
    if (list.size() < Preview::most_shown) list.push_back(std::move(hit));
  }
  std::vector<PreviewHit> take() && {
    auto out = std::move(different_);
    for (auto& hit : same_)
      if (out.size() < Preview::most_shown) out.push_back(std::move(hit));
    return out;
  }

 private:
  std::vector<PreviewHit> different_;
  std::vector<PreviewHit> same_;
};

void look_at(const storage::PastRevision& revision, const watch::WatchSet& watches, Preview& out,
             Shown& shown) {
  const watch::WatchHit* now = nullptr;
  const watch::WatchHit* then = nullptr;
  const auto past = hits_of(revision, watches);
  for (const auto& one : past.found) (one.watch == 0 ? now : then) = &one.hit;
  if (now) ++out.hits;
  if (!now && !then) return;
  auto kind = PreviewHit::Kind::same;
  if (out.compares && !then) {
    kind = PreviewHit::Kind::added;
    ++out.added;
  } else if (!now) {
    kind = PreviewHit::Kind::lost;
    ++out.lost;
  }
  shown.add(shown_of(revision, past.headline, now ? *now : *then, kind));
}

std::string_view label(PreviewHit::Kind kind) {
  switch (kind) {
    case PreviewHit::Kind::same: return "same";
    case PreviewHit::Kind::added: return "added";
    case PreviewHit::Kind::lost: return "lost";
  }
  return "";
}

json::object hit_json(const PreviewHit& hit, bool compares) {
  json::object out{{"time", to_rfc3339(hit.at)}, {"source", hit.source},
                   {"article", hit.article},     {"revision", hit.revision},
                   {"headline", hit.headline},   {"transition", tinwatch::label(hit.transition)},
                   {"sentence", hit.sentence}};
  if (compares) out["kind"] = label(hit.kind);
  return out;
}

}  // namespace

PastHits hits_of(const storage::PastRevision& revision, const watch::WatchSet& watches) {
  const ReadArticle now(record_from_json(revision.record));
  const watch::ArticleText after(now.record, now.state, revision.source);
  WorkBudget budget;
  PastHits out{.headline = now.record.headline, .found = {}};
  if (revision.previous.empty()) {
    out.found = watches.compare(nullptr, after, {}, budget);
    return out;
  }
  const ReadArticle then(record_from_json(revision.previous));
  const watch::ArticleText before(then.record, then.state, revision.source);
  out.found = watches.compare(&before, after, occasion_of(revision.change), budget);
  return out;
}

Preview preview(const storage::Reader& reader, PreviewQuestion question) {
  const auto end = std::chrono::steady_clock::now() + question.most_time;
  std::vector<watch::Watch> watches{{"new", question.query}};
  if (question.before) watches.push_back({"old", question.before});
  const auto set = watch::WatchSet::compile(std::move(watches));
  const auto since = question.now - question.over;
  Preview out{.compares = question.before != nullptr};
  out.since = question.now;
  Shown shown;
  std::int64_t before = 0;
  for (bool goes_on = true; goes_on;) {
    const auto page = storage::recent_revisions(reader, before);
    goes_on = !page.empty();
    for (const auto& revision : page) {
      before = revision.row;
      goes_on = revision.observed_at >= since;
      if (!goes_on) break;
      out.is_complete =
          out.revisions < question.most_revisions && std::chrono::steady_clock::now() < end;
      goes_on = out.is_complete;
      if (!goes_on) break;
      ++out.revisions;
      out.since = std::min(out.since, revision.observed_at);
      if (!is_included(question, revision)) continue;
      try {
        look_at(revision, *set, out, shown);
      } catch (const std::exception&) {
        ++out.damaged;
      }
    }
  }
  if (out.is_complete) out.since = since;
  out.shown = std::move(shown).take();
  return out;
}

json::object preview_json(const Preview& preview) {
  json::object out{{"revisions", preview.revisions},
                   {"since", to_rfc3339(preview.since)},
                   {"complete", preview.is_complete},
                   {"hits", preview.hits}};
  if (preview.damaged > 0) out["damaged"] = preview.damaged;
  if (preview.compares) {
    out["added"] = preview.added;
    out["lost"] = preview.lost;
  }
  auto& items = out["items"].emplace_array();
  for (const auto& hit : preview.shown) items.push_back(hit_json(hit, preview.compares));
  return out;
}

}  // namespace tinwatch::api
