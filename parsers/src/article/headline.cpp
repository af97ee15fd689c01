#include "article/headline.hpp"

#include "core/site_scope.hpp"
#include "core/text.hpp"
#include "core/url.hpp"
#include "rules.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <re2/re2.h>

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;

constexpr std::array<std::string_view, 11> separators = {" | ", " - ",  " – ", " — ", " · ", " « ",
                                                         " » ", " :: ", " • ", " / ", "_"};
constexpr std::size_t most_site_words = 4;
constexpr std::size_t longest_site_name = 100;  // bytes
constexpr std::size_t least_headline_words = 3;
constexpr std::size_t least_own_words = 4;
constexpr std::size_t least_telling_word = 4;  // bytes
constexpr std::size_t most_compared_words = 200;
constexpr std::size_t most_parts = 32;        // elements of a headline that are looked at
constexpr std::size_t longest_kicker = 4096;  // bytes, white space included

/// Where the last part of a title begins, with its separator; npos when there is one part.
std::size_t last_separator(std::string_view title, std::size_t& width) {
  std::size_t at = std::string_view::npos;
  for (const auto separator : separators) {
    const auto found = title.rfind(separator);
    if (found != std::string_view::npos && (at == std::string_view::npos || found > at)) {
      at = found;
      width = separator.size();
    }
  }
  return at;
}

/// What a site is called: as it says, and in its address. Either may be empty.
struct SiteNames {
  std::string declared;  ///< `word_key` of og:site_name
  std::string domain;    ///< the first label of its registrable domain: `baoquankhu7`
};

SiteNames names_of_site(const Page& page) {
  SiteNames out{.declared = word_key(page.head.first({"og:site_name"})), .domain = {}};
  const auto parts = parse_url(page.url);
  if (!parts) return out;
  out.domain = registrable_domain(parts->host);
  out.domain.resize(std::min(out.domain.find('.'), out.domain.size()));
  return out;
}

/// The words without blanks: one writes "Nhà Báo", the other "NhàBáo".
std::string run_together(std::string_view key) {
  std::string out(key);
  std::erase(out, ' ');
  return out;
}

/// Whether the words begin with whole words that are, run together and without marks, the name that
/// the address spells: "Báo Sông Nước" of `baosongnuoc`.
bool begins_with_domain(std::string_view key, const std::string& domain) {
  std::string spelled;
  for (const auto word : words(key)) {
    spelled += fold_marks(word);
    if (spelled.size() >= domain.size()) break;
  }
  return spelled == domain;
}

/// Whether the end of a title names the site: as it calls itself, in short, with a little more
/// behind, or as its address spells it. What is much longer is part of the headline.
bool names_site(std::string_view tail, const SiteNames& site) {
  if (tail.size() > longest_site_name) return false;
  const auto key = word_key(tail);
  const auto said = words(key).size();
  const auto joined = run_together(key);
  const auto declared = run_together(site.declared);
  const bool like_it = said <= words(site.declared).size() + most_site_words;
  if (joined.empty() || !like_it) return false;
  if (!declared.empty() && (joined.starts_with(declared) || declared.starts_with(joined)))
    return joined.size() >= least_telling_word;
  if (joined.size() < least_telling_word) return false;
  if ((' ' + site.declared + ' ').find(' ' + key + ' ') != std::string::npos) return true;
  return site.domain.size() >= least_telling_word && said <= most_site_words &&
         begins_with_domain(key, site.domain);
}

/// Without " | Site" at the end: a part that is the site's name or, where the site does not say
/// its name and `guess` is set, is short and stands behind a headline of some length.
std::string without_site(std::string title, const SiteNames& site, bool guess) {
  for (int round = 0; round < 2; ++round) {
    std::size_t width = 0;
    const auto at = last_separator(title, width);
    if (at == std::string::npos) break;
    const auto tail = std::string_view(title).substr(at + width);
    const bool brief = words(tail).size() <= most_site_words &&
                       words(std::string_view(title).substr(0, at)).size() > words(tail).size();
    if (!names_site(tail, site) && !(guess && site.declared.empty() && brief)) break;
    title = squeeze(title.substr(0, at));
  }
  return title;
}

