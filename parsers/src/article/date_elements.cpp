#include "article/date_elements.hpp"

#include "article/date_sources.hpp"
#include "regex.hpp"

#include <re2/re2.h>

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
    if (auto date = read(dom_.attribute(i, "datetime"))) return date;
    if (auto date = read(dom_.brief_text(i, longest_printed))) return date;
  }
  return std::nullopt;
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
