#pragma once

#include "core/editorial_state.hpp"
#include "core/types.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::monitor {

/// Values of an article's fields that come and go by themselves: two headlines that are tried out
/// on readers, a lead that every third server lacks. They are told once; from then on one of them
/// in the place of another is no edit. What was learnt is forgotten after thirty days, and learnt
/// and told anew if it still goes on.
class Alternates {
 public:
  static constexpr std::size_t most_values = 48;

  Alternates() = default;
  /// What `serialise` gave; what is no such text, or older than thirty days, is left out.
  Alternates(std::string_view text, Instant now);

  /// Both values of every field that differs. `breaks_off`: the page of `after` does; that a field
  /// is cut so is learnt too, for the next time it is cut at another place.
  void learn(const EditorialState& before, const EditorialState& after, Instant now,
             bool breaks_off = false);
  /// A paywall that is there for some requests and not for others.
  void learn_paywall(Instant now);

  /// Names of the fields in which the two differ by nothing but what comes and goes; `breaks_off`
  /// as above.
  [[nodiscard]] std::vector<std::string> alike(const EditorialState& before,
                                               const EditorialState& after,
                                               bool breaks_off = false) const;
  [[nodiscard]] bool has_paywall() const;
  [[nodiscard]] std::string serialise() const;

 private:
  struct Value {
    std::string field;
    std::string hash;  // of its text, 16 hexadecimal digits
    Instant learnt_at{};
  };
  void add(std::string field, std::string hash, Instant now);
  [[nodiscard]] bool has(std::string_view field, std::string_view hash) const;

  std::vector<Value> values_;  // the oldest first
};

/// Puts the field of `from` into `record`; names are those of `editorial_fields`. The body brings
/// its captions with it.
void take_field(ArticleRecord& record, const ArticleRecord& from, std::string_view field);

}  // namespace tinwatch::monitor
