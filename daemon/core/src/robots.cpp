#include "core/robots.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstdio>

namespace tinwatch {
namespace {

/// The product token at the front of a User-agent line (RFC 9309 section 2.2.1).
std::string_view product_token(std::string_view value) {
  std::size_t n = 0;
  while (n < value.size() && (std::isalpha(static_cast<unsigned char>(value[n])) != 0 ||
                              value[n] == '_' || value[n] == '-'))
    ++n;
  return value.substr(0, n);
}

/// Percent-encodes what is not ASCII and makes the hexadecimal digits upper case, so that both
/// sides of a comparison are written the same way (RFC 9309 section 2.2.2).
///
/// In a path (`literal`) a star and a dollar are characters and are encoded, as section 2.2.3 has
/// patterns write them; in a pattern they are signs.
std::string comparable(std::string_view text, bool literal) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (text[i] == '%' && i + 2 < text.size() &&
        std::isxdigit(static_cast<unsigned char>(text[i + 1])) != 0 &&
        std::isxdigit(static_cast<unsigned char>(text[i + 2])) != 0) {
      const std::string decoded = percent_decode(text.substr(i, 3));
      const auto d = static_cast<unsigned char>(decoded.front());
      if (std::isalnum(d) != 0 || d == '-' || d == '.' || d == '_' || d == '~') {
        out += decoded;
      } else {
        out += '%';
        out += static_cast<char>(std::toupper(static_cast<unsigned char>(text[i + 1])));
        out += static_cast<char>(std::toupper(static_cast<unsigned char>(text[i + 2])));
      }
      i += 2;
    } else if (byte >= 0x80 || byte <= 0x20 || (literal && (byte == '*' || byte == '$'))) {
      std::array<char, 8> encoded{};
      std::snprintf(encoded.data(), encoded.size(), "%%%02X", byte);
      out += encoded.data();
    } else {
      out += text[i];
    }
  }
  return out;
}

/// Whether `pattern` matches a prefix of `path`; `*` is any run, a final `$` the end. The set of
/// positions reached so far is enough: O(pattern * path), no backtracking (google/robotstxt).
bool matches(std::string_view pattern, std::string_view path) {
  std::vector<std::size_t> reached{0};
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '$' && i + 1 == pattern.size()) return reached.back() == path.size();
    if (pattern[i] == '*') {
      const auto first = reached.front();
      reached.clear();
      for (std::size_t at = first; at <= path.size(); ++at) reached.push_back(at);
      continue;
    }
    std::vector<std::size_t> next;
    for (const auto at : reached)
      if (at < path.size() && path[at] == pattern[i]) next.push_back(at + 1);
    if (next.empty()) return false;
    reached = std::move(next);
  }
  return true;
}

struct Line {
  std::string key;
  std::string_view value;
};

std::optional<Line> read_line(std::string_view text) {
  text = trim(text.substr(0, text.find('#')));
  auto colon = text.find(':');
  // google/robotstxt forgives a missing colon between two words.
  if (colon == std::string_view::npos) colon = text.find_first_of(" \t");
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  return Line{.key = ascii_lower(trim(text.substr(0, colon))),
              .value = trim(text.substr(colon + 1))};
}

}  // namespace

Robots Robots::from_answer(int status, std::string_view text, std::string_view agent) {
  if (status >= 200 && status < 300) return parse(text, agent);
  return status >= 400 && status < 500 && status != 429 ? allow_all() : disallow_all();
}

Robots Robots::allow_all() { return {}; }

Robots Robots::disallow_all() {
  Robots robots;
  robots.rules_.push_back({.pattern = "/", .allow = false});
  return robots;
}

Robots Robots::parse(std::string_view text, std::string_view agent) {
  text = text.substr(0, robots_limit);
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  struct Group {
    std::vector<Rule> rules;
    std::optional<Duration> delay;
    bool seen = false;
  };
  Group ours;
  Group everyone;
  Robots robots;
  bool for_us = false;
  bool for_everyone = false;
  bool in_rules = true;  // a User-agent line after rules starts a new group
  while (!text.empty()) {
    const auto end = text.find_first_of("\r\n");
    const auto line = read_line(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!line) continue;
    if (line->key == "user-agent") {
      if (in_rules) for_us = for_everyone = false;
      in_rules = false;
      if (line->value.starts_with('*'))
        for_everyone = everyone.seen = true;
      else if (iequals(product_token(line->value), agent))
        for_us = ours.seen = true;
      continue;
    }
    if (line->key == "sitemap") {
      if (robots.sitemaps_.size() < 100) robots.sitemaps_.emplace_back(line->value);
      continue;
    }
    const bool rule = line->key == "allow" || line->key == "disallow";
    if (!rule && line->key != "crawl-delay") continue;
    in_rules = true;
    const auto add = [&](Group& group) {
      if (rule) {
        if (!line->value.empty())
          group.rules.push_back(
              {.pattern = comparable(line->value, false), .allow = line->key == "allow"});
        return;
      }
      double seconds = 0;
      const auto [stop, error] =
          std::from_chars(line->value.data(), line->value.data() + line->value.size(), seconds);
      if (error == std::errc{} && seconds >= 0 && seconds < 1e6)
        group.delay = Duration(static_cast<std::int64_t>(seconds * 1000));
    };
    if (for_us) add(ours);
    if (for_everyone) add(everyone);
  }
  const Group& chosen = ours.seen ? ours : everyone;
  robots.rules_ = chosen.rules;
  robots.crawl_delay_ = chosen.delay;
  return robots;
}

bool Robots::allows(std::string_view path_and_query) const {
  if (path_and_query == "/robots.txt") return true;
  const std::string path = comparable(path_and_query, true);
  const Rule* best = nullptr;
  for (const auto& rule : rules_) {
    if (!matches(rule.pattern, path)) continue;
    if (!best || rule.pattern.size() > best->pattern.size() ||
        (rule.pattern.size() == best->pattern.size() && rule.allow))
      best = &rule;
  }
  return !best || best->allow;
}

}  // namespace tinwatch
