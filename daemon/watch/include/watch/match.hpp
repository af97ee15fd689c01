#pragma once

#include "core/record.hpp"
#include "watch/query.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tinwatch::watch {

/// Where a term was found.
struct Hit {
  std::string field;
  std::size_t offset = 0;  ///< bytes from the start of the field
  std::string words;       ///< as printed
  friend bool operator==(const Hit&, const Hit&) = default;
};

/// Texts ready for many queries of one mode.
class Haystack {
 public:
  Haystack(std::vector<EditorialField> fields, Mode mode);

  struct Field {
    std::string name;
    std::string text;
    std::vector<Token> tokens;
  };
  [[nodiscard]] const std::vector<Field>& fields() const { return fields_; }

 private:
  std::vector<Field> fields_;
};

/// The editorial fields that a watch reads: everything printed but dates, sections' order and image
/// addresses.
[[nodiscard]] std::vector<EditorialField> watched_fields(const ArticleRecord& record);

struct Match {
  bool matches = false;
  std::vector<Hit> hits;  ///< of the terms that made it match, at most 50
};
[[nodiscard]] Match match(const Query& query, const Haystack& haystack);

/// What an article's new state means to a watch.
enum class Transition { appeared, disappeared, changed };
[[nodiscard]] std::string_view label(Transition transition);

struct WatchHit {
  Transition transition = Transition::appeared;
  std::vector<Hit> hits;  ///< in the new state; in the old one for `disappeared`
};

/// `before` is null for a new article. An edit elsewhere in a matching article is no hit: `changed`
/// needs a matched sentence that reads otherwise now.
[[nodiscard]] std::optional<WatchHit> compare(const Query& query, const ArticleRecord* before,
                                              const ArticleRecord& after);

}  // namespace tinwatch::watch
