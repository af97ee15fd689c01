#include "letter_view.hpp"

#include "core/text.hpp"
#include "letter_words.hpp"

#include <algorithm>
#include <string>

namespace tinwatch::alerts {
namespace {

using kainjow::mustache::data;
using Object = kainjow::mustache::object;
using List = data;

constexpr std::size_t context = 100;       // characters of a sentence on either side of its words
constexpr std::size_t longest_word = 500;  // of an edit, in the first line

/// Mustache takes an empty text for something to show.
data maybe(const std::string& text) { return text.empty() ? data(false) : data(text); }

std::size_t characters(std::string_view text) {
  std::size_t out = 0;
  for (const char c : text)
    if ((static_cast<unsigned char>(c) & 0xc0U) != 0x80) ++out;
  return out;
}

/// Byte where the `n`th character begins.
std::size_t byte_of(std::string_view text, std::size_t n) {
  std::size_t at = 0;
  for (; n > 0 && at < text.size(); --n) static_cast<void>(next_code_point(text, at));
  return at;
}

std::string first_characters(std::string_view text, std::size_t most) {
  const auto end = byte_of(text, most);
  return std::string(text.substr(0, end)) + (end < text.size() ? "…" : "");
}

std::string last_characters(std::string_view text, std::size_t most) {
  const auto all = characters(text);
  if (all <= most) return std::string(text);
  return "…" + std::string(text.substr(byte_of(text, all - most)));
}

std::string shown_time(Instant at, const LetterStyle& style) {
  auto text = to_rfc3339(OffsetTime{.at = at, .offset = style.zone.offset_at(at), .spelled = true});
  text[10] = ' ';
  return text.substr(0, 16) + ' ' + text.substr(19);
}

/// Words that are not marked are there to read the others by.
std::string cut(const Passage& passage, std::size_t i) {
  const auto& [fate, text] = passage.runs[i];
  if (fate != Run::Fate::same) return text;
  const bool is_first = i == 0;
  const bool is_last = i + 1 == passage.runs.size();
  if (is_first && is_last) return first_characters(text, 2 * context);
  if (is_first) return last_characters(text, context);
  if (is_last) return first_characters(text, context);
  if (characters(text) <= 2 * context) return text;
  return first_characters(text, context) + " " + last_characters(text, context);
}

data view_of(const Passage& passage, bool has_gaps) {
  List runs(data::type::list);
  for (std::size_t i = 0; i < passage.runs.size(); ++i) {
    const auto fate = passage.runs[i].fate;
    runs.push_back(Object{{"text", cut(passage, i)},
                          {"same", fate == Run::Fate::same},
                          {"added", fate == Run::Fate::added},
                          {"removed", fate == Run::Fate::removed},
                          {"matched", fate == Run::Fate::matched},
                          {"gap", has_gaps && i + 1 < passage.runs.size()}});
  }
  return Object{{"field", passage.field}, {"runs", runs}};
}

List view_of(const std::vector<Passage>& passages, std::size_t most, bool has_gaps) {
  List out(data::type::list);
  for (const auto& passage : passages) {
    if (most-- == 0) break;
    out.push_back(view_of(passage, has_gaps));
  }
  return out;
}

/// `OLD → NEW` and the two words behind it; empty: no edit is that short.
std::string short_edit(const Story& story) {
  constexpr std::size_t most = 60;
  for (const auto& passage : story.edits) {
    const auto& runs = passage.runs;
    for (std::size_t i = 0; i + 1 < runs.size(); ++i) {
      if (runs[i].fate != Run::Fate::removed || runs[i + 1].fate != Run::Fate::added) continue;
      if (characters(runs[i].text) > most || characters(runs[i + 1].text) > most) continue;
      auto out = runs[i].text + " → " + runs[i + 1].text;
      if (i + 2 < runs.size()) {
        const auto behind = words(runs[i + 2].text);
        for (std::size_t n = 0; n < std::min<std::size_t>(2, behind.size()); ++n)
          if (behind[n] != "…") out += ' ' + std::string(behind[n]);
      }
      return out;
    }
  }
  return {};
}

std::string line_of(const Story& story, const LetterStyle& style, std::size_t headline) {
  std::string out;
  if (!story.source.empty()) out = '[' + story.source + "] ";
  out += word_of(story.type, style.language);
  auto subject = story.type == EventType::article_revised ? short_edit(story) : std::string();
  if (subject.empty()) subject = story.headline;
  if (subject.empty()) subject = story.reason;
  if (!subject.empty()) out += ": " + first_characters(subject, std::min(headline, longest_word));
  return out;
}

data view_of(const Story& story, const LetterStyle& style, const Extent& extent) {
  const auto& words = words_of(style.language);
  const bool is_removed = story.type == EventType::article_removed;
  List watches(data::type::list);
  for (const auto& watch : story.watches)
    watches.push_back(Object{
        {"title", first_characters(watch.title, extent.headline)},
        {"transition", std::string(word_of(watch.transition, style.language))},
        {"snoozed",
         maybe(watch.snoozed > 0 ? std::to_string(watch.snoozed) + ' ' + std::string(words.snoozed)
                                 : "")}});
  // What was taken down is not spread: its headline and its address are.
  const auto sentences = is_removed ? std::size_t{0} : extent.sentences;
  const auto left_out = story.edits.size() - std::min(story.edits.size(), extent.edits);
  const auto further = left_out + static_cast<std::size_t>(story.further_edits);
  Object out{
      {"line", line_of(story, style, extent.headline)},
      {"what", std::string(word_of(story.type, style.language))},
      {"source", story.source},
      {"headline", first_characters(story.headline, extent.headline)},
      {"has_headline", !story.headline.empty()},
      {"watches", watches},
      {"sentences", view_of(story.sentences, sentences, false)},
      {"edits", view_of(story.edits, is_removed ? 0 : extent.edits, true)},
      {"further_edits", maybe(further > 0 && !is_removed
                                  ? std::to_string(further) + ' ' + std::string(words.further_edits)
                                  : "")},
      {"severity", std::string(word_of(story.severity, style.language))},
      {"reason", maybe(story.headline.empty() ? story.reason : "")},
      {"time", shown_time(story.at, style)},
      {"previous_check",
       maybe(story.previous_check ? shown_time(*story.previous_check, style) : "")},
      {"original", maybe(story.url)},
      {"class", false},
      {"disclosure", false},
      {"alternates", maybe(story.alternates ? std::string(words.alternates) : "")},
      {"stale", false},
      {"stood", false},
      {"article", maybe(article_page(story, style))},
      {"difference", maybe(difference_page(story, style))},
      {"explain", false}};
  if (story.change) {
    out["class"] = std::string(word_of(*story.change, style.language));
    out["disclosure"] = std::string(story.disclosed ? words.disclosed : words.undisclosed);
  }
  if (story.stale_copies && story.stale_copies->first > 0)
    out["stale"] = std::to_string(story.stale_copies->first) + " / " +
                   std::to_string(story.stale_copies->second) + ' ' + std::string(words.stale);
  const bool was_taken_back = story.type == EventType::article_revised && story.last &&
                              story.from >= 1 && story.edits.empty();
  if (was_taken_back)
    out["stood"] = std::string(words.stood) + ' ' + shown_time(story.at, style) + " – " +
                   shown_time(*story.last, style);
  if (!story.url.empty())
    out["explain"] = style.external_url + "api/v1/explain?url=" + percent_encode(story.url);
  return out;
}

}  // namespace

data view_of(const Letter& letter, const LetterStyle& style, const Extent& extent) {
  const auto& words = words_of(style.language);
  List stories(data::type::list);
  std::int64_t shown = 0;
  if (!letter.is_summary)
    for (const auto& story : letter.stories) {
      if (static_cast<std::size_t>(shown) == extent.stories) break;
      stories.push_back(view_of(story, style, extent));
      ++shown;
    }
  List counts(data::type::list);
  std::size_t counted = 0;
  for (const auto& one : letter.counts) {
    if (counted++ == extent.stories) break;
    const auto name =
        one.watch.empty() ? std::string(word_of(one.type, style.language)) : one.watch;
    counts.push_back(Object{{"name", first_characters(name, extent.headline)},
                            {"count", std::to_string(one.deliveries)}});
  }
  const auto more = letter.is_summary ? 0 : letter.stories_in_all - shown;
  const auto text = [](std::string_view word) { return std::string(word); };
  return Object{
      {"line", first_line(letter, style)},
      {"stories", stories},
      {"more", maybe(more > 0 ? std::to_string(more) + ' ' + text(words.further_stories) : "")},
      {"is_summary", letter.is_summary},
      {"counts", letter.is_summary ? counts : List(data::type::list)},
      {"deliveries", std::to_string(letter.deliveries)},
      {"message", style.external_url + "messages/" + percent_encode(letter.id)},
      {"id", letter.id},
      {"time", shown_time(letter.at, style)},
      {"language", text(label(style.language))},
      {"word_watch", text(words.watch)},
      {"word_seen", text(words.seen)},
      {"word_previous_check", text(words.previous_check)},
      {"word_difference", text(words.difference)},
      {"word_article", text(words.article)},
      {"word_original", text(words.original)},
      {"word_explain", text(words.explain)},
      {"word_all", text(words.all)},
      {"word_severity", text(words.severity)}};
}

std::string article_page(const Story& story, const LetterStyle& style) {
  return story.id.empty() ? "" : style.external_url + "articles/" + percent_encode(story.id);
}

std::string difference_page(const Story& story, const LetterStyle& style) {
  if (story.id.empty() || story.from < 1 || story.from >= story.to) return {};
  return article_page(story, style) + "/diff?from=" + std::to_string(story.from) +
         "&to=" + std::to_string(story.to);
}

std::string first_line(const Letter& letter, const LetterStyle& style) {
  if (!letter.is_summary && !letter.stories.empty()) {
    auto out = line_of(letter.stories.front(), style, Extent{}.headline);
    const auto more = letter.stories_in_all - 1;
    if (more > 0)
      out += " (+" + std::to_string(more) + ' ' +
             std::string(words_of(style.language).further_stories) + ')';
    return out;
  }
  return "[Tinwatch] " + std::to_string(letter.deliveries) + ' ' +
         std::string(words_of(style.language).summary);
}

}  // namespace tinwatch::alerts
