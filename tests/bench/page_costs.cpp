// ./dev bench pages: what ten megabytes of each hostile page cost.
#include "core/work_budget.hpp"
#include "parsers/article.hpp"
#include "parsers/listing.hpp"
#include "support/hostile_pages.hpp"

#include <algorithm>
#include <cstdio>

namespace {

using namespace tinwatch;

constexpr std::size_t most_bytes = 10 * 1024 * 1024;
constexpr double most_seconds = 1;

template <class Work>
double seconds(Work work) {
  const auto before = thread_cpu_time();
  try {
    work();
  } catch (const OverBudget&) {
    // It took longer than it may: that is told by the time.
  }
  return std::chrono::duration<double>(thread_cpu_time() - before).count();
}

}  // namespace

int main() {
  const auto site = parsers::Site::generic(TimeZone::fixed(std::chrono::hours{7}));
  double worst = 0;
  std::printf("CPU seconds of 10 MiB (asked: at most %.0f)\n  article    list\n", most_seconds);
  for (const auto& page : test::hostile_pages()) {
    auto html = page.make(most_bytes / test::hostile::unit);
    html.resize(std::min(html.size(), most_bytes));
    parsers::Document document;
    const auto decoding = seconds(
        [&] { document = parsers::decode("https://a.test/mot-bai-viet-123456.html", "", html); });
    const auto article =
        decoding + seconds([&] { static_cast<void>(parsers::extract_article(document, site)); });
    const auto list =
        decoding + seconds([&] { static_cast<void>(parsers::read_listing(document, site)); });
    worst = std::max({worst, article, list});
    std::printf("  %7.2f %7.2f  %s\n", article, list, page.name);
  }
  std::printf("  %7.2f at most\n", worst);
  return worst > most_seconds ? 1 : 0;
}
