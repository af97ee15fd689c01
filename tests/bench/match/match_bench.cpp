// What a text costs with so many watches, beside Hyperscan and RE2::Set. They are given the text
// folded already, and look for the phrases' bytes anywhere: in the middle of a syllable, over a
// comma of another kind not at all. Times are CPU time of the thread, the median of the texts.
#include "core/text.hpp"
#include "core/work_budget.hpp"
#include "invented.hpp"
#include "watch/watch_set.hpp"

#include <algorithm>
#include <cstdio>
#include <functional>
#include <hs/hs.h>
#include <malloc.h>
#include <re2/set.h>
#include <set>
#include <string>
#include <vector>

namespace tinwatch::bench {
namespace {

constexpr std::size_t text_bytes = 10'000;
constexpr int texts_read = 200;

double microseconds(std::chrono::nanoseconds time) {
  return static_cast<double>(time.count()) / 1000;
}

/// In use, in MB.
double allocated() {
  const auto info = ::mallinfo2();
  return static_cast<double>(info.uordblks + info.hblkhd) / 1e6;
}

struct Row {
  double parse = 0;    ///< ms
  double compile = 0;  ///< ms
  double memory = 0;   ///< MB
  double time = 0;     ///< µs a text
  double hits = 0;     ///< a text
  std::string remark;
};

void print(const char* what, std::size_t count, const char* engine, const Row& row) {
  if (!row.remark.empty()) {
    std::printf("%-9s %7zu  %-10s %s\n", what, count, engine, row.remark.c_str());
    return;
  }
  std::printf(
      "%-9s %7zu  %-10s %9.1f us/text %8.1f hits %9.1f ms parse %9.1f ms compile %8.1f MB\n", what,
      count, engine, row.time, row.hits, row.parse, row.compile, row.memory);
}

/// The median over texts of `scan`, which answers how many were found.
void measure(const std::vector<std::string>& texts, Row& row,
             const std::function<std::size_t(const std::string&)>& scan) {
  std::vector<double> times;
  double hits = 0;
  for (const auto& text : texts) hits += static_cast<double>(scan(text));  // and warms up
  for (const auto& text : texts) {
    const auto begin = thread_cpu_time();
    static_cast<void>(scan(text));
    times.push_back(microseconds(thread_cpu_time() - begin));
  }
  std::nth_element(times.begin(), times.begin() + static_cast<long>(times.size() / 2), times.end());
  row.time = times[times.size() / 2];
  row.hits = hits / static_cast<double>(texts.size());
}

Row run_watches(const std::vector<std::string>& queries, bool one_watch,
                const std::vector<std::string>& texts) {
  Row row;
  const auto before = allocated();
  const auto begin = thread_cpu_time();
  std::vector<watch::Watch> watches;
  if (one_watch)
    watches.push_back(
        {"w", std::make_shared<const watch::Query>(watch::Query::any_of(queries).value())});
  else
    for (const auto& query : queries)
      watches.push_back(
          {"w", std::make_shared<const watch::Query>(watch::Query::parse(query).value())});
  const auto parsed = thread_cpu_time();
  const auto set = watch::WatchSet::compile(std::move(watches));
  row.parse = microseconds(parsed - begin) / 1000;
  row.compile = microseconds(thread_cpu_time() - parsed) / 1000;
  row.memory = allocated() - before;
  measure(texts, row, [&](const std::string& text) {
    EditorialState state;
    state.fields.push_back({"body", text});
    const ArticleRecord record;
    const watch::ArticleText article(record, state);
    WorkBudget budget;
    return set->compare(nullptr, article, {}, budget).size();
  });
  return row;
}

Row run_hyperscan(const std::vector<std::string>& phrases, const std::vector<std::string>& texts) {
  Row row;
  std::vector<const char*> patterns;
  std::vector<std::size_t> sizes;
  std::vector<unsigned> ids;
  std::vector<unsigned> flags(phrases.size(), HS_FLAG_SINGLEMATCH);
  for (const auto& phrase : phrases) {
    patterns.push_back(phrase.c_str());
    sizes.push_back(phrase.size());
    ids.push_back(static_cast<unsigned>(ids.size()));
  }
  const auto before = allocated();
  const auto begin = thread_cpu_time();
  hs_database_t* database = nullptr;
  hs_compile_error_t* error = nullptr;
  if (hs_compile_lit_multi(patterns.data(), flags.data(), ids.data(), sizes.data(),
                           static_cast<unsigned>(patterns.size()), HS_MODE_BLOCK, nullptr,
                           &database, &error) != HS_SUCCESS) {
    row.remark = std::string("does not compile: ") + error->message;
    hs_free_compile_error(error);
    return row;
  }
  row.compile = microseconds(thread_cpu_time() - begin) / 1000;
  hs_scratch_t* scratch = nullptr;
  hs_alloc_scratch(database, &scratch);
  row.memory = allocated() - before;
  measure(texts, row, [&](const std::string& text) {
    std::size_t found = 0;
    hs_scan(
        database, text.data(), static_cast<unsigned>(text.size()), 0, scratch,
        [](unsigned, unsigned long long, unsigned long long, unsigned, void* count) {
          ++*static_cast<std::size_t*>(count);
          return 0;
        },
        &found);
    return found;
  });
  hs_free_scratch(scratch);
  hs_free_database(database);
  return row;
}

Row run_re2(const std::vector<std::string>& phrases, const std::vector<std::string>& texts) {
  Row row;
  const auto before = allocated();
  const auto begin = thread_cpu_time();
  RE2::Options options;
  options.set_max_mem(std::int64_t{1} << 30);
  options.set_log_errors(false);
  RE2::Set set(options, RE2::UNANCHORED);
  for (const auto& phrase : phrases) set.Add(RE2::QuoteMeta(phrase), nullptr);
  if (!set.Compile()) {
    row.remark = "does not compile within 1 GiB";
    return row;
  }
  row.compile = microseconds(thread_cpu_time() - begin) / 1000;
  bool failed = false;
  // Its automaton is built while it reads: few texts are enough to see where that leads.
  const std::vector<std::string> some(texts.begin(),
                                      texts.begin() + (phrases.size() > 20'000 ? 3 : 50));
  measure(some, row, [&](const std::string& text) {
    std::vector<int> found;
    RE2::Set::ErrorInfo error{};
    if (!set.Match(text, &found, &error) && error.kind != RE2::Set::kNoError) failed = true;
    return found.size();
  });
  row.memory = allocated() - before;
  if (failed) row.remark = "runs out of 1 GiB while reading";
  return row;
}

std::vector<std::string> distinct_phrases(std::size_t count) {
  Vietnamese language(2);
  std::set<std::string> seen;
  std::vector<std::string> out;
  while (out.size() < count) {
    auto phrase = language.phrase();
    if (seen.insert(phrase).second) out.push_back(std::move(phrase));
  }
  return out;
}

std::string quoted(const std::string& phrase) { return '"' + phrase + '"'; }

}  // namespace

int run() {
  Vietnamese language(1);
  std::vector<std::string> texts;
  for (int i = 0; i < texts_read; ++i) texts.push_back(language.text(text_bytes));
  std::vector<std::string> folded;
  for (const auto& text : texts) folded.push_back(fold_case(text));
  const auto all = distinct_phrases(100'000);
  for (const std::size_t count : {10U, 100U, 1'000U, 10'000U, 100'000U}) {
    const std::vector<std::string> phrases(all.begin(), all.begin() + static_cast<long>(count));
    std::vector<std::string> queries;
    for (const auto& phrase : phrases) queries.push_back(quoted(phrase));
    print("phrases", count, "watches", run_watches(queries, false, texts));
    print("phrases", count, "one watch", run_watches(phrases, true, texts));
    print("phrases", count, "hyperscan", run_hyperscan(phrases, folded));
    print("phrases", count, "re2::set", run_re2(phrases, folded));
  }
  std::vector<std::string> boolean;
  Vietnamese words(3);
  for (int i = 0; i < 10'000; ++i)
    boolean.push_back(quoted(words.phrase()) + " NEAR/8 " + quoted(words.phrase()) + " AND (" +
                      words.syllable() + " OR " + quoted(words.phrase()) + ") NOT " +
                      quoted(words.phrase()));
  print("boolean", boolean.size(), "watches", run_watches(boolean, false, texts));
  for (auto& query : boolean)
    query = words.syllable() + " NEAR/8 " + words.syllable() + " AND (" + words.syllable() +
            " OR " + words.syllable() + ") NOT " + words.syllable();
  print("words", boolean.size(), "watches", run_watches(boolean, false, texts));
  return 0;
}

}  // namespace tinwatch::bench

int main() { return tinwatch::bench::run(); }
