#include "api/parameters.hpp"

#include "core/time.hpp"

#include <charconv>

namespace tinwatch::api {
namespace {

/// Nothing unless all of `text` is a number that fits.
template <class Number>
std::optional<Number> number_in(std::string_view text) {
  Number value = 0;
  const auto* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return value;
}

storage::ArticleOrder order_of(const Request& request) {
  const auto by = request.parameter("by");
  if (by.empty() || by == "seen") return storage::ArticleOrder::seen;
  if (by == "published") return storage::ArticleOrder::published;
  if (by == "changed") return storage::ArticleOrder::changed;
  throw BadParameter{"by must be published, seen or changed, not '" + by + "'"};
}

Instant key_of(const storage::ArticleView& article, storage::ArticleOrder order) {
  switch (order) {
    case storage::ArticleOrder::published: return article.published_at.value_or(Instant{});
    case storage::ArticleOrder::seen: return article.first_seen_at;
    case storage::ArticleOrder::changed: return article.last_changed_at;
  }
  return article.first_seen_at;
}

/// The keyset cursor `MILLISECONDS_ROW`.
std::optional<std::pair<Instant, std::int64_t>> cursor_of(const Request& request) {
  const auto text = request.parameter("after");
  if (text.empty()) return std::nullopt;
  const auto middle = text.find('_');
  const auto at = number_in<std::int64_t>(std::string_view(text).substr(0, middle));
  const auto row = middle == std::string::npos
                       ? std::nullopt
                       : number_in<std::int64_t>(std::string_view(text).substr(middle + 1));
  if (!at || !row) throw BadParameter{"after is not a cursor of this list"};
  return std::pair{Instant(Duration(*at)), *row};
}

}  // namespace

std::int64_t number_of(const std::string& name, const std::string& value, std::int64_t least,
                       std::int64_t most) {
  const auto number = number_in<std::int64_t>(value);
  if (number && *number >= least && *number <= most) return *number;
  const bool is_bounded = most != std::numeric_limits<std::int64_t>::max();
  throw BadParameter{name + " must be a whole number from " + std::to_string(least) +
                     (is_bounded ? " to " + std::to_string(most) : "") + ", not '" + value + "'"};
}

Instant time_of(const std::string& name, const std::string& value, const Context& context) {
  const auto at = parse_time_argument(value, context.now, context.utc_offset);
  if (!at)
    throw BadParameter{name + " must be RFC 3339, a date, 'today' or an age such as 36h, not '" +
                       value + "'"};
  return *at;
}

std::int64_t integer(const Request& request, const std::string& name, std::int64_t fallback,
                     std::int64_t most) {
  const auto text = request.parameter(name);
  return text.empty() ? fallback : number_of(name, text, 0, most);
}

int revision_number(const Request& request, const std::string& name, int fallback) {
  const auto text = request.parameter(name);
  return text.empty() ? fallback : static_cast<int>(number_of(name, text, 1, most_revisions));
}

std::size_t limit_of(const Request& request, std::size_t fallback) {
  const auto text = request.parameter("limit");
  if (text.empty()) return fallback;
  return static_cast<std::size_t>(number_of("limit", text, 1, most_items));
}

std::optional<Instant> time_of(const Request& request, const std::string& name,
                               const Context& context) {
  const auto text = request.parameter(name);
  if (text.empty()) return std::nullopt;
  return time_of(name, text, context);
}

storage::ArticleFilter article_filter(const Request& request, const Context& context) {
  return {.source = request.parameter("source"),
          .since = time_of(request, "since", context),
          .until = time_of(request, "until", context),
          .by = order_of(request),
          .limit = limit_of(request),
          .before = cursor_of(request)};
}

std::string cursor_after(const storage::ArticleView& article, storage::ArticleOrder order) {
  return std::to_string(key_of(article, order).time_since_epoch().count()) + '_' +
         std::to_string(article.row);
}

}  // namespace tinwatch::api
