#pragma once

#include "core/result.hpp"
#include "core/time.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::parsers {

/// CSS selectors for one design of a site (docs/profiles.md); empty: not said.
struct SelectorSet {
  std::optional<Instant> valid_from;   ///< pages fetched from then on...
  std::optional<Instant> valid_until;  ///< ...and before then
  std::string headline, lead, body, date, author, section;
  std::string caption;  ///< captions, which are no paragraphs
  std::string remove;   ///< what never belongs to the article: related boxes, counters, ads
};

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
  std::vector<std::string> drop_lines;     ///< RE2; a body block that matches whole is chrome
  std::vector<std::string> start;          ///< where to begin when the source names no page
  std::vector<SelectorSet> selectors;      ///< the first valid one that finds its body is used
  std::vector<std::string> end_lines;      ///< RE2; a line that matches whole ends the body
  std::vector<std::string> missing_lines;  ///< RE2; a line that matches whole says: no such article
  std::vector<std::string> dateline;  ///< RE2 at the lead's beginning; its group is the dateline
};

enum class UrlKind { article, listing, other };

struct SiteRules;

/// A profile made ready: its patterns compiled. Immutable; shared between threads.
/// Without a profile (`Site{}`) it knows no patterns and only canonicalises.
class Site {
 public:
  Site();
  ~Site();
  Site(const Site&) = delete;
  Site& operator=(const Site&) = delete;

  /// The error names the pattern or selector that is refused.
  [[nodiscard]] static Result<std::shared_ptr<const Site>, std::string> compile(Profile profile,
                                                                                TimeZone zone);
  [[nodiscard]] static std::shared_ptr<const Site> generic(TimeZone zone);

  /// The one address of a page: hosts collapsed, session segments and parameters cut. A URL that
  /// does not parse comes back as it is.
  [[nodiscard]] std::string canonical(std::string_view url) const;

  /// The site's own id of the article at `url`; empty where the profile gives none.
  [[nodiscard]] std::string identifier(std::string_view url) const;

  /// By the profile's patterns; nothing where none matches and the profile names no lists, so that
  /// the page's own signs tell lists from the rest.
  [[nodiscard]] std::optional<UrlKind> kind(std::string_view url) const;

  /// Whether `url` belongs to this site (always true without a profile).
  [[nodiscard]] bool holds(std::string_view url) const;

  /// Whether a body block is chrome by the profile's `drop_lines`.
  [[nodiscard]] bool is_chrome(std::string_view line) const;

  /// The section of an article's address (group `section` of the profile's patterns).
  [[nodiscard]] std::string section(std::string_view url) const;

  [[nodiscard]] const Profile& profile() const;
  [[nodiscard]] const SiteRules& rules() const;
  /// For pages that print no offset.
  [[nodiscard]] const TimeZone& zone() const;

 private:
  /// The group `name` of the first article pattern that has one and matches.
  [[nodiscard]] std::string captured(std::string_view url, const char* name) const;

  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Never null.
using SitePtr = std::shared_ptr<const Site>;

}  // namespace tinwatch::parsers
