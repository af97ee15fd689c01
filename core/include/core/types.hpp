#pragma once

#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace tinwatch {

/// An integer that cannot be mistaken for another one. `Tag` is never defined; it only names the
/// kind.
template <class Tag>
class Id {
 public:
  constexpr Id() = default;
  constexpr explicit Id(std::int64_t value) : value_(value) {}

  [[nodiscard]] constexpr std::int64_t value() const { return value_; }
  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 misreads a defaulted <=>
  friend constexpr auto operator<=>(Id, Id) = default;

 private:
  std::int64_t value_ = 0;
};

/// Row numbers: they never leave the store. What the world sees are UUIDs (core/uuid.hpp).
using SourceRow = Id<struct SourceTag>;
using ArticleRow = Id<struct ArticleTag>;
using FrontierRow = Id<struct FrontierTag>;

/// Wall-clock time, UTC, as stored and shown. Never local time; never a bare integer.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
using Duration = std::chrono::milliseconds;

namespace literals {
// NOLINTBEGIN(google-runtime-int): the language fixes this parameter type.
consteval std::size_t operator""_KiB(unsigned long long n) {
  return static_cast<std::size_t>(n) * 1024;
}
consteval std::size_t operator""_MiB(unsigned long long n) {
  return static_cast<std::size_t>(n) * 1024 * 1024;
}
// NOLINTEND(google-runtime-int)
}  // namespace literals

}  // namespace tinwatch

template <class Tag>
struct std::hash<tinwatch::Id<Tag>> {
  std::size_t operator()(tinwatch::Id<Tag> id) const noexcept {
    return std::hash<std::int64_t>{}(id.value());
  }
};
