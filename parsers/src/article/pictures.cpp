#include "article/pictures.hpp"

#include "core/text.hpp"
#include "core/url.hpp"
#include "language/patterns.hpp"
#include "language/phrase_set.hpp"
#include "page/own_address.hpp"
#include "regex.hpp"
#include "rules.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace tinwatch::parsers {
namespace {

constexpr std::size_t longest_caption = 4096;     // bytes; a credit stands in a line or two
constexpr std::size_t longest_credit_line = 400;  // bytes
constexpr std::uint32_t least_teaser_words = 4;
constexpr std::uint32_t least_told_words = 8;  // of text that a teaser has behind its headline
constexpr Dom::Index nodes_to_title = 20;
constexpr int smallest_side = 50;      // pixels; what is smaller is an icon
constexpr int largest_portrait = 120;  // ... and a square up to this shows who wrote it

Dom::Index link_round(const Dom& dom, Dom::Index at) {
  while (at != Dom::none && dom[at].tag != GUMBO_TAG_A) at = dom[at].parent;
  return at;
}

/// The largest of `a.jpg 320w, b.jpg 2x`; commas inside addresses are rare and lose the rest.
std::string_view largest_of(std::string_view srcset) {
  std::string_view best;
  double most = -1;
  while (!srcset.empty()) {
    const auto cut = srcset.find(", ");
    const auto one = trim(srcset.substr(0, cut));
    srcset.remove_prefix(cut == std::string_view::npos ? srcset.size() : cut + 2);
    const auto blank = one.find(' ');
    double size = 1;
    if (blank != std::string_view::npos)
      std::from_chars(one.data() + blank + 1, one.data() + one.size(), size);
    if (size > most) {
      most = size;
      best = one.substr(0, blank);
    }
  }
  return best;
}

/// Whether the element says that it is shown small: an icon, a counter, a portrait.
bool is_icon(const Dom& dom, Dom::Index img) {
  const auto width = pixels_of(dom.attribute(img, "width"));
  const auto height = pixels_of(dom.attribute(img, "height"));
  if (width.value_or(smallest_side) < smallest_side ||
      height.value_or(smallest_side) < smallest_side)
    return true;
  return width && width == height && *width <= largest_portrait && !is_left_out("small-squares");
}

std::uint32_t words_inside(const Dom& dom, Dom::Index at) {
  std::uint32_t out = 0;
  dom.step(dom[at].end - at);  // a link may hold many pictures, each of which asks
  for (auto i = at; i < dom[at].end; ++i)
    if (dom[i].is_text) out += std::max(dom[i].run.words, dom[i].run.cjk_chars / 2);
  return out;
}

/// A link with words of its own round a picture, and no legend among them: another article's.
bool is_teaser_link(const Dom& dom, Dom::Index link) {
  for (auto i = link; i < dom[link].end; ++i)
    if (dom[i].tag == GUMBO_TAG_FIGCAPTION) return false;
  return words_inside(dom, link) >= least_teaser_words && !is_left_out("teaser-pictures");
}

bool is_in_heading(const Dom& dom, Dom::Index at, Dom::Index box) {
  for (auto up = at; up != Dom::none && up > box; up = dom[up].parent)
    if (is_heading(dom[up].tag)) return true;
  for (auto i = at; i < dom[at].end; ++i)
    if (is_heading(dom[i].tag)) return true;
  return false;
}

/// Another link to the same page stands beside it and has words: a headline with its picture. Not
/// the article's own, nor what a text says in passing.
bool has_titled_twin(const Dom& dom, Dom::Index link, const std::string& url) {
  const auto href = dom.attribute(link, "href");
  if (href.empty() || href.front() == '#' || is_left_out("titled-picture")) return false;
  auto box = dom[link].parent;
  if (box != Dom::none && dom[box].parent != Dom::none) box = dom[box].parent;
  if (box == Dom::none) return false;
  const auto from = std::max(box, link > nodes_to_title ? link - nodes_to_title : 0);
  const auto to = std::min(dom[box].end, dom[link].end + nodes_to_title);
  bool told = false;
  for (auto at = from; at < to; ++at) {
    if (dom[at].is_text) told = told || dom[at].run.words >= least_told_words;
    if (dom[at].tag != GUMBO_TAG_A) continue;
    if (at != link && dom.attribute(at, "href") == href &&
        words_inside(dom, at) >= least_teaser_words && (!told || is_in_heading(dom, at, box)))
      return !leads_to_this_article(dom, link, url);
    at = dom[at].end - 1;
  }
  return false;
}

/// A box whose words are all in links, and there are some: the card of another page.
bool is_all_linked(const Dom& dom, Dom::Index box) {
  bool any = false;
  for (auto i = box; i < dom[box].end; ++i) {
    if (dom[i].tag == GUMBO_TAG_A) {
      any = true;
      i = dom[i].end - 1;
    } else if (dom[i].is_text && dom[i].run.chars > 0) {
      return false;
    }
  }
  return any && !is_left_out("linked-figure");
}

}  // namespace

