#include "world.hpp"

#include "sqlite.hpp"
#include "storage/reader.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <algorithm>

namespace tinwatch::test {

using namespace std::chrono_literals;

const Instant World::beginning = *civil(2026, 3, 4, 1, 0, 0);

World::World(Instant start) : clock_(start), newsroom_(io_, 0, 0) { newsroom_.start(); }

World::~World() {
  if (daemon_) stop();
  if (tampered_) return;
  EXPECT_EQ(storage::Reader(database()).verify("").faults, std::vector<std::string>{});
}

parsers::Profile World::newsroom_profile() {
  return {.name = "newsroom",
          .hash = "profile-1",
          .article = {R"(/.+?--?\d{1,10}-00(?P<id>\d+)s\d{3}10gs)"},
          .listing = {R"(/ExtAppCommon/Home_V2/NewsCategory\?.+)"},
          .drop_lines = {R"(Tốc độ: ?\d(?:[.,]\d+)?x)", R"(\d[\d.]* lượt xem)"}};
}

void World::start(parsers::Profile profile, std::vector<config::WatchSettings> watches) {
  config::Config config;
  config.storage.path = database();
  config.http.listen.clear();
  config.fetch.per_host.delay = 1ms;
  config.fetch.requests_an_hour = requests_an_hour;
  config.fetch.shortcuts = shortcuts;
  config::SourceSettings source{.name = "newsroom", .title = "newsroom"};
  source.site = parsers::Site::compile(std::move(profile), zone).value();
  source.start = {newsroom_.origin() + "/"};
  source.scope = std::make_shared<const SiteScope>(SiteScope::make(source.start, hosts).value());
  source.poll = poll;
  source.recheck = recheck;
  source.removal = removal;
  auto networks = std::make_shared<std::vector<fetchers::Network>>();
  networks->push_back(fetchers::parse_network("127.0.0.0/8").value());
  source.allow_networks = networks;
  config.sources.push_back(std::move(source));
  config.watches = std::move(watches);
  if (has_desk) {
    alerts::ReceiverSettings desk{.name = "desk"};
    // Never connected to: what is for it waits.
    desk.kind = alerts::WebhookSettings{.http = {.url = "http://192.0.2.1/"}};
    config.receivers.push_back(std::move(desk));
    config.routes.push_back({"tinwatch.article.*", {"desk"}});
  }
  newsroom_.set_clock(clock_.now() - ahead_);
  daemon_ = std::make_unique<app::Daemon>(io_, std::move(config), clock_);
  asio::co_spawn(io_, daemon_->start(), [](const std::exception_ptr& failure) {
    if (failure) std::rethrow_exception(failure);
  });
  settle();
}

void World::stop() {
  bool stopped = false;
  asio::co_spawn(io_, daemon_->stop(), [&stopped](const std::exception_ptr&) { stopped = true; });
  while (!stopped) io_.run_one_for(1s);
  daemon_.reset();
}

/// Until nothing happens any more without the clock's moving.
void World::settle() {
  for (;;) {
    io_.restart();
    if (io_.poll() > 0) continue;
    if (!daemon_->is_busy()) return;
    io_.run_one_for(1ms);
  }
}

void World::pass(Duration duration) {
  const Instant end = clock_.now() + duration;
  settle();
  while (const auto next = clock_.next()) {
    if (*next > end) break;
    clock_.advance_to(std::max(*next, clock_.now()));
    newsroom_.set_clock(clock_.now() - ahead_);
    settle();
  }
  clock_.advance_to(end);
  newsroom_.set_clock(end - ahead_);
  settle();
}

newsroom::Step World::step() {
  newsroom_.set_clock(clock_.now() - ahead_);
  return newsroom_.step();
}

std::vector<std::string> World::live_events(std::int64_t after) const {
  const storage::Reader reader(database());
  std::vector<std::string> out;
  for (const auto& event : reader.events(after, std::nullopt, 100000)) {
    if (event.discovery != Discovery::live || event.source.empty()) continue;
    const auto data = boost::json::parse(event.data);
    const auto type = event.type.substr(event.type.find('.') + 1);
    if (event.article.empty())
      out.push_back(type + ' ' + event.source);
    else
      out.push_back(type + ' ' + std::string(data.at("article").at("identifier").as_string()));
  }
  return out;
}

std::size_t World::events(std::int64_t after, EventType type) const {
  const storage::Reader reader(database());
  const auto all = reader.events(after, std::nullopt, 100000);
  return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [&](const auto& event) {
    return event.discovery == Discovery::live && event.type == label(type);
  }));
}

std::int64_t World::deliveries() const {
  storage::sqlite::Connection db(database(), storage::sqlite::Access::query_only);
  auto query = db.prepare("SELECT count(*) FROM deliveries WHERE receiver = 'desk'");
  query.step();
  return query.integer(0);
}

std::vector<std::string> World::revisions(const std::string& identifier) const {
  storage::sqlite::Connection db(database(), storage::sqlite::Access::query_only);
  auto query = db.prepare(
      "SELECT r.record FROM revisions r JOIN articles a ON a.row = r.article WHERE a.identifier = "
      "?1 "
      "ORDER BY r.number");
  query.bind(identifier);
  std::vector<std::string> out;
  while (query.step()) out.push_back(query.text(0));
  return out;
}

std::int64_t World::last_event() const {
  const storage::Reader reader(database());
  return reader.overview(clock_.now()).last_event_seq;
}

double World::metric(const std::string& series) {
  const auto page = daemon_->metrics().serialise();
  const auto at = page.find('\n' + series + ' ');
  if (at == std::string::npos) throw std::runtime_error("no series " + series);
  return std::stod(page.substr(at + series.size() + 2));
}

void World::tamper(const std::string& sql) const {
  tampered_ = true;
  storage::sqlite::Connection db(database());
  db.execute(sql);
}

}  // namespace tinwatch::test
