#include "letter_words.hpp"

namespace tinwatch::alerts {
namespace {

constexpr LetterWords vietnamese{.watch = "Từ khoá theo dõi",
                                 .seen = "Thấy lúc",
                                 .previous_check = "lần xem trước",
                                 .further_edits = "chỗ sửa khác",
                                 .further_stories = "tin khác",
                                 .disclosed = "trang có ghi là đã sửa",
                                 .undisclosed = "trang không ghi là đã sửa",
                                 .alternates = "hai bản thay nhau hiện ra",
                                 .stale = "bản sao nơi khác còn chữ cũ",
                                 .stood = "Đã hiện ra trong lúc",
                                 .difference = "So sánh",
                                 .article = "Bài đã lưu",
                                 .original = "Trang gốc",
                                 .explain = "Lý do",
                                 .summary = "tin báo",
                                 .all = "Xem tất cả",
                                 .severity = "Mức",
                                 .snoozed = "lần khớp trong lúc tạm ngưng"};

constexpr LetterWords english{.watch = "Watch",
                              .seen = "Seen",
                              .previous_check = "previous check",
                              .further_edits = "more edits",
                              .further_stories = "more",
                              .disclosed = "the page says that it was edited",
                              .undisclosed = "the page does not say that it was edited",
                              .alternates = "two versions take turns",
                              .stale = "copies elsewhere still carry the old words",
                              .stood = "Stood",
                              .difference = "Difference",
                              .article = "Stored article",
                              .original = "Original page",
                              .explain = "Why",
                              .summary = "alerts",
                              .all = "See all",
                              .severity = "Severity",
                              .snoozed = "hits while it was snoozed"};

}  // namespace

const LetterWords& words_of(Language language) {
  return language == Language::vi ? vietnamese : english;
}

}  // namespace tinwatch::alerts
