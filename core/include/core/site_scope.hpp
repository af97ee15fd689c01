#pragma once

#include "core/result.hpp"
#include "core/url.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tinwatch {

/// The domain that somebody registered, such as `bao.com.vn` of `the-thao.bao.com.vn` (public
/// suffix list, publicsuffix.org). Empty where there is none: addresses, localhost and the names
/// below it, public suffixes themselves. `host` is lower case and without a port.
[[nodiscard]] std::string registrable_domain(std::string_view host);
/// What an address' host belongs to: its registrable domain, or the host itself where there is
/// none. Empty for what `parse_url` refuses.
[[nodiscard]] std::string domain_of(std::string_view url);

/// Which addresses a source may lead to. A page, feed, sitemap or redirect of a newspaper can name
/// any host and port of the world; visiting them would be done in the source's name and could be
/// aimed at others (port scans, floods).
///
/// A source's own are the registrable domains of its start pages, on ports 80 and 443 and on those
/// that a start page has; of a start page at an address or at localhost, that host and port alone.
/// Immutable.
class SiteScope {
 public:
  /// `starts`: http(s) URLs; others are passed over. `hosts`: what the configuration adds: a host
  /// and the names below it, `host:port` for that port alone, or `*` for every host. The error
  /// names the entry that is none of these.
  [[nodiscard]] static Result<SiteScope, std::string> make(const std::vector<std::string>& starts,
                                                           const std::vector<std::string>& hosts);

  [[nodiscard]] bool holds(std::string_view url) const;
  [[nodiscard]] bool holds(const UrlParts& url) const;

  /// Whether `url` has one of the two ports that any public site may have (80 and 443).
  [[nodiscard]] static bool has_usual_port(std::string_view url);

 private:
  struct Entry {
    std::string host;
    std::string port;  ///< empty: any of `ports_`
    bool with_names_below = false;
  };
  [[nodiscard]] static bool covers(const Entry& entry, std::string_view host);

  std::vector<Entry> entries_;
  std::vector<std::string> ports_;
  bool any_host_ = false;
};

}  // namespace tinwatch
