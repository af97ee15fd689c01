#pragma once

#include "core/types.hpp"

#include <string>
#include <vector>

/// What visits teach of a source's pages, beside its articles. Values; times are UTC.
namespace tinwatch::storage {

/// What a fetched page turned out to be, for the addresses of its form.
struct Vote {
  std::string address_template;  ///< parsers::address_template of the address; empty: no vote
  bool is_article = false;
};

/// What the pages of one form of address turned out to be. The last some thirty votes count, those
/// before for less.
struct LearnedTemplate {
  std::string address_template;
  double articles = 0;
  double others = 0;
};

/// A form of text (monitor/noise.hpp) that moves by itself on the pages of one template.
struct Noise {
  std::string form;
  int moves = 0;     ///< when it was learned, and...
  int articles = 0;  ///< ...at so many of them
  Instant learned_at{};
  Instant met_at{};  ///< the last time, to a day
};

/// A form that may be noise: what is known of it.
struct Suspect {
  std::string form;
  int moves = 0;  ///< of all articles of the template; see monitor::NoiseCount
  int fresh = 0;
  int articles = 0;
  bool is_own = false;   ///< the article in question was seen with it lately
  bool was_own = false;  ///< ...or ever
  int own_moves = 0;
};

/// What one look tells of the noise of its template.
struct NoiseNotes {
  std::string address_template;
  struct Look {
    std::string form;
    std::string value;   ///< at this look
    std::string before;  ///< as the article is stored
  };
  std::vector<Look> looks;
  Duration moves_within{};       ///< of the look before: what differs then moved
  std::vector<Suspect> learned;  ///< from now on it is noise
  std::vector<std::string> met;  ///< noise that the page has, whose last time is long ago

  [[nodiscard]] bool is_empty() const { return looks.empty() && learned.empty() && met.empty(); }
};

/// Noise that was not met for so long is forgotten: its template is gone.
inline constexpr Duration noise_kept = std::chrono::days{30};
/// A suspicion that nothing was added to.
inline constexpr Duration suspicion_kept = std::chrono::days{7};

/// Votes older than this are forgotten.
inline constexpr Duration votes_kept = std::chrono::days{90};

}  // namespace tinwatch::storage
