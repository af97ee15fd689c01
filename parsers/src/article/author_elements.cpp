#include "article/author_elements.hpp"

#include "article/authors.hpp"
#include "article/pictures.hpp"
#include "core/text.hpp"
#include "language/words.hpp"
#include "page/phrases.hpp"
#include "parsers/dates.hpp"
#include "rules.hpp"

#include <algorithm>
#include <utility>

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;

constexpr std::size_t longest_address = 512;  // bytes
constexpr Index most_card_nodes = 24;
constexpr int smallest_portrait = 36;  // pixels
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
  const auto side = pixels_of(dom.attribute(img, "width"));
  return side && side == pixels_of(dom.attribute(img, "height")) && *side >= smallest_portrait &&
         *side <= largest_portrait;
}

/// A directory of people, or an "@": `/author/jane-rowe`, `?author=3`, `/@jane`.
bool is_persons_address(std::string_view href) {
  if (href.starts_with("http") || href.starts_with("//")) {
    const auto host = href.find("//");
    const auto path = host == std::string_view::npos ? host : href.find('/', host + 2);
    if (path == std::string_view::npos) return false;
    href.remove_prefix(path);
  }
  const auto& people = language::Words::all().of(language::WordKind::person);
  while (!href.empty()) {
    const auto end = std::min(href.size(), href.find_first_of("/?&=#"));
    const auto part = href.substr(0, end);
    href.remove_prefix(std::min(href.size(), end + 1));
    if (part.size() > 1 && part.front() == '@') return true;
    if (!part.empty() && people.contains(part.substr(0, part.rfind('.')))) return true;
  }
  return false;
}

/// The portrait stands in the link, or no other link with words stands between the two.
bool serves(const Dom& dom, Index picture, Index link) {
  if (dom.contains(link, picture)) return true;
  Index round = Dom::none;
  for (auto i = picture; i < link; ++i) {
    if (dom[i].tag == GUMBO_TAG_A) round = i;
    if (dom[i].is_text && dom[i].run.words > 0 && round != Dom::none && i < dom[round].end)
      return false;
  }
  return picture < link;
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
  if (is_persons_address(clip(dom.attribute(link, "href"), longest_address)) &&
      !is_left_out("person-address"))
    return true;
  // A portrait, or a picture and a button to follow, stands beside a name.
  const auto box = dom[dom[link].parent].parent;
  if (box == Dom::none) return false;
  const bool by_portrait = !is_left_out("person-portrait");
  const bool by_button = !is_left_out("person-button");
  bool picture = false;
  bool button = false;
  for (auto i = box; i < std::min(dom[box].end, box + most_card_nodes); ++i) {
    button = button || dom[i].tag == GUMBO_TAG_BUTTON;
    if (dom[i].tag != GUMBO_TAG_IMG || !serves(dom, i, link)) continue;
    if (by_portrait && is_portrait(dom, i)) return true;
    picture = true;
  }
  return picture && button && by_button;
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
