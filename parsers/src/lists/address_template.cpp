#include "lists/address_template.hpp"

#include "core/text.hpp"
#include "lists/address_signs.hpp"

#include <algorithm>
#include <array>

namespace tinwatch::parsers {
namespace {

constexpr std::size_t most_parameters = 8;
constexpr std::size_t longest_name = 20;  // bytes of a directory or parameter

std::string parameters_of(std::string_view query) {
  std::vector<std::string_view> names;
  for (const auto parameter : split(query, '&')) {
    const auto name = clip(parameter.substr(0, parameter.find('=')), longest_name);
    if (!name.empty() && !is_referrer(name)) names.push_back(name);
    if (names.size() == most_parameters) break;
  }
  std::sort(names.begin(), names.end());
  std::string out;
  for (const auto name : names) out += (out.empty() ? "?" : "&") + std::string(name);
  return out;
}

}  // namespace

SegmentForm form_of(const Segment& segment) {
  SegmentForm out;
  if (segment.digits_only) {
    out.is_small = segment.stem.size() <= 4;
    out.is_long = !out.is_small;
    out.text = 'N' + std::to_string(std::min<std::size_t>(segment.stem.size(), 6));
  } else if (segment.hashed && segment.slug_words <= 1) {
    out.text = "HASH";
    out.is_long = true;
  } else {
    const bool slug = segment.slug_words >= 3;
    out.text = slug ? "SLUG" : segment.slug_words >= 2 ? "ww" : "w";
    out.is_word = !slug;
    out.is_long = slug || segment.longest_number >= 5;
    if (segment.longest_number >= 5)
      out.text += "+n";
    else if (segment.longest_number >= 3 && !slug)
      out.text += "+m";
    out.is_word = out.is_word && segment.longest_number < 3;
  }
  if (!segment.ending.empty()) out.text += '.' + ascii_lower(segment.ending);
  return out;
}

bool is_referrer(std::string_view parameter) {
  constexpr std::array<std::string_view, 9> names = {"ref", "src",  "source", "sbsrc", "rel",
                                                     "hpt", "from", "spm",    "cmpid"};
  return parameter.starts_with("at_") || parameter.starts_with("int") ||
         std::find(names.begin(), names.end(), parameter) != names.end();
}

std::string fine_template(const UrlParts& parts, const std::vector<Segment>& segments,
                          const std::vector<SegmentForm>& forms) {
  std::string out(bare_host(parts.host));
  out += parts.port.empty() ? "" : ':' + parts.port;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const auto& form = forms[i];
    out += '/';
    if (i + 1 == segments.size())
      out += form.text;
    else if (form.is_word && i == 0 && segments.size() <= 3)
      out += clip(ascii_lower(segments[i].stem), longest_name);
    else
      out += form.is_word ? "*" : form.is_small ? "D" : form.text;
  }
  if (segments.empty() || parts.path.ends_with('/')) out += '/';
  return out + parameters_of(parts.query);
}

std::string coarse_template(const UrlParts& parts, const std::vector<Segment>& segments,
                            const std::vector<SegmentForm>& forms, bool dated, bool article_word) {
  std::string out;
  if (segments.empty()) return out + parameters_of(parts.query);
  for (std::size_t i = 0; i + 1 < segments.size(); ++i) out += forms[i].is_small ? 'D' : 'x';
  const auto& last = segments.back();
  out += forms.back().is_long ? "|L" : "|s";
  out += '.' + ascii_lower(last.ending);
  out += parts.query.empty() ? "" : "|q";
  out += dated ? "|D" : "";
  return out + (article_word ? "|a" : "");
}

}  // namespace tinwatch::parsers
