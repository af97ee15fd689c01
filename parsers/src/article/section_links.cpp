#include "article/section_links.hpp"

#include "core/site_scope.hpp"
#include "core/text.hpp"
#include "core/url.hpp"
#include "language/words.hpp"
#include "page/line_parts.hpp"
#include "page/own_address.hpp"
#include "page/phrases.hpp"
#include "parsers/dates.hpp"
#include "rules.hpp"

#include <algorithm>

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;

constexpr std::size_t most_links = 5;
constexpr std::size_t longest_name = 60;  // bytes
constexpr std::size_t most_name_words = 7;
constexpr std::size_t longest_stamp = 60;  // bytes of what stands beside: a date, a time

/// Parts of addresses of people, of searches and of what shares a page.
constexpr std::string_view not_lists[] = {"author",  "autor", "auteur", "people", "profile",
                                          "tac-gia", "staff", "/by/",   "/u/",    "/@",
                                          "share",   "/tag/", "/tags/", "search", "login"};

Index link_round(const Dom& dom, Index at, Index owner) {
  for (Index up = dom[at].parent; up != Dom::none && up >= owner; up = dom[up].parent)
    if (dom[up].tag == GUMBO_TAG_A) return up;
  return dom[owner].tag == GUMBO_TAG_A ? owner : Dom::none;
}

/// A section's page on this site; no person, no mark of a list, no script, no print of the article.
bool leads_to_list(const Page& page, Index link) {
  const auto& dom = page.dom;
  const auto href = dom.attribute(link, "href");
  if (href.empty() || href.front() == '#' || href.find(':') < href.find('/')) {
    if (!href.starts_with("http")) return false;
    const auto target = resolve_url(page.url, href);
    if (!page.url.empty() && (!target || domain_of(*target) != domain_of(page.url))) return false;
  }
  if (dom.attribute(link, "rel").find("author") != std::string_view::npos ||
      dom.attribute(link, "rel").find("tag") == 0)
    return false;
  const auto address = ascii_lower(href);
  if (leads_to_this_article(dom, link, page.url)) return false;
  return std::none_of(std::begin(not_lists), std::end(not_lists), [&](std::string_view part) {
    return address.find(part) != std::string::npos;
  });
}

bool is_section_name(std::string_view text) {
  return text.size() <= longest_name && words(text).size() <= most_name_words && !has_digit(text) &&
         text.find('@') == std::string_view::npos && !is_for_use(text);
}

}  // namespace

bool is_for_use(std::string_view text) {
  using language::WordKind;
  if (is_left_out("rows-for-use")) return false;
  const auto& words = language::Words::all();
  const auto key = word_key(text);
  return phrases::is_pointer(text) || phrases::is_box_label(text) ||
         words.of(WordKind::next).contains(key) || words.of(WordKind::more).contains(key) ||
         words.of(WordKind::service).contains(key);
}

std::vector<std::string> links_of_trail(const Page& page, const TextBlock& block,
                                        const std::string& headline_key) {
  const auto& dom = page.dom;
  std::vector<std::string> out;
  Index last = Dom::none;
  bool alone = true;   // nothing but links and marks on the line
  bool people = true;  // all of it may be names
  for (auto i = block.first; i < block.end; ++i) {
    if (!dom[i].is_text || dom[i].run.chars == 0) continue;
    const auto text = squeeze(dom[i].text);
    const auto key = word_key(text);
    if (key.empty()) continue;
    const auto link = link_round(dom, i, block.owner);
    if (link == Dom::none || key == headline_key) {
      if (key == headline_key) continue;
      if (text.size() > longest_stamp || !is_date_line(text)) return {};
      alone = false;
      continue;
    }
    if (link == last || out.size() == most_links || !is_section_name(text) ||
        !leads_to_list(page, link))
      return {};
    last = link;
    people = people && looks_like_names(text);
    out.push_back(text);
  }
  if (out.size() < 2 || (!alone && people)) return {};
  return out;
}

}  // namespace tinwatch::parsers
