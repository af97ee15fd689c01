#include "placeholders.hpp"

#include "core/text.hpp"
#include "html_attributes.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace tinwatch::parsers {
namespace {

// Two planes of private-use characters, without the two noncharacters at the end of each.
constexpr char32_t first_run = 0xF0000;
constexpr char32_t first_tag = 0x100000;
constexpr std::size_t most = 0xFFFE;  // of each
constexpr std::size_t width = 4;      // bytes of a placeholder

constexpr std::size_t shortest_run = 2 * width + 1;  // bytes; a shorter one costs Gumbo as little

enum class Kind : std::uint8_t { plain, ascii_control, c2, ef, four };

constexpr std::array<Kind, 256> kinds() {
  std::array<Kind, 256> out{};
  for (std::size_t c = 0; c < 0x20; ++c)
    out[c] = is_html_blank(static_cast<char>(c)) ? Kind::plain : Kind::ascii_control;
  out[0x7F] = Kind::ascii_control;
  out[0xC2] = Kind::c2;
  out[0xEF] = Kind::ef;
  for (std::size_t c = 0xF0; c < 0x100; ++c) out[c] = Kind::four;
  return out;
}

/// Whether eight bytes are all ASCII and no controls: U+0020 to U+007E.
bool are_printed(const char* bytes) {
  constexpr std::uint64_t each = 0x0101010101010101;
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return ((word | (word - 0x20 * each) | (word + each)) & (0x80 * each)) == 0;
}

/// Whether Gumbo passes every character on as it is: it drops NUL and puts U+FFFD for controls and
/// noncharacters.
bool is_passed_on(std::string_view run) {
  static constexpr auto all = kinds();
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(run[i]); };
  for (std::size_t i = 0; i < run.size(); ++i) {
    while (i + 8 <= run.size() && are_printed(run.data() + i)) i += 8;
    if (i == run.size()) break;
    switch (all[byte(i)]) {
      case Kind::plain: break;
      case Kind::ascii_control: return false;
      case Kind::c2:  // U+0080 to U+009F
        if (byte(i + 1) < 0xA0) return false;
        break;
      case Kind::ef: {  // U+FDD0 to U+FDEF, U+FFFE, U+FFFF
        const auto next = byte(i + 1);
        const auto last = byte(i + 2);
        if ((next == 0xB7 && last >= 0x90 && last <= 0xAF) || (next == 0xBF && last >= 0xBE))
          return false;
        break;
      }
      case Kind::four:
        if ((byte(i + 1) & 0x0FU) == 0x0F && byte(i + 2) == 0xBF && byte(i + 3) >= 0xBE)
          return false;
        break;
    }
  }
  return true;
}

/// Whether a run holds what a placeholder could be taken for: any character of four bytes.
bool looks_private(std::string_view run) {
  return std::any_of(run.begin(), run.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= 0xF0; });
}

/// A character reference as it is written at the front of a text.
struct Reference {
  std::size_t length = 1;
  std::string html;  ///< what Gumbo is to read for it
};

/// A numeric one (WHATWG HTML section 13.2.5.80), complete, so that nothing behind it joins it. A
/// character that a placeholder could be is replaced, and one that is none: Gumbo's number wraps.
Reference numeric_reference(std::string_view text) {
  const bool hex = text.substr(2, 1) == "x" || text.substr(2, 1) == "X";
  std::size_t end = hex ? 3 : 2;
  const auto begin = end;
  char32_t value = 0;
  for (; end < text.size(); ++end) {
    const char c = ascii_lower(text[end]);
    const bool letter = hex && c >= 'a' && c <= 'f';
    if (!is_digit(c) && !letter) break;
    if (value < first_run)
      value = value * (hex ? 16 : 10) + static_cast<char32_t>(letter ? c - 'a' + 10 : c - '0');
  }
  if (end == begin) return {1, "&amp;"};
  const bool closed = end < text.size() && text[end] == ';';
  auto html = value >= first_run ? std::string("\uFFFD") : std::string(text.substr(0, end)) + ';';
  return {end + (closed ? 1 : 0), std::move(html)};
}

/// The one at the front, which is a '&'.
Reference reference_at(std::string_view text) {
  if (text.substr(1, 1) == "#") return numeric_reference(text);
  std::size_t end = 1;
  while (end < text.size() && (is_ascii_letter(text[end]) || is_digit(text[end]))) ++end;
  if (end < text.size() && text[end] == ';') ++end;
  return {end, std::string(text.substr(0, end))};
}

/// A run that stays in the HTML, without what could be taken for a placeholder.
void append_literally(std::string_view run, std::string& html) {
  for (std::size_t at = 0; at < run.size();) {
    const auto c = next_code_point(run, at);
    append_utf8(html, c >= first_run ? U'\uFFFD' : c);
  }
}

}  // namespace

void Placeholders::add_text(std::string_view text, std::string& html) {
  while (!text.empty()) {
    const auto piece = text.substr(0, text.find('&'));
    add_piece(piece, html);
    text.remove_prefix(piece.size());
    if (text.empty()) return;
    leave_elements();
    const auto reference = reference_at(text);
    html.append(reference.html);
    text.remove_prefix(reference.length);
  }
}

