#pragma once

#include "alerts/letter.hpp"
#include "alerts/letter_template.hpp"
#include "alerts/shipped_templates.hpp"

#include <string>

/// Letters for tests.
namespace tinwatch::alerts {

inline const Instant seen_at = civil(2026, 3, 2, 7, 2, 0).value();

inline LetterStyle vietnamese() {
  return {.language = Language::vi,
          .zone = TimeZone::fixed(std::chrono::hours{7}),
          .external_url = "https://t.test/"};
}

inline LetterStyle english() {
  auto out = vietnamese();
  out.language = Language::en;
  return out;
}

/// An edit of a number that a watch saw.
inline Story edited(const std::string& headline = "Khởi công cầu Bến Mới") {
  using Fate = Run::Fate;
  return {.type = EventType::article_revised,
          .source = "Báo Quân khu 7",
          .headline = headline,
          .watches = {{"bridges", "Cầu đường", Transition::changed}},
          .sentences =
              {{"body",
                {{Fate::same, "Kinh phí "}, {Fate::matched, "cầu"}, {Fate::same, " là 6,1 tỷ."}}}},
          .edits = {{"body",
                     {{Fate::same, "Kinh phí là"},
                      {Fate::removed, "5,4"},
                      {Fate::added, "6,1"},
                      {Fate::same, "tỷ đồng trong năm"}}}},
          .change = ChangeClass::fact,
          .severity = Severity::high,
          .at = seen_at,
          .previous_check = seen_at - std::chrono::minutes{15},
          .url = "https://bao.test/a?x=1&y=2",
          .id = "0190-a",
          .from = 1,
          .to = 2};
}

inline Letter letter_of(std::vector<Story> stories) {
  Letter out{.id = "0190-m", .at = seen_at, .stories = std::move(stories)};
  out.stories_in_all = static_cast<std::int64_t>(out.stories.size());
  out.deliveries = out.stories_in_all;
  return out;
}

inline LetterTemplate shipped(std::string_view name, Markup markup) {
  return LetterTemplate::parse(std::string(shipped_template(name)), markup).value();
}

/// What of other people's text could become something else than text: line ends, markup of every
/// service, calls, template signs, JSON, shell, marks that turn the direction of writing.
inline constexpr auto hostile =
    "</b><script>alert(1)</script> *a* _b_ ~c~ `d` [x](http://evil.test) @everyone <!channel> "
    "<@U1> {{line}} {{{line}}} \"},{\" \\ $(id) ;rm -rf / \r\nBcc: evil@evil.test\r\n\r\n"
    "\xE2\x80\xAE"
    "gpj";

}  // namespace tinwatch::alerts
