#include "monitor/same_article.hpp"

#include "core/text.hpp"
#include "monitor/near_duplicate.hpp"

namespace tinwatch::monitor {
namespace {

double least_likeness(Bond bond) { return bond == Bond::carried ? 0.75 : 0.9; }

bool have_same_date(const ArticleRecord& a, const ArticleRecord& b) {
  return !a.date_published || !b.date_published ||
         a.date_published->time.at == b.date_published->time.at;
}

}  // namespace

bool is_same_article(const ArticleRecord& known, const ArticleRecord& shown, Bond bond) {
  const auto headline = words(known.headline);
  if (headline.empty() || headline != words(shown.headline)) return false;
  const auto a = signature_of(known);
  const auto b = signature_of(shown);
  const bool is_long = a && b;
  const bool is_equal = words(known.article_body()) == words(shown.article_body());
  if (bond == Bond::none) return is_long && is_equal && have_same_date(known, shown);
  return is_equal || (is_long && likeness(a->bytes(), b->bytes()) >= least_likeness(bond));
}

}  // namespace tinwatch::monitor
