#include "parsers/article.hpp"

#include "blocks.hpp"
#include "core/text.hpp"
#include "core/url.hpp"
#include "dates.hpp"
#include "dom.hpp"
#include "furniture.hpp"
#include "json_ld.hpp"

#include <algorithm>
#include <map>
#include <re2/re2.h>

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;

constexpr std::size_t longest_breadcrumb = 500;  // bytes; what is longer is another thing

/// <title>, <meta> and <link> of the head, by name.
struct Head {
  std::map<std::string, std::string> meta;  // property or name, lower case -> content
  std::string title;
  std::string canonical;
  std::string language;
};

Head read_head(const Dom& dom) {
  Head head;
  for (Index i = 0; i < dom.size(); ++i) {
    switch (dom[i].tag) {
      case GUMBO_TAG_HTML: head.language = dom.attribute(i, "lang"); break;
      case GUMBO_TAG_TITLE:
        if (head.title.empty()) head.title = dom.text(i);
        break;
      case GUMBO_TAG_LINK:
        if (iequals(dom.attribute(i, "rel"), "canonical"))
          head.canonical = dom.attribute(i, "href");
        break;
      case GUMBO_TAG_META: {
        auto name = ascii_lower(dom.attribute(i, "property"));
        if (name.empty()) name = ascii_lower(dom.attribute(i, "name"));
        if (!name.empty()) head.meta.emplace(name, squeeze(dom.attribute(i, "content")));
        break;
      }
      default: break;
    }
  }
  return head;
}

std::string meta_of(const Head& head, std::string_view name) {
  const auto found = head.meta.find(std::string(name));
  return found == head.meta.end() ? std::string() : found->second;
}

/// The <h1> that the title repeats; else the first one.
Index find_headline(const Dom& dom, const Head& head) {
  Index first = Dom::none;
  const auto og_title = meta_of(head, "og:title");
  for (Index i = 0; i < dom.size(); ++i) {
    if (dom[i].tag != GUMBO_TAG_H1) continue;
    const auto text = dom.text(i);
    if (text.empty()) continue;
    if (first == Dom::none) first = i;
    if (text == og_title || head.title.starts_with(text)) return i;
  }
  return first;
}

bool has_breadcrumb_name(const Dom& dom, Index at) {
  return dom.names(at).find("breadcrumb") != std::string::npos ||
         ascii_lower(dom.attribute(at, "aria-label")) == "breadcrumb";
}

/// The sections of a breadcrumb: its links, else its text split at ">" and the like.
std::vector<std::string> read_breadcrumb(const Dom& dom) {
  std::vector<std::string> out;
  const auto add = [&](std::string_view part) {
    auto text = squeeze(part);
    const auto folded = fold_case(text);
    if (!text.empty() && folded != "trang chủ" && folded != "home") out.push_back(std::move(text));
  };
  for (Index i = 0; i < dom.size(); ++i) {
    if (dom[i].is_text || !has_breadcrumb_name(dom, i)) continue;
    for (Index a = i; a < dom[i].end; ++a)
      if (dom[a].tag == GUMBO_TAG_A) add(dom.text(a));
    if (!out.empty()) return out;
    auto text = dom.text(i);
    if (text.size() > longest_breadcrumb) return out;
    for (const auto* separator : {"»", "›", "/", "|"})
      for (auto at = text.find(separator); at != std::string::npos; at = text.find(separator))
        text.replace(at, std::string_view(separator).size(), ">");
    for (const auto part : split(text, '>')) add(part);
    return out;
  }
  return out;
}

