#include "alerts/letter_template.hpp"

#include "core/text.hpp"
#include "escape.hpp"
#include "letter_view.hpp"

#include <array>

namespace tinwatch::alerts {
namespace {

/// From everything to the bare headlines.
constexpr std::array extents{Extent{},
                             Extent{.stories = 50, .sentences = 1, .edits = 3, .headline = 300},
                             Extent{.stories = 50, .sentences = 1, .edits = 1, .headline = 200},
                             Extent{.stories = 50, .sentences = 0, .edits = 0, .headline = 120},
                             Extent{.stories = 20, .sentences = 0, .edits = 0, .headline = 120},
                             Extent{.stories = 8, .sentences = 0, .edits = 0, .headline = 100},
                             Extent{.stories = 3, .sentences = 0, .edits = 0, .headline = 80},
                             Extent{.stories = 1, .sentences = 0, .edits = 0, .headline = 60}};

std::size_t utf16_units(std::string_view text) {
  std::size_t out = 0;
  for (std::size_t at = 0; at < text.size();) out += next_code_point(text, at) > 0xffff ? 2 : 1;
  return out;
}

}  // namespace

Result<LetterTemplate, std::string> LetterTemplate::parse(std::string text, Markup markup) {
  for (std::size_t at = text.find("{{"); at != std::string::npos; at = text.find("{{", at + 2)) {
    const auto sign = text.find_first_not_of(" \t\r\n\v\f", at + 2);
    if (sign != std::string::npos && (text[sign] == '{' || text[sign] == '&' || text[sign] == '='))
      return fail("a template may not use '{{" + std::string(1, text[sign]) +
                  "': what a site prints has to be escaped");
  }
  const kainjow::mustache::mustache parsed(text);
  if (!parsed.is_valid()) return fail(parsed.error_message());
  return LetterTemplate(std::move(text), markup);
}

std::string LetterTemplate::render(const Letter& letter, const LetterStyle& style,
                                   std::size_t most) const {
  kainjow::mustache::mustache parsed(text_);
  parsed.set_custom_escape([this](const std::string& value) { return escape(markup_, value); });
  std::string out;
  for (const auto& extent : extents) {
    out = parsed.render(view_of(letter, style, extent));
    if (most == any_length || utf16_units(out) <= most) return out;
  }
  // A template that says more than that by itself: its first line is what there is room for.
  std::string line;
  std::size_t units = 0;
  const auto whole = first_line(letter, style);
  for (std::size_t at = 0; at < whole.size();) {
    std::string next;
    append_utf8(next, next_code_point(whole, at));
    const auto escaped = escape(markup_, next);
    units += utf16_units(escaped);
    if (units > most) break;
    line += escaped;
  }
  return line;
}

}  // namespace tinwatch::alerts
