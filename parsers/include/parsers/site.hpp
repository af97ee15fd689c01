#pragma once

#include "core/result.hpp"
#include "core/time.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::parsers {

/// What somebody wrote down about one site: data, read from config/profiles/NAME.yaml.
struct Profile {
  std::string name;
  std::string hash;                     ///< of the file; stored with every revision
  std::string origin;                   ///< `https://host`: all hosts collapse to it
  std::vector<std::string> hosts;       ///< all are one site
  std::vector<std::string> article;     ///< RE2 over path?query; group `id` is the identifier
  std::vector<std::string> listing;     ///< RE2 over path?query
  std::vector<std::string> strip_path;  ///< RE2; what matches is cut from the path
  std::vector<std::string> drop_parameters;
  std::vector<std::string> drop_lines;  ///< RE2; a body block that matches whole is chrome
  std::vector<std::string> start;       ///< where to begin when the source names no page
};

enum class UrlKind { article, listing, other };

/// A profile made ready: its patterns compiled. Immutable; shared between threads.
/// Without a profile (`Site{}`) it knows no patterns and only canonicalises.
class Site {
 public:
  Site();
  ~Site();
  Site(const Site&) = delete;
  Site& operator=(const Site&) = delete;

  /// The error names the pattern that RE2 refuses.
  [[nodiscard]] static Result<std::shared_ptr<const Site>, std::string> compile(Profile profile,
                                                                                TimeZone zone);
  [[nodiscard]] static std::shared_ptr<const Site> generic(TimeZone zone);

  /// The one address of a page: hosts collapsed, session segments and parameters cut. A URL that
  /// does not parse comes back as it is.
  [[nodiscard]] std::string canonical(std::string_view url) const;

  /// The site's own id of the article at `url`; empty where the profile gives none.
  [[nodiscard]] std::string identifier(std::string_view url) const;

  /// By the profile's patterns; nothing where no pattern matches, so that the page's own signs
  /// decide.
  [[nodiscard]] std::optional<UrlKind> kind(std::string_view url) const;

  /// Whether `url` belongs to this site (always true without a profile).
  [[nodiscard]] bool holds(std::string_view url) const;

  /// Whether a body block is chrome by the profile's `drop_lines`.
  [[nodiscard]] bool is_chrome(std::string_view line) const;

  [[nodiscard]] const Profile& profile() const;
  /// For pages that print no offset.
  [[nodiscard]] const TimeZone& zone() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tinwatch::parsers
