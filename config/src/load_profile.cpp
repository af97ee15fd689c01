#include "core/hash.hpp"
#include "core/url.hpp"
#include "load_parts.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

namespace tinwatch::config {
namespace {

std::string find_profile(const std::string& name, const std::string& config_file) {
  namespace fs = std::filesystem;
  const auto leaf = fs::path("profiles") / (name + ".yaml");
  for (const auto& folder : {fs::path(config_file).parent_path(), fs::path(TINWATCH_SHARE)})
    if (fs::exists(folder / leaf)) return (folder / leaf).string();
  return {};
}

}  // namespace

Result<std::shared_ptr<const parsers::Site>, Faults> load_profile(const std::string& name,
                                                                  const std::string& config_file,
                                                                  const TimeZone& zone) {
  const auto path = is_name(name) ? find_profile(name, config_file) : std::string();
  if (path.empty())
    return fail(Faults{"profile '" + name + "' not found: there is no profiles/" + name +
                       ".yaml beside " + config_file + " nor in " TINWATCH_SHARE});
  std::ifstream file(path);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  Faults faults;
  parsers::Profile profile;
  profile.name = name;
  profile.hash = sha256_hex(text);
  try {
    YamlReader in(YAML::Load(text), path, "", faults);
    in.read("origin", profile.origin);
    in.read("hosts", profile.hosts);
    in.read("article", profile.article);
    in.read("listing", profile.listing);
    in.read("strip_path", profile.strip_path);
    in.read("drop_parameters", profile.drop_parameters);
    in.read("drop_lines", profile.drop_lines);
    in.read("start", profile.start);
    in.finish();
  } catch (const YAML::Exception& e) {
    faults.push_back(fault_at(path, e.mark, e.msg));
  }
  if (!profile.origin.empty()) {
    const auto parts = parse_url(profile.origin);
    if (!parts || parts->origin() != profile.origin)
      faults.push_back(path + ":1:1: origin must be https://HOST and no more, not '" +
                       profile.origin + "'");
  }
  if (!faults.empty()) return fail(std::move(faults));
  auto site = parsers::Site::compile(std::move(profile), zone);
  if (!site) return fail(Faults{path + ":1:1: " + site.error()});
  return *site;
}

}  // namespace tinwatch::config
