#include "lists/link_place.hpp"

#include "core/text.hpp"
#include "html/any_word.hpp"

#include <array>
#include <string_view>
#include <unordered_map>

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;

constexpr std::size_t path_elements = 5;
constexpr std::size_t heading_elements = 3;  // between a link and the heading around it
constexpr std::size_t side_elements = 2;
constexpr std::size_t longest_class = 24;  // bytes
constexpr std::size_t longest_names =
    200;  // bytes read of an attribute, which many links may share

// Which links stand below a node: none, some one, or more than one.
constexpr std::size_t no_link = 0;
constexpr std::size_t many_links = 1;
constexpr std::size_t first_link = 2;

bool is_heading_of(const Dom& dom, Index at) {
  return is_heading(dom[at].tag) || dom.attribute(at, "role") == "heading";
}

bool is_side_word(std::string_view word) {
  constexpr std::array<std::string_view, 30> words = {
      "author",   "authors",    "byline",  "bylines", "comment",  "comments",
      "category", "categories", "kicker",  "label",   "labels",   "topic",
      "topics",   "tag",        "tags",    "meta",    "metadata", "bio",
      "avatar",   "counter",    "reply",   "replies", "cat",      "cats",
      "writer",   "taxonomy",   "eyebrow", "rubric",  "section",  "breadcrumb"};
  return is_one_of(word, words);
}

bool is_menu_word(std::string_view word) {
  constexpr std::array<std::string_view, 12> words = {
      "nav",    "navs",       "navbar",      "navigation", "menu",   "menus",
      "footer", "breadcrumb", "breadcrumbs", "pagination", "topnav", "subnav"};
  return is_one_of(word, words) || word.find("menu") != std::string_view::npos;
}

/// What a `class` or `id` says; pages repeat few of them often.
struct NameSigns {
  bool side = false;
  bool menu = false;
  std::uint64_t first = 0;  ///< of its first word without digits
};

constexpr std::uint64_t prime = 1099511628211ULL;
constexpr std::uint64_t basis = 14695981039346656037ULL;
void mix(std::uint64_t& hash, std::uint64_t value) { hash = (hash ^ value) * prime; }

NameSigns read_names(std::string_view names) {
  NameSigns out{
      .side = any_word(names, is_side_word), .menu = any_word(names, is_menu_word), .first = basis};
  for (const char c : clip(names.substr(0, names.find(' ')), longest_class))
    if (!is_digit(c)) mix(out.first, static_cast<unsigned char>(c));
  return out;
}

/// What is known of each node, in a few passes over the page.
class Places {
 public:
  Places(const Dom& dom, const std::vector<Anchor>& anchors)
      : dom_(dom),
        below_(dom.size(), no_link),
        item_(dom.size()),
        menu_(dom.size()),
        pictures_(dom.size() + 1),
        headings_(dom.size() + 1),
        words_(dom.size() + 1) {
    for (const auto& anchor : anchors) join(anchor.node, anchor.link + first_link);
    for (Index i = dom.size(); i-- > 1;)
      if (below_[i] != no_link) join(dom[i].parent, below_[i]);
    for (Index i = 0; i < dom.size(); ++i) look_at(i);
  }

  [[nodiscard]] LinkPlace of(const Anchor& anchor) const {
    LinkPlace out{.menu = menu_[anchor.node]};
    const Index item = item_[anchor.node];
    const auto end = dom_[item].end;
    out.picture = pictures_[end] > pictures_[item];
    out.around = static_cast<double>(words_in(item) - words_in(anchor.node));
    out.heading = headings_[dom_[anchor.node].end] > headings_[anchor.node];
    look_around(anchor.node, out);
    return out;
  }

 private:
  void join(Index at, std::size_t links) {
    if (at == Dom::none || below_[at] == links) return;
    below_[at] = below_[at] == no_link ? links : many_links;
  }

  /// Parents come before children.
  void look_at(Index at) {
    const auto& node = dom_[at];
    pictures_[at + 1] = pictures_[at] + (node.tag == GUMBO_TAG_IMG ? 1U : 0U);
    words_[at + 1] = words_[at] + (node.is_text ? node.run.words : 0);
    const bool on_the_way = below_[at] != no_link && node.is_element;
    headings_[at + 1] = headings_[at] + (node.is_element && is_heading_of(dom_, at) ? 1U : 0U);
    item_[at] = at;
    if (node.parent == Dom::none) return;
    const bool alone = below_[at] != many_links && below_[at] == below_[node.parent];
    if (alone) item_[at] = item_[node.parent];
    menu_[at] = menu_[node.parent] || (on_the_way && is_menu(at));
  }

  [[nodiscard]] bool is_menu(Index at) const {
    const auto tag = dom_[at].tag;
    return tag == GUMBO_TAG_NAV || tag == GUMBO_TAG_FOOTER || names_of(at, "class").menu ||
           names_of(at, "id").menu;
  }

  [[nodiscard]] const NameSigns& names_of(Index at, std::string_view attribute) const {
    const auto names = dom_.attribute(at, attribute).substr(0, longest_names);
    const auto [entry, first] = names_.try_emplace(names);
    if (first) entry->second = read_names(names);
    return entry->second;
  }

  [[nodiscard]] std::size_t words_in(Index at) const { return words_[dom_[at].end] - words_[at]; }

  void look_around(Index at, LinkPlace& out) const {
    out.path = basis;
    for (std::size_t up = 0; up < path_elements && at != Dom::none; ++up, at = dom_[at].parent) {
      if (dom_[at].tag == GUMBO_TAG_BODY) break;
      const auto& names = names_of(at, "class");
      if (up <= heading_elements) out.heading = out.heading || is_heading_of(dom_, at);
      if (up <= side_elements) out.side = out.side || names.side || names_of(at, "id").side;
      mix(out.path, static_cast<std::uint64_t>(dom_[at].tag) + 256);
      mix(out.path, names.first);
    }
  }

  const Dom& dom_;
  std::vector<std::size_t> below_;
  std::vector<Index> item_;  // the outermost element that leads to the same address alone
  std::vector<bool> menu_;
  // How many stand before each node: what a node holds is a difference.
  std::vector<std::uint32_t> pictures_, headings_;
  std::vector<std::size_t> words_;
  mutable std::unordered_map<std::string_view, NameSigns> names_;
};

}  // namespace

std::vector<LinkPlace> places_of(const Dom& dom, const std::vector<Anchor>& anchors) {
  const Places places(dom, anchors);
  std::vector<LinkPlace> out;
  out.reserve(anchors.size());
  for (const auto& anchor : anchors) {
    dom.step();
    out.push_back(places.of(anchor));
  }
  return out;
}

}  // namespace tinwatch::parsers
