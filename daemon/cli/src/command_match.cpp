#include "commands.hpp"
#include "core/text.hpp"
#include "json_lines.hpp"
#include "watch/watch_set.hpp"

#include <boost/json.hpp>

#include <stdexcept>

/// Whether a text matches a query, and where.
namespace tinwatch::cli {
namespace {

namespace json = boost::json;

watch::Mode mode_named(const std::string& word) {
  const auto mode = watch::mode_from(word);
  if (!mode)
    throw std::invalid_argument("mode must be exact, tone, fold or auto, not '" + word + "'");
  return *mode;
}

std::vector<watch::Hit> hits_of(watch::Query query, const watch::ArticleText& text, bool& matches) {
  const auto set =
      watch::WatchSet::compile({{"query", std::make_shared<const watch::Query>(std::move(query))}});
  WorkBudget budget;
  auto found = set->compare(nullptr, text, {}, budget);
  matches = !found.empty();
  return matches ? std::move(found.front().hit.hits) : std::vector<watch::Hit>();
}

std::shared_ptr<const watch::Aliases> aliases_in(const json::object& in) {
  const auto* value = in.if_contains("aliases");
  if (!value || value->is_null()) return nullptr;
  std::vector<std::vector<std::string>> groups;
  for (const auto& group : value->as_array()) {
    auto& members = groups.emplace_back();
    for (const auto& member : group.as_array()) members.emplace_back(member.as_string());
  }
  auto aliases = watch::Aliases::compile(std::move(groups));
  if (!aliases) throw std::invalid_argument("aliases: " + aliases.error().message);
  return *aliases;
}

/// Strings, or lists of strings, by the names of the record's fields.
std::vector<EditorialField> fields_in(const json::object& in) {
  std::vector<EditorialField> out;
  const auto* fields = in.if_contains("fields");
  if (!fields) return {{"body", string_at(in, "text")}};
  for (const auto& [name, value] : fields->as_object()) {
    const auto known = watch::field_named(name);
    EditorialField field{std::string(known ? label(*known) : std::string_view(name)), ""};
    if (value.is_array())
      for (const auto& part : value.as_array())
        (field.text += field.text.empty() ? "" : "\n\n") += std::string(part.as_string());
    else
      field.text = value.as_string();
    out.push_back(std::move(field));
  }
  return out;
}

json::object hit_json(const watch::Hit& hit) {
  return {{"field", hit.field},
          {"offset", hit.offset},
          {"words", hit.words},
          {"sentence", hit.sentence}};
}

json::object fault_json(const watch::QueryFault& fault) {
  return {{"line", fault.line}, {"column", fault.column}, {"message", fault.message}};
}

void match_line(const json::object& in, json::object& out, const std::string& usual_mode) {
  const auto mode = string_at(in, "mode");
  const watch::QuerySettings settings{.mode = mode_named(mode.empty() ? usual_mode : mode),
                                      .aliases = aliases_in(in)};
  auto query = watch::Query::parse(string_at(in, "query"), settings);
  if (!query) {
    out["error"] = query.error().text();
    out["line"] = query.error().line;
    out["column"] = query.error().column;
    return;
  }
  const auto warnings = query->warnings();
  const watch::ArticleText text(fields_in(in));
  bool matches = false;
  const auto hits = hits_of(std::move(*query), text, matches);
  out["match"] = matches;
  auto& list = out["hits"].emplace_array();
  for (const auto& hit : hits) list.push_back(hit_json(hit));
  if (warnings.empty()) return;
  auto& warned = out["warnings"].emplace_array();
  for (const auto& warning : warnings) warned.push_back(fault_json(warning));
}

}  // namespace

Exit match_text(const MatchOptions& options) {
  if (options.jsonl)
    return each_line(
        [&](const json::object& in, json::object& out) { match_line(in, out, options.mode); });
  if (options.file.empty())
    throw std::invalid_argument("give --query and a FILE (- for standard input), or --jsonl");
  auto query = watch::Query::parse(options.query, {.mode = mode_named(options.mode)});
  if (!query) throw std::invalid_argument("query: " + query.error().text());
  for (const auto& warning : query->warnings()) complain("warning: query: " + warning.text());
  std::vector<EditorialField> fields{{"body", read_input(options.file)}};
  const watch::ArticleText text(std::move(fields));
  bool matches = false;
  for (const auto& hit : hits_of(std::move(*query), text, matches))
    print_columns({hit.field, std::to_string(hit.offset), hit.words, hit.sentence});
  return matches ? Exit::done : Exit::no;
}

}  // namespace tinwatch::cli
