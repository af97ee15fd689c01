#include "core/text.hpp"
#include "core/time.hpp"
#include "load_parts.hpp"
#include "regular_file.hpp"

#include <algorithm>
#include <set>

namespace tinwatch::config {
namespace {

constexpr std::size_t most_phrases = 100'000;

void read_include(YamlReader& in, WatchSettings& watch) {
  std::vector<std::string> include;
  in.read("include", include);
  for (const auto& word : include) {
    if (word == "baseline")
      watch.include_baseline = true;
    else if (word == "backfill")
      watch.include_backfill = true;
    else
      in.reject("include: '" + word + "' is neither baseline nor backfill");
  }
}

/// One a line, `#` begins a comment; each with the number of its line.
struct PhraseFile {
  std::string path;
  std::vector<std::string> phrases;
  std::vector<std::size_t> lines;
};

void read_lines(YamlReader& in, const YAML::Node& at, PhraseFile& file) {
  const auto text = read_regular_file(file.path, largest_text);
  if (!text) return in.reject(at, "phrases_file: " + text.error());
  if (!is_valid_utf8(*text)) return in.reject(at, "phrases_file: " + file.path + " is not UTF-8");
  std::size_t number = 0;
  for (const auto line : split(*text, '\n')) {
    ++number;
    auto phrase = trim(line);
    if (phrase.starts_with("\xEF\xBB\xBF")) phrase = trim(phrase.substr(3));
    if (phrase.empty() || phrase.starts_with('#')) continue;
    file.phrases.emplace_back(phrase);
    file.lines.push_back(number);
  }
  if (file.phrases.empty()) in.reject(at, "phrases_file: " + file.path + " holds no phrase");
}

/// Any of the phrases of the list and of the file.
void read_phrases(YamlReader& in, const Config& config, watch::Mode mode, WatchSettings& watch) {
  PhraseFile file;
  in.read("phrases", file.phrases);
  const auto listed = file.phrases.size();
  file.lines.resize(listed);
  const auto node = in.take("phrases_file");
  if (node.IsDefined()) {
    in.read("phrases_file", file.path);
    file.path = beside(config.file, file.path);
    read_lines(in, node, file);
  }
  if (file.phrases.empty() && !node.IsDefined()) in.reject("phrases: the list is empty");
  if (file.phrases.empty()) return;
  if (file.phrases.size() > most_phrases)
    return in.reject("more than 100000 phrases; make several watches of them");
  auto query = watch::Query::any_of(file.phrases, {.mode = mode, .aliases = config.aliases});
  watch.phrases = file.phrases.size();
  if (query) {
    watch.query = std::make_shared<const watch::Query>(std::move(*query));
    return;
  }
  const auto place = query.error().line - 1;
  if (place < listed)
    in.reject("phrases: number " + std::to_string(place + 1) + ": " + query.error().message);
  else
    in.reject(node, "phrases_file: " + file.path + ":" + std::to_string(file.lines[place]) + ": " +
                        query.error().message);
}

void read_query(YamlReader& in, const YAML::Node& node, const Config& config, watch::Mode mode,
                WatchSettings& watch) {
  auto& text = watch.written;
  in.read("query", text);
  auto parsed = watch::Query::parse(text, {.mode = mode, .aliases = config.aliases});
  if (!parsed) return in.reject(node, "query: " + parsed.error().text());
  for (const auto& warning : parsed->warnings()) in.warn(node, "query: " + warning.text());
  const bool lost_quotes = node.IsScalar() && node.Tag() == "!" &&
                           text.find('"') == std::string::npos && words(text).size() > 1 &&
                           !parsed->warnings().empty();
  if (lost_quotes)
    in.warn(node,
            "query: YAML took the outer quotation marks for its own; for a phrase write query: "
            "'\"" +
                text + "\"'");
  if (parsed->is_always_asked())
    in.warn(node,
            "query: it can match without any word of its own, so that it is asked of every text");
  watch.query = std::make_shared<const watch::Query>(std::move(*parsed));
}

/// Of a time that is written without its offset.
std::chrono::minutes offset_of(const Config& config) {
  const auto zone = TimeZone::find(config.timezone);
  const auto now = std::chrono::floor<Duration>(std::chrono::system_clock::now());
  return zone ? zone->offset_at(now) : std::chrono::minutes{0};
}

}  // namespace

WatchSettings read_watch(YamlReader& in, const Config& config) {
  WatchSettings watch;
  std::string mode = "tone";
  in.read("name", watch.name);
  in.read("title", watch.title);
  in.read("team", watch.team);
  in.read("mode", mode);
  in.read("receivers", watch.receivers);
  in.read("metrics", watch.metrics);
  std::string snooze;
  in.read("snooze_until", snooze);
  if (!snooze.empty()) {
    const auto until = parse_iso8601(snooze, offset_of(config));
    if (until)
      watch.snooze_until = until->at;
    else
      in.reject("snooze_until must be a time such as 2026-03-04T08:00:00+07:00, not '" + snooze +
                "'");
  }
  read_include(in, watch);
  require_name(in, watch.name);
  if (watch.title.empty()) watch.title = watch.name;
  const std::set<std::string> once(watch.receivers.begin(), watch.receivers.end());
  if (once.size() != watch.receivers.size()) in.reject("receivers: a name stands twice");
  const auto known = watch::mode_from(mode);
  if (!known) in.reject("mode must be exact, tone, fold or auto, not '" + mode + "'");
  watch.mode = known.value_or(watch::Mode::tone);
  const auto query = in.take("query");
  const auto phrases = in.take("phrases");
  const auto phrases_file = in.take("phrases_file");
  const bool has_phrases = phrases.IsDefined() || phrases_file.IsDefined();
  if (query.IsDefined() && has_phrases)
    in.reject(query, "a watch has a query, or phrases; make two of it");
  else if (has_phrases)
    read_phrases(in, config, watch.mode, watch);
  else if (query.IsDefined())
    read_query(in, query, config, watch.mode, watch);
  else
    in.reject("a watch needs a query, phrases or a phrases_file");
  return watch;
}

namespace {

/// The groups under `aliases`, appended to `groups`.
void read_aliases(YamlReader& in, std::vector<std::vector<std::string>>& groups) {
  const auto node = in.take("aliases");
  if (!node.IsDefined() || node.IsNull()) return;
  const auto problem = "aliases: a list of lists, as in [[LLVT, \"lực lượng vũ trang\"]]";
  if (!node.IsSequence()) return in.reject(node, problem);
  for (const auto& group : node) {
    if (!group.IsSequence()) return in.reject(group, problem);
    std::vector<std::string> members;
    for (const auto& member : group) {
      if (!member.IsScalar()) return in.reject(member, problem);
      members.push_back(member.Scalar());
    }
    // One by one, so that a fault has its place.
    if (const auto sound = watch::Aliases::compile({members}); !sound)
      in.reject(group, "aliases: " + sound.error().message);
    else
      groups.push_back(std::move(members));
  }
}

}  // namespace

void read_watches(YamlReader& root, std::deque<YamlReader>& included, Config& config) {
  std::vector<std::vector<std::string>> groups;
  read_aliases(root, groups);
  for (auto& part : included) read_aliases(part, groups);
  if (!groups.empty()) config.aliases = watch::Aliases::compile(std::move(groups)).value();
  UniqueNames names;
  const auto read = [&](YamlReader& in) {
    config.watches.push_back(read_watch(in, config));
    names.add(in, config.watches.back().name);
  };
  root.each("watches", read);
  for (auto& part : included) part.each("watches", read);
}

}  // namespace tinwatch::config
