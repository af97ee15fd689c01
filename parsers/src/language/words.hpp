#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace tinwatch::parsers::language {

/// What a word is for. `kind_names` are the names that stand in the files; docs/languages.md says
/// where each is looked for.
enum class WordKind : std::uint8_t {
  // Looked up as a whole (`Words::of`).
  topic,        ///< a directory of addresses that holds lists: `tag`, `chu-de`, `rubrik`
  mixed,        ///< a directory of lists that as often holds articles: `video`, `series`, `c`
  service,      ///< a page about the site itself, in an address: `contact`, `lien-he`, `impressum`
  person,       ///< a directory of people, in an address: `author`, `tac-gia`, `autoren`
  article,      ///< a directory, or the name of a script, that holds articles: `story`, `bai-viet`
  next,         ///< what a link to the following page says: `next`, `trang sau`
  more,         ///< the same where it only adds to the list: `load more`, `xem thêm`
  page_number,  ///< counts pages in an address: `page`, `trang`, `seite`
  joining,      ///< between two names: `and`, `und`, `và`
  particle,     ///< inside of a name, in small letters: `van`, `de`
  // Parts of dates.
  month,                 ///< month-1 to month-12
  solar_month,           ///< solar-1 to solar-12: of the Iranian calendar
  weekday,               ///< weekday-1, a Monday, to weekday-7
  morning,               ///< on either side of a time
  afternoon,             ///< the same
  noon,                  ///< the same; 1 to 5 are the afternoon's
  am,                    ///< behind a time
  pm,                    ///< the same
  hour_mark,             ///< behind the number of hours
  minute_mark,           ///< the same of minutes
  clock,                 ///< before a time, which may then be written with a full stop
  behind_time,           ///< behind a time, which may then be written with a full stop: `uhr`
  year_mark,             ///< behind the number of the year: 年
  month_mark,            ///< the same of the month
  day_mark,              ///< the same of the day
  before_year,           ///< before the number of the year: `năm`
  before_month_number,   ///< "tháng 4"
  filler,                ///< between the parts of a date: `of`, `de`
  now,                   ///< `just now`
  today,                 ///< `today`, `sáng nay`
  yesterday,             ///< `yesterday`
  day_before_yesterday,  ///< `vorgestern`
  ago,                   ///< behind an age
  before_age,            ///< before an age: `vor`, `il y a`
  second,                ///< seconds: a unit of an age
  minute,                ///< minutes
  hour,                  ///< hours
  day,                   ///< days
  week,                  ///< weeks
  month_unit,            ///< months
  year_unit,             ///< years
  published,             ///< says that a date is that of publication
  updated,               ///< says that it is another
  dated,                 ///< says that a date follows
  date_line,             ///< stands in date lines and says nothing of the date
  // Words and openings of lines round an article (language/patterns.hpp).
  byline,   ///< opens a by-line before a colon, and can open nothing else: `author`, `tác giả`
  by,       ///< opens a by-line without a colon: `by`, `von`
  made_by,  ///< the same in several words, with nothing but names behind: `written by`
  with,     ///< between two names of whom one only helped: `with`, `mit`
  role,     ///< what somebody is at a paper: `reporter`
  photo,    ///< before a colon and the name of who took the picture: `photo`, `ảnh`
  views,    ///< what a page counts of its readers: `views`, `lượt xem`
  counted,  ///< other things that are counted: `likes`, `bình luận`
  reading_time,  ///< how long reading takes: `0 min read`
  advertising,   ///< the only words over an advertisement
  newsletter,    ///< the only words over what asks for an address
  related,       ///< the heading of a box with other articles on the matter
  latest,        ///< the same with the newest and the most read
  comments,      ///< the same with readers' comments
  home,          ///< the first entry of a breadcrumb trail
  pointer,       ///< opens a line that leads away: `read more`, `lesen sie auch`
  posted,        ///< opens a sentence that says when: `this entry was posted`
  about,         ///< opens what a sender says of itself: `about`
  about_author,  ///< the whole heading of lives of writers: `about the author`
  credit,        ///< opens a line that names who took part: `reporting`, `editing`
  reporting,     ///< those of them that open long lines too
  contact,       ///< stands in a line that says how to reach the writer
  correction,    ///< opens a correction
  edit_note,     ///< opens a note of another edit: `update: this`
  itself,        ///< what a note calls the article it stands in: `this story`, `bài viết`
  mended,        ///< says beside it that something was wrong: `misstated`, `ghi nhầm`
  edited,        ///< says beside it that it was edited: `was updated`, `đã cập nhật`
  regret,        ///< says so wherever it stands: `regret the error`
  missing,       ///< says that there is no such page
  maintenance,   ///< the title of a page that stands in for all others
  consent,       ///< opens the title of a page that asks for consent
};
inline constexpr std::array<std::string_view, 76> kind_names = {"topic",
                                                                "mixed",
                                                                "service",
                                                                "person",
                                                                "article",
                                                                "next",
                                                                "more",
                                                                "page-number",
                                                                "and",
                                                                "particle",
                                                                "month",
                                                                "solar",
                                                                "weekday",
                                                                "morning",
                                                                "afternoon",
                                                                "noon",
                                                                "am",
                                                                "pm",
                                                                "hour-mark",
                                                                "minute-mark",
                                                                "clock",
                                                                "behind-time",
                                                                "year-mark",
                                                                "month-mark",
                                                                "day-mark",
                                                                "before-year",
                                                                "before-month-number",
                                                                "filler",
                                                                "now",
                                                                "today",
                                                                "yesterday",
                                                                "day-before-yesterday",
                                                                "ago",
                                                                "before-age",
                                                                "seconds",
                                                                "minutes",
                                                                "hours",
                                                                "days",
                                                                "weeks",
                                                                "months",
                                                                "years",
                                                                "published",
                                                                "updated",
                                                                "dated",
                                                                "date-line",
                                                                "byline",
                                                                "by",
                                                                "made-by",
                                                                "with",
                                                                "role",
                                                                "photo",
                                                                "views",
                                                                "counted",
                                                                "reading-time",
                                                                "advertising",
                                                                "newsletter",
                                                                "related",
                                                                "latest",
                                                                "comments",
                                                                "home",
                                                                "pointer",
                                                                "posted",
                                                                "about",
                                                                "about-author",
                                                                "credit",
                                                                "reporting",
                                                                "contact",
                                                                "correction",
                                                                "edit-note",
                                                                "itself",
                                                                "mended",
                                                                "edited",
                                                                "regret",
                                                                "missing",
                                                                "maintenance",
                                                                "consent"};

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
  /// Cheap: no, where a text that begins so, of three bytes or more, begins with none of the words.
  [[nodiscard]] bool may_begin(std::string_view text) const;

 private:
  std::unordered_set<std::string, WordHash, std::equal_to<>> words_;
  std::bitset<128 * 128> openings_;  // two ASCII letters that a word begins with
  std::size_t longest_ = 0;          // bytes
};

