#include "event_data.hpp"

#include "core/time.hpp"

#include <boost/json.hpp>

namespace tinwatch::pipeline {
namespace {

namespace json = boost::json;

constexpr std::size_t most_words = 400;  // Standard Webhooks: keep a body below 20 kB

json::object base(const EventArticle& article) {
  json::object item;
  item["id"] = article.id;
  item["source"] = article.source;
  item["url"] = article.url;
  const auto& record = *article.record;
  if (!record.identifier.empty()) item["identifier"] = record.identifier;
  item["headline"] = record.headline;
  if (record.date_published) item["datePublished"] = record.date_published->text();
  if (!record.article_section.empty())
    item["articleSection"] =
        json::array(record.article_section.begin(), record.article_section.end());
  if (!record.description.empty()) item["description"] = record.description;
  return {{"article", std::move(item)}, {"revision", article.revision}};
}

json::array some(const std::vector<std::string>& words) {
  const auto count = static_cast<std::ptrdiff_t>(std::min(words.size(), most_words));
  return json::array(words.begin(), words.begin() + count);
}

json::object summary(const monitor::Change& change, int returns_to) {
  json::object out{{"fields", json::array(change.fields.begin(), change.fields.end())},
                   {"class", monitor::label(change.change_class)},
                   {"significance", change.significance},
                   {"wordsAdded", change.words_added.size()},
                   {"wordsRemoved", change.words_removed.size()}};
  if (returns_to > 0) out["returnsTo"] = returns_to;
  return out;
}

}  // namespace

std::string article_data(const EventArticle& article) { return json::serialize(base(article)); }

std::string revised_data(const EventArticle& article, const monitor::Change& change,
                         int returns_to) {
  auto out = base(article);
  auto item = summary(change, returns_to);
  item["added"] = some(change.words_added);
  item["removed"] = some(change.words_removed);
  out["change"] = std::move(item);
  return json::serialize(out);
}

std::string story_data(const EventArticle& article, const monitor::Change& change,
                       const std::vector<storage::CopyView>& copies) {
  constexpr std::size_t most_copies = 20;
  auto out = base(article);
  out["change"] = summary(change, 0);
  auto& items = out["copies"].emplace_array();
  for (const auto& copy : copies) {
    if (items.size() == most_copies) break;
    json::object item{{"id", copy.id},
                      {"source", copy.source},
                      {"url", copy.url},
                      {"headline", copy.headline},
                      {"firstSeenAt", to_rfc3339(copy.first_seen_at)}};
    if (copy.published_at) item["datePublished"] = to_rfc3339(*copy.published_at);
    items.push_back(std::move(item));
  }
  return json::serialize(out);
}

std::string moved_data(const EventArticle& article, const std::string& from) {
  auto out = base(article);
  out["from"] = from;
  out["to"] = article.url;
  return json::serialize(out);
}

std::string hit_data(const EventArticle& article, const std::string& watch,
                     const std::string& title, const watch::WatchHit& hit) {
  auto out = base(article);
  out["watch"] = {{"name", watch}, {"title", title}};
  out["transition"] = watch::label(hit.transition);
  auto& hits = out["hits"].emplace_array();
  for (const auto& found : hit.hits)
    hits.push_back(
        json::object{{"field", found.field}, {"offset", found.offset}, {"words", found.words}});
  return json::serialize(out);
}

std::string change_json(const monitor::Change& change, int returns_to) {
  return json::serialize(summary(change, returns_to));
}

}  // namespace tinwatch::pipeline
