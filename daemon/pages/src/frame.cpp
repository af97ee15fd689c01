#include "frame.hpp"

#include "core/hash.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "core/url.hpp"
#include "page_files.hpp"
#include "words.hpp"

#include <array>
#include <cstdlib>
#include <stdexcept>
#include <utility>

namespace tinwatch::pages {
namespace {

constexpr std::size_t longest_line = 300;  // bytes
constexpr std::size_t hash_digits = 12;    // of an asset's name

struct Room {
  std::string_view path;
  std::string_view name;
};
constexpr std::array rooms{Room{"/", "overview"},         Room{"/stream", "stream"},
                           Room{"/articles", "articles"}, Room{"/search", "search"},
                           Room{"/watches", "watches"},   Room{"/hits", "hits"},
                           Room{"/sources", "sources"},   Room{"/deliveries", "deliveries"}};

Asset asset(std::string_view name, std::string_view extension, std::string content_type,
            std::string_view body) {
  const auto hash = sha256_hex(body).substr(0, hash_digits);
  return {.path = "/assets/" + std::string(name) + '.' + hash + '.' + std::string(extension),
          .content_type = std::move(content_type),
          .body = body};
}

std::string zone_name(std::chrono::minutes offset) {
  const auto minutes = std::abs(static_cast<int>(offset.count()));
  const auto two = [](int value) { return (value < 10 ? "0" : "") + std::to_string(value); };
  return std::string("UTC") + (offset.count() < 0 ? "−" : "+") + two(minutes / 60) + ':' +
         two(minutes % 60);
}

}  // namespace

std::string fill(std::string_view name, const View& view) {
  kainjow::mustache::mustache parsed{std::string(page_template(name))};
  if (!parsed.is_valid())
    throw std::logic_error("template " + std::string(name) + ": " + parsed.error_message());
  parsed.set_custom_escape([](const std::string& value) { return escape_html(value); });
  return parsed.render(view);
}

View words_view(Language language) {
  View out;
  for (const auto& [name, text] : words(language)) out.set(name, text);
  return out;
}

const std::string& Manner::say(std::string_view name) const { return word(language, name); }

std::string finished(std::string text) {
  return is_valid_utf8(text) ? std::move(text) : repair_utf8(text);
}

Manner manner_of(const api::Request& request, const api::Context& context) {
  return {.language = language_of(request.accept_language),
          .utc_offset = context.utc_offset,
          .now = context.now,
          .who = request.principal.name,
          .csrf = request.principal.csrf};
}

api::Reply render(std::string_view name, View view, const std::string& title, std::string_view room,
                  const Manner& manner) {
  const auto words = words_view(manner.language);
  for (const auto* part : {"chart", "csrf_field", "event_list", "receivers_table", "row_list",
                           "sources_table", "sparkline", "watch_form"})
    view.set(part, kainjow::mustache::partial([part] { return std::string(page_template(part)); }));
  view.set("t", words);
  View frame;
  if (!manner.csrf.empty()) {
    view.set("csrf", manner.csrf);
    frame.set("csrf", manner.csrf);
    frame.set("who", manner.who);
  }
  frame.set("t", words);
  frame.set("title", title);
  frame.set("body", fill(name, view));
  frame.set("style", style().path);
  frame.set("script", script().path);
  frame.set("zone", zone_name(manner.utc_offset));
  View links(View::type::list);
  for (const auto& [path, word] : rooms) {
    View link;
    link.set("path", std::string(path));
    link.set("name", manner.say(word));
    link.set("here", path == room);
    links << link;
  }
  frame.set("rooms", links);
  api::Reply out{.content_type = "text/html; charset=utf-8"};
  out.body = finished(fill("frame", frame));
  return out;
}

void put_list(View& view, const std::string& name, const View& list) {
  view.set(name, list);
  view.set("has_" + name, list.is_non_empty_list());
}

View time_view(Instant at, const Manner& manner) {
  const auto text = to_rfc3339(OffsetTime{.at = at, .offset = manner.utc_offset});
  View out;
  out.set("datetime", text);
  out.set("text", text.substr(0, 10) + ' ' + text.substr(11, 8));
  return out;
}

void put_time(View& view, const std::string& name, const std::optional<Instant>& at,
              const Manner& manner) {
  if (at) view.set(name, time_view(*at, manner));
}

std::string line_of(std::string_view text) { return clipped(text, longest_line); }

std::string outward(const std::string& url) { return parse_url(url) ? url : std::string(); }

const Asset& style() {
  static const Asset out = asset("style", "css", "text/css; charset=utf-8", page_style("style"));
  return out;
}

const Asset& script() {
  static const Asset out = asset("app", "js", "text/javascript; charset=utf-8", page_script("app"));
  return out;
}

}  // namespace tinwatch::pages
