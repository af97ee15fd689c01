#include "alerts/standard_webhook.hpp"
#include "core/text.hpp"
#include "load_parts.hpp"
#include "regular_file.hpp"

#include <cstdlib>
#include <filesystem>

namespace tinwatch::config {
namespace {

void read_secret(YamlReader& in, const std::string& path, std::vector<std::string>& keys) {
  const auto text = read_regular_file(path, largest_secret);
  if (!text) {
    in.reject("cannot read the secret file " + text.error() +
              "; it must be a file that the user who runs tinwatch may read");
    return;
  }
  auto key = alerts::parse_secret(*text);
  if (key)
    keys.push_back(std::move(*key));
  else
    in.reject(path + ": " + key.error());
}

}  // namespace

std::string beside(const std::string& config_file, const std::string& path) {
  const std::filesystem::path given(path);
  if (given.is_absolute()) return path;
  return (std::filesystem::path(config_file).parent_path() / given).string();
}

std::vector<std::string> read_secrets(YamlReader& in, const std::string& config_file) {
  std::vector<std::string> files;
  std::string credential;
  in.read("secret_files", files);
  in.read("credential", credential);
  if (files.empty() && credential.empty())
    in.reject("needs secret_files or credential: without a signature nobody can trust a webhook");
  std::vector<std::string> keys;
  for (const auto& file : files) {
    const auto path = beside(config_file, file);
    read_secret(in, path, keys);
    // systemd hands out what `credential` names as nobody else can read it.
    for (const auto& exposure : exposures(path)) in.warn(in.take("secret_files"), exposure);
  }
  if (!credential.empty()) {
    const char* directory =
        std::getenv("CREDENTIALS_DIRECTORY");  // NOLINT(concurrency-mt-unsafe): nobody sets it
    if (directory)
      read_secret(in, std::string(directory) + '/' + credential, keys);
    else
      in.reject("credential: systemd gave no credentials (LoadCredential= in the unit)");
  }
  return keys;
}

std::string read_secret_text(YamlReader& in, const char* name, const std::string& config_file) {
  std::string file;
  std::string inlined;
  std::string credential;
  const auto file_key = std::string(name) + "_file";
  in.read(file_key.c_str(), file);
  in.read(name, inlined);
  in.read("credential", credential);
  if (!inlined.empty()) {
    const bool is_variable = inlined.starts_with("${") && inlined.ends_with('}');
    const auto variable = is_variable ? inlined.substr(2, inlined.size() - 3) : std::string();
    const char* value =
        is_variable ? std::getenv(variable.c_str()) : nullptr;  // NOLINT(concurrency-mt-unsafe)
    if (!is_variable)
      in.reject(in.take(name), std::string(name) + ": a secret stands in a file (" + file_key +
                                   ") or in the environment (" + name + ": ${VARIABLE})");
    else if (!value)
      in.reject(in.take(name), std::string(name) + ": the environment has no " + variable);
    return value ? value : "";
  }
  if (!credential.empty()) {
    const char* directory =
        std::getenv("CREDENTIALS_DIRECTORY");  // NOLINT(concurrency-mt-unsafe): nobody sets it
    if (!directory) {
      in.reject("credential: systemd gave no credentials (LoadCredential= in the unit)");
      return {};
    }
    file = std::string(directory) + '/' + credential;
  }
  if (file.empty()) return {};
  const auto path = beside(config_file, file);
  const auto text = read_regular_file(path, largest_secret);
  if (!text) {
    in.reject("cannot read the secret file " + text.error() +
              "; it must be a file that the user who runs tinwatch may read");
    return {};
  }
  if (credential.empty())
    for (const auto& exposure : exposures(path)) in.warn(in.take(file_key.c_str()), exposure);
  std::string secret(trim(*text));
  if (secret.empty()) in.reject(file_key + ": " + path + " is empty");
  return secret;
}

}  // namespace tinwatch::config
