#include "event_data.hpp"

#include "core/text.hpp"
#include "core/time.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace tinwatch::crawl {
namespace {

namespace json = boost::json;

// Standard Webhooks: a body stays below 20 kB. Each budget is in bytes of JSON; the largest event
// has what article_event_data gives, a name, both lists of words, and one of the last three.
constexpr std::size_t name_bytes = 300;
constexpr std::size_t added_bytes = 2500;
constexpr std::size_t removed_bytes = 2500;
constexpr std::size_t hits_bytes = 5000;
constexpr std::size_t copies_bytes = 5000;
constexpr std::size_t copied_headline_bytes = 300;

/// As many from the front as fit into `limit` bytes of JSON.
class Fitting {
 public:
  Fitting(json::array& out, std::size_t limit) : out_(out), room_(limit) {}

  /// False: it does not fit any more.
  bool add(const json::value& item) {
    const auto bytes = json::serialize(item).size() + 1;
    if (bytes > room_) return false;
    room_ -= bytes;
    out_.push_back(item);
    return true;
  }

 private:
  json::array& out_;
  std::size_t room_;
};

json::array some(const std::vector<std::string>& words, std::size_t limit) {
  json::array out;
  Fitting fitting(out, limit);
  for (const auto& word : words)
    if (!fitting.add(json::string(fitted(word, name_bytes)))) break;
  return out;
}

json::object summary(const monitor::Change& change, int returns_to) {
  json::object out{{"fields", json::array(change.fields.begin(), change.fields.end())},
                   {"class", label(change.change_class)},
                   {"significance", change.significance},
                   {"wordsAdded", change.words_added.size()},
                   {"wordsRemoved", change.words_removed.size()}};
  if (change.paywall) out["paywall"] = *change.paywall;
  if (change.alternates) out["alternates"] = true;
  if (returns_to > 0) out["returnsTo"] = returns_to;
  return out;
}

}  // namespace

std::string article_data(const EventArticle& article) {
  return json::serialize(article_event_data(article));
}

std::string revised_data(const EventArticle& article, const monitor::Change& change,
                         int returns_to) {
  auto out = article_event_data(article);
  auto item = summary(change, returns_to);
  item["added"] = some(change.words_added, added_bytes);
  item["removed"] = some(change.words_removed, removed_bytes);
  out["change"] = std::move(item);
  return json::serialize(out);
}

std::string story_data(const EventArticle& article, const monitor::Change& change,
                       const std::vector<storage::CopyView>& copies) {
  auto out = article_event_data(article);
  out["change"] = summary(change, 0);
  Fitting items(out["copies"].emplace_array(), copies_bytes);
  for (const auto& copy : copies) {
    json::object item{{"id", copy.id},
                      {"source", copy.source},
                      {"url", copy.url},
                      {"headline", fitted(copy.headline, copied_headline_bytes)},
                      {"firstSeenAt", to_rfc3339(copy.first_seen_at)}};
    if (copy.published_at) item["datePublished"] = to_rfc3339(*copy.published_at);
    if (!items.add(item)) break;
  }
  return json::serialize(out);
}

std::string moved_data(const EventArticle& article, const std::string& from) {
  auto out = article_event_data(article);
  out["from"] = from;
  out["to"] = article.url;
  return json::serialize(out);
}

std::string hit_data(const EventArticle& article, const std::string& watch,
                     const std::string& title, const watch::WatchHit& hit) {
  auto out = article_event_data(article);
  put_watch(out, watch, title);
  out["transition"] = watch::label(hit.transition);
  Fitting hits(out["hits"].emplace_array(), hits_bytes);
  for (const auto& found : hit.hits) {
    const json::object item{{"field", found.field},
                            {"offset", found.offset},
                            {"words", fitted(found.words, name_bytes)}};
    if (!hits.add(item)) break;
  }
  return json::serialize(out);
}

std::string change_json(const monitor::Change& change, int returns_to) {
  return json::serialize(summary(change, returns_to));
}

}  // namespace tinwatch::crawl