/// The date and the view counter stand near the headline: the text lines of the page from the
/// breadcrumb on, but none inside a related box, whose dates are those of other articles.
void read_lines_near_headline(const Dom& dom, Index headline, const Site& site,
                              ArticleRecord& record) {
  static const RE2 views_line(
      R"((?i)^(\d[\d.,]*) (?:lượt xem|lượt đọc|views)$|^(?:lượt xem|lượt đọc|views): ?(\d[\d.,]*)$)");
  const Index from = headline > 120 ? headline - 120 : 0;
  const Index to = std::min(dom.size(), headline + 200);
  for (Index i = from; i < to; ++i) {
    if (!dom[i].is_text) continue;
    const auto line = squeeze(dom[i].text);
    if (line.empty() || line.size() > 100) continue;
    bool related = false;
    for (Index up = dom[i].parent; up != Dom::none && !related; up = dom[up].parent)
      related = !dom.contains(up, headline) && is_related_box(dom, up);
    if (related) continue;
    if (!record.date_published && line.find('/') != std::string::npos) {
      record.date_published = parse_date(line, site.utc_offset());
      if (record.date_published) record.provenance["datePublished"] = "text";
    }
    std::string count;
    std::string other;
    if (!record.view_count && RE2::FullMatch(line, views_line, &count, &other)) {
      auto digits = count.empty() ? other : count;
      digits.erase(
          std::remove_if(digits.begin(), digits.end(), [](char c) { return c == '.' || c == ','; }),
          digits.end());
      if (digits.size() < 12) record.view_count = std::stoll(digits);
    }
    if (line.find("Tốc độ") == 0) record.has_audio_reader = true;
  }
}

void read_declared_dates(const Head& head, const std::optional<JsonLdArticle>& ld, const Site& site,
                         ArticleRecord& record) {
  const auto declared = [&](const std::string& ld_text, std::initializer_list<const char*> names,
                            std::string& source) -> std::optional<PrintedDate> {
    if (auto date = parse_date(ld_text, site.utc_offset())) {
      source = "json-ld";
      return date;
    }
    for (const auto* name : names)
      if (auto date = parse_date(meta_of(head, name), site.utc_offset())) {
        source = "meta";
        return date;
      }
    return std::nullopt;
  };
  std::string source;
  if (!record.date_published) {
    record.date_published = declared(ld ? ld->date_published : "",
                                     {"article:published_time", "pubdate", "date"}, source);
    if (record.date_published) record.provenance["datePublished"] = source;
  }
  record.date_modified =
      declared(ld ? ld->date_modified : "", {"article:modified_time", "lastmod"}, source);
  if (record.date_modified) record.provenance["dateModified"] = source;
}

void read_related(const Dom& dom, Index headline, const std::vector<bool>& skip,
                  ArticleRecord& record) {
  for (Index i = 0; i < dom.size(); ++i) {
    if (!skip[i] || dom[i].is_text || dom.contains(i, headline) || !is_related_box(dom, i))
      continue;
    // A heading that opened the box stands before its items.
    const auto end =
        dom[i].parent == Dom::none || dom[i].end - i > 8 ? dom[i].end : dom[dom[i].parent].end;
    for (Index a = i; a < end && record.related_items.size() < 50; ++a) {
      if (dom[a].tag != GUMBO_TAG_A) continue;
      auto url = resolve_url(record.url, dom.attribute(a, "href"));
      auto text = dom.text(a);
      if (!url || text.empty()) continue;
      const bool known = std::any_of(record.related_items.begin(), record.related_items.end(),
                                     [&](const RelatedItem& item) { return item.url == *url; });
      if (!known) record.related_items.push_back({std::move(text), std::move(*url)});
    }
    i = end - 1;
  }
}

/// The lead block stays as printed; `description` is the same without its dateline.
void read_lead(const Head& head, ArticleRecord& record) {
  static const RE2 dateline(R"(^\(([^()]{2,40})\)\s*[-–—]?\s*)");
  auto lead = std::find_if(record.body.begin(), record.body.end(),
                           [](const Block& block) { return block.type == BlockType::lead; });
  if (lead == record.body.end() && !record.body.empty() &&
      record.body.front().type == BlockType::paragraph) {
    const auto& first = record.body.front().text;
    if (RE2::PartialMatch(first, dateline) || first == meta_of(head, "description") ||
        first == meta_of(head, "og:description"))
      lead = record.body.begin();
  }
  if (lead == record.body.end()) {
    record.description = meta_of(head, "og:description");
    if (record.description.empty()) record.description = meta_of(head, "description");
    if (!record.description.empty()) record.provenance["description"] = "meta";
    return;
  }
  lead->type = BlockType::lead;
  std::string text = lead->text;
  std::string line;
  if (RE2::PartialMatch(text, dateline, &line)) {
    record.dateline = line;
    RE2::Replace(&text, dateline, "");
  }
  record.description = text;
  record.provenance["description"] = "text";
}

