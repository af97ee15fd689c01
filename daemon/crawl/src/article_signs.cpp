#include "article_signs.hpp"

#include "core/text.hpp"
#include "core/time.hpp"

#include <algorithm>
#include <functional>

namespace tinwatch::crawl {

bool is_dated_later(const std::string& now, const std::string& before) {
  const auto a = parse_rfc822(now);
  const auto b = parse_rfc822(before);
  return a && b && a->at > b->at;
}

bool validators_lied(const storage::Validators& now, const storage::Validators& before) {
  if (!now.etag.empty() || !before.etag.empty()) return now.etag == before.etag;
  return !now.last_modified.empty() && now.last_modified == before.last_modified;
}

bool breaks_off(std::string_view body) {
  constexpr std::size_t tail = 4096;  // bytes in which the end tag stands
  return !contains_in_any_case(body.substr(body.size() - std::min(body.size(), tail)), "</html");
}

std::uint64_t text_hash(const ArticleRecord& record) {
  return std::hash<std::string>{}(record.headline + '\n' + record.article_body());
}

monitor::Sign sign_of(monitor::Doubt doubt) {
  switch (doubt) {
    case monitor::Doubt::replaced: return monitor::Sign::replaced;
    case monitor::Doubt::collapsed:
    case monitor::Doubt::cut_short: return monitor::Sign::hollow;
    case monitor::Doubt::none:
    case monitor::Doubt::earlier_state:
    case monitor::Doubt::field_lost:
    case monitor::Doubt::paywall:
    case monitor::Doubt::restless:
    case monitor::Doubt::rebuilt: return monitor::Sign::well;
  }
  return monitor::Sign::well;
}

std::vector<std::string> differing_fields(const EditorialState& before,
                                          const EditorialState& after) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < before.fields.size(); ++i)
    if (before.fields[i] != after.fields[i]) out.push_back(before.fields[i].name);
  return out;
}

}  // namespace tinwatch::crawl
