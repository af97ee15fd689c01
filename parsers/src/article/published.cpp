#include "article/published.hpp"

#include "article/content.hpp"
#include "article/date_elements.hpp"
#include "article/date_places.hpp"
#include "article/date_sources.hpp"
#include "core/text.hpp"
#include "rules.hpp"

#include <re2/re2.h>

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;

constexpr std::uint32_t longest_date_line = 120;  // characters
constexpr std::size_t most_nodes = 12;            // of a line, with digits
constexpr std::size_t longest_opening = 24;       // bytes
constexpr double sure_line = 0.45;                // scores of printed_line
constexpr double doubtful_line = 0.1;             // better than no date at all
constexpr int oldest_year = 1995;

/// A date as good as its score; none has the score 0.
struct ScoredDate {
  std::optional<PrintedDate> date;
  double score = 0;
  bool is_update = false;  // its line says so

  [[nodiscard]] std::optional<PrintedDate> above(double least) const {
    return score > least ? date : std::nullopt;
  }
};

class Finder {
 public:
  Finder(Page& page, const CleanPage& clean, const JsonLd& ld, Index content,
         const Document& document, const DateContext& context)
      : page_(page),
        dom_(page.dom),
        clean_(clean),
        ld_(ld),
        content_(content),
        places_(page, clean, content, end_of_prose(page.dom, clean, content)),
        elements_(page, places_, context),
        document_(document),
        context_(context) {}

  Published find() {
    Published out;
    const auto take = [&](const char* source, std::optional<PrintedDate> date) {
      if (out.published || !date || !is_plausible(*date)) return;
      out.published = std::move(date);
      out.published_source = source;
    };
    // What is looked for last costs the most: nobody looks for it once a date is found.
    const auto look = [&](const char* source, auto find_date) {
      if (!out.published) take(source, find_date());
    };
    const auto meta = [&](const auto& names) {
      for (const auto name : names)
        if (auto date = read(page_.head.first({name}))) return date;
      return std::optional<PrintedDate>();
    };
    const auto second = meta(std::array{"article:published_time", "og:article:published_time"});
    look("json-ld", [&] { return read(ld_.date_published); });
    take("opengraph", second);
    look("opengraph", [&] { return meta(std::array{"article:published"}); });
    look("json-ld", [&] { return read(ld_.page_published); });
    look("microdata", [&] { return elements_.with_itemprop(); });
    look("microdata", [&] { return elements_.marked_time(true); });
    look("meta", [&] { return meta(published_names); });
    // A date in the address is right to the day; a printed line says the minute, but may be of
    // something else. Where they disagree, the address wins.
    const auto printed = printed_line();
    const auto line = printed.above(sure_line);
    const auto shown = printed.above(doubtful_line);
    const auto address = date_in_address(document_.url, context_);
    const bool agree = line && address && local_day(*line) == local_day(*address);
    if (!address || agree) take("text", line);
    take("url", address);
    look("microdata", [&] { return elements_.marked_time(false); });
    // Names that as often mean when the page was built.
    look("meta", [&] { return meta(built_names); });
    look("heuristic", [&] { return date_in_state(document_.html, context_); });
    // The day of the last change is all that some pages say of their age.
    look("json-ld", [&] { return read(ld_.date_modified); });
    look("meta", [&] { return meta(changed_names); });
    look("text", [&] { return posted_sentence(); });
    take("text", shown);
    look("microdata", [&] { return elements_.only_time(); });
    look("text", [&] { return elements_.in_link_to_itself(); });
    // JSON-LD of one day, OpenGraph of another: the one that the page prints.
    if (line && second && out.published && out.published_source == "json-ld" &&
        local_day(*out.published) != local_day(*line) && local_day(*second) == local_day(*line)) {
      out.published = second;
      out.published_source = "opengraph";
    }
    if (line && out.published_source == "json-ld" && is_time_of_build(*out.published) &&
        local_day(*line) < local_day(*out.published) && !printed.is_update &&
        !is_in_other_order(*line, *out.published)) {
      out.published = line;
      out.published_source = "text";
    }
    if (out.published) elements_.take_printed_offset(*out.published);
    if (out.published && shown && out.published_source != "text" &&
        correct_clock(*out.published, *shown))
      out.published_source = "text";

    out.modified = read(ld_.date_modified);
    out.modified_source = "json-ld";
    if (!out.modified) {
      out.modified = meta(modified_names);
      out.modified_source = "meta";
    }
    if (!out.modified && !ld_.page_modified.empty()) {
      out.modified = read(ld_.page_modified);
      out.modified_source = "json-ld";
    }
    return out;
  }

 private:
  [[nodiscard]] std::optional<PrintedDate> read(std::string_view text) const {
    return read_day(text, context_);
  }

  /// Nothing came out after its last change: site builders declare as both when the page was built.
  [[nodiscard]] bool is_time_of_build(const PrintedDate& published) const {
    if (is_left_out("built-later")) return false;
    const auto modified = read(ld_.date_modified);
    return modified && modified->time.at <= published.time.at;
  }

  [[nodiscard]] bool is_plausible(const PrintedDate& date) const {
    if (date.time.at < *civil(oldest_year, 1, 1, 0, 0, 0)) return false;
    return !document_.fetched_at || date.time.at < *document_.fetched_at + std::chrono::days(1);
  }

