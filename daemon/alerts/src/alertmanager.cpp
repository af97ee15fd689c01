#include "alerts/alertmanager.hpp"

#include "core/event_json.hpp"
#include "core/event_type.hpp"
#include "core/screen_text.hpp"
#include "core/severity.hpp"
#include "core/text.hpp"
#include "event_fields.hpp"

#include <boost/json.hpp>

#include <stdexcept>

namespace tinwatch::alerts {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr std::size_t longest_annotation = 1000;  // bytes

/// `TinwatchArticleRemoved`.
std::string name_of(EventType type) {
  std::string out = "Tinwatch";
  bool is_first = true;
  const auto words = label(type).substr(std::string_view("tinwatch.").size());
  for (const char c : words) {
    if (c == '.') {
      is_first = true;
      continue;
    }
    out += is_first ? static_cast<char>(c - 'a' + 'A') : c;
    is_first = false;
  }
  return out;
}

std::string annotation(std::string_view text) {
  return clipped(escape_controls(text), longest_annotation);
}

json::object alert(const AlertName& name, Instant begins, Instant ends, json::object annotations,
                   const std::string& link) {
  json::object labels{{"alertname", name_of(name.type)},
                      {"event", label(name.type)},
                      {"severity", label(name.severity)}};
  const auto put = [&](std::string_view key, const std::string& value) {
    if (!value.empty()) labels[key] = value;
  };
  put("source", name.source);
  put("article", name.article);
  put("watch", name.watch);
  put("receiver", name.receiver);
  return {{"labels", std::move(labels)},
          {"annotations", std::move(annotations)},
          {"startsAt", to_rfc3339(begins)},
          {"endsAt", to_rfc3339(ends)},
          {"generatorURL", link}};
}

/// The trouble that `.recovered` ends.
std::optional<EventType> ended_by(EventType type, const json::object& data) {
  if (type == EventType::receiver_recovered) return EventType::receiver_failing;
  if (type != EventType::source_recovered) return std::nullopt;
  for (const auto trouble :
       {EventType::source_silent, EventType::source_unreachable, EventType::source_drifted})
    if (word_of(trouble) == text_at(data, "from")) return trouble;
  return std::nullopt;
}

bool is_condition(EventType type) {
  return type == EventType::source_silent || type == EventType::source_unreachable ||
         type == EventType::source_drifted || type == EventType::receiver_failing;
}

}  // namespace

std::string alerts_json(const Event& event, const LetterStyle& style, Instant now) {
  const auto type = event_type_from(event.type);
  if (event.is_damaged || !type) throw std::runtime_error("the stored event is damaged");
  const auto parsed = json::parse(event.data);
  const auto& data = parsed.as_object();
  const json::object none;
  const auto* const watch = object_at(data, "watch");
  const auto* const named = object_at(data, "article");
  const auto& article = named ? *named : none;
  AlertName name{.type = *type,
                 .severity = severity_of(*type, data),
                 .source = event.source,
                 .article = event.article,
                 .watch = watch ? text_at(*watch, "name") : "",
                 .receiver = text_at(data, "receiver")};
  // From now on: what is told late has only begun.
  auto ends = now + (is_condition(*type) ? condition_holds : event_holds);
  if (const auto trouble = ended_by(*type, data)) {
    name.type = *trouble;
    name.severity = tinwatch::severity_of(*trouble);
    ends = event.at;
  }
  json::object annotations{{"summary", annotation(event.type)}};
  if (const auto headline = text_at(article, "headline"); !headline.empty()) {
    annotations["summary"] = annotation('[' + event.source + "] " + headline);
    annotations["url"] = annotation(text_at(article, "url"));
  }
  if (const auto reason = text_at(data, "reason"); !reason.empty())
    annotations["description"] = annotation(reason);
  const auto link = style.external_url +
                    (event.article.empty() ? "" : "articles/" + percent_encode(event.article));
  return json::serialize(json::array{
      alert(name, ends > event.at ? event.at : event.at - 1s, ends, std::move(annotations), link)});
}

std::string conditions_json(const std::vector<Condition>& conditions, Instant now,
                            const LetterStyle& style) {
  json::array out;
  for (const auto& [name, since] : conditions)
    out.push_back(alert(name, since, now + condition_holds, {{"summary", label(name.type)}},
                        style.external_url));
  return json::serialize(out);
}

}  // namespace tinwatch::alerts
