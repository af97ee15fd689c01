#include "article/next_page.hpp"

#include "core/text.hpp"
#include "core/url.hpp"
#include "html/inherited.hpp"
#include "language/words.hpp"
#include "parsers/article_pages.hpp"
#include "site/paged_address.hpp"

#include <algorithm>
#include <optional>
#include <unicode/uchar.h>

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;
using language::WordKind;

constexpr std::size_t most_links = 200;    // that say a number or "next"
constexpr std::size_t longest_label = 60;  // bytes
constexpr std::size_t most_label_words = 6;
constexpr std::size_t longest_number = 3;  // digits; no article has a thousand pages

bool is_part_of_word(char32_t c) {
  if (c < 0x80) return is_digit(static_cast<char>(c)) || is_ascii_letter(static_cast<char>(c));
  constexpr std::uint32_t counted = U_GC_L_MASK | U_GC_M_MASK | U_GC_ND_MASK;
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & counted) != 0;
}

/// "Next ›", "[2]", "» Trang sau": without what stands round the words.
std::string_view without_marks(std::string_view text) {
  std::size_t begin = text.size();
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto start = at;
    if (!is_part_of_word(next_code_point(text, at))) continue;
    begin = std::min(begin, start);
    end = at;
  }
  return begin < end ? text.substr(begin, end - begin) : std::string_view();
}

bool is_arrow(std::string_view text) { return text == ">" || text == ">>"; }

/// "2", "Trang 2".
std::optional<std::size_t> page_in(std::string_view text) {
  if (!has_digit(text)) return std::nullopt;
  const auto parts = words(text);
  if (parts.size() == 2 && language::Words::all().of(WordKind::page_number).contains(parts[0]))
    return page_number(parts[1], longest_number);
  return page_number(text, longest_number);
}

/// A page of an article: the address without its number, and the number; 0: none.
struct PartAddress {
  std::string article;
  std::size_t number = 0;
};

/// `/tin/1234_2.html`, `/tin/1234-2.html`: the second page of `/tin/1234.html`. Many an address
/// ends so that has no pages, so that this counts only beside the address of the first.
PartAddress by_ending(const UrlParts& parts) {
  PartAddress out;
  std::string_view path = parts.path;
  const auto dot = path.rfind('.');
  const auto slash = path.rfind('/');
  const bool has_ending = dot != path.npos && (slash == path.npos || dot > slash);
  const auto ending = has_ending ? path.substr(dot) : std::string_view();
  auto stem = path.substr(0, path.size() - ending.size());
  const auto digits = stem.find_last_not_of("0123456789");
  if (digits != stem.npos && (stem[digits] == '_' || stem[digits] == '-'))
    if (const auto number = page_number(stem.substr(digits + 1), longest_number)) {
      out.number = *number;
      stem = stem.substr(0, digits);
    }
  out.article = parts.origin() + std::string(stem) + std::string(ending) + '?' + parts.query;
  return out;
}

/// An address without its fragment, to compare with `PartAddress::article`.
std::string plain_address(const UrlParts& parts) {
  return parts.origin() + parts.path + '?' + parts.query;
}

/// By a word, a directory or a parameter that counts pages: `/tin/2`, `/tin?page=2`.
PartAddress by_word(const std::string& url) {
  const auto address = paged_address(url);
  PartAddress out{.article = address.list, .number = address.number};
  for (const auto& parameter : address.parameters) out.article += '&' + parameter;
  return out;
}

/// The same with the number left in the address: `/news/2024` may be an article itself.
PartAddress as_printed(const std::string& url) {
  const auto address = unpaged_address(url);
  PartAddress out{.article = address.list};
  for (const auto& parameter : address.parameters) out.article += '&' + parameter;
  return out;
}

class NextPage {
 public:
  explicit NextPage(Page& page) : page_(page), dom_(page.dom), discussion_(page.dom) {
    const auto parts = parse_url(page.url);
    if (!parts) return;
    own_ = parts->text();
    itself_ = as_printed(own_);
    counted_ = by_word(own_);
    ending_ = by_ending(*parts);
    plain_ = plain_address(*parts);
  }

  std::string find() {
    if (plain_.empty()) return {};
    read_links();
    for (const auto& one : links_)
      if (one.rel_next && !in_other_pager(one) && follows(one)) return one.url;
    for (const auto& one : links_)
      if (!one.rel_next && !one.discussion && follows(one)) return one.url;
    return {};
  }

 private:
  struct Candidate {
    std::string url;
    std::string plain;                 ///< the same as `plain_address` has it
    PartAddress word;                  ///< `by_word`
    PartAddress ending;                ///< `by_ending`
    std::optional<std::size_t> label;  ///< the number it says
    bool rel_next = false;
    bool discussion = false;  ///< stands in a box of comments or of other articles
  };

