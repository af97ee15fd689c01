#include "core/event_json.hpp"

#include "core/text.hpp"
#include "core/time.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <stdexcept>
#include <utility>

namespace tinwatch {
namespace {

namespace json = boost::json;

// Standard Webhooks: a body stays below 20 kB. Each budget is in bytes of JSON.
constexpr std::size_t headline_bytes = 1000;
constexpr std::size_t description_bytes = 3000;
constexpr std::size_t section_bytes = 200;
constexpr std::size_t most_sections = 8;
constexpr std::size_t name_bytes = 300;

std::size_t json_size(char c) {
  if (c == '"' || c == '\\' || (c >= '\b' && c <= '\r' && c != '\v')) return 2;
  return static_cast<unsigned char>(c) < 0x20 ? 6 : 1;  // \u00XX
}

/// Empty where there is none.
std::string text_of(const json::object& in, std::string_view name) {
  const auto* value = in.if_contains(name);
  return value ? std::string(value->as_string()) : std::string();
}

/// Of an array of words; empty where there is none.
std::string joined(const json::object& in, std::string_view name) {
  std::string out;
  if (const auto* words = in.if_contains(name))
    for (const auto& one : words->as_array()) {
      if (!out.empty()) out += ' ';
      out += std::string_view(one.as_string());
    }
  return out;
}

std::optional<Transition> transition_from(std::string_view word) {
  for (const auto one : {Transition::appeared, Transition::disappeared, Transition::changed})
    if (label(one) == word) return one;
  return std::nullopt;
}

}  // namespace

json::object event_json(const Event& event) {
  if (event.is_damaged) throw std::runtime_error("a column holds an unknown word");
  json::object out;
  out["seq"] = event.seq;
  out["id"] = event.id;
  out["type"] = event.type;
  out["source"] = event.source;
  if (!event.article.empty()) out["subject"] = event.article;
  out["time"] = to_rfc3339(event.at);
  out["sequence"] = event.sequence;
  out["discovery"] = label(event.discovery);
  out["data"] = json::parse(event.data);
  return out;
}

std::string cloud_event_json(const Event& event, std::string_view external_url) {
  const std::string base(external_url);
  // CloudEvents "sequence" is a string that sorts: so it has a fixed width.
  std::array<char, 24> sequence{};
  std::snprintf(sequence.data(), sequence.size(), "%010lld",
                static_cast<long long>(event.sequence));
  const auto& subject = event.article;
  json::object out;
  out["specversion"] = "1.0";
  out["id"] = event.id;
  out["source"] = base + "sources/" + percent_encode(event.source);
  out["type"] = event.type;
  if (!subject.empty()) out["subject"] = subject;
  out["time"] = to_rfc3339(event.at);
  out["datacontenttype"] = "application/json";
  out["dataschema"] = base + "schemas/" + event.type + "/1";
  out["sequence"] = sequence.data();
  out["partitionkey"] = subject.empty() ? event.source : subject;
  auto data = json::parse(event.data);
  auto& fields = data.as_object();
  // The data is clipped: here is the whole.
  if (!subject.empty()) fields["link"] = base + "articles/" + percent_encode(subject);
  out["data"] = std::move(data);
  return json::serialize(out);
}

std::string fitted(const std::string& text, std::size_t limit) {
  std::size_t bytes = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    bytes += json_size(text[at]);
    if (bytes > limit) return clipped(text, std::max<std::size_t>(at, 3));
  }
  return text;
}

json::object article_event_data(const EventArticle& article) {
  json::object item;
  item["id"] = article.id;
  item["source"] = article.source;
  item["url"] = article.url;
  const auto& record = *article.record;
  bool whole = true;
  const auto fit = [&](const std::string& text, std::size_t limit) {
    auto fits = fitted(text, limit);
    whole = whole && fits == text;
    return json::string(fits);
  };
  if (!record.identifier.empty()) item["identifier"] = fit(record.identifier, name_bytes);
  item["headline"] = fit(record.headline, headline_bytes);
  if (record.date_published) item["datePublished"] = record.date_published->text();
  const auto& sections = record.article_section;
  if (!sections.empty()) {
    auto& shown = item["articleSection"].emplace_array();
    const auto end = std::min(sections.size(), most_sections);
    for (std::size_t i = 0; i < end; ++i) shown.push_back(fit(sections[i], section_bytes));
    whole = whole && end == sections.size();
  }
  if (!record.description.empty()) item["description"] = fit(record.description, description_bytes);
  if (!whole) item["truncated"] = true;
  return {{"article", std::move(item)}, {"revision", article.revision}};
}

void put_watch(json::object& data, const std::string& name, const std::string& title) {
  data["watch"] = {{"name", name}, {"title", fitted(title, name_bytes)}};
}

EventSubject subject_of(std::string_view text) {
  const auto value = json::parse({text.data(), text.size()});
  const auto& data = value.as_object();
  EventSubject out;
  if (const auto* article = data.if_contains("article")) {
    out.article = text_of(article->as_object(), "id");
    out.headline = text_of(article->as_object(), "headline");
  }
  if (const auto* revision = data.if_contains("revision"))
    out.revision = revision->to_number<std::int64_t>();
  if (const auto* watch = data.if_contains("watch")) {
    out.watch = text_of(watch->as_object(), "title");
    out.watch_name = text_of(watch->as_object(), "name");
  }
  if (const auto* transition = data.if_contains("transition"))
    out.transition = transition_from(transition->as_string());
  if (const auto* hits = data.if_contains("hits"))
    if (!hits->as_array().empty())
      out.sentence = text_of(hits->as_array()[0].as_object(), "sentence");
  if (const auto* value_of_change = data.if_contains("change")) {
    const auto& change = value_of_change->as_object();
    out.change = change_class_from(text_of(change, "class"));
    out.removed = joined(change, "removed");
    out.added = joined(change, "added");
  }
  return out;
}

}  // namespace tinwatch
