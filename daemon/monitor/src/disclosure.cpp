#include "disclosure.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace tinwatch::monitor {
namespace {

using Phrases = std::vector<std::string>;

Phrases folded(Phrases phrases) {
  for (auto& one : phrases) one = fold_case(one);
  return phrases;
}

/// Begin a note, whatever follows.
const Phrases& openings_of_corrections() {
  static const auto all =
      folded({"đính chính", "cải chính", "cáo lỗi", "correction:", "corrections:", "corrected:",
              "clarification:", "editor's note", "editors' note", "editor’s note",
              "korrektur:", "anmerkung der redaktion", "rectificatif", "correctif", "erratum",
              "corrección:", "fe de errores", "fe de erratas", "nota de la redacción"});
  return all;
}
const Phrases& openings_of_updates() {
  static const auto all = folded({"cập nhật: bài", "update: this", "updated: this", "update: der",
                                  "mise à jour :", "actualización:"});
  return all;
}

/// Say so wherever they stand: nothing but a note has them.
const Phrases& corrections() {
  static const auto all = folded({"xin đính chính",
                                  "xin cải chính",
                                  "xin lỗi bạn đọc",
                                  "xin lỗi độc giả",
                                  "cáo lỗi cùng",
                                  "nói lại cho rõ",
                                  "version of this",
                                  "version of the article",
                                  "version of the story",
                                  "version of the report",
                                  "apologise for the error",
                                  "apologize for the error",
                                  "regret the error",
                                  "regrets the error",
                                  "früheren fassung",
                                  "früheren version",
                                  "versión anterior de",
                                  "en una versión anterior",
                                  "version antérieure de",
                                  "version précédente de"});
  return all;
}

/// The article, or what stands in it.
const Phrases& selves() {
  static const auto all =
      folded({"bài viết",          "bài báo",        "bản tin",      "tin đã",
              "tin này",           "bản trước",      "trong bài",    "tiêu đề",
              "nội dung đã",       "phóng viên đã",  "tòa soạn",     "toà soạn",
              "ban biên tập",      "this article",   "this story",   "this report",
              "this piece",        "this post",      "the article",  "the story was",
              "the story has",     "the piece",      "the headline", "photo caption",
              "a caption",         "the caption",    "the figure",   "earlier version",
              "previous version",  "dieser artikel", "dieser text",  "dieser beitrag",
              "der artikel wurde", "der text wurde", "cet article",  "l'article",
              "ce texte",          "este artículo",  "esta noticia", "esta información",
              "el artículo"});
  return all;
}

const Phrases& faults() {
  static const auto all = folded({"được sửa",          "đã sửa",          "sửa lại",
                                  "ghi nhầm",          "ghi sai",         "viết nhầm",
                                  "viết sai",          "đưa nhầm",        "nêu nhầm",
                                  "nêu sai",           "chú thích sai",   "nhầm lẫn",
                                  "sai sót",           "đính chính",      "corrected",
                                  "amended",           "to correct",      "misstated",
                                  "misidentified",     "misspelled",      "misspelt",
                                  "incorrectly",       "wrongly",         "the wrong",
                                  "in error",          "to clarify",      "previously said",
                                  "previously stated", "originally said", "originally stated",
                                  "korrigiert",        "berichtigt",      "richtiggestellt",
                                  "corriger",          "corrigé",         "rectifi",
                                  "corregi",           "corrige un"});
  return all;
}

const Phrases& updates() {
  static const auto all =
      folded({"được cập nhật", "đã cập nhật",   "chỉnh sửa",    "điều chỉnh",   "được bổ sung",
              "đã bổ sung",    "được thay",     "was updated",  "been updated", "was edited",
              "been edited",   "was changed",   "been changed", "been revised", "was revised",
              "now includes",  "been replaced", "aktualisiert", "überarbeitet", "été modifié",
              "mis à jour",    "actualizad",    "modificad"});
  return all;
}

bool has_any(std::string_view sentence, const Phrases& phrases) {
  return std::any_of(phrases.begin(), phrases.end(), [&](const std::string& one) {
    return sentence.find(one) != std::string_view::npos;
  });
}

bool opens_with_any(std::string_view sentence, const Phrases& phrases) {
  const auto begin = sentence.find_first_not_of(" *([");
  if (begin == std::string_view::npos) return false;
  return std::any_of(phrases.begin(), phrases.end(), [&](const std::string& one) {
    return sentence.substr(begin).starts_with(one);
  });
}

Note note_of(std::string_view sentence) {
  if (opens_with_any(sentence, openings_of_corrections()) || has_any(sentence, corrections()))
    return Note::correction;
  if (opens_with_any(sentence, openings_of_updates())) return Note::update;
  if (!has_any(sentence, selves())) return Note::none;
  if (has_any(sentence, faults())) return Note::correction;
  return has_any(sentence, updates()) ? Note::update : Note::none;
}

}  // namespace

Note note_in(std::string_view added) {
  const auto text = fold_case(added);
  const std::string_view all = text;
  auto out = Note::none;
  for (std::size_t begin = 0; begin < all.size();) {
    auto end = begin;
    const auto is_end = [&](std::size_t at) {
      if (all[at] == '\n') return true;
      const bool stops = all[at] == '.' || all[at] == '!' || all[at] == '?';
      return stops && (at + 1 == all.size() || all[at + 1] == ' ' || all[at + 1] == '\n');
    };
    while (end < all.size() && !is_end(end)) ++end;
    out = std::max(out, note_of(all.substr(begin, end - begin)));
    begin = end + 1;
  }
  return out;
}

}  // namespace tinwatch::monitor
