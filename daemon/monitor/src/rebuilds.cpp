#include "monitor/rebuilds.hpp"

#include "core/text.hpp"
#include "monitor/paragraph_diff.hpp"
#include "monitor/word_share.hpp"

#include <algorithm>
#include <set>

namespace tinwatch::monitor {
namespace {

using namespace std::chrono_literals;

constexpr Duration remembered = 7 * 24h;
constexpr std::size_t most_looks = 40;  // of a source
constexpr int enough = 2;
constexpr std::size_t most_lines = 60;  // of a source
constexpr std::size_t most_new_lines = 8;
constexpr double same_paragraph = 0.5;  // of the words of either
constexpr std::size_t most_paragraphs = 400;
constexpr std::size_t most_compared = 24;  // that the other text has not got, on either side

bool share_a_field(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::any_of(a.begin(), a.end(), [&](const std::string& one) {
    return std::find(b.begin(), b.end(), one) != b.end();
  });
}

/// Words without their punctuation: a template prints quotes and dashes in its own way.
std::vector<std::string> plain_words(std::string_view text) {
  std::vector<std::string> out;
  for (const auto word : words(text)) {
    std::string plain;
    for (const char c : ascii_lower(word)) {
      const auto byte = static_cast<unsigned char>(c);
      if (byte >= 0x80 || is_ascii_lower(c) || is_digit(c)) plain += c;
    }
    // U+2010 to U+203A: dashes, quotes, ellipses.
    for (auto at = plain.find("\xE2\x80"); at != std::string::npos; at = plain.find("\xE2\x80", at))
      plain.erase(at, 3);
    if (!plain.empty()) out.push_back(std::move(plain));
  }
  return out;
}

/// As many as are compared.
std::vector<std::string_view> first_paragraphs(std::string_view text) {
  auto out = paragraphs_of(text);
  if (out.size() > most_paragraphs) out.resize(most_paragraphs);
  return out;
}

bool differ_within(std::string_view before, std::string_view after) {
  const auto a = plain_words(before);
  const auto b = plain_words(after);
  const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  const auto prefix = static_cast<std::size_t>(x - a.begin());
  std::size_t suffix = 0;
  while (suffix < a.size() - prefix && suffix < b.size() - prefix &&
         a[a.size() - 1 - suffix] == b[b.size() - 1 - suffix])
    ++suffix;
  const auto gone = a.size() - prefix - suffix;
  const auto come = b.size() - prefix - suffix;
  if (gone == 0 && come == 0) return false;
  if (gone > 0 && come > 0) return true;
  return prefix > 0 && suffix > 0;
}

bool bodies_show_editing(std::string_view before, std::string_view after) {
  const auto then = first_paragraphs(before);
  const auto now = first_paragraphs(after);
  const std::set<std::string_view> were(then.begin(), then.end());
  const std::set<std::string_view> are(now.begin(), now.end());
  const auto missing_in = [](const auto& all, const auto& there) {
    std::vector<std::string_view> out;
    for (const auto one : all)
      if (!there.contains(one) && out.size() < most_compared) out.push_back(one);
    return out;
  };
  const auto gone = missing_in(then, are);
  const auto come = missing_in(now, were);
  for (const auto one : gone)
    for (const auto other : come)
      if (share_of(one, other) >= same_paragraph && share_of(other, one) >= same_paragraph &&
          differ_within(one, other))
        return true;
  return false;
}

bool is_within(const std::vector<std::string>& part, const std::vector<std::string>& whole) {
  return std::search(whole.begin(), whole.end(), part.begin(), part.end()) != whole.end();
}

}  // namespace

void Rebuilds::note(const std::string& source, Look look) {
  auto& looks = looks_[source];
  const auto now = look.at;
  // What a rebuilt page differed in stays beside the looks that come after it.
  std::erase_if(looks, [&](const Look& one) {
    return (one.article == look.article && (!one.rebuilt || look.rebuilt)) || one.at > now ||
           now - one.at > remembered;
  });
  auto& lines = lines_[source];
  for (const auto text : look.lines) {
    if (std::any_of(lines.begin(), lines.end(), [&](const Line& line) {
          return line.text == text && line.article == look.article;
        }))
      continue;
    if (lines.size() == most_lines) lines.pop_front();
    lines.push_back({.text = text, .article = look.article});
  }
  if (lines.empty()) lines_.erase(source);
  if (looks.size() == most_looks) looks.pop_front();
  looks.push_back(std::move(look));
}

bool Rebuilds::came_to_others(const std::string& source, const Look& rebuilt) const {
  const auto found = lines_.find(source);
  if (found == lines_.end() || rebuilt.lines.empty()) return false;
  return std::all_of(rebuilt.lines.begin(), rebuilt.lines.end(), [&](std::uint64_t text) {
    return std::count_if(found->second.begin(), found->second.end(), [&](const Line& line) {
             return line.text == text && line.article != rebuilt.article;
           }) >= enough;
  });
}

void Rebuilds::clock_was_set(Duration by) {
  for (auto& [source, looks] : looks_)
    for (auto& look : looks) look.at += by;
}

OtherPages Rebuilds::others(const std::string& source, const Look& rebuilt, Instant kept_since,
                            std::optional<Instant> held_since) const {
  if (came_to_others(source, rebuilt)) return OtherPages::lost_it;
  const auto found = looks_.find(source);
  if (found == looks_.end()) return OtherPages::unknown;
  int alike = 0;
  int otherwise = 0;
  int steady = 0;
  for (const auto& look : found->second) {
    if (look.article == rebuilt.article || look.at > rebuilt.at) continue;
    if (look.rebuilt && look.at > kept_since)
      ++(share_a_field(look.fields, rebuilt.fields) ? alike : otherwise);
    else if (!look.rebuilt && held_since && look.at > *held_since)
      ++steady;
  }
  if (alike >= enough) return OtherPages::lost_it;
  if (alike == 0 && (otherwise >= enough || (otherwise == 0 && steady > 0)))
    return OtherPages::have_it;
  return OtherPages::unknown;
}

std::size_t Rebuilds::size() const {
  std::size_t out = 0;
  for (const auto& [source, looks] : looks_) out += looks.size();
  for (const auto& [source, lines] : lines_) out += lines.size();
  return out;
}

bool shows_editing(const EditorialState& before, const EditorialState& after) {
  for (std::size_t i = 0; i < before.fields.size(); ++i) {
    const auto& then = before.fields[i];
    const auto& now = after.fields[i];
    if (then == now) continue;
    if (then.name == "headline") {
      const auto a = plain_words(then.text);
      const auto b = plain_words(now.text);
      if (!is_within(a, b) && !is_within(b, a)) return true;
    }
    if (then.name == "body" && bodies_show_editing(then.text, now.text)) return true;
  }
  return false;
}

std::vector<std::uint64_t> new_lines(const EditorialState& before, const EditorialState& after) {
  std::vector<std::uint64_t> out;
  for (std::size_t i = 0; i < before.fields.size(); ++i) {
    if (before.fields[i].name != "body" || before.fields[i] == after.fields[i]) continue;
    const auto then = first_paragraphs(before.fields[i].text);
    const std::set<std::string_view> were(then.begin(), then.end());
    for (const auto one : first_paragraphs(after.fields[i].text))
      if (!were.contains(one) && out.size() < most_new_lines)
        out.push_back(std::hash<std::string_view>{}(one));
  }
  return out;
}

}  // namespace tinwatch::monitor
