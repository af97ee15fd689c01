#include "article_page.hpp"

#include "core/hash.hpp"
#include "decide_article.hpp"
#include "monitor/near_duplicate.hpp"
#include "monitor/page_region.hpp"

namespace tinwatch::crawl {

Opened open_page(std::string coding, std::string sent, std::string sent_sha256,
                 std::size_t max_body, std::string region) {
  Opened out{.body = fetchers::decoded_body(coding, sent, max_body)};
  if (!out.body) return out;
  if (!region.empty()) {
    const auto known = monitor::PageRegion::parse(region);
    out.region_equal = known && known->fits(*out.body);
  }
  if (out.region_equal) return out;
  out.sha256 = sha256_hex(*out.body);
  out.sent_sha256 = sent_sha256.empty() ? sha256_hex(sent) : std::move(sent_sha256);
  if (sent.size() < out.body->size()) {
    out.coding = std::move(coding);
    out.sent = std::move(sent);
  }
  return out;
}

Parsed parse_page(storage::CapturePtr capture, SitePtr site, PageNoisePtr noise,
                  WorkBudget& budget) {
  const auto started = std::chrono::steady_clock::now();
  auto document = parsers::decode(capture->final_url, capture->content_type, capture->body);
  document.fetched_at = capture->fetched_at;
  auto record = parsers::extract_article(document, site, budget);
  Parsed out{.took = std::chrono::steady_clock::now() - started};
  if (!record) {
    out.why_not = record.error();
    return out;
  }
  out.noise = monitor::take_out(noise->forms, *record);
  out.article.emplace(std::move(*record));
  return out;
}

Parsed parse_visited(storage::CapturePtr capture, SitePtr site, PageNoisePtr noise, bool may_be_new,
                     WorkBudget& budget) {
  auto out = parse_page(std::move(capture), std::move(site), std::move(noise), budget);
  if (!out.article || !may_be_new) return out;
  out.signature = stored_signature(out.article->record);
  return out;
}

std::optional<storage::NewSignature> stored_signature(const ArticleRecord& record) {
  const auto signature = monitor::signature_of(record);
  if (!signature) return std::nullopt;
  const auto bands = signature->band_keys();
  return storage::NewSignature{.bytes = signature->bytes(), .bands = {bands.begin(), bands.end()}};
}

std::string learn_region(storage::Capture before, std::shared_ptr<const Sighting> now, SitePtr site,
                         WorkBudget& budget) {
  const auto& capture = *now->capture;
  for (const auto& region :
       monitor::PageRegion::learn(before.body, capture.body, {1024, 256, 32})) {
    const auto masked = std::make_shared<storage::Capture>(capture);
    masked->body = *region.masked(capture.body);
    const auto left = parse_page(masked, site, now->noise, budget);
    if (left.article && left.article->state.hash == now->article.state.hash)
      return region.serialise();
  }
  return {};
}

}  // namespace tinwatch::crawl
