#include "parsers/article.hpp"

#include "article/authors.hpp"
#include "article/body.hpp"
#include "article/captions.hpp"
#include "article/clipping.hpp"
#include "article/content.hpp"
#include "article/correction_line.hpp"
#include "article/date_sources.hpp"
#include "article/guide.hpp"
#include "article/headline.hpp"
#include "article/next_page.hpp"
#include "article/page_kind.hpp"
#include "article/provenance.hpp"
#include "article/published.hpp"
#include "article/rescue.hpp"
#include "article/sections.hpp"
#include "article/surroundings.hpp"
#include "core/text.hpp"
#include "core/url.hpp"
#include "language/phrase_set.hpp"
#include "page/boilerplate.hpp"
#include "page/unfilled.hpp"
#include "regex.hpp"

#include <algorithm>

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;

/// The lead block stays as printed; `description` is the same without its dateline.
void read_lead(const Head& head, const SiteRules& rules, ArticleRecord& record) {
  static const RE2 dateline(R"(^\(([^()]{2,40})\)\s*[-–—]?\s*)");
  const auto declared = head.description();
  auto lead = std::find_if(record.body.begin(), record.body.end(),
                           [](const Block& block) { return block.type == BlockType::lead; });
  if (lead == record.body.end()) {
    const auto first = std::find_if(record.body.begin(), record.body.end(), [](const Block& block) {
      return block.type == BlockType::paragraph;
    });
    const bool is_lead = first != record.body.end() &&
                         (RE2::PartialMatch(first->text, dateline) ||
                          (!declared.empty() && word_key(first->text) == word_key(declared)));
    if (is_lead) lead = first;
  }
  const bool printed = lead != record.body.end();
  if (printed) lead->type = BlockType::lead;
  std::string text = printed ? lead->text : declared;
  if (text.empty()) return;
  clip_field(text, record);
  std::string line;
  // "TTO - ", "TPO - "
  const auto take_bare = [&] {
    const auto blank = text.find(' ');
    if (blank == std::string::npos || !record.dateline.empty()) return;
    const auto mark = std::string_view(text).substr(blank);
    if (!mark.starts_with(" - ") && !mark.starts_with(" – ") && !mark.starts_with(" — ")) return;
    static const RE2 capitals(R"(^[\p{Lu}]{2,6}O?$)");
    if (!RE2::FullMatch(piece(std::string_view(text).substr(0, blank)), capitals)) return;
    record.dateline = text.substr(0, blank);
    text = std::string(trim(std::string_view(text).substr(text.find(' ', blank + 1))));
  };
  const auto take_dateline = [&](const RE2& pattern) {
    if (!record.dateline.empty() || !RE2::PartialMatch(text, pattern, &line)) return;
    record.dateline = line;
    RE2::Replace(&text, pattern, "");
  };
  for (const auto& pattern : rules.dateline) take_dateline(*pattern);
  take_dateline(dateline);
  take_bare();
  record.description = text;
  record.provenance.emplace("description", printed ? "text" : "meta");
}

std::string page_type(const JsonLd& ld, const Head& head) {
  if (ld.type == "OpinionNewsArticle" || ld.type == "LiveBlogPosting") return ld.type;
  if (head.first({"og:type"}).starts_with("video")) return "video";
  return "NewsArticle";
}

/// "Theo TTXVN", "Nguồn: Reuters" as the last line.
void read_source(ArticleRecord& record) {
  for (auto block = record.body.rbegin(); block != record.body.rend(); ++block) {
    if (block->type == BlockType::series_link || block->type == BlockType::caption) continue;
    constexpr std::string_view first = "(tTnN";
    if (words(block->text).size() > 6 || block->text.empty() ||
        first.find(block->text.front()) == std::string_view::npos)
      break;
    static const RE2 source(R"(^\(?(?i:theo|nguồn)\s*:?\s+(\p{Lu}[^.()]{1,40})\)?$)");
    if (RE2::FullMatch(block->text, source, &record.source_organization))
      block->type = BlockType::byline;
    break;
  }
}

