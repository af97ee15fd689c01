#pragma once

#include "core/event.hpp"
#include "core/model.hpp"
#include "core/record.hpp"

#include <boost/json/object.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// The JSON of events: how each is told, what their data says of an article, and what is read of it
/// again.
namespace tinwatch {

/// As the API and the commands show it. Throws std::exception for a damaged one.
[[nodiscard]] boost::json::object event_json(const Event& event);

inline constexpr std::string_view cloud_event_media_type = "application/cloudevents+json";

/// As receivers are told: CloudEvents 1.0, structured JSON. The same event gives the same bytes.
/// `external_url` ends with a slash; `data.link` is an article's page there. Throws std::exception
/// when the event's data is no JSON object.
[[nodiscard]] std::string cloud_event_json(const Event& event, std::string_view external_url);

/// What every event of an article says of it.
struct EventArticle {
  std::string id;
  std::string source;
  std::string url;
  int revision = 0;
  const ArticleRecord* record = nullptr;
};
/// The data that all of them have: under 7 kB, since texts and lists of a page are clipped. What a
/// receiver wants whole it finds by the article's id.
[[nodiscard]] boost::json::object article_event_data(const EventArticle& article);

/// Where `name` and `title` of a watch stand in the data of its hits.
void put_watch(boost::json::object& data, const std::string& name, const std::string& title);

/// What an event's data is about.
struct EventSubject {
  std::string article;   ///< its id; empty: the event is of a source
  std::string headline;  ///< of the article
  std::optional<std::int64_t> revision;
  std::string watch;  ///< the title of the watch that hit; empty: none did
  std::string watch_name;
  std::optional<Transition> transition;  ///< of the hit
  std::string sentence;               ///< the first that the watch hit; empty: the article itself
  std::optional<ChangeClass> change;  ///< of an edit
  std::string removed;                ///< words of an edit, with a blank between
  std::string added;
};
/// Throws std::exception when the data is no JSON object, or of another shape.
[[nodiscard]] EventSubject subject_of(std::string_view data);

/// Of a text whose JSON may have `limit` bytes.
[[nodiscard]] std::string fitted(const std::string& text, std::size_t limit);

}  // namespace tinwatch
