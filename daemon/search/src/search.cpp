#include "search/search.hpp"

#include "core/editorial_state.hpp"
#include "search/index_query.hpp"
#include "storage/found_revision.hpp"
#include "storage/text_index.hpp"
#include "watch/watch_set.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace tinwatch::search {
namespace {

namespace json = boost::json;

constexpr std::size_t candidates_a_look = 256;
/// Newer revisions of an article that are asked whether they match too.
constexpr int most_newer = 20;

/// Of a field, in `watch::Field`'s words; a body is long, and a headline says what a text is about.
double weight_of(const std::string& field) {
  static const std::map<std::string, double> weights = {
      {"headline", 8}, {"alternativeHeadline", 4}, {"keywords", 4}, {"description", 3}};
  const auto found = weights.find(field);
  return found == weights.end() ? 1 : found->second;
}

/// How much a text is about what was found in it: the fields count, and how often less and less.
double score_of(const Result& result) {
  std::map<std::string, int> often;
  for (const auto& hit : result.hits) ++often[hit.field];
  double out = 0;
  for (const auto& [field, times] : often) out += weight_of(field) * (1 + std::log(times));
  return out;
}

/// Of a revision's change; empty: of the first, or one that cannot be read.
std::string class_of(const std::string& change) {
  boost::system::error_code fault;
  const auto value = json::parse(change, fault);
  const auto* fields = value.if_object();
  const auto* name = fields == nullptr ? nullptr : fields->if_contains("class");
  return name == nullptr || !name->is_string() ? std::string() : std::string(name->as_string());
}

std::string name_of(const std::string& article, int revision) {
  return "revision " + std::to_string(revision) + " of article " + article;
}

class Search {
 public:
  Search(const storage::Reader& reader, const Question& question)
      : reader_(reader),
        question_(question),
        watches_(watch::WatchSet::compile({{.name = "search", .query = question.query}})) {}

  Page run();

 private:
  /// Nothing: it does not match, or cannot be read, which is noted.
  std::optional<Result> match(const std::string& source, const std::string& article,
                              const storage::RevisionView& revision);
  /// Whether a newer revision is the article's result. `head_matches` is told by the way; one that
  /// cannot be read is not said to be without the words.
  bool is_outdone(const storage::RevisionPlace& place, int head, bool& head_matches);
  std::optional<Result> result_of(const storage::RevisionPlace& place);
  [[nodiscard]] bool is_asked_for(Instant observed_at, const std::string& change) const;
  [[nodiscard]] bool is_tired() const { return passed_ >= most_passed || read_ >= most_read; }
  [[nodiscard]] bool is_full() const {
    return question_.order == Order::newest && page_.results.size() >= question_.limit;
  }
  /// False: it costs more than is left; the page ends before it.
  bool look_at(std::int64_t row);
  Page finished();
  void rank();

