#include "article/sections.hpp"

#include "article/section_links.hpp"
#include "core/text.hpp"
#include "language/phrase_set.hpp"
#include "parsers/dates.hpp"
#include "regex.hpp"
#include "rules.hpp"

#include <algorithm>

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;

constexpr std::size_t longest_breadcrumb = 300;  // bytes; what is longer is another thing
constexpr std::size_t most_breadcrumbs = 500;    // boxes of that name that are looked at
constexpr std::size_t most_sections = 6;
constexpr std::size_t near_blocks = 8;        // before and behind the headline
constexpr std::size_t rows_behind = 6;        // of links behind the headline
constexpr std::uint32_t longest_trail = 150;  // characters
constexpr std::size_t most_weak_parts = 4;    // between bars or slashes, which menus use too
constexpr std::size_t longest_part = 60;      // bytes
constexpr std::size_t most_part_words = 7;
constexpr std::size_t most_items = 5;  // of a list that is a trail
constexpr std::size_t most_lists = 200;
constexpr Index widest_list = 60;    // nodes
constexpr Index farthest_list = 80;  // nodes from the headline

bool is_breadcrumb(const Page& page, Index at) {
  const auto& dom = page.dom;
  return contains_in_any_case(dom.attribute(at, "class"), "breadcrumb") ||
         contains_in_any_case(dom.attribute(at, "id"), "breadcrumb") ||
         iequals(dom.attribute(at, "aria-label"), "breadcrumb") ||
         dom.attribute(at, "itemtype").find("BreadcrumbList") != std::string_view::npos;
}

bool is_home(std::string_view text) {
  const auto ends = language::phrases_of<language::WordKind::home>().ends(text);
  return !ends.empty() && ends.back() == text.size();
}

class Sections {
 public:
  explicit Sections(const std::string& headline_key) : headline_(headline_key) {}
  void add(std::string_view part) {
    auto text = squeeze(part);
    const auto key = word_key(text);
    if (key.empty() || is_home(key) || key == headline_ || out.size() == most_sections ||
        text.size() > 80)
      return;
    if (std::find(out.begin(), out.end(), text) == out.end()) out.push_back(std::move(text));
  }
  std::vector<std::string> out;

 private:
  const std::string& headline_;
};

class Finder {
 public:
  Finder(Page& page, const CleanPage& clean, const JsonLd& ld, const std::string& headline)
      : page_(page), dom_(page.dom), clean_(clean), ld_(ld), headline_key_(word_key(headline)) {
    find_headline_block();
  }

  std::vector<std::string> find() {
    if (auto found = in_named_box(); !found.empty()) return found;
    if (auto found = in_trail(); !found.empty()) return found;
    if (auto found = in_list(); !found.empty()) return found;
    // What a script declares comes and goes with the script; what the page prints too stays.
    for (const auto* names : {&ld_.breadcrumb, &ld_.section}) {
      Sections sections(headline_key_);
      for (const auto& name : *names) sections.add(name);
      if (!sections.out.empty() && is_printed(sections.out.back())) return sections.out;
    }
    Sections declared(headline_key_);
    declared.add(page_.head.first({"article:section"}));
    if (!declared.out.empty() && is_printed(declared.out.back())) return declared.out;
    if (auto found = in_row(); !found.empty()) return found;
    return declared.out;
  }

 private:
  void find_headline_block() {
    if (page_.headline == Dom::none) return;
    const auto found =
        std::lower_bound(clean_.all.begin(), clean_.all.end(), page_.headline,
                         [](const TextBlock& block, Index at) { return block.first < at; });
    headline_block_ = static_cast<std::size_t>(found - clean_.all.begin());
    has_headline_ = found != clean_.all.end();
    for (auto block = found; block != clean_.all.end(); ++block)
      if (block->first > dom_[page_.headline].end && block->prose() > 0) {
        first_prose_ = block->first;
        break;
      }
  }

