#pragma once

#include "api/answer.hpp"
#include "storage/views.hpp"

#include <limits>
#include <optional>
#include <string>
#include <string_view>

/// What a request's query says. Whatever cannot be read, or is out of range, is a BadParameter.
namespace tinwatch::api {

/// A parameter that cannot be read; becomes a 400.
struct BadParameter {
  std::string detail;
};

/// Of lists: the largest `limit`.
inline constexpr std::int64_t most_items = 1000;
/// The largest number of a revision.
inline constexpr std::int64_t most_revisions = std::numeric_limits<int>::max();

/// The whole number that `value` of the parameter `name` is.
[[nodiscard]] std::int64_t number_of(const std::string& name, const std::string& value,
                                     std::int64_t least, std::int64_t most);
/// The same of a time: RFC 3339, a date, `today`, or an age such as 36h.
[[nodiscard]] Instant time_of(const std::string& name, const std::string& value,
                              const Context& context);

/// A whole number from 0 to `most`; `fallback` when it is absent.
[[nodiscard]] std::int64_t integer(const Request& request, const std::string& name,
                                   std::int64_t fallback,
                                   std::int64_t most = std::numeric_limits<std::int64_t>::max());
/// The number of a revision, from 1; `fallback` when the parameter is absent.
[[nodiscard]] int revision_number(const Request& request, const std::string& name, int fallback);
/// 1 to 1000; `fallback` when it is absent.
[[nodiscard]] std::size_t limit_of(const Request& request, std::size_t fallback = 100);
[[nodiscard]] std::optional<Instant> time_of(const Request& request, const std::string& name,
                                             const Context& context);

/// The list of articles that is asked for, with its cursor.
[[nodiscard]] storage::ArticleFilter article_filter(const Request& request, const Context& context);
/// Where a list goes on after `article`; opaque to whoever gets it.
[[nodiscard]] std::string cursor_after(const storage::ArticleView& article,
                                       storage::ArticleOrder order);

}  // namespace tinwatch::api
