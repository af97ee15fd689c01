#include "page/name_words.hpp"

#include "core/text.hpp"

#include <algorithm>

namespace tinwatch::parsers {
namespace {

constexpr std::size_t least_hash = 4;  // characters

/// Builders that put a hash behind a name of their own.
bool is_builder(std::string_view part) {
  return is_one_of(part, {"css", "sc", "jsx", "jss", "svelte", "emotion", "ssrcss", "styled", "tw",
                          "makeStyles", "astro", "nuxt", "vue"});
}

/// "7ad2", "kAdXeD", "1bio3x": digits inside of letters, or capitals where no word begins. Words
/// may end with a number ("col2") and begin with capitals ("ArticleBody", "QCBox").
bool is_hash(std::string_view part) {
  if (part.size() < least_hash) return false;
  std::size_t digits = 0;
  std::size_t humps = 0;
  std::size_t capitals = 0;
  bool inner_digit = false;  // followed by a letter
  for (std::size_t i = 0; i < part.size(); ++i) {
    const char c = part[i];
    digits += is_digit(c) ? 1 : 0;
    capitals += is_ascii_upper(c) ? 1 : 0;
    if (i == 0) continue;
    inner_digit = inner_digit || (is_digit(part[i - 1]) && is_ascii_letter(c));
    humps += is_ascii_upper(c) && !is_ascii_upper(part[i - 1]) ? 1 : 0;
  }
  if (digits > 0 && digits < part.size() && inner_digit) return true;
  // Words between capitals are three letters long and more.
  return humps >= 2 && part.size() < 3 * (humps + 1) + (capitals > humps ? 1 : 0);
}

/// Utility frameworks name the property they set.
bool is_utility(std::string_view token) {
  if (token.find_first_of(":[]/!%") != std::string_view::npos) return true;
  if (token.starts_with('-')) return true;
  const auto dash = token.find('-');
  if (dash == std::string_view::npos) return false;
  return is_one_of(
             token.substr(0, dash),
             {"text",      "bg",         "flex",   "grid",    "font",   "leading", "tracking",
              "space",     "mt",         "mb",     "ml",      "mr",     "mx",      "my",
              "pt",        "pb",         "pl",     "pr",      "px",     "py",      "gap",
              "rounded",   "border",     "divide", "ring",    "max",    "min",     "inset",
              "object",    "aspect",     "line",   "justify", "items",  "self",    "place",
              "align",     "overflow",   "z",      "w",       "h",      "m",       "p",
              "col",       "row",        "order",  "basis",   "grow",   "shrink",  "decoration",
              "underline", "whitespace", "break",  "cursor",  "opacity"}) &&
         token.find("__") == std::string_view::npos;
}

/// One class without what was made up; empty when that is all of it.
std::string words_of(std::string_view token) {
  if (is_utility(token)) return {};
  std::string out;
  bool after_builder = false;
  for (std::size_t at = 0; at < token.size();) {
    const auto end = std::min(token.find_first_of("-_", at), token.size());
    const auto part = token.substr(at, end - at);
    // "Article_para__xkcd": what stands behind two lines at the very end of a module's class is a
    // hash where it is no plain word.
    const bool made_up = after_builder || is_hash(part);
    const bool builder = at == 0 && end < token.size() && is_builder(part);
    if (!made_up && !builder) {
      out += part;
      if (end < token.size()) out += token[end];
    } else if (!out.empty() && end < token.size()) {
      out += token[end];
    }
    after_builder = builder;
    at = end + 1;
  }
  return out;
}

bool is_container_path(std::string_view id) {
  return id.starts_with("ctl0") || id.find("_ctl0") != std::string_view::npos;
}

}  // namespace

std::string words_of_names(std::string_view names) {
  const auto tokens = split(names, ' ');
  // Where utilities set what is seen at which width, "hidden" is one of them.
  const bool utilities = std::any_of(tokens.begin(), tokens.end(), [](std::string_view token) {
    return token.find(':') != std::string_view::npos;
  });
  std::string out;
  out.reserve(names.size());
  for (const auto token : tokens) {
    if (token.empty() || is_container_path(token) || (utilities && token == "hidden")) continue;
    const auto words = words_of(token);
    if (words.empty()) continue;
    if (!out.empty()) out += ' ';
    out += words;
  }
  return out;
}

}  // namespace tinwatch::parsers
