#include "page/page.hpp"

#include "core/text.hpp"
#include "page/unfilled.hpp"

#include <algorithm>
#include <array>
#include <unicode/uchar.h>
#include <utility>

namespace tinwatch::parsers {
namespace {

constexpr std::size_t least_title_words = 3;
constexpr std::size_t most_headlines = 200;          // <h1> that are looked at
constexpr std::size_t longest_headline = 64 * 1024;  // bytes of one, white space included
constexpr std::size_t longest_called = 1024;         // bytes
constexpr std::size_t most_title_cuts = 6;           // beginnings and ends of a title
constexpr std::size_t most_title_looks = 400;        // texts that are compared with it
constexpr std::size_t least_whole_title = 4;         // words
constexpr std::size_t least_own_words = 5;           // of an <h1> that says more than a section

constexpr std::array<std::string_view, 10> title_separators = {" | ", " – ", " — ",  " · ", " • ",
                                                               " » ", " « ", " :: ", " / ", " - "};

/// Simple case folding (Unicode's CaseFolding.txt, status C and S); of Latin, Greek, Cyrillic and
/// Vietnamese letters ICU is asked once for all.
class CaseFolder {
 public:
  static const CaseFolder& all() {
    static const CaseFolder instance;
    return instance;
  }
  void append(char32_t c, std::string& out) const {
    if (c >= in_table) return append_utf8(out, folded(c));
    const auto& known = table_[c];
    out.append(known.bytes.data(), known.length);
  }

 private:
  static constexpr std::size_t in_table = 0x1F00;
  struct Bytes {
    std::array<char, 3> bytes{};
    std::uint8_t length = 0;
  };

  CaseFolder() {
    for (std::size_t c = 0; c < in_table; ++c) {
      std::string one;
      append_utf8(one, folded(static_cast<char32_t>(c)));
      auto& known = table_[c];
      known.length = static_cast<std::uint8_t>(std::min(one.size(), known.bytes.size()));
      std::copy_n(one.begin(), known.length, known.bytes.begin());
    }
  }
  static char32_t folded(char32_t c) {
    return static_cast<char32_t>(u_foldCase(static_cast<UChar32>(c), U_FOLD_CASE_DEFAULT));
  }

  std::array<Bytes, in_table> table_{};
};

/// A title whole, and without what stands in front of or behind a separator: "Headline | Paper",
/// "Paper - Headline", "Headline - with a dash - Paper".
std::vector<std::string_view> ends_of_title(std::string_view title) {
  std::vector<std::string_view> out = {title};
  std::size_t cuts = 0;
  for (auto at = title.size(); at-- > 0 && cuts < most_title_cuts;) {
    for (const auto separator : title_separators) {
      if (!title.substr(at).starts_with(separator)) continue;
      out.push_back(title.substr(0, at));
      out.push_back(title.substr(at + separator.size()));
      ++cuts;
    }
  }
  return out;
}

/// Of a word_key; scripts without blanks, whose letters take three bytes, say a word in two of
/// them.
std::size_t count_words(std::string_view key) {
  const auto blanks = static_cast<std::size_t>(std::count(key.begin(), key.end(), ' '));
  const auto dense = static_cast<std::size_t>(std::count_if(
      key.begin(), key.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xE3; }));
  return key.empty() ? 0 : std::max(1 + blanks, dense / 2);
}

}  // namespace

std::string word_key(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool gap = false;
  const auto& folder = CaseFolder::all();
  for (std::size_t at = 0; at < text.size();) {
    const auto c = next_code_point(text, at);
    const bool plain = c < 0x80 && is_ascii_letter(static_cast<char>(c));
    if (!plain && !is_word_character(c)) {
      gap = true;
      continue;
    }
    if (gap && !out.empty()) out += ' ';
    gap = false;
    if (c < 0x80)
      out += ascii_lower(static_cast<char>(c));
    else
      folder.append(c, out);
  }
  return out;
}

