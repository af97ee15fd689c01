#include "core/hash.hpp"
#include "core/url.hpp"
#include "load_parts.hpp"
#include "regular_file.hpp"

#include <filesystem>

namespace tinwatch::config {
namespace {

constexpr std::size_t deepest_extension = 4;

std::optional<Instant> read_instant(YamlReader& in, const char* key) {
  std::string text;
  in.read(key, text);
  if (text.empty()) return std::nullopt;
  const auto time = parse_iso8601(text);
  if (!time) {
    in.reject(std::string(key) + " must be a date such as 2023-01-31, not '" + text + "'");
    return std::nullopt;
  }
  return time->at;
}

parsers::SelectorSet read_selectors(YamlReader& in) {
  parsers::SelectorSet set;
  set.valid_from = read_instant(in, "valid_from");
  set.valid_until = read_instant(in, "valid_until");
  in.read("headline", set.headline);
  in.read("lead", set.lead);
  in.read("body", set.body);
  in.read("date", set.date);
  in.read("author", set.author);
  in.read("section", set.section);
  in.read("caption", set.caption);
  in.read("remove", set.remove);
  return set;
}

/// The files of a profile and of what it extends, the extending one first.
std::vector<std::string> extension_chain(const std::string& path, const std::string& config_file,
                                         Faults& faults) {
  std::vector<std::string> out{path};
  while (true) {
    const auto text = read_regular_file(out.back(), largest_text);
    if (!text) return out;  // reading it reports the fault
    try {
      const auto base = YAML::Load(*text)["extends"];
      if (!base.IsDefined() || !base.IsScalar()) return out;
      const auto name = base.as<std::string>();
      auto next = is_name(name) ? find_profile(name, config_file) : std::string();
      if (next.empty() || out.size() > deepest_extension) {
        faults.push_back(
            fault_at(out.back(), base.Mark(), "extends: there is no profile '" + name + "'"));
        return out;
      }
      out.push_back(std::move(next));
    } catch (const YAML::Exception&) {
      return out;  // reading it reports the fault
    }
  }
}

/// Reads one file over what is there: a key that stands in both is this file's.
void read_profile(const std::string& path, parsers::Profile& profile, TimeZone& zone,
                  Faults& faults) {
  const auto text = read_regular_file(path, largest_text);
  if (!text) {
    faults.push_back(text.error());
    return;
  }
  Findings findings;
  try {
    YamlReader in(YAML::Load(*text), path, "", findings);
    static_cast<void>(in.take("extends"));  // followed by extension_chain
    in.read("origin", profile.origin);
    in.read("hosts", profile.hosts);
    in.read("article", profile.article);
    in.read("listing", profile.listing);
    in.read("strip_path", profile.strip_path);
    in.read("drop_parameters", profile.drop_parameters);
    in.read("drop_lines", profile.drop_lines);
    in.read("end_lines", profile.end_lines);
    in.read("missing_lines", profile.missing_lines);
    in.read("dateline", profile.dateline);
    in.read("start", profile.start);
    std::string zone_name;
    in.read("timezone", zone_name);
    if (!zone_name.empty()) {
      const auto found = TimeZone::find(zone_name);
      if (!found) in.reject("timezone: there is no zone '" + zone_name + "'");
      zone = found.value_or(zone);
    }
    std::vector<parsers::SelectorSet> sets;
    in.each("selectors", [&](YamlReader& item) { sets.push_back(read_selectors(item)); });
    if (!sets.empty()) profile.selectors = std::move(sets);
    static_cast<void>(in.take("fixtures"));  // run by check_fixtures
    in.finish();
  } catch (const YAML::Exception& e) {
    findings.faults.push_back(fault_at(path, e.mark, e.msg));
  }
  faults.insert(faults.end(), findings.faults.begin(), findings.faults.end());
  // Two levels hash to another value than either alone.
  profile.hash = sha256_hex(profile.hash + *text);
}

}  // namespace

std::string find_profile(const std::string& name, const std::string& config_file) {
  namespace fs = std::filesystem;
  const auto leaf = fs::path("profiles") / (name + ".yaml");
  std::error_code unreadable;
  for (const auto& folder : {fs::path(config_file).parent_path(), fs::path(TINWATCH_SHARE)})
    if (fs::exists(folder / leaf, unreadable)) return (folder / leaf).string();
  return {};
}

Result<std::shared_ptr<const parsers::Site>, Faults> load_profile(const std::string& name,
                                                                  const std::string& config_file,
                                                                  const TimeZone& zone) {
  const auto path = is_name(name) ? find_profile(name, config_file) : std::string();
  if (path.empty())
    return fail(Faults{"profile '" + name + "' not found: there is no profiles/" + name +
                       ".yaml beside " + config_file + " nor in " TINWATCH_SHARE});
  Faults faults;
  parsers::Profile profile;
  TimeZone used = zone;
  const auto chain = extension_chain(path, config_file, faults);
  for (auto file = chain.rbegin(); file != chain.rend(); ++file)
    read_profile(*file, profile, used, faults);
  profile.name = name;
  if (!profile.origin.empty()) {
    const auto parts = parse_url(profile.origin);
    if (!parts || parts->origin() != profile.origin)
      faults.push_back(path + ":1:1: origin must be https://HOST and no more, not '" +
                       profile.origin + "'");
  }
  if (!faults.empty()) return fail(std::move(faults));
  auto site = parsers::Site::compile(std::move(profile), std::move(used));
  if (!site) return fail(Faults{path + ":1:1: " + site.error()});
  return *site;
}

}  // namespace tinwatch::config
