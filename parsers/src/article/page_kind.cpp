#include "article/page_kind.hpp"

#include "article/summaries.hpp"
#include "core/text.hpp"
#include "core/url.hpp"
#include "language/phrase_set.hpp"
#include "language/words.hpp"
#include "page/line_parts.hpp"
#include "regex.hpp"
#include "rules.hpp"

#include <algorithm>
#include <set>

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;
using language::phrases_of;
using language::WordKind;

constexpr double least_article_score = 0.5;
constexpr std::size_t least_body = 80;  // bytes; a shorter one is a stub
constexpr int least_list_links = 12;
constexpr int least_stub_links = 5;
constexpr double least_words_of_headline = 5;
constexpr std::uint32_t long_paragraph = 200;  // characters that are no link
constexpr std::size_t least_said_a_link = 10;  // characters
constexpr std::size_t most_said_by_a_list = 600;
constexpr double least_own_headline = 4;  // words
constexpr double least_declared_headline = 3;
constexpr std::size_t least_spelled = 3;  // bytes of a word of the title in an address
constexpr std::size_t least_spelled_words = 3;
constexpr std::size_t longest_title = 1024;  // bytes of it that are compared with the address
constexpr std::size_t longest_error_page = 1500;
constexpr std::size_t longest_notice = 600;  // bytes of text
constexpr std::size_t longest_printed = 4096;
constexpr int least_brief_paragraphs = 6;
constexpr std::uint32_t least_photo_story = 600;  // characters of captions

bool has_slug(const UrlParts& parts) {
  static const RE2 dated(R"(/(?:19|20)\d\d/\d\d?(?:/|$))");
  static const RE2 number(R"(\d{5,})");
  const auto last = std::string_view(parts.path).substr(parts.path.rfind('/') + 1);
  return std::count(last.begin(), last.end(), '-') >= 3 || RE2::PartialMatch(parts.path, number) ||
         RE2::PartialMatch(parts.path, dated) || parts.path.ends_with(".html");
}

/// Links with a headline's worth of words: what lists are made of.
int count_links(const Dom& dom, Index body, double least_words) {
  int out = 0;
  for (Index i = body; i < dom[body].end; ++i) {
    if (dom[i].tag != GUMBO_TAG_A) continue;
    if (language::count_words(dom.text(i)) >= least_words) ++out;
    i = dom[i].end - 1;
  }
  return out;
}

/// Characters of captions with a sentence's worth of words.
std::uint32_t caption_chars(const PageSigns& signs) {
  std::uint32_t out = 0;
  for (const auto& block : signs.clean.all)
    if (signs.clean.why[block.owner] == Drop::media && block.words >= 8) out += block.chars;
  return out;
}

bool prints_headline(const Page& page) {
  if (page.headline == Dom::none) return false;
  const auto text = page.dom.brief_text(page.headline, longest_printed);
  return language::count_words(text) >= least_words_of_headline && page.is_title(text);
}

/// Each part of a title between bars and dashes.
template <class Says>
bool any_part(std::string_view title, Says says) {
  while (!title.empty()) {
    const auto [cut, width] = first_mark(title, {" | ", " - ", " – ", " — ", " :: ", " · "});
    if (says(trim(title.substr(0, cut)))) return true;
    title.remove_prefix(std::min(title.size(), cut + width));
  }
  return false;
}

/// A page that stands in for all others while the site is worked on.
bool says_maintenance(std::string_view title) {
  const auto& words_of_it = phrases_of<WordKind::maintenance>();
  return words_of_it.is_whole(title) ||
         any_part(title, [&](std::string_view part) { return words_of_it.is_whole(part); });
}

bool says_missing(std::string_view title) {
  static const RE2 number(R"((?:^|[^\d])404(?:[^\d]|$))");
  return RE2::PartialMatch(piece(title), number) ||
         phrases_of<WordKind::missing>().find(title).has_value();
}

bool says_consent(std::string_view title) {
  return phrases_of<WordKind::consent>().opens(trim(title));
}