std::optional<int> pixels_of(std::string_view text) {
  int out = 0;
  const auto* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, out);
  const std::string_view rest(read.ptr, static_cast<std::size_t>(end - read.ptr));
  if (read.ec != std::errc() || (!rest.empty() && rest != "px")) return std::nullopt;
  return out;
}

bool is_picture(const Dom& dom, Dom::Index at) {
  if (dom[at].is_text) return false;
  return (dom[at].tag == GUMBO_TAG_IMG ||
          (dom[at].tag == GUMBO_TAG_UNKNOWN && dom.type(at) == "amp-img")) &&
         !is_icon(dom, at);
}

bool is_named_caption(Page& page, const CleanPage& clean, Dom::Index at) {
  const auto& dom = page.dom;
  const auto tag = dom[at].tag;
  const bool named = std::binary_search(clean.captions.begin(), clean.captions.end(), at) ||
                     tag == GUMBO_TAG_FIGCAPTION || tag == GUMBO_TAG_CAPTION ||
                     page.names.of(at).caption || dom.attribute(at, "itemprop") == "caption";
  if (!named && (tag != GUMBO_TAG_FIGURE || is_all_linked(dom, at))) return false;
  for (Dom::Index i = at + 1; i < dom[at].end; ++i) {
    if (dom[i].is_text) continue;
    if (dom[i].tag == GUMBO_TAG_IMG || dom[i].tag == GUMBO_TAG_FIGCAPTION) return false;
    if (tag != GUMBO_TAG_FIGCAPTION && page.names.of(i).caption) return false;
  }
  return true;
}

std::optional<Image> read_picture(const Dom& dom, Dom::Index img, const std::string& url) {
  if (is_icon(dom, img)) return std::nullopt;
  constexpr std::array plain = {"data-src",      "data-original", "data-large-src",
                                "data-lazy-src", "data-lazyload", "data-full-src"};
  for (const auto* name : plain)
    if (const auto value = dom.attribute(img, name); !value.empty())
      if (auto found = resolve_url(url, value)) return Image{.url = std::move(*found)};
  if (const auto value = largest_of(dom.attribute(img, "data-srcset")); !value.empty())
    if (auto found = resolve_url(url, value)) return Image{.url = std::move(*found)};
  const auto src = dom.attribute(img, "src");
  if (!src.empty() && !src.starts_with("data:"))
    if (auto found = resolve_url(url, src)) return Image{.url = std::move(*found)};
  // Its own srcset, else that of the <source>s beside it in a <picture>.
  const auto from_set = [&](Dom::Index at) -> std::optional<Image> {
    for (const auto* name : {"srcset", "data-srcset"})
      if (const auto value = largest_of(dom.attribute(at, name)); !value.empty())
        if (auto found = resolve_url(url, value)) return Image{.url = std::move(*found)};
    return std::nullopt;
  };
  if (auto found = from_set(img)) return found;
  const auto parent = dom[img].parent;
  const bool picture = parent != Dom::none && dom.type(parent) == "picture";
  for (Dom::Index i = parent; picture && i < img; ++i)
    if (dom[i].tag == GUMBO_TAG_SOURCE)
      if (auto found = from_set(i)) return found;
  return std::nullopt;
}

bool is_linked(const Dom& dom, Dom::Index img) {
  const auto link = link_round(dom, img);
  return link != Dom::none &&
         (is_left_out("opens-larger") || !is_picture_address(dom.attribute(link, "href")));
}

bool leads_off_site(const Dom& dom, Dom::Index img, const std::string& url) {
  const auto link = link_round(dom, img);
  if (link == Dom::none) return false;
  const auto target = resolve_url(url, dom.attribute(link, "href"));
  if (!target || is_picture_address(*target)) return false;
  return !same_site(*target, url) || is_teaser_link(dom, link) || has_titled_twin(dom, link, url);
}

std::string last_line_in(const Dom& dom, Dom::Index from, Dom::Index to) {
  for (auto i = to; i-- > from;) {
    if (!dom[i].is_text) continue;
    auto text = trim(dom[i].text);
    if (const auto line = text.rfind('\n'); line != std::string_view::npos)
      text.remove_prefix(line);
    if (auto own = squeeze(clip(text, longest_credit_line)); !own.empty()) return own;
  }
  return {};
}

CaptionParts split_credit(std::string_view caption, std::string_view last_line) {
  if (caption.size() > longest_caption) return {std::string(caption), {}};
  if (!language::phrases_of<language::WordKind::photo>().stands_in(caption) ||
      (caption.find(':') == caption.npos && caption.find("：") == caption.npos))
    return {std::string(caption), {}};
  static const RE2 credit(R"((?i)^(.*?)\s*[(\[]?\s*)" +
                          language::any_of({language::WordKind::photo}) +
                          R"(\s*[:：]\s*([^()\[\]]{2,80}?)[)\]]?\.?$)");
  std::string text;
  std::string name;
  if (!RE2::FullMatch(piece(caption), credit, &text, &name)) return {std::string(caption), {}};
  const bool set_in_lines = last_line != caption && RE2::FullMatch(piece(last_line), credit);
  return {set_in_lines ? squeeze(text) : std::string(caption), squeeze(name)};
}

}  // namespace tinwatch::parsers
