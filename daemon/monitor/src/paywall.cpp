#include "monitor/paywall.hpp"

#include "core/text.hpp"
#include "monitor/word_share.hpp"

#include <algorithm>

namespace tinwatch::monitor {
namespace {

constexpr std::size_t fewest_words = 40;  // of a text that can be hidden
constexpr double most_left = 0.6;         // of its words
constexpr double same_beginning = 0.9;    // of the first block's words
constexpr double own_words = 0.5;         // of what is shown

const Block* first_text(const ArticleRecord& record) {
  const auto found = std::find_if(record.body.begin(), record.body.end(), [](const Block& block) {
    return block.type == BlockType::lead || block.type == BlockType::paragraph ||
           block.type == BlockType::quote;
  });
  return found == record.body.end() ? nullptr : &*found;
}

/// So many words of a text.
std::string beginning(const std::string& text, std::size_t count) {
  const auto all = words(text);
  if (all.size() <= count) return text;
  return text.substr(0, static_cast<std::size_t>(all[count].data() - text.data()));
}

}  // namespace

bool is_teaser(const ArticleRecord& known, const ArticleRecord& shown) {
  const auto known_text = known.article_body();
  const auto shown_text = shown.article_body();
  const auto words_known = words(known_text).size();
  const auto words_shown = words(shown_text).size();
  if (words_known < fewest_words ||
      static_cast<double>(words_shown) > most_left * static_cast<double>(words_known))
    return false;
  if (words_shown == 0) return true;
  const auto* const begins = first_text(shown);
  if (!begins) return false;
  return share_of(begins->text, beginning(known_text, 2 * words(begins->text).size()) + ' ' +
                                    known.description) >= same_beginning &&
         share_of(shown_text, known_text + ' ' + known.description) >= own_words;
}

bool names_paywall(std::string_view html) { return contains_in_any_case(html, "paywall"); }

ArticleRecord with_known_text(ArticleRecord shown, const ArticleRecord& known) {
  shown.body = known.body;
  shown.image = known.image;
  shown.truncated = known.truncated;
  if (words(shown.description).size() < words(known.description).size())
    shown.description = known.description;
  if (shown.headline.empty()) shown.headline = known.headline;
  if (shown.alternative_headline.empty()) shown.alternative_headline = known.alternative_headline;
  if (shown.author.empty()) shown.author = known.author;
  if (shown.article_section.empty()) shown.article_section = known.article_section;
  if (!shown.series) shown.series = known.series;
  if (!shown.date_published) shown.date_published = known.date_published;
  if (shown.correction.empty()) shown.correction = known.correction;
  shown.is_accessible_for_free = false;
  return shown;
}

}  // namespace tinwatch::monitor
