#pragma once

#include "core/types.hpp"
#include "monitor/noise.hpp"
#include "storage/learned.hpp"

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

/// What a source's pages of one template show that moves by itself: what is known of it when a page
/// is read, and what its look tells of it. Pure.
namespace tinwatch::crawl {

/// What is known before a page is read.
struct PageNoise {
  std::string address_template;
  std::vector<storage::Noise> known;
  std::set<monitor::NoiseForm> forms;  ///< of `known`
  /// What the page shows of another template's: that of the address which its article had.
  std::vector<storage::Noise> brought = {};
};
/// Never null; shared between the steps of reading a page.
using PageNoisePtr = std::shared_ptr<const PageNoise>;

[[nodiscard]] PageNoisePtr page_noise(std::string address_template,
                                      std::vector<storage::Noise> known);

/// What a look at a known article tells. `before`: as it is stored, `now`: as it shows, both
/// without noise. `restless`: their difference, if it is no edit; `is_edit`: if it is one. `met`:
/// noise that the page has.
struct NoiseLook {
  const ArticleRecord& before;
  const ArticleRecord& now;
  const std::optional<monitor::Restless>& restless;
  bool is_edit = false;
  const std::set<monitor::NoiseForm>& met;
};
[[nodiscard]] storage::NoiseNotes notes_of(const PageNoise& noise,
                                           const std::vector<storage::Suspect>& suspects,
                                           const NoiseLook& look, Instant at);

/// What goes on with an article that was sent on to pages of another template: what it showed of
/// the noise of its old ones.
[[nodiscard]] storage::NoiseNotes brought_along(const PageNoise& noise,
                                                const std::set<monitor::NoiseForm>& met,
                                                std::string address_template);

/// Whether a few looks more, a minute apart, may tell whether it is noise.
[[nodiscard]] bool is_worth_watching(const std::vector<storage::Suspect>& suspects);

}  // namespace tinwatch::crawl
