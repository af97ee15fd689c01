#include "lists/url_shape.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <array>

namespace tinwatch::parsers {
namespace {

/// The last segment that says something: a trailing slash opens none.
std::string_view last_segment(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  return path.substr(path.rfind('/') + 1);
}

/// `mot-bai-viet-123456.html` -> `slug-6.html`: words to one, numbers to their length.
std::string segment_shape(std::string_view segment) {
  std::string extension;
  if (const auto dot = segment.rfind('.');
      dot != std::string_view::npos && segment.size() - dot <= 6) {
    extension = ascii_lower(segment.substr(dot));
    segment = segment.substr(0, dot);
  }
  std::string out;
  std::size_t plain_words = 0;
  for (const auto word : split(segment, '-')) {
    const bool digits = std::any_of(word.begin(), word.end(), is_digit);
    // A number inside a headline ("39 thi thể") is a word of it.
    if (!digits || (std::all_of(word.begin(), word.end(), is_digit) && word.size() < 4)) {
      ++plain_words;
      continue;
    }
    std::string form;
    for (std::size_t i = 0; i < word.size();) {
      std::size_t run = i;
      while (run < word.size() && is_digit(word[run]) == is_digit(word[i])) ++run;
      if (is_digit(word[i]))
        form += run - i > 8 ? "9+" : std::to_string(run - i);
      else
        form += ascii_lower(word.substr(i, run - i));
      i = run;
    }
    out += '-' + form;
  }
  const std::string_view words = plain_words >= 4 ? "slug" : plain_words >= 1 ? "word" : "";
  return std::string(words) + out + extension;
}

}  // namespace

std::string url_shape(const UrlParts& parts) {
  std::string out = parts.path.ends_with('/') ? "/" : "";
  std::string_view path = parts.path;
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  const auto segments = split(path.substr(1), '/');
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const bool last = i + 1 == segments.size();
    const auto form = segment_shape(segments[i]);
    out += '/';
    out += last || form.starts_with("slug") ? form : form == "word" ? "*" : form;
  }
  if (!parts.query.empty()) {
    out += '?';
    for (const auto parameter : split(parts.query, '&'))
      out += std::string(parameter.substr(0, parameter.find('='))) + '&';
  }
  return out;
}

bool has_number(std::string_view path, std::size_t least) {
  std::size_t digits = 0;
  for (const char c : path) {
    digits = is_digit(c) ? digits + 1 : 0;
    if (digits >= least) return true;
  }
  return false;
}

bool has_article_shape(const UrlParts& parts) {
  if (is_topic_path(parts.path)) return false;
  const auto last = last_segment(parts.path);
  const auto hyphens = static_cast<std::size_t>(std::count(last.begin(), last.end(), '-'));
  if (hyphens >= 4 || (hyphens >= 2 && has_number(last, 4))) return true;
  // /mot-bai-viet-dai/1503344/
  const bool number = !last.empty() && std::all_of(last.begin(), last.end(), is_digit);
  const auto rest = std::string_view(parts.path).substr(0, parts.path.rfind(last));
  return number && last.size() >= 4 && std::count(rest.begin(), rest.end(), '-') >= 3;
}

bool is_topic_path(std::string_view path) {
  constexpr std::array names = {
      "tag",        "tags",      "topic",        "topics",   "chu-de",     "su-kien",
      "sukien",     "event",     "events",       "author",   "authors",    "tac-gia",
      "search",     "tim-kiem",  "rss",          "category", "categories", "danh-muc",
      "chuyen-muc", "toan-canh", "dong-su-kien", "brand",    "hashtag",    "profile",
      "user",       "page",      "feed",         "keyword",  "tu-khoa",    "chuyen-trang",
      "series",     "section",   "sections",     "live-tv"};
  const auto segments = split(path.substr(std::min<std::size_t>(1, path.size())), '/');
  for (std::size_t i = 0; i + 1 < segments.size(); ++i)
    if (std::find(names.begin(), names.end(), ascii_lower(segments[i])) != names.end()) return true;
  return false;
}

bool is_asset(std::string_view path) {
  constexpr std::array endings = {".jpg", ".jpeg", ".png", ".gif", ".webp", ".pdf",
                                  ".mp4", ".svg",  ".mp3", ".css", ".js",   ".zip",
                                  ".doc", ".docx", ".xml", ".rss"};
  const auto lower = ascii_lower(path);
  return std::any_of(endings.begin(), endings.end(),
                     [&](const char* ending) { return lower.ends_with(ending); });
}

}  // namespace tinwatch::parsers
