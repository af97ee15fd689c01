#pragma once

#include "alerts/letter.hpp"
#include "core/event_words.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>

namespace tinwatch::alerts {

/// What a template's output is: foreign text in it is written so that it stays text.
enum class Markup {
  plain,     ///< text of many lines
  html,      ///< HTML text and quoted attribute values; Telegram's HTML too
  json,      ///< within the quotes of a JSON string
  mrkdwn,    ///< Slack's
  markdown,  ///< Discord's, Mattermost's
};

/// How letters of a receiver are written.
struct LetterStyle {
  Language language = Language::vi;
  TimeZone zone = TimeZone::fixed({});
  std::string external_url;  ///< ends with a slash
};

/// A Mustache template (mustache(5)) of a letter; docs/receivers.md names what it may use. Every
/// value is escaped for the markup.
class LetterTemplate {
 public:
  LetterTemplate() = default;
  /// The error is for people. A template that writes values as they are, or changes its
  /// delimiters, is refused: what a site prints would become markup.
  [[nodiscard]] static Result<LetterTemplate, std::string> parse(std::string text, Markup markup);

  static constexpr std::size_t any_length = std::numeric_limits<std::size_t>::max();
  /// At most so many UTF-16 units long, which is how chats count: passages and then stories are
  /// left out and counted, sentences are cut, markup never.
  [[nodiscard]] std::string render(const Letter& letter, const LetterStyle& style,
                                   std::size_t most = any_length) const;

 private:
  LetterTemplate(std::string text, Markup markup) : text_(std::move(text)), markup_(markup) {}

  std::string text_;
  Markup markup_ = Markup::plain;
};

/// An article's page here; empty: the story is of none.
[[nodiscard]] std::string article_page(const Story& story, const LetterStyle& style);
/// What its edits changed; empty: nothing is told of two revisions.
[[nodiscard]] std::string difference_page(const Story& story, const LetterStyle& style);

/// `[SOURCE] what: HEADLINE`, or the edit in its place: the first line of a message, not escaped.
[[nodiscard]] std::string first_line(const Letter& letter, const LetterStyle& style);

}  // namespace tinwatch::alerts
