#pragma once

#include "api/answer.hpp"
#include "core/event_words.hpp"

#include <chrono>
#include <kainjow/mustache.hpp>
#include <optional>
#include <string>
#include <string_view>

/// What all pages share: the frame round them, and how foreign text, times and links are put in.
namespace tinwatch::pages {

using View = kainjow::mustache::data;
using Views = kainjow::mustache::list;

/// For whom a page is written.
struct Manner {
  Language language = Language::en;
  std::chrono::minutes utc_offset{0};
  Instant now{};
  std::string who;   ///< the reader's name; empty: nobody is logged in
  std::string csrf;  ///< what forms bring back, `{{> csrf_field}}`; empty: nothing

  [[nodiscard]] const std::string& say(std::string_view name) const;
};
[[nodiscard]] Manner manner_of(const api::Request& request, const api::Context& context);

/// The template of that name, every value in it escaped for HTML and XML.
[[nodiscard]] std::string fill(std::string_view name, const View& view);
/// What goes out: UTF-8, whatever bytes a server once sent.
[[nodiscard]] std::string finished(std::string text);
/// What `{{t.NAME}}` stands for.
[[nodiscard]] View words_view(Language language);
/// A page: the template of that name, filled, within the frame. `room`: the path of the room that
/// it stands in; empty: none.
[[nodiscard]] api::Reply render(std::string_view name, View view, const std::string& title,
                                std::string_view room, const Manner& manner);

/// Sets the list, and `has_NAME` where there is anything in it.
void put_list(View& view, const std::string& name, const View& list);
/// `{{datetime}}` and `{{text}}`: with the second, in the zone that the frame names.
[[nodiscard]] View time_view(Instant at, const Manner& manner);
void put_time(View& view, const std::string& name, const std::optional<Instant>& at,
              const Manner& manner);

/// Of a text that is a line here, and may be a book there.
[[nodiscard]] std::string line_of(std::string_view text);
/// An address that a link may lead to: http or https; empty for any other.
[[nodiscard]] std::string outward(const std::string& url);

/// Where the style sheet and the script are: their names change with what is in them.
struct Asset {
  std::string path;  ///< of the URL, without the first slash's host
  std::string content_type;
  std::string_view body;
};
[[nodiscard]] const Asset& style();
[[nodiscard]] const Asset& script();

}  // namespace tinwatch::pages
