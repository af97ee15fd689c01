// What one page costs, by the parts, on a newsroom page blown up to the size of a real one.
#include "core/hash.hpp"
#include "html/prune.hpp"
#include "html/tree.hpp"
#include "monitor/change.hpp"
#include "monitor/near_duplicate.hpp"
#include "monitor/page_region.hpp"
#include "monitor/revisit.hpp"
#include "newsroom/script.hpp"
#include "pages.hpp"
#include "parsers/article.hpp"
#include "parsers/note.hpp"
#include "watch/watch_set.hpp"

#include <benchmark/benchmark.h>

namespace tinwatch {
namespace {

using namespace std::chrono_literals;

/// About 92 KB, a third of it script and style, as news pages are (docs/performance.md).
std::string page_bytes() {
  const newsroom::Script script(*civil(2026, 3, 4, 0, 0, 0));
  std::string html = newsroom::article_page(script, script.pieces().at(60001), {});
  std::string chrome;
  for (int i = 0; i < 160; ++i) {
    chrome += "<div class=\"box b" + std::to_string(i) + "\"><a href=\"/muc-" + std::to_string(i) +
              "\"><span>Mục số " + std::to_string(i) +
              "</span></a><ul><li>một</li><li>hai</li><li>ba</li></ul></"
              "div><script>window.dataLayer=window.dataLayer||[];dataLayer.push({id:" +
              std::to_string(i) + ",value:'" + std::string(180, 'x') + "'});</script>";
  }
  html.insert(html.find("<div id=\"footer\">"), chrome);
  return html;
}

const std::string& page() {
  static const std::string html = page_bytes();
  return html;
}

void set_bytes(benchmark::State& state) {
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                          static_cast<std::int64_t>(page().size()));
}

void hash(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(sha256_hex(page()));
  set_bytes(state);
}
BENCHMARK(hash);

void prune(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(parsers::prune(page()).html.size());
  set_bytes(state);
}
BENCHMARK(prune);

void prune_and_parse(benchmark::State& state) {
  for (auto _ : state) {
    const parsers::HtmlTree tree(page());
    benchmark::DoNotOptimize(&tree.root());
  }
  set_bytes(state);
}
BENCHMARK(prune_and_parse);

/// The same with text, attributes and phrases in the HTML: what ADR 8 gains.
void parse_whole_page(benchmark::State& state) {
  for (auto _ : state) {
    const parsers::HtmlTree tree(page(), parsers::TextPlace::in_html);
    benchmark::DoNotOptimize(&tree.root());
  }
  set_bytes(state);
}
BENCHMARK(parse_whole_page);

void bytes_to_record(benchmark::State& state) {
  const auto site = parsers::Site::generic(TimeZone::fixed(7h));
  for (auto _ : state) {
    const auto record =
        parsers::extract_article(parsers::decode("https://a.test/x", "text/html", page()), site);
    if (!record) state.SkipWithError("the page is no article");
    benchmark::DoNotOptimize(record);
  }
  set_bytes(state);
}
BENCHMARK(bytes_to_record);

ArticleRecord page_record() {
  return parsers::extract_article(parsers::decode("https://a.test/x", "", page()),
                                  parsers::Site::generic(TimeZone::fixed(7h)))
      .value();
}

void compare_records(benchmark::State& state) {
  const auto record = page_record();
  auto edited = record;
  edited.body.back().text += " thêm vài chữ";
  for (auto _ : state)
    benchmark::DoNotOptimize(
        monitor::detect_change(EditorialState(record), EditorialState(edited), parsers::note_in));
}
BENCHMARK(compare_records);

/// So many watches, each of three words or phrases and of one that must not stand in the headline;
/// one in ten has something to say.
std::shared_ptr<const watch::WatchSet> watches(std::int64_t count) {
  std::vector<watch::Watch> out;
  for (std::int64_t i = 0; i < count; ++i) {
    const auto number = std::to_string(i);
    const auto text = i % 10 == 0
                          ? "\"cầu gỗ\" AND (rạch OR sông" + number + ") NOT headline:bóng"
                          : "\"cầu số " + number + "\" AND (rạch OR sông) NOT headline:bóng";
    out.push_back(
        {number, std::make_shared<const watch::Query>(watch::Query::parse(text).value())});
  }
  return watch::WatchSet::compile(std::move(out));
}

/// A new article against so many watches.
void match_watches(benchmark::State& state) {
  const auto record = page_record();
  const auto set = watches(state.range(0));
  for (auto _ : state) {
    WorkBudget budget;
    const EditorialState now(record);
    benchmark::DoNotOptimize(set->compare(nullptr, {record, now}, {}, budget));
  }
}
BENCHMARK(match_watches)->Arg(1)->Arg(11)->Arg(1011);

/// An edit against so many: each text is read in both states.
void match_watches_of_an_edit(benchmark::State& state) {
  const auto record = page_record();
  auto edited = record;
  edited.body.back().text += " thêm vài chữ";
  const auto set = watches(state.range(0));
  for (auto _ : state) {
    WorkBudget budget;
    const EditorialState then(record);
    const EditorialState now(edited);
    const watch::ArticleText before(record, then);
    benchmark::DoNotOptimize(set->compare(&before, {edited, now}, {.event = "revised"}, budget));
  }
}
BENCHMARK(match_watches_of_an_edit)->Arg(1)->Arg(11)->Arg(1011);

/// A page whose counter moved, against what it is known by.
void fit_region(benchmark::State& state) {
  auto counted = page();
  const auto at = counted.find("Mục số 7");
  counted.replace(at, 1, "N");
  const auto regions = monitor::PageRegion::learn(page(), counted, {32});
  if (regions.empty()) return state.SkipWithError("no region was learnt");
  for (auto _ : state) benchmark::DoNotOptimize(regions.front().fits(counted));
  set_bytes(state);
}
BENCHMARK(fit_region);

/// A text of 1,000 syllables, for finding its copies.
void text_signature(benchmark::State& state) {
  ArticleRecord record;
  std::string text;
  for (int i = 0; i < 1000; ++i)
    text += (i % 3 == 0 ? "đường" : i % 3 == 1 ? "sông" : "bến") + std::to_string(i % 97) + ' ';
  record.body.push_back({BlockType::paragraph, text});
  for (auto _ : state) benchmark::DoNotOptimize(monitor::signature_of(record));
}
BENCHMARK(text_signature);

/// When to look at an article again, while requests are scarce.
void plan_checks(benchmark::State& state) {
  const Instant now{};
  for (auto _ : state)
    benchmark::DoNotOptimize(
        monitor::next_article_wait(now, {.published = now - 48h, .edits = 1}, 0.6, {}, 1e-3));
}
BENCHMARK(plan_checks);

}  // namespace
}  // namespace tinwatch
