#pragma once

#include <initializer_list>
#include <string>

/// Words by language that name what stands round a text, as alternatives of a regular expression
/// without anchors: Vietnamese, English, German, French, Spanish, Russian, Arabic, Chinese,
/// Japanese and some neighbours. Data only; what they decide stands where they are used.
namespace tinwatch::parsers::label_words {

/// "(?:a|b|c)".
[[nodiscard]] std::string any_of(std::initializer_list<const char*> alternatives);

/// What is counted when a page counts who read it: "lượt xem", "views", "Aufrufe".
[[nodiscard]] std::string views();
/// Other things that are counted beside a headline: likes, shares, comments.
[[nodiscard]] std::string counted();

/// "5 min read": how long reading takes.
[[nodiscard]] std::string reading_time();
/// The only words of a box that holds no text of the article: "Quảng cáo", "Anzeige".
[[nodiscard]] std::string advertising();
/// What asks for an address: "Đăng ký nhận bản tin", "Newsletter abonnieren".
[[nodiscard]] std::string newsletter();
/// Headings of boxes with other articles on the matter.
[[nodiscard]] std::string related();
/// Headings of boxes with the newest, the most read and the rest.
[[nodiscard]] std::string other_articles();
[[nodiscard]] std::string comments();
/// The first entry of a breadcrumb trail, which is no section.
[[nodiscard]] std::string home();

}  // namespace tinwatch::parsers::label_words