/// Whether a heading is or holds a link to another page. A permalink may be written with another
/// scheme, or another slash at its end.
bool links_elsewhere(const Page& page, Index heading) {
  const auto& dom = page.dom;
  const auto place = [](const std::optional<UrlParts>& parts) {
    if (!parts) return std::string();
    auto out = parts->host + parts->path_and_query();
    while (out.ends_with('/')) out.pop_back();
    return out;
  };
  const auto own = place(parse_url(page.url));
  const auto leads = [&](Index at) {
    if (dom[at].tag != GUMBO_TAG_A) return false;
    dom.step(steps_an_address);
    const auto target = resolve_url(page.url, dom.attribute(at, "href"));
    return !target || place(parse_url(*target)) != own;
  };
  for (Index up = heading; up != Dom::none; up = dom[up].parent)
    if (leads(up)) return true;
  for (Index i = heading; i < dom[heading].end; ++i)
    if (leads(i)) return true;
  return false;
}

/// Whether the last part of an address is spelled of words of the title: `/a-bridge-opens-late`.
bool spells_title(const UrlParts& parts, const Head& head) {
  auto last = parts.path.substr(parts.path.rfind('/') + 1);
  std::replace(last.begin(), last.end(), '_', '-');
  std::set<std::string> spelled;
  for (const auto part : split(last, '-'))
    if (part.size() >= least_spelled) spelled.insert(ascii_lower(part.substr(0, part.find('.'))));
  std::size_t found = 0;
  const auto key = word_key(clip(head.title, longest_title));
  for (const auto word : words(key)) found += spelled.erase(fold_marks(word));
  return found >= least_spelled_words;
}

/// Whether the page tells one thing, and not what others tell: its headline has some words and
/// leads nowhere else, or it is declared to be an article, or its address is one's. A list is
/// called "Science", and the headlines on it are links.
bool has_own_headline(const PageSigns& signs) {
  const auto& page = signs.page;
  const auto parts = parse_url(signs.page.url);
  if (is_numbered_address(signs.page.url) || (parts && spells_title(*parts, page.head)))
    return true;
  const bool declared = is_declared_article(page.head, signs.ld);
  const bool dated = !page.head.first({"article:published_time", "pubdate"}).empty() ||
                     !signs.ld.date_published.empty();
  if (declared && (dated || (parts && has_slug(*parts)))) return true;
  if (page.headline == Dom::none || links_elsewhere(page, page.headline)) return false;
  const auto said = language::count_words(page.dom.brief_text(page.headline, longest_printed));
  return said >= (declared ? least_declared_headline : least_own_headline);
}

/// Whether a page without a headline of its own says hardly more than the headlines on it.
bool is_all_headlines(const PageSigns& signs, int links) {
  std::size_t said = 0;
  int paragraphs = 0;
  for (const auto& one : signs.kept) {
    said += one.block.prose();
    paragraphs += one.block.prose() >= long_paragraph ? 1 : 0;
  }
  return paragraphs < 2 && said < most_said_by_a_list &&
         said < static_cast<std::size_t>(links) * least_said_a_link;
}

}  // namespace

bool is_declared_article(const Head& head, const JsonLd& ld) {
  return !ld.type.empty() || iequals(head.first({"og:type"}), "article");
}

bool is_numbered_address(const std::string& url) {
  static const RE2 form(R"(/(?:19|20)\d\d/\d\d?/[^?]*[^\d/?][^?]*-|\d{5,})");
  const auto parts = parse_url(url);
  return parts && RE2::PartialMatch(parts->path_and_query(), form);
}

