#include "article/date_elements.hpp"

#include "article/date_sources.hpp"
#include "core/text.hpp"
#include "core/url.hpp"
#include "regex.hpp"
#include "rules.hpp"

#include <re2/re2.h>
#include <unordered_map>

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;

constexpr std::size_t longest_printed = 120;  // bytes

bool names_publication(std::string_view name) {
  return name.ends_with("datePublished") || name.ends_with("dateCreated") ||
         name.ends_with("dc:date") || name.ends_with("dcterms:issued");
}

}  // namespace

std::optional<PrintedDate> DateElements::read(std::string_view text) const {
  return read_day(text, context_);
}

std::optional<PrintedDate> DateElements::read_named(Index at) const {
  for (const auto* name : {"datetime", "content", "title"})
    if (auto date = read(dom_.attribute(at, name))) return date;
  return read(dom_.brief_text(at, longest_printed));
}

std::optional<PrintedDate> DateElements::with_itemprop() {
  std::optional<PrintedDate> foreign;
  bool several = false;
  for (Index i = page_.body; i < dom_[page_.body].end; ++i) {
    const bool named = names_publication(dom_.attribute(i, "itemprop")) ||
                       names_publication(dom_.attribute(i, "property"));
    if (!named || places_.in_other_article(i)) continue;
    dom_.step(steps_a_date);
    auto date = read_named(i);
    if (!date) continue;
    if (!places_.is_foreign(i)) return date;
    several = several || (foreign && local_day(*foreign) != local_day(*date));
    if (!foreign) foreign = std::move(date);
  }
  return several ? std::nullopt : foreign;
}

std::optional<PrintedDate> DateElements::marked_time(bool marked) {
  static const RE2 published(R"((?i)publi|pubdate|posted|entry-date|created)");
  for (Index i = page_.body; i < dom_[page_.body].end; ++i) {
    if (dom_[i].tag != GUMBO_TAG_TIME) continue;
    dom_.step(steps_a_date);
    if (marked && dom_.attribute(i, "pubdate").data() == nullptr) {
      const auto names = dom_.names(i);
      if (!RE2::PartialMatch(names, published) || names.find("updated") != names.npos) continue;
    }
    if (places_.in_other_article(i)) continue;
    const auto declared = dom_.attribute(i, "datetime");
    if (auto date = read(declared)) {
      if (!is_time_of_build(declared)) return date;
      continue;
    }
    if (auto date = read(dom_.brief_text(i, longest_printed))) return date;
  }
  return std::nullopt;
}

bool DateElements::is_time_of_build(std::string_view declared) {
  if (!times_of_build_) {
    times_of_build_.emplace();
    std::unordered_map<std::string_view, std::chrono::sys_days> days;
    for (Index i = page_.body; i < dom_[page_.body].end; ++i) {
      if (dom_[i].tag != GUMBO_TAG_TIME) continue;
      dom_.step(steps_a_date);
      const auto moment = dom_.attribute(i, "datetime");
      const auto printed = read(dom_.brief_text(i, longest_printed));
      if (moment.empty() || !printed) continue;
      const auto day = local_day(*printed);
      if (days.try_emplace(moment, day).first->second != day) times_of_build_->insert(moment);
    }
  }
  return times_of_build_->contains(declared) && !is_left_out("times-of-build");
}

std::optional<PrintedDate> DateElements::only_time() const {
  std::optional<PrintedDate> out;
  for (Index i = page_.body; i < dom_[page_.body].end; ++i) {
    if (dom_[i].tag != GUMBO_TAG_TIME) continue;
    dom_.step(steps_a_date);
    const auto declared = dom_.attribute(i, "datetime");
    auto date = declared.empty() ? read(dom_.brief_text(i, longest_printed)) : read(declared);
    if (!date) continue;
    if (out && out->time.at != date->time.at) return std::nullopt;
    out = std::move(date);
  }
  return out;
}

std::optional<PrintedDate> DateElements::in_link_to_itself() const {
  const auto own = parse_url(page_.url);
  const auto name = own ? own->path.substr(own->path.rfind('/', own->path.size() - 2) + 1) : "";
  if (name.empty() || is_left_out("own-link")) return std::nullopt;
  for (Index i = page_.body; i < dom_[page_.body].end; ++i) {
    if (dom_[i].tag != GUMBO_TAG_A) continue;
    const auto href = dom_.attribute(i, "href");
    // A part of the page (`#comments`) is named by other dates.
    if (href.find(name) == href.npos || href.find('#') != href.npos) continue;
    dom_.step(steps_an_address);
    if (resolve_url(page_.url, href) != page_.url) continue;
    for (Index k = i + 1; k < dom_[i].end; ++k) {
      if (!dom_[k].is_text || !dom_[k].run.has_digit || dom_[k].text.size() > longest_printed)
        continue;
      dom_.step(steps_a_date);
      const auto text = squeeze(dom_[k].text);
      if (!is_date_line(text)) continue;
      if (auto date = read(text)) return date;
    }
  }
  return std::nullopt;
}

void DateElements::take_printed_offset(PrintedDate& declared) const {
  if (declared.time.offset != std::chrono::minutes{0}) return;
  for (Index i = page_.body; i < dom_[page_.body].end; ++i) {
    if (dom_[i].tag != GUMBO_TAG_TIME) continue;
    dom_.step(steps_a_date);
    const auto printed = read(dom_.attribute(i, "datetime"));
    if (!printed || printed->time.at != declared.time.at) continue;
    declared.time.offset = printed->time.offset;
    return;
  }
}

}  // namespace tinwatch::parsers
