#include "article/surroundings.hpp"

#include "core/text.hpp"
#include "core/url.hpp"
#include "language/patterns.hpp"
#include "language/phrase_set.hpp"
#include "page/line_parts.hpp"
#include "page/phrases.hpp"
#include "regex.hpp"

#include <algorithm>

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;

constexpr std::uint32_t longest_imprint_line = 300;  // characters; more is a paragraph
constexpr std::uint32_t longest_readings = 160;      // characters of a line with a counter
constexpr std::size_t most_related = 50;
constexpr std::size_t most_emails = 20;

std::optional<std::int64_t> count_in(const std::string& printed) {
  std::string digits = printed;
  std::erase_if(digits, [](char c) { return c < '0' || c > '9'; });
  if (digits.empty() || digits.size() > 12) return std::nullopt;
  return std::stoll(digits);
}

/// Whether a box holds teasers: by its name, or because its first line is such a heading.
bool is_related_box(Page& page, Index at) {
  if (page.names.of(at).related) return true;
  const auto tag = page.dom[at].tag;
  if (!is_heading(tag) && tag != GUMBO_TAG_P && tag != GUMBO_TAG_DIV) return false;
  if (page.dom[at].end - at > 6) return false;
  return phrases::opens_related_articles(page.dom.text(at));
}

/// Fills a teaser from what stands between its link and the next teaser's.
void read_teaser(const Page& page, Index from, Index to, const DateContext& context,
                 RelatedItem& item) {
  static const RE2 dateline(R"(^\([^()]{2,40}\)\s*[-–—]?\s*)");
  const auto blocks = [&] {
    std::vector<std::string> out;
    for (Index i = from; i < to; ++i)
      if (page.dom[i].is_text)
        if (auto text = squeeze(page.dom[i].text); !text.empty()) out.push_back(std::move(text));
    return out;
  }();
  for (const auto& text : blocks) {
    if (text == item.headline) continue;
    if (item.date_published.empty() && text.size() < 60) {
      if (const auto date = parse_date(text, {.zone = context.zone})) {
        item.date_published = date->text();
        continue;
      }
    }
    if (item.description.empty() && words(text).size() >= 8) {
      item.description = text;
      RE2::Replace(&item.description, dateline, "");
    }
  }
}

/// Cheap: all that an imprint's lines begin with or hold. Most lines of a page hold none of it.
bool may_be_imprint(const TextBlock& block, std::string_view text) {
  constexpr std::string_view first = "cCeE(\xC2";  // cơ quan, copyright, e-mail, (c), © and ®
  return !text.empty() && (first.find(text.front()) != std::string_view::npos || block.has_digit ||
                           text.find(':') != std::string_view::npos);
}

/// The same of an audio reader's.
bool may_be_reader(std::string_view text) {
  constexpr std::string_view first = "tTnNgG";  // tốc độ, nghe, giọng
  return !text.empty() && first.find(text.front()) != std::string_view::npos;
}

struct ViewPatterns {
  std::string views = language::any_of({language::WordKind::views});
  RE2 alone{R"((?i)^[(\[]?(\d[\d.,\s]*) ?)" + views + "[)\\]]?$|(?i)^" + views +
            R"( ?[:：(]? ?(\d[\d.,]*)\)?$)"};
  RE2 among{R"((?i)(?:^|[|·•–-]\s*)(\d[\d.,]*) ?)" + views + R"(\s*(?:$|[|·•–-]))"};
};

/// Made when a page first counts its readers.
const ViewPatterns& view_patterns() {
  static const ViewPatterns all;
  return all;
}

}  // namespace

void read_readings(Page& page, const CleanPage& clean, const JsonLd& ld, ArticleRecord& record) {
  static const RE2 comments(
      R"((?i)^(\d[\d.,]*) (?:bình luận|comments?)$|^(?:bình luận|comments?) ?\((\d[\d.,]*)\)$)");
  static const RE2 reader(
      R"((?i)^(?:tốc độ(?: đọc)?\s*:|nghe (?:đọc )?bài|nghe audio|giọng (?:nữ|nam)))");
  record.comment_count = ld.comment_count;
  for (std::size_t n = 0; n < clean.all.size(); ++n) {
    const auto& block = clean.all[n];
    if (block.chars > longest_readings) continue;
    const auto& text = clean.texts[n];
    std::string first;
    std::string second;
    const bool counts = block.has_digit;
    // Most lines with a number say nothing of readers.
    const bool counts_views = counts && !record.view_count &&
                              language::phrases_of<language::WordKind::views>().stands_in(text);
    if (counts_views && RE2::FullMatch(text, view_patterns().alone, &first, &second))
      record.view_count = count_in(first + second);
    else if (counts && !record.comment_count && RE2::FullMatch(text, comments, &first, &second))
      record.comment_count = count_in(first + second);
    else if (may_be_reader(text) && RE2::PartialMatch(text, reader))
      record.has_audio_reader = true;
    // A date and a counter may share a line; then the counter is a text node of its own.
    if (record.view_count || !counts_views) continue;
    for (Index i = block.first; i < block.end; ++i)
      if (page.dom[i].is_text && page.dom[i].run.chars > 0 && !record.view_count) {
        auto own = squeeze(page.dom[i].text);
        if (const auto next = counter_from(page.dom, i, block.end); next != Dom::none)
          own += ' ' + squeeze(page.dom[next].text);
        if (RE2::FullMatch(own, view_patterns().alone, &first, &second) ||
            RE2::PartialMatch(own, view_patterns().among, &first))
          record.view_count = count_in(first + second);
      }
  }
}