bool holds(const std::string& outer, const std::string& inner) {
  return !inner.empty() && outer.find(inner) != std::string::npos;
}

/// The text inside `at` whose words are `key`: an <h1> may hold a kicker too.
std::string part_with_key(const Dom& dom, Index at, const std::string& key) {
  std::size_t parts = 0;
  for (Index i = at; i < dom[at].end && parts < most_parts; ++i) {
    if (dom[i].is_text) continue;
    ++parts;
    auto text = dom.text(i);
    if (word_key(text) == key) return text;
  }
  return {};
}

/// Whether an <h1> says in other words what the declared titles say: of some length, not the site's
/// name, not a way back to its front page, and sharing words with them.
bool is_own_wording(const Page& page, const std::string& h1, const std::string& key,
                    const std::string& declared, const std::string& site) {
  if (page.headline == Dom::none || page.dom[page.headline].tag != GUMBO_TAG_H1 || h1.empty() ||
      is_left_out("own-wording"))
    return false;
  const auto said = words(key);
  if (said.size() < least_own_words || (!site.empty() && (site == key || holds(site, key))))
    return false;
  const auto& dom = page.dom;
  for (Index up = page.headline; up != Dom::none; up = dom[up].parent)
    if (dom[up].tag == GUMBO_TAG_A) return false;
  for (Index i = page.headline; i < dom[page.headline].end; ++i)
    if (dom[i].tag == GUMBO_TAG_A) return false;
  const auto known = words(declared);
  if (said.size() > most_compared_words || known.size() > most_compared_words) return false;
  const auto shared =
      static_cast<std::size_t>(std::count_if(said.begin(), said.end(), [&](std::string_view word) {
        return word.size() >= least_telling_word &&
               std::find(known.begin(), known.end(), word) != known.end();
      }));
  return shared >= 2 && shared * 5 >= said.size();
}

}  // namespace

Sourced find_headline(const Page& page, const JsonLd& ld) {
  const auto& head = page.head;
  const auto site = names_of_site(page);
  const auto declared_title = head.first({"og:title", "twitter:title"});
  const auto og = without_site(declared_title, site, /*guess=*/true);
  const auto title = without_site(head.title, site, /*guess=*/true);
  const auto h1 = page.headline == Dom::none ? std::string() : page.dom.text(page.headline);
  const auto ld_headline = without_site(ld.headline, site, /*guess=*/false);
  const auto h1_key = word_key(h1);
  const auto ld_key = word_key(ld_headline);
  const auto og_key = word_key(og);
  const auto declared_key = word_key(declared_title);
  const auto title_key = word_key(head.title);
  if (!h1.empty()) {
    // An <h1> may hold a kicker and the headline, each in an element of its own.
    for (const auto& key : {og_key, ld_key})
      if (key != h1_key && holds(h1_key, key) && key.size() * 3 > h1_key.size())
        if (auto part = part_with_key(page.dom, page.headline, key); !part.empty())
          return {std::move(part), "text"};
    // What the page shows is the headline wherever anything declared agrees with it; but a blank
    // before a colon comes from the markup, not from the writer.
    // ... and a colon that only the declaration has stands between two elements.
    const bool joined = og.find(": ") != std::string::npos && h1.find(':') == std::string::npos;
    const bool torn =
        joined || h1.find(" :") != std::string::npos || h1.find(" ,") != std::string::npos;
    // With its site's name, or what looks like one, a title may still be all of the headline.
    if (!torn && (h1_key == declared_key || h1_key == word_key(ld.headline))) return {h1, "text"};
    if (h1_key == og_key) return torn ? Sourced{og, "opengraph"} : Sourced{h1, "text"};
    if (h1_key == ld_key)
      return torn && !joined ? Sourced{ld_headline, "json-ld"} : Sourced{h1, "text"};
  }
  // A page's own wording stays: what the site calls the article elsewhere is made for search
  // engines, but for what a newspaper agrees with itself about.
  const bool is_news = ld.type.find("News") != std::string::npos && ld_key == og_key;
  if (!is_news &&
      is_own_wording(page, h1, h1_key, og_key + ' ' + title_key + ' ' + ld_key, site.declared))
    return {h1, "text"};
  if (!ld_key.empty() && ld_key == og_key) return {og, "opengraph"};
  if (!ld.type.empty() && !ld_headline.empty() &&
      (holds(h1_key, ld_key) || holds(title_key, ld_key) || holds(og_key, ld_key)))
    return {ld_headline, "json-ld"};
  // Two declarations that agree beat an <h1> of other words: the site's name, the section.
  const bool other_words = !h1_key.empty() && !holds(h1_key, og_key) && !holds(og_key, h1_key);
  if (other_words && words(og).size() >= least_headline_words && title_key.starts_with(og_key))
    return {og, "opengraph"};
  const bool agrees =
      holds(title_key, h1_key) || holds(declared_key, h1_key) || holds(h1_key, og_key);
  if (!h1.empty() && (agrees || page.h1.size() == 1) && words(h1).size() >= 2) return {h1, "text"};
  if (!ld_headline.empty()) return {ld_headline, "json-ld"};
  if (!og.empty()) return {og, "opengraph"};
  if (!h1.empty()) return {h1, "text"};
  return {title, "meta"};
}

