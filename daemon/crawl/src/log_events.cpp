#include "log_events.hpp"

#include "core/text.hpp"
#include "telemetry/log.hpp"

#include <vector>

namespace tinwatch::crawl {
namespace {

/// The newest revision of the article once it is written.
int revision_of(const storage::ArticleCommit& commit) {
  const auto* known = commit.known();
  return (known ? known->head_revision : 0) + (commit.revision ? 1 : 0);
}

/// As much of the words as a line can show: an edit may be a whole article.
std::string beginning_of(const std::vector<std::string>& words) {
  constexpr auto enough = 4 * log::longest_value;  // bytes of so many characters
  std::string out;
  for (const auto& word : words) {
    if (out.size() > enough) break;
    if (!out.empty()) out += ' ';
    out += word;
  }
  return out;
}

}  // namespace

void log_request(const storage::FrontierItem& item, const RequestReport& request) {
  if (!log::is_on(log::Level::debug)) return;
  if (!request.received) {
    log::debug("not fetched", {{"source", item.source},
                               {"url", request.url.empty() ? item.url : request.url},
                               {"why", request.why}});
    return;
  }
  std::vector<log::Field> fields{{"source", item.source}, {"url", item.url}};
  if (request.url != item.url) fields.emplace_back(log::FieldName("answered_by"), request.url);
  fields.insert(fields.end(), {{"status", request.status},
                               {"elapsed_ms", request.received->elapsed.count()},
                               {"bytes", request.received->wire_bytes}});
  log::write(log::Level::debug, "fetched", fields);
}

void log_events(const storage::FrontierItem& item, const Decision& decision,
                const std::string& headline) {
  if (!log::is_on(log::Level::info)) return;
  const auto& commit = decision.commit;
  const auto revision = revision_of(commit);
  for (const auto& event : commit.events) {
    const auto word =
        event.hit ? "watch hit: " + event.hit->watch : std::string(word_of(event.type));
    const auto& change = decision.change;
    if (event.type == EventType::article_revised && change) {
      log::info(word, {{"source", item.source},
                       {"headline", headline},
                       {"fields", join(change->fields, ",")},
                       {"removed", beginning_of(change->words_removed)},
                       {"added", beginning_of(change->words_added)},
                       {"url", item.url},
                       {"article", commit.id()},
                       {"revision", revision},
                       {"event", event.id}});
    } else {
      log::info(word, {{"source", item.source},
                       {"headline", headline},
                       {"url", commit.standing->canonical_url},
                       {"discovery", std::string(label(event.discovery))},
                       {"article", commit.id()},
                       {"revision", revision},
                       {"event", event.id}});
    }
  }
}

}  // namespace tinwatch::crawl