void read_correction(ArticleRecord& record) {
  if (!record.correction.empty()) return;
  for (const auto& block : record.body) {
    if (!opens_correction(block.text)) continue;
    record.correction = block.text;
    return;
  }
}

void read_addresses(const Document& document, const Head& head, const Site& site,
                    ArticleRecord& record) {
  // A canonical link is believed when it stays on the site and does not lead to its root.
  const auto declared = resolve_url(document.url, head.canonical);
  const auto parts = declared ? parse_url(*declared) : std::nullopt;
  const bool credible =
      !head.canonical.empty() && parts && same_site(*declared, document.url) && parts->path != "/";
  record.canonical_url = site.canonical(credible ? *declared : document.url);
  record.identifier = site.identifier(document.url);
  if (record.identifier.empty()) record.identifier = site.identifier(record.canonical_url);
  if (!record.identifier.empty()) record.provenance["identifier"] = "url";
  if (record.article_section.empty())
    if (auto section = site.section(document.url); !section.empty())
      record.article_section = {std::move(section)};
}

void read_declared(const Head& head, const JsonLd& ld, ArticleRecord& record) {
  record.page_type = page_type(ld, head);
  record.in_language = head.language;
  record.license = ld.license;
  record.robots_meta = head.first({"robots"});
  record.is_accessible_for_free = ld.is_accessible_for_free;
  record.keywords = ld.keywords;
  const auto declared = head.first({"news_keywords", "keywords"});
  if (record.keywords.empty())
    for (const auto part : split(declared, ','))
      if (auto word = squeeze(part); !word.empty()) record.keywords.push_back(std::move(word));
}

}  // namespace

std::string_view label(PageKind kind) {
  switch (kind) {
    case PageKind::listing: return "listing";
    case PageKind::home: return "home";
    case PageKind::soft_404: return "soft_404";
    case PageKind::paywall: return "paywall";
    case PageKind::consent: return "consent";
    case PageKind::video: return "video";
    case PageKind::other: return "other";
  }
  return "";
}

std::string_view label(Lack lack) {
  switch (lack) {
    case Lack::nothing: return "";
    case Lack::headline: return "headline";
    case Lack::body: return "body";
  }
  return "";
}

Result<ArticleRecord, NotAnArticle> extract_article(const Document& document,
                                                    const std::shared_ptr<const Site>& site) {
  WorkBudget budget;
  return extract_article(document, site, budget);
}

