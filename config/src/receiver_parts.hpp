#pragma once

#include "load_parts.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// What the kinds of receivers are read with.
namespace tinwatch::config {

/// What all kinds of receivers are given.
struct ReceiverParts {
  const std::string& file;  ///< of the configuration
  std::shared_ptr<const std::vector<fetchers::Network>> networks;
  Duration timeout{0};  ///< 0: the kind's own
  std::string secrets;  ///< what they say, for the fingerprint

  [[nodiscard]] bool is_private() const { return !networks->empty(); }
};

/// Beyond one's own networks everybody could read along.
void require_url(YamlReader& in, const ReceiverParts& common, const std::string& url,
                 const char* key);
/// An address that is a secret itself, as those of chats' webhooks are.
std::string read_secret_url(YamlReader& in, ReceiverParts& common);
/// `url`, or `url_file` where it is one.
std::string read_open_or_secret_url(YamlReader& in, ReceiverParts& common);
std::string read_token(YamlReader& in, ReceiverParts& common, bool is_needed);
/// The template that `key` names, else the one that ships.
alerts::LetterTemplate read_template(YamlReader& in, const ReceiverParts& common, const char* key,
                                     std::string_view shipped, alerts::Markup markup);
[[nodiscard]] alerts::HttpSettings http_settings(const ReceiverParts& common, std::string url);

// load_people.cpp
void read_email(YamlReader& in, ReceiverParts& common, alerts::ReceiverSettings& receiver);
void read_chat(YamlReader& in, ReceiverParts& common, alerts::Service service,
               alerts::ReceiverSettings& receiver);

}  // namespace tinwatch::config