double article_score(const PageSigns& signs) {
  const auto& head = signs.page.head;
  const auto og_type = ascii_lower(head.first({"og:type"}));
  const bool declared = !signs.ld.type.empty() && !signs.ld.headline.empty();
  double score = 0;
  if (signs.is_article_address) score += 2;
  if (declared) score += 2;
  if (og_type == "article") score += 1.5;
  if (!head.first({"article:published_time", "pubdate"}).empty() ||
      !signs.ld.date_published.empty() || !signs.ld.page_published.empty())
    score += 1;
  if (!declared && (og_type == "website" || signs.ld.is_collection)) score -= 1;
  if (const auto parts = parse_url(signs.page.url)) {
    const bool slug = has_slug(*parts);
    if (slug) score += 1;
    // News in a sentence or two.
    if (slug && is_declared_article(head, signs.ld) && prints_headline(signs.page)) score += 0.5;
    if (parts->path == "/") score -= 3;
  }
  int paragraphs = 0;
  std::uint32_t chars = caption_chars(signs);
  // A photo story says all it says in captions.
  if (chars >= least_photo_story) paragraphs = 3;
  int brief = 0;
  for (const auto& kept : signs.kept) {
    chars += kept.block.chars;
    if (kept.block.prose() >= long_paragraph) ++paragraphs;
    if (kept.block.prose() > 0) ++brief;
  }
  // Some papers write short paragraphs; under a printed headline of some length many are a text.
  if (brief >= least_brief_paragraphs && prints_headline(signs.page))
    paragraphs = std::max(paragraphs, 1);
  score += paragraphs >= 3 ? 1.5 : paragraphs >= 1 ? 0.5 : -1.5;
  score += chars > 1200 ? 0.5 : chars < 400 ? -1 : 0;
  return score;
}

std::optional<NotAnArticle> why_no_article(const PageSigns& signs) {
  const auto& page = signs.page;
  const auto parts = parse_url(signs.page.url);
  if (parts && parts->path == "/" && parts->query.empty())
    return NotAnArticle{PageKind::home, "the address is the site's root"};

  std::size_t body = 0;
  for (const auto& kept : signs.kept) body += kept.text.size();
  const auto h1 = page.headline == Dom::none ? std::string() : page.dom.text(page.headline);
  const bool declared = is_declared_article(page.head, signs.ld);

  if (body < longest_error_page && !declared && (says_missing(page.head.title) || says_missing(h1)))
    return NotAnArticle{PageKind::soft_404, "the page says that there is no such page"};
  const auto canonical = resolve_url(signs.page.url, page.head.canonical);
  const auto target = canonical ? parse_url(*canonical) : std::nullopt;
  if (!page.head.canonical.empty() && !declared && target && target->path == "/" &&
      target->query.empty() && same_site(*canonical, signs.page.url) && parts && has_slug(*parts))
    return NotAnArticle{PageKind::soft_404, "the page names the site's root as its address"};
  if (body < longest_notice && !declared &&
      (says_maintenance(page.head.title) || says_maintenance(h1)))
    return NotAnArticle{PageKind::other, "the page says that the site is worked on"};
  if (!declared && (says_consent(page.head.title) || says_consent(h1)))
    return NotAnArticle{PageKind::consent, "the page asks for consent"};

  // Counted only where it is asked: most pages are articles beyond doubt.
  const auto links = [&] { return count_links(page.dom, page.body, least_words_of_headline); };
  if (article_score(signs) < least_article_score && links() >= least_list_links)
    return NotAnArticle{PageKind::listing,
                        "many headlines link away and little text stands by itself"};
  if (!signs.is_article_address && !has_own_headline(signs) && !is_left_out("own-headline")) {
    if (count_summaries(page, signs.clean, signs.kept).make_the_text())
      return NotAnArticle{PageKind::listing, "its paragraphs tell what links over them lead to"};
    if (const int all = links(); all >= least_list_links && is_all_headlines(signs, all))
      return NotAnArticle{PageKind::listing, "many headlines link away and none is its own"};
  }
  if (body >= least_body || (declared && caption_chars(signs) >= least_photo_story))
    return std::nullopt;
  if (signs.ld.is_accessible_for_free == false)
    return NotAnArticle{PageKind::paywall, "the text is declared not to be free, and is not here"};
  if (signs.ld.is_video || page.head.first({"og:type"}).starts_with("video"))
    return NotAnArticle{PageKind::video, "a video without text"};
  if (links() >= least_list_links ||
      (signs.kept.empty() && count_links(page.dom, page.body, 1) >= least_list_links))
    return NotAnArticle{PageKind::listing, "links that lead away, and no paragraphs"};
  if (signs.kept.empty())
    return NotAnArticle{PageKind::other, "the page has no paragraphs of text", Lack::body};
  if (!declared && count_links(page.dom, page.body, 1) >= least_stub_links)
    return NotAnArticle{PageKind::listing, "links, and a line of text at most"};
  return std::nullopt;
}

}  // namespace tinwatch::parsers
