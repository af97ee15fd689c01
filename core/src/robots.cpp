#include "core/robots.hpp"

#include "core/text.hpp"
#include "core/url.hpp"
#include "glob.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <tuple>

namespace tinwatch {
namespace {

constexpr std::size_t most_sitemaps = 100;

struct Rule {
  std::uint32_t at = 0;    // of its pattern among all of the group's
  std::uint32_t size = 0;  // of its pattern
  /// Bytes of the pattern as written: the longest rule wins (RFC 9309 section 2.2.2).
  std::uint32_t length = 0;
  bool allow = false;
};

/// The rules and the delay of one agent.
struct Group {
  std::string patterns;  // one after the other, percent-encoded; `*` and a final `$` are special
  std::vector<Rule> list;
  std::size_t with_stars = 0;
  std::optional<Duration> delay;
  bool seen = false;
};

/// The product token at the front of a User-agent line (RFC 9309 section 2.2.1).
std::string_view product_token(std::string_view value) {
  std::size_t n = 0;
  while (n < value.size() && (is_ascii_letter(value[n]) || value[n] == '_' || value[n] == '-')) ++n;
  return value.substr(0, n);
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  const char lower = ascii_lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

void append_encoded(std::string& out, unsigned char byte) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  out += '%';
  out += digits[byte >> 4U];
  out += digits[byte & 0xfU];
}

bool is_unreserved(unsigned char byte) {
  return byte < 0x80 &&
         (std::isalnum(byte) != 0 || byte == '-' || byte == '.' || byte == '_' || byte == '~');
}

/// The byte that `text` writes as `%XX` at `at`, or -1.
int encoded_byte(std::string_view text, std::size_t at) {
  if (text[at] != '%' || text.size() - at < 3) return -1;
  const int high = hex_value(text[at + 1]);
  const int low = hex_value(text[at + 2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/// Where RFC 9309 section 2.2.2 and Google's parser differ, the stricter reading counts. Both sides
/// of a comparison with a Disallow are written in one way: what is not ASCII is encoded, what need
/// not be is not. An Allow that encodes letters and digits means addresses that do so, and an
/// address with bare bytes beyond ASCII is none that an Allow can mean.
enum class Reading { one_way, as_written };

bool is_decoded(unsigned char byte, Reading reading) {
  return is_unreserved(byte) && (reading == Reading::one_way || std::isalnum(byte) == 0);
}

/// Appends the byte or the `%XX` at `at`, hexadecimal digits in upper case. Moves `at` past it.
void append_comparable(std::string& out, std::string_view text, std::size_t& at, Reading reading) {
  if (const int byte = encoded_byte(text, at); byte >= 0) {
    at += 3;
    if (is_decoded(static_cast<unsigned char>(byte), reading))
      out += static_cast<char>(byte);
    else
      append_encoded(out, static_cast<unsigned char>(byte));
    return;
  }
  const auto byte = static_cast<unsigned char>(text[at++]);
  if (byte >= 0x80 || byte <= 0x20)
    append_encoded(out, byte);
  else
    out += static_cast<char>(byte);
}

/// A path; a star and a dollar in it are characters, which patterns write encoded (RFC 9309
/// section 2.2.3).
std::string comparable_path(std::string_view path, Reading reading) {
  std::string out;
  out.reserve(path.size());
  for (std::size_t at = 0; at < path.size();) {
    if (path[at] == '*' || path[at] == '$')
      append_encoded(out, static_cast<unsigned char>(path[at++]));
    else if (reading == Reading::as_written && static_cast<unsigned char>(path[at]) >= 0x80)
      out += path[at++];
    else
      append_comparable(out, path, at, reading);
  }
  return out;
}

/// Adds a rule. Stars in a row are one star, and a dollar before the end is a character.
void add_rule(Group& group, std::string_view pattern, bool allow) {
  if (pattern.empty()) return;
  auto& out = group.patterns;
  const auto start = out.size();
  std::size_t dropped = 0;
  bool star = false;
  bool any_star = false;
  for (std::size_t at = 0; at < pattern.size();) {
    const bool is_star = pattern[at] == '*';
    if (is_star && star) {
      ++dropped;
      ++at;
    } else if (pattern[at] == '$') {
      if (++at == pattern.size())
        out += '$';
      else
        append_encoded(out, '$');
    } else {
      append_comparable(out, pattern, at, allow ? Reading::as_written : Reading::one_way);
    }
    star = is_star;
    any_star = any_star || is_star;
  }
  const auto size = out.size() - start;
  group.with_stars += any_star ? 1 : 0;
  group.list.push_back({.at = static_cast<std::uint32_t>(start),
                        .size = static_cast<std::uint32_t>(size),
                        .length = static_cast<std::uint32_t>(size + dropped),
                        .allow = allow});
}

void read_delay(Group& group, std::string_view value) {
  double seconds = 0;
  const auto error = std::from_chars(value.data(), value.data() + value.size(), seconds).ec;
  if (error == std::errc{} && seconds >= 0 && seconds < 1e6)
    group.delay = Duration(static_cast<std::int64_t>(seconds * 1000));
}

/// The longest first, Allow before Disallow: the first rule that matches is the one that counts.
void put_in_order(Group& group) {
  std::sort(group.list.begin(), group.list.end(), [](const Rule& a, const Rule& b) {
    return std::tie(b.length, b.allow, a.at) < std::tie(a.length, a.allow, b.at);
  });
  group.patterns.shrink_to_fit();
  group.list.shrink_to_fit();
}

struct Line {
  std::string_view key;
  std::string_view value;
};

std::optional<Line> read_line(std::string_view text) {
  text = trim(text.substr(0, text.find('#')));
  auto colon = text.find(':');
  // google/robotstxt forgives a missing colon between two words.
  if (colon == std::string_view::npos) colon = text.find_first_of(" \t");
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  return Line{.key = trim(text.substr(0, colon)), .value = trim(text.substr(colon + 1))};
}

}  // namespace

struct Robots::Rules {
  Group group;
  std::vector<std::string> sitemaps;
};

Robots::Robots(Rules rules) : rules_(std::make_shared<const Rules>(std::move(rules))) {}

const Robots::Rules& Robots::rules() const {
  static const Rules none;
  return rules_ ? *rules_ : none;
}

std::optional<Duration> Robots::crawl_delay() const { return rules().group.delay; }
const std::vector<std::string>& Robots::sitemaps() const { return rules().sitemaps; }

Robots Robots::from_answer(int status, std::string_view text, std::string_view agent) {
  if (status >= 200 && status < 300) return parse(text, agent);
  return status >= 400 && status < 500 && status != 429 ? allow_all() : disallow_all();
}

Robots Robots::allow_all() { return {}; }

Robots Robots::disallow_all() {
  Rules rules;
  add_rule(rules.group, "/", false);
  return Robots(std::move(rules));
}

Robots Robots::parse(std::string_view text, std::string_view agent) {
  // A line cut in two would forbid or allow more than it says.
  if (text.size() >= robots_limit)
    text = text.substr(0, text.find_last_of("\r\n", robots_limit - 1) + 1);
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  Group ours;
  Group everyone;
  Rules out;
  bool for_us = false;
  bool for_everyone = false;
  bool in_rules = true;  // a User-agent line after rules starts a new group
  while (!text.empty()) {
    const auto end = text.find_first_of("\r\n");
    const auto line = read_line(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!line) continue;
    if (iequals(line->key, "user-agent")) {
      if (in_rules) for_us = for_everyone = false;
      in_rules = false;
      if (line->value.starts_with('*'))
        for_everyone = everyone.seen = true;
      else if (iequals(product_token(line->value), agent))
        for_us = ours.seen = true;
      continue;
    }
    if (iequals(line->key, "sitemap")) {
      if (out.sitemaps.size() < most_sitemaps && line->value.size() <= longest_url)
        out.sitemaps.emplace_back(line->value);
      continue;
    }
    const bool allow = iequals(line->key, "allow");
    const bool rule = allow || iequals(line->key, "disallow");
    if (!rule && !iequals(line->key, "crawl-delay")) continue;
    in_rules = true;
    for (auto* const group : {for_us ? &ours : nullptr, for_everyone ? &everyone : nullptr}) {
      if (!group) continue;
      if (rule)
        add_rule(*group, line->value, allow);
      else
        read_delay(*group, line->value);
    }
  }
  out.group = ours.seen ? std::move(ours) : std::move(everyone);
  put_in_order(out.group);
  return Robots(std::move(out));
}

bool Robots::allows(std::string_view path_and_query) const {
  if (path_and_query == "/robots.txt") return true;
  const auto& group = rules().group;
  if (group.list.empty()) return true;
  const auto plain = comparable_path(path_and_query, Reading::one_way);
  const auto written = comparable_path(path_and_query, Reading::as_written);
  GlobMatcher matcher;
  for (const auto& rule : group.list) {
    const auto pattern = std::string_view(group.patterns).substr(rule.at, rule.size);
    if (matcher.matches(pattern, rule.allow ? written : plain)) return rule.allow;
    if (matcher.steps() > step_limit) return false;
  }
  return true;
}

std::size_t Robots::most_steps(std::string_view path_and_query) const {
  const auto& group = rules().group;
  const auto encoded = std::count_if(path_and_query.begin(), path_and_query.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= 0x20 || byte >= 0x80 || c == '*' || c == '$';
  });
  const auto path_size = path_and_query.size() + 2 * static_cast<std::size_t>(encoded);
  return group.list.size() + 2 * group.patterns.size() + group.with_stars * path_size;
}

}  // namespace tinwatch