std::string find_kicker(const Page& page) {
  static const RE2 name(R"((?i)kicker|overline|eyebrow|sup-?title|dachzeile|spitzmarke|strapline)");
  if (page.headline == Dom::none) return {};
  const auto& dom = page.dom;
  const Index from = page.headline > 40 ? page.headline - 40 : 0;
  for (Index i = from; i < dom[page.headline].end; ++i) {
    if (dom[i].is_text || dom.contains(i, page.headline)) continue;
    if (!RE2::PartialMatch(dom.names(i), name)) continue;
    auto text = dom.brief_text(i, longest_kicker);
    if (!text.empty() && words(text).size() <= 12) return text;
  }
  return {};
}

std::string find_site_name(const Head& head, const std::string& headline) {
  auto name = head.first({"og:site_name"});
  if (!name.empty()) return name;
  if (headline.empty() || !head.title.starts_with(headline)) return {};
  const auto rest = std::string_view(head.title).substr(headline.size());
  for (const auto separator : separators) {
    if (!rest.starts_with(separator)) continue;
    name = squeeze(rest.substr(separator.size()));
    // "Báo" and "News" say what it is, not which.
    const auto folded = fold_case(name);
    const bool generic =
        folded == "báo" || folded == "tin tức" || folded == "news" || folded == "home";
    return generic ? std::string() : name;
  }
  return {};
}

std::optional<Series> read_series(const std::string& headline, const std::vector<Block>& body) {
  static const RE2 middle(
      R"((?i)^(.+?)\s*[-–:.]?\s*\(?((?:kỳ|bài|phần|tập)\s+(?:\d+|cuối|[IVX]+))\)?\s*[:.–-]\s*(.+)$)");
  static const RE2 opening(R"((?i)^((?:kỳ|bài|phần|tập)\s+(?:\d+|cuối|[IVX]+))\s*[:.–-]\s*(.+)$)");
  static const RE2 closing(
      R"((?i)^(.+?)\s*[-–:.]?\s*\(?((?:kỳ|bài|phần|tập)\s+(?:\d+|cuối|[IVX]+))\)?\s*$)");
  Series out;
  if (!RE2::FullMatch(headline, middle, &out.name, &out.part_label, &out.part_title) &&
      !RE2::FullMatch(headline, opening, &out.part_label, &out.part_title) &&
      !RE2::FullMatch(headline, closing, &out.name, &out.part_label))
    return std::nullopt;
  const auto number = words(out.part_label).back();
  if (is_digit(number.front())) out.position = std::atoi(std::string(number.substr(0, 4)).c_str());
  for (const auto& block : body)
    if (block.type == BlockType::series_link &&
        RE2::FullMatch(block.text, opening, &out.next_label, &out.next_title))
      break;
  return out;
}

}  // namespace tinwatch::parsers
