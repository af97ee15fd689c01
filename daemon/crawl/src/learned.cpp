#include "learned.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string_view>

namespace tinwatch::crawl {
namespace {

using namespace std::chrono_literals;
using parsers::LearnedTemplates;
using parsers::Link;
using parsers::TemplateVotes;

constexpr double known_from = 2;  // votes
constexpr double least_against = 3;
constexpr double least_to_one = 4;  // votes against for each vote for it

constexpr std::size_t least_alike = 3;  // links of one form, so that trying one tells something
constexpr std::size_t tried_of_a_form = 2;
constexpr std::size_t most_tried = 6;
constexpr int least_points = -3;  // what less speaks for is no article anywhere

TemplateVotes votes_of(const LearnedTemplates& learned, const std::string& address_template) {
  const auto known = learned.find(address_template);
  return known == learned.end() ? TemplateVotes{} : known->second;
}

bool is_known(const TemplateVotes& votes) { return votes.articles + votes.others >= known_from; }

}  // namespace

LearnedTemplates votes_in(const std::vector<storage::LearnedTemplate>& learned) {
  LearnedTemplates out;
  for (const auto& one : learned)
    out.emplace(one.address_template, TemplateVotes{one.articles, one.others});
  return out;
}

bool shows_no_articles(const TemplateVotes& votes) {
  return votes.others >= least_against && votes.others >= least_to_one * votes.articles;
}

std::vector<const Link*> links_to_try(const std::vector<Link>& links,
                                      const LearnedTemplates& learned, bool follows_lists) {
  std::map<std::string_view, std::size_t> alike;
  std::vector<const Link*> likely;
  for (const auto& link : links) {
    ++alike[link.address_template];
    const bool was_weighed = link.points != 0;
    const bool is_left = link.kind == parsers::UrlKind::other ||
                         (link.kind == parsers::UrlKind::listing && !follows_lists);
    if (is_left && was_weighed && link.points >= least_points &&
        !is_known(votes_of(learned, link.address_template)))
      likely.push_back(&link);
  }
  std::stable_sort(likely.begin(), likely.end(),
                   [](const Link* a, const Link* b) { return a->points > b->points; });
  std::map<std::string_view, std::size_t> tried;
  std::vector<const Link*> out;
  for (const auto* const link : likely) {
    if (out.size() == most_tried) break;
    if (alike[link->address_template] < least_alike ||
        tried[link->address_template]++ >= tried_of_a_form)
      continue;
    out.push_back(link);
  }
  return out;
}

void put_in_order(std::vector<storage::FoundUrl>& found, const LearnedTemplates& learned) {
  std::map<std::string, std::size_t> unknown;
  for (auto& one : found) {
    if (!one.names_article() || one.is_sure) continue;
    const auto form = parsers::address_template(one.url);
    const auto votes = votes_of(learned, form);
    if (shows_no_articles(votes)) one.hope = storage::FoundUrl::Hope::little;
    if (!is_known(votes) && ++unknown[form] > tried_of_a_form) one.wait = 1s;
  }
}

}  // namespace tinwatch::crawl
