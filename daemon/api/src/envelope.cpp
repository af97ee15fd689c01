#include "api/envelope.hpp"

#include "core/record.hpp"
#include "core/time.hpp"
#include "monitor/word_diff.hpp"

#include <boost/json.hpp>

#include <stdexcept>

namespace tinwatch::api {
namespace {

namespace json = boost::json;

void put_time(json::object& out, const char* name, const std::optional<Instant>& at) {
  if (at) out[name] = to_rfc3339(*at);
}

std::string_view word_of(monitor::Edit edit) {
  switch (edit) {
    case monitor::Edit::same: return "same";
    case monitor::Edit::removed: return "removed";
    case monitor::Edit::added: return "added";
  }
  return "";
}

}  // namespace

json::object revision_json(const storage::RevisionView& revision) {
  json::object out;
  out["number"] = revision.number;
  out["id"] = revision.id;
  out["observedAt"] = to_rfc3339(revision.observed_at);
  put_time(out, "notBefore", revision.not_before);
  out["extractor"] = revision.extractor;
  out["rawSha256"] = revision.raw_sha256;
  out["hash"] = revision.hash;
  const auto change = json::parse(revision.change);
  if (!change.as_object().empty()) out["change"] = change;
  return out;
}

json::object article_json(const storage::ArticleView& article,
                          const storage::RevisionView& revision) {
  json::object out;
  out["id"] = article.id;
  out["source"] = article.source;
  out["status"] = label(article.status);
  out["discovery"] = label(article.discovery);
  out["firstSeenAt"] = to_rfc3339(article.first_seen_at);
  out["lastCheckedAt"] = to_rfc3339(article.last_checked_at);
  out["lastChangedAt"] = to_rfc3339(article.last_changed_at);
  put_time(out, "removedAt", article.removed_at);
  out["revision"] = revision_json(revision);
  return out;
}

json::object envelope(const storage::ArticleView& article, const storage::RevisionView& revision) {
  auto out = article_json(article, revision);
  out["article"] = json::parse(revision.record);
  return out;
}

json::object copy_json(const storage::CopyView& copy) {
  json::object out{{"id", copy.id},
                   {"source", copy.source},
                   {"url", copy.url},
                   {"headline", copy.headline},
                   {"firstSeenAt", to_rfc3339(copy.first_seen_at)}};
  put_time(out, "datePublished", copy.published_at);
  return out;
}

json::object past_revision_json(const storage::PastRevision& revision) {
  json::object out{{"id", revision.article},
                   {"source", revision.source},
                   {"url", revision.url},
                   {"revision", revision.number},
                   {"observedAt", to_rfc3339(revision.observed_at)},
                   {"discovery", label(revision.discovery)},
                   {"change", revision.change},
                   {"record", revision.record}};
  if (!revision.previous.empty()) out["previous"] = revision.previous;
  return out;
}

json::object delivery_json(const storage::DeliveryView& delivery) {
  json::object out;
  out["id"] = delivery.id;
  out["receiver"] = delivery.receiver;
  out["state"] = label(delivery.state);
  out["severity"] = label(delivery.severity);
  out["attempts"] = delivery.attempts;
  out["createdAt"] = to_rfc3339(delivery.created_at);
  if (delivery.state == storage::DeliveryState::pending)
    out["nextAt"] = to_rfc3339(delivery.next_at);
  put_time(out, "deliveredAt", delivery.delivered_at);
  if (!delivery.last_error.empty()) out["lastError"] = delivery.last_error;
  out["event"] = {{"id", delivery.event}, {"type", delivery.event_type}};
  if (!delivery.article.empty()) out["article"] = delivery.article;
  if (!delivery.headline.empty()) out["headline"] = delivery.headline;
  if (!delivery.source.empty()) out["source"] = delivery.source;
  if (delivery.revision > 0) out["revision"] = delivery.revision;
  if (!delivery.watch.empty()) out["watch"] = delivery.watch;
  if (!delivery.transition.empty()) out["transition"] = delivery.transition;
  if (!delivery.message.empty()) out["message"] = delivery.message;
  return out;
}

json::object overview_json(const storage::Overview& overview, Instant now) {
  json::object out;
  out["time"] = to_rfc3339(now);
  auto& sources = out["sources"].emplace_array();
  for (const auto& source : overview.sources) {
    json::object item{{"name", source.name},
                      {"title", source.title},
                      {"active", source.active},
                      {"articles", source.articles}};
    put_time(item, "lastSuccessAt", source.last_success_at);
    put_time(item, "lastNewArticleAt", source.last_new_article_at);
    put_time(item, "silentSince", source.silent_since);
    if (source.silent_since) item["silentReason"] = label(source.silent_reason);
    put_time(item, "unreachableSince", source.unreachable_since);
    put_time(item, "driftedSince", source.drifted_since);
    sources.push_back(std::move(item));
  }
  out["frontier"] = {{"due", overview.frontier_due},
                     {"waiting", overview.frontier_waiting},
                     {"blocked", overview.frontier_blocked},
                     {"retired", overview.frontier_retired}};
  auto& hosts = out["blockedHosts"].emplace_array();
  for (const auto& host : overview.blocked_hosts)
    hosts.push_back({{"name", host.host},
                     {"blockedUntil", to_rfc3339(host.until)},
                     {"failures", host.failures}});
  auto& outbox = out["outbox"].emplace_array();
  for (const auto& receiver : overview.outbox) {
    json::object item{{"receiver", receiver.receiver},
                      {"pending", receiver.pending},
                      {"dead", receiver.dead},
                      {"disabled", receiver.disabled}};
    put_time(item, "oldest", receiver.oldest);
    outbox.push_back(std::move(item));
  }
  out["store"] = {{"sizeBytes", overview.size_bytes},
                  {"freeBytes", overview.free_bytes},
                  {"lastEventSeq", overview.last_event_seq}};
  return out;
}

json::object diff_json(const storage::RevisionView& from, const storage::RevisionView& to) {
  json::object out{
      {"from", from.number}, {"to", to.number}, {"observedAt", to_rfc3339(to.observed_at)}};
  put_time(out, "notBefore", to.not_before);
  auto& fields = out["fields"].emplace_array();
  const auto before = editorial_fields(record_from_json(from.record));
  const auto after = editorial_fields(record_from_json(to.record));
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i] == after[i]) continue;
    json::object field{{"name", before[i].name}};
    auto& runs = field["runs"].emplace_array();
    for (const auto& run : monitor::diff_words(before[i].text, after[i].text))
      runs.push_back(json::object{{"edit", word_of(run.edit)}, {"text", run.text}});
    fields.push_back(std::move(field));
  }
  return out;
}

}  // namespace tinwatch::api
