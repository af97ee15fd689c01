#include "app/daemon.hpp"
#include "storage/reader.hpp"
#include "support/fake_clock.hpp"
#include "support/passing_time.hpp"
#include "support/run.hpp"
#include "support/sanitized.hpp"
#include "support/temp_dir.hpp"
#include "telemetry/log.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <map>
#include <random>
#include <set>
#include <sstream>
#include <sys/resource.h>
#include <unistd.h>

// A day of many newspapers, watched by the whole daemon over real HTTP: what it costs, and that it
// costs no more in the evening than in the morning.
namespace tinwatch::test {
namespace {

using namespace std::chrono_literals;

int from_environment(const char* name, int otherwise) {
  const char* const value = std::getenv(name);
  return value ? std::atoi(value) : otherwise;
}

/// A piece an hour in each of so many newspapers, each at an address of its own on loopback. All
/// they say follows from the number and the clock: nothing is remembered, so that what grows is the
/// daemon.
class Country {
 public:
  static constexpr int shown = 30;           // pieces that a front page names
  static constexpr int edited_of = 5;        // one piece of so many gets a sentence more
  static constexpr Duration edited = 25min;  // after it came out

  Country(asio::io_context& io, const Clock& clock)
      : clock_(clock), acceptor_(io, {asio::ip::make_address("0.0.0.0"), 0}) {}

  void serve() {
    asio::co_spawn(acceptor_.get_executor(), accept(), [](const std::exception_ptr&) {});
  }
  [[nodiscard]] std::string origin(int paper) const {
    return "http://127.9." + std::to_string(paper / 250) + '.' + std::to_string(paper % 250 + 1) +
           ':' + std::to_string(acceptor_.local_endpoint().port());
  }
  [[nodiscard]] static Instant published(int paper, std::int64_t piece) {
    return Instant{piece * 1h + paper % 60 * 1min};
  }
  [[nodiscard]] static bool is_edited(std::int64_t piece) { return piece % edited_of == 0; }
  [[nodiscard]] std::int64_t answers() const { return answers_; }

 private:
  using Socket = asio::ip::tcp::socket;

  Task<> accept() {
    for (;;) {
      auto socket = co_await acceptor_.async_accept(asio::use_awaitable);
      asio::co_spawn(acceptor_.get_executor(), talk(std::move(socket)),
                     [](const std::exception_ptr&) {});
    }
  }
  Task<> talk(Socket socket) {
    const auto address = socket.local_endpoint().address().to_v4().to_bytes();
    const int paper = address[2] * 250 + address[3] - 1;
    std::string buffer;
    for (;;) {
      const auto size = co_await asio::async_read_until(socket, asio::dynamic_buffer(buffer),
                                                        "\r\n\r\n", asio::use_awaitable);
      const auto path = buffer.substr(4, buffer.find(' ', 4) - 4);
      buffer.erase(0, size);
      const auto bytes = answer(paper, path);
      co_await asio::async_write(socket, asio::buffer(bytes), asio::use_awaitable);
    }
  }