/// A site's name is what the title carries behind the headline.
std::string site_name(const Head& head, const std::string& headline) {
  auto name = meta_of(head, "og:site_name");
  if (!name.empty() || !head.title.starts_with(headline)) return name;
  const auto rest = std::string_view(head.title).substr(headline.size());
  for (const auto* separator : {" | ", " - ", " – "})
    if (rest.starts_with(separator))
      return std::string(rest.substr(std::string_view(separator).size()));
  return {};
}

PageKind kind_without_article(const std::string& url, const Dom& dom) {
  const auto parts = parse_url(url);
  if (parts && parts->path == "/" && parts->query.empty()) return PageKind::home;
  std::size_t links = 0;
  for (Index i = 0; i < dom.size(); ++i) links += dom[i].tag == GUMBO_TAG_A ? 1 : 0;
  return links >= 10 ? PageKind::listing : PageKind::other;
}

}  // namespace

std::string_view label(PageKind kind) {
  switch (kind) {
    case PageKind::listing: return "listing";
    case PageKind::home: return "home";
    case PageKind::soft_404: return "soft_404";
    case PageKind::other: return "other";
  }
  return "";
}

Result<ArticleRecord, NotAnArticle> extract_article(const Document& document,
                                                    const std::shared_ptr<const Site>& site) {
  const HtmlTree tree(document.html);
  const Dom dom(tree);
  const auto head = read_head(dom);
  const auto ld = read_json_ld(tree.json_ld());
  const auto headline = find_headline(dom, head);
  const auto kind = kind_without_article(document.url, dom);
  if (kind == PageKind::home) return fail(NotAnArticle{kind, "the address is the site's root"});
  if (headline == Dom::none) return fail(NotAnArticle{kind, "the page has no headline (<h1>)"});

  const auto skip = mark_furniture(dom, headline);
  const auto content = find_content(dom, skip, headline);
  if (content == Dom::none) return fail(NotAnArticle{kind, "the page has no paragraphs of text"});

  ArticleRecord record{.url = document.url};
  record.headline = dom.text(headline);
  record.provenance["headline"] = "text";
  if (ld && ld->type != "Article")
    record.page_type = ld->type == "OpinionNewsArticle" || ld->type == "LiveBlogPosting"
                           ? ld->type
                           : "NewsArticle";
  record.in_language = head.language;
  record.site_name = site_name(head, record.headline);
  record.article_section = read_breadcrumb(dom);
  read_lines_near_headline(dom, headline, *site, record);
  read_declared_dates(head, ld, *site, record);

  auto content_skip = skip;
  content_skip[headline] = true;  // it may stand inside the content, and it is not body
  auto found = read_content(dom, content, content_skip, document.url);
  // The lines printed beside the headline are no paragraphs either.
  std::erase_if(found.body, [&](const Block& block) {
    return (record.date_published && block.text == record.date_published->raw) ||
           site->is_chrome(block.text);
  });
  record.body = std::move(found.body);
  record.image = std::move(found.image);
  record.author = std::move(found.author);
  if (!record.author.empty()) record.provenance["author"] = "text";
  if (record.author.empty() && ld) record.author = ld->author;
  read_lead(head, record);
  read_related(dom, headline, skip, record);
  if (record.article_body().empty()) return fail(NotAnArticle{kind, "the page has no body"});

  // A canonical link is believed when it stays on the site and does not lead to its root.
  const auto declared = resolve_url(document.url, head.canonical);
  const auto declared_parts = declared ? parse_url(*declared) : std::nullopt;
  const bool credible =
      declared_parts && same_site(*declared, document.url) && declared_parts->path != "/";
  record.canonical_url = site->canonical(credible ? *declared : document.url);
  record.identifier = site->identifier(document.url);
  if (record.identifier.empty()) record.identifier = site->identifier(record.canonical_url);
  if (!record.identifier.empty()) record.provenance["identifier"] = "url";
  return record;
}

}  // namespace tinwatch::parsers
