#include "edits.hpp"

#include "core/text.hpp"
#include "monitor/word_diff.hpp"

#include <algorithm>
#include <utility>

namespace tinwatch::alerts {
namespace {

constexpr std::size_t words_around = 10;
constexpr std::size_t most_passages = 10;
constexpr std::size_t most_edited_bytes = 2000;  // of one run
constexpr std::size_t most_runs = 40;            // of a passage

std::string joined(const std::vector<std::string_view>& all, std::size_t first, std::size_t last) {
  std::string out;
  for (auto i = first; i < last; ++i) {
    if (i > first) out += ' ';
    out += all[i];
  }
  return out;
}

Run::Fate fate_of(monitor::Edit edit) {
  switch (edit) {
    case monitor::Edit::same: return Run::Fate::same;
    case monitor::Edit::removed: return Run::Fate::removed;
    case monitor::Edit::added: return Run::Fate::added;
  }
  return Run::Fate::same;
}

/// Puts the places of one field's edits together.
class Places {
 public:
  Places(std::string field, Edits& out) : field_(std::move(field)), out_(out) {}

  void edit(const monitor::DiffRun& run) {
    if (passage_.runs.size() >= most_runs) close();
    if (!before_.empty()) passage_.runs.push_back({Run::Fate::same, std::move(before_)});
    before_.clear();
    passage_.runs.push_back({fate_of(run.edit), clipped(run.text, most_edited_bytes)});
  }
  void same(const std::string& text, bool is_last) {
    const auto all = words(text);
    const bool is_open = !passage_.runs.empty();
    if (is_open && !is_last && all.size() <= 2 * words_around) {
      passage_.runs.push_back({Run::Fate::same, joined(all, 0, all.size())});
      return;
    }
    if (is_open) {
      const auto end = std::min(words_around, all.size());
      passage_.runs.push_back(
          {Run::Fate::same, joined(all, 0, end) + (end < all.size() ? " …" : "")});
      close();
    }
    const auto begin = all.size() - std::min(words_around, all.size());
    before_ = (begin > 0 ? "… " : "") + joined(all, begin, all.size());
  }
  void close() {
    if (passage_.runs.empty()) return;
    if (out_.passages.size() < most_passages) {
      passage_.field = field_;
      out_.passages.push_back(std::move(passage_));
    } else {
      ++out_.further;
    }
    passage_ = {};
  }

 private:
  std::string field_;
  Edits& out_;
  Passage passage_;
  std::string before_;  // what stands before the next edit
};

}  // namespace

Edits edits_between(const ArticleRecord& before, const ArticleRecord& after) {
  const auto old_fields = editorial_fields(before);
  const auto new_fields = editorial_fields(after);
  Edits out;
  for (std::size_t i = 0; i < old_fields.size(); ++i) {
    if (old_fields[i] == new_fields[i]) continue;
    // The lead is part of the body.
    if (old_fields[i].name == "description" && old_fields[i + 1] != new_fields[i + 1]) continue;
    Places places(new_fields[i].name, out);
    const auto runs = monitor::diff_words(old_fields[i].text, new_fields[i].text);
    for (const auto& run : runs) {
      if (run.edit == monitor::Edit::same)
        places.same(run.text, &run == &runs.back());
      else
        places.edit(run);
    }
    places.close();
  }
  return out;
}

std::vector<Run> marked(const std::string& sentence, const std::vector<std::string>& words) {
  std::vector<std::pair<std::size_t, std::size_t>> places;
  for (const auto& word : words)
    if (const auto at = word.empty() ? std::string::npos : sentence.find(word);
        at != std::string::npos)
      places.emplace_back(at, at + word.size());
  std::sort(places.begin(), places.end());
  std::vector<Run> out;
  std::size_t done = 0;
  const auto add = [&](Run::Fate fate, std::size_t end) {
    if (end > done) out.push_back({fate, sentence.substr(done, end - done)});
    done = std::max(done, end);
  };
  for (const auto& [begin, end] : places) {
    if (begin >= done) add(Run::Fate::same, begin);
    add(Run::Fate::matched, end);
  }
  add(Run::Fate::same, sentence.size());
  return out;
}

}  // namespace tinwatch::alerts