  std::vector<std::string> in_named_box() {
    Sections sections(headline_key_);
    Index linked = page_.body;  // links before it name no section
    std::size_t looks = 0;
    for (Index i = page_.body; i < dom_[page_.body].end; ++i) {
      if (dom_[i].is_text || !is_breadcrumb(page_, i)) continue;
      if (++looks > most_breadcrumbs) break;
      for (Index a = std::max(i, linked); a < dom_[i].end; ++a)
        if (dom_[a].tag == GUMBO_TAG_A) sections.add(dom_.text(a));
      if (!sections.out.empty()) return sections.out;
      linked = std::max(linked, dom_[i].end);
      auto text = dom_.brief_text(i, 2 * longest_breadcrumb);
      if (text.size() > longest_breadcrumb) continue;
      for (const auto& part : parts_of(text)) sections.add(part);
      if (!sections.out.empty()) return sections.out;
    }
    return {};
  }

  /// At marks of a path, else at bars and slashes.
  static std::vector<std::string> parts_of(std::string text) {
    for (const std::string_view mark : {"»", "›", "→", "/", "|", "❯", "▸", "≫", "＞"})
      for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1))
        text.replace(at, mark.size(), ">");
    std::vector<std::string> out;
    for (const auto part : split(text, '>'))
      if (auto one = squeeze(part); !one.empty()) out.push_back(std::move(one));
    return out;
  }

  /// A line near the headline of the form "A > B"; the nearest to it.
  std::vector<std::string> in_trail() {
    if (!has_headline_) return {};
    for (std::size_t far = 1; far <= near_blocks; ++far) {
      if (headline_block_ >= far)
        if (auto found = trail_in(headline_block_ - far); !found.empty()) return found;
      if (headline_block_ + far < clean_.all.size())
        if (auto found = trail_in(headline_block_ + far); !found.empty()) return found;
    }
    return {};
  }

  std::vector<std::string> trail_in(std::size_t n) {
    const auto& block = clean_.all[n];
    if (block.chars > longest_trail || block.words < 2) return {};
    const auto& text = clean_.texts[n];
    const bool strong = text.find_first_of('>') != std::string::npos ||
                        text.find("»") != std::string::npos ||
                        text.find("›") != std::string::npos || text.find("→") != std::string::npos;
    const auto parts = parts_of(text);
    if (parts.size() < 2 || parts.size() > most_sections + 2) return {};
    // Bars and slashes part menus, dates and shares as well: all of such a trail is linked.
    if (!strong && (parts.size() > most_weak_parts || block.link_share() < 0.6)) return {};
    if (!strong && stands_in(block, {GUMBO_TAG_HEADER, GUMBO_TAG_FOOTER})) return {};
    Sections sections(headline_key_);
    for (const auto& part : parts) {
      const bool is_long = part.size() > longest_part || words(part).size() > most_part_words;
      if (is_long && word_key(part) != headline_key_) return {};
      if (is_date_line(part) || part.find('@') != std::string::npos) return {};
      if (!strong && is_for_use(part)) return {};
      sections.add(part);
    }
    return sections.out;
  }

  /// In one of these elements, and the headline is not: in what heads the page, not the article.
  bool stands_in(const TextBlock& block, std::initializer_list<GumboTag> tags) const {
    for (Index up = block.owner; up != Dom::none; up = dom_[up].parent) {
      if (dom_.contains(up, page_.headline)) return false;
      if (std::find(tags.begin(), tags.end(), dom_[up].tag) != tags.end()) return true;
    }
    return false;
  }

  /// A list of a few short links that ends before the headline, or just behind it: "Home", "A",
  /// "B".
  std::vector<std::string> in_list() {
    if (page_.headline == Dom::none) return {};
    std::size_t looks = 0;
    const Index from = page_.headline > farthest_list ? page_.headline - farthest_list : 0;
    for (Index i = from; i < page_.headline + farthest_list && i < dom_.size(); ++i) {
      if (i >= first_prose_) break;
      if (dom_[i].tag != GUMBO_TAG_UL && dom_[i].tag != GUMBO_TAG_OL) continue;
      if (++looks > most_lists) break;
      if (dom_.contains(i, page_.headline) || dom_[i].end - i > widest_list) continue;
      auto names = items_of(i);
      if (names.empty()) continue;
      const bool from_home = is_home(word_key(names.front()));
      // Without "Home" it is a trail where it stands in one box with the headline.
      if (!from_home && (names.size() > 3 || !stands_beside(i))) continue;
      if (from_home && names.size() < 2) continue;
      Sections sections(headline_key_);
      for (const auto& name : names) sections.add(name);
      if (!sections.out.empty()) return sections.out;
    }
    return {};
  }

  /// A row of links in one box with the headline, before it or right behind it.
  std::vector<std::string> in_row() {
    if (!has_headline_ || is_left_out("row-of-sections")) return {};
    const auto from = headline_block_ > near_blocks ? headline_block_ - near_blocks : 0;
    const auto to = std::min(clean_.all.size(), headline_block_ + rows_behind + 1);
    for (auto n = from; n < to; ++n) {
      const auto& block = clean_.all[n];
      if (block.link_chars == 0 || block.chars > longest_trail + headline_key_.size()) continue;
      if (block.first >= first_prose_) break;
      auto names = links_of_trail(page_, block, headline_key_);
      if (names.empty()) continue;
      // It stands in one box with the headline, or ends with it.
      const bool led = block.link_share() < 1 && word_key(clean_.texts[n]).ends_with(headline_key_);
      if (!led && (names.size() > 3 || !stands_beside(block.owner))) continue;
      Sections sections(headline_key_);
      for (const auto& name : names) sections.add(name);
      if (!sections.out.empty()) return sections.out;
    }
    return {};
  }

  /// In one box with the headline, which is not the page's body.
  [[nodiscard]] bool stands_beside(Index at) const {
    auto box = dom_[at].parent;
    for (int far = 0; far < 2 && box != Dom::none && box != page_.body; ++far) {
      if (dom_.contains(box, page_.headline)) return true;
      box = dom_[box].parent;
    }
    return false;
  }

  std::vector<std::string> items_of(Index list) const {
    std::vector<std::string> out;
    for (Index item = list + 1; item < dom_[list].end; item = dom_[item].end) {
      if (dom_[item].tag != GUMBO_TAG_LI) continue;
      bool linked = false;
      for (Index a = item; a < dom_[item].end; ++a) linked = linked || dom_[a].tag == GUMBO_TAG_A;
      auto text = dom_.brief_text(item, 4 * longest_part);
      while (!text.empty() && (text.back() == '>' || text.back() == '/')) text.pop_back();
      text = squeeze(text);
      const bool title = word_key(text) == headline_key_;
      if (text.empty() || (!title && (!linked || text.size() > longest_part || has_digit(text) ||
                                      words(text).size() > most_part_words)))
        return {};
      out.push_back(std::move(text));
      if (out.size() > most_items) return {};
    }
    return out;
  }

  /// Whether a line near the headline is this name.
  bool is_printed(const std::string& name) const {
    if (!has_headline_) return false;
    const auto key = word_key(name);
    const auto from = headline_block_ > near_blocks ? headline_block_ - near_blocks : 0;
    for (auto n = from; n < clean_.all.size() && n <= headline_block_ + near_blocks; ++n) {
      const auto& block = clean_.all[n];
      if (block.chars > longest_trail ||
          stands_in(block, {GUMBO_TAG_HEADER, GUMBO_TAG_NAV, GUMBO_TAG_UL}))
        continue;
      for (Index i = block.first; i < block.end; ++i)
        if (dom_[i].is_text && word_key(dom_[i].text) == key) return true;
    }
    return false;
  }

  Page& page_;
  const Dom& dom_;
  const CleanPage& clean_;
  const JsonLd& ld_;
  std::string headline_key_;
  std::size_t headline_block_ = 0;
  bool has_headline_ = false;
  Index first_prose_ = Dom::none;  // behind the headline
};

}  // namespace

std::vector<std::string> find_sections(Page& page, const CleanPage& clean, const JsonLd& ld,
                                       const std::string& headline) {
  return Finder(page, clean, ld, headline).find();
}

}  // namespace tinwatch::parsers
