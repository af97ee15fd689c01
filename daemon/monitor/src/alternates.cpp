#include "monitor/alternates.hpp"

#include "core/hash.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <charconv>

namespace tinwatch::monitor {
namespace {

using namespace std::chrono_literals;

constexpr Duration forgotten_after = 30 * 24h;
constexpr std::size_t hash_digits = 16;
constexpr std::string_view paywall = "paywall";
constexpr std::string_view cut = "cut";  // in the place of a hash

std::string hash_of(const std::string& text) { return sha256_hex(text).substr(0, hash_digits); }

/// Whether `text` is where `whole` begins, but for the character that the cut went through.
bool begins(std::string_view whole, std::string_view text) {
  constexpr std::size_t longest_character =
      4;  // bytes; U+FFFD, which stands for a broken one, has 3
  if (text.size() >= whole.size()) return false;
  const auto sound = text.substr(0, text.size() - std::min(text.size(), longest_character));
  return !sound.empty() && whole.starts_with(sound);
}

std::optional<std::int64_t> number_in(std::string_view text) {
  std::int64_t out = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return out;
}

}  // namespace

Alternates::Alternates(std::string_view text, Instant now) {
  for (const auto one : split(text, ' ')) {
    const auto parts = split(one, ':');
    if (parts.size() != 3 || parts[0].empty()) continue;
    const auto at = number_in(parts[2]);
    if (!at) continue;
    const Instant learnt{Duration{*at}};
    if (now - learnt > forgotten_after) continue;
    values_.push_back({std::string(parts[0]), std::string(parts[1]), learnt});
    if (values_.size() == most_values) return;
  }
}

std::string Alternates::serialise() const {
  std::string out;
  for (const auto& value : values_) {
    if (!out.empty()) out += ' ';
    out += value.field + ':' + value.hash + ':' +
           std::to_string(value.learnt_at.time_since_epoch().count());
  }
  return out;
}

bool Alternates::has(std::string_view field, std::string_view hash) const {
  return std::any_of(values_.begin(), values_.end(), [&](const Value& value) {
    return value.field == field && value.hash == hash;
  });
}

void Alternates::add(std::string field, std::string hash, Instant now) {
  if (has(field, hash)) return;
  if (values_.size() == most_values) values_.erase(values_.begin());
  values_.push_back({std::move(field), std::move(hash), now});
}

void Alternates::learn(const EditorialState& before, const EditorialState& after, Instant now,
                       bool breaks_off) {
  for (std::size_t i = 0; i < before.fields.size(); ++i) {
    const auto& then = before.fields[i];
    const auto& shown = after.fields[i];
    if (then == shown) continue;
    add(then.name, hash_of(then.text), now);
    add(then.name, hash_of(shown.text), now);
    if (breaks_off && begins(then.text, shown.text)) add(then.name, std::string(cut), now);
  }
}

void Alternates::learn_paywall(Instant now) { add(std::string(paywall), "-", now); }

bool Alternates::has_paywall() const { return has(paywall, "-"); }

std::vector<std::string> Alternates::alike(const EditorialState& before,
                                           const EditorialState& after, bool breaks_off) const {
  std::vector<std::string> out;
  if (values_.empty()) return out;
  for (std::size_t i = 0; i < before.fields.size(); ++i) {
    const auto& then = before.fields[i];
    const auto& now = after.fields[i];
    if (then == now) continue;
    const bool is_cut = breaks_off && has(then.name, cut) && begins(then.text, now.text);
    if (is_cut || (has(then.name, hash_of(then.text)) && has(now.name, hash_of(now.text))))
      out.push_back(then.name);
  }
  return out;
}

void take_field(ArticleRecord& record, const ArticleRecord& from, std::string_view field) {
  if (field == "headline") record.headline = from.headline;
  if (field == "alternativeHeadline") record.alternative_headline = from.alternative_headline;
  if (field == "description") record.description = from.description;
  if (field == "body" || field == "captions") record.body = from.body;
  if (field == "author") record.author = from.author;
  if (field == "articleSection") record.article_section = from.article_section;
  if (field == "series") record.series = from.series;
  if (field == "datePublished") record.date_published = from.date_published;
  if (field == "correction") record.correction = from.correction;
  if (field == "image" || field == "captions") record.image = from.image;
}

}  // namespace tinwatch::monitor
