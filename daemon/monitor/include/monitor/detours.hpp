#pragma once

#include "core/types.hpp"

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <string>

namespace tinwatch::monitor {

/// Whether an address that sends on to another one has nothing of it: no number of four digits, no
/// last segment, no two words. `/p/48213` and `/tin/cau-moi-48213.html` have, and so have a page
/// under `www.` and the same without; a page that says "back soon" has none of what was asked for.
[[nodiscard]] bool is_detour(const std::string& asked, const std::string& answered);

/// Addresses that led to a page of another name. A site that closes for an hour sends every address
/// to one page; such an article is believed at a second look, when the source has shown something
/// of its own in between. Looks of one spell follow each other within hours: a site that closed
/// last week says nothing of today. Belongs to the io thread.
class Detours {
 public:
  /// An address of the source was sent to `target`; `is_known`: it had shown an article before.
  void note(const std::string& source, const std::string& asked, const std::string& target,
            bool is_known, Instant now);
  /// When that was noted first in this spell; nothing: it was not, or long ago, or has been
  /// forgotten for newer ones.
  [[nodiscard]] std::optional<Instant> since(const std::string& source, const std::string& asked,
                                             const std::string& target, Instant now) const;
  /// Whether known articles' addresses, two at least, were sent there in these hours: then it
  /// stands in the place of all and is no article of its own.
  [[nodiscard]] bool replaces_known(const std::string& source, const std::string& target,
                                    Instant now) const;
  /// The clock was set: what was noted goes on to be as long ago as it is.
  void clock_was_set(Duration by);
  [[nodiscard]] std::size_t size() const;  ///< what is remembered, of all sources

 private:
  struct Detour {
    std::size_t asked = 0;  // hashes
    std::size_t target = 0;
    bool is_known = false;
    Instant since{};
    Instant last{};
  };
  [[nodiscard]] static bool counts(const Detour& detour, Instant now);

  std::map<std::string, std::deque<Detour>> detours_;  // oldest first
};

}  // namespace tinwatch::monitor
