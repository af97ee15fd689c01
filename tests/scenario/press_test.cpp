#include "press/press.hpp"

#include "crawl/crawler.hpp"
#include "crawl/scheduler.hpp"
#include "storage/reader.hpp"
#include "support/asked.hpp"
#include "support/fake_clock.hpp"
#include "support/passing_time.hpp"
#include "support/run.hpp"
#include "support/temp_dir.hpp"

#include <boost/asio/static_thread_pool.hpp>
#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

// Ten page families in five languages, and everything at once that happens to newspapers or looks
// as if it did (docs/change-detection.md, "How it is tested"): each is told once, and nothing else.
namespace tinwatch::test {
namespace {

using namespace std::chrono_literals;

/// `./dev soak press` asks for more, and for more pieces.
const double polls = asked_or("TINWATCH_PRESS_POLLS", 4'000);
const int pieces_of_each = static_cast<int>(asked_or("TINWATCH_PRESS_PIECES", 12));
const auto seed = static_cast<unsigned>(asked_or("TINWATCH_SEED", 1));
constexpr Duration recheck = 1h;
constexpr Duration step = 10min;

/// What was told, or should be, and how often: `revised 1003`, `unreachable to-3.test`.
using Told = std::map<std::string, int>;

/// How much more often than `other` says.
Told beyond(Told told, const Told& other) {
  for (const auto& [what, times] : other) told[what] -= times;
  std::erase_if(told, [](const auto& entry) { return entry.second <= 0; });
  return told;
}

class PressTest : public testing::Test {
 protected:
  PressTest() {
    auto plan = std::make_shared<crawl::Plan>();
    std::vector<storage::SourceEntry> entries;
    for (const auto& paper : press.all()) {
      crawl::SourcePlan source{.name = paper.host,
                               .site = parsers::Site::generic(TimeZone::fixed({}))};
      source.start = {"http://" + paper.host + '/'};
      source.scope = std::make_shared<const SiteScope>(SiteScope::make(source.start, {}).value());
      source.poll = {.min = 30min, .max = 30min};
      source.recheck = recheck;
      entries.push_back({.name = source.name});
      entries.back().start.push_back({source.start[0], paper.host, TargetKind::listing});
      plan->sources.emplace(source.name, std::move(source));
    }
    crawler.follow(std::move(plan));
    run(io, store.sync_sources(std::move(entries), clock.now()));
    asio::co_spawn(io, loop.spawn(scheduler.run()), [](const std::exception_ptr&) {});
    pass(2h);
  }

  ~PressTest() override {
    loop.cancel();
    visits.cancel();
    io.restart();
    io.run();
  }

  static void throws(const std::exception_ptr& failure) { std::rethrow_exception(failure); }
  void pass(Duration duration) {
    const auto busy = [&] { return store.pending() > 0 || crawler.working() > 0; };
    for (Duration passed{0}; passed < duration; passed += 5min) {
      test::pass(io, clock, std::min<Duration>(5min, duration - passed), busy);
      bool examined = false;
      asio::co_spawn(io, crawler.examine_sources(),
                     [&](const std::exception_ptr&) { examined = true; });
      settle(io, [&] { return busy() || !examined; });
    }
  }
  /// The machine's clock is set, and the daemon notices.
  void set_clock(Duration by) {
    clock.set_ahead(ahead += by);
    crawler.clock_was_set(by);
    asio::co_spawn(io, store.move_waits(by), [](const std::exception_ptr&) {});
    if (by < Duration{0})
      asio::co_spawn(io, store.mend_times(clock.now(), 1ms), [](const std::exception_ptr&) {});
    settle(io, [&] { return store.pending() > 0; });
    scheduler.clock_was_set();
  }

  Paper& any_paper() {
    for (;;) {
      auto& paper = press.all()[press.random(Press::papers)];
      if (paper.state == Paper::State::well) return paper;
    }
  }
  /// A piece that nothing happens to; null: none was found.
  std::pair<Paper*, Piece*> any_piece() {
    for (int tries = 0; tries < 50; ++tries) {
      auto& paper = any_paper();
      auto at = paper.pieces.begin();
      std::advance(at, press.random(static_cast<unsigned>(paper.pieces.size())));
      auto& piece = at->second;
      if (taken.contains(piece.id) || piece.sent != piece.version ||
          clock.now() - piece.changed < 4h)
        continue;
      return {&paper, &piece};
    }
    return {nullptr, nullptr};
  }
  void expect(const std::string& what, const Piece& piece) {
    ++truth[what + ' ' + std::to_string(piece.id)];
    note("done: " + what, std::to_string(piece.id));
  }
  void note(const std::string& what, const std::string& whom) {
    story.emplace(whom, to_rfc3339(clock.now()) + ' ' + what);
  }
  /// What happened to whom these entries are about, and what was told of it.
  std::string story_of(const Told& told) const {
    std::string out;
    std::set<std::string> shown;
    for (const auto& [what, times] : told) {
      const auto whom = what.substr(what.rfind(' ') + 1);
      if (!shown.insert(whom).second) continue;
      auto [from, to] = story.equal_range(whom);
      for (; from != to; ++from) out += '\n' + whom + ' ' + from->second;
    }
    return out;
  }
  void later(Duration delay, std::function<void()> what) {
    agenda.emplace(clock.now() + delay, std::move(what));
  }

  void edit() {
    const auto [paper, piece] = any_piece();
    if (!piece) return;
    press.edit(*piece, rebuilt.contains(paper->host) && clock.now() < rebuilt[paper->host]);
    expect("revised", *piece);
    ++edits;
  }
  void move() {
    const auto [paper, piece] = any_piece();
    if (!piece) return;
    press.move(*piece, press.random(2) == 0);
    rest(*piece, 6h);
    expect("moved", *piece);
  }
  void take_down() {
    const auto [paper, piece] = any_piece();
    if (!piece) return;
    constexpr std::array statuses = {404, 410, 200};
    piece->gone = statuses.at(press.random(3));
    taken.insert(piece->id);
    expect("missing", *piece);
    expect("removed", *piece);
    if (press.random(2) == 0) return;
    expect("returned", *piece);
    later(45h, [piece = piece] { piece->gone = 0; });
  }
  void put_up_paywall() {
    const auto [paper, piece] = any_piece();
    if (!piece) return;
    piece->is_paid_for = true;
    taken.insert(piece->id);
    expect("revised+paywall", *piece);
    expect("revised+paywall", *piece);
    later(20h, [piece = piece] { piece->is_paid_for = false; });
  }
  void try_headlines() {
    const auto [paper, piece] = any_piece();
    if (!piece) return;
    const auto blank = piece->headline.find(' ');
    piece->other_headline =
        piece->headline.substr(blank + 1) + ' ' + piece->headline.substr(0, blank);
    taken.insert(piece->id);
    expect("revised", *piece);
    expect("revised+alternates", *piece);
  }
  void flicker() {
    const auto [paper, piece] = any_piece();
    if (!piece) return;
    (press.random(2) == 0 ? piece->is_lacked : piece->is_cut) = true;
    note(piece->is_cut ? "done: cut now and then" : "done: lacked now and then",
         std::to_string(piece->id));
    taken.insert(piece->id);
    flickering.insert(piece->id);
  }
  void work_on_a_site() {
    auto& paper = any_paper();
    constexpr std::array states = {Paper::State::maintenance, Paper::State::sent_away,
                                   Paper::State::lost, Paper::State::overloaded};
    paper.state = states.at(press.random(4));
    note("done: state " + std::to_string(static_cast<int>(paper.state)), paper.host);
    if (paper.state != Paper::State::overloaded) {
      ++truth["unreachable " + paper.host];
      ++truth["recovered " + paper.host];
    }
    later(paper.state == Paper::State::overloaded ? 45min : recheck + 40min,
          [&paper] { paper.state = Paper::State::well; });
  }
  void rebuild() {
    auto& paper = any_paper();
    if (paper.family >= Press::papers) return;
    // What was edited and not looked at before cannot be told from what the new design adds.
    const auto is_looked_at = [&](const auto& entry) {
      return entry.second.sent == entry.second.version && clock.now() - entry.second.changed >= 2h;
    };
    if (!std::all_of(paper.pieces.begin(), paper.pieces.end(), is_looked_at)) return;
    paper.family += Press::papers;
    note("done: rebuilt", paper.host);
    rebuilt[paper.host] = clock.now() + 6h;
  }
  void rest(const Piece& piece, Duration time) {
    taken.insert(piece.id);
    later(time, [this, id = piece.id] { taken.erase(id); });
  }

  /// Events since the baseline.
  Told told() {
    Told out;
    const storage::Reader reader(folder / "t.db");
    for (const auto& event : reader.events(0, std::nullopt, 1'000'000)) {
      if (event.discovery != Discovery::live) continue;
      const auto data = boost::json::parse(event.data);
      std::string word(word_of(event_type_from(event.type).value()));
      if (event.article.empty()) {
        ++out[word + ' ' + event.source];
        story.emplace(event.source, to_rfc3339(event.at) + " told: " + word);
        continue;
      }
      if (const auto* change = data.as_object().if_contains("change")) {
        if (change->as_object().contains("alternates"))
          word += "+alternates";
        else if (change->as_object().contains("paywall"))
          word += "+paywall";
      }
      const std::string url(data.at("article").at("url").as_string());
      const auto from = url.find("ben-tau");
      const auto piece =  // else a page that no paper has published
          from == std::string::npos ? url : url.substr(url.find_first_of("0123456789", from), 4);
      ++out[word + ' ' + piece];
      story.emplace(piece, to_rfc3339(event.at) + " told: " + word + " of " + event.source);
    }
    return out;
  }

  asio::io_context io;
  TempDir folder;
  FakeClock clock{*civil(2026, 3, 4, 1, 0, 0)};
  Duration ahead{0};
  asio::static_thread_pool cpu{1};
  storage::Store store{folder / "t.db"};
  telemetry::Metrics metrics;
  Press press{clock, seed, pieces_of_each};
  fetchers::PoliteFetcher polite{
      press,          clock,      io.get_executor(),           cpu.get_executor(),
      {.delay = 1ms}, "tinwatch", fetchers::HostMemory::none()};
  crawl::Crawler crawler{
      polite, store, cpu.get_executor(), 1, clock, metrics, std::make_shared<const crawl::Plan>()};
  TaskGroup visits{io.get_executor(), 64, throws};
  TaskGroup loop{io.get_executor(), 1, throws};
  crawl::Scheduler scheduler{io.get_executor(), clock, store, polite, crawler, visits};

  Told truth;
  int edits = 0;
  std::set<int> taken;                     // pieces that something happens to
  std::set<int> flickering;                // that a server lacks, or cuts
  std::map<std::string, Instant> rebuilt;  // papers, and until when their new design is young
  std::multimap<Instant, std::function<void()>> agenda;
  std::multimap<std::string, std::string> story;  // by piece or source: when what was done and told
};

TEST_F(PressTest, TellsWhatHappensOnceAndNothingElse) {
  RecordProperty("seed", static_cast<int>(seed));
  const auto chance = [&](double times) {  // of so many in 100,000 polls
    const auto pieces = Press::papers * static_cast<unsigned>(pieces_of_each);
    const auto steps = 100'000 / (pieces * std::chrono::duration<double>(step) / 1h);
    return press.random(1'000'000) < times / steps * 1'000'000;
  };
  while (static_cast<double>(press.polls()) < polls) {
    for (int i = 0; i < 2; ++i)
      if (chance(500)) edit();
    if (chance(100)) move();
    if (chance(100)) take_down();
    if (chance(20)) work_on_a_site();
    if (chance(15)) rebuild();
    if (chance(10)) put_up_paywall();
    if (chance(10)) try_headlines();
    if (chance(10)) flicker();
    if (chance(3)) {
      set_clock(24h);
      test::pass(io, clock, 8s, [&] { return store.pending() > 0 || crawler.working() > 0; });
      set_clock(-24h);
    }
    while (!agenda.empty() && agenda.begin()->first <= clock.now()) {
      const auto what = agenda.begin()->second;
      agenda.erase(agenda.begin());
      what();
    }
    pass(step);
  }
  while (!agenda.empty()) {
    pass(std::max<Duration>(agenda.begin()->first - clock.now(), 0s));
    const auto what = agenda.begin()->second;
    agenda.erase(agenda.begin());
    what();
  }
  pass(60h);

  auto reported = told();
  for (const int id : flickering) {
    // What a server does to one piece may be told once as such; told as missing, it is taken back.
    const auto key = std::to_string(id);
    EXPECT_LE(reported["revised+alternates " + key], 1) << id;
    EXPECT_LE(reported["missing " + key], 1) << id;
    EXPECT_EQ(reported["missing " + key], reported["returned " + key]) << id;
    for (const auto* word : {"revised+alternates ", "missing ", "returned "})
      reported.erase(word + key);
  }
  const auto untrue = beyond(reported, truth);
  const auto untold = beyond(truth, reported);
  EXPECT_EQ(untrue, Told{}) << "not true, or told too often:" << story_of(untrue);
  EXPECT_EQ(untold, Told{}) << "not told:" << story_of(untold);
  EXPECT_EQ(storage::Reader(folder / "t.db").verify("").faults, std::vector<std::string>{});
  std::cout << press.polls() << " polls, " << edits << " edits, " << truth.size()
            << " kinds of events of pieces and sources, seed " << seed << '\n';
}

}  // namespace
}  // namespace tinwatch::test
