#include "alerts/compose.hpp"

#include "core/record.hpp"
#include "core/url.hpp"
#include "edits.hpp"
#include "event_fields.hpp"
#include "sample.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <exception>
#include <utility>

namespace tinwatch::alerts {
namespace {

namespace json = boost::json;

constexpr std::size_t most_stories = 50;
constexpr std::size_t most_sentences = 10;

/// What an event adds to the story of its article.
struct Telling {
  EventType type = EventType::article_published;
  Event event;
  json::object data;
};

/// Nothing for a damaged event, or one of a type that this version does not know.
std::optional<Telling> telling_of(const Event& event) {
  Telling out;
  const auto type = event_type_from(event.type);
  boost::system::error_code error;
  auto data = json::parse(event.data, error);
  if (event.is_damaged || !type || error || !data.is_object()) return std::nullopt;
  out.type = *type;
  out.event = event;
  out.data = std::move(data.get_object());
  return out;
}

/// How much an event says of what happened; the greatest names the story.
int weight_of(EventType type) {
  switch (type) {
    case EventType::article_removed: return 8;
    case EventType::article_returned: return 7;
    case EventType::article_moved: return 6;
    case EventType::article_missing: return 5;
    case EventType::article_published: return 4;
    case EventType::article_revised: return 3;
    case EventType::story_edited: return 2;
    case EventType::watch_hit: return 0;
    case EventType::source_silent:
    case EventType::source_unreachable:
    case EventType::source_drifted:
    case EventType::source_recovered:
    case EventType::receiver_failing:
    case EventType::receiver_disabled:
    case EventType::receiver_recovered:
    case EventType::store_full: return 1;
  }
  return 0;
}

/// A hit stands for what happened to its article, where no other event says it.
EventType meaning_of(const Telling& telling) {
  if (telling.type != EventType::watch_hit) return telling.type;
  const auto reason = text_at(telling.data, "reason");
  if (reason == "removed") return EventType::article_removed;
  if (reason == "returned") return EventType::article_returned;
  return number_at(telling.data, "revision") <= 1 ? EventType::article_published
                                                  : EventType::article_revised;
}

void add_hits(const json::object& data, Story& story) {
  const auto* hits = data.if_contains("hits");
  if (!hits || !hits->is_array()) return;
  std::vector<std::pair<Passage, std::vector<std::string>>> sentences;  // and the words in each
  for (const auto& hit : hits->get_array()) {
    if (!hit.is_object()) continue;
    const auto& item = hit.get_object();
    const auto sentence = text_at(item, "sentence");
    const auto field = text_at(item, "field");
    auto found = std::find_if(sentences.begin(), sentences.end(), [&](const auto& one) {
      return one.first.runs.front().text == sentence && one.first.field == field;
    });
    if (found == sentences.end())
      found =
          sentences.insert(sentences.end(), {Passage{field, {{Run::Fate::same, sentence}}}, {}});
    found->second.push_back(text_at(item, "words"));
  }
  for (const auto& [passage, words] : sentences) {
    Passage out{passage.field, marked(passage.runs.front().text, words)};
    auto& all = story.sentences;
    if (all.size() < most_sentences && std::find(all.begin(), all.end(), out) == all.end())
      all.push_back(std::move(out));
  }
}

void add_change(const json::object& data, Story& story) {
  const auto* change = object_at(data, "change");
  if (!change) return;
  story.change = change_of(data);
  story.disclosed = flag_at(*change, "disclosed");
  story.alternates = flag_at(*change, "alternates");
  const auto* carried = object_at(data, "carried");
  if (!carried) return;
  std::int64_t copies = 0;
  for (const auto& [words, count] : *carried)
    if (count.is_int64()) copies += count.get_int64();
  story.stale_copies.emplace(number_at(*carried, "old"), copies);
}

/// Adds what the event says; the first event has begun the story.
void add(const Telling& telling, Story& story) {
  const auto& data = telling.data;
  const auto meaning = meaning_of(telling);
  if (weight_of(meaning) > weight_of(story.type)) story.type = meaning;
  if (telling.event.at > story.at) story.last = telling.event.at;
  if (const auto* article = object_at(data, "article")) {
    story.headline = text_at(*article, "headline");
    if (auto url = text_at(*article, "url"); parse_url(url)) story.url = std::move(url);
  }
  story.to = std::max(story.to, static_cast<int>(number_at(data, "revision")));
  add_change(data, story);
  if (const auto transition = transition_of(data)) {
    if (const auto* watch = object_at(data, "watch"))
      story.watches.push_back({text_at(*watch, "name"), text_at(*watch, "title"), *transition, 0});
    add_hits(data, story);
  }
  story.severity = std::max(story.severity, severity_of(telling.type, data));
  if (story.headline.empty()) story.reason = text_at(data, "reason");
}

Story begin_story(const Telling& telling, const LetterRequest& request) {
  Story out;
  out.type = meaning_of(telling);
  out.severity = Severity::low;
  out.at = telling.event.at;
  out.id = telling.event.article;
  out.from = static_cast<int>(number_at(telling.data, "revision")) - 1;
  const auto title = request.sources.find(telling.event.source);
  out.source = title == request.sources.end() ? telling.event.source : title->second;
  return out;
}

/// What was edited since the receiver was told of the article; nothing of what it does not know.
void compare(const storage::Reader& reader, int told, Story& story) {
  if (story.to < 1) return;
  const auto after = reader.revision(story.id, story.to);
  if (!after) return;
  story.previous_check = after->not_before;
  const bool is_edit = story.change || story.type == EventType::article_revised;
  if (told > 0 && told < story.to) story.from = told;
  if (!is_edit || story.from < 1) return;
  const auto before = reader.revision(story.id, story.from);
  if (!before) return;
  try {
    auto edits = edits_between(record_from_json(before->record), record_from_json(after->record));
    story.edits = std::move(edits.passages);
    story.further_edits = edits.further;
  } catch (const std::exception&) {
    // A damaged revision is told of without its edits; `tinwatch verify` says what is wrong with
    // it.
  }
}

void count(const Telling& telling, Letter& letter) {
  const auto* watch = object_at(telling.data, "watch");
  const auto title = watch ? text_at(*watch, "title") : std::string();
  auto& counts = letter.counts;
  auto found = std::find_if(counts.begin(), counts.end(), [&](const Count& one) {
    return one.type == telling.type && one.watch == title;
  });
  if (found == counts.end()) found = counts.insert(counts.end(), {telling.type, title, 0});
  ++found->deliveries;
}

/// Gathers the stories of a letter, event by event: a flood of them is not in memory at once.
class Writing {
 public:
  /// `reader`: null where there is nothing to compare.
  Writing(const storage::Reader* reader, const LetterRequest& request)
      : reader_(reader), request_(request) {
    out_.id = request.id;
    out_.at = request.at;
    out_.is_summary = request.is_summary;
  }

