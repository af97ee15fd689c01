#include "monitor/noise.hpp"

#include "core/hash.hpp"
#include "core/text.hpp"
#include "edit_script.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace tinwatch::monitor {
namespace {

constexpr int most_edits = 64;            // blocks: noise is a part of a page
constexpr std::size_t most_letters = 80;  // of a line; a letter of China or Japan counts as three
constexpr std::size_t most_label_words = 5;
constexpr std::size_t shown_of_a_paragraph = 60;  // bytes, for people
constexpr std::string_view behind = "behind ";

using Blocks = std::vector<Block>;

/// What may move by itself. Captions, leads and quotes are an editor's, whatever their length.
bool may_move(BlockType type) {
  switch (type) {
    case BlockType::paragraph:
    case BlockType::subheading:
    case BlockType::list:
    case BlockType::table:
    case BlockType::embed: return true;
    case BlockType::lead:
    case BlockType::caption:
    case BlockType::quote:
    case BlockType::byline:
    case BlockType::series_link: return false;
  }
  return false;
}

bool ends_sentence(char32_t c) {
  constexpr std::u32string_view ends = U".!?…。！？।؟";
  return ends.find(c) != std::u32string_view::npos;
}
bool closes(char32_t c) {
  constexpr std::u32string_view marks = U"\"')]»”’」』）";
  return marks.find(c) != std::u32string_view::npos;
}

/// Too short for a sentence, and not set as one.
bool is_line(std::string_view text) {
  std::size_t letters = 0;
  char32_t last = 0;
  for (std::size_t at = 0; at < text.size() && letters <= most_letters;) {
    const auto c = next_code_point(text, at);
    const bool is_letter = c >= 0x80 || is_ascii_letter(static_cast<char>(c));
    letters += c >= 0x2e80 ? 3U : is_letter ? 1U : 0U;
    if (!closes(c) && c != ' ') last = c;
  }
  return letters <= most_letters && !ends_sentence(last);
}
bool is_line(const Block& block) { return may_move(block.type) && is_line(block.text); }

/// `1,420 views` and `980 views` are one form.
NoiseForm form_of_line(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    if (!is_digit(text[i])) {
      out += text[i++];
      continue;
    }
    out += '#';
    // The marks between digits belong to the number.
    while (i < text.size() && (is_digit(text[i]) || ((text[i] == ',' || text[i] == '.') &&
                                                     i + 1 < text.size() && is_digit(text[i + 1]))))
      ++i;
  }
  return out;
}

NoiseForm form_of(const Block& block) {
  if (is_line(block)) return form_of_line(block.text);
  return std::string(clip(block.text, shown_of_a_paragraph)) + "… " +
         sha256_hex(block.text).substr(0, 16);
}

/// Whether a line that stays may be the heading of a box.
bool is_label(const Block& block) {
  return is_line(block) && !has_digit(block.text) && words(block.text).size() <= most_label_words;
}

/// The heading of the box that a line stands in: the first of the lines it is one of. Null where it
/// has none.
const Block* label_over(const Blocks& body, std::size_t at) {
  while (at > 0 && is_line(body[at - 1])) --at;
  return at < body.size() && is_label(body[at]) ? &body[at] : nullptr;
}

/// One place where two bodies differ: blocks [begin, end) of each.
struct Gap {
  std::size_t old_begin = 0, old_end = 0, new_begin = 0, new_end = 0;
};

std::vector<std::string_view> texts_of(const Blocks& body, std::vector<std::string>& keys) {
  keys.reserve(body.size());
  for (const auto& block : body) keys.push_back(std::string(label(block.type)) + ' ' + block.text);
  return {keys.begin(), keys.end()};
}

std::optional<std::vector<Gap>> gaps_between(const Blocks& before, const Blocks& now) {
  std::vector<std::string> old_keys;
  std::vector<std::string> new_keys;
  const auto old_texts = texts_of(before, old_keys);
  const auto new_texts = texts_of(now, new_keys);
  Numbering numbering;
  const auto old_numbers = numbering.of(old_texts);
  const auto script = edit_script(old_numbers, numbering.of(new_texts), most_edits);
  if (!script) return std::nullopt;
  std::vector<Gap> out;
  std::size_t a = 0;
  std::size_t b = 0;
  bool open = false;
  for (const auto edit : *script) {
    if (edit == Edit::same) {
      ++a, ++b;
      open = false;
      continue;
    }
    if (!std::exchange(open, true)) out.push_back({a, a, b, b});
    if (edit == Edit::removed)
      out.back().old_end = ++a;
    else
      out.back().new_end = ++b;
  }
  return out;
}

/// Judges the differences of two bodies.
class Comparison {
 public:
  Comparison(const Blocks& before, const Blocks& now, const std::vector<Gap>& gaps)
      : before_(before), now_(now) {
    for (const auto& gap : gaps) {
      for (auto i = gap.old_begin; i < gap.old_end; ++i) removed_.insert(before[i].text);
      for (auto i = gap.new_begin; i < gap.new_end; ++i) added_.insert(now[i].text);
    }
  }