/// One file of words, `LANGUAGE.txt` in this folder: a language is added by adding one, a kind of
/// words by an enumerator above and its name.
///
///     # a comment
///     topic: chu-de, su-kien          (a kind may have several lines)
///     month-1: tháng một, tháng giêng (and a number, where the kind counts)
///
/// Words of addresses stand as addresses have them, decoded: `chu-de`.
struct LanguageFile {
  std::string_view language;  ///< BCP 47; `und` holds what belongs to no language
  std::string_view text;
};
/// The files of this folder, compiled in.
[[nodiscard]] std::span<const LanguageFile> language_files();

/// A word as its file has it.
struct Word {
  std::string_view text;
  int number = 0;  ///< of a month or weekday, from 1
};

class Words {
 public:
  /// Of all files given, which must outlive this; what they say that is no word stands in
  /// `faults()`.
  explicit Words(std::span<const LanguageFile> files);
  /// Of those compiled in.
  [[nodiscard]] static const Words& all();

  /// Of every language: an address or a label rarely says which language it is in. Only kinds up
  /// to `particle`.
  [[nodiscard]] const WordSet& of(WordKind kind) const {
    return sets_.at(static_cast<std::size_t>(kind));
  }
  /// The same of all kinds, file by file.
  [[nodiscard]] const std::vector<Word>& listed(WordKind kind) const {
    return listed_[static_cast<std::size_t>(kind)];
  }
  /// For people: `vi:3: 'topik' is no kind of words`.
  [[nodiscard]] const std::vector<std::string>& faults() const { return faults_; }

 private:
  static constexpr std::size_t set_kinds = static_cast<std::size_t>(WordKind::particle) + 1;

  void read(const LanguageFile& file);

  std::array<WordSet, set_kinds> sets_;
  std::array<std::vector<Word>, kind_names.size()> listed_;
  std::vector<std::string> faults_;
};

/// Whether this is a letter of a script whose words stand between blanks.
[[nodiscard]] bool is_set_apart(char32_t letter);

/// How many words a reader counts. Scripts without blanks between words are counted by characters:
/// a Chinese or Japanese word has about two, a Thai, Lao, Khmer or Burmese one between four and
/// five; of Korean, which writes few blanks, two as well.
[[nodiscard]] double count_words(std::string_view text);

}  // namespace tinwatch::parsers::language