  /// A short line near the headline that is a date; labels of publication count more than those of
  /// an update, a date class more than none, and distance least of all.
  ScoredDate printed_line() {
    static const RE2 class_name(R"((?i)date|time|publi|posted|meta|byline|ngay|thoigian|\bd\b)");
    ScoredDate best;
    const auto from = page_.headline == Dom::none ? content_ : page_.headline;
    for (std::size_t n = 0; n < clean_.all.size(); ++n) {
      const auto& block = clean_.all[n];
      const auto at = block.owner;
      if (block.chars < 6 || !block.has_digit) continue;
      const bool headed = is_headed(n);
      if (headed ? places_.in_teaser(at) : places_.is_foreign(at) || places_.in_other_article(at))
        continue;
      dom_.step(steps_a_date);
      auto text = clean_.texts[n];
      // "(18.01.2018) Text of the paragraph": a paragraph that opens with its date.
      bool alone = block.words <= 9;
      if (block.chars > longest_date_line || block.words > 25) {
        if (at < from || (text.front() != '(' && !is_digit(text.front()))) continue;
        text.resize(clip(text, longest_opening).size());
        if (const auto dash = text.find(" - "); dash != std::string::npos) text.resize(dash);
        if (const auto end = text.find(')'); end != std::string::npos) text.resize(end);
        alone = true;
      }
      const auto part = published_part(text);
      const bool names_two = part.size() < text.size();
      if (names_two) text = std::string(trim(part));
      if (!has_digit(text)) continue;
      auto date = names_two ? std::nullopt : own_date(block);
      if (!date) date = read(text);
      if (!date || !is_plausible(*date)) date = read(spaced_text(dom_, block, longest_date_line));
      if (!date || !is_plausible(*date)) continue;
      take_declared_order(dom_, block.first, context_, *date);
      const auto distance = static_cast<double>(at > from ? at - from : from - at);
      double score = 1.0 / (1.0 + distance / 100.0);
      score += alone ? 0.4 : 0;
      score += date->precision != DatePrecision::day ? 0.2 : 0;
      score += headed || is_labelled(text) ? 0.3 : 0;
      const bool is_update = is_labelled_update(text);
      score -= is_update ? 0.3 : 0;
      score += RE2::PartialMatch(dom_.names(at), class_name) ? 0.3 : 0;
      score -= !headed && at > dom_[content_].end ? 0.5 : 0;
      const bool inside = dom_.contains(content_, at) && at > from && distance > 60;
      score -= inside ? 0.3 : 0;
      if (score > best.score) {
        date->raw = own_text(block, *date);
        best = {std::move(date), score, is_update};
      }
    }
    return best;
  }

  /// Whether the line before, beside this one in a box of their own, says nothing but "Published".
  [[nodiscard]] bool is_headed(std::size_t n) const {
    if (n == 0 || is_left_out("headed-date")) return false;
    const auto& text = clean_.texts[n - 1];
    const auto box = dom_[clean_.all[n - 1].owner].parent;
    const auto owner = clean_.all[n].owner;
    return text.size() <= longest_opening && is_label_of_publication(text) &&
           (owner == box || dom_[owner].parent == box);
  }

  /// What a template says below the text: "This entry was posted on May 4, 2020 by ...".
  [[nodiscard]] std::optional<PrintedDate> posted_sentence() const {
    for (std::size_t n = 0; n < clean_.all.size(); ++n) {
      const auto& text = clean_.texts[n];
      if (!clean_.all[n].has_digit || !opens_posted_sentence(text)) continue;
      dom_.step(steps_a_date);
      if (auto date = read(clip(text, longest_date_line))) return date;
    }
    return std::nullopt;
  }

  /// The date of a text node of its own on a line with other things: "14:05 2024" and "1305 views"
  /// without a blank between them are two. A line of one node is read as a whole.
  [[nodiscard]] std::optional<PrintedDate> own_date(const TextBlock& block) const {
    if (block.chars > longest_date_line || text_nodes(dom_, block) < 2) return std::nullopt;
    std::optional<PrintedDate> best;
    std::size_t nodes = 0;
    for (Index i = block.first; i < block.end && nodes < most_nodes; ++i) {
      if (!dom_[i].is_text || !dom_[i].run.has_digit) continue;
      ++nodes;
      const auto text = squeeze(dom_[i].text);
      if (text.size() > longest_date_line || !is_date_line(text)) continue;
      auto date = read(text);
      if (date && (!best || date->precision < best->precision)) best = std::move(date);
    }
    return best;
  }

  /// The date as its own text node prints it, without what else stands on the line.
  [[nodiscard]] std::string own_text(const TextBlock& block, const PrintedDate& date) const {
    for (Index i = block.first; i < block.end; ++i) {
      if (!dom_[i].is_text) continue;
      const auto alone = read(squeeze(dom_[i].text));
      if (alone && alone->time == date.time && alone->precision == date.precision)
        return alone->raw;
    }
    return date.raw;
  }

  Page& page_;
  const Dom& dom_;
  const CleanPage& clean_;
  const JsonLd& ld_;
  Index content_;
  DatePlaces places_;
  DateElements elements_;
  const Document& document_;
  const DateContext& context_;
};

}  // namespace

Published find_published(Page& page, const CleanPage& clean, const JsonLd& ld, Index content,
                         const Document& document, const DateContext& context) {
  return Finder(page, clean, ld, content, document, context).find();
}

}  // namespace tinwatch::parsers
