#include "monitor/copy_words.hpp"

#include "core/text.hpp"
#include "edited_words.hpp"
#include "monitor/word_diff.hpp"

#include <algorithm>

namespace tinwatch::monitor {
namespace {

constexpr std::size_t most_passages = 50;
constexpr std::size_t words_around = 3;
constexpr std::size_t longest_exchange = 8;  // words: of a new paragraph its beginning is enough

/// The words of headline and text, as they are compared, a blank before and behind each.
std::string keys_of(const EditorialState& state) {
  std::string out = " ";
  for (const auto& field : state.fields)
    if (field.name == "headline" || field.name == "body")
      for (const auto& word : read_words(field.text)) (out += word.key) += ' ';
  return out;
}

/// Words [begin, end) of `all`, as far as there are.
std::string joined(const std::vector<std::string_view>& all, std::size_t begin, std::size_t end) {
  std::string out = " ";
  for (auto i = begin; i < std::min(end, all.size()); ++i) (out += all[i]) += ' ';
  return out;
}

}  // namespace

std::string_view label(CopyWords words) {
  switch (words) {
    case CopyWords::before: return "old";
    case CopyWords::after: return "new";
    case CopyWords::neither: return "neither";
  }
  return "";
}

EditedPassages::EditedPassages(const EditorialState& before, const EditorialState& after) {
  const auto old_keys = keys_of(before);
  const auto new_keys = keys_of(after);
  const auto old_words = words(old_keys);
  const auto new_words = words(new_keys);
  std::size_t a = 0;
  std::size_t b = 0;
  std::size_t old_begin = 0;
  std::size_t new_begin = 0;
  const auto close = [&] {
    if ((a == old_begin && b == new_begin) || passages_.size() == most_passages) return;
    const auto passage = [](const auto& all, std::size_t begin, std::size_t end) {
      const auto first = begin - std::min(begin, words_around);
      if (end - begin > longest_exchange) return joined(all, first, begin + longest_exchange);
      return joined(all, first, end + words_around);
    };
    passages_.push_back({passage(old_words, old_begin, a), passage(new_words, new_begin, b)});
  };
  for (const auto& run : diff_words(old_keys, new_keys)) {
    const auto count = words(run.text).size();
    if (run.edit == Edit::same) {
      close();
      old_begin = a += count;
      new_begin = b += count;
    } else {
      (run.edit == Edit::removed ? a : b) += count;
    }
  }
  close();
}

CopyWords EditedPassages::carried_by(const EditorialState& copy) const {
  const auto keys = keys_of(copy);
  int old_ones = 0;
  int new_ones = 0;
  for (const auto& passage : passages_) {
    const bool has_old = keys.find(passage.before) != std::string::npos;
    const bool has_new = keys.find(passage.after) != std::string::npos;
    if (has_old == has_new) continue;
    ++(has_old ? old_ones : new_ones);
  }
  if (old_ones == new_ones) return CopyWords::neither;
  return old_ones > new_ones ? CopyWords::before : CopyWords::after;
}

}  // namespace tinwatch::monitor