  void read_links() {
    const auto& next = language::Words::all().of(WordKind::next);
    for (Index i = 1; i < dom_.size() && links_.size() < most_links; ++i) {
      const bool link = dom_[i].tag == GUMBO_TAG_LINK;
      if (!link && dom_[i].tag != GUMBO_TAG_A) continue;
      const auto href = dom_.attribute(i, "href");
      if (href.empty() || href.front() == '#') continue;
      const bool rel_next = has_token(dom_.attribute(i, "rel"), "next");
      if (link && !rel_next) continue;
      Candidate one{.rel_next = rel_next};
      if (!link) {
        if (!rel_next && !may_count(i, next)) continue;
        const auto text = dom_.brief_text(i, longest_label);
        const auto bare = without_marks(text);
        one.label = page_in(bare);
        const bool leads_on = next.contains(bare) ||
                              (bare.size() < text.size() && next.contains(text)) || is_arrow(text);
        if (!rel_next && !one.label && !leads_on) continue;
        one.discussion = is_discussion(i);
      }
      auto url = resolve_url(own_, href);
      const auto parts = url && *url != own_ ? parse_url(*url) : std::nullopt;
      if (!parts) continue;
      one.url = std::move(*url);
      one.plain = plain_address(*parts);
      one.word = by_word(one.url);
      one.ending = by_ending(*parts);
      links_.push_back(std::move(one));
    }
  }

  /// Cheap: whether a link may say a number or one of these words. Most say neither.
  [[nodiscard]] bool may_count(Index link, const language::WordSet& next) const {
    for (Index i = link + 1; i < dom_[link].end; ++i) {
      const auto text = dom_[i].text;
      const auto* const told = std::find_if(
          text.begin(), text.end(), [](char c) { return c != ' ' && c != '\n' && c != '\t'; });
      if (told == text.end()) continue;
      // What begins with an arrow may say anything behind it, as may a text in pieces.
      if (!is_ascii_letter(*told) || dom_[i].run.has_digit || i + 1 < dom_[link].end) return true;
      return dom_[i].run.words <= most_label_words && next.may_begin({told, text.end()});
    }
    return false;
  }

  /// A head's rel=next of pages that only the comments have.
  [[nodiscard]] bool in_other_pager(const Candidate& declared) const {
    if (declared.discussion) return true;
    bool elsewhere = false;
    for (const auto& one : links_) {
      if (one.url != declared.url || (one.rel_next && !one.label)) continue;
      if (!one.discussion) return false;
      elsewhere = true;
    }
    return elsewhere;
  }

  bool is_discussion(Index at) {
    return discussion_.of(at, [this](Index up, Inherited::Value above) -> Inherited::Value {
      return above != 0 || (dom_[up].tag != GUMBO_TAG_BODY && page_.names.of(up).discussion);
    }) != 0;
  }

  /// Whether the pager leads back to the article without a number: then the own number is one.
  [[nodiscard]] bool leads_to(const std::string& article) const {
    return std::any_of(links_.begin(), links_.end(),
                       [&](const Candidate& one) { return one.plain == article; });
  }

  [[nodiscard]] bool follows(const Candidate& one) const {
    const auto& there = one.word;
    const auto& ending = one.ending;
    // Some count from 0: behind a page without a number comes 1 or 2.
    if (there.article == itself_.article && is_first(there) && says(one, there)) return true;
    if (ending.article == plain_ && is_first(ending) && says(one, ending)) return true;
    if (counted_.number > 0 && is_behind(there, counted_) && says(one, there)) return true;
    return ending_.number > 0 && is_behind(ending, ending_) && says(one, ending) &&
           leads_to(ending_.article);
  }

  static bool is_first(const PartAddress& there) { return there.number == 1 || there.number == 2; }
  static bool is_behind(const PartAddress& there, const PartAddress& here) {
    return there.article == here.article && there.number == here.number + 1;
  }

  /// What a link says agrees with where it leads; an address may count from 0.
  static bool says(const Candidate& one, const PartAddress& there) {
    return !one.label ||
           (*one.label > 1 && (*one.label == there.number || *one.label == there.number + 1));
  }

  Page& page_;
  const Dom& dom_;
  std::string own_;
  Inherited discussion_;
  PartAddress itself_;
  PartAddress counted_;
  PartAddress ending_;
  std::string plain_;
  std::vector<Candidate> links_;
};

}  // namespace

std::vector<std::string> first_pages(const std::string& url) {
  constexpr std::size_t most_pages = 1000;
  std::vector<std::string> out;
  const auto parts = parse_url(url);
  if (!parts) return out;
  const auto counts = [&](std::size_t number) { return number > 0 && number < most_pages; };
  const auto word = paged_address(url);
  if (word.by_query) {
    if (!counts(word.number)) return out;
    const auto query = join(word.parameters, "&");
    out.push_back(parts->origin() + parts->path + (query.empty() ? "" : '?' + query));
    return out;
  }
  if (!parts->query.empty()) return out;
  const auto dot = parts->path.find('.', parts->path.rfind('/'));
  if (word.paged && counts(word.number) && word.list != parts->origin()) {
    out.push_back(word.list);
    out.push_back(word.list + '/');
    if (dot != parts->path.npos) out.push_back(word.list + parts->path.substr(dot));
  } else if (const auto ending = by_ending(*parts); counts(ending.number)) {
    out.push_back(ending.article.substr(0, ending.article.size() - 1));
  }
  return out;
}

std::string find_next_page(Page& page) { return NextPage(page).find(); }

}  // namespace tinwatch::parsers