  [[nodiscard]] std::string answer(int paper, const std::string& path) {
    ++answers_;
    if (path == "/") return sent(200, front_page(paper));
    const auto at = path.rfind('-');
    if (at == std::string::npos) return sent(404, "");
    const std::int64_t piece = std::atoll(path.c_str() + at + 1);
    return published(paper, piece) > clock_.now() ? sent(404, "") : sent(200, page(paper, piece));
  }
  [[nodiscard]] static std::string sent(int status, const std::string& body) {
    return "HTTP/1.1 " + std::to_string(status) +
           " .\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + body;
  }
  [[nodiscard]] static std::string headline(int paper, std::int64_t piece) {
    return "Ferry " + std::to_string(piece) + " of harbour " + std::to_string(paper) +
           " leaves an hour late";
  }
  /// Of words that two pieces hardly ever have in the same order.
  [[nodiscard]] static std::string sentence(int paper, std::int64_t piece, int number) {
    constexpr std::array<std::string_view, 32> words = {
        "boat", "rice",  "salt", "pilot", "water",  "dawn",   "tide",   "pier",
        "rope", "north", "wind", "crew",  "market", "basket", "ferry",  "lamp",
        "mud",  "canal", "oar",  "net",   "house",  "street", "school", "bridge",
        "rain", "night", "sail", "wheel", "gate",   "stone",  "bell",   "smoke"};
    std::minstd_rand random(static_cast<unsigned>(paper * 7919 + piece * 31 + number));
    random.discard(3);
    std::string out = "A";
    for (int i = 0; i < 24; ++i) {
      const auto word = words.at(random() % words.size());
      (out += i % 3 == 2 ? " and the " : " ") += word;
    }
    return out + " waited there.";
  }
  [[nodiscard]] std::string front_page(int paper) const {
    const auto now = std::chrono::floor<std::chrono::hours>(clock_.now().time_since_epoch());
    auto piece = now.count();
    if (published(paper, piece) > clock_.now()) --piece;
    std::string out = "<html><head><title>Harbour</title></head><body><h1>Harbour</h1><ul>";
    for (int i = 0; i < shown; ++i, --piece)
      out += "<li><h3><a href=\"/news/ferry-leaves-late-" + std::to_string(piece) + "\">" +
             headline(paper, piece) + "</a></h3></li>";
    return out + "</ul></body></html>";
  }
  [[nodiscard]] std::string page(int paper, std::int64_t piece) const {
    std::string out = "<html><head><title>" + headline(paper, piece) +
                      "</title></head><body><nav><a href=\"/\">Harbour</a></nav><article><h1>" +
                      headline(paper, piece) + "</h1><p class=\"by\">By Lan Tran, " +
                      to_rfc3339(published(paper, piece)) + "</p>";
    for (int i = 0; i < 10; ++i) out += "<p>" + sentence(paper, piece, i) + "</p>";
    if (is_edited(piece) && clock_.now() - published(paper, piece) >= edited)
      out += "<p>Later it was said that pier " + std::to_string(piece % 71) +
             " will be mended before the next spring tide comes in.</p>";
    return out + "</article><p>" + std::to_string(answers_) + " views</p></body></html>";
  }

  const Clock& clock_;
  asio::ip::tcp::acceptor acceptor_;
  std::int64_t answers_ = 0;
};

/// What the process holds and has used.
struct Used {
  std::int64_t memory_kib = 0;
  std::int64_t descriptors = 0;
  double cpu_seconds = 0;

  static Used now() {
    std::int64_t size = 0;
    std::int64_t resident = 0;
    std::ifstream("/proc/self/statm") >> size >> resident;
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& time) {
      return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    const std::filesystem::directory_iterator open("/proc/self/fd");
    return {.memory_kib = resident * sysconf(_SC_PAGESIZE) / 1024,
            .descriptors = std::distance(begin(open), end(open)),
            .cpu_seconds = seconds(used.ru_utime) + seconds(used.ru_stime)};
  }
};

class DayTest : public testing::Test {
 protected:
  const int papers = from_environment("TINWATCH_DAY_SOURCES", 6);
  const int hours = from_environment("TINWATCH_DAY_HOURS", 4);