std::vector<RelatedItem> find_related(Page& page, const CleanPage& clean, Index content,
                                      const DateContext& context) {
  const auto& dom = page.dom;
  std::vector<RelatedItem> out;
  for (Index i = page.body + 1; i < dom[page.body].end && out.size() < most_related;) {
    const bool outside = page.headline == Dom::none || !dom.contains(i, page.headline);
    if (dom[i].is_text || clean.why[i] != Drop::chrome || !outside || dom.contains(i, content) ||
        !is_related_box(page, i)) {
      ++i;
      continue;
    }
    // A heading that opened the box stands before its items.
    const auto end =
        dom[i].end - i > 8 || dom[i].parent == Dom::none ? dom[i].end : dom[dom[i].parent].end;
    std::vector<Index> links;
    std::vector<std::string> texts;
    for (Index a = i; a < end; ++a) {
      if (dom[a].tag != GUMBO_TAG_A) continue;
      auto text = dom.text(a);
      if (text.empty()) continue;
      links.push_back(a);
      texts.push_back(std::move(text));
    }
    for (std::size_t n = 0; n < links.size() && out.size() < most_related; ++n) {
      const auto target = resolve_url(page.url, dom.attribute(links[n], "href"));
      if (!target) continue;
      const bool known = std::any_of(out.begin(), out.end(),
                                     [&](const RelatedItem& item) { return item.url == *target; });
      if (known) continue;
      RelatedItem item{.headline = std::move(texts[n]), .url = *target};
      read_teaser(page, links[n], n + 1 < links.size() ? links[n + 1] : end, context, item);
      out.push_back(std::move(item));
    }
    i = end;
  }
  return out;
}

std::optional<Publisher> read_imprint(const Page& page, const CleanPage& clean,
                                      const DateContext& context) {
  static const RE2 owner(R"((?i)^cơ quan (?:chủ quản|của)\s*:?\s*(.+)$)");
  static const RE2 licence(
      R"((?i)giấy phép[^:\d]*:?\s*(?:số\s*:?\s*)?(\d[\w/.-]*[\p{L}\d])(?:.*?ngày\s+(\d{1,2}[/-]\d{1,2}[/-]\d{4}))?)");
  static const RE2 editor(R"((?i)^(?:quyền )?tổng biên tập\s*:\s*(.+)$)");
  static const RE2 deputy(R"((?i)^phó tổng biên tập\s*:\s*(.+)$)");
  static const RE2 address(R"((?i)^(?:tòa soạn|toà soạn|địa chỉ|trụ sở)[^:]{0,30}:\s*(.+)$)");
  static const RE2 notice(R"(^(?:©|®|\(c\)|Copyright))");
  static const RE2 holder(
      R"((?i)^(?:©|®|\(c\)|copyright|\d{4}|\s)+\s*(.+?)\s+(?:giữ bản quyền.*|all rights reserved.*))");
  Publisher out;
  for (std::size_t n = 0; n < clean.all.size(); ++n) {
    const auto& block = clean.all[n];
    if (block.chars > longest_imprint_line || block.words < 2) continue;
    if (page.headline != Dom::none && block.owner < page.headline) continue;
    const auto& text = clean.texts[n];
    if (!may_be_imprint(block, text)) continue;
    std::string date;
    RE2::FullMatch(text, owner, &out.parent_organization);
    if (out.license_number.empty() && RE2::PartialMatch(text, licence, &out.license_number, &date))
      if (const auto read = parse_date(date, {.zone = context.zone}))
        out.license_date = read->text();
    if (!RE2::FullMatch(text, deputy, &out.deputy_editor_in_chief))
      RE2::FullMatch(text, editor, &out.editor_in_chief);
    RE2::FullMatch(text, address, &out.address);
    if (out.copyright_notice.empty() && RE2::PartialMatch(text, notice)) {
      out.copyright_notice = text;
      RE2::PartialMatch(text, holder, &out.name);
    }
    if (text.find('@') != std::string::npos && fold_case(text).starts_with("email")) {
      static const RE2 email(R"(([\pL\d._%+-]+@[\pL\d.-]+\.\pL{2,}))");
      re2::StringPiece rest(text);
      std::string found;
      while (out.email.size() < most_emails && RE2::FindAndConsume(&rest, email, &found))
        out.email.push_back(found);
    }
  }
  const bool imprint = !out.parent_organization.empty() || !out.license_number.empty() ||
                       !out.editor_in_chief.empty();
  if (!imprint) return std::nullopt;
  return out;
}

}  // namespace tinwatch::parsers
