#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::monitor {

/// The bytes of an article's page that stay as they are while the article does: all of it but the
/// places that were seen to change (view counters, related boxes, tokens). Whoever learns one makes
/// sure that those places hold nothing of the article (docs/change-detection.md): then a page that
/// fits shows the same article, or one with something added inside such a place, and needs no
/// parse.
class PageRegion {
 public:
  /// [begin, end) of a page: a place that changes.
  struct Place {
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  /// From two pages of the same article in the same state, one region for each of `shortest` bytes:
  /// what stays between two places that change, but is shorter, is not relied on. The more is left
  /// out, the more pages fit. Without those for which the pages have too little in common. Costs
  /// milliseconds.
  [[nodiscard]] static std::vector<PageRegion> learn(std::string_view before, std::string_view now,
                                                     const std::vector<std::size_t>& shortest);

  /// The page with other text and other numbers in the places that change, tags as they were: what
  /// its record still has does not come from there. Nothing for a page that does not have the parts
  /// that stay, in their order.
  [[nodiscard]] std::optional<std::string> masked(std::string_view page) const;

  /// Whether everything that stays is there, byte for byte (by a seeded hash).
  [[nodiscard]] bool fits(std::string_view page) const;

  /// For the store.
  [[nodiscard]] std::string serialise() const;
  /// Nothing for text that `serialise` did not make.
  [[nodiscard]] static std::optional<PageRegion> parse(std::string_view text);

 private:
  /// A run of bytes that stays; between two of them anything may stand.
  struct Part {
    std::size_t length = 0;
    std::string anchor;  ///< its first bytes: where to find it
  };
  /// Where each part begins; nothing when they are not all there. Says nothing of their bytes.
  [[nodiscard]] std::optional<std::vector<std::size_t>> locate(std::string_view page) const;
  [[nodiscard]] std::string digest(std::string_view page,
                                   const std::vector<std::size_t>& begins) const;
  /// What lies between those places, in order; without its digest.
  static PageRegion between(std::string_view page, const std::vector<Place>& places);

  std::vector<Part> parts_;  // the first begins with the page, the last ends with it
  std::uint64_t seed_ = 0;   // never shown outside
  std::string digest_;       // of all parts, joined (xxh3_hex)
};

}  // namespace tinwatch::monitor