Result<ArticleRecord, NotAnArticle> extract_article(const Document& document,
                                                    const std::shared_ptr<const Site>& site,
                                                    WorkBudget& budget) {
  const HtmlTree tree(document.html);
  budget.look();
  const Dom dom(tree, &budget);
  const Head head(dom);
  Page page(dom, head, document.url);
  if (page.body == Dom::none)
    return fail(NotAnArticle{PageKind::other, "the page has no <body>", Lack::body});
  budget.look();
  const auto ld = read_json_ld(tree.json_ld(), {document.url, head.canonical, page.titles});
  budget.look();
  const auto& rules = site->rules();
  const auto guide = guide_for(rules, dom, document.fetched_at);
  const auto clean = drop_boilerplate(page, guide.drops);
  if (says_gone(rules, page, clean))
    return fail(NotAnArticle{PageKind::soft_404, "the site's words for a missing article"});
  budget.look();
  const auto unfilled =
      is_declared_article(head, ld) ? find_unfilled_content(page, clean) : Dom::none;
  auto content = guide.body != Dom::none ? guide.body
                 : unfilled != Dom::none ? unfilled
                                         : find_content(page, clean);
  std::vector<bool> captions;
  std::vector<BodyBlock> kept;
  if (content != Dom::none) {
    captions = find_captions(page, clean, content);
    kept = choose_blocks(page, clean, captions, content);
  }
  cut_at_end_line(rules, page, clean, kept);
  std::erase_if(kept, [](const BodyBlock& one) { return is_placeholder(one.text); });
  if (content == Dom::none) content = page.body;
  budget.look();

  std::size_t shown = 0;
  for (const auto& one : kept) shown += one.text.size();
  const bool told = is_declared_article(head, ld) || is_numbered_address(document.url);
  auto rescue = rescue_body(page, {ld, tree.state(), document.html}, shown, told);
  if (rescue.body.empty() && unfilled == Dom::none)
    if (auto reason =
            why_no_article({page, clean, ld, kept, site->kind(document.url) == UrlKind::article}))
      return fail(std::move(*reason));

  ArticleRecord record{.url = document.url};
  auto headline = find_headline(page, ld);
  if (headline.text.empty())
    return fail(NotAnArticle{PageKind::other, "the page has no headline", Lack::headline});
  record.headline = std::move(headline.text);
  clip_field(record.headline, record);
  record.provenance["headline"] = headline.provenance;
  read_declared(head, ld, record);
  record.site_name = find_site_name(head, record.headline);
  record.article_section = find_sections(page, clean, ld, record.headline);
  read_readings(page, clean, ld, record);

  budget.look();
  // Without a reference: a page must not change because "two hours ago" is read an hour later.
  const DateContext context{.zone = site->zone(),
                            .month_first = prints_month_first(head, document.url)};
  auto dates = find_published(page, clean, ld, content, document, context);
  if ((record.date_published = std::move(dates.published)))
    record.provenance["datePublished"] = dates.published_source;
  if ((record.date_modified = std::move(dates.modified)))
    record.provenance["dateModified"] = dates.modified_source;

  budget.look();
  auto body = read_body(page, clean, content, kept, captions);
  // The lines printed beside the headline are no paragraphs.
  std::erase_if(body.blocks, [&](const Block& block) {
    return (record.date_published && block.text == record.date_published->raw) ||
           site->is_chrome(block.text);
  });
  auto authors = find_authors(page, clean, ld, body, content, record.site_name);
  budget.look();
  record.author = std::move(authors.names);
  drop_portraits(record.author, body.blocks);
  if (!record.author.empty()) record.provenance["author"] = authors.provenance;
  record.alternative_headline = ld.alternative_headline;
  if (record.alternative_headline.empty()) record.alternative_headline = body.deck;
  if (record.alternative_headline.empty()) record.alternative_headline = find_kicker(page);
  record.body = std::move(body.blocks);
  record.image = std::move(body.image);
  // A page that shows no picture may still declare the one that stands for it.
  if (record.image.empty() && !ld.image.empty())
    if (auto address = resolve_url(document.url, ld.image))
      record.image.push_back({.url = std::move(*address)});
  record.provenance["body"] = "heuristic";
  if (!rescue.body.empty()) {
    record.body = std::move(rescue.body);
    record.provenance["body"] = rescue.provenance;
  }
  apply_guide(guide, dom, context, record);
  read_source(record);
  read_lead(head, rules, record);
  read_correction(record);
  record.series = read_series(record.headline, record.body);
  record.related_items = find_related(page, clean, content, context);
  record.publisher = read_imprint(page, clean, context);
  if (!record.publisher && !ld.publisher.empty())
    record.publisher = Publisher{.name = ld.publisher};
  if (record.article_body().empty()) {
    const bool gallery =
        std::any_of(record.body.begin(), record.body.end(),
                    [](const Block& block) { return block.type == BlockType::caption; });
    if (!gallery) return fail(NotAnArticle{PageKind::other, "the page has no body", Lack::body});
    record.page_type = "gallery";
  }
  read_addresses(document, head, *site, record);
  record.next_page = find_next_page(page);
  fill_provenance(head, ld, record);
  clip_text(record);
  budget.look();
  return record;
}

}  // namespace tinwatch::parsers