  DayTest() {
    log::set_up({});  // as the daemon's: to standard error
    country.serve();
    config::Config config;
    config.storage.path = folder / "day.db";
    config.http.listen.clear();
    config.fetch.per_host.delay = 1ms;
    const auto networks = std::make_shared<std::vector<fetchers::Network>>();
    networks->push_back(fetchers::parse_network("127.0.0.0/8").value());
    for (int i = 0; i < papers; ++i) {
      config::SourceSettings source{.name = "harbour-" + std::to_string(i)};
      source.title = source.name;
      source.site = parsers::Site::generic(TimeZone::fixed({}));
      source.start = {country.origin(i) + '/'};
      source.scope = std::make_shared<const SiteScope>(SiteScope::make(source.start, {}).value());
      source.poll = {.min = 10min, .max = 10min};
      source.allow_networks = networks;
      config.sources.push_back(std::move(source));
    }
    daemon = std::make_unique<app::Daemon>(io, std::move(config), clock);
    asio::co_spawn(io, daemon->start(), [](const std::exception_ptr& failure) {
      if (failure) std::rethrow_exception(failure);
    });
    pass(0h);
  }
  ~DayTest() override {
    bool stopped = false;
    asio::co_spawn(io, daemon->stop(), [&stopped](const std::exception_ptr&) { stopped = true; });
    while (!stopped) io.run_one_for(1s);
    daemon.reset();
  }
  void pass(Duration time) {
    test::pass(io, clock, time, [&] { return daemon->is_busy(); });
  }
  /// One row of the table, for whoever sizes a machine.
  void print(int hour, const Used& used) {
    const auto before = Used::now().cpu_seconds;
    constexpr int scrapes = 5;
    std::size_t scraped = 0;
    for (int i = 0; i < scrapes; ++i) scraped = daemon->metrics().serialise().size();
    const auto scrape = (Used::now().cpu_seconds - before) / scrapes;
    std::int64_t disk = 0;
    for (const auto* suffix : {"", "-wal"}) {
      std::error_code none;
      const auto size = std::filesystem::file_size((folder / "day.db") + suffix, none);
      if (!none) disk += static_cast<std::int64_t>(size);
    }
    std::cout << std::setw(4) << hour << std::setw(10) << country.answers() << std::fixed
              << std::setprecision(1) << std::setw(9) << used.cpu_seconds << std::setw(9)
              << static_cast<double>(used.memory_kib) / 1024 << std::setw(5) << used.descriptors
              << std::setw(9) << static_cast<double>(disk) / 1e6 << std::setw(9) << scrape * 1000
              << " ms, " << scraped / 1024 << " KiB" << std::endl;
  }

  asio::io_context io;
  TempDir folder;
  FakeClock clock{*civil(2026, 3, 4, 1, 0, 0)};
  Country country{io, clock};
  std::unique_ptr<app::Daemon> daemon;
};

TEST_F(DayTest, EveningCostsNoMoreThanMorningAndNothingIsMissed) {
  std::cout << "hour  requests  CPU (s) mem (MiB) fds disk (MB)  a scrape\n";
  Used after_an_hour;
  const auto begin = clock.now();
  for (int hour = 1; hour <= hours; ++hour) {
    pass(1h);
    const auto used = Used::now();
    if (hour == 1) after_an_hour = used;
    print(hour, used);
  }
  const auto last = Used::now();
  EXPECT_LE(last.descriptors, after_an_hour.descriptors + after_an_hour.descriptors / 10);
#ifndef TINWATCH_SANITIZED
  const auto grown = last.memory_kib - after_an_hour.memory_kib;
  std::cout << "memory after the first hour: "
            << static_cast<double>(grown * 1000 / after_an_hour.memory_kib) / 10 << " % more\n";
  // Of a thousand, what is remembered of each fills for half a day.
  if (hours >= 24 && papers <= 50) {
    EXPECT_LT(grown * 50, after_an_hour.memory_kib) << "2 %";
  }
#endif

  // What came out, and was edited, long enough ago that a perfect watcher has told it.
  std::map<std::string, int> told;
  const storage::Reader reader(folder / "day.db");
  for (std::int64_t after = 0;;) {
    const auto events = reader.events(after, std::nullopt, 10'000);
    if (events.empty()) break;
    after = events.back().seq;
    for (const auto& event : events)
      if (event.discovery == Discovery::live) ++told[event.type.substr(event.type.rfind('.') + 1)];
  }
  int published = 0;
  int edited = 0;
  for (int paper = 0; paper < papers; ++paper)
    for (auto piece = std::chrono::floor<std::chrono::hours>(begin.time_since_epoch()).count();
         Country::published(paper, piece) < clock.now() - 20min; ++piece) {
      if (Country::published(paper, piece) <= begin) continue;
      ++published;
      if (Country::is_edited(piece) &&
          Country::published(paper, piece) + Country::edited < clock.now() - 1h)
        ++edited;
    }
  EXPECT_GE(told["published"], published);
  EXPECT_LE(told["published"], published + papers) << "those of the last minutes";
  EXPECT_GE(told["revised"], edited);
  EXPECT_LE(told["revised"], edited + papers);
  told.erase("published");
  told.erase("revised");
  EXPECT_EQ(told, (std::map<std::string, int>{}));
}

}  // namespace
}  // namespace tinwatch::test
