#include "article/pictures.hpp"

#include "core/text.hpp"
#include "core/url.hpp"
#include "regex.hpp"

#include <array>
#include <charconv>

namespace tinwatch::parsers {
namespace {

constexpr std::size_t longest_caption = 4096;  // bytes; a credit stands in a line or two
constexpr int smallest_side = 50;              // pixels; what is smaller is an icon

int pixels(std::string_view text) {
  int out = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
  return read.ec == std::errc() ? out : smallest_side;
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

}  // namespace

std::optional<Image> read_picture(const Dom& dom, Dom::Index img, const std::string& url) {
  if (pixels(dom.attribute(img, "width")) < smallest_side ||
      pixels(dom.attribute(img, "height")) < smallest_side)
    return std::nullopt;
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

CaptionParts split_credit(std::string_view caption) {
  static const RE2 credit(
      R"((?i)^(.*?)\s*[(\[]?\s*(?:ảnh(?: minh họa)?|nguồn ảnh|ảnh chụp|đồ họa|clip|photo(?:s|graph)?|image|picture|foto|bild|crédit photo|credit)(?: by| credit| courtesy| courtesy of)?\s*:\s*([^()\[\]]{2,80}?)[)\]]?\.?$)");
  std::string text;
  std::string name;
  if (caption.size() > longest_caption) return {std::string(caption), {}};
  if (RE2::FullMatch(piece(caption), credit, &text, &name)) return {squeeze(text), squeeze(name)};
  return {std::string(caption), {}};
}

}  // namespace tinwatch::parsers
