#include "page/phrases.hpp"

#include "core/text.hpp"
#include "page/label_words.hpp"
#include "regex.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unicode/uchar.h>

namespace tinwatch::parsers::phrases {
namespace {

using label_words::any_of;

struct Patterns {
  RE2 pointer{
      std::string("^") +
          any_of({
              // English
              "related(?: (?:articles?|stories|posts?|content|links?|topics?))?",
              "related (?:coverage|news|video|tags?)",
              "read (?:more|also|next|on)|see (?:more|also)|also (?:read|see|watch|on)",
              "more (?:from|on|about|in|stories|news|info|information at|ap\\b)|don.t miss",
              "you (?:may|might) (?:also )?(?:like|be interested)|you.ll also like",
              "recommended(?: for you| reading)?|watch(?: now)?|listen(?: now)?",
              "up next|next (?:article|story|post|up)|previous (?:article|story|post)",
              "trending(?: now)?|most (?:read|popular|viewed)|latest(?: news)?|popular",
              "editor.s (?:picks?|choice)|sponsored(?: links| content)?|advert(?:isement)?s?",
              "promoted|click here|sign up|subscribe|download (?:the|our)",
              "follow (?:us|him|her|me|them|@|our|ap.s)|share(?: this| on|:)?|tweet(?: this)?",
              "print(?: this)?|e-?mail(?: this)?|comments?(?: \\(?\\d+\\)?)?",
              "leave a (?:reply|comment)|post (?:a )?comment|\\d+ comments?|tags?\\b|topics?:",
              "filed under|categor(?:y|ies)\\b|keywords|posted (?:in|by|on)|published\\b",
              "first published|updated?\\b|last (?:updated|modified)|image \\d+ of \\d+",
              "(?:photo|image|picture|video|foto|bild)s?(?: credit| by| courtesy| via|:)",
              "file photo",
              "credits?:|source:|via:|copyright|all rights reserved|©|\\(c\\) ?\\d{4}|ⓒ",
              "back to (?:top|gallery)|view (?:all|gallery|more)|show (?:more|less)",
              "load(?:ing)? more|continue reading|skip (?:to|ad)|tell us what|have a tip",
              "got a (?:tip|story)|contact (?:the )?(?:author|reporter|writer|us)",
              "reach the reporter|about the author",
              "get (?:the )?(?:latest|day.s|access|our|breaking)",
              "keep an eye on your inbox|let our news|join (?:us|the|our)",
              "support (?:us|our)|donate",
              "register (?:now|for|to)|log ?in|scroll (?:down )?(?:to|for)",
              "read the (?:full|original)",
              "our standards|sharing is caring",
              // German
              "mehr (?:zum thema|dazu|lesen)|lesen sie (?:auch|mehr)|lesetipp|auch interessant",
              "weitere (?:artikel|themen|infos|informationen)|das könnte|siehe auch|zum thema",
              "passend(?:e|es)? (?:zum|dazu)|teilen|anzeige|werbung",
              // Portuguese, Spanish, French, Italian
              "leia (?:mais|também|ainda)|veja (?:mais|também)|saiba mais",
              "lee (?:también|más)|leer más|ver (?:más|también)|más información",
              "à lire|lire (?:aussi|la suite)|voir aussi|sur le même",
              "leggi anche|guarda anche|potrebbe interessarti",
              // Dutch, Scandinavian, Polish, Russian
              "lees (?:ook|meer)|läs (?:mer|också|även)|les (?:også|mer)|læs (?:også|mere)",
              "czytaj (?:też|także|więcej)|zobacz (?:też|także)|przeczytaj",
              "читайте|читать|смотрите|по теме",
              // Japanese, Chinese
              "関連|続きを読む|あわせて読みたい|タグ|もっと読む|관련",
              "相关|相關|延伸閱讀|更多",
              // Vietnamese
              "xem thêm|đọc thêm|xem tiếp|đọc tiếp|mời (?:quý )?(?:bạn|độc giả)",
              "tin liên quan|bài liên quan|tin bài liên quan|bài viết liên quan",
              "tin cùng chuyên mục",
              "có thể bạn quan tâm|chia sẻ|từ khóa|bình luận|nguồn:|theo dõi .{0,40} trên",
          }),
      any_case()};
  RE2 credit{
      std::string("^") +
          "(?:additional )?(?:reporting|editing|writing|compiled|report|edited|written|by|words|"
          "story|text|photograph(?:y|s|ed)|with (?:files|reporting|inputs)|contributors?|the "
          "associated press contributed|associated press writers?)\\b.{0,160}$",
      any_case()};
  RE2 reporting_credit{std::string("^") + "(?:additional )?(?:reporting|editing)", any_case()};
  RE2 contact{
      any_of({"contributed to this (?:report|story|article)|can be reached at|may be reached at",
              "follow (?:him|her|me|them|us) (?:on|@)|on twitter (?:@|at )",
              "@[\\w.]+\\.(?:com|org|net)\\b|all rights reserved|no part may be reproduced",
              "subject to copyright|trust principles|is headquartered in",
              "sign up (?:for|to) |click here (?:to|for)|subscribe to ",
              "moderat\\w* (?:all )?comments"}),
      any_case()};
  /// Words of a contact with others between them. One pattern for all of it would keep as many
  /// states as there are ways to set its first words into eighty characters.
  struct Pair {
    RE2 first;
    RE2 rest;  ///< what follows it
  };
  std::array<Pair, 4> contact_pairs{
      {{{"get ", any_case()}, {"^.{0,40} (?:newsletter|app)\\b", any_case()}},
       {{"our ", any_case()}, {"^.{0,30}newsletter", any_case()}},
       {{"comment|bình luận", any_case()},
        {"^.{0,80}(?:moderat|approv|modéré|duyệt|review)", any_case()}},
       {{"comentario|comentário|kommentar", any_case()},
        {"^.{0,80}(?:aprovad|aprobad|freigeschaltet)", any_case()}}}};

