#include "../match/invented.hpp"
#include "core/record.hpp"
#include "schema.hpp"
#include "search/index_entry.hpp"
#include "search/search.hpp"
#include "sqlite.hpp"
#include "storage/store.hpp"
#include "support/run.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <sys/resource.h>
#include <vector>

/// tinwatch_search_bench [ARTICLES] [FOLDER]: what the index of texts costs an article, and how
/// long a search takes, over articles of two revisions each. The database is kept in FOLDER.
namespace tinwatch {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t bytes_of_text = 3000;
constexpr int articles_a_block = 1000;

double cpu_seconds() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  const auto of = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return of(used.ru_utime) + of(used.ru_stime);
}

std::string record_of(const std::string& headline, const std::string& text, int number) {
  ArticleRecord out;
  out.url = out.canonical_url = "https://paper.example/" + std::to_string(number);
  out.in_language = "vi";
  out.headline = headline;
  out.body.push_back({BlockType::paragraph, text});
  return boost::json::serialize(to_json(out));
}

void write_revision(storage::sqlite::Connection& db, int article, int number,
                    const std::string& record) {
  db.use(R"sql(
    INSERT INTO revisions (id, article, number, observed_at, extractor, profile_hash, record, editorial_hash,
        raw_sha256, change, previous_hash, hash)
      VALUES (?1, ?2, ?3, ?4, 'e', '', ?5, '', '', '{}', '', '')
  )sql")
      .bind(std::to_string(article) + '-' + std::to_string(number), article, number,
            std::int64_t{article} * 1000 + number, record)
      .run();
}

/// Articles in blocks, and each block's second revisions behind it.
void fill(const std::string& path, int from, int to) {
  storage::sqlite::Connection db(path);
  db.execute("PRAGMA synchronous = OFF");
  for (int first = from; first < to; first += articles_a_block) {
    bench::Vietnamese vietnamese(static_cast<std::uint32_t>(first));
    std::vector<std::pair<std::string, std::string>> block;
    db.execute("BEGIN");
    for (int i = first; i < std::min(to, first + articles_a_block); ++i) {
      block.emplace_back(vietnamese.phrase() + ' ' + vietnamese.phrase(),
                         vietnamese.text(bytes_of_text));
      const auto& [headline, text] = block.back();
      db.use(R"sql(
        INSERT INTO articles (row, id, source, canonical_url, status, discovery, first_seen_at, last_checked_at,
            last_shown_at, last_changed_at, headline, head_revision, extractor, profile_hash)
          VALUES (?1, ?2, 1, ?3, 'live', 'live', ?4, ?4, ?4, ?4, ?5, 2, 'e', '')
      )sql")
          .bind(i + 1, "00000000-0000-7000-8000-" + std::to_string(100'000'000'000 + i),
                "https://paper.example/" + std::to_string(i), std::int64_t{i} * 1000, headline)
          .run();
      write_revision(db, i + 1, 1, record_of(headline, text, i));
    }
    for (std::size_t i = 0; i < block.size(); ++i)
      write_revision(db, first + static_cast<int>(i) + 1, 2,
                     record_of(block[i].first, block[i].second + ' ' + vietnamese.phrase(),
                               first + static_cast<int>(i)));
    db.execute("COMMIT");
  }
}

void index(storage::Store& store, asio::io_context& io) {
  std::size_t added = 0;
  double longest = 0;
  const auto before = cpu_seconds();
  for (;;) {
    auto entries = test::run(io, store.ask(&search::next_entries, std::size_t{32}));
    if (entries.empty()) break;
    added += entries.size();
    const auto started = Clock::now();
    test::run(io, store.write(&storage::TextIndex::add, std::move(entries)));
    longest = std::max(longest, std::chrono::duration<double>(Clock::now() - started).count());
  }
  if (added > 0)
    std::printf("indexed   %zu revisions, %.0f us of CPU each; the longest write %.0f ms\n", added,
                (cpu_seconds() - before) * 1e6 / static_cast<double>(added), longest * 1e3);
}

void measure(const storage::Reader& reader, const char* name, search::Order order,
             const std::vector<std::string>& queries) {
  std::vector<double> times;
  std::size_t results = 0;
  std::size_t partial = 0;
  for (const auto& text : queries) {
    auto query = watch::Query::parse(text, {.mode = watch::Mode::automatic, .aliases = nullptr});
    if (!query) continue;
    const search::Question question{.query = std::make_shared<const watch::Query>(*query),
                                    .order = order};
    reader.begin_question();
    const auto started = Clock::now();
    const auto page = search::search(reader, question);
    times.push_back(std::chrono::duration<double>(Clock::now() - started).count() * 1e3);
    results += page.results.size();
    if (page.looked_back_to) ++partial;
  }
  std::sort(times.begin(), times.end());
  const auto at = [&](double share) {
    return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
  };
  std::printf(
      "%-28s %4zu queries, %5.1f results each, p50 %6.1f ms, p95 %6.1f ms, longest %6.1f ms", name,
      times.size(), static_cast<double>(results) / static_cast<double>(times.size()), at(0.5),
      at(0.95), times.back());
  std::printf(partial > 0 ? "; %zu ended early\n" : "\n", partial);
}

void search_all(const storage::Reader& reader) {
  bench::Vietnamese vietnamese(7);
  std::vector<std::string> words;
  std::vector<std::string> phrases;
  std::vector<std::string> pairs;
  std::vector<std::string> without;
  for (int i = 0; i < 200; ++i) {
    words.push_back(vietnamese.syllable());
    phrases.push_back('"' + vietnamese.syllable() + ' ' + vietnamese.syllable() + '"');
    pairs.push_back(vietnamese.syllable() + " AND " + vietnamese.syllable());
    without.push_back(vietnamese.syllable() + " NOT " + vietnamese.syllable());
  }
  using search::Order;
  measure(reader, "a word, newest first", Order::newest, words);
  measure(reader, "a phrase, newest first", Order::newest, phrases);
  measure(reader, "two words, newest first", Order::newest, pairs);
  measure(reader, "one without another", Order::newest, without);
  measure(reader, "a word, ranked", Order::relevance, words);
  measure(reader, "a phrase, ranked", Order::relevance, phrases);
}

}  // namespace
}  // namespace tinwatch

int main(int argc, char** argv) {
  using namespace tinwatch;
  const int articles = argc > 1 ? std::atoi(argv[1]) : 20'000;
  const std::filesystem::path folder =
      argc > 2 ? argv[2] : "build/bench/search-" + std::to_string(articles);
  std::filesystem::create_directories(folder);
  const auto path = (folder / "tinwatch.db").string();
  asio::io_context io;
  storage::Store store(path);
  test::run(io, store.sync_sources({{.name = "paper"}}, Instant{}));
  const auto there = storage::sqlite::Connection(path).prepare("SELECT 1 FROM articles").step();
  if (!there) fill(path, 0, articles);
  index(store, io);
  const storage::Reader reader(path);
  const auto bytes = storage::sqlite::Connection(path)
                         .use("SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'text_index%'")
                         .number();
  std::printf("%d articles, %d revisions; the index has %.0f bytes a revision\n", articles,
              2 * articles, static_cast<double>(bytes.value_or(0)) / (2.0 * articles));
  search_all(reader);
}
