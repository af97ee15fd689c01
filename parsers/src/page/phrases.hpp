#pragma once

#include <string_view>

/// Phrases of chrome that stand among an article's paragraphs, by what they are. Each list is by
/// language; a phrase counts only for a block that is short, linked or at the article's end
/// (block_rules.cpp decides).
namespace tinwatch::parsers::phrases {

/// Opens with "Related:", "Read more", "Xem thêm", "Lesen Sie auch", "Share this"...
[[nodiscard]] bool is_pointer(std::string_view text);
/// "Reporting by ...", "Tổng hợp", "Written by ...".
[[nodiscard]] bool is_credit(std::string_view text);
/// The same where only reporting and editing count.
[[nodiscard]] bool is_reporting_credit(std::string_view text);
/// "contributed to this report", "can be reached at", "all rights reserved".
[[nodiscard]] bool is_contact(std::string_view text);
/// Names a publication: "published", "posted", "đăng".
[[nodiscard]] bool says_published(std::string_view text);
/// "About Example Corp", "Über die Firma", "Về chúng tôi": what a press release says of its sender.
[[nodiscard]] bool opens_self_portrait(std::string_view text);
/// "About the author", "Về tác giả", and nothing else.
[[nodiscard]] bool is_about_author(std::string_view text);
/// A counter or a control of an audio reader: "5042 lượt xem", "12 comments", "Tốc độ: 1x".
[[nodiscard]] bool is_reading(std::string_view text);
/// What somebody is at a paper, and nothing else: "Reporter", "Phóng viên".
[[nodiscard]] bool is_role(std::string_view text);
/// What is written over an advertisement or a form that asks for an address, and nothing else.
[[nodiscard]] bool is_box_label(std::string_view text);
/// Ends like a sentence.
[[nodiscard]] bool ends_sentence(std::string_view text);
/// A heading that opens a box of other articles or comments: the box and what follows it in its
/// parent are not the article's.
[[nodiscard]] bool opens_other_articles(std::string_view text);
/// The same where the box holds articles on the same matter, rather than the newest or most read.
[[nodiscard]] bool opens_related_articles(std::string_view text);
/// The same for readers' comments.
[[nodiscard]] bool opens_comments(std::string_view text);

}  // namespace tinwatch::parsers::phrases
