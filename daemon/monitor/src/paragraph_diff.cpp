#include "monitor/paragraph_diff.hpp"

#include "core/text.hpp"
#include "edit_script.hpp"
#include "monitor/word_share.hpp"

#include <algorithm>
#include <span>

namespace tinwatch::monitor {
namespace {

using Texts = std::span<const std::string_view>;

constexpr int most_edits = 1000;
constexpr double least_alike = 1.0 / 3;
constexpr std::size_t most_pairs = 400;  // that are compared with each other

/// How much of the one with more words the other has.
double likeness(std::string_view a, std::string_view b) {
  return std::min(share_of(a, b), share_of(b, a));
}

ParagraphDiff whole(ParagraphDiff::Fate fate, Edit edit, std::string_view text) {
  return {.fate = fate, .runs = {{edit, squeeze(text)}}};
}

/// A stretch in which no paragraph is the same.
class Stretch {
 public:
  Stretch(Texts before, Texts after, std::vector<ParagraphDiff>& out)
      : before_(before), after_(after), out_(out) {}

  void pair_up() {
    if (before_.size() * after_.size() > most_pairs)
      pair_in_turn();
    else
      pair_the_most_alike();
  }

 private:
  void removed(std::string_view text) {
    out_.push_back(whole(ParagraphDiff::Fate::removed, Edit::removed, text));
  }
  void added(std::string_view text) {
    out_.push_back(whole(ParagraphDiff::Fate::added, Edit::added, text));
  }
  void edited(std::string_view before, std::string_view after) {
    out_.push_back({.fate = ParagraphDiff::Fate::edited, .runs = diff_words(before, after)});
  }

  void pair_in_turn() {
    const auto common = std::min(before_.size(), after_.size());
    for (std::size_t i = 0; i < common; ++i) {
      if (likeness(before_[i], after_[i]) >= least_alike) {
        edited(before_[i], after_[i]);
      } else {
        removed(before_[i]);
        added(after_[i]);
      }
    }
    for (const auto text : before_.subspan(common)) removed(text);
    for (const auto text : after_.subspan(common)) added(text);
  }

  /// The pairs, in order, that are the most alike in all.
  void pair_the_most_alike() {
    const auto width = after_.size() + 1;
    std::vector<double> alike(before_.size() * after_.size());
    std::vector<double> best((before_.size() + 1) * width);  // of what comes from there on
    for (auto i = before_.size(); i-- > 0;)
      for (auto k = after_.size(); k-- > 0;) {
        auto& pair = alike[i * after_.size() + k];
        pair = likeness(before_[i], after_[k]);
        best[i * width + k] = std::max(best[(i + 1) * width + k], best[i * width + k + 1]);
        if (pair >= least_alike)
          best[i * width + k] = std::max(best[i * width + k], pair + best[(i + 1) * width + k + 1]);
      }
    std::size_t i = 0;
    std::size_t k = 0;
    while (i < before_.size() && k < after_.size()) {
      const auto here = best[i * width + k];
      if (here == best[(i + 1) * width + k])
        removed(before_[i++]);
      else if (here == best[i * width + k + 1])
        added(after_[k++]);
      else
        edited(before_[i++], after_[k++]);
    }
    for (; i < before_.size(); ++i) removed(before_[i]);
    for (; k < after_.size(); ++k) added(after_[k]);
  }

  Texts before_;
  Texts after_;
  std::vector<ParagraphDiff>& out_;
};

}  // namespace

std::vector<std::string_view> paragraphs_of(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const auto end = std::min(text.find("\n\n"), text.size());
    if (const auto one = trim(text.substr(0, end)); !one.empty()) out.push_back(one);
    text.remove_prefix(std::min(end + 2, text.size()));
  }
  return out;
}

std::vector<ParagraphDiff> diff_paragraphs(std::string_view before, std::string_view after) {
  const auto a = paragraphs_of(before);
  const auto b = paragraphs_of(after);
  Numbering numbering;
  const auto script = edit_script_or_all(numbering.of(a), numbering.of(b), most_edits);
  std::vector<ParagraphDiff> out;
  std::size_t i = 0;
  std::size_t k = 0;
  std::size_t open_i = 0;
  std::size_t open_k = 0;
  const auto close = [&] {
    Stretch(Texts(a).subspan(open_i, i - open_i), Texts(b).subspan(open_k, k - open_k), out)
        .pair_up();
  };
  for (const auto edit : script) {
    if (edit != Edit::same) {
      ++(edit == Edit::removed ? i : k);
      continue;
    }
    close();
    out.push_back(whole(ParagraphDiff::Fate::same, Edit::same, b[k]));
    open_i = ++i;
    open_k = ++k;
  }
  close();
  return out;
}

}  // namespace tinwatch::monitor
