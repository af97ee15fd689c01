#include "monitor/page_region.hpp"

#include "core/hash.hpp"
#include "core/text.hpp"
#include "edit_script.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

namespace tinwatch::monitor {
namespace {

constexpr int most_edits = 2000;
constexpr std::size_t anchor_length = 48;
constexpr std::size_t most_parts = 200;

/// Tags, the texts between them, and the lines of scripts.
std::vector<std::string_view> pieces_of(std::string_view page) {
  std::vector<std::string_view> out;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < page.size(); ++i) {
    const bool opens = page[i] == '<' && i > begin;
    const bool closes = page[i] == '>' || page[i] == '\n';
    if (!opens && !closes) continue;
    const auto end = opens ? i : i + 1;
    out.push_back(page.substr(begin, end - begin));
    begin = end;
  }
  if (begin < page.size()) out.push_back(page.substr(begin));
  return out;
}

/// Part of a word, a number or a token: such a thing changes as a whole.
bool is_wordlike(char c) {
  constexpr std::string_view in_tokens = "_.,+=";
  return static_cast<unsigned char>(c) >= 0x80 || is_digit(c) || is_ascii_letter(c) ||
         in_tokens.find(c) != std::string_view::npos;
}

/// Where `now` differs from what stood there before, as narrow as whole words allow.
PageRegion::Place narrow(std::string_view page, PageRegion::Place place, std::string_view before) {
  const auto now = page.substr(place.begin, place.end - place.begin);
  const auto shorter = std::min(now.size(), before.size());
  std::size_t head = 0;
  while (head < shorter && now[head] == before[head]) ++head;
  std::size_t tail = 0;
  while (tail < shorter - head && now[now.size() - 1 - tail] == before[before.size() - 1 - tail])
    ++tail;
  place = {place.begin + head, place.end - tail};
  while (place.begin > 0 && is_wordlike(page[place.begin - 1])) --place.begin;
  while (place.end < page.size() && is_wordlike(page[place.end])) ++place.end;
  return place;
}

/// The places of `now` that differ, in order; nothing when almost everything does.
std::optional<std::vector<PageRegion::Place>> differing_places(std::string_view before,
                                                               std::string_view now) {
  const auto old_pieces = pieces_of(before);
  const auto new_pieces = pieces_of(now);
  Numbering numbering;
  const auto script = edit_script(numbering.of(old_pieces), numbering.of(new_pieces), most_edits);
  if (!script) return std::nullopt;
  std::vector<PageRegion::Place> places;
  std::size_t old_piece = 0;
  std::size_t new_piece = 0;
  std::size_t old_at = 0;
  std::size_t new_at = 0;
  for (std::size_t i = 0; i < script->size();) {
    const auto old_begin = old_at;
    PageRegion::Place place{new_at, new_at};
    for (; i < script->size() && (*script)[i] != Edit::same; ++i) {
      if ((*script)[i] == Edit::removed)
        old_at += old_pieces[old_piece++].size();
      else
        new_at += new_pieces[new_piece++].size();
    }
    place.end = new_at;
    if (place.end > place.begin || old_at > old_begin)
      places.push_back(narrow(now, place, before.substr(old_begin, old_at - old_begin)));
    for (; i < script->size() && (*script)[i] == Edit::same; ++i) {
      old_at += old_pieces[old_piece++].size();
      new_at += new_pieces[new_piece++].size();
    }
  }
  return places;
}

/// Those that less than `shortest` bytes lie between become one.
std::vector<PageRegion::Place> join_near(const std::vector<PageRegion::Place>& places,
                                         std::size_t shortest) {
  std::vector<PageRegion::Place> out;
  for (const auto& place : places) {
    if (!out.empty() && place.begin < out.back().end + shortest)
      out.back().end = std::max(out.back().end, place.end);
    else
      out.push_back(place);
  }
  return out;
}

/// Another letter for a letter, another digit for a digit. A letter of several bytes becomes one.
void mask(char c, std::string& out) {
  const auto byte = static_cast<unsigned char>(c);
  if (is_digit(c))
    out += c == '7' ? '3' : '7';
  else if (is_ascii_letter(c))
    out += c == 'z' ? 'y' : 'z';
  else if (byte >= 0xc0)
    out += 'z';
  else if (byte < 0x80)
    out += c;
}

/// Where in the markup a byte stands: whether it is something a page says, and not how it is built.
class Markup {
 public:
  void read(char c) {
    if (!in_tag_) {
      in_tag_ = c == '<';
      name_.clear();
    } else if (quote_ != 0) {
      if (c == quote_) quote_ = 0;
    } else if (c == '"' || c == '\'') {
      quote_ = c;
      opened_ = true;
      return;
    } else if (c == '>') {
      in_tag_ = false;
    } else if (c == ' ' || c == '\n') {
      name_.clear();
    } else if (c != '=') {
      name_ += c;
    }
    opened_ = false;
  }
  /// Text, or the value of an attribute that a record may be made of. Class names are none: they
  /// say what a box is.
  [[nodiscard]] bool is_content() const {
    if (!in_tag_) return true;
    if (quote_ == 0 || opened_) return false;
    constexpr std::array<std::string_view, 9> says = {
        "href", "src", "content", "datetime", "title", "alt", "srcset", "value", "data-src"};
    return std::find(says.begin(), says.end(), name_) != says.end();
  }

