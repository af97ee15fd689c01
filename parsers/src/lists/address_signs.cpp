#include "lists/address_signs.hpp"

#include "core/text.hpp"
#include "language/words.hpp"
#include "lists/address_date.hpp"
#include "lists/address_segment.hpp"
#include "lists/address_template.hpp"

#include <algorithm>
#include <array>

namespace tinwatch::parsers {
namespace {

using language::WordKind;
using language::Words;

constexpr std::size_t least_id = 5;         // digits
constexpr double most_service_words = 4.5;  // a longer slug is a headline that names such a word
constexpr std::size_t least_behind_date = 3;

bool holds(WordKind kind, std::string_view word) { return Words::all().of(kind).contains(word); }

/// `index.html` and `default.aspx` say nothing.
void drop_index(std::vector<Segment>& segments) {
  if (segments.size() < 2 || segments.back().ending.empty()) return;
  const auto stem = ascii_lower(segments.back().stem);
  if (stem == "index" || stem == "default") segments.pop_back();
}

bool is_alphanumeric(char c) {
  return is_digit(c) || is_ascii_letter(c) || static_cast<unsigned char>(c) >= 0x80;
}

/// `123456`, `c1001-123456`, `mot-bai-viet-123456`, `a123456`: a number with at most a letter
/// before it, between two separators.
bool ends_with_number(std::string_view stem) {
  const auto parts = slug_parts(stem);
  return std::any_of(parts.begin(), parts.end(), [](std::string_view part) {
    if (is_ascii_letter(part.front())) part.remove_prefix(1);
    return part.size() >= least_id && is_digits(part);
  });
}

/// `abc12345`: up to three letters and a number.
bool is_number_with_prefix(std::string_view stem) {
  std::size_t letters = 0;
  while (letters < stem.size() && is_ascii_letter(stem[letters])) ++letters;
  if (letters > 3) return false;
  stem.remove_prefix(letters);
  if (stem.starts_with('-')) stem.remove_prefix(1);
  return stem.size() >= least_id && is_digits(stem);
}

/// A word of the site's own pages, whole or as a part: `lien-he`, `privacy-policy`.
bool is_service(const Segment& segment) {
  if (holds(WordKind::service, segment.stem)) return true;
  const auto parts = slug_parts(segment.stem);
  return std::any_of(parts.begin(), parts.end(),
                     [](std::string_view part) { return holds(WordKind::service, part); });
}

/// `article.php`, `news12345.html`, `view`: the script that shows articles, with what it shows.
bool is_article_script(const Segment& last, bool has_query) {
  if (last.slug_words > 2) return false;
  bool word = false;
  for (const auto part : slug_parts(last.stem)) {
    auto letters = part;
    while (!letters.empty() && is_digit(letters.back())) letters.remove_suffix(1);
    if (letters.size() < 3) continue;
    word = word || holds(WordKind::article, letters);
  }
  return word && (has_query || last.longest_number >= 3);
}

bool is_page_parameter(std::string_view name) {
  constexpr std::array<std::string_view, 10> names = {
      "page", "p", "paged", "start", "offset", "seite", "pagina", "trang", "pg", "pagenum"};
  return std::find(names.begin(), names.end(), ascii_lower(name)) != names.end();
}

void read_query(std::string_view query, AddressSigns& out) {
  for (const auto parameter : split(query, '&')) {
    const auto equals = parameter.find('=');
    if (equals == std::string_view::npos) continue;
    const auto value = parameter.substr(equals + 1);
    const auto name = parameter.substr(0, equals);
    if (value.size() < 2 || !is_digits(value)) {
      out.page_number |= is_page_parameter(name) && value.size() == 1 && is_digit(value[0]);
      continue;
    }
    // WordPress writes ?p=1234 for articles, others for the pages of a list.
    const bool page = is_page_parameter(name) && value.size() < 4;
    out.page_number |= page;
    out.query_number |= !page && !is_referrer(name);
  }
}

/// `/page/2`, `/trang-2`, `/seite3.html`.
bool names_page(const std::vector<Segment>& segments) {
  if (segments.empty()) return false;
  const auto& last = segments.back();
  if (last.digits_only && last.stem.size() < 5 && segments.size() > 1 &&
      is_page_parameter(segments[segments.size() - 2].stem))
    return true;
  const auto digits = last.stem.find_first_of("0123456789");
  if (digits == std::string::npos || digits == 0) return false;
  auto word = std::string_view(last.stem).substr(0, digits);
  if (word.ends_with('-') || word.ends_with('_')) word.remove_suffix(1);
  return word.size() > 1 && is_page_parameter(word);
}

}  // namespace

std::string_view bare_host(std::string_view host) {
  if (host.starts_with("www.") && host.find('.', 4) != std::string_view::npos)
    host.remove_prefix(4);
  return host;
}

bool is_asset(std::string_view path) {
  constexpr std::array endings = {".jpg", ".jpeg", ".png", ".gif", ".webp", ".pdf",  ".mp4",
                                  ".svg", ".mp3",  ".css", ".js",  ".zip",  ".doc",  ".docx",
                                  ".xml", ".rss",  ".ics", ".exe", ".apk",  ".epub", ".m3u8"};
  const auto dot = path.rfind('.');
  if (dot == std::string_view::npos) return false;
  const auto ending = ascii_lower(path.substr(dot));
  return std::find(endings.begin(), endings.end(), ending) != endings.end();
}

AddressSigns read_address(const UrlParts& parts) {
  AddressSigns out;
  auto segments = segments_of(parts.path);
  out.path = bare_host(parts.host);
  out.path += parts.port.empty() ? "" : ':' + parts.port;
  for (const auto& one : segments) (out.path += '/') += one.text;
  out.home = segments.empty();
  out.asset = is_asset(parts.path) || parts.path.starts_with("/cdn-cgi/");
  drop_index(segments);
  out.depth = segments.size();
  read_query(parts.query, out);
  out.home = out.home && !out.query_number;
  out.page_number |= names_page(segments);
  const auto date = date_in_path(parts.path);
  const auto year = [&] {
    return segments.back().digits_only && segments.back().stem.size() == 4 &&
           (segments.back().stem.starts_with("19") || segments.back().stem.starts_with("20"));
  };
  if (date) {
    out.archive = date->closes_path && !segments.empty() && segments.back().stem.size() <= 4;
    std::size_t behind = 0;
    for (std::size_t i = date->end; i < parts.path.size(); ++i)
      behind += is_alphanumeric(parts.path[i]) ? 1 : 0;
    if (parts.path.ends_with("/index.html")) behind -= std::min<std::size_t>(behind, 9);
    out.dated = !out.archive && !out.page_number && behind >= least_behind_date;
  } else if (!segments.empty()) {
    out.archive = year();
  }
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const auto& one = segments[i];
    const bool last = i + 1 == segments.size();
    if (i + 2 >= segments.size()) out.slug_words = std::max(out.slug_words, one.slug_words);
    out.numbered |= is_number_with_prefix(one.stem) || (last && ends_with_number(one.stem));
    out.topic |= !last && holds(WordKind::topic, one.text);
    out.mixed |= !last && holds(WordKind::mixed, one.text);
    out.article_word |= !last && holds(WordKind::article, one.text);
  }
  if (!segments.empty()) {
    out.hashed = segments.back().hashed;
    out.topic_last = holds(WordKind::topic, segments.back().stem) ||
                     holds(WordKind::mixed, segments.back().stem);
    out.article_word |= is_article_script(segments.back(), !parts.query.empty());
  }
  out.service = out.slug_words < most_service_words &&
                std::any_of(segments.begin(), segments.end(), is_service);
  std::vector<SegmentForm> forms(segments.size());
  std::transform(segments.begin(), segments.end(), forms.begin(), form_of);
  out.address_template = fine_template(parts, segments, forms);
  out.coarse_template = coarse_template(parts, segments, forms, date.has_value(), out.article_word);
  return out;
}

}  // namespace tinwatch::parsers