Page::Page(const Dom& tree, const Head& declared, std::string address)
    : dom(tree), head(declared), url(std::move(address)), names(tree) {
  std::vector<std::string> printed;
  for (Dom::Index i = 0; i < dom.size(); ++i) {
    if (dom[i].tag == GUMBO_TAG_BODY && body == Dom::none) body = i;
    if (dom[i].tag != GUMBO_TAG_H1 || h1.size() == most_headlines) continue;
    auto text = dom.brief_text(i, longest_headline);
    if (text.empty()) continue;
    h1.push_back(i);
    printed.push_back(word_key(text));
  }
  const auto add = [&](std::string_view text) {
    auto key = word_key(text);
    if (count_words(key) >= least_title_words) titles.insert(std::move(key));
  };
  const auto site = word_key(head.first({"og:site_name"}));
  for (const auto& whole : {head.title, head.first({"og:title"}), head.first({"twitter:title"})}) {
    const auto words_of_title = count_words(word_key(whole));
    // "Headline | Paper", "Paper - Section - Headline": every part may be the printed headline.
    for (const auto part : ends_of_title(whole)) {
      auto key = word_key(part);
      const auto count = count_words(key);
      // The lesser part of a title is the site's name or a section's.
      if (key != site && count >= 2 && count * 2 >= words_of_title) main_titles_.insert(key);
      if (count >= least_title_words) titles.insert(std::move(key));
    }
    const std::string_view title = whole;
    constexpr std::array<std::string_view, 11> separators = {
        " | ", " – ", " — ", " · ", " • ", " » ", " « ", " :: ", " / ", ": ", " - "};
    std::array<std::size_t, separators.size()> next{};  // where each stands next
    for (std::size_t at = 0; at < title.size();) {
      std::size_t cut = title.size();
      std::size_t width = 0;
      for (std::size_t n = 0; n < separators.size(); ++n) {
        if (next[n] <= at) next[n] = title.find(separators[n], at);
        if (next[n] >= cut) continue;
        cut = next[n];
        width = separators[n].size();
      }
      add(title.substr(at, cut - at));
      at = cut + width;
    }
  }
  const auto first_h1 = [&](auto is_it) {
    for (std::size_t i = 0; i < h1.size() && headline == Dom::none; ++i)
      if (printed[i] != site && is_it(printed[i])) headline = h1[i];
  };
  const auto declared_title = word_key(head.title);
  if (head.title.size() <= longest_called) title_key_ = declared_title;
  first_h1([&](const std::string& key) { return main_titles_.contains(key); });
  if (headline == Dom::none) headline = find_printed_title(printed, declared_title);
  first_h1([&](const std::string& key) {
    return titles.contains(key) || (!key.empty() && declared_title.starts_with(key));
  });
  // What nothing declared agrees with is a headline in other words; the site's name is none.
  first_h1([](const std::string&) { return true; });
  if (headline == Dom::none && !h1.empty()) headline = h1.front();
  for (const auto& key : printed)
    if (count_words(key) >= least_title_words) titles.insert(key);
}

/// Where the page prints its title without an <h1>, or under an <h1> that is the site's or the
/// section's. A heading before anything else; other elements only where there is no <h1>.
Dom::Index Page::find_printed_title(const std::vector<std::string>& h1_keys,
                                    std::string_view title_key) const {
  std::unordered_set<std::string> whole;
  std::size_t longest = 0;
  for (const auto& key : main_titles_) {
    if (count_words(key) < least_whole_title) continue;
    longest = std::max(longest, key.size());
    whole.insert(key);
  }
  if (whole.empty()) return Dom::none;
  // An <h1> of a few words that the title does not begin with may be the section's.
  bool may_be_plain = true;
  for (std::size_t i = 0; i < h1.size() && may_be_plain; ++i) {
    const auto& key = h1_keys[i];
    may_be_plain = count_words(key) < least_own_words && !titles.contains(key) &&
                   !title_key.starts_with(key) &&
                   !is_placeholder(dom.brief_text(h1[i], longest_headline));
  }
  const auto prints = [&](Dom::Index at) {
    const auto text = dom.brief_text(at, 2 * longest + 64);
    return !text.empty() && whole.contains(word_key(text));
  };
  Dom::Index plain = Dom::none;
  std::size_t looks = 0;
  for (Dom::Index i = body; i < dom[body].end && looks < most_title_looks; ++i) {
    if (is_heading(dom[i].tag)) {
      ++looks;
      if (prints(i)) return i;
    } else if (dom[i].is_text && plain == Dom::none && may_be_plain &&
               dom[i].text.size() * 2 > longest && dom[i].text.size() < 2 * longest + 64) {
      ++looks;
      auto at = dom[i].parent;
      if (!whole.contains(word_key(dom[i].text))) continue;
      // The path to this page ends with its title as well.
      bool trail = false;
      for (auto up = at; up != body && up != Dom::none; up = dom[up].parent)
        trail = trail || dom[up].tag == GUMBO_TAG_LI || dom[up].tag == GUMBO_TAG_NAV ||
                dom[up].tag == GUMBO_TAG_A;
      if (trail) continue;
      while (dom[at].parent != body && !is_block(dom[at].tag) && prints(dom[at].parent))
        at = dom[at].parent;
      plain = at;
    }
  }
  return plain;
}

bool Page::is_called(std::string_view text) const {
  if (text.size() > longest_called) return false;
  const auto key = word_key(text);
  if (main_titles_.contains(key)) return true;
  // Whatever separates the site's name in <title>: it is the lesser part.
  return !key.empty() && key.size() * 2 > title_key_.size() && title_key_.starts_with(key);
}

bool Page::is_title(std::string_view text) const { return titles.contains(word_key(text)); }

}  // namespace tinwatch::parsers
