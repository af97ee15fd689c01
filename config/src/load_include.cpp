#include "core/text.hpp"
#include "load_parts.hpp"
#include "regular_file.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fnmatch.h>
#include <glob.h>
#include <set>

namespace tinwatch::config {
namespace {

constexpr std::size_t most_files = 1000;  // far above what anybody keeps apart

/// A folder that is not there holds no file. One that cannot be read may hold all of them: without
/// an error, everything in it would silently be watched no more.
int stop_at_unreadable(const char*, int error) { return error == ENOENT ? 0 : 1; }

void add_matches(YamlReader& root, const std::string& pattern, const std::string& config_file,
                 std::vector<std::string>& files) {
  const auto whole = beside(config_file, pattern);
  glob_t found{};
  // glob is unsafe where it looks up users' homes: GLOB_TILDE is not asked for.
  // NOLINTNEXTLINE(concurrency-mt-unsafe)
  const int answer = ::glob(whole.c_str(), GLOB_BRACE, stop_at_unreadable, &found);
  if (answer == 0)
    files.insert(files.end(), found.gl_pathv, found.gl_pathv + found.gl_pathc);
  else if (answer != GLOB_NOMATCH)
    root.reject(root.take("include"), "include: a folder of " + whole + " cannot be read");
  else if (pattern.find_first_of("*?[{") == std::string::npos)
    root.reject(root.take("include"), "include: there is no file " + whole);
  ::globfree(&found);
}

std::vector<std::string> included_files(YamlReader& root, Config& config) {
  const auto& config_file = config.file;
  root.read("include", config.include);
  std::vector<std::string> matches;
  for (const auto& pattern : config.include) add_matches(root, pattern, config_file, matches);
  std::vector<std::string> out;
  std::set<std::string> seen;
  for (auto& file : matches) {
    std::error_code ignored;
    if (std::filesystem::equivalent(file, config_file, ignored))
      root.reject(root.take("include"), "include: " + file + " is this file itself");
    else if (seen.insert(std::filesystem::path(file).lexically_normal().string()).second)
      out.push_back(std::move(file));
  }
  if (out.size() <= most_files) return out;
  root.reject(root.take("include"), "include: " + std::to_string(out.size()) +
                                        " files; at most 1000 are read, put several into one");
  return {};
}

/// `a{b,c}d`: abd, acd; of braces within braces, the inner ones stay.
std::vector<std::string> alternatives(const std::string& pattern) {
  const auto begin = pattern.find('{');
  const auto end = pattern.find('}', begin == std::string::npos ? 0 : begin);
  if (begin == std::string::npos || end == std::string::npos) return {pattern};
  const auto choices = split(std::string_view(pattern).substr(begin + 1, end - begin - 1), ',');
  std::vector<std::string> out;
  out.reserve(choices.size());
  for (const auto choice : choices)
    out.push_back(pattern.substr(0, begin) + std::string(choice) + pattern.substr(end + 1));
  return out;
}

}  // namespace

void UniqueNames::add(YamlReader& in, const std::string& name) {
  if (!is_name(name)) return;  // which is a fault already
  const auto [first, is_new] = places_.emplace(name, in.place());
  if (!is_new) in.reject("the name '" + name + "' stands twice; first at " + first->second);
}

bool is_included(const Config& config, const std::string& path) {
  const auto whole = [](const std::string& name) {
    return std::filesystem::absolute(name).lexically_normal().string();
  };
  const auto file = whole(path);
  const auto reads = [&](const std::string& pattern) {
    const auto all = whole(beside(config.file, pattern));
    return ::fnmatch(all.c_str(), file.c_str(), FNM_PATHNAME | FNM_PERIOD) == 0;
  };
  return std::any_of(config.include.begin(), config.include.end(), [&](const auto& pattern) {
    const auto all = alternatives(pattern);
    return std::any_of(all.begin(), all.end(), reads);
  });
}

std::deque<YamlReader> read_included(YamlReader& root, Config& config, Findings& findings) {
  std::deque<YamlReader> out;
  for (const auto& file : included_files(root, config)) {
    const auto text = read_regular_file(file, largest_text);
    if (!text) {
      findings.faults.push_back(text.error());
      continue;
    }
    try {
      const auto node = YAML::Load(*text);
      // Nothing but comments: whoever includes many files may.
      if (!node.IsNull()) out.emplace_back(node, file, "", findings);
    } catch (const YAML::Exception& e) {
      findings.faults.push_back(fault_at(file, e.mark, e.msg + yaml_remedy));
    }
  }
  return out;
}

}  // namespace tinwatch::config
