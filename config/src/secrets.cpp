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

}  // namespace tinwatch::config
