#include "delivery_fixture.hpp"
#include "letters.hpp"

#include <map>
#include <set>

namespace tinwatch::alerts {
namespace {

using namespace std::chrono_literals;
using storage::now;

/// A receiver that is not well for a day, each four hours in another way.
class BadDay final : public AlertSink {
 public:
  explicit BadDay(Clock& clock) : clock_(clock), begun_(clock.now()) {}

  Task<DeliveryResult> deliver(Message message) override {
    if (!bodies.emplace(message.id, message.body).second && bodies[message.id] != message.body)
      ++changed;
    const auto error = co_await answer();
    if (error) co_return fail(*error);
    taken.push_back(message.id);
    co_return true;
  }

  std::map<std::string, std::string> bodies;  ///< by id, as first tried
  int changed = 0;                            ///< tries whose bytes were others than the first's
  std::vector<std::string> taken;

 private:
  Task<std::optional<DeliveryError>> answer() {
    using std::chrono::floor;
    using std::chrono::hours;
    switch (floor<hours>(clock_.now() - begun_) / 4h) {
      case 0: co_return DeliveryError{Failure::retry, "HTTP status 500", {}};
      case 1: co_return DeliveryError{Failure::retry, "HTTP status 429", 25min};
      case 2: co_return DeliveryError{Failure::misconfigured, "HTTP status 403", {}};
      case 3: {
        co_await clock_.sleep_for(20s);  // it hangs until the time-out
        co_return DeliveryError{Failure::retry, "no answer", {}};
      }
      case 4: co_return DeliveryError{Failure::retry, "closed in the middle", {}};
      case 5: co_return DeliveryError{Failure::misconfigured, "HTTP status 302", {}};
      default: co_return std::nullopt;
    }
  }

  Clock& clock_;
  Instant begun_;
};

/// Articles that are published and edited all day long.
class DayTest : public DeliveryLoopTest {
 protected:
  static constexpr int articles = 12;
  static constexpr int events = 72;

  void start(ReceiverKind kind) {
    sink = std::make_shared<BadDay>(clock);
    Recipient to{
        .settings = {.name = "desk", .kind = std::move(kind)}, .style = vietnamese(), .sink = sink};
    to.settings.templates.marked = LetterTemplate::parse("{{line}} {{id}}", Markup::plain).value();
    start_loop(std::move(to));
  }
  /// An event every twenty minutes, until the day is over and all is told.
  void live_through_it() {
    for (int i = 0; i < events; ++i) {
      happen(std::to_string(i % articles), i / articles + 1);
      pass(20min);
    }
    pass(30h);
  }
  void happen(const std::string& number, int revision) {
    auto commit = published("http://a.test/" + number);
    commit.standing->identifier = number;
    commit.at = commit.frontier.visited_at = commit.events.front().at = clock.now();
    commit.revision->editorial_hash = number + " " + std::to_string(revision);
    if (const auto stored = find_article(number)) {
      commit.article = known(*stored);
      commit.events.front().type = EventType::article_revised;
    }
    commit.events.front().data = R"({"revision":)" + std::to_string(revision) + "}";
    write(std::move(commit));
    loop->ring();
    pass({});
  }
  /// How often each state stands among the deliveries.
  std::map<std::string, int> states() const {
    std::map<std::string, int> out;
    for (const auto& one : storage::Reader(path).deliveries({.state = "", .limit = 1000}))
      ++out[std::string(label(one.state))];
    return out;
  }
  std::set<std::string> taken_once() const {
    std::set<std::string> once(sink->taken.begin(), sink->taken.end());
    EXPECT_EQ(once.size(), sink->taken.size()) << "each once";
    EXPECT_EQ(sink->changed, 0) << "the same bytes at every try";
    return once;
  }

  std::shared_ptr<BadDay> sink;
};

TEST_F(DayTest, AProgramIsToldEveryEventOnceAndInOrder) {
  start(WebhookSettings{});
  live_through_it();
  EXPECT_EQ(states(), (std::map<std::string, int>{{"delivered", events}}));
  EXPECT_EQ(taken_once().size(), static_cast<std::size_t>(events));
  std::map<std::string, std::vector<int>> revisions;
  for (const auto& id : sink->taken) {
    const auto delivery = storage::Reader(path).delivery(id);
    ASSERT_TRUE(delivery) << id;
    revisions[delivery->article].push_back(delivery->revision);
  }
  EXPECT_EQ(revisions.size(), static_cast<std::size_t>(articles));
  for (const auto& [article, order] : revisions)
    EXPECT_EQ(order, (std::vector<int>{1, 2, 3, 4, 5, 6})) << article;
  EXPECT_EQ(told.front(), "tinwatch.receiver.failing desk: HTTP status 500");
  EXPECT_EQ(told.back(), "tinwatch.receiver.recovered desk: it takes messages again");
}

TEST_F(DayTest, PeopleAreToldOfEveryArticleInOrder) {
  start(ChatSettings{.service = Service::mattermost});
  live_through_it();
  const auto once = taken_once();
  auto ends = states();
  for (const auto* lost : {"pending", "written", "dead", "dropped"})
    EXPECT_EQ(ends[lost], 0) << lost;
  EXPECT_GT(ends["delivered"], 0);
  std::map<std::string, int> last;  // revision told of each article
  for (const auto& id : sink->taken)
    for (const auto& part : storage::Reader(path).deliveries_of_message(id, 0, 1000)) {
      EXPECT_GT(part.revision, last[part.article]) << "in order";
      last[part.article] = part.revision;
    }
  EXPECT_EQ(last.size(), static_cast<std::size_t>(articles));
  for (const auto& [article, revision] : last) EXPECT_EQ(revision, events / articles) << article;
  EXPECT_EQ(told.size(), 2U) << "failing and recovered, once each";
}

}  // namespace
}  // namespace tinwatch::alerts