  /// False: this is an edit.
  bool take(const Gap& gap) {
    auto gone = left(before_, gap.old_begin, gap.old_end, added_);
    auto come = left(now_, gap.new_begin, gap.new_end, removed_);
    if (!gone || !come) return false;
    pair_lines(*gone, *come);
    const auto is_prose = [](const Block* block) { return !is_line(*block); };
    const bool prose = std::any_of(gone->begin(), gone->end(), is_prose) ||
                       std::any_of(come->begin(), come->end(), is_prose);
    if (gone->empty() || come->empty()) {
      for (const auto* const block : *gone) out_.forms.insert(form_of(*block));
      for (const auto* const block : *come) out_.forms.insert(form_of(*block));
      out_.has_prose = out_.has_prose || prose;
      return true;
    }
    if (prose) return false;
    // Other words where a line stood: a box that turns, or an edit.
    const auto* const old_label = label_over(before_, gap.old_begin);
    const auto* const new_label = label_over(now_, gap.new_begin);
    if (!old_label || !new_label || old_label->text != new_label->text) return false;
    out_.forms.insert(std::string(behind) + old_label->text);
    return true;
  }

  [[nodiscard]] Restless result() && { return std::move(out_); }

 private:
  using Left = std::vector<const Block*>;

  /// The blocks that did not only wander; nothing where one of them never moves by itself.
  std::optional<Left> left(const Blocks& body, std::size_t begin, std::size_t end,
                           const std::set<std::string_view>& elsewhere) {
    Left out;
    for (auto i = begin; i < end; ++i) {
      const auto& block = body[i];
      if (block.type == BlockType::byline) continue;  // never part of a revision
      if (!may_move(block.type)) return std::nullopt;
      if (!elsewhere.contains(block.text)) {
        out.push_back(&block);
        continue;
      }
      out_.forms.insert(form_of(block));
      out_.has_prose = out_.has_prose || !is_line(block);
    }
    return out;
  }

  /// Lines that differ in their numbers.
  void pair_lines(Left& gone, Left& come) {
    std::erase_if(gone, [&](const Block* old_line) {
      if (!is_line(*old_line)) return false;
      const auto form = form_of(*old_line);
      const auto same = std::find_if(come.begin(), come.end(), [&](const Block* new_line) {
        return is_line(*new_line) && form_of(*new_line) == form;
      });
      if (same == come.end()) return false;
      come.erase(same);
      out_.forms.insert(form);
      return true;
    });
  }

  const Blocks& before_;
  const Blocks& now_;
  std::set<std::string_view> removed_, added_;
  Restless out_;
};

bool only_bodies_differ(const EditorialState& before, const EditorialState& now) {
  const auto& a = before.fields;
  const auto& b = now.fields;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a[i].name != "body" && a[i] != b[i]) return false;
  return true;
}

/// For each block of a body, the form among `forms` that it is of; empty: none.
std::vector<NoiseForm> matches(const Blocks& body, const std::set<NoiseForm>& forms) {
  std::vector<NoiseForm> out(body.size());
  NoiseForm box;  // that the lines from here on stand in
  bool in_lines = false;
  for (std::size_t i = 0; i < body.size(); ++i) {
    const auto& block = body[i];
    if (!is_line(block)) {
      in_lines = false;
      box.clear();
    } else if (!std::exchange(in_lines, true)) {
      box = is_label(block) ? std::string(behind) + block.text : NoiseForm();
    } else if (!box.empty() && forms.contains(box)) {
      out[i] = box;
      continue;
    }
    if (!may_move(block.type)) continue;
    if (auto form = form_of(block); forms.contains(form)) out[i] = std::move(form);
  }
  return out;
}

}  // namespace

std::optional<Restless> restless_difference(const ReadArticle& before, const ReadArticle& now) {
  if (!only_bodies_differ(before.state, now.state)) return std::nullopt;
  const auto gaps = gaps_between(before.record.body, now.record.body);
  if (!gaps || gaps->empty()) return std::nullopt;
  Comparison comparison(before.record.body, now.record.body, *gaps);
  for (const auto& gap : *gaps)
    if (!comparison.take(gap)) return std::nullopt;
  auto out = std::move(comparison).result();
  if (out.forms.empty()) return std::nullopt;
  return out;
}

std::map<NoiseForm, std::string> values_of(const ArticleRecord& record,
                                           const std::set<NoiseForm>& forms) {
  const auto found = matches(record.body, forms);
  std::map<NoiseForm, std::string> out;
  std::size_t before = 0;  // blocks that do not move
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (found[i].empty())
      ++before;
    else
      out[found[i]] += std::to_string(before) + ' ' + record.body[i].text + '\n';
  }
  for (auto& [form, said] : out) said = sha256_hex(said).substr(0, 16);
  return out;
}

bool is_noise(const NoiseForm& form, const NoiseCount& count) {
  constexpr int enough_of_one = 3;
  constexpr int enough_of_two = 2;
  if (count.fresh >= enough_of_one) return true;
  if (count.articles < 2) return false;
  const bool has_number = form.find('#') != NoiseForm::npos;
  return (has_number ? count.fresh : count.moves) >= enough_of_two;
}

std::set<NoiseForm> take_out(const std::set<NoiseForm>& noise, ArticleRecord& record) {
  std::set<NoiseForm> met;
  if (noise.empty()) return met;
  const auto found = matches(record.body, noise);
  Blocks kept;
  kept.reserve(record.body.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (found[i].empty())
      kept.push_back(std::move(record.body[i]));
    else
      met.insert(found[i]);
  }
  record.body = std::move(kept);
  return met;
}

}  // namespace tinwatch::monitor
