#include "receiver_parts.hpp"

#include "alerts/shipped_templates.hpp"
#include "core/url.hpp"
#include "fetchers/bad_port.hpp"
#include "regular_file.hpp"

#include <algorithm>

namespace tinwatch::config {

using alerts::LetterTemplate;
using alerts::Markup;

void require_url(YamlReader& in, const ReceiverParts& common, const std::string& url,
                 const char* key) {
  const auto parts = parse_url(url);
  if (!parts)  // which it is, may be a secret
    in.reject(std::string(key) + " must be an http(s) address, without user and password");
  else if (fetchers::is_bad_port(parts->port))
    in.reject(std::string(key) + ": port " + parts->port + " is one that browsers refuse");
  else if (parts->scheme == "http" && !common.is_private())
    in.reject(std::string(key) +
              ": a receiver on the public internet is asked over https; one in a network of your "
              "own is named by allow_networks");
}

std::string read_secret_url(YamlReader& in, ReceiverParts& common) {
  auto url = read_secret_text(in, "url", common.file);
  common.secrets += url + '\n';
  if (url.empty())
    in.reject("needs url_file: whoever knows the address can write there, so it stands in a file");
  else if (!parse_url(url))
    in.reject("url_file holds no http(s) address");  // which it is, is a secret
  else
    require_url(in, common, url, "url");
  return url;
}

std::string read_open_or_secret_url(YamlReader& in, ReceiverParts& common) {
  std::string url;
  in.read("url", url);
  if (url.empty()) return read_secret_url(in, common);
  require_url(in, common, url, "url");
  return url;
}

std::string read_token(YamlReader& in, ReceiverParts& common, bool is_needed) {
  auto token = read_secret_text(in, "token", common.file);
  common.secrets += token + '\n';
  if (token.empty() && is_needed) in.reject("needs token_file");
  const auto is_safe = [](char c) { return c > 0x20 && c < 0x7f; };
  if (!std::all_of(token.begin(), token.end(), is_safe))
    in.reject("token_file: a token has no blanks and no characters beyond ASCII");
  return token;
}

LetterTemplate read_template(YamlReader& in, const ReceiverParts& common, const char* key,
                             std::string_view shipped, Markup markup) {
  std::string file;
  in.read(key, file);
  std::string text(alerts::shipped_template(shipped));
  if (!file.empty()) {
    const auto path = beside(common.file, file);
    auto read = read_regular_file(path, largest_secret);
    if (!read) {
      in.reject(in.take(key), std::string(key) + ": " + read.error());
      return {};
    }
    text = std::move(*read);
  }
  auto out = LetterTemplate::parse(std::move(text), markup);
  if (out) return std::move(*out);
  in.reject(in.take(key),
            std::string(key) + ": " + (file.empty() ? "" : file + ": ") + out.error());
  return {};
}

alerts::HttpSettings http_settings(const ReceiverParts& common, std::string url) {
  alerts::HttpSettings out{.url = std::move(url), .allow_networks = common.networks};
  if (common.timeout > Duration{0}) out.timeout = common.timeout;
  return out;
}

}  // namespace tinwatch::config