  const storage::Reader& reader_;
  const Question& question_;
  std::shared_ptr<const watch::WatchSet> watches_;
  WorkBudget budget_;
  Page page_;
  std::size_t passed_ = 0;
  std::size_t read_ = 0;
  std::set<std::string> damaged_;
  std::set<std::string> seen_;  // articles whose newest match was looked at
};

std::optional<Result> Search::match(const std::string& source, const std::string& article,
                                    const storage::RevisionView& revision) {
  ++read_;
  try {
    const ReadArticle read(record_from_json(revision.record));
    const watch::ArticleText text(read.record, read.state, source);
    auto found = watches_->compare(nullptr, text, {}, budget_);
    if (found.empty()) return std::nullopt;
    return Result{.article = {},
                  .row = 0,
                  .url = read.record.canonical_url,
                  .language = read.record.in_language,
                  .headline = read.record.headline,
                  .revision = revision.number,
                  .observed_at = revision.observed_at,
                  .hits = std::move(found.front().hit.hits)};
  } catch (const OverBudget&) {
    throw;
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception&) {
    damaged_.insert(name_of(article, revision.number));
    return std::nullopt;
  }
}

bool Search::is_outdone(const storage::RevisionPlace& place, int head, bool& head_matches) {
  head_matches = place.number == head;
  for (int number = head; number > place.number; --number) {
    if (number != head && number > place.number + most_newer) continue;
    const auto revision = reader_.revision(place.article, number);
    if (!revision) continue;
    const bool is_asked = is_asked_for(revision->observed_at, revision->change);
    if (number != head && !is_asked) continue;
    const bool matches = match(place.source, place.article, *revision).has_value();
    if (number == head) {
      head_matches = matches || damaged_.contains(name_of(place.article, number));
      if (head_matches && question_.only_gone) return true;
    }
    if (matches && is_asked) return true;
  }
  return false;
}

std::optional<Result> Search::result_of(const storage::RevisionPlace& place) {
  auto article = reader_.article(place.article);
  if (!article || (question_.only_gone && place.number == article->head_revision))
    return std::nullopt;
  const auto revision = reader_.revision(place.article, place.number);
  if (!revision) return std::nullopt;
  auto out = match(place.source, place.article, *revision);
  if (!out) return std::nullopt;
  bool head_matches = false;
  if (is_outdone(place, article->head_revision, head_matches)) return std::nullopt;
  out->article = std::move(*article);
  out->is_gone = !head_matches;
  return out;
}

bool Search::is_asked_for(Instant observed_at, const std::string& change) const {
  if (question_.since && observed_at < *question_.since) return false;
  if (question_.until && observed_at >= *question_.until) return false;
  return question_.change_class.empty() || class_of(change) == question_.change_class;
}

bool Search::look_at(std::int64_t row) {
  ++passed_;
  const auto place = storage::revision_place(reader_, row);
  const bool is_asked = place && (question_.source.empty() || place->source == question_.source) &&
                        is_asked_for(place->observed_at, place->change);
  if (is_asked && !seen_.contains(place->article)) {
    try {
      if (auto result = result_of(*place)) {
        result->row = row;
        seen_.insert(place->article);
        page_.results.push_back(std::move(*result));
      }
    } catch (const OverBudget&) {
      if (page_.next == 0) throw;
      return false;
    }
  }
  page_.next = row;
  if (place) page_.looked_back_to = place->observed_at;
  return true;
}

void Search::rank() {
  std::vector<std::pair<double, std::size_t>> order;
  order.reserve(page_.results.size());
  for (std::size_t i = 0; i < page_.results.size(); ++i)
    order.emplace_back(-score_of(page_.results[i]), i);  // of two alike the newer one
  std::sort(order.begin(), order.end());
  std::vector<Result> out;
  out.reserve(std::min(order.size(), question_.limit));
  for (const auto& [score, i] : order) {
    if (out.size() == question_.limit) break;
    out.push_back(std::move(page_.results[i]));
  }
  page_.results = std::move(out);
  page_.next = 0;
}

Page Search::run() {
  const auto wanted = index_query(*question_.query);
  const storage::TextIndex index(reader_);
  storage::IndexRange range;
  if (question_.since) range.after = storage::row_before(reader_, *question_.since);
  if (question_.until) range.before = storage::row_before(reader_, *question_.until) + 1;
  if (question_.before > 0) range.before = std::min(range.before, question_.before);
  bool is_all = false;
  while (!is_full() && !is_tired() && !is_all) {
    const auto rows = index.newest(wanted, range, candidates_a_look);
    for (const auto row : rows) {
      if (is_full() || is_tired()) break;
      if (!look_at(row)) return finished();
    }
    is_all = !is_full() && !is_tired() && rows.size() < candidates_a_look;
    if (!rows.empty()) range.before = rows.back();
  }
  if (is_all) page_.next = 0;
  return finished();
}

Page Search::finished() {
  if (page_.next == 0 || is_full()) page_.looked_back_to.reset();
  if (question_.order == Order::relevance) rank();
  page_.damaged.assign(damaged_.begin(), damaged_.end());
  return std::move(page_);
}

}  // namespace

Page search(const storage::Reader& reader, const Question& question) {
  return Search(reader, question).run();
}

}  // namespace tinwatch::search
