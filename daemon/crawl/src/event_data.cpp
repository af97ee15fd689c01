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
constexpr std::size_t flipped_bytes = 2000;
constexpr std::size_t sentence_bytes = 600;
constexpr std::size_t copies_bytes = 5000;
constexpr std::size_t story_words_bytes = 800;
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

/// A long sentence, cut around the words.
std::string around(const std::string& sentence, const std::string& words) {
  if (sentence.size() <= sentence_bytes) return fitted(sentence, sentence_bytes);
  const auto at = sentence.find(words);
  constexpr std::size_t before = sentence_bytes / 3;
  if (at == std::string::npos || at <= before) return fitted(sentence, sentence_bytes);
  auto begin = sentence.find(' ', at - before);
  if (begin == std::string::npos || begin > at) begin = at;
  return fitted("…" + sentence.substr(begin), sentence_bytes);
}

json::object hit_json(const watch::Hit& hit) {
  json::object out{{"field", hit.field},
                   {"offset", hit.offset},
                   {"words", fitted(hit.words, name_bytes)},
                   {"sentence", around(hit.sentence, hit.words)}};
  if (!hit.before.empty()) out["before"] = fitted(hit.before, sentence_bytes);
  if (hit.in_old_text) out["inOldText"] = true;
  return out;
}

json::object summary(const monitor::Change& change, int returns_to) {
  json::object out{{"fields", json::array(change.fields.begin(), change.fields.end())},
                   {"class", label(change.change_class)},
                   {"significance", change.significance},
                   {"disclosed", change.disclosed},
                   {"wordsAdded", change.words_added.size()},
                   {"wordsRemoved", change.words_removed.size()}};
  if (change.paywall) out["paywall"] = *change.paywall;
  if (change.alternates) out["alternates"] = true;
  if (returns_to > 0) out["returnsTo"] = returns_to;
  return out;
}

/// The copy that was edited to the new words before all others.
const storage::CopyView* first_with_new_words(const std::vector<storage::CopyView>& copies,
                                              const monitor::CopiesCarry& carry) {
  const storage::CopyView* out = nullptr;
  for (const auto& copy : copies) {
    const auto words = carry.find(copy.id);
    if (words == carry.end() || words->second != monitor::CopyWords::after || !copy.edited_at)
      continue;
    if (!out || *copy.edited_at < *out->edited_at) out = &copy;
  }
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
                       const std::vector<storage::CopyView>& copies,
                       const monitor::CopiesCarry& carry, Instant now) {
  auto out = article_event_data(article);
  auto item = summary(change, 0);
  item["added"] = some(change.words_added, story_words_bytes);
  item["removed"] = some(change.words_removed, story_words_bytes);
  out["change"] = std::move(item);
  std::map<monitor::CopyWords, std::int64_t> counts;
  for (const auto& [id, words] : carry) ++counts[words];
  json::object counted;
  for (const auto words :
       {monitor::CopyWords::before, monitor::CopyWords::after, monitor::CopyWords::neither})
    counted[monitor::label(words)] = counts[words];
  out["carried"] = std::move(counted);
  if (const auto* first = first_with_new_words(copies, carry))
    out["follows"] = {
        {"id", first->id},
        {"source", first->source},
        {"editedAt", to_rfc3339(*first->edited_at)},
        {"delaySeconds",
         std::chrono::duration_cast<std::chrono::seconds>(now - *first->edited_at).count()}};
  Fitting items(out["copies"].emplace_array(), copies_bytes);
  for (const auto& copy : copies) {
    json::object shown{{"id", copy.id},
                       {"source", copy.source},
                       {"url", copy.url},
                       {"headline", fitted(copy.headline, copied_headline_bytes)},
                       {"firstSeenAt", to_rfc3339(copy.first_seen_at)}};
    if (copy.published_at) shown["datePublished"] = to_rfc3339(*copy.published_at);
    if (const auto words = carry.find(copy.id); words != carry.end())
      shown["carries"] = monitor::label(words->second);
    if (!items.add(shown)) break;
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
                     const std::string& title, const watch::WatchHit& hit,
                     std::string_view reason) {
  auto out = article_event_data(article);
  put_watch(out, watch, title);
  out["transition"] = label(hit.transition);
  if (!reason.empty()) out["reason"] = reason;
  Fitting hits(out["hits"].emplace_array(), hits_bytes);
  for (const auto& found : hit.hits)
    if (!hits.add(hit_json(found))) break;
  if (!hit.flipped.empty()) {
    Fitting flipped(out["flipped"].emplace_array(), flipped_bytes);
    for (const auto& found : hit.flipped)
      if (!flipped.add(hit_json(found))) break;
  }
  return json::serialize(out);
}

std::string change_json(const monitor::Change& change, int returns_to) {
  return json::serialize(summary(change, returns_to));
}

}  // namespace tinwatch::crawl
