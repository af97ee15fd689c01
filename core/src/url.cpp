#include "core/url.hpp"

#include "core/text.hpp"

#include <boost/url.hpp>

#include <array>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <unicode/idna.h>

namespace tinwatch {
namespace {

namespace urls = boost::urls;

/// What browsers forgive: blanks around, tabs and line ends inside, raw UTF-8 and blanks, a
/// backslash for a slash.
std::string tolerant(std::string_view text) {
  std::string out;
  for (const char c : trim(text)) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\t' || c == '\n' || c == '\r') continue;
    if (byte <= 0x20 || byte >= 0x7f ||
        std::string_view("\"<>^`{|}").find(c) != std::string_view::npos) {
      std::array<char, 8> encoded{};
      std::snprintf(encoded.data(), encoded.size(), "%%%02X", byte);
      out += encoded.data();
    } else {
      out += c == '\\' ? '/' : c;
    }
  }
  return out;
}

/// Parameters that say where a reader came from or who he is, never what he reads.
bool is_tracking(std::string_view name) {
  constexpr std::array<std::string_view, 12> names = {
      "fbclid", "gclid",  "dclid",     "msclkid",    "zarsrc",    "_ga",
      "igshid", "mc_cid", "phpsessid", "jsessionid", "sessionid", "aspsessionid"};
  if (name.starts_with("utm_")) return true;
  for (const auto known : names)
    if (iequals(name, known)) return true;
  return false;
}

/// Servlet containers put the session into the path: `/bai-viet;jsessionid=1A2B`.
void drop_session(std::string& path) {
  constexpr std::string_view mark = ";jsessionid=";
  const auto at = ascii_lower(path).find(mark);
  if (at == std::string::npos) return;
  const auto end = path.find_first_of(";/", at + mark.size());
  path.erase(at, end == std::string::npos ? end : end - at);
}

std::string without_tracking(std::string_view query) {
  std::string out;
  for (const auto parameter : split(query, '&')) {
    if (parameter.empty() || is_tracking(parameter.substr(0, parameter.find('=')))) continue;
    if (!out.empty()) out += '&';
    out += parameter;
  }
  return out;
}

/// `..` or `a..test`: no name has an empty label (RFC 1035 section 2.3.1).
bool has_empty_label(std::string_view host) {
  return host.empty() || host.starts_with('.') || host.ends_with('.') ||
         host.find("..") != std::string_view::npos;
}

/// Whether a host holds ASCII in percent-encoding: what may not stand in a host at all (WHATWG URL
/// section 3.5, forbidden domain code points), or a letter that is written in disguise.
bool hides_ascii(std::string_view host) {
  for (auto at = host.find('%'); at != std::string_view::npos; at = host.find('%', at + 1))
    if (at + 1 < host.size() && host[at + 1] < '8') return true;
  return false;
}

/// A host beyond ASCII as DNS knows it (UTS #46, as browsers do); one that is no such name stays.
std::string registered_host(std::string host) {
  if (host.find('%') == std::string::npos) return host;
  static const std::unique_ptr<const icu::IDNA> idna = [] {
    UErrorCode status = U_ZERO_ERROR;
    return std::unique_ptr<const icu::IDNA>(icu::IDNA::createUTS46Instance(
        UIDNA_USE_STD3_RULES | UIDNA_NONTRANSITIONAL_TO_ASCII, status));
  }();
  std::string ascii;
  icu::StringByteSink<std::string> sink(&ascii);
  icu::IDNAInfo info;
  UErrorCode status = U_ZERO_ERROR;
  if (idna) idna->nameToASCII_UTF8(percent_decode(host), sink, info, status);
  return !idna || U_FAILURE(status) || info.hasErrors() ? host : ascii;
}

enum class Byte : std::uint8_t { other, digit, lower, upper, in_name, in_path, in_query };

/// What stands for itself (RFC 3986 section 2.3, unreserved), and delimiters that are never encoded
/// nor decoded where they stand.
Byte kind_of(char c) {
  if (is_digit(c)) return Byte::digit;
  if (is_ascii_lower(c)) return Byte::lower;
  if (is_ascii_upper(c)) return Byte::upper;
  if (c == '-' || c == '.') return Byte::in_name;
  if (c == '_' || c == '~' || c == '/') return Byte::in_path;
  return c == '=' || c == '&' || c == '+' || c == ',' ? Byte::in_query : Byte::other;
}

/// Cuts the bytes off the front of `rest` that are of these kinds.
template <class IsIn>
std::string_view take(std::string_view& rest, IsIn is_in) {
  std::size_t length = 0;
  while (length < rest.size() && is_in(kind_of(rest[length]))) ++length;
  const auto taken = rest.substr(0, length);
  rest.remove_prefix(length);
  return taken;
}

/// The parts of an address that stands as it would leave here, as most do, for a tenth of what
/// Boost.URL takes. Nothing: it has to be looked at closely.
std::optional<UrlParts> plain_parts(std::string_view url) {
  UrlParts parts;
  for (const std::string_view scheme : {"https", "http"})
    if (url.starts_with(scheme) && url.substr(scheme.size()).starts_with("://"))
      parts.scheme = scheme;
  if (parts.scheme.empty()) return std::nullopt;
  auto rest = url.substr(parts.scheme.size() + 3);
  const auto host = take(rest, [](Byte kind) {
    return kind == Byte::lower || kind == Byte::digit || kind == Byte::in_name;
  });
  if (has_empty_label(host)) return std::nullopt;
  if (rest.starts_with(':')) {
    rest.remove_prefix(1);
    const auto port = take(rest, [](Byte kind) { return kind == Byte::digit; });
    const bool plain = port.size() >= 2 && port.size() <= 4 && !port.starts_with('0');
    const bool large = port.size() == 5 && port >= "10000" && port <= "65535";
    if ((!plain && !large) || port == "80" || port == "443") return std::nullopt;
    parts.port = port;
  }
  if (!rest.starts_with('/')) return std::nullopt;
  const auto path =
      take(rest, [](Byte kind) { return kind != Byte::other && kind != Byte::in_query; });
  if (path.find("/.") != path.npos || path.find("//") != path.npos) return std::nullopt;
  std::string_view query;
  if (rest.starts_with('?')) {
    rest.remove_prefix(1);
    query = take(rest, [](Byte kind) { return kind != Byte::other; });
  }
  if (!rest.empty()) return std::nullopt;
  parts.host = host;
  parts.path = path;
  if (!query.empty()) parts.query = without_tracking(query);
  return parts;
}

/// The same of what links mostly are: an address, or a path from the root of the page's host.
std::optional<std::string> plain_reference(std::string_view base, std::string_view reference) {
  const auto from = plain_parts(base);
  if (!from) return std::nullopt;
  const auto parts = reference.starts_with('/')
                         ? plain_parts(from->origin() + std::string(reference))
                         : plain_parts(reference);
  if (!parts || parts->text().size() > longest_url) return std::nullopt;
  return parts->text();
}

std::optional<UrlParts> parts_of(urls::url url) {
  url.normalize();
  if (!url.has_authority() || url.has_userinfo() || url.encoded_host().empty()) return std::nullopt;
  UrlParts parts{.scheme = url.scheme(), .host = ascii_lower(url.encoded_host())};
  if (parts.scheme != "http" && parts.scheme != "https") return std::nullopt;
  if (parts.host.ends_with('.')) parts.host.pop_back();
  if (has_empty_label(parts.host) || hides_ascii(parts.host)) return std::nullopt;
  parts.host = registered_host(std::move(parts.host));
  if (url.has_port() && !url.port().empty()) {
    if (url.port_number() == 0) return std::nullopt;
    const bool usual = url.port() == (parts.scheme == "http" ? "80" : "443");
    if (!usual) parts.port = url.port();
  }
  parts.path = url.encoded_path();
  drop_session(parts.path);
  if (parts.path.empty()) parts.path = "/";
  // Boost.URL takes `a:b:80` for a host with a path behind it.
  if (!parts.path.starts_with('/')) return std::nullopt;
  if (url.has_query()) parts.query = without_tracking(std::string(url.encoded_query()));
  return parts;
}

}  // namespace