 private:
  bool in_tag_ = false;
  bool opened_ = false;  // this byte opens a value
  char quote_ = 0;
  std::string name_;
};

bool read_number(std::string_view& text, std::size_t& value) {
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec != std::errc{}) return false;
  text.remove_prefix(static_cast<std::size_t>(result.ptr - text.data()));
  if (text.empty() || text.front() != ' ') return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

std::vector<PageRegion> PageRegion::learn(std::string_view before, std::string_view now,
                                          const std::vector<std::size_t>& shortest) {
  std::vector<PageRegion> out;
  const auto places = differing_places(before, now);
  if (!places) return out;
  for (const auto least : shortest) {
    const auto joined = join_near(*places, least);
    if (joined.size() >= most_parts) continue;
    auto region = between(now, joined);
    // A part's first bytes may stand somewhere before it as well: then it is not found.
    const auto begins = region.locate(now);
    if (!begins) continue;
    region.seed_ = random_seed();
    region.digest_ = region.digest(now, *begins);
    if (region.fits(before)) out.push_back(std::move(region));
  }
  return out;
}

PageRegion PageRegion::between(std::string_view page, const std::vector<Place>& places) {
  PageRegion region;
  std::size_t at = 0;
  const auto add = [&](std::size_t end) {
    const auto part = page.substr(at, end - at);
    region.parts_.push_back({part.size(), std::string(part.substr(0, anchor_length))});
  };
  for (const auto& place : places) {
    add(place.begin);
    at = place.end;
  }
  add(page.size());
  return region;
}

std::optional<std::vector<std::size_t>> PageRegion::locate(std::string_view page) const {
  std::vector<std::size_t> begins;
  begins.reserve(parts_.size());
  std::size_t at = 0;
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    const auto& part = parts_[i];
    if (part.length > page.size() - at) return std::nullopt;
    std::size_t begin = at;
    if (i + 1 == parts_.size() && i > 0) {
      begin = page.size() - part.length;
    } else if (i > 0) {
      const auto* const found =
          ::memmem(page.data() + at, page.size() - at, part.anchor.data(), part.anchor.size());
      if (!found) return std::nullopt;
      begin = static_cast<std::size_t>(static_cast<const char*>(found) - page.data());
      if (part.length > page.size() - begin) return std::nullopt;
    }
    begins.push_back(begin);
    at = begin + part.length;
  }
  if (at != page.size()) return std::nullopt;
  return begins;
}

std::string PageRegion::digest(std::string_view page,
                               const std::vector<std::size_t>& begins) const {
  std::vector<std::string_view> stable;
  stable.reserve(parts_.size());
  for (std::size_t i = 0; i < parts_.size(); ++i)
    stable.push_back(page.substr(begins[i], parts_[i].length));
  return xxh3_hex(stable, seed_);
}

bool PageRegion::fits(std::string_view page) const {
  const auto begins = locate(page);
  return begins && digest(page, *begins) == digest_;
}

std::optional<std::string> PageRegion::masked(std::string_view page) const {
  const auto begins = locate(page);
  if (!begins) return std::nullopt;
  std::string out;
  out.reserve(page.size());
  Markup markup;
  std::size_t part = 0;
  for (std::size_t i = 0; i < page.size(); ++i) {
    const char c = page[i];
    markup.read(c);
    while (part < parts_.size() && i >= (*begins)[part] + parts_[part].length) ++part;
    const bool stays = part < parts_.size() && i >= (*begins)[part];
    if (stays || !markup.is_content() || !is_wordlike(c))
      out += c;
    else
      mask(c, out);
  }
  return out;
}

std::string PageRegion::serialise() const {
  std::string out = digest_ + ' ' + std::to_string(seed_) + ' ';
  for (const auto& part : parts_)
    out +=
        std::to_string(part.length) + ' ' + std::to_string(part.anchor.size()) + ' ' + part.anchor;
  return out;
}

std::optional<PageRegion> PageRegion::parse(std::string_view text) {
  constexpr std::size_t digest = 32;
  if (text.size() <= digest || text[digest] != ' ') return std::nullopt;
  PageRegion region;
  region.digest_ = text.substr(0, digest);
  text.remove_prefix(digest + 1);
  if (!read_number(text, region.seed_)) return std::nullopt;
  while (!text.empty()) {
    Part part;
    std::size_t anchor = 0;
    if (!read_number(text, part.length) || !read_number(text, anchor) || anchor > text.size())
      return std::nullopt;
    part.anchor = text.substr(0, anchor);
    text.remove_prefix(anchor);
    region.parts_.push_back(std::move(part));
  }
  if (region.parts_.empty()) return std::nullopt;
  return region;
}

}  // namespace tinwatch::monitor