  RE2 reading{"^(?:[\\d.,]+[ \\x{A0}]?[KMN]?[ \\x{A0}]?(?:" + label_words::views() + "|" +
                  label_words::counted() + ")\\)?|" + label_words::reading_time() +
                  "|(?:" + label_words::views() + "|" + label_words::counted() +
                  ") ?[:(：]? ?[\\d.,]+ ?[KMN]?\\)?|tốc độ(?: đọc)? ?: ?\\d(?:[.,]\\d+)?x?|"
                  "nghe (?:đọc )?bài(?: viết)?|giọng (?:nữ|nam))$",
              any_case()};
  RE2 box_label{
      "^(?:" + label_words::advertising() + "|" + label_words::newsletter() + ")[^\\pL\\pN]*$",
      any_case()};
  RE2 published{
      "(?:^|[^\\pL])(?:published|posted|updated|veröffentlicht|publicado|publié|đăng|cập nhật)"
      "(?:[^\\pL]|$)",
      any_case()};
  RE2 self_portrait{"^(?:about|über|acerca de|à propos|về) ", any_case()};
  RE2 related_articles{"^" + label_words::related() + "[^\\pL\\pN]*$", any_case()};
  RE2 other_articles{
      "^(?:" + label_words::related() + "|" + label_words::other_articles() + ")[^\\pL\\pN]*$",
      any_case()};
  RE2 comments{"^" + label_words::comments() + "(?: ?\\(?\\d+\\)?)?[^\\pL\\pN]*$", any_case()};
};

const Patterns& patterns() {
  static const Patterns all;
  return all;
}

/// Bullets, quotes and arrows before a phrase say nothing.
std::string_view without_opening_marks(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto start = at;
    const auto c = next_code_point(text, at);
    const bool copyright = c == U'©' || c == U'ⓒ' || text.substr(start, 3) == "(c)";
    if (u_isalnum(static_cast<UChar32>(c)) != 0 || copyright) return text.substr(start);
  }
  return {};
}

bool in(const RE2& pattern, std::string_view text) {
  text = without_opening_marks(text);
  return RE2::PartialMatch(piece(text), pattern);
}

}  // namespace

bool is_pointer(std::string_view text) { return in(patterns().pointer, text); }
bool is_credit(std::string_view text) { return in(patterns().credit, text); }
bool is_reporting_credit(std::string_view text) { return in(patterns().reporting_credit, text); }
bool is_contact(std::string_view text) {
  if (in(patterns().contact, text)) return true;
  const auto rest = without_opening_marks(text);
  return std::any_of(patterns().contact_pairs.begin(), patterns().contact_pairs.end(),
                     [&](const auto& pair) {
                       auto left = piece(rest);
                       while (RE2::FindAndConsume(&left, pair.first))
                         if (RE2::PartialMatch(left, pair.rest)) return true;
                       return false;
                     });
}
bool is_box_label(std::string_view text) { return in(patterns().box_label, text); }
bool is_reading(std::string_view text) { return in(patterns().reading, text); }
bool says_published(std::string_view text) { return in(patterns().published, text); }
bool opens_self_portrait(std::string_view text) { return in(patterns().self_portrait, text); }
bool ends_sentence(std::string_view text) {
  constexpr std::u32string_view ends = U".!?…。！？:;\"”»)]";
  // What stands behind the last letter decides.
  for (auto end = text.size(); end > 0;) {
    auto at = end - 1;
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80) --at;
    end = at;
    const auto c = next_code_point(text, at);
    if (ends.find(c) != ends.npos) return true;
    if (u_isalnum(static_cast<UChar32>(c)) != 0) return false;
  }
  return false;
}
bool opens_other_articles(std::string_view text) { return in(patterns().other_articles, text); }
bool opens_related_articles(std::string_view text) { return in(patterns().related_articles, text); }
bool opens_comments(std::string_view text) { return in(patterns().comments, text); }

}  // namespace tinwatch::parsers::phrases
