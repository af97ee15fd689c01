#include "parsers/site.hpp"

#include "core/text.hpp"
#include "core/url.hpp"
#include "regex.hpp"
#include "site/site_rules.hpp"

#include <algorithm>

namespace tinwatch::parsers {
namespace {

// RE2 matches in time linear in the text, times what the pattern unfolds to.
constexpr std::size_t longest_pattern = 1000;          // bytes
constexpr std::size_t longest_line = 16 * 1024;        // bytes; what is longer is no line
constexpr std::int64_t most_pattern_memory = 1 << 20;  // bytes; more is "pattern too large"

/// Parses the selectors of a set; the first fault goes to `fault`.
CompiledSelectors compile_selectors(const SelectorSet& set, std::string& fault) {
  const auto compiled = [&](const char* key, const std::string& text) {
    std::optional<Selector> out;
    if (text.empty()) return out;
    auto selector = Selector::parse(text);
    if (selector)
      out = std::move(*selector);
    else if (fault.empty())
      fault = std::string("selectors: ") + key + ": '" + text + "': " + selector.error();
    return out;
  };
  return {.valid_from = set.valid_from,
          .valid_until = set.valid_until,
          .headline = compiled("headline", set.headline),
          .lead = compiled("lead", set.lead),
          .body = compiled("body", set.body),
          .date = compiled("date", set.date),
          .author = compiled("author", set.author),
          .section = compiled("section", set.section),
          .caption = compiled("caption", set.caption),
          .remove = compiled("remove", set.remove)};
}

}  // namespace

struct Site::Impl {
  Profile profile;
  TimeZone zone = TimeZone::fixed({});
  Patterns article;
  Patterns listing;
  Patterns strip_path;
  Patterns drop_lines;
  SiteRules rules;
};

Site::Site() : impl_(std::make_unique<Impl>()) {}
Site::~Site() = default;

Result<std::shared_ptr<const Site>, std::string> Site::compile(Profile profile, TimeZone zone) {
  auto site = std::make_shared<Site>();
  std::string fault;
  const auto add = [&](const std::vector<std::string>& texts, Patterns& patterns) {
    for (const auto& text : texts) {
      RE2::Options options;
      options.set_log_errors(false);
      options.set_max_mem(most_pattern_memory);
      if (text.size() > longest_pattern && fault.empty())
        fault = "pattern '" + std::string(clip(text, 40)) + "...': longer than " +
                std::to_string(longest_pattern) + " bytes";
      auto pattern = std::make_unique<RE2>(text, options);
      if (!pattern->ok() && fault.empty())
        fault = "bad pattern '" + text + "': " + pattern->error();
      patterns.push_back(std::move(pattern));
    }
  };
  auto& impl = *site->impl_;
  add(profile.article, impl.article);
  add(profile.listing, impl.listing);
  add(profile.strip_path, impl.strip_path);
  add(profile.drop_lines, impl.drop_lines);
  add(profile.end_lines, impl.rules.end_lines);
  add(profile.missing_lines, impl.rules.missing_lines);
  add(profile.dateline, impl.rules.dateline);
  for (const auto& pattern : impl.rules.dateline)
    if (pattern->ok() && pattern->NumberOfCapturingGroups() != 1 && fault.empty())
      fault = "dateline '" + pattern->pattern() + "' needs one group: the dateline itself";
  for (const auto& set : profile.selectors)
    impl.rules.selectors.push_back(compile_selectors(set, fault));
  if (!fault.empty()) return fail(std::move(fault));
  impl.profile = std::move(profile);
  impl.zone = std::move(zone);
  return std::shared_ptr<const Site>(std::move(site));
}

std::shared_ptr<const Site> Site::generic(TimeZone zone) {
  return compile(Profile{}, std::move(zone)).value();
}

std::string Site::canonical(std::string_view url) const {
  auto parts = parse_url(url);
  if (!parts) return std::string(url);
  for (const auto& pattern : impl_->strip_path) RE2::GlobalReplace(&parts->path, *pattern, "");
  if (!impl_->profile.drop_parameters.empty()) {
    std::string kept;
    for (const auto parameter : split(parts->query, '&')) {
      const auto name = parameter.substr(0, parameter.find('='));
      const auto& dropped = impl_->profile.drop_parameters;
      if (name.empty() || std::find(dropped.begin(), dropped.end(), name) != dropped.end())
        continue;
      kept += (kept.empty() ? "" : "&") + std::string(parameter);
    }
    parts->query = kept;
  }
  const bool ours = holds(url) && !impl_->profile.origin.empty();
  return (ours ? impl_->profile.origin : parts->origin()) + parts->path_and_query();
}

std::string Site::captured(std::string_view url, const char* name) const {
  const auto parts = parse_url(canonical(url));
  if (!parts || !holds(url)) return {};
  const auto path = parts->path_and_query();
  for (const auto& pattern : impl_->article) {
    const auto& names = pattern->NamedCapturingGroups();
    const auto group = names.find(name);
    if (group == names.end()) continue;
    const auto count = static_cast<std::size_t>(pattern->NumberOfCapturingGroups()) + 1;
    std::vector<re2::StringPiece> found(count);
    if (pattern->Match(path, 0, path.size(), RE2::ANCHOR_BOTH, found.data(),
                       static_cast<int>(count))) {
      const auto& id = found[static_cast<std::size_t>(group->second)];
      if (!id.empty()) return {id.data(), id.size()};
    }
  }
  return {};
}

std::string Site::identifier(std::string_view url) const { return captured(url, "id"); }
std::string Site::section(std::string_view url) const { return captured(url, "section"); }

std::optional<UrlKind> Site::kind(std::string_view url) const {
  if (impl_->article.empty() && impl_->listing.empty()) return std::nullopt;
  const auto parts = parse_url(canonical(url));
  if (!parts || !holds(url)) return UrlKind::other;
  const auto path = parts->path_and_query();
  for (const auto& pattern : impl_->article)
    if (RE2::FullMatch(path, *pattern)) return UrlKind::article;
  for (const auto& pattern : impl_->listing)
    if (RE2::FullMatch(path, *pattern)) return UrlKind::listing;
  // A profile that knows its lists knows the rest too.
  if (impl_->listing.empty()) return std::nullopt;
  return UrlKind::other;
}

bool Site::holds(std::string_view url) const {
  const auto& hosts = impl_->profile.hosts;
  return hosts.empty() || std::find(hosts.begin(), hosts.end(), host_key(url)) != hosts.end();
}

bool Site::is_chrome(std::string_view line) const {
  if (line.size() > longest_line) return false;
  return std::any_of(impl_->drop_lines.begin(), impl_->drop_lines.end(),
                     [&](const auto& pattern) { return RE2::FullMatch(piece(line), *pattern); });
}

const Profile& Site::profile() const { return impl_->profile; }
const SiteRules& Site::rules() const { return impl_->rules; }
const TimeZone& Site::zone() const { return impl_->zone; }

}  // namespace tinwatch::parsers
