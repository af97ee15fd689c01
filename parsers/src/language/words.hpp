#pragma once

#include <array>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace tinwatch::parsers::language {

/// What a word is for. The enumerators are the names that stand in the files.
enum class WordKind {
  topic,    ///< a directory of addresses that holds lists: `tag`, `chu-de`, `rubrik`
  mixed,    ///< a directory of lists that as often holds articles: `video`, `series`, `c`
  service,  ///< a page about the site itself, in an address: `contact`, `lien-he`, `impressum`
  article,  ///< a directory, or the name of a script, that holds articles: `story`, `bai-viet`
  next,     ///< what a link to the following page of a list says: `next`, `trang sau`
  more,     ///< the same where it only adds to the list: `load more`, `xem thêm`
};
inline constexpr std::array kind_names = {"topic", "mixed", "service", "article", "next", "more"};

/// So that a set of strings can be asked for a view.
struct WordHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>{}(text);
  }
};

/// Words of one kind, folded (Unicode case folding, NFC).
class WordSet {
 public:
  void add(std::string_view word);
  /// `word` in any case. ASCII is looked up without asking ICU.
  [[nodiscard]] bool contains(std::string_view word) const;
  [[nodiscard]] bool empty() const { return words_.empty(); }

 private:
  std::unordered_set<std::string, WordHash, std::equal_to<>> words_;
  std::size_t longest_ = 0;  // bytes
};

/// One file of words, `LANGUAGE.txt` in this folder: a language is added by adding one, a kind of
/// words by an enumerator above and its name.
///
///     # a comment
///     topic: chu-de, su-kien          (a kind may have several lines)
///     next: trang sau, trang tiếp
///
/// Words of addresses stand as addresses have them, decoded: `chu-de`.
struct LanguageFile {
  std::string_view language;  ///< BCP 47; `und` holds what belongs to no language
  std::string_view text;
};
/// The files of this folder, compiled in.
[[nodiscard]] std::span<const LanguageFile> language_files();

class Words {
 public:
  /// Of all files given; what they say that is no word stands in `faults()`.
  explicit Words(std::span<const LanguageFile> files);
  /// Of those compiled in.
  [[nodiscard]] static const Words& all();

  /// Of every language: an address or a label rarely says which language it is in.
  [[nodiscard]] const WordSet& of(WordKind kind) const {
    return kinds_[static_cast<std::size_t>(kind)];
  }
  /// For people: `vi:3: 'topik' is no kind of words`.
  [[nodiscard]] const std::vector<std::string>& faults() const { return faults_; }

 private:
  void read(const LanguageFile& file);

  std::array<WordSet, kind_names.size()> kinds_;
  std::vector<std::string> faults_;
};

/// How many words a reader counts. Scripts without blanks between words are counted by characters:
/// a Chinese or Japanese word has about two, a Thai, Lao, Khmer or Burmese one between four and
/// five; of Korean, which writes few blanks, two as well.
[[nodiscard]] double count_words(std::string_view text);

}  // namespace tinwatch::parsers::language
