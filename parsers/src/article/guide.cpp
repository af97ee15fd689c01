#include "article/guide.hpp"

#include "article/authors.hpp"
#include "article/clipping.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace tinwatch::parsers {
namespace {

constexpr std::uint32_t longest_anchor = 200;  // characters; anchors are short lines

bool matches_any(const Patterns& patterns, const std::string& text) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const auto& pattern) { return RE2::FullMatch(text, *pattern); });
}

/// A date stands in an attribute or in the text.
std::optional<PrintedDate> date_of(const Dom& dom, Dom::Index at, const DateContext& context) {
  for (const auto* name : {"datetime", "content", "title", "data-time"})
    if (auto date = parse_date(dom.attribute(at, name), context)) return date;
  return parse_date(clip(dom.text(at), 200), context);
}

/// Paragraphs stand side by side in this element; those in the cells of a table do so in it.
Dom::Index flow_of(const Dom& dom, Dom::Index owner) {
  auto parent = dom[owner].parent;
  while (parent != Dom::none &&
         (dom[parent].tag == GUMBO_TAG_TR || dom[parent].tag == GUMBO_TAG_TD))
    parent = dom[parent].parent;
  return parent;
}

/// Whether the text goes on behind this line, which then heads a box in its middle and not what
/// follows it: paragraphs stand there that are set like those before the line, or more of them than
/// before it stand beside the line's box. Before all text no line ends it; a line that stands among
/// the paragraphs themselves always does.
bool text_goes_on(const Dom& dom, const TextBlock& line, const std::vector<BodyBlock>& kept) {
  std::set<std::tuple<GumboTag, std::string, Dom::Index>> before;
  std::set<Dom::Index> round;  // what holds the line's boxes
  if (dom[line.owner].parent != Dom::none)
    for (auto up = dom[dom[line.owner].parent].parent; up != Dom::none; up = dom[up].parent)
      round.insert(up);
  std::uint64_t prose_before = 0;
  std::uint64_t prose_beside = 0;
  for (const auto& one : kept) {
    if (one.is_caption || one.block.prose() == 0) continue;
    const auto flow = flow_of(dom, one.block.owner);
    std::tuple shape(dom[one.block.owner].tag, std::string(dom.attribute(one.block.owner, "class")),
                     flow);
    if (one.block.first < line.first) {
      if (flow == flow_of(dom, line.owner)) return false;
      prose_before += one.block.prose();
      before.insert(std::move(shape));
    } else if (before.contains(shape)) {
      return true;
    } else if (round.contains(flow)) {
      prose_beside += one.block.prose();
    }
  }
  return prose_beside > prose_before;
}

/// The lead as the selector finds it: the block that holds the same text, else a block of its own.
void put_lead(const std::string& text, std::vector<Block>& body) {
  if (text.empty()) return;
  std::erase_if(body, [&](const Block& block) {
    return block.type == BlockType::lead || block.text == text;
  });
  body.insert(body.begin(), {BlockType::lead, text});
}

std::vector<Dom::Index> chosen(const std::optional<Selector>& selector, const Dom& dom) {
  return selector ? selector->select(dom) : std::vector<Dom::Index>();
}

}  // namespace

Guide guide_for(const SiteRules& rules, const Dom& dom, const std::optional<Instant>& fetched_at) {
  for (const auto& set : rules.selectors) {
    if (fetched_at && ((set.valid_from && *fetched_at < *set.valid_from) ||
                       (set.valid_until && *fetched_at >= *set.valid_until)))
      continue;
    Guide out;
    const auto bodies = chosen(set.body, dom);
    if (set.body && bodies.empty()) continue;
    if (!bodies.empty()) out.body = bodies.front();
    out.headline = chosen(set.headline, dom);
    out.lead = chosen(set.lead, dom);
    out.date = chosen(set.date, dom);
    out.author = chosen(set.author, dom);
    out.section = chosen(set.section, dom);
    for (const auto at : chosen(set.caption, dom)) out.drops.emplace_back(at, Drop::media);
    for (const auto at : chosen(set.remove, dom)) out.drops.emplace_back(at, Drop::chrome);
    return out;
  }
  return {};
}

void apply_guide(const Guide& guide, const Dom& dom, const DateContext& context,
                 ArticleRecord& record) {
  const auto from_profile = [&](const char* field) { record.provenance[field] = "profile"; };
  if (!guide.headline.empty())
    if (auto text = dom.text(guide.headline.front()); !text.empty()) {
      record.headline = std::move(text);
      from_profile("headline");
    }
  Skip removed(dom.size(), false);
  for (const auto& [at, why] : guide.drops) removed[at] = true;
  if (!guide.lead.empty()) {
    put_lead(dom.text(guide.lead.front(), removed), record.body);
    from_profile("description");
  }
  for (const auto at : guide.date)
    if (auto date = date_of(dom, at, context)) {
      record.date_published = std::move(date);
      from_profile("datePublished");
      break;
    }
  std::vector<std::string> authors;
  for (const auto at : guide.author)
    for (auto& name : read_authors(dom.text(at)))
      if (std::none_of(authors.begin(), authors.end(),
                       [&](const std::string& other) { return word_key(other) == word_key(name); }))
        authors.push_back(std::move(name));
  if (!authors.empty()) {
    record.author = std::move(authors);
    from_profile("author");
  }
  std::vector<std::string> sections;
  for (const auto at : guide.section)
    if (auto text = dom.text(at); !text.empty()) sections.push_back(std::move(text));
  if (!sections.empty()) {
    record.article_section = std::move(sections);
    from_profile("articleSection");
  }
  if (guide.body != Dom::none) from_profile("body");
}

void cut_at_end_line(const SiteRules& rules, const Page& page, const CleanPage& clean,
                     std::vector<BodyBlock>& kept) {
  if (rules.end_lines.empty() || kept.empty()) return;
  const auto from = page.headline == Dom::none ? kept.front().block.first : page.headline;
  for (std::size_t n = 0; n < clean.all.size(); ++n) {
    const auto& block = clean.all[n];
    if (block.first < from || block.chars > longest_anchor) continue;
    if (!matches_any(rules.end_lines, clean.texts[n])) continue;
    if (text_goes_on(page.dom, block, kept)) continue;
    std::erase_if(kept, [&](const BodyBlock& one) { return one.block.first >= block.first; });
    return;
  }
}

bool says_gone(const SiteRules& rules, const Page& page, const CleanPage& clean) {
  if (rules.missing_lines.empty()) return false;
  if (page.head.title.size() <= longest_field && matches_any(rules.missing_lines, page.head.title))
    return true;
  for (std::size_t n = 0; n < clean.all.size(); ++n)
    if (clean.all[n].chars <= longest_anchor && matches_any(rules.missing_lines, clean.texts[n]))
      return true;
  return false;
}

}  // namespace tinwatch::parsers