std::string UrlParts::host_key() const { return host + (port.empty() ? "" : ':' + port); }

std::string UrlParts::origin() const { return scheme + "://" + host_key(); }

std::string UrlParts::text() const { return origin() + path_and_query(); }

std::optional<UrlParts> parse_url(std::string_view url) {
  if (url.size() > longest_url) return std::nullopt;
  if (auto plain = plain_parts(url)) return plain;
  const std::string clean = tolerant(url);
  const auto parsed = urls::parse_uri(clean);
  if (!parsed) return std::nullopt;
  return parts_of(urls::url(*parsed));
}

std::optional<std::string> canonical_url(std::string_view url) {
  const auto parts = parse_url(url);
  if (!parts || parts->text().size() > longest_url) return std::nullopt;
  return parts->text();
}

std::optional<std::string> resolve_url(std::string_view base, std::string_view reference) {
  if (base.size() > longest_url || reference.size() > longest_url) return std::nullopt;
  if (auto resolved = plain_reference(base, reference)) return resolved;
  const std::string base_text = tolerant(base);
  const std::string reference_text = tolerant(reference);
  const auto from = urls::parse_uri(base_text);
  const auto to = urls::parse_uri_reference(reference_text);
  if (!from || !to) return std::nullopt;
  urls::url resolved;
  if (!urls::resolve(*from, *to, resolved)) return std::nullopt;
  const auto parts = parts_of(std::move(resolved));
  if (!parts || parts->text().size() > longest_url) return std::nullopt;
  return parts->text();
}

std::string host_key(std::string_view url) {
  const auto parts = parse_url(url);
  return parts ? parts->host_key() : std::string();
}

bool same_origin(std::string_view a, std::string_view b) {
  const auto left = parse_url(a);
  const auto right = parse_url(b);
  return left && right && left->origin() == right->origin();
}

bool same_site(std::string_view a, std::string_view b) {
  const auto left = parse_url(a);
  const auto right = parse_url(b);
  if (!left || !right) return false;
  const auto& shorter = left->host.size() <= right->host.size() ? left->host : right->host;
  const auto& longer = left->host.size() <= right->host.size() ? right->host : left->host;
  return shorter == longer ||
         (longer.ends_with('.' + shorter) && shorter.find('.') != shorter.npos);
}

}  // namespace tinwatch
