#include "monitor/detours.hpp"

#include "core/text.hpp"
#include "core/url.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <string_view>

namespace tinwatch::monitor {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t most_detours = 50;  // of a source
constexpr Duration longest_gap = 6h;      // between two looks of a spell
constexpr auto fewest_replaced = 2;
constexpr std::size_t longest_word = 3;   // bytes, of those that say nothing
constexpr std::size_t fewest_digits = 4;  // of a number that names an article

std::size_t hash_of(const std::string& address) { return std::hash<std::string>{}(address); }

bool is_letter_or_digit(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '%' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// The words and numbers of a path and its query, lower case.
std::set<std::string> words_of(std::string_view text) {
  std::set<std::string> out;
  std::string word;
  const auto end_word = [&] {
    if (!word.empty()) out.insert(std::move(word));
    word.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (!is_letter_or_digit(c)) {
      end_word();
      continue;
    }
    if (!word.empty() && is_digit(c) != is_digit(word.back())) end_word();
    word += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  end_word();
  return out;
}

bool is_number(const std::string& word) { return is_digit(word.front()); }

std::string_view last_segment(std::string_view path) {
  while (path.ends_with('/')) path.remove_suffix(1);
  path.remove_prefix(path.rfind('/') + 1);
  return path.substr(0, path.rfind('.'));
}

}  // namespace

bool is_detour(const std::string& asked, const std::string& answered) {
  const auto from = parse_url(asked);
  const auto to = parse_url(answered);
  if (!from || !to) return true;
  const auto name = last_segment(from->path);
  if (!name.empty() && name == last_segment(to->path)) return false;
  const auto ours = words_of(from->path_and_query());
  const auto theirs = words_of(to->path_and_query());
  int words = 0;
  for (const auto& word : ours) {
    if (!theirs.contains(word)) continue;
    if (is_number(word) && word.size() >= fewest_digits) return false;
    if (!is_number(word) && word.size() > longest_word) ++words;
  }
  return words < 2;
}

bool Detours::counts(const Detour& detour, Instant now) { return now - detour.last <= longest_gap; }

void Detours::note(const std::string& source, const std::string& asked, const std::string& target,
                   bool is_known, Instant now) {
  const Detour noted{.asked = hash_of(asked),
                     .target = hash_of(target),
                     .is_known = is_known,
                     .since = since(source, asked, target, now).value_or(now),
                     .last = now};
  auto& all = detours_[source];
  std::erase_if(all, [&](const Detour& each) {
    return each.asked == noted.asked && each.target == noted.target;
  });
  if (all.size() == most_detours) all.pop_front();
  all.push_back(noted);
}

std::optional<Instant> Detours::since(const std::string& source, const std::string& asked,
                                      const std::string& target, Instant now) const {
  const auto found = detours_.find(source);
  if (found == detours_.end()) return std::nullopt;
  const auto from = hash_of(asked);
  const auto to = hash_of(target);
  const auto one =
      std::find_if(found->second.begin(), found->second.end(),
                   [&](const Detour& each) { return each.asked == from && each.target == to; });
  if (one == found->second.end() || !counts(*one, now)) return std::nullopt;
  return one->since;
}

bool Detours::replaces_known(const std::string& source, const std::string& target,
                             Instant now) const {
  const auto found = detours_.find(source);
  if (found == detours_.end()) return false;
  const auto to = hash_of(target);
  const auto replaced = std::count_if(
      found->second.begin(), found->second.end(),
      [&](const Detour& each) { return each.is_known && each.target == to && counts(each, now); });
  return replaced >= fewest_replaced;
}

void Detours::clock_was_set(Duration by) {
  for (auto& [source, all] : detours_)
    for (auto& one : all) {
      one.since += by;
      one.last += by;
    }
}

std::size_t Detours::size() const {
  std::size_t out = 0;
  for (const auto& [source, all] : detours_) out += all.size();
  return out;
}

}  // namespace tinwatch::monitor
