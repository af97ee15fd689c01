#pragma once

#include "core/editorial_state.hpp"
#include "core/work_budget.hpp"
#include "fetchers/fetcher.hpp"
#include "page_noise.hpp"
#include "parsers/article.hpp"
#include "storage/article.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>

/// What is done with an article's page; pure, for the cpu threads. What takes a budget throws
/// OverBudget.
namespace tinwatch::crawl {

struct Sighting;
using parsers::SitePtr;

/// A body out of its coding, and whether the page shows what it is known by.
struct Opened {
  Result<std::string, fetchers::FetchError> body;
  std::string sha256;       ///< of the body, unless the region says enough
  std::string sent_sha256;  ///< the same of the body as it was sent
  std::string coding;       ///< of `sent`
  std::string sent;         ///< the body as it was sent, if it was in a coding and is to be read
  bool region_equal = false;
};
/// `sent_sha256` may be empty: not known yet. `region` is a stored monitor::PageRegion, or empty.
[[nodiscard]] Opened open_page(std::string coding, std::string sent, std::string sent_sha256,
                               std::size_t max_body, std::string region);

/// A parse and what it cost.
struct Parsed {
  std::optional<ReadArticle> article;  ///< without the noise of its template
  std::set<monitor::NoiseForm> noise;  ///< that was taken out
  parsers::NotAnArticle why_not;
  std::optional<storage::NewSignature> signature;  ///< if asked for
  std::chrono::nanoseconds took{};
};
[[nodiscard]] Parsed parse_page(storage::CapturePtr capture, SitePtr site, PageNoisePtr noise,
                                WorkBudget& budget);
/// What its text is compared with others by; nothing: it is too short.
[[nodiscard]] std::optional<storage::NewSignature> stored_signature(const ArticleRecord& record);
/// The same for a page just fetched, which may be a new article's.
[[nodiscard]] Parsed parse_visited(storage::CapturePtr capture, SitePtr site, PageNoisePtr noise,
                                   bool may_be_new, WorkBudget& budget);

/// The region of two pages that show the same state of an article, for the store. Empty when there
/// is none: when what they share does not give the same record by itself.
[[nodiscard]] std::string learn_region(storage::Capture before, std::shared_ptr<const Sighting> now,
                                       SitePtr site, WorkBudget& budget);

}  // namespace tinwatch::crawl
