#pragma once

#include "core/text.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::test {

/// RFC 9309 section 2.2.3 read word by word: the set of places that a pattern can have come to.
inline bool glob_model(std::string_view pattern, std::string_view text) {
  std::vector<bool> at(text.size() + 1, false);
  at[0] = true;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '$' && i + 1 == pattern.size()) return at[text.size()];
    if (pattern[i] == '*') {
      for (std::size_t p = 1; p < at.size(); ++p) at[p] = at[p] || at[p - 1];
      continue;
    }
    for (std::size_t p = at.size() - 1; p > 0; --p) at[p] = at[p - 1] && text[p - 1] == pattern[i];
    at[0] = false;
  }
  for (const bool reached : at)
    if (reached) return true;
  return false;
}

/// A robots.txt read and asked the plain way: every rule of the group is tried.
class RobotsModel {
 public:
  RobotsModel(std::string_view text, std::string_view agent) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    std::string lines(text);
    for (auto& c : lines)
      if (c == '\r') c = '\n';
    bool us = false;
    bool all = false;
    bool rules_seen = true;
    bool our_group = false;
    std::vector<Rule> ours;
    std::vector<Rule> everyone;
    for (const auto raw : split(lines, '\n')) {
      const auto line = trim(raw.substr(0, raw.find('#')));
      auto colon = line.find(':');
      if (colon == std::string_view::npos) colon = line.find_first_of(" \t");
      if (colon == std::string_view::npos || colon == 0) continue;
      const auto key = ascii_lower(trim(line.substr(0, colon)));
      const auto value = trim(line.substr(colon + 1));
      if (key == "user-agent") {
        if (rules_seen) us = all = false;
        rules_seen = false;
        std::string token;
        for (const char c : value) {
          if (!is_ascii_letter(c) && c != '_' && c != '-') break;
          token += ascii_lower(c);
        }
        if (value.starts_with('*'))
          all = true;
        else if (token == ascii_lower(agent))
          us = our_group = true;
      }
      if (key == "crawl-delay") rules_seen = true;
      if (key != "allow" && key != "disallow") continue;
      rules_seen = true;
      if (value.empty()) continue;
      const Rule rule{plain(value, true, key == "allow"), key == "allow"};
      if (us) ours.push_back(rule);
      if (all) everyone.push_back(rule);
    }
    rules_ = our_group ? ours : everyone;
  }

  [[nodiscard]] bool allows(std::string_view path) const {
    if (path == "/robots.txt") return true;
    const auto text = plain(path, false, false);
    const auto written = plain(path, false, true);
    std::size_t longest = 0;
    bool allowed = true;
    for (const auto& rule : rules_) {
      if (rule.pattern.size() < longest || !glob_model(rule.pattern, rule.allow ? written : text))
        continue;
      const bool tie = rule.pattern.size() == longest;
      allowed = rule.allow || (tie && allowed);
      longest = rule.pattern.size();
    }
    return allowed;
  }

 private:
  struct Rule {
    std::string pattern;
    bool allow = false;
  };

  /// Unlike percent_encode() of letters and digits too.
  static std::string encoded(char c) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    return {'%', digits[byte >> 4U], digits[byte & 0xfU]};
  }

  /// One way to write every byte: unreserved characters and signs as they are, others encoded. For
  /// an Allow, encoded letters and digits stay so, and a path's bytes beyond ASCII stay bare.
  static std::string plain(std::string_view text, bool pattern, bool allow) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const auto hex = [&](std::size_t at) {
        return at < text.size() &&
               std::string_view("0123456789abcdefABCDEF").find(text[at]) != std::string_view::npos;
      };
      std::string byte(1, text[i]);
      const auto code = static_cast<unsigned char>(text[i]);
      bool encode = (code >= 0x80 && !(allow && !pattern)) || code <= 0x20;
      if (text[i] == '%' && hex(i + 1) && hex(i + 2)) {
        byte = percent_decode(text.substr(i, 3));
        encode = true;
        i += 2;
        const char c = byte[0];
        if ((!allow && (is_ascii_letter(c) || is_digit(c))) || c == '-' || c == '.' || c == '_' ||
            c == '~')
          encode = false;
      } else if (text[i] == '$' || text[i] == '*') {
        const bool sign = pattern && (text[i] == '*' || i + 1 == text.size());
        encode = !sign;
      }
      out += encode ? encoded(byte[0]) : byte;
    }
    return out;
  }

  std::vector<Rule> rules_;
};

}  // namespace tinwatch::test
