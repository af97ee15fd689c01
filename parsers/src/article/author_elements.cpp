#include "article/author_elements.hpp"

#include "article/authors.hpp"
#include "core/text.hpp"
#include "page/phrases.hpp"
#include "parsers/dates.hpp"
#include "rules.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;

constexpr std::size_t longest_address = 512;  // bytes
constexpr Index most_card_nodes = 24;
constexpr int smallest_portrait = 32;  // pixels
constexpr int largest_portrait = 120;
constexpr std::size_t longest_markup = 16 * 1024;  // bytes around a name, white space included

bool is_author_element(const Dom& dom, Index at) {
  if (dom[at].is_text) return false;
  if (dom.attribute(at, "itemprop") == "name" || dom.attribute(at, "rel") == "author") return true;
  if (dom[at].tag != GUMBO_TAG_A) return false;
  const auto href = dom.attribute(at, "href");
  for (const auto* part : {"author", "/by/", "autor"})
    if (href.find(part) != std::string_view::npos) return true;
  return false;
}

/// A square of the size in which portraits are shown beside names.
bool is_portrait(const Dom& dom, Index img) {
  const auto side = dom.attribute(img, "width");
  int pixels = 0;
  const auto read = std::from_chars(side.data(), side.data() + side.size(), pixels);
  return read.ec == std::errc() && side == dom.attribute(img, "height") &&
         pixels >= smallest_portrait && pixels <= largest_portrait;
}

}  // namespace

void AuthorElements::find() {
  if (found_) return;
  found_ = true;
  for (Index i = body_; i < dom_[body_].end; ++i)
    if (is_author_element(dom_, i)) elements_.push_back({.at = i, .behind = 0});
  for (auto& one : elements_) one.behind = position(dom_[one.at].end);
}

std::size_t AuthorElements::position(Index at) const {
  const auto found =
      std::lower_bound(elements_.begin(), elements_.end(), at,
                       [](const Element& one, Index wanted) { return one.at < wanted; });
  return static_cast<std::size_t>(found - elements_.begin());
}

const std::vector<std::string>& AuthorElements::read(Element& element) {
  if (!element.names) {
    element.names.emplace();
    if (++read_ <= most_bylines)
      *element.names = read_authors(dom_.brief_text(element.at, longest_markup));
  }
  return *element.names;
}

std::optional<Index> AuthorElements::next(Index from, Index end) {
  find();
  const auto first = position(from);
  auto here = first;
  while (here < elements_.size() && elements_[here].at < end && read(elements_[here]).empty()) {
    dom_.step();
    here = elements_[here].behind;
  }
  // Those that name nobody are passed at once the next time.
  for (auto passed = first; passed < here;) passed = std::exchange(elements_[passed].behind, here);
  if (here >= elements_.size() || elements_[here].at >= end) return std::nullopt;
  return elements_[here].at;
}

const std::vector<std::string>& AuthorElements::names(Index at) {
  return read(elements_[position(at)]);
}

bool leads_to_person(const Dom& dom, Index link) {
  const auto href = ascii_lower(clip(dom.attribute(link, "href"), longest_address));
  for (const auto* part :
       {"author", "autor",      "/by/",      "people",      "profile",  "tac-gia", "staff",
        "/@",     "journalist", "redaktion", "contributor", "auteur",   "person",  "/u/",
        "user",   "member",     "writer",    "columnist",   "reporter", "byline"})
    if (href.find(part) != std::string::npos) return true;
  // A portrait, or a picture and a button to follow, stands beside a name.
  const auto box = dom[dom[link].parent].parent;
  if (box == Dom::none || is_left_out("person-box")) return false;
  bool portrait = false;
  bool button = false;
  for (auto i = box; i < std::min(dom[box].end, box + most_card_nodes); ++i) {
    if (dom[i].tag == GUMBO_TAG_IMG && is_portrait(dom, i)) return true;
    portrait = portrait || dom[i].tag == GUMBO_TAG_IMG;
    button = button || dom[i].tag == GUMBO_TAG_BUTTON;
  }
  return portrait && button;
}

std::string undated_text(const Dom& dom, Dom::Index at) {
  std::string out;
  if (dom.brief_text(at, 4 * longest_byline).empty()) return out;
  auto line = Dom::none;  // the block that the text before stands in
  for (Dom::Index i = at; i < dom[at].end; ++i) {
    if (!dom[i].is_text) continue;
    const auto text = squeeze(dom[i].text);
    if (text.empty() || (has_digit(text) && (is_date_line(text) || phrases::is_reading(text))))
      continue;
    auto block = dom[i].parent;
    while (block > at && !is_block(dom[block].tag)) block = dom[block].parent;
    // Names on lines of their own are several.
    const bool next_line = line != Dom::none && block != line && !is_left_out("name-lines");
    out += out.empty() ? "" : next_line ? " · " : " ";
    out += text;
    line = block;
  }
  return out;
}

}  // namespace tinwatch::parsers
