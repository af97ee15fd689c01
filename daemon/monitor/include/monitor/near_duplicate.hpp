#pragma once

#include "core/record.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace tinwatch::monitor {

/// What remains of a text for finding its copies: the smallest hash of its shingles in each of 32
/// bins (MinHash by one permutation, Li et al. 2012; empty bins filled by rotation, Shrivastava
/// 2014). The share of equal lanes of two texts estimates how many of their shingles they share.
struct Signature {
  static constexpr std::size_t lanes = 32;
  static constexpr std::size_t bands = 8;
  std::array<std::uint32_t, lanes> values{};

  /// Texts that share a band are worth comparing: with four lanes a band, of those alike to 0.8
  /// 99 of 100 share one, of those alike to 0.2 one of 80.
  [[nodiscard]] std::array<std::int64_t, bands> band_keys() const;
  /// The lanes, four bytes each, least significant first.
  [[nodiscard]] std::string bytes() const;
};

/// Of the article's text, without case, marks and punctuation, in shingles of four syllables.
/// Nothing for a text too short to tell. `./dev bench` says what it costs (text_signature).
[[nodiscard]] std::optional<Signature> signature_of(const ArticleRecord& record);

/// The share of equal lanes of two `bytes()`; 0 when one is none.
[[nodiscard]] double likeness(std::string_view a, std::string_view b);

/// Above it a text is a copy: an editor's cuts and a new lead are forgiven, the same story told by
/// another is not.
inline constexpr double least_likeness_of_copies = 0.55;

}  // namespace tinwatch::monitor
