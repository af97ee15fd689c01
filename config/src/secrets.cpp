#include "alerts/standard_webhook.hpp"
#include "core/text.hpp"
#include "load_parts.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace tinwatch::config {
namespace {

/// A relative path is beside the configuration file.
std::string beside(const std::string& config_file, const std::string& path) {
  const std::filesystem::path given(path);
  if (given.is_absolute()) return path;
  return (std::filesystem::path(config_file).parent_path() / given).string();
}

void read_secret(YamlReader& in, const std::string& path, std::vector<std::string>& keys) {
  std::ifstream file(path);
  if (!file) {
    in.reject("cannot read the secret file " + path +
              "; it must be readable for the user that runs tinwatch");
    return;
  }
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  auto key = alerts::parse_secret(text);
  if (key)
    keys.push_back(std::move(*key));
  else
    in.reject(path + ": " + key.error());
}

}  // namespace

std::vector<std::string> read_secrets(YamlReader& in, const std::string& config_file) {
  std::vector<std::string> files;
  std::string credential;
  in.read("secret_files", files);
  in.read("credential", credential);
  if (files.empty() && credential.empty())
    in.reject("needs secret_files or credential: without a signature nobody can trust a webhook");
  std::vector<std::string> keys;
  for (const auto& file : files) read_secret(in, beside(config_file, file), keys);
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
