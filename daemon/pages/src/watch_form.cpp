#include "pages/watch_form.hpp"

#include "choices.hpp"
#include "core/text.hpp"
#include "watches_page.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <utility>

namespace tinwatch::pages {
namespace {

namespace json = boost::json;
using Fields = std::map<std::string, std::string>;

constexpr std::string_view receiver_mark = "receiver:";
constexpr std::string_view modes[] = {"tone", "exact", "fold", "auto"};

/// What browsers send of a text of several lines (HTML, form submission) has CR LF.
std::string field(const Fields& fields, const char* name) {
  const auto found = fields.find(name);
  std::string out = found == fields.end() ? std::string() : found->second;
  std::erase(out, '\r');
  return std::string(trim(out));
}

void put_text(json::object& out, const char* key, const std::string& text) {
  if (text.empty())
    out.erase(key);
  else
    out[key] = text;
}

json::array lines_of(const std::string& text) {
  json::array out;
  for (const auto line : split(text, '\n'))
    if (const auto phrase = trim(line); !phrase.empty()) out.emplace_back(phrase);
  return out;
}

std::string text_of(const json::object& definition, const char* key) {
  const auto* const value = definition.if_contains(key);
  const auto* const text = value ? value->if_string() : nullptr;
  return text ? std::string(*text) : std::string();
}

std::vector<std::string> list_of(const json::object& definition, const char* key) {
  std::vector<std::string> out;
  const auto* const value = definition.if_contains(key);
  const auto* const list = value ? value->if_array() : nullptr;
  if (!list) return out;
  for (const auto& one : *list)
    if (const auto* const text = one.if_string()) out.emplace_back(*text);
  return out;
}

bool has(const std::vector<std::string>& list, const std::string& name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

/// `include` with and without what the form has a box for.
json::array include_of(const json::object& before, bool baseline) {
  json::array out;
  if (baseline) out.emplace_back("baseline");
  for (const auto& word : list_of(before, "include"))
    if (word != "baseline") out.emplace_back(word);
  return out;
}

View preview_view(const api::Preview& preview, const Manner& manner) {
  View out;
  out.set("hits", std::to_string(preview.hits));
  out.set("revisions", std::to_string(preview.revisions));
  out.set("since", time_view(preview.since, manner));
  out.set("is_partial", !preview.is_complete);
  if (preview.compares) {
    View difference;
    difference.set("added", std::to_string(preview.added));
    difference.set("lost", std::to_string(preview.lost));
    out.set("difference", difference);
  }
  View rows(View::type::list);
  for (const auto& hit : preview.shown) {
    View row;
    row.set("time", time_view(hit.at, manner));
    row.set("what", std::string(word_of(hit.transition, manner.language)));
    row.set("source", hit.source);
    if (preview.compares && hit.kind == api::PreviewHit::Kind::added)
      row.set("kind", manner.say("preview_added"));
    if (hit.kind == api::PreviewHit::Kind::lost) row.set("kind", manner.say("preview_lost"));
    row.set("path",
            "/articles/" + hit.article + "?revision=" + std::to_string(hit.revision) + "#text");
    row.set("headline", line_of(hit.headline));
    if (!hit.sentence.empty()) row.set("sentence", line_of(hit.sentence));
    rows << row;
  }
  put_list(out, "rows", rows);
  return out;
}

}  // namespace

json::object definition_of(const Fields& fields, json::object before) {
  auto out = std::move(before);
  if (const auto name = field(fields, "name"); !name.empty()) out["name"] = name;
  put_text(out, "title", field(fields, "title"));
  put_text(out, "query", field(fields, "query"));
  out["mode"] = field(fields, "mode");
  auto phrases = lines_of(field(fields, "phrases"));
  if (phrases.empty())
    out.erase("phrases");
  else
    out["phrases"] = std::move(phrases);
  json::array receivers;
  for (const auto& [name, value] : fields)
    if (name.starts_with(receiver_mark)) receivers.emplace_back(name.substr(receiver_mark.size()));
  out["receivers"] = std::move(receivers);
  auto include = include_of(out, fields.contains("baseline"));
  if (include.empty())
    out.erase("include");
  else
    out["include"] = std::move(include);
  return out;
}

WatchAnswer first_answer(const api::WatchInfo& watch) {
  return {.name = watch.name, .definition = json::parse(watch.definition).as_object()};
}

View texts(const std::vector<std::string>& lines) {
  View out(View::type::list);
  for (const auto& line : lines) {
    View item;
    item.set("text", line_of(line));
    out << item;
  }
  return out;
}

View form_view(const WatchAnswer& answer, const WatchRoom& room) {
  const auto& definition = answer.definition;
  const auto& manner = room.manner;
  View out;
  out.set("path", answer.name.empty() ? "/watches" : "/watches/" + percent_encode(answer.name));
  out.set("is_new", answer.name.empty());
  for (const auto* key : {"name", "title", "query"}) out.set(key, text_of(definition, key));
  const auto phrases = list_of(definition, "phrases");
  out.set("phrases", join(phrases, "\n"));
  out.set("has_phrases", !phrases.empty());
  const auto chosen = text_of(definition, "mode");
  View choices(View::type::list);
  for (const auto mode : modes) {
    const std::string value(mode);
    choices << choice(value, manner.say("mode_" + value),
                      value == (chosen.empty() ? "tone" : chosen));
  }
  out.set("modes", choices);
  const auto told = list_of(definition, "receivers");
  View receivers(View::type::list);
  for (const auto& name : room.list.receivers) {
    View receiver;
    receiver.set("name", name);
    receiver.set("field", std::string(receiver_mark) + name);
    receiver.set("chosen", has(told, name));
    receivers << receiver;
  }
  put_list(out, "receivers", receivers);
  out.set("baseline", has(list_of(definition, "include"), "baseline"));
  put_list(out, "faults", texts(answer.faults));
  put_list(out, "warnings", texts(answer.warnings));
  if (answer.preview) out.set("preview", preview_view(*answer.preview, manner));
  return out;
}

}  // namespace tinwatch::pages
