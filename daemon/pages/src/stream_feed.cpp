#include "stream_feed.hpp"

#include "api/damaged.hpp"
#include "core/time.hpp"

namespace tinwatch::pages {
namespace {

constexpr std::size_t most_entries = 50;

View entry_view(const Event& event, const Manner& manner, const View& words,
                const std::string& base) {
  const auto row = event_row(event);
  auto inside = event_view(row, manner);
  inside.set("t", words);
  View out;
  out.set("id", event.id);
  const std::string what(word_of(row.type, manner.language));
  const auto& about = row.subject.article.empty() ? row.source : row.subject.headline;
  out.set("title", about.empty() ? what : what + ": " + line_of(about));
  out.set("updated", to_rfc3339(event.at));
  out.set("type", event.type);
  const auto link = link_of(row);
  out.set("link", base + (link.empty() ? "stream" : link.substr(1)));
  out.set("content", fill("atom_entry", inside));
  return out;
}

/// XML 1.0 has no character for most of the first thirty-two, however they are written.
std::string without_controls(std::string text) {
  std::erase_if(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && c != '\t' && c != '\n' && c != '\r';
  });
  for (const std::string_view no_character : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"})
    for (auto at = text.find(no_character); at != std::string::npos;
         at = text.find(no_character, at))
      text.erase(at, no_character.size());
  return text;
}

}  // namespace

api::Reply stream_feed(const storage::Reader& reader, const StreamFilter& filter,
                       const Manner& manner, const std::string& external_url) {
  const auto page = reader.stream(filter.before, most_entries,
                                  [&](const Event& event) { return keeps(filter, event); });
  api::Reply out{.content_type = "application/atom+xml; charset=utf-8"};
  const auto query = query_of(filter);
  View feed;
  const auto words = words_view(manner.language);
  feed.set("t", words);
  feed.set("title", manner.say("stream"));
  feed.set("self", external_url + "stream.atom" + query);
  feed.set("page", external_url + "stream" + query);
  feed.set("updated", to_rfc3339(page.events.empty() ? Instant{} : page.events.front().at));
  View entries(View::type::list);
  for (const auto& event : page.events)
    api::unless_damaged("event " + std::to_string(event.seq), out.damaged,
                        [&] { entries << entry_view(event, manner, words, external_url); });
  feed.set("entries", entries);
  out.body = without_controls(finished(fill("atom", feed)));
  const auto newest = page.events.empty() ? 0 : page.events.front().seq;
  out.etag = '"' + std::to_string(newest) + '-' + std::string(label(manner.language)) + '"';
  return out;
}

}  // namespace tinwatch::pages