  /// Whether the letter tells of it; of a damaged one it cannot.
  bool take(const Event& event) {
    const auto telling = telling_of(event);
    if (!telling) return false;
    tell(*telling);
    return true;
  }
  void leave_out(std::int64_t row) { out_.damaged.push_back(row); }

  Letter end() {
    auto snoozed = request_.snoozed;
    for (auto& story : out_.stories)
      for (auto& watch : story.watches)
        if (const auto found = snoozed.find(watch.name); found != snoozed.end())
          watch.snoozed = std::exchange(found->second, 0);
    for (auto& story : out_.stories) {
      if (!reader_ || story.id.empty()) continue;
      const bool is_known = !request_.receiver.empty();
      compare(*reader_, is_known ? reader_->told_revision(request_.receiver, story.id) : 0, story);
    }
    return std::move(out_);
  }

 private:
  void tell(const Telling& telling) {
    const auto& article = telling.event.article;
    ++out_.deliveries;
    count(telling, out_);
    const auto known = article.empty() ? places_.end() : places_.find(article);
    if (known != places_.end()) return add(telling, out_.stories[known->second]);
    ++out_.stories_in_all;
    if (out_.stories.size() == most_stories) return;
    if (!article.empty()) places_.emplace(article, out_.stories.size());
    add(telling, out_.stories.emplace_back(begin_story(telling, request_)));
  }

  const storage::Reader* reader_;
  const LetterRequest& request_;
  std::map<std::string, std::size_t> places_;  // of articles' stories
  Letter out_;
};

}  // namespace

Letter compose(const storage::Reader& reader, LetterRequest request) {
  Writing writing(&reader, request);
  for (const auto delivery : request.deliveries) {
    const auto event = reader.event_of(delivery);
    if (!event || !writing.take(*event)) writing.leave_out(delivery);
  }
  return writing.end();
}

std::optional<Sample> compose_sample(const storage::Reader& reader, std::string event_id,
                                     LetterRequest request) {
  Sample out;
  if (event_id.empty()) {
    out.event = sample_event(request.id, request.at);
    out.letter = sample_letter(request.id, request.at);
    return out;
  }
  const auto event = reader.event(event_id);
  if (!event) return std::nullopt;
  Writing writing(&reader, request);
  writing.take(*event);
  out.event = *event;
  out.letter = writing.end();
  return out;
}

Sample compose_own(const Event& event, const LetterRequest& request) {
  Sample out;
  out.event = event;
  Writing writing(nullptr, request);
  writing.take(event);
  out.letter = writing.end();
  return out;
}

}  // namespace tinwatch::alerts