void Placeholders::add_piece(std::string_view piece, std::string& html) {
  std::size_t blank = 0;
  while (blank < piece.size() && is_html_blank(piece[blank])) ++blank;
  if (blank > 0) html += piece.front();
  const auto run = piece.substr(blank);
  const auto begin = place();
  if (run.empty()) {
    if (blank == 0 || open_.empty()) return;
    text_ += ' ';
    return note_text(begin, true);
  }
  if (run.size() < shortest_run && open_.empty() && !looks_private(run)) {
    html.append(run);
    return;
  }
  if (runs_.size() == most || !is_passed_on(run)) {
    leave_elements();
    return append_literally(run, html);
  }
  if (blank > 0) text_ += ' ';
  const auto after_blank = place();
  text_.append(run);
  add_run({after_blank, place(), blank > 0 ? Run::Kind::text_after_blank : Run::Kind::text}, html);
  note_text(begin, false);
}

void Placeholders::add_run(Run run, std::string& html) {
  append_utf8(html, first_run + static_cast<char32_t>(runs_.size()));
  runs_.push_back(run);
}

void Placeholders::note_text(std::uint32_t begin, bool is_blank) {
  if (open_.empty()) return;
  auto& last = steps_.back();  // at least the one that opened the element
  if (last.kind == Step::Kind::text)
    last.end = place();  // a comment, or a tag that is cut, stood between them
  else
    steps_.push_back({.kind = Step::Kind::text, .begin = begin, .end = place()});
  open_is_empty_ = open_is_empty_ && is_blank;
}

void Placeholders::open_element(GumboTag tag, TagNumber attributes, std::size_t begin) {
  if (open_.empty()) {
    open_begin_ = begin;
    open_steps_ = steps_.size();
    open_is_empty_ = true;
  }
  open_.push_back(tag);
  steps_.push_back({.kind = Step::Kind::open, .tag = tag, .attributes = attributes});
  // Gumbo then takes no <frameset> any more, as after text.
  open_is_empty_ = open_is_empty_ && tag != GUMBO_TAG_IMG && tag != GUMBO_TAG_BR;
}

void Placeholders::close_element(std::string& html) {
  open_.pop_back();
  steps_.push_back({.kind = Step::Kind::close});
  if (!open_.empty()) return;
  if (runs_.size() == most || (open_is_empty_ && !frameset_is_off_)) {
    steps_.resize(open_steps_);
    return;
  }
  frameset_is_off_ = true;
  html.resize(open_begin_);
  add_run({static_cast<std::uint32_t>(open_steps_), static_cast<std::uint32_t>(steps_.size()),
           Run::Kind::elements},
          html);
  last_end_ = html.size();
}

void Placeholders::part_elements(std::string& html) {
  if (last_end_ > 0) html.insert(last_end_, "<!---->");
  last_end_ = 0;
}

void Placeholders::leave_elements() {
  if (open_.empty()) return;
  open_.clear();
  steps_.resize(open_steps_);
}

bool Placeholders::take_attribute(std::string_view name, std::string_view value) {
  if (tags_.size() == most || value.find('&') != std::string_view::npos ||
      value.find('\r') != std::string_view::npos || !is_passed_on(value))
    return false;
  const auto begin = place();
  text_.append(name).append(value);
  const Attribute one{begin, static_cast<std::uint32_t>(begin + name.size()), place()};
  std::transform(text_.begin() + one.name, text_.begin() + one.value, text_.begin() + one.name,
                 [](char c) { return ascii_lower(c); });
  attributes_.push_back(one);
  taken_.names |= name_bit(this->name(one));
  return true;
}

Placeholders::TagNumber Placeholders::add_attributes(std::string& html) {
  taken_.end = static_cast<std::uint32_t>(attributes_.size());
  if (taken_.begin == taken_.end) return 0;
  html += ' ';
  append_utf8(html, first_tag + static_cast<char32_t>(tags_.size()));
  tags_.push_back(taken_);
  taken_ = {.begin = taken_.end, .end = taken_.end, .names = 0};
  return static_cast<TagNumber>(tags_.size());
}

const Placeholders::Tag* Placeholders::tag_of(const GumboAttribute& shown) const {
  const std::string_view name = shown.name;
  if (name.size() != width) return nullptr;
  std::size_t at = 0;
  const auto c = next_code_point(name, at);
  return c >= first_tag && c - first_tag < tags_.size() ? &tags_[c - first_tag] : nullptr;
}

std::span<const Placeholders::Attribute> Placeholders::attributes(
    const GumboAttribute& shown) const {
  const auto* const tag = tag_of(shown);
  if (!tag) return {};
  return std::span(attributes_).subspan(tag->begin, tag->end - tag->begin);
}

std::span<const Placeholders::Attribute> Placeholders::attributes(TagNumber number) const {
  if (number == 0) return {};
  const auto& tag = tags_[number - 1];
  return std::span(attributes_).subspan(tag.begin, tag.end - tag.begin);
}

std::uint64_t Placeholders::names(const GumboAttribute& shown) const {
  const auto* const tag = tag_of(shown);
  return tag ? tag->names : name_bit(shown.name);
}

std::optional<std::size_t> Placeholders::run_at(std::string_view shown, std::size_t at) const {
  auto end = at;
  const auto c = next_code_point(shown, end);
  if (c < first_run || c >= first_tag || c - first_run >= runs_.size()) return std::nullopt;
  return c - first_run;
}

}  // namespace tinwatch::parsers
