#include "furniture.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace tinwatch::parsers {
namespace {

constexpr std::array<std::string_view, 46> furniture_words = {
    "ad",         "ads",         "advertisement", "aside",    "audio",      "banner",
    "breadcrumb", "breadcrumbs", "comment",       "comments", "cookie",     "copyright",
    "disqus",     "footer",      "header",        "hidden",   "masthead",   "menu",
    "meta",       "modal",       "nav",           "navbar",   "newsletter", "pagination",
    "player",     "popup",       "print",         "promo",    "recommend",  "recommended",
    "related",    "relate",      "share",         "sharing",  "sidebar",    "similar",
    "social",     "sponsor",     "subscribe",     "tag",      "tags",       "toolbar",
    "tts",        "views",       "widget",        "rating"};

constexpr std::array<std::string_view, 20> box_headings = {"bình luận",
                                                           "bài viết tương tự",
                                                           "tin liên quan",
                                                           "bài liên quan",
                                                           "tin cùng chuyên mục",
                                                           "cùng chuyên mục",
                                                           "tin xem nhiều",
                                                           "xem nhiều",
                                                           "tin mới",
                                                           "tin mới nhất",
                                                           "dư luận quan tâm",
                                                           "đọc nhiều",
                                                           "có thể bạn quan tâm",
                                                           "đọc thêm",
                                                           "xem thêm",
                                                           "related",
                                                           "related articles",
                                                           "comments",
                                                           "most read",
                                                           "read more"};

constexpr std::array<std::string_view, 4> related_words = {"related", "relate", "similar",
                                                           "recommend"};

template <std::size_t n>
bool has_word(std::string_view names, const std::array<std::string_view, n>& wanted) {
  std::size_t start = 0;
  for (std::size_t i = 0; i <= names.size(); ++i) {
    if (i < names.size() && std::isalnum(static_cast<unsigned char>(names[i])) != 0) continue;
    const auto word = names.substr(start, i - start);
    if (std::find(wanted.begin(), wanted.end(), word) != wanted.end()) return true;
    start = i + 1;
  }
  return false;
}

bool is_furniture_element(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_BUTTON:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_TEXTAREA:
    case GUMBO_TAG_INPUT:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_HEAD: return true;
    default: return false;
  }
}

bool may_open_box(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_P:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_STRONG:
    case GUMBO_TAG_B: return true;
    default: return false;
  }
}

bool opens_box(const Dom& dom, Dom::Index at) {
  if (!may_open_box(dom[at].tag) || dom[at].end - at > 6) return false;
  auto text = fold_case(dom.text(at));
  while (!text.empty() && (text.back() == ':' || text.back() == ' ')) text.pop_back();
  return std::find(box_headings.begin(), box_headings.end(), text) != box_headings.end();
}

}  // namespace

bool is_related_box(const Dom& dom, Dom::Index at) {
  if (has_word(dom.names(at), related_words)) return true;
  return opens_box(dom, at) && fold_case(dom.text(at)).find("bình luận") == std::string::npos;
}

std::vector<bool> mark_furniture(const Dom& dom, Dom::Index headline) {
  std::vector<bool> out(dom.size(), false);
  for (Dom::Index i = 0; i < dom.size();) {
    const auto& node = dom[i];
    if (node.is_text || !node.element || (headline != Dom::none && dom.contains(i, headline))) {
      ++i;
      continue;
    }
    if (is_furniture_element(node.tag) || dom.attribute(i, "hidden").data() != nullptr ||
        dom.attribute(i, "aria-hidden") == "true" || has_word(dom.names(i), furniture_words)) {
      out[i] = true;
      i = node.end;
      continue;
    }
    if (opens_box(dom, i)) {
      const auto parent = node.parent;
      const auto stop = parent == Dom::none ? node.end : dom[parent].end;
      for (Dom::Index sibling = i; sibling < stop; sibling = dom[sibling].end) out[sibling] = true;
      i = stop;
      continue;
    }
    ++i;
  }
  return out;
}

}  // namespace tinwatch::parsers
